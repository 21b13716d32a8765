"""Legs: what a load takes in which direction, and the dwell times that fall due between legs.

The rules look at the state of the load at a node and at the leg that it takes next, so that a
search can follow them. A chain of legs is taken leg by leg by the same rules: the sum over a route
is the sum of its stages, to the last digit.

A dwell time belongs to a node and is named by the rates that value it. Origin and destination get
no handling: every route has that of its own door, and no corridor's promoter counts it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from entente.routes.network.rates import DAYS, USD, Amount

SEA = ("deep-sea", "short-sea")
OCEAN = "deep-sea"
BY_SHIP = ("ferry", "inland-water")
LAND = ("rail", "road")
# Straits, capes and canals: places that ships pass, not ports.
PASSED_AT_SEA = ("chokepoint", "canal")
BORDER_PLACES = ("rail-border", "road-border")
UNDECIDED = "undecided"
UNRESOLVED, RESOLVED = "unresolved", "resolved"


class Step(NamedTuple):
    """A leg in the direction of travel.

    `from_` and `to_` follow the load, so they are swapped where it goes against the direction of
    the file (`is_reversed`). A leg without rails has no gauges.
    """

    leg_id: str
    from_node_id: str
    to_node_id: str
    mode_code: str
    from_gauge_code: str | None
    to_gauge_code: str | None
    is_reversed: bool = False

    @property
    def rides_rails(self) -> bool:
        """Whether wagons take it: railways, and ferries that carry them. Both state a gauge."""
        return self.from_gauge_code is not None

    def turn_round(self) -> "Step":
        """The leg, taken in the other direction."""
        return self._replace(
            from_node_id=self.to_node_id,
            to_node_id=self.from_node_id,
            from_gauge_code=self.to_gauge_code,
            to_gauge_code=self.from_gauge_code,
            is_reversed=not self.is_reversed,
        )


CHAIN_COLUMNS = ["corridor_id", "sequence", *Step._fields]
LEG_COLUMNS = list(Step._fields[:-1])


def list_steps(rows: pd.DataFrame) -> list[Step]:
    """Rows of `legs`, or of a chain, as steps in the same order."""
    columns = [
        [None if pd.isna(value) else value for value in rows[name].tolist()]
        for name in Step._fields
        if name in rows
    ]
    return [Step(*row) for row in zip(*columns, strict=True)]


def list_leaving(legs: pd.DataFrame) -> dict[str, list[tuple[int, Step]]]:
    """Node to the legs that leave it, in file order: the row of each, and the leg turned so."""
    leaving: dict[str, list[tuple[int, Step]]] = {}
    for row, there in enumerate(list_steps(legs[LEG_COLUMNS])):
        for step in (there, there.turn_round()):
            leaving.setdefault(step.from_node_id, []).append((row, step))
    return leaving


def tabulate_chains(chains: Iterable[tuple[str, Sequence[Step]]]) -> pd.DataFrame:
    """Chains by corridor as rows of `CHAIN_COLUMNS`; `sequence` counts from 1."""
    rows = [
        (corridor_id, sequence, *step)
        for corridor_id, chain in chains
        for sequence, step in enumerate(chain, start=1)
    ]
    return pd.DataFrame(rows, columns=CHAIN_COLUMNS)


class DwellRule(NamedTuple):
    """What a wait is for, the rate of its days, and the rates that add up to its price.

    `breaks_gauge`: whether wagons are transloaded in it.
    """

    what_code: str
    days_rate_id: str
    cost_rate_ids: tuple[str, ...] = ()
    breaks_gauge: bool = False


PORT = DwellRule("port", "HND-PORT", ("HND-PORT-USD",))
FERRY_PORT = DwellRule("ferry-port", "HND-CASP", ("HND-CASP-USD",))
TERMINAL = DwellRule("mode-change", "HND-LAND", ("HND-LAND-USD",))
TRANSLOADING = DwellRule("gauge-break", "GAUGE-BREAK", ("GAUGE-BREAK-USD",), breaks_gauge=True)
SAILING = DwellRule("ferry-wait", "WAIT-FERRY")
TRAIN_SAILING = DwellRule("ferry-wait", "WAIT-FERRY-VAN")
SHIP = DwellRule("service-wait", "HEADWAY-SHIP")
TRAIN = DwellRule("service-wait", "HEADWAY-TRAIN")
CANAL = DwellRule("canal", "CANAL-SUEZ", ("CANAL-SUEZ-USD",))
CALLS = DwellRule("liner-calls", "LINER-CALLS")
RAIL_BORDER = DwellRule("border", "BRD-RAIL", ("BRD-RAIL-COST",))
# The time of a rail border has the transloading of wagons in it; its price has not.
RAIL_BORDER_WITH_BREAK = DwellRule(
    "border", "BRD-RAIL-BREAK", ("BRD-RAIL-COST", "GAUGE-BREAK-USD"), breaks_gauge=True
)
ROAD_BORDER = DwellRule("border", "BRD-ROAD", ("BRD-ROAD-COST",))
# At one node of a chain: calls first, then changes and sailings, then borders, then transloading.
ORDER = {CALLS.what_code: 0, "border": 2, TRANSLOADING.what_code: 3}


class Dwell(NamedTuple):
    """A dwell time that falls due at a node."""

    rule: DwellRule
    node_id: str

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """One unit of each of its rates, that of the days first; waiting emits nothing."""
        return (
            Amount(self.rule.days_rate_id, DAYS, 1.0),
            *(Amount(rate_id, USD, 1.0) for rate_id in self.rule.cost_rate_ids),
        )


class Places(NamedTuple):
    """What the rules ask about nodes.

    Attributes:
        states: Node to the state in which it lies.
        kinds: Node to its kind.
        local_rates: A general rate and a leg or node to the rate that stands in for it there.
    """

    states: Mapping[str, str]
    kinds: Mapping[str, str]
    local_rates: Mapping[tuple[str, str], str]

    def localise(self, dwell: Dwell, *places: str) -> Dwell:
        """The dwell time at the rates of those places, the first of them before the next."""

        def find(rate_id: str) -> str:
            own = (self.local_rates.get((rate_id, place)) for place in places)
            return next((found for found in own if found), rate_id)

        rule = dwell.rule
        return dwell._replace(
            rule=rule._replace(
                days_rate_id=find(rule.days_rate_id),
                cost_rate_ids=tuple(map(find, rule.cost_rate_ids)),
            )
        )


class LoadState(NamedTuple):
    """A load at a node.

    Attributes:
        node_id: Where it is.
        mode_code: Mode of the leg that brought it; None at the origin.
        gauge_code: Gauge on which it stands; None when on no rails.
        has_sailed: Whether it has been on the deep sea, so that port calls are counted.
        border_leg_id: The leg by which it has just crossed a border by rail, while it still depends
            on the next leg whether wagons are transloaded at the border station; else None.
        gauge_break: Whether the leg that brought it broke the gauge here itself, and whether a
            border's time has that work in it already (`resolved`) or not (`unresolved`).
        sailed_from: Where the leg that brought it began, when this is a strait or a canal that it
            passes; else None.
    """

    node_id: str
    mode_code: str | None = None
    gauge_code: str | None = None
    has_sailed: bool = False
    border_leg_id: str | None = None
    gauge_break: str | None = None
    sailed_from: str | None = None


def index_places(nodes: pd.DataFrame, local_rates: pd.DataFrame) -> Places:
    """Look up what the rules ask in the tables of those names."""
    where = local_rates["leg_id"].fillna(local_rates["node_id"])
    return Places(
        states=dict(zip(nodes["node_id"], nodes["actor_id"], strict=True)),
        kinds=dict(zip(nodes["node_id"], nodes["kind_code"], strict=True)),
        local_rates=dict(
            zip(
                zip(local_rates["rate_id"], where, strict=True),
                local_rates["own_rate_id"],
                strict=True,
            )
        ),
    )


def take_leg(load: LoadState, step: Step, places: Places) -> tuple[list[Dwell], LoadState]:
    """The dwell times that fall due when a load takes a leg, and its state at the far end.

    Liner calls fall due when the load first sails the deep sea, at the rate of the port where it
    is shipped. A border, and the wait for a ship or a train, has the rates of its leg before those
    of its node.
    """
    due = [Dwell(rule, load.node_id) for rule in _list_changes(load, step, places)]
    if step.mode_code == OCEAN and not load.has_sailed:
        due.append(Dwell(CALLS, load.node_id))
    meets_break = _meets_break(load, step)
    local = [places.localise(dwell, step.leg_id, dwell.node_id) for dwell in due]
    if load.border_leg_id:
        wait = _wait_at_rail_border(load.node_id, meets_break)
        local.append(places.localise(wait, load.border_leg_id, load.node_id))
        meets_break = False
    border, gauge_break, is_at_border = _cross_border(step, places, meets_break)
    if meets_break and border != Dwell(RAIL_BORDER_WITH_BREAK, load.node_id):
        local.append(places.localise(Dwell(TRANSLOADING, load.node_id), load.node_id))
    is_passed = step.mode_code in SEA and places.kinds[step.to_node_id] in PASSED_AT_SEA
    reached = LoadState(
        node_id=step.to_node_id,
        mode_code=step.mode_code,
        gauge_code=step.to_gauge_code if step.rides_rails else None,
        has_sailed=load.has_sailed or step.mode_code == OCEAN,
        border_leg_id=step.leg_id if is_at_border else None,
        gauge_break=gauge_break,
        sailed_from=step.from_node_id if is_passed else None,
    )
    if border:
        local.append(places.localise(border, step.leg_id, border.node_id))
    return local, reached


def arrive(load: LoadState, places: Places) -> list[Dwell]:
    """The dwell times still due when a load has reached its destination."""
    if load.border_leg_id:
        wait = Dwell(RAIL_BORDER, load.node_id)
        return [places.localise(wait, load.border_leg_id, load.node_id)]
    if load.gauge_break == UNRESOLVED:
        return [places.localise(Dwell(TRANSLOADING, load.node_id), load.node_id)]
    return []


def list_dwell_times(chain: Sequence[Step], places: Places) -> list[list[Dwell]]:
    """For each node of a chain, from the first to the last, the dwell times due there, in order.

    Liner calls stand where the load leaves the deep sea for the first time. A chain has at least
    one leg.
    """
    at: list[list[Dwell]] = [[] for _ in range(len(chain) + 1)]
    load = LoadState(chain[0].from_node_id)
    for place, step in enumerate(chain):
        due, load = take_leg(load, step, places)
        for dwell in due:
            if dwell.rule.what_code == CALLS.what_code:
                ashore = (n for n in range(place, len(chain)) if chain[n].mode_code != OCEAN)
                landed = next(ashore, len(chain))
                at[landed].append(dwell._replace(node_id=chain[landed - 1].to_node_id))
            else:
                at[place + (dwell.node_id != step.from_node_id)].append(dwell)
    at[-1] += arrive(load, places)
    return [sorted(due, key=lambda dwell: ORDER.get(dwell.rule.what_code, 1)) for due in at]


def _list_changes(load: LoadState, step: Step, places: Places) -> list[DwellRule]:
    """What a change of mode, a canal and a sailing cost between two legs.

    In a strait or a canal no cargo is handled, whatever ship sails on.
    """
    before, after = load.mode_code, step.mode_code
    found = []
    stays_on_rails = load.gauge_code is not None and step.rides_rails
    stays_aboard = before in SEA and after in SEA and places.kinds[load.node_id] in PASSED_AT_SEA
    if before and before != after and not (stays_on_rails or stays_aboard):
        pair = {before, after}
        found.append(PORT if pair & set(SEA) else FERRY_PORT if pair & set(BY_SHIP) else TERMINAL)
        found += [SHIP] if after in SEA else [TRAIN] if after == "rail" else []
    if before in SEA and after in SEA and places.kinds[load.node_id] == "canal":
        found.append(CANAL)
    if after == "ferry" and before != "ferry":
        found.append(TRAIN_SAILING if step.rides_rails else SAILING)
    return found


def _meets_break(load: LoadState, step: Step) -> bool:
    """Whether wagons meet another gauge at a node, and no border's time has it yet.

    A box that goes from a truck to a wagon changes mode, not gauge.
    """
    if load.gauge_break:
        return load.gauge_break == UNRESOLVED
    return _differ(load.gauge_code, step.from_gauge_code)


def _differ(gauge: str | None, other: str | None) -> bool:
    """Whether two gauges break; one that is undecided breaks with none, nor does no rail."""
    return bool(gauge and other) and gauge != other and UNDECIDED not in (gauge, other)


def _cross_border(
    step: Step, places: Places, meets_break: bool
) -> tuple[Dwell | None, str | None, bool]:
    """The land border on a leg; a port's handling has customs in it already.

    Wagons wait at the border station where the gauge breaks; else a load waits where it enters the
    country, unless only the other end is a border station. A break of gauge at a place that is no
    border station is work of its own, whichever way the border lies: else there and back would
    differ.

    Returns:
        The wait, if it is known already; then `gauge_break` of the state at the far end,
        and whether the wait is left to what comes after it.
    """
    breaks_itself = _differ(step.from_gauge_code, step.to_gauge_code)
    own = UNRESOLVED if breaks_itself else None
    ends = (step.from_node_id, step.to_node_id)
    states = frozenset(places.states[node] for node in ends)
    if step.mode_code not in LAND or len(states) == 1:
        return None, own, False
    starts_at, ends_at = (places.kinds[node] in BORDER_PLACES for node in ends)
    enters = step.from_node_id if starts_at and not ends_at else step.to_node_id
    if step.mode_code == "road":
        return Dwell(ROAD_BORDER, enters), own, False
    if meets_break and starts_at:
        return _wait_at_rail_border(step.from_node_id, True), own, False
    if not ends_at:
        return _wait_at_rail_border(enters, False), own, False
    if breaks_itself:
        return _wait_at_rail_border(step.to_node_id, True), RESOLVED, False
    return None, None, True


def _wait_at_rail_border(node_id: str, breaks_gauge: bool) -> Dwell:
    return Dwell(RAIL_BORDER_WITH_BREAK if breaks_gauge else RAIL_BORDER, node_id)
