"""Country outlines as the npm package `plotly.js` carries them, read as plain geometries.

The package holds the UN Geodata outlines as TopoJSON inside a JavaScript file. The file is fetched
by the ordinary npm client into a cache folder and checked against a known SHA-256; it is parsed as
text, never run.
"""

import hashlib
import json
import os
import re
import subprocess
import tarfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

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


def layer(topology: dict[str, Any], *, name: str) -> list[tuple[dict[str, Any], BaseGeometry]]:
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
