"""Degrees of complication: what hindrances cost one box, and many a month, beside none.

For one box, days are those of the fastest route, USD those of the cheapest, and the generalised
cost that of the route that has least of it, as with vetoes. For a flow all three are averages of
the boxes that find room, at the low, the typical and the high figures of all capacities.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from entente.routes.network.graph import MILLIONTHS
from entente.routes.network.rates import BOUNDS
from entente.routes.network.scenarios import Hindrance, Scenario, find_blocks, find_rations, hinder
from entente.routes.network.search import OBJECTIVES, Finder, GeneralisedCost, Route, prepare_search
from entente.routes.valuation.flow import (
    DAYS_PER_MONTH,
    Capacity,
    Flow,
    assign_flow,
    list_limits,
    ration_limits,
)


class Trade(NamedTuple):
    """What goes from where to where.

    Attributes:
        origin: The node where it starts.
        destination: The node where it ends.
        value_of_time: USD per TEU and day.
        teu_per_month: How many boxes; None for a single one.
    """

    origin: str
    destination: str
    value_of_time: float
    teu_per_month: float | None = None


class Box(NamedTuple):
    """Best routes of one box; None where none is left."""

    fastest: Route | None
    cheapest: Route | None
    best: Route | None


class FlowRange(NamedTuple):
    """Flows at the low, the typical and the high figures of all capacities."""

    low: Flow
    typical: Flow
    high: Flow


class Loss(NamedTuple):
    """What a box takes more than without hindrances.

    Attributes:
        days: Days; None where no box gets through, before or after. So with the others.
        usd: USD.
        generalised: USD, days at their value included.
    """

    days: float | None
    usd: float | None
    generalised: float | None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What becomes of some trade under hindrances.

    Attributes:
        without_effect: Those of the actors whose own trade it is.
        box: Best routes of one box.
        flows: Where many boxes go; None where nobody asked for them.
    """

    without_effect: tuple[str, ...]
    box: Box
    flows: FlowRange | None


def find_outcome(
    scenario: Scenario,
    trade: Trade,
    hindrances: Sequence[Hindrance] = (),
    *,
    capacities: Sequence[Capacity] = (),
) -> Outcome:
    """What becomes of some trade under hindrances.

    Hindrances by actors whose own trade it is change nothing.

    Raises:
        KeyError: a node that the network does not have.
        ValueError: the two nodes are the same, or there are no boxes.
    """
    network, ends = scenario.network, {"origin": trade.origin, "destination": trade.destination}
    under = hinder(scenario, hindrances, **ends)
    blocks = find_blocks(network, hindrances)
    generalised = GeneralisedCost(trade.value_of_time)
    fastest, cheapest, best = (
        prepare_search(under, **ends, objective=aim)
        for aim in (OBJECTIVES["time"], OBJECTIVES["cost"], generalised)
    )
    own = {network.states[trade.origin], network.states[trade.destination]}
    flows = None
    if trade.teu_per_month is not None:
        flows = FlowRange(
            *_assign(best, hindrances, capacities, trade.teu_per_month / DAYS_PER_MONTH)
        )
    return Outcome(
        without_effect=tuple(sorted(own & {one.actor for one in hindrances})),
        box=Box(*(finder.best(blocks) for finder in (fastest, cheapest, best))),
        flows=flows,
    )


def _assign(
    finder: Finder,
    hindrances: Sequence[Hindrance],
    capacities: Sequence[Capacity],
    teu_per_day: float,
) -> Iterator[Flow]:
    """The flow at each of the figures that a capacity has."""
    network = finder.scenario.network
    ends = {"origin": finder.origin, "destination": finder.destination}
    gates = find_rations(network, hindrances, **ends)
    for bound in BOUNDS:
        limits = list_limits(network, capacities, bound=bound)
        rations = ration_limits(gates, limits, teu_per_day=teu_per_day)
        yield assign_flow(
            finder,
            teu_per_day=teu_per_day,
            limits=[*limits, *rations],
            vetoes=find_blocks(network, hindrances),
        )


def compare_boxes(before: Box, after: Box) -> Loss:
    """What one box takes more; None for what is lost."""
    values = [
        None if old is None or new is None else (new.value - old.value) / MILLIONTHS
        for old, new in zip(before, after, strict=True)
    ]
    return Loss(*values)


def compare_flows(before: Flow, after: Flow, value_of_time: float) -> Loss:
    """What a box takes more on average, of those that find room."""
    days, usd = (
        None if old is None or new is None else new - old
        for old, new in ((before.days, after.days), (before.usd, after.usd))
    )
    worth = None if days is None or usd is None else usd + days * value_of_time
    return Loss(days, usd, worth)
