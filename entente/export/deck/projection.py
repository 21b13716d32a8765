"""Outlines of countries, and lines on the globe, projected and cut to a frame on the slide."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import pyproj
import shapely

from entente.export.deck.shapes import Point
from entente.settings import HOME
from entente.style.text import Box

OUTLINES = HOME / "assets" / "topojson" / "world_50m.json"
# What the outlines cover, in degrees; see `entente.build.basemap`.
WEST, SOUTH, EAST, NORTH = -25.0, -42.0, 155.0, 75.0
EDGE_STEP_DEG = 2.0
COARSE_PT, FINE_PT = 0.9, 0.25  # finer detail is left out, of outlines and of lines
LEAST_AREA_PT2 = 1.2
GLOBE = pyproj.Geod(a=math.degrees(1), b=math.degrees(1))  # a sphere, with lengths in degrees
Ring = list[Point]


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


def _list_polygons(shape: Any) -> list[Any]:
    """The polygons in a shape of any type."""
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
