"""Waits: at which node of a chain which stops fall due, each once and in order.

Works on the steps of :mod:`entente.analysis.chains` (dictionaries with mode, nodes and gauges).
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from entente.routes.network import dwell_rules as stops

BORDER_PLACES = ("rail-border", "road-border")
UNDECIDED = "undecided"

Step = Mapping[str, Any]


class Due(NamedTuple):
    """A stop that falls due at a node."""

    stop: stops.Stop
    node_id: str
    is_gauge_break: bool = False


def due_stops(
    chain: list[dict[str, Any]], *, states: Mapping[str, str], kinds: Mapping[str, str]
) -> list[list[Due]]:
    """For each node of the chain, from the first to the last, the stops due there.

    Args:
        chain: Steps in the order of travel.
        states: Node to the state in which it lies.
        kinds: Node to its kind.
    """
    breaks = gauge_breaks(chain)
    due = [[*_on_change(chain, place, kinds)] for place in range(len(chain) + 1)]
    calls = last_of_ocean(chain)
    if calls:
        due[calls].insert(0, Due(stops.CALLS, chain[calls - 1]["to_node_id"]))
    for place, step in enumerate(chain):
        at = border_place(step, place, breaks, kinds)
        node = step[_side(at, place)]
        broken = at in breaks and step["mode_code"] == "rail" and kinds[node] in BORDER_PLACES
        sides = (states[step["from_node_id"]], states[step["to_node_id"]])
        border = stops.crossing_of_border(step["mode_code"], sides, breaks_gauge=broken)
        if border:
            due[at].append(Due(border, node, is_gauge_break=broken))
            breaks -= {at} if broken else set()
    for place in sorted(breaks):
        due[place].append(Due(stops.TRANSLOADING, chain[place - 1]["to_node_id"], True))
    return due


def _on_change(chain: list[dict[str, Any]], place: int, kinds: Mapping[str, str]) -> Iterator[Due]:
    """Change of mode, canal and sailing between the legs that meet at a place of the chain."""
    if place == len(chain):
        return
    step, before = chain[place], chain[place - 1] if place else None
    node, mode = step["from_node_id"], step["mode_code"]
    found = [stops.wait_for_sailing(_mode(before), mode, carries_wagons=rides_rails(step))]
    if before:
        rails = {"before_rides_rails": rides_rails(before), "after_rides_rails": rides_rails(step)}
        change = stops.change_of_mode(before["mode_code"], mode, **rails)
        found = [change, stops.passage_of_canal(before["mode_code"], mode, kinds[node]), *found]
    yield from (Due(stop, node) for stop in found if stop)


def last_of_ocean(chain: list[dict[str, Any]]) -> int | None:
    """Place where the load leaves the deep sea for the first time; None when it never sails it.

    Calls on the way and waits for a berth are counted there, once.
    """
    deep = [step["mode_code"] == "deep-sea" for step in chain]
    if not any(deep):
        return None
    first = deep.index(True)
    return next((place for place in range(first, len(deep)) if not deep[place]), len(deep))


def border_place(step: Step, place: int, breaks: set[int], kinds: Mapping[str, str]) -> int:
    """Place where a load on a leg that starts at `place` waits for a border on it.

    At the border station where the gauge breaks; else where it enters the country, unless only the
    other end is a border station. A break of gauge at a place that is no border station is work of
    its own, whichever way the border lies: else there and back would differ.
    """
    start, end = (kinds[step[side]] in BORDER_PLACES for side in ("from_node_id", "to_node_id"))
    for at, is_station in ((place, start), (place + 1, end)):
        if is_station and at in breaks:
            return at
    return place if start and not end else place + 1


def gauge_breaks(chain: list[dict[str, Any]]) -> set[int]:
    """Places of a chain where wagons meet another gauge.

    Between two legs on rails, or at the far end of a leg that changes gauge itself. A box that goes
    from a truck to a wagon changes mode, not gauge. A gauge that is undecided breaks with none.
    """
    between = {
        place
        for place, (before, step) in enumerate(pairwise(chain), start=1)
        if rides_rails(before)
        and rides_rails(step)
        and _differ(before["to_gauge_code"], step["from_gauge_code"])
    }
    within = {
        place
        for place, step in enumerate(chain, start=1)
        if rides_rails(step) and _differ(step["from_gauge_code"], step["to_gauge_code"])
    }
    return between | within


def rides_rails(step: Step) -> bool:
    """True for railways and for ferries that take wagons: both state a gauge."""
    return isinstance(step["from_gauge_code"], str)


def _differ(gauge: str, other: str) -> bool:
    return gauge != other and UNDECIDED not in (gauge, other)


def _mode(step: Step | None) -> str | None:
    return step["mode_code"] if step else None


def _side(at: int, place: int) -> str:
    return "from_node_id" if at == place else "to_node_id"
