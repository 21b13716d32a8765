"""Network: legs and stops as one directed graph, so that the best way is a shortest path.

A vertex is a state of the load (:mod:`entente.analysis.load_states`), an edge is a leg taken from
one, with the stops that it entails. Besides, each node has a vertex to start from and one to end
in. The graph holds every leg, shut ones too: statuses, scenarios, vetoes and objectives only
change the weights, so it is built once for a dataset.

Weights are whole millionths (of a day, a dollar, a kilogram): sums of them are exact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import rustworkx as rx

from entente.routes.network import dwell_rules as stops
from entente.routes.network.chains import GAUGES, LEG_COLUMNS, Step, turned
from entente.routes.network.load_states import LoadState, Places, ended, taken
from entente.routes.network.turn_restrictions import Turn, turns_back
from entente.routes.valuation.stages import EMISSION_RATES
from entente.vocabulary import PAYLOAD_TONNES

QUANTITIES = ("days", "usd", "co2e")
MILLIONTHS = 1_000_000
NO_LEG = -1

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


class Edge(NamedTuple):
    """An edge of the graph.

    Attributes:
        step: The leg in the direction of travel; None where a load ends its way.
        leg: Row of the leg in the table of legs, from 0; -1 where a load ends its way.
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
        backward: The same with every edge turned round.
        edges: By that number.
        starts: Node to the vertex from which a load starts.
        ends: Node to the vertex in which it ends.
        leg_ids: Ids of the legs, in file order.
        leg_of: For each edge, the row of its leg, or -1. Shape (edges,).
        stop_costs: For each edge, what its stops take, in millionths. Shape (edges, 3).
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
    stop_costs: Whole
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


def state_graph(*, legs: pd.DataFrame, nodes: pd.DataFrame, rates: pd.DataFrame) -> StateGraph:
    """Build the graph from the tables of those names.

    Raises:
        KeyError: a rate that a rule asks for is missing.
    """
    typical = dict(zip(rates["rate_id"], rates["typical"], strict=True))
    places = Places(
        states=dict(zip(nodes["node_id"], nodes["actor_id"], strict=True)),
        kinds=dict(zip(nodes["node_id"], nodes["kind_code"], strict=True)),
    )
    vertices, raw = _explored(_steps_from(legs), places, turns_back(nodes, legs))
    edges = tuple(Edge(step, leg, *ends) for step, leg, ends, _ in raw)
    loads = {load: n for load, n in vertices.items() if isinstance(load, LoadState)}
    return StateGraph(
        graph=_graph(len(vertices), [(e.source, e.target) for e in edges]),
        backward=_graph(len(vertices), [(e.target, e.source) for e in edges]),
        edges=edges,
        starts={load.node_id: n for load, n in loads.items() if load.mode_code is None},
        ends={node: n for node, n in vertices.items() if isinstance(node, str)},
        leg_ids=tuple(legs["leg_id"]),
        leg_of=np.array([edge.leg for edge in edges], dtype=np.int64),
        stop_costs=np.array([_price(due, typical) for *_, due in raw], dtype=np.int64),
        leg_costs=_leg_costs(legs, typical),
        leg_km=legs["distance_km"].to_numpy(dtype=float),
    )


def _graph(vertices: int, ends: Sequence[tuple[int, int]]) -> rx.PyDiGraph:
    graph = rx.PyDiGraph(multigraph=True)
    graph.add_nodes_from(range(vertices))
    graph.add_edges_from([(*pair, number) for number, pair in enumerate(ends)])
    return graph


def _steps_from(legs: pd.DataFrame) -> dict[str, list[tuple[int, Step]]]:
    """Node to the legs that leave it, each turned that way, with its row."""
    leaving: dict[str, list[tuple[int, Step]]] = {}
    for row, leg in enumerate(legs[LEG_COLUMNS].to_dict("records")):
        gauges = {name: leg[name] for name in GAUGES if isinstance(leg[name], str)}
        there: Step = {**leg, **dict.fromkeys(GAUGES), **gauges, "is_reversed": False}
        for step in (there, turned(there)):
            leaving.setdefault(step["from_node_id"], []).append((row, step))
    return leaving


Raw = tuple[Step | None, int, tuple[int, int], list[stops.Stop]]


def _explored(
    leaving: Mapping[str, list[tuple[int, Step]]], places: Places, barred: frozenset[Turn]
) -> tuple[dict[LoadState | str, int], list[Raw]]:
    """All states that a load can be in, with the edges between them.

    A vertex named by a node alone is where ways to that node end.
    """
    vertices: dict[LoadState | str, int] = {}
    raw: list[Raw] = []
    for node in places.states:
        vertices[node] = len(vertices)
    waiting = [LoadState(node) for node in places.states]
    for load in waiting:
        vertices[load] = len(vertices)
    while waiting:
        load = waiting.pop()
        at = vertices[load]
        if load.mode_code:
            raw.append((None, NO_LEG, (at, vertices[load.node_id]), ended(load, places)))
        for row, step in leaving.get(load.node_id, ()):
            turn = (load.sailed_from, load.node_id, step["to_node_id"])
            if turn in barred and step["mode_code"] in stops.SEA:
                continue
            due, reached = taken(load, step, places)
            if reached not in vertices:
                vertices[reached] = len(vertices)
                waiting.append(reached)
            raw.append((step, row, (at, vertices[reached]), due))
    return vertices, raw


def _price(due: Sequence[stops.Stop], typical: Mapping[str, float]) -> tuple[int, int, int]:
    """Days, USD and CO2e of stops, in millionths; waiting emits nothing."""
    days = sum(in_millionths(typical[stop.days_rate_id]) for stop in due)
    rates = (rate_id for stop in due for rate_id in stop.cost_rate_ids)
    return days, sum(in_millionths(typical[rate_id]) for rate_id in rates), 0


def _leg_costs(legs: pd.DataFrame, typical: Mapping[str, float]) -> Floats:
    factors = legs["mode_code"].map(lambda mode: typical[EMISSION_RATES[mode]])
    emitted = factors * (legs["distance_km"] * PAYLOAD_TONNES / 1000)
    columns = (legs["transit_days_typical"], legs["cost_usd_per_teu_typical"], emitted)
    return np.column_stack([column.to_numpy(dtype=float) for column in columns])


def in_millionths(value: float) -> int:
    """A value as a whole number of millionths."""
    return round(value * MILLIONTHS)
