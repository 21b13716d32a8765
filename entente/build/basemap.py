"""The basemap and the hatching of disputed areas, from the outlines of the United Nations.

The outlines come in the npm package `plotly.js`, as one TopoJSON file whose objects plotly.js knows
by name. Countries, land and lakes, which are all that a map draws, are clipped to a region,
simplified and quantised. Countries are simplified together, as a coverage, so that neighbours keep
one border and no gap opens; land is then taken from the simplified countries. Areas that the
outlines leave to nobody get outlines, hatch lines, and their borders by neighbour.
"""

import hashlib
import json
import math
import os
import re
import subprocess
import tarfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

SPACING_DEG = 0.7
DECIMALS = 3
LEAST_STROKE_DEG = 0.1


def draw_areas(countries: list[dict[str, Any]], area_ids: Sequence[str]) -> dict[str, Any]:
    """A GeoJSON collection with an `outline` and a `hatch` an area, and a `border` a neighbour.

    Args:
        countries: entries with `id` and `geometry`, as the basemap has them.
        area_ids: which of the entries are areas that belong to nobody.

    Returns:
        Features with `area_id`, `kind` and `neighbour_id`, which is empty but for borders.
    """
    shapes = {entry["id"]: entry["geometry"] for entry in countries}
    features = []
    for area in sorted(area_ids):
        features.append(_feature(area, "outline", shapes[area]))
        features.append(_feature(area, "hatch", draw_hatching(shapes[area])))
        features += [
            _feature(area, "border", line, neighbour=neighbour)
            for neighbour, line in find_borders(area, shapes).items()
        ]
    return {"type": "FeatureCollection", "features": features}


def find_borders(area: str, shapes: dict[str, BaseGeometry]) -> dict[str, MultiLineString]:
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


def draw_hatching(area: BaseGeometry, *, spacing: float = SPACING_DEG) -> MultiLineString:
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


def format_geojson(collection: dict[str, Any]) -> str:
    """A GeoJSON collection as text, one feature a line, so that changes can be read."""
    lines = [json.dumps(feature, ensure_ascii=False) for feature in collection["features"]]
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"


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


PACKAGE = "plotly.js"
VERSION = "4.1.1"
MEMBER = "package/dist/plotly-geo-assets.js"
SHA256 = "e89b4d6d2308d0e662592614823c3a442cd7f537a633987137efac0e882f5508"
TOPOLOGY = "world_50m"

_KEY = re.compile(r"([{,]\s*)([A-Za-z_]\w*):")

Line = list[tuple[float, float]]


def cache_folder() -> Path:
    """The folder for what is fetched: ENTENTE_BUILD_CACHE, or `.cache/build` in the repository."""
    named = os.environ.get("ENTENTE_BUILD_CACHE")
    return Path(named) if named else Path(__file__).parents[2] / ".cache" / "build"


def fetch_outlines(cache: Path) -> Path:
    """Give the path of the outlines file in `cache`, fetching it by npm when it is not there.

    Raises:
        ValueError: when the file is not the one that this code was written for.
        subprocess.CalledProcessError: when npm fails.
    """
    path = cache / f"plotly-geo-assets-{VERSION}.js"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_pack_member(cache))
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise ValueError(f"{path} is not {MEMBER} of {PACKAGE} {VERSION}; delete it and try again.")
    return path


def _pack_member(cache: Path) -> bytes:
    command = ["npm", "pack", f"{PACKAGE}@{VERSION}", "--pack-destination", str(cache), "--silent"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    tarball = cache / f"{PACKAGE}-{VERSION}.tgz"
    with tarfile.open(tarball) as archive:
        member = archive.extractfile(MEMBER)
        if member is None:
            raise ValueError(f"{tarball} has no {MEMBER}.")
        content = member.read()
    tarball.unlink()
    return content


def read_topology(path: Path, *, name: str = TOPOLOGY) -> dict[str, Any]:
    """Read the TopoJSON object `name` out of the JavaScript file at `path`.

    Raises:
        ValueError: when the file has no such object.
    """
    script = path.read_text(encoding="utf-8")
    marker = f'"dist/topojson/{name}.json"(exports, module) {{\n      module.exports = '
    _, found, rest = script.partition(marker)
    if not found:
        raise ValueError(f"{path} has no topology {name}.")
    literal = rest[: rest.index(";\n")]
    topology: dict[str, Any] = json.loads(_KEY.sub(r'\1"\2":', literal))
    return topology


def read_layer(topology: dict[str, Any], *, name: str) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Each geometry of the object `name` with its TopoJSON entry (which has `id`, `properties`)."""
    arcs = _absolute_arcs(topology)
    entries = topology["objects"][name]["geometries"]
    return [(entry, shape(_geometry(entry, arcs))) for entry in entries]


def _absolute_arcs(topology: dict[str, Any]) -> list[np.ndarray]:
    scale = np.array(topology["transform"]["scale"])
    translate = np.array(topology["transform"]["translate"])
    return [np.cumsum(np.array(arc), axis=0) * scale + translate for arc in topology["arcs"]]


def _geometry(entry: dict[str, Any], arcs: list[np.ndarray]) -> dict[str, Any]:
    depth = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}
    coordinates = _stitch(entry["arcs"], arcs, depth[entry["type"]])
    return {"type": entry["type"], "coordinates": coordinates}


def _stitch(indices: list[Any], arcs: list[np.ndarray], depth: int) -> Any:
    """Join arcs into lines, `depth` levels down; a negative index is an arc run backwards."""
    if depth:
        return [_stitch(part, arcs, depth - 1) for part in indices]
    line: Line = []
    for number in indices:
        index = int(number)  # the file writes round numbers as 1e3, which JSON reads as a float
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points = [(float(x), float(y)) for x, y in arc]
        line.extend(points[1:] if line else points)
    return _unwrapped(line)


def _unwrapped(line: Line) -> Line:
    """Keep a line that crosses the antimeridian in one piece, with longitudes above 180."""
    crosses = any(abs(a[0] - b[0]) > 180 for a, b in pairwise(line))
    return [(x + 360 if x < 0 else x, y) for x, y in line] if crosses else line


FILE_NAME = "world_50m.json"
LARGEST_BYTES = 450_000
GRID_STEPS = 36_000
TOLERANCE_DEG = 0.014
LEAST_ISLAND_DEG2 = 0.003
LEAST_LAKE_DEG2 = 0.05
FRAME_STEP_DEG = 5.0

Layers = dict[str, list[dict[str, Any]]]


def build_basemap(topology: dict[str, Any], frame: Polygon) -> dict[str, Any]:
    """Turn the outlines of the world into the basemap, as a TopoJSON object.

    Args:
        topology: TopoJSON with the objects of plotly.js (countries, lakes, …).
        frame: The part of the earth that it covers.
    """
    layers = make_surfaces(simplify_countries(topology, frame))
    return encode({**layers, "lakes": _plain(_lakes(topology, frame))})


def make_region(west: float, south: float, east: float, north: float) -> Polygon:
    """A rectangle, in degrees.

    It has many points, because d3 draws a long edge along a parallel as a great circle.
    """
    return shapely.segmentize(shapely.box(west, south, east, north), FRAME_STEP_DEG)


def format_basemap(topology: dict[str, Any]) -> str:
    """The basemap as compact text; raises ValueError when it has grown too large."""
    text = json.dumps(topology, separators=(",", ":")) + "\n"
    if len(text) > LARGEST_BYTES:
        raise ValueError(f"The basemap has {len(text)} bytes; at most {LARGEST_BYTES} are allowed.")
    return text


def simplify_countries(topology: dict[str, Any], frame: Polygon) -> list[dict[str, Any]]:
    """Countries and areas of nobody, one entry an id: `id`, `properties`, `geometry`."""
    pieces: dict[str, list[BaseGeometry]] = {}
    centres: dict[str, Any] = {}
    for entry, outline in read_layer(topology, name="countries"):
        pieces.setdefault(entry["id"], []).append(shapely.intersection(outline, frame))
        centres.setdefault(entry["id"], entry.get("properties", {}))
    whole = {name: shapely.union_all(parts) for name, parts in sorted(pieces.items())}
    kept = {name: drop_islets(shape) for name, shape in whole.items() if shape.area > 0}
    simple = shapely.coverage_simplify(list(kept.values()), TOLERANCE_DEG)
    return [
        {"id": name, "properties": centres[name], "geometry": shape}
        for name, shape in zip(kept, simple, strict=True)
    ]


def drop_islets(shape: BaseGeometry) -> MultiPolygon:
    """The polygons of `shape` that a map of this scale can show; always the largest of them."""
    polygons = sorted(list_polygons(shape), key=lambda polygon: -polygon.area)
    shown = [part for part in polygons[1:] if part.area >= LEAST_ISLAND_DEG2]
    return MultiPolygon(polygons[:1] + shown)


def list_polygons(shape: BaseGeometry) -> list[Polygon]:
    """The polygons in a geometry of any type; lines and points are left out."""
    return [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]


def make_surfaces(countries: list[dict[str, Any]]) -> Layers:
    """Countries and land, of one and the same set of lines."""
    land = shapely.coverage_union_all([country["geometry"] for country in countries])
    return {"countries": countries, "land": _plain([land])}


def _plain(shapes: list[Any]) -> list[dict[str, Any]]:
    return [{"geometry": shape} for shape in shapes if not shape.is_empty]


def _lakes(topology: dict[str, Any], frame: Polygon) -> list[BaseGeometry]:
    outlines = [shape for _, shape in read_layer(topology, name="lakes")]
    clipped = [shapely.intersection(shapely.make_valid(shape), frame) for shape in outlines]
    large = [shape for shape in clipped if shape.area >= LEAST_LAKE_DEG2]
    return [shapely.simplify(shape, TOLERANCE_DEG) for shape in large]


def encode(layers: Layers) -> dict[str, Any]:
    """Encode layers as quantised TopoJSON in which lines that they share stand once."""
    from topojson.core.topology import Topology  # the running app does not have it

    entries = [(name, entry) for name in sorted(layers) for entry in layers[name]]
    shapes = [entry["geometry"] for _, entry in entries]
    built = Topology(shapes, prequantize=GRID_STEPS).to_dict()
    lines = [np.cumsum(np.array(arc), axis=0) for arc in built["arcs"]]
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


def _wound(kind: str, arcs: list[Any], lines: list[np.ndarray]) -> list[Any]:
    """Turn rings so that outer ones run clockwise; d3 takes others for the rest of the globe."""
    if kind == "MultiPolygon":
        return [_wound("Polygon", polygon, lines) for polygon in arcs]
    if kind != "Polygon":
        return arcs
    return [
        [~i for i in reversed(ring)] if _is_ccw(ring, lines) == (place == 0) else ring
        for place, ring in enumerate(arcs)
    ]


def _is_ccw(ring: list[int], lines: list[np.ndarray]) -> bool:
    points = np.concatenate([lines[i] if i >= 0 else lines[~i][::-1] for i in ring])
    return bool(shapely.is_ccw(shapely.linearrings(points)))
