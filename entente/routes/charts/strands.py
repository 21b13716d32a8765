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

from entente.routes.words import USABLE
from entente.style.basemap import Frame
from entente.style.projection import Plane

Points = npt.NDArray[np.float64]

TOLERANCE_DEG = 0.12  # of the lines of a map that shows some forty degrees
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
        is_shared: Whether another branch takes the leg, too.
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
    users = chains.groupby("leg_id")["branch_id"].agg(set).to_dict()
    lines = {
        leg_id: simplify(line)
        for leg_id, line in zip(chains["leg_id"], chains.geometry, strict=True)
    }
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
    joined = np.concatenate(parts)
    offsets = np.repeat(np.array(places) * gap, [len(part) for part in parts])
    shifted = shift_aside(joined, offsets)
    ends = np.cumsum([len(part) for part in parts])
    found = []
    for row, part, end in zip(rows, parts, ends.tolist(), strict=True):
        # A stretch begins where the one before it ends, so that no joint gapes.
        start = max(0, end - len(part) - 1)
        found.append(
            Stretch(
                branch_id=row["branch_id"],
                leg_id=row["leg_id"],
                mode_code=row["mode_code"],
                status_code=row["status_code"] if isinstance(row["status_code"], str) else "",
                points=shifted[start:end].round(DECIMALS),
                is_shared=len(users[row["leg_id"]]) > 1,
            )
        )
    return found


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
