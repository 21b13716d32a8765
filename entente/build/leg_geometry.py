"""Lines for the legs of the transport network, from real sea lanes, railways and roads.

A leg is drawn along the network of its mode. Where that network has a hole, does not reach the
place, or strays more than `LARGEST_DETOUR` times the great circle, the leg is drawn as a geodesic,
through the via points of `leg_ways.csv` where somebody has set them, and its note says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely import LineString

from entente.build.network import (
    GEOD,
    Network,
    Point,
    Way,
    highways,
    length_km,
    railways,
    sea_lanes,
    shortest_way,
)

WAYS = Path(__file__).with_name("leg_ways.csv")
LARGEST_DETOUR = 1.8
LARGEST_CONNECTOR_SHARE = 0.25
FREE_CONNECTOR_KM = 15.0
FAR_CONNECTOR_KM = 60.0
GEODESIC_STEP_KM = 100.0
TOLERANCE_DEG = 0.008
DECIMALS = 3

NETWORKS: dict[str, tuple[str, Callable[[], Network]]] = {
    "deep-sea": ("searoute", sea_lanes),
    "short-sea": ("searoute", sea_lanes),
    "rail": ("scgraph-rail", railways),
    "road": ("scgraph-road", highways),
}
LICENCES = {
    "searoute": "Apache-2.0",
    "scgraph-rail": "ODbL-1.0",
    "scgraph-road": "ODbL-1.0",
    "geodesic": "CC-BY-4.0",
}


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """The line of a leg, full of detail, and where it comes from."""

    way: Way
    basis_code: str
    note: str


def read_table(path: Path) -> pd.DataFrame:
    """Read a CSV file as text; empty cells are empty strings."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def leg_features(nodes: pd.DataFrame, legs: pd.DataFrame, ways: pd.DataFrame) -> dict[str, Any]:
    """A GeoJSON collection with one line a leg, sorted by `leg_id`.

    Args:
        nodes: rows with `node_id`, `lat`, `lon`.
        legs: rows with `leg_id`, `from_node_id`, `to_node_id`, `mode_code`.
        ways: what somebody has set: `leg_id`, `via` points, `reason`, and `basis_code`, which is
            `geodesic`, or the basis of a network to be trusted in spite of a hole, or empty.
    """
    places = {row["node_id"]: (float(row["lon"]), float(row["lat"])) for row in _rows(nodes)}
    set_ways = {row["leg_id"]: row for row in _rows(ways)}
    features = []
    for leg in _rows(legs.sort_values("leg_id")):
        stops = [places[leg["from_node_id"]], places[leg["to_node_id"]]]
        drawn = drawn_leg(leg["mode_code"], stops, set_ways.get(leg["leg_id"], {}))
        features.append(_feature(leg["leg_id"], drawn))
    return {"type": "FeatureCollection", "features": features}


def _rows(table: pd.DataFrame) -> list[dict[str, str]]:
    return [
        {str(name): str(value) for name, value in row.items()} for row in table.to_dict("records")
    ]


def drawn_leg(mode: str, stops: list[Point], set_way: dict[str, str]) -> Drawn:
    """Draw a leg from the first to the last of `stops`, by way of the via points in `set_way`."""
    stops = [stops[0], *_via_points(set_way.get("via", "")), stops[-1]]
    reason = set_way.get("reason", "")
    if mode not in NETWORKS:
        return _straight(stops, reason or "No network for this mode: a straight line.")
    if set_way.get("basis_code") == "geodesic":
        return _straight(stops, reason)
    basis, network = NETWORKS[mode]
    ways = [shortest_way(network(), *pair) for pair in pairwise(stops)]
    fault = _fault(ways, stops, is_land=basis != "searoute")
    if fault and set_way.get("basis_code") != basis:
        return _straight(stops, reason or f"{fault}: a straight line.")
    joined = [stops[0], *(point for way in ways for point in (way or [])[1:])]
    return Drawn(way=joined, basis_code=basis, note=reason or _connector_note(joined))


def _via_points(text: str) -> list[Point]:
    pairs = [pair.split() for pair in text.split(";") if pair.strip()]
    return [(float(lon), float(lat)) for lon, lat in pairs]


def _fault(ways: list[Way | None], stops: list[Point], *, is_land: bool) -> str:
    """Why the ways found cannot stand for the leg; empty when they can."""
    found = [way for way in ways if way is not None]
    if len(found) < len(ways):
        return "The network has no way between the places"
    total = sum(length_km(way) for way in found)
    if total > LARGEST_DETOUR * length_km(stops):
        return f"The network way of {total:.0f} km is a detour"
    ends = length_km(found[0][:2]) + length_km(found[-1][-2:])
    if is_land and ends > max(FREE_CONNECTOR_KM, LARGEST_CONNECTOR_SHARE * total):
        return f"The network ends {ends:.0f} km short"
    return ""


def _connector_note(way: Way) -> str:
    ends = {"start": length_km(way[:2]), "end": length_km(way[-2:])}
    far = [f"{km:.0f} km at the {end}" for end, km in ends.items() if km > FAR_CONNECTOR_KM]
    return f"Joined to the network by a straight line: {', '.join(far)}." if far else ""


def _straight(stops: list[Point], note: str) -> Drawn:
    """A geodesic through the stops, with a point at least every `GEODESIC_STEP_KM`."""
    way = [stops[0]]
    for start, end in pairwise(stops):
        steps = int(length_km([start, end]) // GEODESIC_STEP_KM)
        between = GEOD.npts(*start, *end, steps) if steps else []
        way += [(float(lon), float(lat)) for lon, lat in between] + [end]
    return Drawn(way=way, basis_code="geodesic", note=note)


def _feature(leg_id: str, drawn: Drawn) -> dict[str, Any]:
    properties = {
        "leg_id": leg_id,
        "basis_code": drawn.basis_code,
        "computed_km": round(length_km(drawn.way), 1),
        "licence": LICENCES[drawn.basis_code],
        "note": drawn.note,
    }
    geometry = {"type": "LineString", "coordinates": _thinned(drawn)}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _thinned(drawn: Drawn) -> list[list[float]]:
    """The line with the detail that a map shows; both ends stay where the places are."""
    line = LineString(drawn.way)
    if drawn.basis_code != "geodesic":
        line = shapely.simplify(line, TOLERANCE_DEG)
    inner = np.round(np.array(line.coords)[1:-1], DECIMALS).tolist()
    points = [list(drawn.way[0]), *inner, list(drawn.way[-1])]
    kept = [point for point, before in zip(points[1:-1], points, strict=False) if point != before]
    return [points[0], *kept, points[-1]]
