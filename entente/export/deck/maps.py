"""Maps as native shapes: a Plotly figure with a `geo`, projected, cut to a frame and grouped.

Each shape is named by its id.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import pyproj
import shapely

from entente.export.deck.figures import LINE_PT, PT, Mark, read_marks, read_stroke
from entente.export.deck.shapes import (
    ARMED_SYMBOLS,
    NO_FILL,
    Point,
    fill_xml,
    find_symbol,
    freeform_xml,
    group_xml,
    is_open,
    line_xml,
    place_shape,
    preset_xml,
    text_body_xml,
    text_box_xml,
)
from entente.export.deck.text import Line, join_runs, measure_lines, read_markup, shorten
from entente.settings import HOME
from entente.style.palette import LIGHT
from entente.style.text import Box, touch_any
from entente.style.theme import is_phone_only

OUTLINES = HOME / "assets" / "topojson" / "world_50m.json"
# What the outlines cover, in degrees; see `entente.build.basemap`.
WEST, SOUTH, EAST, NORTH = -25.0, -42.0, 155.0, 75.0
EDGE_STEP_DEG = 2.0
COARSE_PT, FINE_PT = 0.9, 0.25  # finer detail is left out, of outlines and of lines
LEAST_AREA_PT2 = 1.2
GLOBE = pyproj.Geod(a=math.degrees(1), b=math.degrees(1))  # a sphere, with lengths in degrees
Ring = list[Point]
NAME_PT, LEAST_NAME_PT = 1.15 * PT, 10.0  # names stand a little larger than on a page
NAME_EM = 0.54
LONGEST_NAME = 60
BADGE_PT = 14 * PT  # markers of this size and more hold their text
NARROW = {"line-ew": (1.0, 0.22), "line-ns": (0.22, 1.0), "arrow": (0.75, 1.0)}
# Sides of a point in the order in which they are tried after the one that is asked for.
SIDES = (
    *("middle right", "middle left", "top right", "bottom right"),
    *("top left", "bottom left", "top center", "bottom center"),
)
ALIGNMENTS = {"right": "l", "left": "r", "center": "ctr"}


@dataclass(frozen=True)
class Plane:
    """A projection fitted to a frame: degrees to points on the slide."""

    projection: pyproj.Proj
    box: Box
    scale: float
    west: float
    north: float

    def project(self, lon: Any, lat: Any) -> np.ndarray:
        """Points on the slide, one row each."""
        x, y = self.projection(np.asarray(lon, float), np.asarray(lat, float))
        left = self.box.left + (np.asarray(x) - self.west) * self.scale
        return np.column_stack([left, self.box.top + (self.north - np.asarray(y)) * self.scale])

    def cut(self, shapes: Any) -> Any:
        """Shapes in degrees as shapes on the slide, as far as they lie in the frame."""
        drawn = shapely.transform(shapes, lambda c: self.project(c[:, 0], c[:, 1]))
        box = self.box
        return shapely.clip_by_rect(drawn, box.left, box.top, box.right, box.bottom)


@dataclass(frozen=True, kw_only=True)
class Name:
    """A name to be set beside a point of a map; all measures are in points."""

    lines: Sequence[Line]
    point: Point
    side: str  # where the figure has the name, such as "bottom left"
    gap: float
    size: float
    colour: str
    is_needed: bool  # it is set even where it meets another


def draw_map(slide: Any, figure: Any, box: Box, *, name: str, descr: str) -> None:
    """Draw a figure of choropleths and scattergeos in a box, as one group with alternative text.

    Within it are groups of sea, countries, lakes, lines, marks and names, in this order.
    """
    geo = figure.layout.geo
    plane = fit_projection(geo, box)
    drawn = [t for t in figure.data if t.type == "scattergeo" and not is_phone_only(t.meta)]
    traces = [(trace, read_marks(trace)) for trace in drawn]
    seen = [(t, *pair) for t, marks in traces for pair in _list_seen(plane, marks)]
    sea, lake = fill_xml(geo.bgcolor or LIGHT.sea), fill_xml(geo.lakecolor or LIGHT.sea)
    layers = {
        "sea": [freeform_xml("sea", cut_sea(plane), fill=sea, is_closed=True)],
        "countries": _draw_countries(plane, figure),
        "lakes": [freeform_xml("lakes", cut_lakes(plane), fill=lake, is_closed=True)],
        "lines": [shape for trace, marks in traces for shape in _draw_lines(plane, trace, marks)],
        "marks": [_draw_mark(_identify(trace, mark), mark, point) for trace, mark, point in seen],
        "names": _draw_names([(mark, point) for _, mark, point in seen], plane.box),
    }
    groups = [group_xml(f"{name} {layer}", shapes, box) for layer, shapes in layers.items()]
    place_shape(slide, group_xml(name, groups, box, descr))


def place_names(
    names: Sequence[Name], *, taken: Sequence[Box], frame: Box
) -> list[tuple[Name, Box, str]]:
    """Names with their boxes and alignment, the needed and the largest first.

    A name without room at any side of its point is left out, unless it is needed.
    """
    held, found = list(taken), []
    for name in sorted(names, key=lambda name: (not name.is_needed, -name.size)):
        sides = [(_find_box(name, side), side) for side in (name.side, *SIDES)]
        inside = [(box, side) for box, side in sides if box.lies_in(frame)]
        free = [pair for pair in inside if not touch_any(pair[0], held)]
        if free or name.is_needed:
            moved = (_move_inside(sides[0][0], frame), name.side)
            box, side = [*free, *inside, moved][0]
            held.append(box)
            found.append((name, box, ALIGNMENTS[side.split()[-1]]))
    return found


def fit_projection(geo: Any, box: Box) -> Plane:
    """The projection of a figure's map, filling a box; what lies around its frame is shown, too.

    Args:
        geo: `layout.geo` of a figure: projection, ranges of longitude and latitude; where a part is
            looked at, how much it is enlarged and its middle.
        box: Where the map stands on the slide.
    """
    lon, lat = geo.lonaxis.range or (WEST, EAST), geo.lataxis.range or (SOUTH, NORTH)
    shape, middle = geo.projection, geo.projection.rotation.lon
    around = {"lon_0": sum(lon) / 2 if middle is None else middle, "R": 1}
    if shape.type == "conic equal area":
        low, high = shape.parallels or (20, 48)
        projection = pyproj.Proj(proj="aea", lat_1=low, lat_2=high, lat_0=0, **around)
    else:
        projection = pyproj.Proj(proj="eqearth", **around)
    frame = shapely.segmentize(shapely.box(lon[0], lat[0], lon[1], lat[1]), EDGE_STEP_DEG)
    corners = shapely.get_coordinates(frame)
    x, y = projection(corners[:, 0], corners[:, 1])
    scale = float(min(box.width / np.ptp(x), box.height / np.ptp(y))) * (shape.scale or 1)
    across, up = (x.min() + x.max()) / 2, (y.min() + y.max()) / 2
    if geo.center.lon is not None:
        across, up = projection(geo.center.lon, geo.center.lat)
    west, north = across - box.width / scale / 2, up + box.height / scale / 2
    return Plane(projection, box, scale, float(west), float(north))


def cut_countries(plane: Plane) -> dict[str, list[Ring]]:
    """Country (or area of nobody) to its rings in the frame; those outside it are left out."""
    known = read_outlines("countries")
    cut = plane.cut(known.to_numpy())
    inside = ~shapely.is_empty(cut)
    polygons = [shapely.multipolygons(_list_polygons(shape)) for shape in cut[inside]]
    simple = shapely.coverage_simplify(polygons, COARSE_PT)
    drawn = {
        name: _list_rings(shape) for name, shape in zip(known.index[inside], simple, strict=True)
    }
    return {name: rings for name, rings in drawn.items() if rings}


def cut_lakes(plane: Plane) -> list[Ring]:
    """Rings of the lakes in the frame."""
    simple = shapely.simplify(plane.cut(read_outlines("lakes").to_numpy()), COARSE_PT / 2)
    return [ring for shape in simple for ring in _list_rings(shape)]


def cut_sea(plane: Plane) -> list[Ring]:
    """The part of the frame that the outlines cover."""
    covered = shapely.segmentize(shapely.box(WEST, SOUTH, EAST, NORTH), EDGE_STEP_DEG)
    return _list_rings(plane.cut(covered))


def cut_line(plane: Plane, lon: Sequence[float], lat: Sequence[float]) -> list[Ring]:
    """A line in the frame, in the parts that the frame cuts it into; geodesic between points."""
    if len(lon) < 2:
        return []
    line = plane.cut(shapely.linestrings(follow_globe(lon, lat)))
    parts = shapely.get_parts(shapely.simplify(line, FINE_PT))
    return [_list_points(part) for part in parts if not part.is_empty]


def follow_globe(lon: Sequence[float], lat: Sequence[float]) -> list[Point]:
    """A line in degrees with points added between those far apart, along great circles."""
    points: list[Point] = []
    for start, end in pairwise(zip(lon, lat, strict=True)):
        steps = int(GLOBE.inv(*start, *end)[2] // EDGE_STEP_DEG) + 1
        points += GLOBE.npts(*start, *end, steps, initial_idx=0)
    return [*points, (lon[-1], lat[-1])]


@lru_cache(maxsize=2)
def read_outlines(layer: str) -> gpd.GeoSeries:
    """The shapes of `countries` (by id) or `lakes`, in degrees; read once."""
    table = gpd.read_file(OUTLINES, layer=layer)
    return table.geometry if layer == "lakes" else table.set_index("id").geometry


def _list_seen(plane: Plane, marks: Sequence[Mark]) -> list[tuple[Mark, Point]]:
    """The points of a trace that lie in the frame, and where they stand on the slide."""
    known = [mark for mark in marks if not mark.is_gap]
    points = plane.project([mark.x for mark in known], [mark.y for mark in known])
    box = plane.box
    return [
        (mark, (float(x), float(y)))
        for mark, (x, y) in zip(known, points, strict=True)
        if box.left <= x <= box.right and box.top <= y <= box.bottom
    ]


def _draw_countries(plane: Plane, figure: Any) -> list[str]:
    """Every country in the frame, filled as the figure fills it."""
    geo = figure.layout.geo
    fills = {
        code: trace.colorscale[-1][1]
        for trace in figure.data
        if trace.type == "choropleth"
        for code in trace.locations
    }
    border = line_xml(geo.countrycolor or LIGHT.border, PT * (geo.countrywidth or 0.6))
    return [
        freeform_xml(
            f"country {code}",
            rings,
            fill=fill_xml(fills.get(code, geo.landcolor or LIGHT.land)),
            line=border,
            is_closed=True,
        )
        for code, rings in cut_countries(plane).items()
    ]


def _draw_lines(plane: Plane, trace: Any, marks: Sequence[Mark]) -> list[str]:
    """The lines of a trace: one shape for each thing that it draws, named by its id."""
    if "lines" not in (trace.mode or "lines"):
        return []
    things: dict[str, list[list[Mark]]] = defaultdict(list)
    for name, part in groupby(marks, lambda m: None if m.is_gap else _identify(trace, m)):
        if name is not None:
            things[name].append(list(part))
    is_area, opacity = trace.fill == "toself", trace.opacity or 1
    colour, width, dash = read_stroke(trace)
    line = line_xml(colour, LINE_PT * width, dash=dash, opacity=opacity)
    fill = fill_xml(trace.fillcolor if is_area else None, opacity=opacity)
    shapes = []
    for name, parts in things.items():
        ends = [([mark.x for mark in part], [mark.y for mark in part]) for part in parts]
        paths = [path for lon, lat in ends for path in cut_line(plane, lon, lat)]
        shapes.append(freeform_xml(name, paths, fill=fill, line=line, is_closed=is_area))
    return shapes


def _draw_mark(name: str, mark: Mark, point: Point) -> str:
    if not mark.is_seen:
        return ""
    size, fill, outline = mark.size, fill_xml(mark.colour, opacity=mark.opacity), mark.outline
    if is_open(mark.symbol):
        outline, fill = mark.colour, NO_FILL
    if mark.symbol in ARMED_SYMBOLS:
        size, outline = size * 1.5, None if outline == LIGHT.paper else outline
    wide, high = (size * share for share in NARROW.get(mark.symbol, (1.0, 1.0)))
    text = ""
    if _holds_text(mark):
        lines = read_markup(mark.text)
        text = text_body_xml(lines, size=max(size * 0.66, 8), colour=mark.ink, align="ctr")
    return preset_xml(
        name,
        find_symbol(mark.symbol).preset,
        Box(point[0] - wide / 2, point[1] - high / 2, wide, high),
        fill=fill,
        line=line_xml(outline, mark.width, opacity=mark.opacity),
        turn=mark.angle,
        text=text,
    )


def _draw_names(marks: Sequence[tuple[Mark, Point]], frame: Box) -> list[str]:
    """Names of points as text boxes, none upon another or upon the point of an actor."""
    taken = [
        Box(x - mark.size / 2, y - mark.size / 2, mark.size, mark.size)
        for mark, (x, y) in marks
        if mark.is_seen and (mark.text or list(mark.custom[:1]) == ["actor"])
    ]
    named = [(mark, point) for mark, point in marks if mark.text and not _holds_text(mark)]
    names = [_read_name(mark, point) for mark, point in named]
    return [
        text_box_xml(
            " ".join(join_runs(line) for line in name.lines),
            box,
            text_body_xml(
                name.lines, size=name.size, colour=name.colour, align=align, glow=LIGHT.paper
            ),
        )
        for name, box, align in place_names(names, taken=taken, frame=frame)
    ]


def _read_name(mark: Mark, point: Point) -> Name:
    lines = read_markup(mark.text)
    return Name(
        lines=[
            tuple(replace(run, text=shorten(run.text, LONGEST_NAME)) for run in runs)
            for runs in lines
        ],
        point=point,
        side=mark.position or "middle right",
        gap=mark.size / 2 + 2,
        size=max(mark.text_size * NAME_PT, LEAST_NAME_PT),
        colour=mark.ink,
        is_needed=any(run.is_bold for runs in lines for run in runs),
    )


def _holds_text(mark: Mark) -> bool:
    """Whether the text of a point stands within its marker."""
    return bool(mark.text) and mark.size >= BADGE_PT and mark.position == "middle center"


def _identify(trace: Any, mark: Mark) -> str:
    """Kind and id of what a point belongs to; the name of the trace where it has none."""
    return " ".join(map(str, mark.custom[:2])) if len(mark.custom) > 1 else trace.name or "line"


def _find_box(name: Name, side: str) -> Box:
    """The ground that a name takes at one side of its point."""
    height, across = side.split()
    wide, high = measure_lines(name.lines, name.size, em=NAME_EM)
    x, y = name.point
    left = {"right": x + name.gap, "left": x - name.gap - wide, "center": x - wide / 2}[across]
    away = name.gap * (1.0 if across == "center" else 0.4)
    top = {"top": y - high - away, "middle": y - high / 2, "bottom": y + away}[height]
    return Box(left, top, wide, high)


def _move_inside(box: Box, frame: Box) -> Box:
    left = max(min(box.left, frame.right - box.width), frame.left)
    top = max(min(box.top, frame.bottom - box.height), frame.top)
    return Box(left, top, box.width, box.height)


def _list_polygons(shape: Any) -> list[Any]:
    parts = shapely.get_parts(shapely.get_parts(shape))
    return list(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])


def _list_rings(shape: Any) -> list[Ring]:
    """Rings of all polygons that can be seen; of a country that is tiny, the largest."""
    polygons = sorted(_list_polygons(shape), key=lambda part: -part.area)
    seen = polygons[:1] + [part for part in polygons[1:] if part.area >= LEAST_AREA_PT2]
    return [
        _list_points(ring)
        for part in seen
        for ring in (part.exterior, *part.interiors)
        if not ring.is_empty
    ]


def _list_points(line: Any) -> Ring:
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(line)]
