"""The basemap: UN outlines clipped to Europe, Africa and Asia, simplified and quantised.

plotly.js draws its layers from one TopoJSON file whose objects it knows by name. Countries are
simplified together, as a coverage, so that neighbours keep one border and no gap opens; land, ocean
and coastlines are then taken from the simplified countries, so that all layers agree.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from entente.build.outlines import layer

FILE_NAME = "world_50m.json"
LARGEST_BYTES = 450_000
WEST, SOUTH, EAST, NORTH = -25.0, -42.0, 155.0, 75.0
GRID_STEPS = 36_000
TOLERANCE_DEG = 0.014
RIVER_TOLERANCE_DEG = 0.03
LEAST_ISLAND_DEG2 = 0.003
LEAST_LAKE_DEG2 = 0.05
LEAST_RIVER_DEG = 3.0
FRAME_STEP_DEG = 5.0

Layers = dict[str, list[dict[str, Any]]]


def build_basemap(topology: dict[str, Any]) -> dict[str, Any]:
    """Turn the outlines of the world into the basemap, as a TopoJSON object.

    Args:
        topology: TopoJSON with the objects of plotly.js (countries, lakes, rivers, …).
    """
    frame = region()
    layers = surfaces(simplified_countries(topology, frame), frame)
    layers["lakes"] = _plain(_lakes(topology, frame))
    layers["rivers"] = _plain(_rivers(topology, frame))
    layers["subunits"] = []
    return encode(layers)


def region() -> Polygon:
    """The rectangle that the basemap covers.

    It has many points, because d3 draws a long edge along a parallel as a great circle.
    """
    return shapely.segmentize(shapely.box(WEST, SOUTH, EAST, NORTH), FRAME_STEP_DEG)


def write_basemap(topology: dict[str, Any], path: Path) -> Path:
    """Write the basemap to `path`, compact; raise ValueError when it has grown too large."""
    text = json.dumps(topology, separators=(",", ":")) + "\n"
    if len(text) > LARGEST_BYTES:
        raise ValueError(f"The basemap has {len(text)} bytes; at most {LARGEST_BYTES} are allowed.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def simplified_countries(topology: dict[str, Any], frame: Polygon) -> list[dict[str, Any]]:
    """Countries and areas of nobody, one entry an id: `id`, `properties`, `geometry`."""
    pieces: dict[str, list[BaseGeometry]] = {}
    centres: dict[str, Any] = {}
    for entry, outline in layer(topology, name="countries"):
        pieces.setdefault(entry["id"], []).append(shapely.intersection(outline, frame))
        centres.setdefault(entry["id"], entry.get("properties", {}))
    whole = {name: shapely.union_all(parts) for name, parts in sorted(pieces.items())}
    kept = {name: without_islets(shape) for name, shape in whole.items() if shape.area > 0}
    simple = shapely.coverage_simplify(list(kept.values()), TOLERANCE_DEG)
    return [
        {"id": name, "properties": centres[name], "geometry": shape}
        for name, shape in zip(kept, simple, strict=True)
    ]


def without_islets(shape: BaseGeometry) -> MultiPolygon:
    """The polygons of `shape` that a map of this scale can show; always the largest of them."""
    polygons = sorted(polygons_of(shape), key=lambda polygon: -polygon.area)
    shown = [part for part in polygons[1:] if part.area >= LEAST_ISLAND_DEG2]
    return MultiPolygon(polygons[:1] + shown)


def polygons_of(shape: BaseGeometry) -> list[Polygon]:
    """The polygons in a geometry of any type; lines and points are left out."""
    return [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]


def surfaces(countries: list[dict[str, Any]], frame: Polygon) -> Layers:
    """Countries, land, ocean and coastlines, all of one and the same set of lines."""
    land = shapely.coverage_union_all([country["geometry"] for country in countries])
    ocean = shapely.difference(frame, land)
    shore = shapely.difference(land.boundary, frame.boundary)
    return {
        "coastlines": _plain([shapely.line_merge(shore)]),
        "countries": countries,
        "land": _plain([land]),
        "ocean": _plain([ocean]),
    }


def _plain(shapes: list[Any]) -> list[dict[str, Any]]:
    return [{"geometry": shape} for shape in shapes if not shape.is_empty]


def _lakes(topology: dict[str, Any], frame: Polygon) -> list[BaseGeometry]:
    outlines = [shape for _, shape in layer(topology, name="lakes")]
    clipped = [shapely.intersection(shapely.make_valid(shape), frame) for shape in outlines]
    large = [shape for shape in clipped if shape.area >= LEAST_LAKE_DEG2]
    return [shapely.simplify(shape, TOLERANCE_DEG) for shape in large]


def _rivers(topology: dict[str, Any], frame: Polygon) -> list[BaseGeometry]:
    courses = [shape for _, shape in layer(topology, name="rivers")]
    clipped = [shapely.intersection(shape, frame) for shape in courses]
    long = [shape for shape in clipped if shape.length >= LEAST_RIVER_DEG]
    return [shapely.simplify(shape, RIVER_TOLERANCE_DEG) for shape in long]


def encode(layers: Layers) -> dict[str, Any]:
    """Encode layers as quantised TopoJSON in which lines that they share stand once."""
    from topojson.core.topology import (
        Topology,
    )  # a build requirement; the running app does not have it

    entries = [(name, entry) for name in sorted(layers) for entry in layers[name]]
    shapes = [entry["geometry"] for _, entry in entries]
    built = Topology(shapes, prequantize=GRID_STEPS).to_dict()
    lines = [_vertices(arc) for arc in built["arcs"]]
    objects: dict[str, Any] = {
        name: {"type": "GeometryCollection", "geometries": []} for name in sorted(layers)
    }
    encoded = built["objects"]["data"]["geometries"]
    for (name, entry), geometry in zip(entries, encoded, strict=True):
        named = {key: value for key, value in entry.items() if key != "geometry"}
        arcs = _wound(geometry["type"], geometry["arcs"], lines)
        objects[name]["geometries"].append({**named, "type": geometry["type"], "arcs": arcs})
    return {
        "type": "Topology",
        "transform": built["transform"],
        "objects": objects,
        "arcs": built["arcs"],
    }


def _vertices(arc: list[list[int]]) -> np.ndarray:
    return np.cumsum(np.array(arc), axis=0)


def _wound(kind: str, arcs: list[Any], lines: list[np.ndarray]) -> list[Any]:
    """Turn rings so that outer ones run clockwise; d3 takes others for the rest of the globe."""
    if kind == "MultiPolygon":
        return [_wound("Polygon", polygon, lines) for polygon in arcs]
    if kind != "Polygon":
        return arcs
    return [
        ring if (_signed_area(ring, lines) < 0) == (place == 0) else [~i for i in reversed(ring)]
        for place, ring in enumerate(arcs)
    ]


def _signed_area(ring: list[int], lines: list[np.ndarray]) -> float:
    """Twice the area within a ring of arcs, in grid cells; below zero when it runs clockwise."""
    points = np.concatenate([lines[i] if i >= 0 else lines[~i][::-1] for i in ring])
    x, y = points[:, 0], points[:, 1]
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))
