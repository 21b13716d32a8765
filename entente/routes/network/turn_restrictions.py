"""Turns: where a ship would have to turn round in a strait, which none does.

Straits, capes and canals are places that ships pass, not ports. Two sea legs that meet at a strait
are a passage only when they lead on. Where a short crossing is shut, a search would else send the
ship to the next strait and back, which gets round nothing. At a canal it is only the very same leg
that is not sailed back: lines that meet there stand for a whole sea, and their angles say nothing.
"""

import math
from collections.abc import Mapping
from itertools import product

import pandas as pd

from entente.routes.network.dwell_rules import SEA

PASSED = ("chokepoint", "canal")
MET_AT_ANGLES = ("canal",)
# The sharpest turn of a real passage is 135 degrees (from Iraq to Bandar Abbas within Hormuz); ways
# that go back turn by 145 and more (from Mumbai to Karachi by Bab el-Mandeb: 164).
SHARPEST_DEGREES = 140.0

Point = tuple[float, float]
Turn = tuple[str, str, str]


def turns_back(nodes: pd.DataFrame, legs: pd.DataFrame) -> frozenset[Turn]:
    """Three nodes in a row that no ship sails.

    Args:
        nodes: The table of that name; `lat` and `lon` in degrees.
        legs: The table of that name.
    """
    kinds = dict(zip(nodes["node_id"], nodes["kind_code"], strict=True))
    points = {n.node_id: (n.lat, n.lon) for n in nodes.itertuples()}
    beside: dict[str, set[str]] = {}
    for leg in legs[legs["mode_code"].isin(SEA)].itertuples():
        beside.setdefault(leg.from_node_id, set()).add(leg.to_node_id)
        beside.setdefault(leg.to_node_id, set()).add(leg.from_node_id)
    return frozenset(
        (before, node, after)
        for node in beside
        if kinds[node] in PASSED
        for before, after in product(beside[node], repeat=2)
        if before == after
        or (kinds[node] in PASSED and turn_degrees(points, before, node, after) > SHARPEST_DEGREES)
    )


def turn_degrees(points: Mapping[str, Point], before: str, node: str, after: str) -> float:
    """By how much a ship changes its course at a node, between 0 and 180 degrees."""
    back, ahead = (bearing(points[node], points[end]) for end in (before, after))
    return 180.0 - abs((ahead - back + 180.0) % 360.0 - 180.0)


def bearing(start: Point, end: Point) -> float:
    """Initial course of the great circle from one point to another, in degrees."""
    (lat, lon), (lat_end, lon_end) = (tuple(map(math.radians, point)) for point in (start, end))
    east = math.sin(lon_end - lon) * math.cos(lat_end)
    north = math.cos(lat) * math.sin(lat_end) - math.sin(lat) * math.cos(lat_end) * math.cos(
        lon_end - lon
    )
    return math.degrees(math.atan2(east, north)) % 360.0
