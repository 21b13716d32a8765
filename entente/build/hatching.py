"""Areas that the basemap leaves to nobody: their outlines and the hatch lines drawn over them."""

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
    """A GeoJSON collection with two features an area: `kind` is `outline` or `hatch`.

    Args:
        countries: entries with `id` and `geometry`, as the basemap has them.
    """
    shapes = {entry["id"]: entry["geometry"] for entry in countries}
    features = []
    for area in AREAS:
        features.append(_feature(area, "outline", shapes[area]))
        features.append(_feature(area, "hatch", hatch(shapes[area])))
    return {"type": "FeatureCollection", "features": features}


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


def _feature(area: str, kind: str, shape: BaseGeometry) -> dict[str, Any]:
    geometry = mapping(shape)
    return {
        "type": "Feature",
        "properties": {"area_id": area, "kind": kind},
        "geometry": {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])},
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, float | int):
        return round(value, DECIMALS)
    return [_rounded(part) for part in value]
