"""What comes out of vetoes, in sentences."""

from collections.abc import Sequence

from entente.routes.modes import way_words
from entente.routes.modes.leverage_tables import Held
from entente.routes.valuation.vetoes import Veto
from entente.style.names import capitalised, listed

NOTHING = 0.05
CAPITALS = {"TUR": "Ankara", "AZE": "Baku"}
ASKED_LABELS = ("Ankara alone", "Baku alone", "Ankara and Baku", "Ankara, Baku and Islamabad")


def headline(chosen: Veto, names: Sequence[str], *, start: str, end: str, objective: str) -> str:
    """What the chosen veto does to the way between two places."""
    who = capitalised(listed(names))
    together = " together" if len(names) > 1 else ""
    if is_own_trade(chosen):
        return f"{who} {'have' if together else 'has'} no veto between {start} and {end}"
    if chosen.cuts_route:
        return f"{who}{together} could cut the way from {start} to {end}"
    if is_nothing(chosen.loss, objective):
        return f"{who}{together} could not make the way from {start} to {end} {_worse(objective)}"
    extra = way_words.amount(chosen.loss or 0.0, objective)
    return f"{who}{together} could add {extra} to the way from {start} to {end}"


def finding(held: Held, *, start: str, end: str, day: str, objective: str) -> str:
    """What Ankara and Baku could do, alone and together, beside Tehran: claim c31, computed.

    Nothing in it is known beforehand: every part follows the losses.
    """
    ankara, baku, both, three = (held.questions[label] for label in ASKED_LABELS)
    basis = {"time": "in time", "cost": "in price", "co2e": "in emissions"}[objective]
    parts = [
        f"From {start} to {end}, {basis} and under the statuses of {day}: Ankara alone "
        f"{_does(ankara, objective)}, Baku alone {_does(baku, objective)}, "
        f"the two together {_do(both, objective)}{_beyond(both, baku, objective)}.",
        f"With Islamabad {_with(three, both, objective)}.",
        f"{_verdict(ankara, baku, both, held.questions['Tehran'], objective=objective)}",
    ]
    return " ".join(parts)


def is_nothing(loss: float | None, objective: str) -> bool:
    """Whether a loss is too small to print."""
    return loss is not None and abs(loss) < (NOTHING if objective == "time" else 5)


def is_own_trade(item: Veto) -> bool:
    """Whether the trade is that of all who would deny it, so that none has a veto."""
    return set(item.own_trade) >= set(item.actors)


def _does(item: Veto, objective: str) -> str:
    if is_own_trade(item):
        return "has no veto over trade of its own"
    if item.cuts_route or item.loss is None:
        return "cuts the route"
    if is_nothing(item.loss, objective):
        return "changes nothing"
    return f"adds {way_words.amount(item.loss, objective)}"


def _do(item: Veto, objective: str) -> str:
    """The same of several."""
    verb, *rest = _does(item, objective).split(" ")
    plural = {"has": "have"}.get(verb, verb.removesuffix("s"))
    return " ".join([plural, *rest])


def _beyond(both: Veto, baku: Veto, objective: str) -> str:
    """What a joint veto adds to its parts."""
    if both.adds is None or both.cuts_route or set(both.own_trade):
        return ""
    if is_nothing(both.adds, objective):
        if is_nothing(both.loss, objective):
            return ""
        alone = is_nothing((both.loss or 0.0) - (baku.loss or 0.0), objective)
        return ", no more than Baku alone" if alone else ", no more than the sum of the parts"
    extra = way_words.amount(abs(both.adds), objective)
    return f", {extra} {'more' if both.adds > 0 else 'less'} than the sum of the parts"


def _with(three: Veto, both: Veto, objective: str) -> str:
    same = three.cuts_route == both.cuts_route and is_nothing(
        (three.loss or 0.0) - (both.loss or 0.0), objective
    )
    return "it stays the same" if same else f"the three {_do(three, objective)}"


def _verdict(ankara: Veto, baku: Veto, both: Veto, tehran: Veto, *, objective: str) -> str:
    """Whether the two could make it harder, which of them, and what Tehran could."""
    hard = both.cuts_route or not is_nothing(both.loss, objective)
    told = f"So {_who(ankara, baku, both, objective)}" if hard else "So neither"
    told = f"{told} could make it harder"
    if is_own_trade(tehran):
        return f"{told}."
    is_more = not both.cuts_route and (
        tehran.cuts_route or (tehran.loss or 0.0) > (both.loss or 0.0)
    )
    more = "Tehran could by more: alone it" if hard and is_more else "Tehran alone"
    return f"{told}; {more} {_does(tehran, objective)}."


def _who(ankara: Veto, baku: Veto, both: Veto, objective: str) -> str:
    """Which of the two makes it harder, where one alone does all of it."""
    alone = {"TUR": "Baku", "AZE": "Ankara"}.get("".join(both.own_trade))
    if alone:
        return alone
    if both.cuts_route or both.adds is None or not is_nothing(both.adds, objective):
        return "the two"
    if is_nothing(ankara.loss, objective):
        return "Baku, with or without Ankara,"
    return "Ankara, with or without Baku," if is_nothing(baku.loss, objective) else "the two"


def _worse(objective: str) -> str:
    return {"time": "longer", "cost": "dearer", "co2e": "dirtier"}[objective]
