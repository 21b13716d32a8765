"""Network: legs and dwell times as one directed graph, so that the best route is a shortest path.

A vertex is a state of the load (:class:`entente.routes.network.dwell_times.LoadState`), an edge is
a leg taken from one, with the dwell times that it entails. Besides, each node has a vertex to start
from and one to end in. The graph holds every leg, shut ones too: statuses, scenarios, vetoes and
objectives only change the weights, so it is built once for a dataset.

Weights are whole millionths (of a day, a dollar, a kilogram): sums of them are exact.

Straits, capes and canals are places that ships pass, not ports. Two sea legs that meet at one are a
passage only when they lead on: where a short crossing is shut, a search would else send the ship to
the next strait and back, which gets round nothing.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import rustworkx as rx

from entente.routes.network.chains import LEG_COLUMNS, Step, list_steps, turn_round
from entente.routes.network.dwell_times import (
    PASSED_AT_SEA,
    SEA,
    Dwell,
    LoadState,
    Places,
    arrive,
    index_places,
    take_leg,
)

QUANTITIES = ("days", "usd", "co2e")
# Mode to the rate of its emissions, in kg CO2e per 1000 tonne-kilometres.
PAYLOAD_RATE = "UNIT-PAYLOAD"  # tonnes in the loaded TEU that all figures are for
EMISSION_RATES = {
    "deep-sea": "CO2-SEA-DEEP",
    "short-sea": "CO2-SEA-FEED",
    "ferry": "CO2-FERRY",
    "inland-water": "CO2-IWT",
    "rail": "CO2-RAIL",
    "road": "CO2-ROAD",
}
MILLIONTHS = 1_000_000
NO_LEG = -1
# The sharpest turn of a real passage on record is 135 degrees, in a strait that bends; ships that
# go back turn by 145 and more.
SHARPEST_DEGREES = 140.0

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Point = tuple[float, float]
Turn = tuple[str | None, str, str]


class Edge(NamedTuple):
    """An edge of the graph.

    Attributes:
        step: The leg in the direction of travel; None where a load ends its route.
        leg: Row of the leg in the table of legs, from 0; -1 where a load ends its route.
        source: Vertex where it starts.
        target: Vertex where it ends.
    """

    step: Step | None
    leg: int
    source: int
    target: int


@dataclass(frozen=True, kw_only=True)
class StateGraph:
    """The network of all legs, whatever their status.

    Attributes:
        graph: Its edges carry their own number.
        backward: The graph with every edge turned round.
        edges: By that number.
        starts: Node to the vertex from which a load starts.
        ends: Node to the vertex in which it ends.
        leg_ids: Ids of the legs, in file order.
        leg_of: For each edge, the row of its leg, or -1. Shape (edges,).
        dwell_costs: For each edge, what its dwell times take, in millionths. Shape (edges, 3).
        leg_costs: For each leg, days, USD and kg CO2e while it moves, with no hindrance.
            Shape (legs, 3).
        leg_km: Length of each leg. Shape (legs,).
    """

    graph: rx.PyDiGraph
    backward: rx.PyDiGraph
    edges: tuple[Edge, ...]
    starts: Mapping[str, int]
    ends: Mapping[str, int]
    leg_ids: tuple[str, ...]
    leg_of: Whole
    dwell_costs: Whole
    leg_costs: Floats
    leg_km: Floats

    @cached_property
    def sources(self) -> Whole:
        """For each edge the vertex where it starts. Shape (edges,)."""
        return np.array([edge.source for edge in self.edges], dtype=np.int64)

    @cached_property
    def targets(self) -> Whole:
        """For each edge the vertex where it ends. Shape (edges,)."""
        return np.array([edge.target for edge in self.edges], dtype=np.int64)

    @cached_property
    def joining(self) -> Mapping[tuple[int, int], tuple[int, ...]]:
        """Two vertices to the edges from the first to the second, in order."""
        found: dict[tuple[int, int], tuple[int, ...]] = {}
        for number, edge in enumerate(self.edges):
            pair = (edge.source, edge.target)
            found[pair] = (*found.get(pair, ()), number)
        return found


def build_graph(
    *, legs: pd.DataFrame, nodes: pd.DataFrame, rates: pd.DataFrame, slow_borders: pd.DataFrame
) -> StateGraph:
    """Build the graph from the tables of those names.

    Raises:
        KeyError: a rate that a rule asks for is missing.
    """
    typical = dict(zip(rates["rate_id"], rates["typical"], strict=True))
    places = index_places(nodes, slow_borders)
    vertices, explored = _explore(legs, places, list_barred_turns(nodes, legs))
    edges = tuple(edge for edge, _ in explored)
    loads = {load: n for load, n in vertices.items() if isinstance(load, LoadState)}
    return StateGraph(
        graph=_join_vertices(len(vertices), [(e.source, e.target) for e in edges]),
        backward=_join_vertices(len(vertices), [(e.target, e.source) for e in edges]),
        edges=edges,
        starts={load.node_id: n for load, n in loads.items() if load.mode_code is None},
        ends={node: n for node, n in vertices.items() if isinstance(node, str)},
        leg_ids=tuple(legs["leg_id"]),
        leg_of=np.array([edge.leg for edge in edges], dtype=np.int64),
        dwell_costs=np.array([_value_dwells(due, typical) for _, due in explored], dtype=np.int64),
        leg_costs=_value_legs(legs, typical),
        leg_km=legs["distance_km"].to_numpy(dtype=float),
    )


def _join_vertices(vertices: int, ends: Sequence[tuple[int, int]]) -> rx.PyDiGraph:
    graph = rx.PyDiGraph(multigraph=True)
    graph.add_nodes_from(range(vertices))
    graph.add_edges_from([(*pair, number) for number, pair in enumerate(ends)])
    return graph


def _explore(
    legs: pd.DataFrame, places: Places, barred: frozenset[Turn]
) -> tuple[dict[LoadState | str, int], list[tuple[Edge, list[Dwell]]]]:
    """All states that a load can be in, with the edges between them and their dwell times.

    A vertex named by a node alone is where routes to that node end.
    """
    leaving: dict[str, list[tuple[int, Step]]] = {}
    for row, there in enumerate(list_steps(legs[LEG_COLUMNS])):
        for step in (there, turn_round(there)):
            leaving.setdefault(step.from_node_id, []).append((row, step))
    waiting = [LoadState(node) for node in places.states]
    vertices: dict[LoadState | str, int] = {}
    for node in places.states:
        vertices[node] = len(vertices)
    for load in waiting:
        vertices[load] = len(vertices)
    explored: list[tuple[Edge, list[Dwell]]] = []
    while waiting:
        load = waiting.pop()
        at = vertices[load]
        if load.mode_code:
            explored.append((Edge(None, NO_LEG, at, vertices[load.node_id]), arrive(load)))
        for row, step in leaving.get(load.node_id, ()):
            turn = (load.sailed_from, load.node_id, step.to_node_id)
            if turn in barred and step.mode_code in SEA:
                continue
            due, reached = take_leg(load, step, places)
            if reached not in vertices:
                vertices[reached] = len(vertices)
                waiting.append(reached)
            explored.append((Edge(step, row, at, vertices[reached]), due))
    return vertices, explored


def _value_dwells(due: Sequence[Dwell], typical: Mapping[str, float]) -> tuple[int, int, int]:
    """Days, USD and CO2e of dwell times, in millionths; waiting emits nothing."""
    days = sum(in_millionths(typical[dwell.rule.days_rate_id]) for dwell in due)
    rates = (rate_id for dwell in due for rate_id in dwell.rule.cost_rate_ids)
    return days, sum(in_millionths(typical[rate_id]) for rate_id in rates), 0


def _value_legs(legs: pd.DataFrame, typical: Mapping[str, float]) -> Floats:
    factors = legs["mode_code"].map(lambda mode: typical[EMISSION_RATES[mode]])
    emitted = factors * (legs["distance_km"] * typical[PAYLOAD_RATE] / 1000)
    columns = (legs["transit_days_typical"], legs["cost_usd_per_teu_typical"], emitted)
    return np.column_stack([column.to_numpy(dtype=float) for column in columns])


def in_millionths(value: float) -> int:
    """A value as a whole number of millionths."""
    return round(value * MILLIONTHS)


def list_barred_turns(nodes: pd.DataFrame, legs: pd.DataFrame) -> frozenset[Turn]:
    """Three nodes in a row that no ship sails.

    Args:
        nodes: The table of that name; `lat` and `lon` in degrees.
        legs: The table of that name.
    """
    kinds = dict(zip(nodes["node_id"], nodes["kind_code"], strict=True))
    points = {n.node_id: (n.lat, n.lon) for n in nodes.itertuples()}
    beside: dict[str, set[str]] = {}
    for leg in legs[legs["mode_code"].isin(SEA)].itertuples():
        beside.setdefault(leg.from_node_id, set()).add(leg.to_node_id)
        beside.setdefault(leg.to_node_id, set()).add(leg.from_node_id)
    return frozenset(
        (before, node, after)
        for node in beside
        if kinds[node] in PASSED_AT_SEA
        for before, after in product(beside[node], repeat=2)
        if before == after or turn_degrees(points, before, node, after) > SHARPEST_DEGREES
    )


def turn_degrees(points: Mapping[str, Point], before: str, node: str, after: str) -> float:
    """By how much a ship changes its course at a node, between 0 and 180 degrees."""
    back, ahead = (bearing(points[node], points[end]) for end in (before, after))
    return 180.0 - abs((ahead - back + 180.0) % 360.0 - 180.0)


def bearing(start: Point, end: Point) -> float:
    """Initial course of the great circle from one point to another, in degrees."""
    (lat, lon), (lat_end, lon_end) = (tuple(map(math.radians, point)) for point in (start, end))
    east = math.sin(lon_end - lon) * math.cos(lat_end)
    north = math.cos(lat) * math.sin(lat_end) - math.sin(lat) * math.cos(lat_end) * math.cos(
        lon_end - lon
    )
    return math.degrees(math.atan2(east, north)) % 360.0
