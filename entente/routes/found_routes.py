"""Routes that a search has found and vetoes on them, in words; such routes on the map."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from entente.content import PanelParts, list_numbers
from entente.dossier.store import Dossier
from entente.routes.charts.route_map import IN_FRONT, route_map, route_map_alt
from entente.routes.comparison import collect_facts, join_lines
from entente.routes.network.alternatives import CutLeg
from entente.routes.network.legs import PASSED_AT_SEA, tabulate_chains
from entente.routes.network.search import Route
from entente.routes.trips import (
    Trip,
    cite_legs,
    label_places,
    speak_actors,
)
from entente.routes.valuation.corridors import list_states
from entente.routes.valuation.leverage import Veto
from entente.routes.words import (
    format_amount,
    format_days,
    say_since,
    shorten_place,
    spell_number,
)
from entente.style.palette import PALETTES
from entente.style.theme import capitalise, identity, join_words

NAMED_STATES = 4
WORSE = {"time": "longer", "cost": "dearer", "co2e": "dirtier"}
# Losses too small to print, in days and in any other unit.
LEAST_DAYS, LEAST_OTHER = 0.05, 5


class DrawnRoute(NamedTuple):
    """A route as the map is to show it; `role` is a key of `route_map.ROLES`."""

    number: int
    label: str
    role: str
    role_label: str
    route: Route


def describe_through(route: Route, dossier: Dossier) -> str:
    """States that a route crosses between its ends: "through A and B", or "by sea"."""
    nodes = dossier["nodes"]
    states = list_states(route.node_ids, nodes)
    kinds = dict(zip(nodes["node_id"], nodes["kind_code"], strict=True))
    names, labels = speak_actors(dossier), label_places(dossier)
    between = dict.fromkeys(names[one] for one in states if one not in (states[0], states[-1]))
    if between:
        shown, more = list(between)[:NAMED_STATES], len(between) - NAMED_STATES
        return f"through {join_words([*shown, f'{more} more'] if more > 0 else shown)}"
    passed = [labels[node] for node in route.node_ids if kinds[node] in PASSED_AT_SEA]
    return f"by sea past {join_words(passed[-3:])}" if passed else "by the direct way"


def describe_cut(cut: Sequence[CutLeg], restored: Route | None, dossier: Dossier) -> dict[str, Any]:
    """The legs of a cut and the route without it, for `templates/route_cut.html`.

    Each leg says where it is, why it is shut, since when, and by whom.
    """
    places, names = label_places(dossier), speak_actors(dossier)
    modes, statuses = dossier.labels("modes"), dossier.labels("leg_statuses")
    switches = dossier.labels("scenarios")
    holders = dossier["leg_actors"].groupby("leg_id")["actor_id"].agg(list).to_dict()

    def list_reasons(leg: CutLeg) -> Iterator[str]:
        if leg.vetoed_by:
            yield f"denied by {join_words([names[actor] for actor in leg.vetoed_by])}."
        if leg.is_shut:
            what = statuses.get(leg.status_code or "", "shut").lower()
            switch, since = switches.get(leg.scenario_id or ""), say_since(leg.since_edtf)
            begun = f" in the what-if “{switch}”" if switch else f" {since}" if since else ""
            yield f"{what}{begun}."
            if leg.note:
                yield leg.note
            if held := holders.get(leg.leg_id):
                yield f"In the hands of {join_words([names[actor] for actor in held])}."

    return {
        "legs": [
            f"{places[leg.from_node_id]} – {places[leg.to_node_id]} "
            f"({modes[leg.mode_code].lower()}): {' '.join(list_reasons(leg))}"
            for leg in cut
        ],
        "restored": describe_through(restored, dossier) if restored else "",
        "days": format_days(restored.days) if restored else "",
        "usd": format_amount(restored.usd, "cost") if restored else "",
    }


def map_routes(
    dossier: Dossier, *, drawn: Sequence[DrawnRoute], trip: Trip, appearance: str
) -> PanelParts:
    """The routes on the map, with those legs crossed out that cannot be used on the trip.

    Args:
        dossier: The dataset.
        drawn: Routes, the best first.
        trip: Between which places, under what.
        appearance: Name of a palette.
    """
    ids = [f"way-{item.number}" for item in drawn]
    chains = tabulate_chains((one, item.route.steps) for one, item in zip(ids, drawn, strict=True))
    facts = collect_facts(dossier, trip, chains)
    ends = facts[["from_label", "to_label"]].map(shorten_place)
    facts = facts.assign(from_label=ends["from_label"], to_label=ends["to_label"])
    routes = pd.DataFrame(
        {
            "corridor_id": ids,
            "number": [item.number for item in drawn],
            "short_label": [item.label for item in drawn],
            "role": [item.role for item in drawn],
            "role_label": [item.role_label for item in drawn],
            "identity": [identity("leg", item.route.leg_ids) for item in drawn],
        }
    )
    nodes = dossier["nodes"]
    places = nodes[nodes["node_id"].isin((trip.origin, trip.destination))]
    shown: dict[str, Any] = {"lines": join_lines(dossier, facts, ids), "routes": routes}
    figure = route_map(
        **shown,
        places=places.assign(is_end=True, label=places["label"].map(shorten_place)),
        modes=dossier.labels("modes"),
        area_lines=dossier.area_lines,
        areas=dossier["areas"],
        palette=PALETTES[appearance],
    )
    table = pd.DataFrame(
        {
            "Way": facts["corridor_id"].map(dict(zip(ids, routes["number"], strict=True))),
            "Leg": facts["leg_id"],
            "From": facts["from_label"],
            "To": facts["to_label"],
            "Mode": facts["mode_code"].map(dossier.labels("modes")),
            "km": facts["distance_km"],
            "Status": facts["status_code"]
            .map(dossier.labels("leg_statuses"))
            .fillna("Not on record"),
        }
    )
    legend = list_numbers(
        [(item.number, item.label) for item in drawn],
        picked=next((item.number for item in drawn if item.role in IN_FRONT), None),
        palette=PALETTES[appearance],
    )
    return PanelParts(figure, route_map_alt(**shown), table, cite_legs(facts, dossier), legend)


def is_nothing(loss: float | None, objective: str) -> bool:
    """Whether a loss is too small to print."""
    return loss is not None and abs(loss) < (LEAST_DAYS if objective == "time" else LEAST_OTHER)


def is_own_trade(veto: Veto) -> bool:
    """Whether the trade is that of all who would deny it, so that none has a veto."""
    return set(veto.own_trade) >= set(veto.actors)


def describe_veto(veto: Veto, names: Sequence[str], *, start: str, end: str, objective: str) -> str:
    """What a veto does to the route between two places, without a full stop.

    Args:
        veto: What it costs.
        names: Those behind it, as they stand within a sentence.
        start: Where the route starts.
        end: Where it ends.
        objective: What the veto is priced in.
    """
    who, way = capitalise(join_words(names)), f"the way from {start} to {end}"
    together = " together" if len(names) > 1 else ""
    if is_own_trade(veto):
        return f"{who} {'have' if together else 'has'} no veto between {start} and {end}"
    if veto.cuts_route:
        return f"{who}{together} could cut {way}"
    if is_nothing(veto.loss, objective):
        return f"{who}{together} could not make {way} {WORSE[objective]}"
    return f"{who}{together} could add {format_amount(veto.loss or 0.0, objective)} to {way}"


def describe_presets(
    alone: tuple[Veto, Veto],
    both: Veto,
    wider: Veto,
    beside: Veto,
    *,
    names: Mapping[str, str],
    objective: str,
) -> str:
    """What two actors could do, alone and together, with others, and beside a third.

    Nothing in it is known beforehand: every part follows the losses.

    Args:
        alone: The veto of each of the two.
        both: Their joint veto.
        wider: That of the two with others.
        beside: That of the third.
        names: Actor to its name within a sentence.
        objective: What vetoes are priced in.
    """
    one, other = (names[veto.actors[0]] for veto in alone)
    first, second = (_say_effect(veto, objective) for veto in alone)
    more = join_words([names[actor] for actor in wider.actors if actor not in both.actors])
    is_same = wider.cuts_route == both.cuts_route and _is_level(wider, both, objective)
    all_of_them = f"the {spell_number(len(wider.actors))} {_say_joint_effect(wider, objective)}"
    return (
        f"{one} alone {first}, {other} alone {second}, the two together "
        f"{_say_joint_effect(both, objective)}{_say_beyond(both, alone[1], other, objective)}. "
        f"With {more} {'it stays the same' if is_same else all_of_them}. "
        f"{_conclude(alone, both, beside, names, objective)}"
    )


def _say_effect(veto: Veto, objective: str) -> str:
    if is_own_trade(veto):
        return "has no veto over trade of its own"
    if veto.cuts_route or veto.loss is None:
        return "cuts the route"
    if is_nothing(veto.loss, objective):
        return "changes nothing"
    return f"adds {format_amount(veto.loss, objective)}"


def _say_joint_effect(veto: Veto, objective: str) -> str:
    verb, *rest = _say_effect(veto, objective).split(" ")
    return " ".join([{"has": "have"}.get(verb, verb.removesuffix("s")), *rest])


def _is_level(veto: Veto, other: Veto, objective: str) -> bool:
    return is_nothing((veto.loss or 0.0) - (other.loss or 0.0), objective)


def _say_beyond(both: Veto, second: Veto, name: str, objective: str) -> str:
    """What a joint veto adds to its parts, the second of which is the greater."""
    if both.adds is None or both.cuts_route or both.own_trade:
        return ""
    if not is_nothing(both.adds, objective):
        extra = format_amount(abs(both.adds), objective)
        return f", {extra} {'more' if both.adds > 0 else 'less'} than the sum of the parts"
    if is_nothing(both.loss, objective):
        return ""
    rest = f"{name} alone" if _is_level(both, second, objective) else "the sum of the parts"
    return f", no more than {rest}"


def _conclude(
    alone: tuple[Veto, Veto],
    both: Veto,
    beside: Veto,
    names: Mapping[str, str],
    objective: str,
) -> str:
    """Whether the two could make it harder, which of them, and what the third could."""
    is_hard = both.cuts_route or not is_nothing(both.loss, objective)
    who = _name_culprit(alone, both, names, objective) if is_hard else "neither"
    told = f"So {who} could make it harder"
    if is_own_trade(beside):
        return f"{told}."
    third = names[beside.actors[0]]
    is_more = not both.cuts_route and (
        beside.cuts_route or (beside.loss or 0.0) > (both.loss or 0.0)
    )
    could = f"{third} could by more: alone it" if is_hard and is_more else f"{third} alone"
    return f"{told}; {could} {_say_effect(beside, objective)}."


def _name_culprit(
    alone: tuple[Veto, Veto], both: Veto, names: Mapping[str, str], objective: str
) -> str:
    """Which of the two makes it harder, where one alone does all of it."""
    one, other = (names[veto.actors[0]] for veto in alone)
    able = [actor for actor in both.actors if actor not in both.own_trade]
    if len(able) == 1:
        return names[able[0]]
    if both.cuts_route or both.adds is None or not is_nothing(both.adds, objective):
        return "the two"
    if is_nothing(alone[0].loss, objective):
        return f"{other}, with or without {one},"
    return f"{one}, with or without {other}," if is_nothing(alone[1].loss, objective) else "the two"
