"""Search: the best route between two nodes, by time, cost, emissions or a mix of them.

Dijkstra's algorithm (rustworkx) over the graph of :mod:`entente.routes.network.graph`. Weights are
reduced by what the rest of the route takes at least, so that a search under vetoes looks only at
states that cost no more than the detour itself (Johnson's potentials, which is A* with the exact
bound). All sums are of whole numbers: nothing is lost to rounding.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
import rustworkx as rx

from entente.routes.network.graph import MILLIONTHS, Network, Whole
from entente.routes.network.legs import Step, tabulate_chains
from entente.routes.network.rates import DAYS, USD, Floats
from entente.routes.network.scenarios import Scenario

Weight = Callable[[int], float]


class Objective(NamedTuple):
    """A reader's weights of days, USD and CO2e: none negative, not all zero."""

    days: float = 0.0
    usd: float = 0.0
    co2e: float = 0.0


class GeneralisedCost(NamedTuple):
    """Days and USD in one: what the shipper pays, and what the days are worth to it.

    The sum is in USD (Ortúzar and Willumsen, "Modelling Transport", 2011, on generalised cost).

    Attributes:
        value_of_time: USD per TEU and day; neither negative nor infinite.
    """

    value_of_time: float


# About what a container takes on a long route: the measure of a reader's mix.
SCALES = Objective(days=25.0, usd=3000.0, co2e=2000.0)
VALUE = "value"
MOST_VALUE_OF_TIME = 20_000.0
OBJECTIVES = {
    "time": Objective(days=1.0),
    "cost": Objective(usd=1.0),
    "co2e": Objective(co2e=1.0),
}


def read_objective(code: str) -> Objective | GeneralisedCost:
    """The objective that a code names.

    Codes are `time`, `cost`, `co2e`, a mix such as `mix-5-3-2`, or `value-60`: the generalised cost
    where a day is worth 60 USD per TEU.

    Raises:
        KeyError: no such objective.
        ValueError: a mix of something else than three whole numbers, or a value of time that is no
            number of zero or more.
    """
    name, *weights = code.split("-", 1)
    if not weights:
        return OBJECTIVES[name]
    if name == VALUE:
        return GeneralisedCost(read_value_of_time(weights[0]))
    weights = weights[0].split("-")
    days, usd, co2e = (float(int(weight)) for weight in weights)
    return Objective(days=days, usd=usd, co2e=co2e)


def read_value_of_time(text: str) -> float:
    """A value of time as written, in USD per TEU and day.

    Raises:
        ValueError: it is no number from 0 to the largest that there may be.
    """
    value = float(text)
    if not 0 <= value <= MOST_VALUE_OF_TIME:
        raise ValueError(f"a value of time lies from 0 to {MOST_VALUE_OF_TIME:,.0f}")
    return value


def weigh_edges(costs: Floats, objective: Objective | GeneralisedCost) -> Floats:
    """What each edge adds to the objective, in whole millionths; infinite where its leg is shut.

    One quantity alone is taken as it is, and so is a generalised cost. A mix divides each quantity
    by its scale.

    Args:
        costs: Days, USD and CO2e of each edge in millionths. Shape (edges, 3).
        objective: What there is to be least of.

    Raises:
        ValueError: a weight is negative, or all are zero.
    """
    is_shut = np.isinf(costs[:, 0])
    known = np.where(is_shut[:, None], 0.0, costs)
    if isinstance(objective, GeneralisedCost):
        total = known[:, USD] + known[:, DAYS] * objective.value_of_time
        return np.where(is_shut, np.inf, np.rint(total))
    if not (min(objective) >= 0 and 0 < sum(objective) < np.inf):
        raise ValueError("weights are finite, not negative, and not all zero")
    chosen = [place for place, share in enumerate(objective) if share]
    if len(chosen) == 1:
        return costs[:, chosen[0]]
    shares = np.array(objective) / np.array(SCALES)
    return np.where(is_shut, np.inf, np.rint(known @ shares))


@dataclass(frozen=True, kw_only=True)
class Route:
    """A route that was found; equal to another that takes the same edges and as much.

    Attributes:
        steps: Legs in the order and direction of travel.
        leg_rows: Their rows in the table of legs.
        edges: Their edges in the graph, and the one at the end.
        days: Typical days, dwell times and factors included.
        usd: Typical USD per TEU.
        co2e: Typical kg CO2e per TEU.
        km: Length.
        value: What the objective makes of it, in millionths.
    """

    steps: tuple[Step, ...] = field(compare=False)
    leg_rows: tuple[int, ...] = field(compare=False)
    edges: tuple[int, ...]
    days: float
    usd: float
    co2e: float
    km: float = field(compare=False)
    value: int = field(compare=False)

    @property
    def leg_ids(self) -> tuple[str, ...]:
        """Legs in order."""
        return tuple(step.leg_id for step in self.steps)

    @property
    def node_ids(self) -> tuple[str, ...]:
        """Nodes in order, both ends included."""
        return (self.steps[0].from_node_id, *(step.to_node_id for step in self.steps))


def make_route(scenario: Scenario, edges: Sequence[int], weights: Floats) -> Route:
    """The route that takes edges of the graph that follow each other, from a start to an end.

    `weights` is what the objective makes of each edge of the graph. Shape (all edges,).
    """
    network, taken = scenario.network, list(edges)
    rows = network.leg_of[taken[:-1]].tolist()
    days, usd, co2e = (float(total) / MILLIONTHS for total in scenario.costs[taken].sum(axis=0))
    return Route(
        steps=tuple(step for edge in taken if (step := network.steps[edge])),
        leg_rows=tuple(rows),
        edges=tuple(taken),
        days=days,
        usd=usd,
        co2e=co2e,
        km=float(network.leg_km[rows].sum()),
        value=int(weights[taken].sum()),
    )


def tabulate_routes(routes: Sequence[Route]) -> pd.DataFrame:
    """Routes as rows of `legs.CHAIN_COLUMNS`, for what is made for corridors.

    `corridor_id` is `way-1` for the first route, and so on.
    """
    return tabulate_chains(
        (f"way-{place}", route.steps) for place, route in enumerate(routes, start=1)
    )


@dataclass(frozen=True, kw_only=True)
class Finder:
    """Finds best routes between two nodes for one objective in one scenario, under any vetoes.

    A search takes a tenth of a millisecond, so none is kept: one finder serves all readers, and
    what they ask does not make it grow.

    Attributes:
        scenario: What can be used.
        origin: The node where routes start.
        destination: The node where they end.
        objective: What to have least of.
        weights: For each edge its weight in millionths; infinite where shut, by its status or by a
            standing veto on this trade. Shape (edges,).
        rest: For each vertex what the rest of the route takes at least. Shape (vertices,).
        reduced: Weights less the potential that they use up; never negative. Shape (edges,).
        denied_by: For each edge, bits of those that can deny it and have a veto here. Shape
            (edges,).
        own_trade: Bits of those that have no veto, because it is their own trade.
        standing: Bits of those that deny transit to this trade in any case.
    """

    scenario: Scenario
    origin: str
    destination: str
    objective: Objective | GeneralisedCost
    weights: Floats
    rest: Floats
    reduced: Floats
    denied_by: Whole
    own_trade: int
    standing: int

    @property
    def ends(self) -> tuple[int, int]:
        """Vertices where routes start and end."""
        network = self.scenario.network
        return network.starts[self.origin], network.ends[self.destination]

    @property
    def least(self) -> float:
        """Value of the best route without a veto, in millionths; infinite when there is none."""
        return float(self.rest[self.ends[0]])

    @property
    def has_route(self) -> bool:
        """Whether there is a route as long as nobody denies transit."""
        return bool(np.isfinite(self.least))

    @cached_property
    def unhindered(self) -> Route | None:
        """The best route without a veto; None when there is no route."""
        return self.search(0)

    def best(self, vetoes: int = 0) -> Route | None:
        """The best route when the actors behind those bits deny transit; None when none is left.

        A veto that does not hurt the best route leaves it as it is.
        """
        best = self.unhindered
        return self.search(vetoes) if best and self.find_deniers(best) & vetoes else best

    def search(self, vetoes: int) -> Route | None:
        """The best route under those vetoes by a search of its own, whether or not they hurt."""
        left = np.where(self.denied_by & vetoes, np.inf, self.reduced)
        edges = find_lightest_edges(self.scenario.network, *self.ends, left)
        return make_route(self.scenario, edges, self.weights) if edges else None

    def find_deniers(self, route: Route) -> int:
        """Bits of those that could veto a route."""
        return int(np.bitwise_or.reduce(self.denied_by[list(route.edges)]))


def prepare_search(
    scenario: Scenario, *, origin: str, destination: str, objective: Objective | GeneralisedCost
) -> Finder:
    """Prepare to search between two nodes.

    Raises:
        KeyError: a node that the network does not have.
        ValueError: the two nodes are the same, or the objective is none.
    """
    if origin == destination:
        raise ValueError(f"a way needs two places, not {origin} twice")
    network = scenario.network
    own_trade = network.find_own_trade(origin, destination)
    standing = scenario.find_standing_vetoes(origin, destination)
    denied_by = np.append(network.leg_deniers & ~own_trade, 0)[network.leg_of]
    weights = np.where(denied_by & standing, np.inf, weigh_edges(scenario.costs, objective))
    rest, reduced = _reduce_weights(network, network.ends[destination], weights)
    return Finder(
        scenario=scenario,
        origin=origin,
        destination=destination,
        objective=objective,
        weights=weights,
        rest=rest,
        reduced=reduced,
        denied_by=denied_by,
        own_trade=own_trade,
        standing=standing,
    )


def reweigh(finder: Finder, weights: Floats) -> Finder:
    """A finder for the same trade that has least of other weights.

    Args:
        finder: Origin, destination and scenario. What is shut or always denied stays so.
        weights: For each edge its weight in whole millionths. Shape (edges,).
    """
    weights = np.where(np.isinf(finder.weights), np.inf, weights)
    rest, reduced = _reduce_weights(finder.scenario.network, finder.ends[1], weights)
    return replace(finder, weights=weights, rest=rest, reduced=reduced)


def _reduce_weights(network: Network, end: int, weights: Floats) -> tuple[Floats, Floats]:
    """What the rest of the route takes from each vertex, and weights less what they use of it."""
    rest = measure_distances(network.backward, end, weights)
    with np.errstate(invalid="ignore"):
        reduced = weights + rest[network.targets] - rest[network.sources]
    return rest, np.where(np.isfinite(reduced), reduced, np.inf)


def lift_standing_vetoes(finder: Finder) -> Finder:
    """A finder for the same trade, as if nobody denied transit to it all the time."""
    return prepare_search(
        replace(finder.scenario, standing=()),
        origin=finder.origin,
        destination=finder.destination,
        objective=finder.objective,
    )


def measure_distances(graph: rx.PyDiGraph, source: int, weights: Floats) -> Floats:
    """The least weight from one vertex to each; infinite where none is reached. Shape (vertices,).

    On `Network.backward` that is the least weight from each vertex to the one.
    """
    found = rx.dijkstra_shortest_path_lengths(graph, source, weights.tolist().__getitem__)
    distances = np.full(graph.num_nodes(), np.inf)
    distances[list(found.keys())] = list(found.values())
    distances[source] = 0.0
    return distances


def find_lightest_edges(
    network: Network, source: int, target: int, weights: Floats
) -> tuple[int, ...] | None:
    """Edges of a lightest path between two vertices; None when none has a finite weight."""
    weight = weights.tolist().__getitem__
    found = rx.dijkstra_shortest_paths(network.graph, source, target=target, weight_fn=weight)
    edges = choose_edges(network, found[target], weight) if target in found else ()
    return edges if edges and np.isfinite(weights[list(edges)]).all() else None


def choose_edges(network: Network, path: Sequence[int], weight: Weight) -> tuple[int, ...]:
    """For each pair of vertices on a path the lightest edge between them, of equals the first."""
    return tuple(
        min(sorted(network.graph.edge_indices_from_endpoints(*pair)), key=weight)
        for pair in pairwise(path)
    )
