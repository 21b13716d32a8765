"""Load states: what must be known of a load at a node to tell which stops its next leg costs.

The rules are those of :mod:`entente.analysis.stops` and :mod:`entente.analysis.waits`. There they
look at a whole chain; here they look at one state and one leg, so that a search can follow them
and the sum over a way still is the sum of its stages, to the last digit.
"""

from collections.abc import Mapping
from typing import NamedTuple

from entente.routes.network import dwell_rules as stops
from entente.routes.network.dwell_times import (
    BORDER_PLACES,
    Step,
    border_place,
    gauge_breaks,
    rides_rails,
)
from entente.routes.network.turn_restrictions import PASSED

UNRESOLVED, RESOLVED = "unresolved", "resolved"


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


class Places(NamedTuple):
    """What the rules ask about nodes.

    Attributes:
        states: Node to the state in which it lies.
        kinds: Node to its kind.
    """

    states: Mapping[str, str]
    kinds: Mapping[str, str]


def taken(load: LoadState, step: Step, places: Places) -> tuple[list[stops.Stop], LoadState]:
    """The stops that fall due when a load takes a leg, and its state at the far end.

    Args:
        load: The state at the node where the leg starts.
        step: The leg, turned so that it starts there.
        places: What the rules ask about nodes.
    """
    due = _on_change(load, step, places)
    if step["mode_code"] == "deep-sea" and not load.has_sailed:
        due.append(stops.CALLS)
    is_broken = _meets_break(load, step)
    if load.border_from:
        due.append(_rail_border(load.border_from, places.states[load.node_id], is_broken))
        is_broken = False
    border, is_absorbed, gauge_break, border_from = _border(step, places, is_broken)
    if is_broken and not is_absorbed:
        due.append(stops.TRANSLOADING)
    reached = LoadState(
        node_id=step["to_node_id"],
        mode_code=step["mode_code"],
        gauge_code=step["to_gauge_code"] if rides_rails(step) else None,
        has_sailed=load.has_sailed or step["mode_code"] == "deep-sea",
        border_from=border_from,
        gauge_break=gauge_break,
        sailed_from=_sailed_from(step, places),
    )
    return [*due, *border], reached


def ended(load: LoadState, places: Places) -> list[stops.Stop]:
    """The stops still due when a load has arrived."""
    if load.border_from:
        return [_rail_border(load.border_from, places.states[load.node_id], False)]
    return [stops.TRANSLOADING] if load.gauge_break == UNRESOLVED else []


def _sailed_from(step: Step, places: Places) -> str | None:
    is_passed = step["mode_code"] in stops.SEA and places.kinds[step["to_node_id"]] in PASSED
    return step["from_node_id"] if is_passed else None


def _on_change(load: LoadState, step: Step, places: Places) -> list[stops.Stop]:
    """Change of mode, canal and sailing."""
    before, after = load.mode_code, step["mode_code"]
    found = [stops.wait_for_sailing(before, after, carries_wagons=rides_rails(step))]
    if before:
        on_rails = load.gauge_code is not None
        rails = {"before_rides_rails": on_rails, "after_rides_rails": rides_rails(step)}
        found.append(stops.change_of_mode(before, after, **rails))
        found.append(stops.passage_of_canal(before, after, places.kinds[load.node_id]))
    return [stop for stop in found if stop]


def _meets_break(load: LoadState, step: Step) -> bool:
    """True when wagons meet another gauge here, and no border's time has it yet."""
    if load.gauge_break:
        return load.gauge_break == UNRESOLVED
    before = {"to_gauge_code": load.gauge_code, "from_gauge_code": load.gauge_code}
    after = {**step, "to_gauge_code": step["from_gauge_code"]}
    return bool(gauge_breaks([before, after]))


def _border(
    step: Step, places: Places, is_broken: bool
) -> tuple[list[stops.Stop], bool, str | None, str | None]:
    """The border on a leg, and how it bears on breaks of gauge at its two ends.

    Returns:
        The stops due for it now; whether they have the break at the start in them; then
        `gauge_break` and `border_from` of the state at the far end.
    """
    breaks_itself = bool(gauge_breaks([dict(step)]))
    sides = (places.states[step["from_node_id"]], places.states[step["to_node_id"]])
    plain = stops.crossing_of_border(step["mode_code"], sides, breaks_gauge=False)
    own = UNRESOLVED if breaks_itself else None
    if plain is None or step["mode_code"] != "rail":
        return [plain] if plain else [], False, own, None
    at_start = {0} if is_broken else set()
    if border_place(step, 0, at_start, places.kinds) in at_start:
        return [_rail_border(*sides, True)], True, own, None
    is_station = places.kinds[step["to_node_id"]] in BORDER_PLACES
    if not is_station or border_place(step, 0, {1}, places.kinds) != 1:
        return [plain], False, own, None
    if breaks_itself:
        return [_rail_border(*sides, True)], False, RESOLVED, None
    return [], False, None, sides[0]


def _rail_border(before: str, after: str, breaks_gauge: bool) -> stops.Stop:
    border = stops.crossing_of_border("rail", (before, after), breaks_gauge=breaks_gauge)
    assert border, "a border lies between two states"
    return border
