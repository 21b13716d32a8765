"""Outlines of countries, and lines on the globe, projected and cut to a frame on the slide."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import pyproj
import shapely

from entente.dossier.store import HOME
from entente.export.deck.drawingml import Box, Point
from entente.export.deck.plotly_fields import nested

OUTLINES = HOME / "assets" / "topojson" / "world_50m.json"
# What the outlines cover, in degrees; see `entente.build.basemap`.
WEST, SOUTH, EAST, NORTH = -25.0, -42.0, 155.0, 75.0
EDGE_STEP_DEG = 2.0
COARSE_PT = 0.9  # detail finer than this is left out of outlines, and
FINE_PT = 0.25  # finer than this, out of lines
LEAST_AREA_PT2 = 1.2


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

    def shapes(self, shapes: Any) -> Any:
        """Shapes in degrees as shapes on the slide, not cut."""
        return shapely.transform(shapes, lambda c: self.project(c[:, 0], c[:, 1]))

    def cut(self, shapes: Any) -> Any:
        """What of shapes on the slide lies in the frame."""
        return shapely.clip_by_rect(
            shapes, self.box.left, self.box.top, self.box.right, self.box.bottom
        )


def fit_projection(geo: Mapping[str, Any], box: Box) -> Plane:
    """The projection of a figure's map, filling a box; what lies around its frame is shown, too.

    Args:
        geo: `layout.geo` of a figure: projection, ranges of longitude and latitude.
        box: Where the map stands on the slide.
    """
    lon, lat = (
        nested(geo, axis, "range", default=whole)
        for axis, whole in (("lonaxis", (WEST, EAST)), ("lataxis", (SOUTH, NORTH)))
    )
    project = _projection(geo, sum(lon) / 2)
    frame = shapely.segmentize(shapely.box(lon[0], lat[0], lon[1], lat[1]), EDGE_STEP_DEG)
    corners = shapely.get_coordinates(frame)
    x, y = project(corners[:, 0], corners[:, 1])
    scale = min(box.width / np.ptp(x), box.height / np.ptp(y))
    middle = ((x.min() + x.max()) / 2, (y.min() + y.max()) / 2)
    west = middle[0] - box.width / scale / 2
    return Plane(project, box, float(scale), float(west), float(middle[1] + box.height / scale / 2))


def cut_countries(plane: Plane) -> dict[str, list[list[Point]]]:
    """Country (or area of nobody) to its rings in the frame; those outside it are left out."""
    known = read_outlines()["countries"]
    cut = plane.cut(plane.shapes(np.array(list(known.values()), dtype=object)))
    inside = ~shapely.is_empty(cut)
    names = [name for name, is_in in zip(known, inside, strict=True) if is_in]
    polygons = [shapely.multipolygons(list_polygons(shape)) for shape in cut[inside]]
    simple = shapely.coverage_simplify(polygons, COARSE_PT)
    drawn = {name: _rings(shape) for name, shape in zip(names, simple, strict=True)}
    return {name: rings for name, rings in drawn.items() if rings}


def cut_lakes(plane: Plane) -> list[list[Point]]:
    """Rings of the lakes in the frame."""
    cut = plane.cut(plane.shapes(np.array(list(read_outlines()["lakes"].values()), dtype=object)))
    simple = shapely.simplify(cut, COARSE_PT / 2)
    return [ring for shape in simple for ring in _rings(shape)]


def cut_sea(plane: Plane) -> list[list[Point]]:
    """The part of the frame that the outlines cover."""
    covered = shapely.segmentize(shapely.box(WEST, SOUTH, EAST, NORTH), EDGE_STEP_DEG)
    return _rings(plane.cut(plane.shapes(covered)))


def cut_line(plane: Plane, lon: Sequence[float], lat: Sequence[float]) -> list[list[Point]]:
    """A line in the frame, in the parts that the frame cuts it into; geodesic between points."""
    if len(lon) < 2:
        return []
    x, y = follow_globe(lon, lat)
    line = shapely.simplify(plane.cut(shapely.linestrings(plane.project(x, y))), FINE_PT)
    return [_as_points(part) for part in shapely.get_parts(line) if not part.is_empty]


def follow_globe(lon: Sequence[float], lat: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """A line with points added between those that are far apart, along great circles."""
    turned, raised = np.radians(lon), np.radians(lat)
    at = np.column_stack(
        [np.cos(raised) * np.cos(turned), np.cos(raised) * np.sin(turned), np.sin(raised)]
    )
    parts = []
    for one, other in pairwise(at):
        angle = math.acos(float(np.clip(one @ other, -1, 1)))
        share = np.linspace(0, 1, int(math.degrees(angle) // EDGE_STEP_DEG) + 1, endpoint=False)
        flat = one + np.outer(share, other - one)
        parts.append(flat / np.linalg.norm(flat, axis=1, keepdims=True))
    x, y, z = np.vstack([*parts, at[-1:]]).T
    return np.degrees(np.arctan2(y, x)), np.degrees(np.arcsin(np.clip(z, -1, 1)))


@lru_cache(maxsize=1)
def read_outlines() -> dict[str, dict[str, Any]]:
    """Name of a layer (`countries`, `lakes`) to its shapes by id, in degrees; read once."""
    topology = json.loads(OUTLINES.read_text(encoding="utf-8"))
    scale, shift = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]
    return {
        name: {
            str(item.get("id", place)): _shape(item, arcs)
            for place, item in enumerate(topology["objects"][name]["geometries"])
        }
        for name in ("countries", "lakes")
    }


def list_polygons(shape: Any) -> list[Any]:
    """The polygons in a shape of any type."""
    return [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"] or [
        inner
        for part in shapely.get_parts(shape)
        if part.geom_type in ("MultiPolygon", "GeometryCollection")
        for inner in list_polygons(part)
    ]


def _shape(item: Mapping[str, Any], arcs: Sequence[np.ndarray]) -> Any:
    parts = item["arcs"] if item["type"] == "MultiPolygon" else [item["arcs"]]
    return shapely.multipolygons(
        [
            shapely.Polygon(_ring(rings[0], arcs), [_ring(ring, arcs) for ring in rings[1:]])
            for rings in parts
        ]
    )


def _ring(numbers: Sequence[int], arcs: Sequence[np.ndarray]) -> Any:
    """Arcs joined to a ring; a negative number is an arc that runs backwards."""
    runs = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return shapely.linearrings(np.vstack([runs[0], *(run[1:] for run in runs[1:])]))


def _projection(geo: Mapping[str, Any], middle: float) -> pyproj.Proj:
    turned = float(nested(geo, "projection", "rotation", "lon", default=middle))
    if nested(geo, "projection", "type") == "conic equal area":
        low, high = nested(geo, "projection", "parallels", default=(20, 48))
        return pyproj.Proj(proj="aea", lat_1=low, lat_2=high, lat_0=0, lon_0=turned, R=1)
    return pyproj.Proj(proj="eqearth", lon_0=turned, R=1)


def _rings(shape: Any) -> list[list[Point]]:
    """Rings of all polygons that can be seen; of a country that is tiny, the largest."""
    polygons = sorted(list_polygons(shape), key=lambda part: -part.area)
    seen = polygons[:1] + [part for part in polygons[1:] if part.area >= LEAST_AREA_PT2]
    return [
        _as_points(ring)
        for part in seen
        for ring in (part.exterior, *part.interiors)
        if not ring.is_empty
    ]


def _as_points(line: Any) -> list[Point]:
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(line)]
