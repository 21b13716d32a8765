"""Dwell times: which waits fall due where, as rules on what a load does before and after.

The rules know the state of the load at a node and the leg that it takes next, so that a search can
follow them. A chain of legs is taken leg by leg by the same rules: the sum over a route is the sum
of its stages, to the last digit.

A dwell time belongs to a node and is named by the rates that value it. Origin and destination get
no handling: every route has that of its own door, and no corridor's promoter counts it.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from entente.routes.network.chains import Step, rides_rails

SEA = ("deep-sea", "short-sea")
OCEAN = "deep-sea"
BY_SHIP = ("ferry", "inland-water")
LAND = ("rail", "road")
# Straits, capes and canals: places that ships pass, not ports.
PASSED_AT_SEA = ("chokepoint", "canal")
BORDER_PLACES = ("rail-border", "road-border")
UNDECIDED = "undecided"
UNRESOLVED, RESOLVED = "unresolved", "resolved"


class DwellRule(NamedTuple):
    """What a wait is for, the rate of its days, and the rates that add up to its price."""

    what_code: str
    days_rate_id: str
    cost_rate_ids: tuple[str, ...] = ()


PORT = DwellRule("port", "HND-PORT", ("HND-PORT-USD",))
FERRY_PORT = DwellRule("ferry-port", "HND-CASP", ("HND-CASP-USD",))
TERMINAL = DwellRule("mode-change", "HND-LAND", ("HND-LAND-USD",))
TRANSLOADING = DwellRule("gauge-break", "GAUGE-BREAK", ("GAUGE-BREAK-USD",))
SAILING = DwellRule("ferry-wait", "WAIT-FERRY")
TRAIN_SAILING = DwellRule("ferry-wait", "WAIT-FERRY-VAN")
CANAL = DwellRule("canal", "CANAL-SUEZ", ("CANAL-SUEZ-USD",))
CALLS = DwellRule("liner-calls", "LINER-CALLS")
RAIL_BORDER = DwellRule("border", "BRD-RAIL", ("BRD-RAIL-COST",))
# The time of a rail border has the transloading of wagons in it; its price has not.
RAIL_BORDER_WITH_BREAK = RAIL_BORDER._replace(
    cost_rate_ids=(*RAIL_BORDER.cost_rate_ids, *TRANSLOADING.cost_rate_ids)
)
ROAD_BORDER = DwellRule("border", "BRD-ROAD", ("BRD-ROAD-COST",))
# At one node of a chain: calls first, then changes and sailings, then borders, then transloading.
ORDER = {CALLS.what_code: 0, "border": 2, TRANSLOADING.what_code: 3}


class Places(NamedTuple):
    """What the rules ask about nodes.

    Attributes:
        states: Node to the state in which it lies.
        kinds: Node to its kind.
        slow_borders: Two states to the rate of the days that trucks wait at their border, where
            that is not the usual one.
    """

    states: Mapping[str, str]
    kinds: Mapping[str, str]
    slow_borders: Mapping[frozenset[str], str]


class Dwell(NamedTuple):
    """A dwell time that falls due at a node.

    Attributes:
        rule: What it is for, and what values it.
        node_id: Where.
        is_gauge_break: Whether wagons are transloaded in it.
    """

    rule: DwellRule
    node_id: str
    is_gauge_break: bool = False


class LoadState(NamedTuple):
    """A load at a node.

    Attributes:
        node_id: Where it is.
        mode_code: Mode of the leg that brought it; None at the origin.
        gauge_code: Gauge on which it stands; None when on no rails.
        has_sailed: Whether it has been on the deep sea, so that port calls are counted.
        border_from: State from which it has just come by rail when it still depends on the next
            leg whether wagons are transloaded at the border station; else None.
        gauge_break: Whether the leg that brought it broke the gauge here itself, and whether a
            border's time has that work in it already (`resolved`) or not (`unresolved`).
        sailed_from: Where the leg that brought it began, when this is a strait or a canal that it
            passes; else None.
    """

    node_id: str
    mode_code: str | None = None
    gauge_code: str | None = None
    has_sailed: bool = False
    border_from: str | None = None
    gauge_break: str | None = None
    sailed_from: str | None = None


def index_places(nodes: pd.DataFrame, slow_borders: pd.DataFrame) -> Places:
    """Look up what the rules ask in the tables of those names."""
    ends = zip(slow_borders["from_actor_id"], slow_borders["to_actor_id"], strict=True)
    return Places(
        states=dict(zip(nodes["node_id"], nodes["actor_id"], strict=True)),
        kinds=dict(zip(nodes["node_id"], nodes["kind_code"], strict=True)),
        slow_borders=dict(zip(map(frozenset, ends), slow_borders["rate_id"], strict=True)),
    )


def take_leg(load: LoadState, step: Step, places: Places) -> tuple[list[Dwell], LoadState]:
    """The dwell times that fall due when a load takes a leg, and its state at the far end.

    Liner calls fall due when the load first sails the deep sea.

    Args:
        load: The state at the node where the leg starts.
        step: The leg, turned so that it starts there.
        places: What the rules ask about nodes.
    """
    due = [Dwell(rule, load.node_id) for rule in _rules_of_change(load, step, places)]
    if step.mode_code == OCEAN and not load.has_sailed:
        due.append(Dwell(CALLS, load.node_id))
    is_broken = _meets_break(load, step)
    if load.border_from:
        due.append(_rail_border(load.node_id, is_broken))
        is_broken = False
    border, gauge_break, border_from = _cross_border(step, places, is_broken)
    if is_broken and not (border and border.is_gauge_break and border.node_id == load.node_id):
        due.append(Dwell(TRANSLOADING, load.node_id, True))
    is_passed = step.mode_code in SEA and places.kinds[step.to_node_id] in PASSED_AT_SEA
    reached = LoadState(
        node_id=step.to_node_id,
        mode_code=step.mode_code,
        gauge_code=step.to_gauge_code if rides_rails(step) else None,
        has_sailed=load.has_sailed or step.mode_code == OCEAN,
        border_from=border_from,
        gauge_break=gauge_break,
        sailed_from=step.from_node_id if is_passed else None,
    )
    return [*due, border] if border else due, reached


def arrive(load: LoadState) -> list[Dwell]:
    """The dwell times still due when a load has reached its destination."""
    if load.border_from:
        return [_rail_border(load.node_id, False)]
    is_broken = load.gauge_break == UNRESOLVED
    return [Dwell(TRANSLOADING, load.node_id, True)] if is_broken else []


def list_dwell_times(chain: Sequence[Step], places: Places) -> list[list[Dwell]]:
    """For each node of a chain, from the first to the last, the dwell times due there, in order.

    Liner calls stand where the load leaves the deep sea for the first time.

    Args:
        chain: Legs in the order of travel, at least one.
        places: What the rules ask about nodes.
    """
    at: list[list[Dwell]] = [[] for _ in range(len(chain) + 1)]
    load = LoadState(chain[0].from_node_id)
    for place, step in enumerate(chain):
        due, load = take_leg(load, step, places)
        for dwell in due:
            if dwell.rule == CALLS:
                landed = _end_of_ocean(chain, place)
                at[landed].append(Dwell(CALLS, chain[landed - 1].to_node_id))
            else:
                at[place + (dwell.node_id != step.from_node_id)].append(dwell)
    at[-1] += arrive(load)
    return [sorted(due, key=lambda dwell: ORDER.get(dwell.rule.what_code, 1)) for due in at]


def _end_of_ocean(chain: Sequence[Step], first: int) -> int:
    """Place of a chain where a load that sails the deep sea from place `first` on leaves it."""
    ashore = (place for place in range(first, len(chain)) if chain[place].mode_code != OCEAN)
    return next(ashore, len(chain))


def _rules_of_change(load: LoadState, step: Step, places: Places) -> list[DwellRule]:
    """What a change of mode, a canal and a sailing cost between two legs."""
    before, after = load.mode_code, step.mode_code
    found = []
    on_rails = load.gauge_code is not None and rides_rails(step)
    if before and before != after and not on_rails:
        pair = {before, after}
        found.append(PORT if pair & set(SEA) else FERRY_PORT if pair & set(BY_SHIP) else TERMINAL)
    if before in SEA and after in SEA and places.kinds[load.node_id] == "canal":
        found.append(CANAL)
    if after == "ferry" and before != "ferry":
        found.append(TRAIN_SAILING if rides_rails(step) else SAILING)
    return found


def _meets_break(load: LoadState, step: Step) -> bool:
    """Whether wagons meet another gauge at a node, and no border's time has it yet.

    A box that goes from a truck to a wagon changes mode, not gauge.
    """
    if load.gauge_break:
        return load.gauge_break == UNRESOLVED
    return rides_rails(step) and _differ(load.gauge_code, step.from_gauge_code)


def _differ(gauge: str | None, other: str | None) -> bool:
    """Whether two gauges break; one that is undecided breaks with none, nor does no rail."""
    return bool(gauge and other) and gauge != other and UNDECIDED not in (gauge, other)


def _cross_border(
    step: Step, places: Places, is_broken: bool
) -> tuple[Dwell | None, str | None, str | None]:
    """The land border on a leg; a port's handling has customs in it already.

    Wagons wait at the border station where the gauge breaks; else a load waits where it enters the
    country, unless only the other end is a border station. A break of gauge at a place that is no
    border station is work of its own, whichever way the border lies: else there and back would
    differ.

    Args:
        step: The leg.
        places: What the rules ask about nodes.
        is_broken: Whether wagons meet another gauge where the leg starts.

    Returns:
        The wait, if it is known already; then `gauge_break` and `border_from` of the state at the
        far end.
    """
    breaks_itself = rides_rails(step) and _differ(step.from_gauge_code, step.to_gauge_code)
    own = UNRESOLVED if breaks_itself else None
    states = (places.states[step.from_node_id], places.states[step.to_node_id])
    if step.mode_code not in LAND or states[0] == states[1]:
        return None, own, None
    starts_at, ends_at = (
        places.kinds[node] in BORDER_PLACES for node in (step.from_node_id, step.to_node_id)
    )
    enters = step.from_node_id if starts_at and not ends_at else step.to_node_id
    if step.mode_code == "road":
        rate_id = places.slow_borders.get(frozenset(states), ROAD_BORDER.days_rate_id)
        return Dwell(ROAD_BORDER._replace(days_rate_id=rate_id), enters), own, None
    if is_broken and starts_at:
        return _rail_border(step.from_node_id, True), own, None
    if not ends_at:
        return _rail_border(enters, False), own, None
    if breaks_itself:
        return _rail_border(step.to_node_id, True), RESOLVED, None
    return None, None, states[0]


def _rail_border(node_id: str, breaks_gauge: bool) -> Dwell:
    return Dwell(RAIL_BORDER_WITH_BREAK if breaks_gauge else RAIL_BORDER, node_id, breaks_gauge)
