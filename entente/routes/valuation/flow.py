"""Flow: what becomes of many containers a month, when legs and nodes are full at some number a day.

The boxes are spread over routes so that all of them together take the least generalised cost that
the room allows: the minimum-cost flow of one commodity (Ahuja, Magnanti and Orlin, "Network Flows",
1993) with capacities that several edges share, as a linear program that HiGHS solves (Huangfu and
Hall, "Parallelizing the dual revised simplex method", 2018). Its variables are boxes a day on each
edge of the graph and boxes that find no room; the latter cost more than any route, so that a box
goes without only where nothing is left that it could take.

Room is what present traffic leaves of a capacity. A capacity of a leg holds for all edges that take
the leg in one direction; that of a node for all that are handled there, shipped or landed or going
through, except by ships that only call. A ration cuts the capacity at a gate, for present traffic
and these boxes alike. Where no capacity is on record, a ration in shares is a share of these boxes,
at all such gates of the actor together.

The dual value of a capacity is what one more TEU a day there would save each day.

Beside that stands a split by logit, which sends some boxes by dearer routes, too, and knows no
capacities.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

import highspy
import numpy as np

from entente.routes.network.graph import MILLIONTHS, Network, Tables, Whole
from entente.routes.network.legs import PASSED_AT_SEA, SEA, LoadState
from entente.routes.network.rates import BOUNDS, Floats
from entente.routes.network.scenarios import TEU_PER, Hindrance, RationedGate
from entente.routes.network.search import (
    Finder,
    GeneralisedCost,
    Route,
    find_lightest_edges,
    make_route,
)

DAYS_PER_MONTH = 365.25 / 12
# What a box costs that finds no room, in USD: more than any route, so that none goes without for
# the sake of money.
NO_ROOM_USD = 1e7
# Less than this part of all boxes is what the solver rounds.
LEAST_SHARE = 1e-7
LEAST_PRICE = 0.005
SOLVER_OPTIONS = {"output_flag": False, "solver": "simplex", "presolve": "off", "threads": 1}
# Routes attract boxes by their generalised cost to the power of minus this, which is our judgement:
# no estimate for choices between long routes was found. The form is that of route choice with one
# elasticity of cost (Allen and Arkolakis, "The welfare effects of transportation infrastructure
# improvements", Review of Economic Studies 89, 2022) and of a logit on generalised cost alone
# (Jourquin, "Estimating elasticities for freight transport using a network model", Journal of
# Transportation Technologies 9, 2019).
LOGIT_EXPONENT = 5.0
LOGIT_BASIS = (
    "multinomial logit on the logarithm of the generalised cost; a route that is a tenth dearer "
    "takes 62 boxes for 100 (exponent 5, our judgement: no estimate for long routes was found)"
)


class Capacity(NamedTuple):
    """How many containers a day pass a leg or a node, each way.

    Attributes:
        capacity_id: Its row.
        leg_id: The leg; None where it is a node.
        node_id: The node; None where it is a leg.
        teu_per_day: Least, usual and most, as `rates.BOUNDS` has them.
        share_in_use: The part of it that present traffic takes.
    """

    capacity_id: str
    leg_id: str | None
    node_id: str | None
    teu_per_day: tuple[float, ...]
    share_in_use: float


class Limit(NamedTuple):
    """A capacity or a ration, for those edges of the graph that share it.

    Attributes:
        capacity_id: The row of the capacity; None for a ration.
        actor: Who rations; None for a capacity.
        leg_id: The leg, in the direction between the two nodes; None where it is a node.
        node_id: The node; None where it is a leg.
        from_node_id: Where the leg starts, or the node; None for several gates together.
        to_node_id: Where it ends, or the node.
        room: TEU a day beside present traffic.
        share_in_use: The part of the whole that present traffic takes.
        edges: The edges.
    """

    capacity_id: str | None
    actor: str | None
    leg_id: str | None
    node_id: str | None
    from_node_id: str | None
    to_node_id: str | None
    room: float
    share_in_use: float
    edges: tuple[int, ...]


class RouteShare(NamedTuple):
    """A route, and the part of all boxes that takes it."""

    route: Route
    share: float


class Bottleneck(NamedTuple):
    """A limit that is full.

    Attributes:
        limit: Which.
        price: USD that one more TEU a day there would save each day; None where it would let boxes
            through that now find no room.
    """

    limit: Limit
    price: float | None


@dataclass(frozen=True, kw_only=True)
class Flow:
    """Where the boxes go.

    Attributes:
        teu_per_day: How many there are.
        routes: Routes with their shares, the largest first, of equals the better; they and
            `share_without_room` add up to one.
        share_without_room: The part of all boxes that finds no room.
        bottlenecks: Limits that are full, dearest first.
        value: What all boxes cost on average in USD, days included, those without room at
            `NO_ROOM_USD`: what the assignment has least of.
    """

    teu_per_day: float
    routes: tuple[RouteShare, ...] = ()
    share_without_room: float = 0.0
    bottlenecks: tuple[Bottleneck, ...] = ()
    value: float

    @property
    def days(self) -> float | None:
        """Days of a box on average, of those that find room; None when none does."""
        return self._average([one.route.days for one in self.routes])

    @property
    def usd(self) -> float | None:
        """USD of a box on average, of those that find room; None when none does."""
        return self._average([one.route.usd for one in self.routes])

    def _average(self, figures: Sequence[float]) -> float | None:
        shares = [one.share for one in self.routes]
        return float(np.average(figures, weights=shares)) if shares else None


def read_capacities(tables: Tables) -> tuple[Capacity, ...]:
    """The capacities on record, in file order; figures in TEU a day each way."""
    rows = tables["capacities"].astype(object)
    return tuple(
        Capacity(
            row.capacity_id,
            row.leg_id,
            row.node_id,
            tuple(float(getattr(row, f"teu_per_day_{bound}")) for bound in BOUNDS),
            float(row.share_in_use),
        )
        for row in rows.where(rows.notna(), None).itertuples()
    )


def list_limits(
    network: Network, capacities: Iterable[Capacity], *, bound: str = "typical"
) -> list[Limit]:
    """Capacities as limits: for a leg one each way, for a node one.

    `bound` says which of their figures counts: `low`, `typical` or `high`.
    """
    column = BOUNDS.index(bound)
    row_of = {leg_id: row for row, leg_id in enumerate(network.leg_ids)}
    handled = _find_handling(network)
    limits: list[Limit] = []
    for one in capacities:
        room = one.teu_per_day[column] * (1 - one.share_in_use)
        figures = (room, one.share_in_use)
        if one.node_id:
            place = (None, one.node_id, one.node_id, one.node_id)
            edges = tuple(handled.get(one.node_id, ()))
            limits.append(Limit(one.capacity_id, None, *place, *figures, edges))
        if one.leg_id:
            ways: dict[tuple[str, str], list[int]] = {}
            for edge in np.flatnonzero(network.leg_of == row_of[one.leg_id]).tolist():
                if step := network.steps[edge]:
                    ways.setdefault((step.from_node_id, step.to_node_id), []).append(edge)
            limits += [
                Limit(one.capacity_id, None, one.leg_id, None, *ends, *figures, tuple(own))
                for ends, own in sorted(ways.items())
            ]
    return limits


def _find_handling(network: Network) -> dict[str, list[int]]:
    """Node to the edges by which a load that is handled there goes on, or ends its route.

    A ship that calls at a port on its way is not handled there; straits and canals limit all.
    """
    found: dict[str, list[int]] = {}
    for edge, (source, step) in enumerate(
        zip(network.sources.tolist(), network.steps, strict=True)
    ):
        load = cast(LoadState, network.vertices[source])
        calls = step is not None and load.mode_code in SEA and step.mode_code in SEA
        if not calls or network.kinds[load.node_id] in PASSED_AT_SEA:
            found.setdefault(load.node_id, []).append(edge)
    return found


def ration_limits(
    gates: Iterable[RationedGate], limits: Sequence[Limit], *, teu_per_day: float
) -> list[Limit]:
    """Rations as limits beside those of capacities.

    A share is one of all boxes, `teu_per_day`, where no capacity is on record.
    """
    rationed: list[Limit] = []
    unknown: dict[Hindrance, list[int]] = {}
    for gate in gates:
        base = min(_find_bases(gate, limits), key=lambda limit: limit.room, default=None)
        ration, edges = gate.hindrance, gate.edges.tolist()
        in_use = base.share_in_use if base else 0.0
        if ration.unit != "share":
            room = ration.amount * TEU_PER[ration.unit] * (1 - in_use)
        elif base:
            room = ration.amount * base.room
        else:
            unknown.setdefault(ration, []).extend(edges)
            continue
        place = (gate.leg_id, gate.node_id, gate.nodes[-1], gate.nodes[0])
        rationed.append(Limit(None, ration.actor, *place, room, in_use, tuple(edges)))
    return rationed + [
        Limit(None, one.actor, None, None, None, None, one.amount * teu_per_day, 0.0, tuple(edges))
        for one, edges in unknown.items()
    ]


def _find_bases(gate: RationedGate, limits: Sequence[Limit]) -> list[Limit]:
    """Capacities of the place where a gate is: of its leg in that direction, and of its nodes."""
    ends = (gate.nodes[-1], gate.nodes[0])
    return [
        limit
        for limit in limits
        if limit.node_id in gate.nodes
        or (limit.leg_id, limit.from_node_id, limit.to_node_id) == (gate.leg_id, *ends)
    ]


def assign_flow(
    finder: Finder, *, teu_per_day: float, limits: Sequence[Limit] = (), vetoes: int = 0
) -> Flow:
    """Spread boxes over routes at least generalised cost.

    Where the best route has room for all of them, all take it.

    Args:
        finder: Origin, destination and scenario; its objective is a generalised cost.
        teu_per_day: How many boxes; above zero.
        limits: Capacities and rations.
        vetoes: Bits of the actors that deny transit.

    Raises:
        ValueError: the objective is no generalised cost, or there are no boxes.
    """
    if not isinstance(finder.objective, GeneralisedCost):
        raise ValueError("boxes are assigned by their generalised cost")
    if not 0 < teu_per_day < np.inf:
        raise ValueError("a flow has some boxes")
    best = finder.best(vetoes)
    if best is None:
        return Flow(teu_per_day=teu_per_day, share_without_room=1.0, value=NO_ROOM_USD)
    taken = set(best.edges)
    if all(len(taken.intersection(one.edges)) * teu_per_day <= one.room for one in limits):
        alone = (RouteShare(best, 1.0),)
        return Flow(teu_per_day=teu_per_day, routes=alone, value=best.value / MILLIONTHS)
    return _solve(finder, teu_per_day=teu_per_day, limits=limits, vetoes=vetoes)


def _solve(finder: Finder, *, teu_per_day: float, limits: Sequence[Limit], vetoes: int) -> Flow:
    """The assignment where not all boxes fit on the best route."""
    weights = np.where(finder.denied_by & vetoes, np.inf, finder.weights)
    usable = np.flatnonzero(np.isfinite(weights))
    boxes, left_over, prices = _solve_program(
        finder.scenario.network,
        usable=usable,
        usd=weights[usable] / MILLIONTHS,
        ends=finder.ends,
        limits=[
            (np.array(limit.edges, dtype=np.int64), limit.room / teu_per_day) for limit in limits
        ],
    )
    on_edges = np.zeros(len(weights))
    on_edges[usable] = boxes
    found = _split_into_routes(finder, on_edges, weights)
    total = sum(share for _, share in found)
    without = 0.0 if left_over < LEAST_SHARE else float(left_over) if found else 1.0
    routes = [RouteShare(route, share / total * (1 - without)) for route, share in found]
    value = sum(one.share * one.route.value for one in routes) / MILLIONTHS
    full = [
        Bottleneck(limit, None if price > NO_ROOM_USD / 2 else float(price))
        for limit, price in zip(limits, prices, strict=True)
        if price > LEAST_PRICE
    ]
    return Flow(
        teu_per_day=teu_per_day,
        routes=tuple(sorted(routes, key=lambda one: (-round(one.share, 9), one.route.value))),
        share_without_room=without,
        bottlenecks=tuple(
            sorted(full, key=lambda one: -(np.inf if one.price is None else one.price))
        ),
        value=value + without * NO_ROOM_USD,
    )


def _solve_program(
    network: Network,
    *,
    usable: Whole,
    usd: Floats,
    ends: tuple[int, int],
    limits: Sequence[tuple[Whole, float]],
) -> tuple[Floats, float, Floats]:
    """Solve the linear program for one box, or one part of all boxes.

    A row for each vertex says that what comes in goes out, a row for each limit that no more passes
    than has room. The last column is what finds no room.

    Returns:
        Boxes on each usable edge, boxes without room, and what one more would save at each limit.
    """
    vertices, columns = len(network.vertices), len(usable) + 1
    place = np.full(len(network.sources), -1)
    place[usable] = np.arange(len(usable))
    within = [(own := place[edges])[own >= 0] for edges, _ in limits]
    cells = [
        (network.sources[usable], np.arange(len(usable)), 1.0),
        (network.targets[usable], np.arange(len(usable)), -1.0),
        (np.array(ends[:1]), np.array([columns - 1]), 1.0),
        (np.array(ends[1:]), np.array([columns - 1]), -1.0),
        *((np.full(len(own), vertices + n), own, 1.0) for n, own in enumerate(within)),
    ]
    rows = np.concatenate([row for row, _, _ in cells])
    cols = np.concatenate([col for _, col, _ in cells])
    values = np.concatenate([np.full(len(row), value) for row, _, value in cells])
    order = np.lexsort((rows, cols))
    balance = np.zeros(vertices)
    balance[list(ends)] = 1.0, -1.0
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = columns, vertices + len(limits)
    program.col_cost_ = np.append(usd, NO_ROOM_USD)
    program.col_lower_, program.col_upper_ = np.zeros(columns), np.full(columns, np.inf)
    program.row_lower_ = np.append(balance, np.full(len(limits), -np.inf))
    program.row_upper_ = np.append(balance, [room for _, room in limits])
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = np.searchsorted(cols[order], np.arange(columns + 1))
    program.a_matrix_.index_ = rows[order]
    program.a_matrix_.value_ = values[order]
    solver = highspy.Highs()
    for option, value in SOLVER_OPTIONS.items():
        solver.setOptionValue(option, value)
    solver.passModel(program)
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal, "boxes may find no room"
    solution = solver.getSolution()
    *boxes, left_over = solution.col_value
    return np.array(boxes), left_over, -np.array(solution.row_dual)[vertices:]


def _split_into_routes(finder: Finder, boxes: Floats, weights: Floats) -> list[tuple[Route, float]]:
    """Boxes on edges as boxes on routes: the best route that is left, as often as there is one."""
    left = boxes.copy()
    found: list[tuple[Route, float]] = []
    network = finder.scenario.network
    while True:
        open_ = np.where(left > LEAST_SHARE, weights, np.inf)
        edges = find_lightest_edges(network, *finder.ends, open_)
        if edges is None:
            return found
        share = float(left[list(edges)].min())
        left[list(edges)] -= share
        found.append((make_route(finder.scenario, edges, finder.weights), share))


def split_by_logit(routes: Sequence[Route], value_of_time: float) -> tuple[RouteShare, ...]:
    """Routes that really differ with the shares that a logit gives them, in the order given.

    `value_of_time` is in USD per TEU and day.
    """
    costs = np.array([route.usd + route.days * value_of_time for route in routes])
    pull = (costs / costs.min(initial=np.inf)) ** -LOGIT_EXPONENT
    return tuple(map(RouteShare, routes, (pull / pull.sum()).tolist()))
