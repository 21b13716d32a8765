"""Areas that the basemap leaves to nobody: outlines, hatch lines, borders by neighbour."""

import json
import math
from pathlib import Path
from typing import Any

import shapely
from shapely import LineString, MultiLineString
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

AREAS = ("XAC", "XAP", "XJK")
SPACING_DEG = 0.7
DECIMALS = 3
LEAST_STROKE_DEG = 0.1


def disputed_areas(countries: list[dict[str, Any]]) -> dict[str, Any]:
    """A GeoJSON collection with an `outline` and a `hatch` an area, and a `border` a neighbour.

    Args:
        countries: entries with `id` and `geometry`, as the basemap has them.

    Returns:
        Features with `area_id`, `kind` and `neighbour_id`, which is empty but for borders.
    """
    shapes = {entry["id"]: entry["geometry"] for entry in countries}
    features = []
    for area in AREAS:
        features.append(_feature(area, "outline", shapes[area]))
        features.append(_feature(area, "hatch", hatch(shapes[area])))
        features += [
            _feature(area, "border", line, neighbour=neighbour)
            for neighbour, line in borders(area, shapes).items()
        ]
    return {"type": "FeatureCollection", "features": features}


def borders(area: str, shapes: dict[str, BaseGeometry]) -> dict[str, MultiLineString]:
    """Neighbour of an area to the line that both share; the sea is no neighbour."""
    edge = shapes[area].boundary
    near = [name for name in sorted(shapes) if name != area and edge.intersects(shapes[name])]
    shared = {name: _lines(edge.intersection(shapes[name].boundary)) for name in near}
    return {name: line for name, line in shared.items() if line.length >= LEAST_STROKE_DEG}


def _lines(shape: BaseGeometry) -> MultiLineString:
    """The lines of a geometry, joined where they meet; points where areas touch are left out."""
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, LineString)]
    merged = shapely.line_merge(MultiLineString(parts))
    return MultiLineString(list(shapely.get_parts(merged)))


def hatch(area: BaseGeometry, *, spacing: float = SPACING_DEG) -> MultiLineString:
    """Diagonal lines inside `area`, rising to the east, `spacing` degrees apart.

    The lines lie on one grid for all areas, so that neighbours are hatched in step.
    """
    west, south, east, north = area.bounds
    step = spacing * math.sqrt(2)
    first, last = math.floor((south - east) / step), math.ceil((north - west) / step)
    rulings = [
        LineString([(west, west + place * step), (east, east + place * step)])
        for place in range(first, last + 1)
    ]
    strokes = shapely.get_parts(shapely.intersection(MultiLineString(rulings), area))
    return MultiLineString([stroke for stroke in strokes if stroke.length >= LEAST_STROKE_DEG])


def write_geojson(collection: dict[str, Any], path: Path) -> Path:
    """Write a GeoJSON collection to `path`, one feature a line, so that changes can be read."""
    lines = [json.dumps(feature, ensure_ascii=False) for feature in collection["features"]]
    text = '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def _feature(area: str, kind: str, shape: BaseGeometry, *, neighbour: str = "") -> dict[str, Any]:
    geometry = mapping(shape)
    return {
        "type": "Feature",
        "properties": {"area_id": area, "kind": kind, "neighbour_id": neighbour},
        "geometry": {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])},
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, float | int):
        return round(value, DECIMALS)
    return [_rounded(part) for part in value]
