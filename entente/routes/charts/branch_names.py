"""Names on the map of branches: places, branches, the states that all cross, routes by sea.

Each stands where it covers no other name, no frame and few lines. They are placed for a map of a
given size in pixels, for letters keep their size while the map shrinks.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import plotly.graph_objects as go

from entente.routes.charts.strands import Points, Stretch, simplify
from entente.style.basemap import Frame, Plane
from entente.style.palette import SANS, Palette
from entente.style.text import Box, touch_any
from entente.style.theme import LARGE, REGULAR, escape, identity, phone_only

WIDE, NARROW = (780.0, 565.0), (358.0, 259.0)  # pixels for which names are placed
WIDEST, NARROWEST = "names-wide", "names-narrow"
FAMILIES = {WIDEST: WIDE, NARROWEST: NARROW}
GRID = 14  # steps a side of the places tried for the name of a state
FAR_SIDE_COST = 0.6  # of the name of a western branch east of it, and the other way round
NEAREST = 24  # of the 80 points of a line
ARROWS, WESTWARD = "→↗↑↖←↙↓↘", "←↖↙"  # from the east against the clock
HALO = "0 0 2px {0}, 0 0 2px {0}, 0 0 3px {0}, 0 0 3px {0}"
LETTER = 0.51  # width of a letter by the size of its type
LINE_HEIGHT = 1.25
GAP, LIFT = 10, 5  # pixels between a point and its name: beside it, and above or below
SIDES = ("middle right", "middle left", "top center", "bottom center", "top right", "bottom right")
INSET = 4  # pixels that names keep from the frame
COVERED_LINE, COVERED_DOT = 1.0, 25.0
SAMPLE_STEP = 6.0


class Sheet(NamedTuple):
    """A map of so many pixels, in which a plane is laid as large as it fits, in the middle.

    Attributes:
        plane: The window of the earth.
        width: Width of the map.
        height: Height of the map.
    """

    plane: Plane
    width: float
    height: float

    def project(self, points: Points) -> Points:
        """Longitude and latitude as pixels from the upper left corner. Shape (points, 2)."""
        wide = min(self.width, self.height * self.plane.aspect)
        size = np.array([wide, wide / self.plane.aspect])
        corner = (np.array([self.width, self.height]) - size) / 2
        pixels: Points = self.plane.project(points[:, 0], points[:, 1]) * size + corner
        return pixels


class Name(NamedTuple):
    """A name and where it might stand, the best place first.

    Attributes:
        text: The name.
        size: Size of its type in pixels.
        points: Longitude and latitude of points that it may be set at.
        sides: Sides of these points, as Plotly calls them, the best first.
        turn_cost: What each further side costs; a covered bit of a line costs 1.
    """

    text: str
    size: float
    points: tuple[tuple[float, float], ...]
    sides: tuple[str, ...] = SIDES
    turn_cost: float = 0.05


class Placed(NamedTuple):
    """Where a name stands, and on which side of its point."""

    lon: float
    lat: float
    side: str


def place_names(
    names: Sequence[Name],
    sheet: Sheet,
    *,
    lines: Iterable[Points],
    dots: Points,
) -> list[Placed | None]:
    """Where each name stands; None for one that has no room.

    Args:
        names: The names, those that matter most first.
        sheet: The map.
        lines: Lines in degrees that names should keep clear of. Each of shape (points, 2).
        dots: Points in degrees that no name may cover. Shape (points, 2).
    """
    drawn = [_sample(sheet.project(line)) for line in lines if len(line) > 1]
    pixels = np.concatenate(drawn) if drawn else np.empty((0, 2))
    marked = sheet.project(dots) if len(dots) else np.empty((0, 2))
    frame = Box(0, 0, sheet.width, sheet.height).widen(-INSET)
    held: list[Box] = []
    found: list[Placed | None] = []
    for name in names:
        best: tuple[float, Placed, Box] | None = None
        spots = sheet.project(np.array(name.points, float).reshape(-1, 2)).tolist()
        for rank, ((lon, lat), (x, y)) in enumerate(zip(name.points, spots, strict=True)):
            for turn, side in enumerate(name.sides):
                box = measure_name(name, x, y, side)
                if not box.lies_in(frame) or touch_any(box, held):
                    continue
                cost = COVERED_LINE * _count(pixels, box) + COVERED_DOT * _count(marked, box)
                cost += 0.3 * rank / max(1, len(name.points)) + name.turn_cost * turn
                if best is None or cost < best[0]:
                    best = (cost, Placed(lon, lat, side), box)
        if best is None:
            found.append(None)
            continue
        held.append(best[2])
        found.append(best[1])
    return found


def measure_name(name: Name, x: float, y: float, side: str) -> Box:
    """The room that a name takes beside a point, in pixels."""
    wide, high = LETTER * name.size * len(name.text), LINE_HEIGHT * name.size
    vertical, horizontal = side.split()
    left = {"left": x - GAP - wide, "right": x + GAP}.get(horizontal, x - wide / 2)
    top = {"top": y - LIFT - high, "bottom": y + LIFT}.get(vertical, y - high / 2)
    if vertical != "middle" and horizontal != "center":
        left = x if horizontal == "right" else x - wide
    return Box(left, top, wide, high)


def _sample(pixels: Points) -> Points:
    """Points along a line, six pixels apart. Shape (points, 2)."""
    return _follow(pixels, np.arange(0, _measure_along(pixels)[-1] + SAMPLE_STEP, SAMPLE_STEP))


def _follow(points: Points, at: Points) -> Points:
    """Points at those distances along a line. Shape (distances, 2)."""
    along = _measure_along(points)
    return np.column_stack([np.interp(at, along, points[:, axis]) for axis in (0, 1)])


def _measure_along(points: Points) -> Points:
    """How far each point of a line is from its start, along it. Shape (points,)."""
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])


def _count(pixels: Points, box: Box) -> int:
    x, y = pixels[:, 0], pixels[:, 1]
    inside = (x > box.left) & (x < box.right) & (y > box.top) & (y < box.bottom)
    return int(inside.sum())


class Labelled(NamedTuple):
    """A name with what it names and how it is written."""

    kind: str
    name: Name
    mark: list[str]
    hue: str


def list_names(
    stretches: Sequence[Stretch],
    *,
    rows: Mapping[str, Mapping[str, Any]],
    places: pd.DataFrame,
    gates: Mapping[str, str],
    nodes: pd.DataFrame,
    detours: gpd.GeoDataFrame,
    frame: Frame,
    palette: Palette,
    is_short: bool,
    type_size: float = REGULAR,
) -> list[Labelled]:
    """Names of places, branches, states and of routes by sea, the first to place first.

    Stretches come by branch, from west to east. An end beyond the frame is named where the first
    of them leaves it, with an arrow.
    """
    found: list[Labelled] = []
    for place in places.sort_values("is_end", ascending=False).itertuples():
        if is_short and not place.is_end:
            continue
        text, spots = _find_place(place, stretches, frame)
        name = Name(text, type_size, spots)
        found.append(Labelled("place", name, identity("node", place.node_id), palette.ink))
    from_west = list(dict.fromkeys(one.branch_id for one in stretches))
    for branch in _sort_branches(stretches):
        row = rows[branch]
        points, more = _find_points(stretches, branch)
        west = from_west.index(branch) + 0.5 < len(from_west) / 2
        sides = ("middle left", "middle right") if west else ("middle right", "middle left")
        text = row["name"] if is_short else row["map_label"]
        points = np.concatenate([points, more])
        name = Name(text, type_size, tuple(map(tuple, points.tolist())), sides, FAR_SIDE_COST)
        found.append(Labelled(branch, name, row["identity"], palette.corridors[row["hue"]]))
    for actor, label in gates.items():
        inside = nodes[nodes["actor_id"] == actor]
        name = Name(
            label, type_size + LARGE - REGULAR - 2 * is_short, _spread(inside), ("middle center",)
        )
        found.append(Labelled("gate", name, identity("actor", actor), palette.ink))
    if not is_short:
        takers = detours.groupby("leg_id")["corridor_id"].transform("nunique")
        for corridor, own in detours[takers == 1].groupby("corridor_id", sort=False):
            points = np.concatenate([_fill(simplify(line)) for line in own.geometry])
            seen, arrow = follow_out(points, frame)
            if len(seen):
                row = rows[str(corridor)]
                name = Name(_point(row["name"], arrow), REGULAR, tuple(map(tuple, seen.tolist())))
                hue = palette.corridors[row["hue"]]
                found.append(Labelled(str(corridor), name, row["identity"], hue))
    return found


def _find_place(
    place: Any, stretches: Sequence[Stretch], frame: Frame
) -> tuple[str, tuple[tuple[float, float], ...]]:
    """The name of a place, and where it may be set."""
    spot = np.array([place.lon, place.lat])
    low, high = np.array(frame).T
    if ((low < spot) & (spot < high)).all() or not stretches:
        return place.label, ((place.lon, place.lat),)
    first = stretches[0].branch_id
    course = np.concatenate([one.points for one in stretches if one.branch_id == first])
    if np.hypot(*(course[0] - spot)) < np.hypot(*(course[-1] - spot)):
        course = course[::-1]
    seen, _ = follow_out(_fill(course), frame)
    arrow = point_at(spot - seen[0]) if len(seen) else ""
    return _point(place.label, arrow), tuple(map(tuple, seen[:NEAREST].tolist()))


def _point(name: str, arrow: str) -> str:
    """A name with an arrow on the side that it points to."""
    return (f"{arrow} {name}" if arrow in WESTWARD else f"{name} {arrow}").strip()


def follow_out(points: Points, frame: Frame) -> tuple[Points, str]:
    """The part of a line before it leaves the frame for good, the end first, and where it goes.

    Args:
        points: Longitude and latitude in the order of travel. Shape (points, 2).
        frame: What the map shows.

    Returns:
        The points within the frame, and an arrow. A line that stays within has none, and its
        points come in order of travel.
    """
    low, high = np.array(frame).T
    is_in = ((points > low) & (points < high)).all(axis=1)
    (leaves,) = np.nonzero(is_in[:-1] & ~is_in[1:])
    if not len(leaves):
        return points[is_in][::2], ""
    last = int(leaves[-1])
    return points[: last + 1][is_in[: last + 1]][::-2], point_at(points[last + 1] - points[last])


def point_at(step: Points) -> str:
    """The arrow of a step in longitude and latitude."""
    east, north = step
    return ARROWS[round(math.degrees(math.atan2(north, east)) / 45) % len(ARROWS)]


def _fill(points: Points) -> Points:
    """A line with points added, so that each part of it has some. Shape (80, 2)."""
    along = _measure_along(points)
    return _follow(points, np.linspace(0, along[-1], 80)).round(2)


def _thin(points: Points) -> Points:
    """At most some twenty points of a line, evenly spread, the middle ones first."""
    shares = np.linspace(0.08, 0.92, 22)
    spread = _follow(points, _measure_along(points)[-1] * shares)
    return spread[np.argsort(np.abs(shares - 0.5), kind="stable")].round(2)


def _sort_branches(stretches: Sequence[Stretch]) -> list[str]:
    """Branches, those first that have the least to themselves: their names have least room."""
    lengths = dict.fromkeys((one.branch_id for one in stretches), 0.0)
    for one in stretches:
        if not one.is_shared:
            lengths[one.branch_id] += float(np.hypot(*np.diff(one.points, axis=0).T).sum())
    return sorted(lengths, key=lambda branch: lengths[branch])


def _find_points(stretches: Sequence[Stretch], branch: str) -> tuple[Points, Points]:
    """Where a branch's name may stand: beside its own part, or beside what few others share."""
    users = Counter(one.leg_id for one in stretches)
    own = [one for one in stretches if one.branch_id == branch]
    alone = [one.points for one in own if not one.is_shared]
    few = min((users[one.leg_id] for one in own if one.is_shared), default=0)
    shared = [one.points for one in own if users[one.leg_id] == few]
    points = _thin(np.concatenate(alone or shared))
    if not alone or not shared:
        return points, np.empty((0, 2))
    return points, _find_nearest(np.concatenate(shared), points)


def _find_nearest(line: Points, points: Points) -> Points:
    """Points of a line around other points, for a name that finds no room beside those."""
    spread = _fill(line)
    away = np.hypot(*(spread[:, None, :] - points[None, :, :]).transpose(2, 0, 1)).min(axis=1)
    near: Points = spread[np.argsort(away, kind="stable")[:NEAREST]]
    return near


def _spread(nodes: pd.DataFrame) -> tuple[tuple[float, float], ...]:
    """Places for the name of a state: a grid within the hull of its nodes, the middle first."""
    hull = gpd.GeoSeries(gpd.points_from_xy(nodes["lon"], nodes["lat"])).union_all().convex_hull
    middle = hull.centroid
    west, south, east, north = hull.bounds
    points = [
        (x, y)
        for x in np.linspace(west, east, GRID).tolist()
        for y in np.linspace(south, north, GRID).tolist()
    ]
    held = gpd.GeoSeries(gpd.points_from_xy(*zip(*points, strict=True)))
    inside = [point for point, is_in in zip(points, held.within(hull), strict=True) if is_in]
    inside.sort(key=lambda point: (point[0] - middle.x) ** 2 + (point[1] - middle.y) ** 2)
    return tuple((round(x, 2), round(y, 2)) for x, y in inside) or ((middle.x, middle.y),)


def _pad(one: Labelled, side: str) -> str:
    """A name in bold, kept off its point by three blanks."""
    gap = "\u00a0\u00a0\u00a0" if one.kind != "gate" else ""
    before = gap if side.endswith("right") else ""
    after = gap if side.endswith("left") else ""
    return f"{before}<b>{escape(one.name.text)}</b>{after}"


def _lift(at: Placed, sheet: Sheet) -> float:
    """The latitude of a name that stands above or below its point, a little off it."""
    vertical = {"top": 1, "bottom": -1}.get(at.side.split()[0], 0)
    (_, high), (_, low) = sheet.project(np.array([(at.lon, at.lat), (at.lon, at.lat - 1)]))
    return round(at.lat + vertical * LIFT / float(low - high), 2)


def write_names(
    labelled: Sequence[Labelled],
    *,
    frame: Frame,
    size: tuple[float, float],
    lines: Sequence[Points],
    places: pd.DataFrame,
    palette: Palette,
    family: str,
) -> go.Scattergeo:
    """The names as text, each in its own type; one without a free place is left out."""
    sheet = Sheet(Plane(*frame), *size)
    dots = places[["lon", "lat"]].to_numpy(float)
    placed = place_names([one.name for one in labelled], sheet, lines=lines, dots=dots)
    own = [(one, at) for one, at in zip(labelled, placed, strict=True) if at is not None]
    grounds = {"gate": palette.gate}
    return go.Scattergeo(
        lon=[at.lon for _, at in own],
        lat=[_lift(at, sheet) for _, at in own],
        mode="text",
        text=[_pad(one, at.side) for one, at in own],
        textposition=[at.side for _, at in own],
        textfont={
            "size": [one.name.size for one, _ in own],
            "color": [one.hue for one, _ in own],
            "family": f"{family}, {SANS}" if family else SANS,
            "shadow": [HALO.format(grounds.get(one.kind, palette.land)) for one, _ in own],
        },
        hoverinfo="skip",
        customdata=[one.mark for one, _ in own],
        name="names",
        showlegend=False,
        meta=phone_only() if family == NARROWEST else None,
    )
