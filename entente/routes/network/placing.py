"""Placing: the legs of a route of which only some nodes are known, such as a published figure's.

Two nodes that follow each other are joined by a leg of the mode; where there is none, by the
quickest legs of the mode that can be used on the day. Of several legs that join two nodes one that
can be used is taken before one that is shut, and a train or ship before a lorry where any mode will
do; of what is left, those that make the whole route quickest.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
import pandas as pd

from entente.routes.network.graph import Network, build_network
from entente.routes.network.legs import (
    BY_SHIP,
    SEA,
    LoadState,
    Places,
    Step,
    arrive,
    index_places,
    list_dwell_times,
    list_leaving,
    take_leg,
)
from entente.routes.network.rates import DAYS, Amount, list_amounts
from entente.routes.network.scenarios import Scenario, build_scenario, open_everywhere
from entente.routes.network.search import OBJECTIVES, lift_standing_vetoes, prepare_search

ANY_MODE = frozenset({*SEA, *BY_SHIP, "rail", "road"})
# What a mode may need on the way, where it has no leg of its own: wagons and lorries take ferries,
# and on an inland sea ships are ferries.
STANDS_IN = {"rail": ("ferry",), "road": ("ferry",), "ferry": SEA, **dict.fromkeys(SEA, BY_SHIP)}

Hop = list[tuple[Step, ...]]


class NotPlaced(Exception):
    """A route that the network does not have; the message says why, in a sentence."""


@dataclass(frozen=True)
class Placer:
    """Places routes on the network of one dataset.

    Attributes:
        tables: All that `build_scenario` asks for, by name.
        scenarios: Those of days that were asked for.
    """

    tables: Mapping[str, pd.DataFrame]
    scenarios: dict[dt.date, Scenario] = field(default_factory=dict)

    @cached_property
    def network(self) -> Network:
        """The network of the dataset."""
        return build_network(self.tables)

    @cached_property
    def places(self) -> Places:
        """What the rules ask about nodes."""
        return index_places(self.tables["nodes"], self.tables["local_rates"])

    @cached_property
    def steps(self) -> Mapping[str, tuple[Step, ...]]:
        """For each node the legs that leave it, turned so that they do, in file order."""
        leaving = list_leaving(self.tables["legs"])
        nodes = self.tables["nodes"]["node_id"]
        return {node: tuple(step for _, step in leaving.get(node, ())) for node in nodes}

    @cached_property
    def amounts(self) -> Mapping[str, tuple[Amount, ...]]:
        """Leg to what it takes of its rates."""
        legs, rates = self.tables["legs"], self.tables["rates"]
        units = dict(zip(rates["rate_id"], rates["unit"], strict=True))
        return dict(zip(legs["leg_id"], list_amounts(legs, units), strict=True))

    def find_scenario(self, as_of: dt.date) -> Scenario:
        """The network on a day."""
        if as_of not in self.scenarios:
            self.scenarios[as_of] = build_scenario(self.tables, as_of=as_of, network=self.network)
        return self.scenarios[as_of]

    def find_shut(self, as_of: dt.date) -> frozenset[str]:
        """Legs that could not be used on a day."""
        shut = np.isnan(self.find_scenario(as_of).factors)
        return frozenset(self.network.leg_ids[row] for row in np.flatnonzero(shut))


def place_route(
    placer: Placer, node_ids: Sequence[str], *, modes: Collection[str], as_of: dt.date
) -> tuple[Step, ...]:
    """The legs of a route that passes nodes in their order.

    Args:
        placer: Of the dataset.
        node_ids: At least two, of which no two that follow each other are the same.
        modes: Codes of modes; all of `ANY_MODE` where it does not matter.
        as_of: The day.

    Raises:
        NotPlaced: two nodes are not joined.
    """
    hops = [_list_ways(placer, *pair, frozenset(modes), as_of) for pair in pairwise(node_ids)]
    return _choose_quickest(placer, hops, as_of)


def place_wait(
    placer: Placer, node_id: str, *, modes: Collection[str], reasons: Collection[str]
) -> tuple[Step, ...]:
    """Legs between which a wait falls due at a node: those of the wait that most pairs share.

    Args:
        placer: Of the dataset.
        node_id: Where the load waits. A border counts at either end of its leg.
        modes: Codes of modes of which one leg must be, at least.
        reasons: What the wait may be for, as dwell rules have it.

    Raises:
        NotPlaced: no such wait falls due.
    """
    leaving = placer.steps[node_id]
    pairs = [(one.turn_round(), other) for one in leaving for other in leaving if one != other]
    alone = [chain for step in leaving for chain in ((step,), (step.turn_round(),))]
    found: dict[str, list[tuple[Step, ...]]] = {}
    for chain in [*pairs, *alone]:
        if not {step.mode_code for step in chain} & set(modes):
            continue
        due = [dwell for at in list_dwell_times(chain, placer.places) for dwell in at]
        for dwell in due:
            if dwell.rule.what_code in reasons and dwell.node_id == node_id:
                found.setdefault(dwell.rule.days_rate_id, []).append(chain)
    if not found:
        raise NotPlaced(f"the network has no such wait at {node_id}")
    return max(found.values(), key=len)[0]


def _list_ways(placer: Placer, start: str, end: str, modes: frozenset[str], as_of: dt.date) -> Hop:
    """Chains of legs that may lead from one node to the next."""
    wider = modes | {other for mode in modes for other in STANDS_IN.get(mode, ())}
    direct = [step for step in placer.steps[start] if step.to_node_id == end]
    for allowed in (modes, wider):
        own = [step for step in direct if step.mode_code in allowed]
        if own:
            return [(step,) for step in _prefer(placer, own, modes, as_of)]
    for allowed in dict.fromkeys((modes, wider)):
        found = _search(placer, start, end, allowed, as_of)
        if found:
            return [found]
    if direct:
        return [(step,) for step in _prefer(placer, direct, modes, as_of)]
    by = "" if modes >= ANY_MODE else f" by {' or '.join(sorted(modes))}"
    raise NotPlaced(f"the network has no way{by} from {start} to {end}")


def _prefer(
    placer: Placer, steps: Sequence[Step], modes: frozenset[str], as_of: dt.date
) -> Sequence[Step]:
    """Of legs that join two nodes those that can be used; where any mode will do, not by lorry."""
    shut = placer.find_shut(as_of)
    usable = [step for step in steps if step.leg_id not in shut] or steps
    if not modes >= ANY_MODE:
        return usable
    return [step for step in usable if step.mode_code != "road"] or usable


def _search(
    placer: Placer, start: str, end: str, modes: frozenset[str], as_of: dt.date
) -> tuple[Step, ...]:
    """The quickest legs of some modes: as the day was, else over denied or shut legs, else none."""
    scenario = placer.find_scenario(as_of)
    steps = placer.network.steps
    is_other = np.array([step is not None and step.mode_code not in modes for step in steps])
    for one in (scenario, open_everywhere(scenario)):
        costs = np.where(is_other[:, None], np.inf, one.costs)
        finder = prepare_search(
            replace(one, costs=costs), origin=start, destination=end, objective=OBJECTIVES["time"]
        )
        for found in (finder, lift_standing_vetoes(finder)):
            if found.unhindered:
                return found.unhindered.steps
    return ()


def _choose_quickest(placer: Placer, hops: Sequence[Hop], as_of: dt.date) -> tuple[Step, ...]:
    """Of the chains for each hop those that together take least days, dwell times included."""
    scenario = placer.find_scenario(as_of)
    rates = scenario.rates
    factors = dict(
        zip(placer.network.leg_ids, np.nan_to_num(scenario.factors, nan=1.0), strict=True)
    )

    def count_days(amounts: Iterable[Amount]) -> float:
        return float(rates.value([one for one in amounts if one.quantity == DAYS])[1])

    start = LoadState(hops[0][0][0].from_node_id)
    best: dict[LoadState, tuple[float, tuple[Step, ...]]] = {start: (0.0, ())}
    for hop in hops:
        reached: dict[LoadState, tuple[float, tuple[Step, ...]]] = {}
        for load, (days, taken) in best.items():
            for chain in hop:
                state, spent = load, days
                for step in chain:
                    due, state = take_leg(state, step, placer.places)
                    spent += factors[step.leg_id] * count_days(placer.amounts[step.leg_id])
                    spent += sum(count_days(dwell.amounts) for dwell in due)
                if state not in reached or spent < reached[state][0]:
                    reached[state] = (spent, (*taken, *chain))
        best = reached
    return min(
        (days + sum(count_days(dwell.amounts) for dwell in arrive(load, placer.places)), chain)
        for load, (days, chain) in best.items()
    )[1]
