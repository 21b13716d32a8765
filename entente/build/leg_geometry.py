"""Lines for the legs of the transport network, from real sea lanes, railways and roads.

A leg is drawn along the network of its mode. Where that network has a hole, does not reach the
place, or strays more than `LARGEST_DETOUR` times the great circle, the leg is drawn as a geodesic,
through the via points of `data/geo/leg_ways.csv` where somebody has set them, and its note says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import rustworkx as rx
import shapely
from pyproj import Geod
from shapely import LineString

GEOD = Geod(ellps="WGS84")
CLOSED_PASSAGES = frozenset({"northwest"})
LONGEST_BRIDGE_KM = 12.0
BRIDGE_WEIGHT = 3.0

Point = tuple[float, float]
Way = list[Point]
Links = dict[int, float]


@dataclass(frozen=True, kw_only=True)
class Network:
    """Points of a network and the lengths in km between neighbours.

    Attributes:
        points: longitude and latitude, shape (n, 2), degrees.
        neighbours: for each point, the numbers of its neighbours and the km to them.
        reach_km: how far from a place the network may be entered.
        connector_weight: how many km on the network one km of connector is worth.
    """

    points: np.ndarray
    neighbours: list[Links]
    reach_km: float
    connector_weight: float

    @cached_property
    def graph(self) -> rx.PyDiGraph:
        """The points as vertices, in order, with the km to each neighbour on the edges."""
        graph = rx.PyDiGraph()
        graph.add_nodes_from(range(len(self.points)))
        links = enumerate(self.neighbours)
        graph.add_edges_from([(one, other, km) for one, own in links for other, km in own.items()])
        return graph


def length_km(way: Way) -> float:
    """Length of a line on the WGS84 ellipsoid, in km."""
    lons, lats = zip(*way, strict=True)
    return float(GEOD.line_length(lons, lats)) / 1000


def shortest_way(network: Network, start: Point, end: Point) -> Way | None:
    """The shortest way from `start` to `end`, both included; None when there is none.

    Connectors at both ends are straight; all points of the network within reach (at least the
    nearest few) are candidates, and connectors are weighted so that the network is preferred.
    """
    graph = network.graph
    source, target = graph.add_nodes_from([start, end])
    graph.add_edges_from([(source, point, km) for point, km in _entries(network, start).items()])
    graph.add_edges_from([(point, target, km) for point, km in _entries(network, end).items()])
    found = rx.dijkstra_shortest_paths(graph, source, target=target, weight_fn=float)
    graph.remove_nodes_from([source, target])
    if target not in found:
        return None
    inner = [(float(x), float(y)) for x, y in network.points[list(found[target])[1:-1]]]
    return [start, *inner, end]


def _entries(network: Network, place: Point, *, least: int = 4) -> dict[int, float]:
    """Points where the network can be entered from `place`, with the weighted km to them."""
    near = _rough_km(network.points, place)
    within = np.flatnonzero(near <= network.reach_km)
    chosen = within if len(within) >= least else np.argsort(near, kind="stable")[:least]
    lons, lats = network.points[chosen, 0], network.points[chosen, 1]
    count = len(chosen)
    _, _, metres = GEOD.inv(np.full(count, place[0]), np.full(count, place[1]), lons, lats)
    weighted = metres / 1000 * network.connector_weight
    return {int(point): float(km) for point, km in zip(chosen, weighted, strict=True)}


def _rough_km(points: np.ndarray, place: Point) -> np.ndarray:
    east = (points[:, 0] - place[0]) * np.cos(np.radians(place[1]))
    north = points[:, 1] - place[1]
    return np.asarray(np.hypot(east, north) * 111.2)


def bridge_gaps(points: np.ndarray, neighbours: list[Links]) -> list[Links]:
    """Join dead ends to what lies close by, for the networks have gaps at borders and stations.

    A bridge is a straight line of at most `LONGEST_BRIDGE_KM`, and counts several times its length,
    so that it is used only where there is no way round worth taking. The input is not changed.
    """
    ends = [place for place, links in enumerate(neighbours) if len(links.keys() - {place}) <= 1]
    tree = shapely.STRtree(shapely.points(points))
    found = tree.query(
        shapely.points(points[ends]), predicate="dwithin", distance=LONGEST_BRIDGE_KM / 111.2
    )
    bridged = [dict(links) for links in neighbours]
    for place, other in zip(np.array(ends)[found[0]].tolist(), found[1].tolist(), strict=True):
        km = length_km([tuple(points[place]), tuple(points[other])]) * BRIDGE_WEIGHT
        if place != other and km < bridged[place].get(other, float("inf")):
            bridged[place][other] = bridged[other][place] = km
    return bridged


@cache
def read_railways() -> Network:
    """Railways of the world, from OpenStreetMap by way of scgraph-data."""
    from scgraph_data.world_railways import world_railways_geograph as graph

    points = np.array(graph.nodes, dtype=float)[:, ::-1]
    neighbours = bridge_gaps(points, graph.graph)
    return Network(points=points, neighbours=neighbours, reach_km=15, connector_weight=3)


@cache
def read_highways() -> Network:
    """Main roads of the world, from OpenStreetMap by way of scgraph-data."""
    from scgraph_data.world_highways import world_highways_geograph as graph

    # No bridges here: in the mountains they would cut across ridges from one dead end to another.
    points = np.array(graph.nodes, dtype=float)[:, ::-1]
    return Network(points=points, neighbours=graph.graph, reach_km=15, connector_weight=3)


@cache
def read_sea_lanes() -> Network:
    """Sea lanes of the world (the marnet network of searoute), without the Northwest Passage."""
    from searoute.searoute import setup_M

    lanes = setup_M()
    numbers = {point: place for place, point in enumerate(sorted(lanes.nodes))}
    neighbours: list[Links] = [{} for _ in numbers]
    for one, other, facts in lanes.edges(data=True):
        if facts.get("passage") not in CLOSED_PASSAGES:
            neighbours[numbers[one]][numbers[other]] = float(facts["weight"])
            neighbours[numbers[other]][numbers[one]] = float(facts["weight"])
    points = np.array(sorted(lanes.nodes), dtype=float)
    return Network(points=points, neighbours=neighbours, reach_km=60, connector_weight=1.5)


LARGEST_DETOUR = 1.8
LARGEST_CONNECTOR_SHARE = 0.25
FREE_CONNECTOR_KM = 15.0
FAR_CONNECTOR_KM = 60.0
GEODESIC_STEP_KM = 100.0
TOLERANCE_DEG = 0.008
DECIMALS = 3

NETWORKS: dict[str, tuple[str, Callable[[], Network]]] = {
    "deep-sea": ("searoute", read_sea_lanes),
    "short-sea": ("searoute", read_sea_lanes),
    "rail": ("scgraph-rail", read_railways),
    "road": ("scgraph-road", read_highways),
}
LICENCES = {
    "searoute": "Apache-2.0",
    "scgraph-rail": "ODbL-1.0",
    "scgraph-road": "ODbL-1.0",
    "geodesic": "CC-BY-4.0",
}


@dataclass(frozen=True, kw_only=True)
class DrawnLeg:
    """The line of a leg, full of detail, and where it comes from."""

    way: Way
    basis_code: str
    note: str


def read_table(path: Path) -> pd.DataFrame:
    """Read a CSV file as text; empty cells are empty strings."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def draw_legs(nodes: pd.DataFrame, legs: pd.DataFrame, ways: pd.DataFrame) -> dict[str, Any]:
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
        drawn = draw_leg(leg["mode_code"], stops, set_ways.get(leg["leg_id"], {}))
        features.append(_feature(leg["leg_id"], drawn))
    return {"type": "FeatureCollection", "features": features}


def _rows(table: pd.DataFrame) -> list[dict[str, str]]:
    return [
        {str(name): str(value) for name, value in row.items()} for row in table.to_dict("records")
    ]


def draw_leg(mode: str, stops: list[Point], set_way: dict[str, str]) -> DrawnLeg:
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
    return DrawnLeg(way=joined, basis_code=basis, note=reason or _connector_note(joined))


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


def _straight(stops: list[Point], note: str) -> DrawnLeg:
    """A geodesic through the stops, with a point at least every `GEODESIC_STEP_KM`."""
    way = [stops[0]]
    for start, end in pairwise(stops):
        steps = int(length_km([start, end]) // GEODESIC_STEP_KM)
        between = GEOD.npts(*start, *end, steps) if steps else []
        way += [(float(lon), float(lat)) for lon, lat in between] + [end]
    return DrawnLeg(way=way, basis_code="geodesic", note=note)


def _feature(leg_id: str, drawn: DrawnLeg) -> dict[str, Any]:
    properties = {
        "leg_id": leg_id,
        "basis_code": drawn.basis_code,
        "computed_km": round(length_km(drawn.way), 1),
        "licence": LICENCES[drawn.basis_code],
        "note": drawn.note,
    }
    geometry = {"type": "LineString", "coordinates": _thinned(drawn)}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _thinned(drawn: DrawnLeg) -> list[list[float]]:
    """The line with the detail that a map shows; both ends stay where the places are."""
    line = LineString(drawn.way)
    if drawn.basis_code != "geodesic":
        line = shapely.simplify(line, TOLERANCE_DEG)
    inner = np.round(np.array(line.coords)[1:-1], DECIMALS).tolist()
    points = [list(drawn.way[0]), *inner, list(drawn.way[-1])]
    kept = [point for point, before in zip(points[1:-1], points, strict=False) if point != before]
    return [points[0], *kept, points[-1]]
