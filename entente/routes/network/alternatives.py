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

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import rustworkx as rx

from entente.routes.network.graph import NO_LEG, Floats
from entente.routes.network.scenarios import UNBUILT, Scenario, open_everywhere
from entente.routes.network.search import (
    Finder,
    Objective,
    Route,
    choose_edges,
    find_least_rest,
    find_shortest_path,
    make_route,
    weigh_edges,
)

MOST_SHARED = 0.7
# Above any value of a route in millionths, and small enough for whole numbers to stay exact.
SHUT, TO_BUILD = 2.0**45, 2.0**38
STATUS_FIELDS = ("status_code", "since_edtf", "note", "leg_status_id", "scenario_id")

Direct = tuple[str, str, str]


def find_alternatives(finder: Finder, *, vetoes: int = 0, most: int = 3) -> list[Route]:
    """The best route and those next to it that differ from it and from each other.

    Args:
        finder: Origin, destination, objective and scenario.
        vetoes: Bits of the actors that deny transit.
        most: How many routes at most.

    Returns:
        Routes in order of value; fewer when there are no more, none when there is no route. No two
        of them share more than 70 % of the length of the shorter.
    """
    best = finder.best(vetoes)
    taken = [best] if best else []
    for route in _by_value(finder, vetoes) if best else ():
        if len(taken) >= most:
            break
        if all(measure_overlap(route, other, finder) <= MOST_SHARED for other in taken):
            taken.append(route)
    return taken[:most]


def measure_overlap(route: Route, other: Route, finder: Finder) -> float:
    """Length that two routes have in common, as a part of the shorter one."""
    km = finder.scenario.transport.graph.leg_km
    common = sorted(set(route.leg_rows) & set(other.leg_rows))
    return float(km[common].sum()) / min(route.km, other.km)


def _by_value(finder: Finder, vetoes: int) -> Iterator[Route]:
    """The best route through each leg, cheapest first, those that visit no node twice."""
    weights = np.where(finder.denied_by & vetoes, np.inf, finder.weights)
    seen: set[tuple[int, ...]] = set()
    trees = _Trees(finder, weights)
    for edge in trees.edges_by_value():
        route = trees.route_through(edge)
        if route.leg_rows not in seen and _is_sensible(route, finder, trees.lightest):
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


class _Trees:
    """Best routes from the origin to every vertex, and from every vertex to the destination.

    Attributes:
        lightest: Two nodes and a mode to the least weight of a leg between them.
    """

    def __init__(self, finder: Finder, weights: Floats) -> None:
        self._finder, self._weights = finder, weights
        self._graph = finder.scenario.transport.graph
        source, self._target = finder.ends
        weight = weights.tolist().__getitem__
        self._weight = weight
        self._to = rx.dijkstra_shortest_paths(self._graph.graph, source, weight_fn=weight)
        self._from = rx.dijkstra_shortest_paths(
            self._graph.backward, self._target, weight_fn=weight
        )
        reached = rx.dijkstra_shortest_path_lengths(self._graph.graph, source, weight)
        self._reached = np.full(len(self._graph.graph), np.inf)
        self._reached[list(reached.keys())] = list(reached.values())
        self._reached[source] = 0.0
        self.lightest: dict[Direct, float] = {}
        for edge, added in zip(self._graph.edges, weights.tolist(), strict=True):
            if edge.step:
                direct = edge.step.from_node_id, edge.step.to_node_id, edge.step.mode_code
                self.lightest[direct] = min(added, self.lightest.get(direct, np.inf))

    def edges_by_value(self) -> Sequence[int]:
        """Edges by the value of the best route through them, each leg by its best one only."""
        graph = self._graph
        rest = find_least_rest(self._finder.scenario, self._weights, self._target)
        through = self._reached[graph.sources] + self._weights + rest[graph.targets]
        order = np.lexsort((np.arange(len(through)), through))
        usable = order[np.isfinite(through[order]) & (graph.leg_of[order] != NO_LEG)]
        _, first = np.unique(graph.leg_of[usable], return_index=True)
        return [int(edge) for edge in usable[np.sort(first)]]

    def route_through(self, edge: int) -> Route:
        """The best route that takes an edge."""
        source, target = self._graph.edges[edge].source, self._graph.edges[edge].target
        before = list(self._to[source]) if source in self._to else [source]
        after = list(self._from[target])[::-1] if target in self._from else [target]
        scenario = self._finder.scenario
        edges = [
            *choose_edges(scenario, before, self._weight),
            edge,
            *choose_edges(scenario, after, self._weight),
        ]
        return make_route(scenario, edges, self._finder.weights)


class CutLeg(NamedTuple):
    """A leg that would have to open before there is a route.

    Attributes:
        leg_id: The leg.
        from_node_id: Where the load would take it.
        to_node_id: Where the load would leave it.
        mode_code: Its mode.
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


def find_cut(
    finder: Finder, objective: Objective, *, vetoes: int = 0
) -> tuple[tuple[CutLeg, ...], Route | None]:
    """The fewest shut or denied legs that stand between two nodes.

    Args:
        finder: Origin, destination and scenario.
        objective: Chooses between equal cuts.
        vetoes: Bits of the actors that deny transit; standing vetoes come on top.

    Returns:
        The legs in the order of travel, and the route that opening them would restore, valued with
        no hindrance on them. No legs when a route is left. No legs and no route when none join the
        two at all.
    """
    scenario = finder.scenario
    graph = scenario.transport.graph
    opened = open_everywhere(scenario)
    vetoes |= finder.standing
    denied = finder.denied_by & vetoes
    shut = np.isinf(scenario.costs[:, 0])
    weights = weigh_edges(opened.costs, objective)
    burden = weights + SHUT * (shut | (denied != 0)) + TO_BUILD * _is_unbuilt(scenario)
    weight = burden.tolist().__getitem__
    path = find_shortest_path(graph.graph, *finder.ends, weight)
    if path is None:
        return (), None
    edges = choose_edges(opened, path, weight)
    columns = scenario.statuses[["leg_id", *STATUS_FIELDS]].astype(object)
    known = columns.where(columns.notna(), None).set_index("leg_id").to_dict("index")
    legs = []
    for edge in edges:
        step = graph.edges[edge].step
        if step and (shut[edge] or denied[edge]):
            status = known.get(step.leg_id, dict.fromkeys(STATUS_FIELDS))
            who = scenario.transport.denials.named(int(denied[edge]))
            legs.append(CutLeg(*step[:4], **status, is_shut=bool(shut[edge]), vetoed_by=who))
    return tuple(legs), make_route(opened, edges, weights)


def _is_unbuilt(scenario: Scenario) -> Floats:
    graph = scenario.transport.graph
    codes = dict(zip(scenario.statuses["leg_id"], scenario.statuses["status_code"], strict=True))
    unbuilt = [codes.get(leg_id) in UNBUILT for leg_id in graph.leg_ids]
    return np.array([*unbuilt, False], dtype=float)[graph.leg_of]
