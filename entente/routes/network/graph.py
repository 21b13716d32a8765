"""Network: legs and dwell times as one directed graph, so that the best route is a shortest path.

A vertex is a state of the load (:class:`entente.routes.network.legs.LoadState`), an edge is a leg
taken from one, with the dwell times that it entails. Besides, each node has a vertex to start from
and one to end in. The graph holds every leg, shut ones too: statuses, scenarios, vetoes and
objectives only change the weights, so it is built once for a dataset.

Weights are whole millionths (of a day, a dollar, a kilogram): sums of them are exact.

Straits, capes and canals are places that ships pass, not ports. Two sea legs that meet at one are a
passage only when they lead on: where a short crossing is shut, a search would else send the ship to
the next strait and back, which gets round nothing.

An actor holds the legs that it controls (`leg_actors`) and those that touch its own places, for
whoever passes a place uses one of them. Open straits and capes belong to nobody: there only those
count that control a leg in fact. When an actor denies transit, it denies the legs that it holds,
but for those where a treaty leaves passage free (`is_denier`). A state has no veto over its own
trade, to or from its places.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import rustworkx as rx
from pyproj import Geod

from entente.routes.network.legs import (
    PASSED_AT_SEA,
    SEA,
    Dwell,
    LoadState,
    Places,
    Step,
    arrive,
    index_places,
    list_leaving,
    take_leg,
)
from entente.routes.network.rates import CO2E, QUANTITIES, Amount, Floats, list_amounts

MILLIONTHS = 1_000_000
NO_LEG = -1
# The sharpest turn of a real passage on record is 135 degrees, in a strait that bends; ships that
# go back turn by 145 and more.
SHARPEST_DEGREES = 140.0
SPHERE = Geod(ellps="sphere")
OF_NOBODY = ("chokepoint",)
MOST_ACTORS = 62

Tables = Mapping[str, pd.DataFrame]
Whole = npt.NDArray[np.int64]
Turn = tuple[str | None, str, str]
Explored = tuple[Step | None, int, int, int, list[Dwell]]


class Usage(NamedTuple):
    """What edges take of rates, an entry for each edge and rate.

    Attributes:
        edges: The edge. Shape (entries,).
        rates: The rate, by its place in the table. Shape (entries,).
        quantities: Days, USD or CO2e, by its place in `rates.QUANTITIES`. Shape (entries,).
        amounts: How many units of the rate. Shape (entries,).
        moves: Whether it is for moving on the leg, which a status can slow and make dearer, rather
            than for a dwell time. Shape (entries,).
        states: The state where that is: of a leg the one it leads to, none at sea. Shape
            (entries,).
    """

    edges: Whole
    rates: Whole
    quantities: Whole
    amounts: Floats
    moves: npt.NDArray[np.bool_]
    states: npt.NDArray[np.str_]


@dataclass(frozen=True, kw_only=True)
class Network:
    """All legs, whatever their status, and who holds them. Sets of actors are bits.

    Attributes:
        graph: Its edges carry their own number.
        backward: The graph with every edge turned round.
        starts: Node to the vertex from which a load starts.
        ends: Node to the vertex in which it ends.
        vertices: Each vertex as the state of the load; the node alone where routes to it end.
        steps: For each edge, the leg in the direction of travel; None where a load ends its route.
        leg_of: For each edge, the row of its leg, or -1. Shape (edges,).
        sources: For each edge, the vertex where it starts. Shape (edges,).
        targets: For each edge, the vertex where it ends. Shape (edges,).
        usage: What of which rate each edge takes.
        leg_ids: Ids of the legs, in file order.
        leg_km: Length of each leg. Shape (legs,).
        leg_services: For each leg, what carries a container on it.
        leg_holders: For each leg, bits of those that hold it. Shape (legs,).
        leg_deniers: For each leg, bits of those that can deny it: holders all. Shape (legs,).
        actors: Those that hold anything, sorted; the first has bit 1, the next bit 2, then 4 …
        states: Node to the state in which it lies.
        kinds: Node to its kind.
    """

    graph: rx.PyDiGraph
    backward: rx.PyDiGraph
    starts: Mapping[str, int]
    ends: Mapping[str, int]
    vertices: tuple[LoadState | str, ...]
    steps: tuple[Step | None, ...]
    leg_of: Whole
    sources: Whole
    targets: Whole
    usage: Usage
    leg_ids: tuple[str, ...]
    leg_km: Floats
    leg_services: tuple[str, ...]
    leg_holders: Whole
    leg_deniers: Whole
    actors: tuple[str, ...]
    states: Mapping[str, str]
    kinds: Mapping[str, str]

    def to_bits(self, actors: Iterable[str]) -> int:
        """A set of actors as bits; those that hold nothing have none."""
        return sum(1 << self.actors.index(actor) for actor in set(actors) & set(self.actors))

    def name_actors(self, bits: int) -> tuple[str, ...]:
        """The actors behind bits, sorted."""
        return tuple(actor for n, actor in enumerate(self.actors) if bits >> n & 1)

    def find_own_trade(self, origin: str, destination: str) -> int:
        """Bits of the states that have no veto between two nodes, because it is their trade."""
        return self.to_bits({self.states[origin], self.states[destination]})

    def cost_edges(self, worth: Floats, factors: Floats) -> Floats:
        """What each edge takes, in whole millionths; infinite where its leg is shut.

        Args:
            worth: What a unit of each rate takes, costs or emits. Shape (rates,).
            factors: For each leg the factor on its moving time and price, not on its emissions; NaN
                where it is shut. Shape (legs,).

        Returns:
            Days, USD and CO2e. Shape (edges, 3).
        """
        use, by_edge = self.usage, np.append(factors, 1.0)[self.leg_of]
        is_slowed = use.moves & (use.quantities != CO2E)
        factor = np.where(is_slowed, np.nan_to_num(by_edge[use.edges], nan=1.0), 1.0)
        taken = np.rint(use.amounts * worth[use.rates] * factor * MILLIONTHS)
        count = len(QUANTITIES)
        cells = use.edges * count + use.quantities
        total = np.bincount(cells, taken, minlength=len(self.leg_of) * count)
        return np.where(np.isnan(by_edge)[:, None], np.inf, total.reshape(-1, count))


def build_network(tables: Tables) -> Network:
    """Build the network of a dataset.

    Args:
        tables: `legs`, `nodes`, `rates`, `local_rates` and `leg_actors`, by name.

    Raises:
        KeyError: a rate that a rule asks for is missing.
    """
    legs, nodes, rates = tables["legs"], tables["nodes"], tables["rates"]
    places = index_places(nodes, tables["local_rates"])
    vertices, explored = _explore(legs, places, list_barred_turns(nodes, legs))
    steps, leg_of, sources, targets, _ = zip(*explored, strict=True)
    actors, leg_holders, leg_deniers = _find_holders(legs, nodes, tables["leg_actors"])
    loads = {load: n for load, n in vertices.items() if isinstance(load, LoadState)}
    return Network(
        graph=_join_vertices(len(vertices), sources, targets),
        backward=_join_vertices(len(vertices), targets, sources),
        starts={load.node_id: n for load, n in loads.items() if load.mode_code is None},
        ends={node: n for node, n in vertices.items() if isinstance(node, str)},
        vertices=tuple(vertices),
        steps=steps,
        leg_of=np.array(leg_of),
        sources=np.array(sources),
        targets=np.array(targets),
        usage=_list_usage(explored, legs, rates, places.states),
        leg_ids=tuple(legs["leg_id"]),
        leg_km=legs["distance_km"].to_numpy(dtype=float),
        leg_services=tuple(legs["service_code"]),
        leg_holders=leg_holders,
        leg_deniers=leg_deniers,
        actors=actors,
        states=places.states,
        kinds=places.kinds,
    )


def _join_vertices(count: int, sources: Sequence[int], targets: Sequence[int]) -> rx.PyDiGraph:
    graph = rx.PyDiGraph(multigraph=True)
    graph.add_nodes_from(range(count))
    graph.add_edges_from(list(zip(sources, targets, range(len(sources)), strict=True)))
    return graph


def _explore(
    legs: pd.DataFrame, places: Places, barred: frozenset[Turn]
) -> tuple[dict[LoadState | str, int], list[Explored]]:
    """All states that a load can be in, with the edges between them.

    A vertex named by a node alone is where routes to that node end. Of an edge: the leg, its row,
    the vertices where it starts and ends, and its dwell times.
    """
    leaving = list_leaving(legs)
    waiting = [LoadState(node) for node in places.states]
    first: list[LoadState | str] = [*places.states, *waiting]
    vertices = {vertex: n for n, vertex in enumerate(first)}
    explored: list[Explored] = []
    while waiting:
        load = waiting.pop()
        at = vertices[load]
        if load.mode_code:
            explored.append((None, NO_LEG, at, vertices[load.node_id], arrive(load, places)))
        for row, step in leaving.get(load.node_id, ()):
            turn = (load.sailed_from, load.node_id, step.to_node_id)
            if turn in barred and step.mode_code in SEA:
                continue
            due, reached = take_leg(load, step, places)
            if reached not in vertices:
                vertices[reached] = len(vertices)
                waiting.append(reached)
            explored.append((step, row, at, vertices[reached], due))
    return vertices, explored


def _list_usage(
    explored: Sequence[Explored], legs: pd.DataFrame, rates: pd.DataFrame, states: Mapping[str, str]
) -> Usage:
    """Usage of rates by edges, moving first, then dwell times."""
    place_of = {rate_id: place for place, rate_id in enumerate(rates["rate_id"])}
    moving = list_amounts(legs, dict(zip(rates["rate_id"], rates["unit"], strict=True)))
    entries = [
        (edge, place_of[one.rate_id], one.quantity, one.amount, moves, state)
        for edge, (step, row, _, _, due) in enumerate(explored)
        for one, moves, state in _list_taken(step, moving[row], due, states)
    ]
    return Usage(*map(np.array, zip(*entries, strict=True)))


def _list_taken(
    step: Step | None, moving: Sequence[Amount], dwells: Sequence[Dwell], states: Mapping[str, str]
) -> Iterator[tuple[Amount, bool, str]]:
    """Amounts that an edge takes, whether for moving, and in which state; none at sea."""
    if step:
        state = "" if step.mode_code in SEA else states[step.to_node_id]
        yield from ((one, True, state) for one in moving)
    for dwell in dwells:
        yield from ((one, False, states[dwell.node_id]) for one in dwell.amounts)


def _find_holders(
    legs: pd.DataFrame, nodes: pd.DataFrame, leg_actors: pd.DataFrame
) -> tuple[tuple[str, ...], Whole, Whole]:
    """The actors that hold any leg; for each leg bits of those, and of those that can deny it."""
    owners = nodes[~nodes["kind_code"].isin(OF_NOBODY)].set_index("node_id")["actor_id"]
    touched = [
        legs[["leg_id"]].assign(actor_id=legs[end].map(owners), is_denier=True)
        for end in ("from_node_id", "to_node_id")
    ]
    held = pd.concat([leg_actors.astype({"is_denier": bool}), *touched]).dropna()
    held = held.groupby(["leg_id", "actor_id"], as_index=False)["is_denier"].any()
    actors = tuple(sorted(held["actor_id"].unique()))
    assert len(actors) <= MOST_ACTORS, "actors are bits of one whole number"
    bits = held["actor_id"].map({actor: 1 << n for n, actor in enumerate(actors)}).astype(np.int64)

    def sum_bits(own: pd.Series) -> Whole:
        by_leg = own.groupby(held["leg_id"]).sum().reindex(legs["leg_id"], fill_value=0)
        return by_leg.to_numpy(dtype=np.int64)

    return actors, sum_bits(bits), sum_bits(bits.where(held["is_denier"], 0))


def list_barred_turns(nodes: pd.DataFrame, legs: pd.DataFrame) -> frozenset[Turn]:
    """Three nodes in a row that no ship sails, from the tables named."""
    known = nodes.set_index("node_id")
    at_sea = legs[legs["mode_code"].isin(SEA)]
    beside: dict[str, set[str]] = {}
    for start, end in zip(at_sea["from_node_id"], at_sea["to_node_id"], strict=True):
        beside.setdefault(start, set()).add(end)
        beside.setdefault(end, set()).add(start)

    def find_course(start: str, end: str) -> float:
        (lon, lat), (lon_end, lat_end) = known.loc[[start, end], ["lon", "lat"]].to_numpy()
        return float(SPHERE.inv(lon, lat, lon_end, lat_end)[0])

    def turns_back(before: str, node: str, after: str) -> bool:
        change = find_course(node, after) - find_course(node, before)
        return 180.0 - abs((change + 180.0) % 360.0 - 180.0) > SHARPEST_DEGREES

    return frozenset(
        (before, node, after)
        for node in beside
        if known.at[node, "kind_code"] in PASSED_AT_SEA
        for before, after in product(beside[node], repeat=2)
        if before == after or turns_back(before, node, after)
    )
