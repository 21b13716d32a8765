"""Alternatives: the best routes that really differ, and what to open where no route is left.

Candidates are the best routes through each leg in turn (the single-via paths of Abraham and others,
"Alternative routes in road networks", 2010). They are taken in order of value, each that shares no
more than 70 % of its length, or of the other's, with any taken before, and that does not go round
an open leg of a mode that it uses: a ship that calls at a third port and turns back is no
alternative.

Where no route is left, a cut says why: the fewest legs whose opening would restore one. It is a
shortest path over all legs, shut ones included, in which a shut or denied leg counts one and any
other nothing; of equal cuts the one with fewer legs still to be built, then the better route.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

import numpy as np
import rustworkx as rx

from entente.routes.network.graph import NO_LEG
from entente.routes.network.scenarios import UNBUILT, open_everywhere
from entente.routes.network.search import (
    Finder,
    Route,
    choose_edges,
    find_lightest_edges,
    make_route,
    measure_distances,
    weigh_edges,
)

MOST_SHARED = 0.7
# Above any value of a route in millionths, and small enough for whole numbers to stay exact.
SHUT, TO_BUILD = 2.0**45, 2.0**38
STATUS_FIELDS = ("status_code", "since_edtf", "note", "leg_status_id", "scenario_id")

Direct = tuple[str, str, str]


def find_alternatives(finder: Finder, *, vetoes: int = 0, most: int = 3) -> list[Route]:
    """The best route and those next to it that differ from it and from each other.

    They come in order of value: fewer than `most` when there are no more, none when there is no
    route. `vetoes` are bits of the actors that deny transit.
    """
    best = finder.best(vetoes)
    taken = [best] if best else []
    for route in list_candidates(finder, vetoes=vetoes) if best else ():
        if len(taken) >= most:
            break
        if all(_measure_overlap(route, other, finder) <= MOST_SHARED for other in taken):
            taken.append(route)
    return taken[:most]


def _measure_overlap(route: Route, other: Route, finder: Finder) -> float:
    """Length that two routes have in common, as a part of the shorter one."""
    common = sorted(set(route.leg_rows) & set(other.leg_rows))
    return float(finder.scenario.network.leg_km[common].sum()) / min(route.km, other.km)


def list_candidates(finder: Finder, *, vetoes: int = 0) -> Iterator[Route]:
    """The best route through each leg, cheapest first, those that make sense.

    `vetoes` are bits of the actors that deny transit.
    """
    scenario, network, (start, end) = finder.scenario, finder.scenario.network, finder.ends
    weights = np.where(finder.denied_by & vetoes, np.inf, finder.weights)
    weight = weights.tolist().__getitem__
    before = rx.dijkstra_shortest_paths(network.graph, start, weight_fn=weight)
    after = rx.dijkstra_shortest_paths(network.backward, end, weight_fn=weight)
    reached = measure_distances(network.graph, start, weights)
    rest = measure_distances(network.backward, end, weights)
    lightest: dict[Direct, float] = {}
    for step, added in zip(network.steps, weights.tolist(), strict=True):
        if step:
            direct = step.from_node_id, step.to_node_id, step.mode_code
            lightest[direct] = min(added, lightest.get(direct, np.inf))

    through = reached[network.sources] + weights + rest[network.targets]
    order = np.argsort(through, kind="stable")
    usable = order[np.isfinite(through[order]) & (network.leg_of[order] != NO_LEG)]
    _, first = np.unique(network.leg_of[usable], return_index=True)
    seen: set[tuple[int, ...]] = set()
    for edge in usable[np.sort(first)].tolist():
        source, target = int(network.sources[edge]), int(network.targets[edge])
        there = [*before[source]] if source != start else [start]
        onward = [*after[target]][::-1] if target != end else [end]
        edges = [
            *choose_edges(network, there, weight),
            edge,
            *choose_edges(network, onward, weight),
        ]
        route = make_route(scenario, edges, finder.weights)
        if route.leg_rows not in seen and _is_sensible(route, finder, lightest):
            yield route
        seen.add(route.leg_rows)


def _is_sensible(route: Route, finder: Finder, lightest: Mapping[Direct, float]) -> bool:
    """Whether a route visits no node twice and goes round no lighter leg of a mode it uses."""
    nodes = route.node_ids
    if len(set(nodes)) < len(nodes):
        return False
    passed = np.concatenate([[0.0], np.cumsum(finder.weights[list(route.edges)])])
    for start, end in combinations(range(len(nodes)), 2):
        if end == start + 1:
            continue
        around = passed[end] - passed[start]
        modes = {step.mode_code for step in route.steps[start:end]}
        if any(lightest.get((nodes[start], nodes[end], mode), np.inf) < around for mode in modes):
            return False
    return True


class CutLeg(NamedTuple):
    """A leg that would have to open before there is a route, in the direction of travel.

    Attributes:
        status_code: Its status on the day; None where nothing is on record.
        since_edtf: Where the present closure began; None where a scenario shut the leg.
        note: Why it is shut.
        leg_status_id: The row that says so.
        scenario_id: The scenario that shut it; None where the record does.
        is_shut: False for a leg that is only denied.
        vetoed_by: Who denies it.
    """

    leg_id: str
    from_node_id: str
    to_node_id: str
    mode_code: str
    status_code: str | None
    since_edtf: str | None
    note: str | None
    leg_status_id: str | None
    scenario_id: str | None
    is_shut: bool
    vetoed_by: tuple[str, ...]


def find_cut(finder: Finder, *, vetoes: int = 0) -> tuple[tuple[CutLeg, ...], Route | None]:
    """The fewest shut or denied legs that stand between two nodes.

    Args:
        finder: Origin, destination and scenario; its objective chooses between equal cuts.
        vetoes: Bits of the actors that deny transit; standing vetoes come on top.

    Returns:
        The legs in the order of travel, and the route that opening them would restore, valued with
        no hindrance on them. No legs when a route is left. No legs and no route when none join the
        two at all.
    """
    scenario, network = finder.scenario, finder.scenario.network
    opened = open_everywhere(scenario)
    statuses = scenario.statuses.set_index("leg_id").astype(object)
    denied = finder.denied_by & (vetoes | finder.standing)
    shut = np.isinf(scenario.costs[:, 0])
    codes = statuses["status_code"].reindex(list(network.leg_ids))
    unbuilt = np.append(codes.isin(UNBUILT).to_numpy(), False)[network.leg_of]
    weights = weigh_edges(opened.costs, finder.objective)
    burden = weights + SHUT * (shut | (denied != 0)) + TO_BUILD * unbuilt
    edges = find_lightest_edges(network, *finder.ends, burden)
    if edges is None:
        return (), None
    columns = statuses[list(STATUS_FIELDS)]
    known = columns.where(columns.notna(), None).to_dict("index")
    legs = [
        CutLeg(
            *step[:4],
            **known.get(step.leg_id, dict.fromkeys(STATUS_FIELDS)),
            is_shut=bool(shut[edge]),
            vetoed_by=network.name_actors(int(denied[edge])),
        )
        for edge in edges
        if (step := network.steps[edge]) and (shut[edge] or denied[edge])
    ]
    return tuple(legs), make_route(opened, edges, weights)
