"""Strands: branches of a route that share a trunk, drawn side by side in the order of their lanes.

Longitudes and latitudes are taken for a plane whose unit is a degree of latitude: near enough for
lines that lie a few pixels apart.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from shapely import LineString, union_all

from entente.routes.words import USABLE
from entente.style.basemap import Frame, Plane

Points = npt.NDArray[np.float64]

TOLERANCE_DEG = 0.12  # of the lines of a map that shows some forty degrees
CLOSE_DEG = 0.7  # lines that are nowhere further apart cover one another
ROUND_STEPS, EASE_STEPS = 5, 9  # over which corners and changes of lane are rounded; odd
DECIMALS = 2
MARGIN = 0.06  # that a frame leaves free on each side, of the longer extent


@dataclass(frozen=True, kw_only=True, eq=False)
class Stretch:
    """Part of a branch along one leg, as it is drawn.

    Attributes:
        branch_id: The branch.
        leg_id: The leg.
        mode_code: Its mode.
        status_code: Its status; empty where nothing is on record.
        points: Longitude and latitude in the order of travel. Shape (points, 2).
        is_shared: Whether another branch takes the leg, or one so close that lines would cover.
    """

    branch_id: str
    leg_id: str
    mode_code: str
    status_code: str
    points: Points
    is_shared: bool

    @property
    def is_shut(self) -> bool:
        """Whether the leg cannot be used; where nothing is on record, it can."""
        return bool(self.status_code) and self.status_code not in USABLE


def order_lanes(chains: gpd.GeoDataFrame) -> tuple[str, ...]:
    """Branches from west to east, by the middle of the legs that fewest of them share.

    Args:
        chains: One row a leg of a branch: `branch_id`, `leg_id`, `geometry`.
    """
    users = chains.groupby("leg_id")["branch_id"].transform("nunique")
    rarest = users.groupby(chains["branch_id"]).transform("min")
    own = chains[users == rarest]
    middles = own.geometry.map(lambda line: line.interpolate(0.5, normalized=True).x)
    lengths = own.geometry.map(lambda line: max(line.length, 1e-6))
    weighted = (middles * lengths).groupby(own["branch_id"]).sum()
    west = weighted / lengths.groupby(own["branch_id"]).sum()
    return tuple(sorted(west.index, key=lambda name: (west[name], name)))


def lay_strands(
    chains: gpd.GeoDataFrame, nodes: Mapping[str, tuple[float, float]], *, gap: float
) -> list[Stretch]:
    """Every branch along its legs, set aside where others take the same leg.

    Args:
        chains: One row a leg of a branch, in order of travel: `branch_id`, `leg_id`,
            `from_node_id`, `mode_code`, `status_code`, `geometry` (lines in WGS84, either way).
        nodes: Node to longitude and latitude.
        gap: Distance of neighbours, in degrees of latitude.

    Returns:
        The stretches, by branch in the order of `order_lanes`.
    """
    lanes = order_lanes(chains)
    lines = {
        leg_id: simplify(line)
        for leg_id, line in zip(chains["leg_id"], chains.geometry, strict=True)
    }
    users = _list_users(chains, lines)
    return [
        stretch
        for name in lanes
        for stretch in _lay(
            chains[chains["branch_id"] == name],
            lanes=lanes,
            users=users,
            lines=lines,
            nodes=nodes,
            gap=gap,
        )
    ]


def _list_users(chains: gpd.GeoDataFrame, lines: Mapping[str, Points]) -> dict[str, set[str]]:
    """The branches that take each leg, or run so close to it that one line would cover both."""
    users: dict[str, set[str]] = chains.groupby("leg_id")["branch_id"].agg(set).to_dict()
    shapes = {leg_id: LineString(points) for leg_id, points in lines.items()}
    for branch, own in chains.groupby("branch_id")["leg_id"]:
        reach = union_all([shapes[leg_id] for leg_id in own]).buffer(CLOSE_DEG)
        for leg_id, shape in shapes.items():
            if reach.covers(shape):
                users[leg_id].add(str(branch))
    return users


def simplify(line: object) -> Points:
    """The points of a line as far as a map of this scale can show them. Shape (points, 2)."""
    plain = line.simplify(TOLERANCE_DEG)  # type: ignore[attr-defined]
    return np.asarray(plain.coords, dtype=float)[:, :2]


def _lay(
    chain: pd.DataFrame,
    *,
    lanes: Sequence[str],
    users: Mapping[str, set[str]],
    lines: Mapping[str, Points],
    nodes: Mapping[str, tuple[float, float]],
    gap: float,
) -> list[Stretch]:
    """One branch: its legs turned the way of travel, joined, and shifted to its lane."""
    rows = chain.to_dict("records")
    parts = [_turn(lines[row["leg_id"]], nodes[row["from_node_id"]]) for row in rows]
    places = []
    for row in rows:
        among = [name for name in lanes if name in users[row["leg_id"]]]
        places.append(among.index(row["branch_id"]) - (len(among) - 1) / 2)
    fine = [_divide(part, step=gap) for part in parts]
    lengths = [len(part) for part in fine]
    lanes_at = np.repeat(np.array(places) * gap, lengths)
    lanes_at[[0, -1]] = 0  # all strands meet at both ends of the route
    course = np.column_stack([_round_off(axis, ROUND_STEPS) for axis in np.concatenate(fine).T])
    shifted = shift_aside(course, _round_off(lanes_at, EASE_STEPS))
    ends = np.cumsum(lengths)
    found = []
    for row, part, end in zip(rows, fine, ends.tolist(), strict=True):
        # A stretch begins where the one before it ends, so that no joint gapes.
        start = max(0, end - len(part) - 1)
        found.append(
            Stretch(
                branch_id=row["branch_id"],
                leg_id=row["leg_id"],
                mode_code=row["mode_code"],
                status_code=row["status_code"] if isinstance(row["status_code"], str) else "",
                points=_drop_needless(shifted[start:end], gap=gap),
                is_shared=len(users[row["leg_id"]]) > 1,
            )
        )
    return found


def _divide(points: Points, *, step: float) -> Points:
    """A line as points at even steps, both of its ends among them. Shape (points, 2)."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    at = np.linspace(0, along[-1], max(2, math.ceil(along[-1] / step) + 1))
    return np.column_stack([np.interp(at, along, points[:, axis]) for axis in (0, 1)])


def _round_off(values: Points, steps: int) -> Points:
    """Values along a line, each the mean of its neighbours; both ends stay. Shape (points,)."""
    half = steps // 2
    # Mirrored at the ends, the mean there is the end itself.
    before, after = 2 * values[0] - values[half:0:-1], 2 * values[-1] - values[-2 : -half - 2 : -1]
    filled = np.concatenate([before, values, after])
    if len(before) < half or len(after) < half:
        return values
    mean: Points = np.convolve(filled, np.full(steps, 1 / steps), mode="valid")
    return mean


def _drop_needless(points: Points, *, gap: float) -> Points:
    """A line without the points that nobody could tell from a straight one."""
    plain = LineString(points).simplify(gap / 12)
    return np.asarray(plain.coords, dtype=float).round(DECIMALS)


def _turn(points: Points, start: tuple[float, float]) -> Points:
    """The line from the end that is nearer to where the load comes from."""
    first, last = (float(np.hypot(*(points[end] - np.array(start)))) for end in (0, -1))
    return points if first <= last else points[::-1]


def shift_aside(points: Points, offsets: Points) -> Points:
    """Points moved at right angles to their line, to the right of the way of travel.

    Args:
        points: Longitude and latitude in order. Shape (points, 2).
        offsets: How far, in degrees of latitude; negative to the left. Shape (points,).
    """
    stretch = np.cos(np.radians(np.clip(points[:, 1], -80, 80)))
    plane = np.column_stack([points[:, 0] * stretch, points[:, 1]])
    steps = np.diff(points, axis=0) * np.column_stack([stretch[1:], np.ones(len(points) - 1)])
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    directions = steps / np.where(lengths > 0, lengths, 1)[:, None]
    before = np.vstack([directions[:1], directions])
    after = np.vstack([directions, directions[-1:]])
    along = before + after
    norms = np.hypot(along[:, 0], along[:, 1])
    along = np.where((norms > 1e-9)[:, None], along / np.maximum(norms, 1e-9)[:, None], after)
    aside = np.column_stack([along[:, 1], -along[:, 0]])
    moved = plane + aside * offsets[:, None]
    return np.column_stack([moved[:, 0] / stretch, moved[:, 1]])


def crop(lines: Iterable[Points], *, aspect: float) -> Frame:
    """Longitudes and latitudes of a frame that holds all lines.

    Args:
        lines: What it is to hold, in degrees. Each of shape (points, 2).
        aspect: Width over height of the figure, once the map is projected.
    """
    points = np.concatenate(list(lines))
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    shrink = max(0.2, math.cos(math.radians((south + north) / 2)))
    free = max(1.5, MARGIN * max((east - west) * shrink, north - south))
    lon, lat = [west - free / shrink, east + free / shrink], [south - free, north + free]
    for _ in range(6):
        found = Plane((lon[0], lon[1]), (lat[0], lat[1])).aspect
        if found < aspect:
            wider = (aspect / found - 1) * (lon[1] - lon[0]) / 2
            lon = [lon[0] - wider, lon[1] + wider]
        else:
            higher = (found / aspect - 1) * (lat[1] - lat[0]) / 2
            lat = [max(-58.0, lat[0] - higher), min(80.0, lat[1] + higher)]
    first, last = ((round(ends[0], 1), round(ends[1], 1)) for ends in (lon, lat))
    return first, last
