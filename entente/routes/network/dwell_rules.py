"""Stops: which waits are due where, as rules on what the load does before and after.

A wait belongs to a node and is named by the rates that value it. The rules know only the state of
the load (mode and gauge) on either side, so that a search over (node, mode, gauge) may use them as
they stand.

Origin and destination get no handling: every way has that of its own door, and no corridor's
promoter counts it.
"""

from dataclasses import dataclass

SEA = ("deep-sea", "short-sea")
SHIP = ("ferry", "inland-water")
LAND = ("rail", "road")
SLOW_BORDERS = (frozenset({"PAK", "AFG"}), frozenset({"PAK", "IRN"}))


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A wait: what for, the rate of its days, and the rates that add up to its price."""

    what_code: str
    days_rate_id: str
    cost_rate_ids: tuple[str, ...] = ()


PORT = Stop(what_code="port", days_rate_id="HND-PORT", cost_rate_ids=("HND-PORT-USD",))
FERRY_PORT = Stop(what_code="ferry-port", days_rate_id="HND-CASP", cost_rate_ids=("HND-CASP-USD",))
TERMINAL = Stop(what_code="mode-change", days_rate_id="HND-LAND", cost_rate_ids=("HND-LAND-USD",))
TRANSLOADING = Stop(
    what_code="gauge-break", days_rate_id="GAUGE-BREAK", cost_rate_ids=("GAUGE-BREAK-USD",)
)
SAILING = Stop(what_code="ferry-wait", days_rate_id="WAIT-FERRY")
TRAIN_SAILING = Stop(what_code="ferry-wait", days_rate_id="WAIT-FERRY-VAN")
CANAL = Stop(what_code="canal", days_rate_id="CANAL-SUEZ", cost_rate_ids=("CANAL-SUEZ-USD",))
CALLS = Stop(what_code="liner-calls", days_rate_id="LINER-CALLS")


def change_of_mode(
    before: str, after: str, *, before_rides_rails: bool, after_rides_rails: bool
) -> Stop | None:
    """What a change from one mode to another costs at the node; None when there is none.

    Args:
        before: Mode of the leg that ends at the node.
        after: Mode of the leg that starts there.
        before_rides_rails: True for rail and for a ferry that carries wagons.
        after_rides_rails: The same, on the other side.
    """
    if before == after or (before_rides_rails and after_rides_rails):
        return None
    if {before, after} & set(SEA):
        return PORT
    return FERRY_PORT if {before, after} & set(SHIP) else TERMINAL


def wait_for_sailing(before: str | None, after: str, *, carries_wagons: bool) -> Stop | None:
    """The wait before a ferry leaves; None when the load is on a ferry already or takes none."""
    if after != "ferry" or before == "ferry":
        return None
    return TRAIN_SAILING if carries_wagons else SAILING


def passage_of_canal(before: str, after: str, node_kind: str) -> Stop | None:
    """The wait and the toll at a canal between two legs by sea."""
    at_sea = before in SEA and after in SEA
    return CANAL if at_sea and node_kind == "canal" else None


def crossing_of_border(mode: str, states: tuple[str, str], *, breaks_gauge: bool) -> Stop | None:
    """The wait and the payments at a land border; a port's handling has customs in it already.

    Args:
        mode: Mode of the leg that crosses it.
        states: The states on either side.
        breaks_gauge: True when wagons meet another gauge at the border station. The time of a rail
            border has that work in it; its price has not.
    """
    if mode not in LAND or states[0] == states[1]:
        return None
    if mode == "rail":
        price = ("BRD-RAIL-COST", *(TRANSLOADING.cost_rate_ids if breaks_gauge else ()))
        return Stop(what_code="border", days_rate_id="BRD-RAIL", cost_rate_ids=price)
    slow = frozenset(states) in SLOW_BORDERS
    days = "BRD-ROAD-PAK" if slow else "BRD-ROAD"
    return Stop(what_code="border", days_rate_id=days, cost_rate_ids=("BRD-ROAD-COST",))
