"""Best: the best route between two places and those that differ, or the cut that leaves none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count, groupby
from typing import Any

import numpy as np
import pandas as pd

from entente.address.views import RoutesView
from entente.content import Height, Panel, PanelParts, list_numbers, make_panel
from entente.dossier.store import Dossier, cached
from entente.routes.charts.time_distance import time_distance, time_distance_alt
from entente.routes.found_routes import DrawnRoute, describe_through, map_routes
from entente.routes.network.alternatives import CutLeg, find_alternatives, find_cut
from entente.routes.network.search import Route, lift_standing_vetoes, tabulate_routes
from entente.routes.trips import (
    Trip,
    cite_rates,
    find_scenario,
    find_standing_vetoes,
    find_traffic,
    label_places,
    name_ends,
    read_objective_code,
    read_trip,
    speak_actors,
)
from entente.routes.valuation.calibration import Calibration, read_calibration
from entente.routes.valuation.corridors import measure_corridors
from entente.routes.valuation.simulation import simulate, summarise
from entente.routes.valued_corridors import (
    describe_calibrated,
    name_stages,
    profile_chains,
    value_chains,
)
from entente.routes.words import describe_range, format_amount, round_estimate, spell_number
from entente.style.palette import PALETTES
from entente.style.theme import capitalise, identity, join_words

MOST_ROUTES = 4
MAP_CAPTION = (
    "Routes found by the search, numbered as in the table. Solid and in colour: the best; dashed: "
    "the others, and the best where it is a detour; dotted: the best if nobody always denied "
    "transit; 0: the best without the scenarios. Crosses: legs that are shut or blocked."
)
CHART_CAPTION = (
    "Slopes are carriage, steps are waits; lines: typical; band: 8 of 10 simulations for the best "
    "route, if our rates are right."
)
MAP_HEIGHT = Height(rem=35, screen="46rem", ratio=1.04, phone_ratio=0.88)
CHART_HEIGHT = Height(rem=35, screen="46rem", ratio=1.04)
# Objective to the quantity that it has least of (of a mix the days), and to the words for it.
MEASURES = {"cost": "usd", "co2e": "co2e"}
SUPERLATIVES = {"time": "The fastest", "cost": "The cheapest", "co2e": "The cleanest"}
VERBS = {"cost": "costs", "co2e": "emits"}
TERMINALS = ("city", "seaport", "caspian-port")
PROFILE_HEADINGS = {
    "corridor_id": "Route",
    "stage": "Stage",
    "km": "km",
    "days_low": "Days, P10",
    "days_typical": "Days, typical",
    "days_high": "Days, P90",
    "cost_usd_per_teu_low": "USD, P10",
    "cost_usd_per_teu_typical": "USD, typical",
    "cost_usd_per_teu_high": "USD, P90",
    "what": "What",
}


@dataclass(frozen=True, kw_only=True)
class SearchResult:
    """What a search answers.

    Attributes:
        routes: The best route, then those that differ; none when no route is left.
        reference: The best route on the record of the day, without switches and vetoes, where it is
            another one.
        cut: The fewest legs whose opening would restore a route, when none is left.
        restored: That route.
        barred: The best route if nobody denied transit to this trade all the time, where it is
            another one.
    """

    routes: tuple[Route, ...]
    reference: Route | None
    cut: tuple[CutLeg, ...]
    restored: Route | None
    barred: Route | None


@cached
def search_routes(dossier: Dossier, *, trip: Trip, objective: str) -> SearchResult:
    """Search between the places of a trip."""
    traffic = find_traffic(dossier, trip, objective)
    bits = traffic.chosen.scenario.network.to_bits(trip.vetoes)
    routes = tuple(find_alternatives(traffic.chosen, vetoes=bits, most=MOST_ROUTES))
    plain = trip._replace(scenarios=(), vetoes=())
    reference = find_traffic(dossier, plain, objective).chosen.best()
    cut: tuple[CutLeg, ...] = ()
    restored = None
    if not routes:
        cut, restored = find_cut(traffic.chosen, vetoes=bits)
    barred = None
    if traffic.chosen.standing:
        barred = lift_standing_vetoes(traffic.chosen).best(bits)
    first = routes[0] if routes else None
    return SearchResult(
        routes=routes,
        reference=None if _is_same(reference, first) else reference,
        cut=cut,
        restored=restored,
        barred=None if _is_same(barred, first or restored) else barred,
    )


def _is_same(route: Route | None, other: Route | None) -> bool:
    return route is not None and other is not None and route.leg_ids == other.leg_ids


def title(dossier: Dossier, view: RoutesView) -> str:
    """The best route and what it takes, or that there is none."""
    start, end = name_ends(dossier, view)
    if view.origin == view.destination:
        return f"Origin and destination are both {start}: there is no route to find"
    objective = read_objective_code(view)
    found = search_routes(dossier, trip=read_trip(view), objective=objective)
    if not found.routes:
        return f"No route is left from {start} to {end}"
    best = found.routes[0]
    total = _measure(best, objective)
    is_days = objective not in MEASURES
    value = f"{round_estimate(total)} days" if is_days else format_amount(total, objective)
    first = SUPERLATIVES.get(objective, "By your mix, the best")
    verb = VERBS.get(objective, "takes")
    route = describe_through(best, dossier)
    return f"{first} route from {start} to {end} {verb} about {value}, {route}"


def compare_routes(found: SearchResult, dossier: Dossier, view: RoutesView) -> str:
    """How the other routes compare with the best, and what the scenarios do."""
    objective = read_objective_code(view)
    best, others = found.routes[0], found.routes[1:]
    parts = []
    if found.reference is not None:
        gap = _measure(best, objective) - _measure(found.reference, objective)
        change = f"{format_amount(abs(gap), objective)} {'more' if gap >= 0 else 'less'}"
        route = describe_through(found.reference, dossier)
        parts.append(f"That is {change} than on the record of the day, {route}.")
    elif view.scenarios or view.vetoes:
        parts.append("The scenarios do not change it.")
    deniers = _name_standing_deniers(dossier, read_trip(view))
    if found.barred is None:
        if deniers:
            parts.append(f"The denial of transit by {deniers} makes no difference here.")
    else:
        # Where a mix finds the barred route better, it may take more days.
        gap = _measure(best, objective) - _measure(found.barred, objective)
        change = f"{format_amount(abs(gap), objective)} {'less' if gap >= 0 else 'more'}"
        route = describe_through(found.barred, dossier)
        parts.append(
            f"If {deniers} let this trade through, the best route would go {route} and take "
            f"{change}."
        )
    if others:
        gap = _measure(others[0], objective) - _measure(best, objective)
        label = _name_routes(found.routes, dossier)[1]
        extra = format_amount(gap, objective)
        parts.append(f"The next distinct route, {label}, takes {extra} more.")
    else:
        parts.append("No other route is different enough to list.")
    return " ".join(parts)


def _measure(route: Route, objective: str) -> float:
    total: float = getattr(route, MEASURES.get(objective, "days"))
    return total


def _name_standing_deniers(dossier: Dossier, trip: Trip) -> str:
    """Who denies transit to this trade all the time, in a list; empty when nobody does."""
    names = speak_actors(dossier)
    deniers = find_standing_vetoes(dossier, trip)["actor_id"].unique()
    return join_words([names[actor] for actor in deniers] or [""])


def _name_routes(routes: Sequence[Route], dossier: Dossier) -> list[str]:
    """What each route is called: by its states, and where two sound alike by a place or a mode."""
    pairs = [(route, describe_through(route, dossier)) for route in routes]
    named = []
    for route, label in pairs:
        others = [one for one, own in pairs if own == label and one is not route]
        named.append(f"{label} {_tell_apart(route, others, dossier)}" if others else label)
    return named


def _tell_apart(route: Route, others: Sequence[Route], dossier: Dossier) -> str:
    """The first place that none of the others visits; a port or a city if there is one.

    Where there is none, the mode of the first leg that none of the others takes.
    """
    visited = {node for other in others for node in other.node_ids}
    kinds = dict(zip(dossier["nodes"]["node_id"], dossier["nodes"]["kind_code"], strict=True))
    own = [node for node in route.node_ids if node not in visited]
    known = [node for node in own if kinds[node] in TERMINALS]
    if own:
        return f"via {label_places(dossier)[(known or own)[0]]}"
    taken = {leg for other in others for leg in other.leg_ids}
    mode = next((step.mode_code for step in route.steps if step.leg_id not in taken), "")
    return f"by {dossier.labels('modes').get(mode, '').lower()}" if mode else "directly"


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """Map and chart of the routes; nothing where both ends are one."""
    if view.origin == view.destination:
        return ()
    trip, objective = read_trip(view), read_objective_code(view)
    found = search_routes(dossier, trip=trip, objective=objective)
    quantity = "cost_usd_per_teu" if objective == "cost" else "days"
    number = len(found.routes)
    heading = f"{spell_number(number).capitalize()} routes, no two with more than 70% in common"
    return (
        make_panel(
            draw_map(dossier, trip=trip, found=found, appearance=appearance),
            key="way-map",
            heading={0: "Where the route is cut", 1: "The only route"}.get(number, heading),
            caption=MAP_CAPTION,
            height=MAP_HEIGHT,
            is_half=True,
            is_legend_in_caption=True,
        ),
        make_panel(
            draw_chart(dossier, trip=trip, found=found, quantity=quantity, appearance=appearance),
            key="way-distance",
            heading="How they get there" if number else "How the restored route would get there",
            caption=CHART_CAPTION,
            height=CHART_HEIGHT,
            is_half=True,
            is_legend_in_caption=True,
        ),
    )


@cached
def draw_map(dossier: Dossier, *, trip: Trip, found: SearchResult, appearance: str) -> PanelParts:
    """The routes on the map, with what is cut crossed out.

    A touch of a slider seldom changes what is found: then the figure is the same one.
    """
    first = (
        ("best", "best route") if found.reference is None else ("detour", "best remaining route")
    )
    labels = _name_routes(found.routes, dossier)
    drawn = [
        DrawnRoute(
            number, label, *(first if number == 1 else ("other", "other distinct routes")), route
        )
        for number, label, route in zip(count(1), labels, found.routes, strict=False)
    ]
    last = len(found.routes) + (found.restored is not None) + 1
    beside = (
        (0, "reference", "without the scenarios", found.reference),
        (1, "detour", "the route, if the cut were repaired", found.restored),
        (last, "barred", "without standing vetoes", found.barred),
    )
    drawn += [
        DrawnRoute(number, describe_through(route, dossier), role, role_label, route)
        for number, role, role_label, route in beside
        if route is not None
    ]
    return map_routes(dossier, drawn=drawn, trip=trip, appearance=appearance)


@cached
def draw_chart(
    dossier: Dossier, *, trip: Trip, found: SearchResult, quantity: str, appearance: str
) -> PanelParts:
    """The routes by time or price along their length, the first put forward."""
    routes = found.routes or ((found.restored,) if found.restored else ())
    chains = tabulate_routes(routes)
    stages = value_chains(dossier, trip, chains)
    named = name_stages(stages, chains, dossier, places=label_places(dossier))
    profiles = profile_chains(simulate(stages), named).assign(basis="")
    numbers, labels = range(1, len(routes) + 1), _name_routes(routes, dossier)
    corridors = pd.DataFrame(
        {
            "corridor_id": [f"way-{number}" for number in numbers],
            "number": numbers,
            "short_label": labels,
            "condition": "open",
            "identity": [identity("leg", route.leg_ids) for route in routes],
        }
    )
    shown: dict[str, Any] = {
        "profiles": profiles,
        "corridors": corridors,
        "picked": "way-1" if routes else None,
        "quantity": quantity,
    }
    palette = PALETTES[appearance]
    return PanelParts(
        time_distance(**shown, palette=palette),
        time_distance_alt(**shown),
        profiles[list(PROFILE_HEADINGS)].round(2).rename(columns=PROFILE_HEADINGS),
        cite_rates(stages, dossier),
        list_numbers(zip(numbers, labels, strict=True), picked=1, palette=palette),
    )


@cached
def list_routes(dossier: Dossier, *, trip: Trip, found: SearchResult) -> list[dict[str, Any]]:
    """One row a route for `templates/routes.html`: those found, the barred, the reference."""
    labels, shown = _name_routes(found.routes, dossier), list(found.routes)
    calibration = read_calibration(dossier.tables)
    if found.barred is not None:
        deniers = _name_standing_deniers(dossier, trip)
        labels.append(f"if {deniers} let it: {describe_through(found.barred, dossier)}")
        shown.append(found.barred)
    rows = list(zip(count(1), labels, shown, _summarise(dossier, trip, shown), strict=False))
    if found.reference is not None:
        label = f"Without the scenarios: {describe_through(found.reference, dossier)}"
        (row,) = _summarise(dossier, trip._replace(scenarios=(), vetoes=()), [found.reference])
        rows.append((0, label, found.reference, row))
    return [
        {
            "number": number,
            "label": capitalise(label),
            **_describe_totals(route, row, calibration),
            "holders": _name_holders(dossier, trip, route),
            "legs": _list_stretches(dossier, route),
        }
        for number, label, route, row in rows
    ]


def _summarise(dossier: Dossier, trip: Trip, routes: Sequence[Route]) -> list[dict[str, Any]]:
    chains = tabulate_routes(routes)
    stages = value_chains(dossier, trip, chains)
    sums = measure_corridors(chains, stages, nodes=dossier["nodes"])
    values = summarise(simulate(stages), read_calibration(dossier.tables))
    return sums.merge(values, on="corridor_id", validate="1:1").to_dict("records")


def _describe_totals(
    route: Route, row: Mapping[str, Any], calibration: Calibration
) -> dict[str, Any]:
    totals = {
        "days": ("days", f"{route.days:.1f}"),
        "usd": ("cost_usd_per_teu", f"{round(route.usd, -1):,.0f}"),
        "co2e": ("co2e_kg_per_teu", f"{round(route.co2e, -1):,.0f}"),
    }
    return {
        "km": f"{round(route.km, -1):,.0f}",
        "counts": [int(row["border_count"]), int(row["transshipment_count"])],
        **{
            name: {
                "typical": figure,
                "range": describe_range(row, quantity),
                "calibrated": describe_calibrated(row, quantity, calibration),
            }
            for name, (quantity, figure) in totals.items()
        },
    }


def _name_holders(dossier: Dossier, trip: Trip, route: Route) -> str:
    """Who could deny a route to this trade, and who does so already by a standing veto."""
    names = speak_actors(dossier)
    scenario = find_scenario(dossier, trip)
    network = scenario.network
    bits = int(np.bitwise_or.reduce(network.leg_deniers[list(route.leg_rows)]))
    bits &= ~network.find_own_trade(trip.origin, trip.destination)
    standing = bits & scenario.find_standing_vetoes(trip.origin, trip.destination)
    could, do = (
        [names[actor] for actor in network.name_actors(own)] for own in (bits & ~standing, standing)
    )
    told = join_words(could) if could else "nobody"
    return f"{told}; already denied by {join_words(do)}" if do else told


def _list_stretches(dossier: Dossier, route: Route) -> list[str]:
    """Stretches of one mode in order, such as "road: A – B – C"."""
    places, modes = label_places(dossier), dossier.labels("modes")
    stretches = []
    for mode, steps in groupby(route.steps, key=lambda step: step.mode_code):
        first, *others = steps
        nodes = [first.from_node_id, first.to_node_id, *(step.to_node_id for step in others)]
        stretches.append(f"{modes[mode]}: {' – '.join(places[node] for node in nodes)}")
    return stretches
