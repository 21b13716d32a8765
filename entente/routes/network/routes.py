"""Routes: chains of legs that a search has found, with what they add up to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import pandas as pd

from entente.routes.network.chains import Step, tabulate_chains
from entente.routes.network.graph import MILLIONTHS, Floats
from entente.routes.network.scenarios import Scenario

Weight = Callable[[int], float]


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
    """The route that takes those edges.

    Args:
        scenario: What legs and dwell times cost.
        edges: Edges of the graph that follow each other, from a start to an end.
        weights: What the objective makes of each edge of the graph. Shape (all edges,).
    """
    graph, chosen = scenario.transport.graph, list(edges)
    own = [graph.edges[edge] for edge in chosen]
    rows = [edge.leg for edge in own if edge.step]
    days, usd, co2e = (float(total) / MILLIONTHS for total in scenario.costs[chosen].sum(axis=0))
    return Route(
        steps=tuple(edge.step for edge in own if edge.step),
        leg_rows=tuple(rows),
        edges=tuple(chosen),
        days=days,
        usd=usd,
        co2e=co2e,
        km=float(graph.leg_km[rows].sum()),
        value=int(weights[chosen].sum()),
    )


def choose_edges(scenario: Scenario, path: Sequence[int], weight: Weight) -> tuple[int, ...]:
    """For each pair of vertices on a path the lightest edge between them."""
    joining = scenario.transport.graph.joining
    return tuple(min(joining[pair], key=weight) for pair in pairwise(path))


def tabulate_routes(routes: Sequence[Route]) -> pd.DataFrame:
    """Routes as chains, for stages, figures and tables that are made for corridors.

    Returns:
        Rows of `chains.CHAIN_COLUMNS`; `corridor_id` is `way-1` for the first route, and so on.
    """
    return tabulate_chains(
        (f"way-{place}", route.steps) for place, route in enumerate(routes, start=1)
    )
