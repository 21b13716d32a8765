"""Alternatives: the best ways that really differ from one another.

Candidates are the best ways through each leg in turn (the single-via ways of Abraham and others,
2010). They are taken in order of value, each that shares no more than 70 % of its length, or of the
other's, with any taken before, and that does not go round an open leg of a mode that it uses: a
ship that calls at a third port and turns back is no alternative.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
import rustworkx as rx

from entente.routes.network.graph import NO_LEG, Floats
from entente.routes.network.search import Finder, least_rest
from entente.routes.network.ways import Way, lightest_edges, way_of

MOST_SHARED = 0.7
DIRECT = ("from_node_id", "to_node_id", "mode_code")

Direct = tuple[str, ...]


def different_ways(finder: Finder, *, vetoes: int = 0, most: int = 3) -> list[Way]:
    """The best way and those next to it that differ from it and from each other.

    Args:
        finder: Origin, destination, objective and scenario.
        vetoes: Bits of the actors that deny transit.
        most: How many ways at most.

    Returns:
        Ways in order of value; fewer when there are no more, none when there is no route. No two
        of them share more than 70 % of the length of the shorter.
    """
    best = finder.best(vetoes)
    taken = [best] if best else []
    for way in _by_value(finder, vetoes) if best else ():
        if len(taken) >= most:
            break
        if all(shared_part(way, other, finder) <= MOST_SHARED for other in taken):
            taken.append(way)
    return taken[:most]


def shared_part(way: Way, other: Way, finder: Finder) -> float:
    """Length that two ways have in common, as a part of the shorter one."""
    km = finder.scenario.transport.graph.leg_km
    common = sorted(set(way.leg_rows) & set(other.leg_rows))
    return float(km[common].sum()) / min(way.km, other.km)


def _by_value(finder: Finder, vetoes: int) -> Iterator[Way]:
    """The best way through each leg, cheapest first, those that visit no node twice."""
    weights = np.where(finder.denied_by & vetoes, np.inf, finder.weights)
    seen: set[tuple[int, ...]] = set()
    trees = _Trees(finder, weights)
    for edge in trees.edges_by_value():
        way = trees.way_through(edge)
        if way.leg_rows not in seen and _is_sensible(way, finder, trees.lightest):
            yield way
        seen.add(way.leg_rows)


def _is_sensible(way: Way, finder: Finder, lightest: Mapping[Direct, float]) -> bool:
    """True for a way that visits no node twice and goes round no lighter leg of a mode it uses."""
    nodes = way.node_ids
    if len(set(nodes)) < len(nodes):
        return False
    passed = np.concatenate([[0.0], np.cumsum(finder.weights[list(way.edges)])])
    for start, end in combinations(range(len(nodes)), 2):
        if end == start + 1:
            continue
        around = passed[end] - passed[start]
        modes = {step["mode_code"] for step in way.steps[start:end]}
        if any(lightest.get((nodes[start], nodes[end], mode), np.inf) < around for mode in modes):
            return False
    return True


class _Trees:
    """Best ways from the origin to every vertex, and from every vertex to the destination.

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
                direct = tuple(edge.step[name] for name in DIRECT)
                self.lightest[direct] = min(added, self.lightest.get(direct, np.inf))

    def edges_by_value(self) -> Sequence[int]:
        """Edges by the value of the best way through them, each leg by its best one only."""
        graph = self._graph
        rest = least_rest(self._finder.scenario, self._weights, self._target)
        through = self._reached[graph.sources] + self._weights + rest[graph.targets]
        order = np.lexsort((np.arange(len(through)), through))
        usable = order[np.isfinite(through[order]) & (graph.leg_of[order] != NO_LEG)]
        _, first = np.unique(graph.leg_of[usable], return_index=True)
        return [int(edge) for edge in usable[np.sort(first)]]

    def way_through(self, edge: int) -> Way:
        """The best way that takes an edge."""
        source, target = self._graph.edges[edge].source, self._graph.edges[edge].target
        before = list(self._to[source]) if source in self._to else [source]
        after = list(self._from[target])[::-1] if target in self._from else [target]
        scenario = self._finder.scenario
        edges = [
            *lightest_edges(scenario, before, self._weight),
            edge,
            *lightest_edges(scenario, after, self._weight),
        ]
        return way_of(scenario, edges, self._finder.weights)
