"""What vetoes do to a route, in words that go as far as the draws do and no further.

Something is told as a fact when it holds in eight of ten draws of the rates in every variant of
the network. What holds in some variants only is told with their names, and what may be so or not
with the share of draws. A figure is told as *about* so much where its range is narrow, and else as
*between* its ends.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from entente.routes.network.rates import Floats
from entente.routes.valuation.leverage_draws import LEAST, Flags, LossDraws, Range
from entente.routes.words import format_amount, round_loss, say_days, spell_number
from entente.style.theme import capitalise, join_words

HOLDS = 0.8  # of the draws
NARROW = 2.0  # the ratio of P90 to P10 up to which a figure is told as "about" so much
WORSE = {"time": "longer", "cost": "dearer", "co2e": "dirtier"}
QUANTITIES = {"time": "days", "cost": "usd", "co2e": "co2e"}
NOTHING, ADDS, CUTS, UNSURE = "nothing", "adds", "cuts", "unsure"


def is_own_trade(veto: LossDraws) -> bool:
    """Whether the trade is that of all who would deny it, so that none has a veto."""
    return set(veto.own_trade) >= set(veto.actors)


def judge(is_so: Flags) -> bool | None:
    """Whether something is so: in eight of ten draws of every variant, or in two at most.

    Args:
        is_so: Whether it is so in each draw. Shape (variants, draws).

    Returns:
        None where it cannot be told, or where the variants differ.
    """
    shares = is_so.mean(axis=1)
    if (shares >= HOLDS).all():
        return True
    return False if (shares <= 1 - HOLDS).all() else None


def format_range(told: Range, quantity: str) -> str:
    """The middle of a loss and its range, rounded for reading: "2 (0–4)"."""

    def say(value: float) -> str:
        if np.isinf(value):
            return "route lost"
        if value < LEAST[quantity]:
            return "0"
        return round_loss(value, quantity)

    p10, p50, p90 = map(say, told)
    return p50 if p10 == p90 else f"{p50} ({p10}–{p90})"


def describe_veto(
    veto: LossDraws, names: Sequence[str], *, start: str, end: str, objective: str
) -> str:
    """What a veto does to the route between two places, without a full stop.

    `names` are those behind it, as they stand within a sentence.
    """
    who, way = capitalise(join_words(names)), f"the route from {start} to {end}"
    together = " together" if len(names) > 1 else ""
    if is_own_trade(veto):
        return f"{who} {'have' if together else 'has'} no veto between {start} and {end}"
    quantity = QUANTITIES[objective]
    kind, (p10, _, p90) = classify(veto.losses[quantity], quantity), veto.find_range(quantity)
    if kind == CUTS:
        return f"{who}{together} could cut {way}"
    if kind == NOTHING:
        return f"{who}{together} could not make {way} {WORSE[objective]}"
    if np.isinf(p90):
        return f"{who}{together} may or may not cut {way}: it is too uncertain to say"
    if kind == UNSURE and p10 < LEAST[quantity]:
        return f"{who}{together} may add nothing or up to {_format(p90, objective)} to {way}"
    return f"{who}{together} could add {_say_range(veto, objective)} to {way}"


class Presets(NamedTuple):
    """The vetoes that the document asks about.

    Attributes:
        first: That of one actor.
        second: That of another.
        both: Their joint veto.
        wider: That of the two with others.
        beside: That of a third.
    """

    first: LossDraws
    second: LossDraws
    both: LossDraws
    wider: LossDraws
    beside: LossDraws


def describe_presets(
    presets: Presets, *, names: Mapping[str, str], variants: Sequence[str], objective: str
) -> str:
    """What two actors could do, alone and together, with others, and beside a third.

    Nothing in it is known beforehand: every part follows the draws. Where it cannot be told whether
    the two could make the route harder, the variants in which it can be are named. `variants` are
    their names, in the order of the draws.
    """
    both, quantity = presets.both, QUANTITIES[objective]
    is_hard = both.losses[quantity] >= LEAST[quantity]
    told = _describe_presets(presets, names, objective)
    if judge(is_hard) is not None:
        return told
    verdicts = [judge(rows[None]) for rows in is_hard]
    for verdict, could in ((True, "could"), (False, "could not")):
        where = [
            f"“{name}”" for name, own in zip(variants, verdicts, strict=True) if own is verdict
        ]
        if where:
            told += f" In the network {join_words(where)} it is clear: there the two {could}."
    return told


def _describe_presets(presets: Presets, names: Mapping[str, str], objective: str) -> str:
    both, wider = presets.both, presets.wider
    one, other = names[presets.first.actors[0]], names[presets.second.actors[0]]
    first, second = (describe_effect(veto, objective) for veto in presets[:2])
    together = describe_effect(both, objective, is_plural=True)
    more = join_words([names[actor] for actor in wider.actors if actor not in both.actors])
    if judge(_is_level(wider, both, objective)):
        with_more = f"Adding {more} makes no difference"
    else:
        effect = describe_effect(wider, objective, is_plural=True)
        with_more = f"With {more} the {spell_number(len(wider.actors))} {effect}"
    return (
        f"{one} alone {first}; {other} alone {second}; together they {together}"
        f"{_say_beyond(presets, names, objective)}. {with_more}. "
        f"{_conclude(presets, names, objective)}{_compare(presets, names, objective)}."
    )


def describe_effect(veto: LossDraws, objective: str, *, is_plural: bool = False) -> str:
    """What a veto does, as the end of a sentence about one actor, or about several."""
    s = "" if is_plural else "s"
    if is_own_trade(veto):
        have, whose = ("have", "their") if is_plural else ("has", "its")
        return f"{have} no veto over trade of {whose} own"
    quantity = QUANTITIES[objective]
    kind = classify(veto.losses[quantity], quantity)
    if kind == CUTS:
        return f"cut{s} the route"
    if kind == NOTHING:
        return f"change{s} nothing"
    if kind == ADDS:
        return f"add{s} {_say_range(veto, objective)}".rstrip(",")
    p90 = veto.find_range(quantity).p90
    most = "cut the route" if np.isinf(p90) else f"add up to {_format(p90, objective)}"
    return f"may change nothing or {most}"


def _conclude(presets: Presets, names: Mapping[str, str], objective: str) -> str:
    """Whether two actors could make a route harder, and which of them, without a full stop."""
    is_hard = presets.both.losses[QUANTITIES[objective]] >= LEAST[QUANTITIES[objective]]
    verdict, worse = judge(is_hard), WORSE[objective]
    if verdict is False:
        return f"So neither could make the route {worse}"
    who, idle = _name_culprit(presets, names, objective)
    aside = f", with or without {idle}," if idle else ""
    if verdict:
        return f"So {who}{aside} could make the route {worse}"
    told = f"So it is unclear whether {who}{aside} could make the route {worse}"
    return f"{told}: that happens in {_say_tenths(is_hard)}"


def classify(losses: Floats, quantity: str) -> str:
    """What actors do, where they do the same in eight of ten draws of every variant.

    Args:
        losses: What it costs. Shape (variants, draws).
        quantity: A key of `LEAST`.
    """
    least = LEAST[quantity]
    tests = {NOTHING: losses < least, CUTS: np.isinf(losses), ADDS: losses >= least}
    kinds = {
        next((kind for kind, is_so in tests.items() if is_so[place].mean() >= HOLDS), UNSURE)
        for place in range(len(losses))
    }
    return kinds.pop() if len(kinds) == 1 else UNSURE


def _say_range(veto: LossDraws, objective: str) -> str:
    quantity = QUANTITIES[objective]
    p10, p50, p90 = veto.find_range(quantity)
    if p10 < LEAST[quantity] and np.isfinite(p90):
        return f"something, up to {_format(p90, objective)},"
    if np.isinf(p90):
        return f"{_format(p10, objective)} and more"
    if p90 <= NARROW * p10:
        return f"about {_format(p50, objective)}"
    return f"between {_format(p10, objective, has_unit=False)} and {_format(p90, objective)}"


def _format(value: float, objective: str, *, has_unit: bool = True) -> str:
    """A loss: days in whole ones, spelled out where they are few."""
    if objective != "time":
        return format_amount(value, objective)
    return say_days(value) if has_unit else f"{max(0, round(value))}"


def _is_level(veto: LossDraws, other: LossDraws, objective: str) -> Flags:
    """Whether two vetoes cost the same, or both cut the route, in each draw."""
    quantity = QUANTITIES[objective]
    losses, others = veto.losses[quantity], other.losses[quantity]
    with np.errstate(invalid="ignore"):
        is_close: Flags = np.abs(losses - others) < LEAST[quantity]
    return is_close | (np.isinf(losses) & np.isinf(others))


def _say_beyond(presets: Presets, names: Mapping[str, str], objective: str) -> str:
    """What a joint veto does beyond its parts, where that is sure."""
    quantity = QUANTITIES[objective]
    least, losses = LEAST[quantity], presets.both.losses[quantity]
    if presets.both.own_trade or judge(losses < least) or np.isinf(losses).any():
        return ""
    for veto in presets[:2]:
        if judge(_is_level(presets.both, veto, objective)):
            return f", no more than {names[veto.actors[0]]} alone"
    added = losses - presets.first.losses[quantity] - presets.second.losses[quantity]
    if judge(np.abs(added) < least):
        return ", no more than the sum of the parts"
    if judge(added >= least):
        return ", more than the sum of the parts"
    return ", less than the sum of the parts" if judge(added <= -least) else ""


def _name_culprit(
    presets: Presets, names: Mapping[str, str], objective: str
) -> tuple[str, str | None]:
    """Which of the two makes it harder, and the other where one alone does all of it."""
    quantity = QUANTITIES[objective]
    able = [actor for actor in presets.both.actors if actor not in presets.both.own_trade]
    if len(able) == 1:
        return names[able[0]], None
    one, other = presets[:2]
    for veto, idle in ((one, other), (other, one)):
        does_all = judge(_is_level(presets.both, veto, objective))
        if does_all and judge(idle.losses[quantity] < LEAST[quantity]):
            return names[veto.actors[0]], names[idle.actors[0]]
    return "the two", None


def _compare(presets: Presets, names: Mapping[str, str], objective: str) -> str:
    """What a third actor could do, and whether that is more than what two could."""
    beside, both, quantity = presets.beside, presets.both, QUANTITIES[objective]
    if is_own_trade(beside):
        return ""
    third, effect = names[beside.actors[0]], describe_effect(beside, objective)
    is_level = _is_level(beside, both, objective)
    is_more = (beside.losses[quantity] > both.losses[quantity]) & ~is_level
    verdict = judge(is_more)
    if verdict:
        return f"; {third} could by more: alone it {effect}"
    told = f"; {third} alone {effect}"
    return told if verdict is False else f"{told}, more than the two in {_say_tenths(is_more)}"


def _say_tenths(is_so: Flags) -> str:
    """A share of all draws in tenths: "about 6 of 10 simulations"."""
    return f"about {round(float(is_so.mean()) * 10)} of 10 simulations"
