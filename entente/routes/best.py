"""Best: the best route between two places and those that differ, or the cut that leaves none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from entente.address.views import RoutesView
from entente.content import Height, Panel, PanelParts, panel_of
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.comparison import value_chains
from entente.routes.found_routes import (
    DrawnRoute,
    chart_routes,
    describe_through,
    list_crossed,
    map_routes,
    name_routes,
    name_standing_deniers,
)
from entente.routes.network.alternatives import CutLeg, find_alternatives, find_cut
from entente.routes.network.search import Route, lift_standing_vetoes, tabulate_routes
from entente.routes.trips import (
    Trip,
    find_scenario,
    find_traffic,
    label_places,
    read_objective_code,
    read_trip,
    speak_actors,
)
from entente.routes.valuation.leverage import Traffic
from entente.routes.valuation.simulation import simulate, summarise
from entente.routes.valuation.stages import measure_corridors
from entente.routes.words import about, amount, count_in_words, name_best, round_estimate
from entente.style.theme import listed

MOST_ROUTES = 4
MAP_CAPTION = (
    "Numbers as in the table. Solid and in colour: the best way; dashed: the others, and the best "
    "way where it is a detour; dotted: the best way if nobody denied transit all the time; 0, "
    "where it is drawn, is the best way without the what-ifs. Crosses mark legs that are shut or "
    "denied. Lines show ways, not modes: point at one for its mode and length."
)
CHART_CAPTION = (
    "Slopes are carriage, steps are waits; lines: P50 of 10,000 draws, the band: P10 to P90 of the "
    "best way, stage by stage. By cost the same of price."
)
MAP_HEIGHT = Height(rem=35, screen="46rem", ratio=1.04, phone_ratio=0.88)
CHART_HEIGHT = Height(rem=35, screen="46rem", ratio=1.04)


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
    on_record = find_traffic(dossier, plain, objective).chosen.best()
    cut: tuple[CutLeg, ...] = ()
    restored = None
    if not routes:
        cut, restored = find_cut(traffic.chosen, vetoes=bits)
    return SearchResult(
        routes=routes,
        reference=_unless_known(on_record, routes[:1]),
        cut=cut,
        restored=restored,
        barred=_unless_known(_find_barred(traffic, bits), routes[:1] or (restored,)),
    )


def _find_barred(traffic: Traffic, vetoes: int) -> Route | None:
    """The best route without standing vetoes, where there are any."""
    finder = traffic.chosen
    return lift_standing_vetoes(finder).best(vetoes) if finder.standing else None


def _unless_known(route: Route | None, known: Sequence[Route | None]) -> Route | None:
    """A route, unless one that is known takes the same legs."""
    legs = [other.leg_ids for other in known if other]
    return route if route and route.leg_ids not in legs else None


def total(route: Route, objective: str) -> float:
    """What the objective has least of; of a mix the days."""
    return {"cost": route.usd, "co2e": route.co2e}.get(objective, route.days)


def title(dossier: Dossier, view: RoutesView) -> str:
    """The best way and what it takes, or that there is none."""
    places = label_places(dossier)
    start, end = places[view.origin], places[view.destination]
    if view.origin == view.destination:
        return f"Both ends are {start}: there is no way to look for"
    objective = read_objective_code(view)
    found = search_routes(dossier, trip=read_trip(view), objective=objective)
    if not found.routes:
        return f"No way is left from {start} to {end}"
    best = found.routes[0]
    value = about(total(best, objective), objective)
    verb = {"cost": "costs", "co2e": "emits"}.get(view.objective, "takes")
    route = describe_through(best, dossier)
    return f"{name_best(objective)} way from {start} to {end} {verb} about {value}, {route}"


def lead(found: SearchResult, dossier: Dossier, view: RoutesView) -> str:
    """How the others compare, and what the what-ifs do."""
    objective = read_objective_code(view)
    best, others = found.routes[0], found.routes[1:]
    value = total(best, objective)
    parts = []
    if found.reference is not None:
        before = total(found.reference, objective)
        change = amount(abs(value - before), objective)
        side = "more" if value >= before else "less"
        route = describe_through(found.reference, dossier)
        parts.append(f"That is {change} {side} than on the record of the day, {route}.")
    elif view.scenarios or view.vetoes:
        parts.append("The what-ifs leave it as it is.")
    if standing := name_standing_deniers(dossier, read_trip(view)):
        parts.append(_unbarred(found, dossier, view, standing))
    if others:
        gap = amount(total(others[0], objective) - value, objective)
        label = name_routes(found.routes, dossier)[1]
        parts.append(f"The next that really differs, {label}, takes {gap} more.")
    else:
        parts.append("No other way differs from it enough to count as another.")
    return " ".join(parts)


def _unbarred(found: SearchResult, dossier: Dossier, view: RoutesView, deniers: str) -> str:
    """What the standing vetoes on this trade do to its best way."""
    if found.barred is None:
        return f"That transit is denied by {deniers} makes no difference here."
    objective = read_objective_code(view)
    best, freed = (total(route, objective) for route in (found.routes[0], found.barred))
    route = describe_through(found.barred, dossier)
    gap = amount(abs(best - freed), objective)
    side = "less" if best >= freed else "more"  # more days, where a mix finds it better
    return f"If {deniers} let this trade through, the best would go {route} and take {gap} {side}."


def head_map(found: SearchResult) -> str:
    """What the map shows, as a heading."""
    if not found.routes:
        return "Where the way is cut"
    count = count_in_words(len(found.routes)).capitalize()
    if len(found.routes) == 1:
        return "The one way that there is"
    return f"{count} ways, no two with more than 70 % in common"


def head_chart(found: SearchResult) -> str:
    """What the chart shows, as a heading."""
    return "How they get there" if found.routes else "How the mended way would get there"


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """Map and chart of the routes; nothing where both ends are one."""
    if view.origin == view.destination:
        return ()
    trip, objective = read_trip(view), read_objective_code(view)
    found = search_routes(dossier, trip=trip, objective=objective)
    quantity = "cost_usd_per_teu" if objective == "cost" else "days"
    return (
        panel_of(
            draw_map(dossier, trip=trip, found=found, appearance=appearance),
            key="way-map",
            heading=head_map(found),
            caption=MAP_CAPTION,
            height=MAP_HEIGHT,
            is_half=True,
            is_legend_in_caption=True,
        ),
        panel_of(
            draw_chart(dossier, trip=trip, found=found, quantity=quantity, appearance=appearance),
            key="way-distance",
            heading=head_chart(found),
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
    named = zip(name_routes(found.routes, dossier), found.routes, strict=True)
    drawn = [
        DrawnRoute(number, label, *_name_role(number, found), route)
        for number, (label, route) in enumerate(named, start=1)
    ]
    barred_number = len(found.routes) + (found.restored is not None) + 1
    beside = (
        (0, "reference", "without the what-ifs", found.reference),
        (1, "detour", "the way, if its cut were mended", found.restored),
        (barred_number, "barred", "without standing vetoes", found.barred),
    )
    crossed: dict[str, str] = {}
    for number, role, role_label, route in beside:
        if route is not None:
            label = describe_through(route, dossier)
            drawn.append(DrawnRoute(number, label, role, role_label, route))
            crossed |= list_crossed(dossier, trip, route)
    return map_routes(dossier, drawn=drawn, trip=trip, crossed=crossed, appearance=appearance)


@cached
def draw_chart(
    dossier: Dossier, *, trip: Trip, found: SearchResult, quantity: str, appearance: str
) -> PanelParts:
    """The routes by time or price along their length."""
    routes = found.routes or ((found.restored,) if found.restored else ())
    return chart_routes(dossier, trip=trip, routes=routes, quantity=quantity, appearance=appearance)


def _name_role(number: int, found: SearchResult) -> tuple[str, str]:
    if number > 1:
        return "other", "others that differ"
    return ("best", "best way") if found.reference is None else ("detour", "best way left")


@cached
def list_routes(dossier: Dossier, *, trip: Trip, found: SearchResult) -> list[dict[str, Any]]:
    """One row a route for `templates/route_ways.html`: those found, the barred, the reference."""
    shown = [*found.routes, *([found.barred] if found.barred else [])]
    parts = [_summarise(dossier, trip, shown)]
    numbers = list(range(1, len(shown) + 1))
    labels = name_routes(found.routes, dossier)
    if found.barred is not None:
        deniers = name_standing_deniers(dossier, trip)
        labels.append(f"if {deniers} let it: {describe_through(found.barred, dossier)}")
    if found.reference is not None:
        plain = trip._replace(scenarios=(), vetoes=())
        parts.append(_summarise(dossier, plain, [found.reference]))
        numbers, shown = [*numbers, 0], [*shown, found.reference]
        labels.append(describe_through(found.reference, dossier))
    table = pd.concat(parts, ignore_index=True).to_dict("records")
    return [
        {
            "number": number,
            "label": label[:1].upper() + label[1:] if number else f"Without the what-ifs: {label}",
            **_describe_totals(route, row),
            "counts": [int(row["border_count"]), int(row["transshipment_count"])],
            "holders": _name_holders(dossier, trip, route),
            "legs": _list_stretches(dossier, route),
        }
        for number, label, route, row in zip(numbers, labels, shown, table, strict=True)
    ]


def _summarise(dossier: Dossier, trip: Trip, routes: Sequence[Route]) -> pd.DataFrame:
    """P10 to P90 and the counts of each route."""
    chains = tabulate_routes(routes)
    staged = value_chains(dossier, trip, chains)
    sums = measure_corridors(chains, staged, nodes=dossier["nodes"])
    return sums.merge(summarise(simulate(staged)), on="corridor_id", validate="1:1")


def _describe_totals(route: Route, row: dict[str, Any]) -> dict[str, Any]:
    typical = {
        "days": ("days", f"{route.days:.1f}"),
        "usd": ("cost_usd_per_teu", f"{round(route.usd, -1):,.0f}"),
        "co2e": ("co2e_kg_per_teu", f"{round(route.co2e, -1):,.0f}"),
    }
    ranges = {
        stem: "–".join(round_estimate(row[f"{stem}_{at}"]) for at in ("p10", "p90"))
        for stem, _ in typical.values()
    }
    return {
        "km": f"{round(route.km, -1):,.0f}",
        **{
            name: {"typical": figure, "range": ranges[stem]}
            for name, (stem, figure) in typical.items()
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
    told = listed(could) if could else "nobody"
    return f"{told}; already denied by {listed(do)}" if do else told


def _list_stretches(dossier: Dossier, route: Route) -> list[str]:
    """Stretches of one mode in order, such as "road: A – B – C"."""
    places, modes = label_places(dossier), dossier.labels("modes")
    stretches: list[tuple[str, list[str]]] = []
    for step in route.steps:
        if not stretches or stretches[-1][0] != step.mode_code:
            stretches.append((step.mode_code, [places[step.from_node_id]]))
        stretches[-1][1].append(places[step.to_node_id])
    return [f"{modes[mode]}: {' – '.join(names)}" for mode, names in stretches]
