"""Shortest ways over a transport network, with straight connectors from places to the network.

One search serves sea, rail and road alike. The libraries that carry the networks have searches of
their own, but these join a place to one fixed nearest point, or keep state from call to call.
"""

import heapq
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from pyproj import Geod

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


def length_km(way: Way) -> float:
    """Length of a line on the WGS84 ellipsoid, in km."""
    lons, lats = zip(*way, strict=True)
    return float(GEOD.line_length(lons, lats)) / 1000


def shortest_way(network: Network, start: Point, end: Point) -> Way | None:
    """The shortest way from `start` to `end`, both included; None when there is none.

    Connectors at both ends are straight; all points of the network within reach (at least the
    nearest few) are candidates, and connectors are weighted so that the network is preferred.
    """
    starts, ends = _entries(network, start), _entries(network, end)
    path = _search(network.neighbours, starts, ends)
    if path is None:
        return None
    inner = [(float(x), float(y)) for x, y in network.points[path]]
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


def _search(
    neighbours: list[Links], starts: dict[int, float], ends: dict[int, float]
) -> list[int] | None:
    """Dijkstra from many weighted starts to many weighted ends; ties go to the lower number."""
    best = dict(starts)
    came: dict[int, int] = {}
    queue = [(km, point) for point, km in sorted(starts.items())]
    heapq.heapify(queue)
    goal, goal_km = -1, float("inf")
    while queue:
        km, point = heapq.heappop(queue)
        if km >= goal_km:
            break
        if km > best[point]:
            continue
        if point in ends and km + ends[point] < goal_km:
            goal, goal_km = point, km + ends[point]
        for other, step in neighbours[point].items():
            if km + step < best.get(other, float("inf")):
                best[other], came[other] = km + step, point
                heapq.heappush(queue, (km + step, other))
    return _trace(came, goal) if goal >= 0 else None


def _trace(came: dict[int, int], goal: int) -> list[int]:
    path = [goal]
    while path[-1] in came:
        path.append(came[path[-1]])
    return path[::-1]


def with_gaps_bridged(points: np.ndarray, neighbours: list[Links]) -> list[Links]:
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
def railways() -> Network:
    """Railways of the world, from OpenStreetMap by way of scgraph-data."""
    from scgraph_data.world_railways import world_railways_geograph as graph

    points = np.array(graph.nodes, dtype=float)[:, ::-1]
    neighbours = with_gaps_bridged(points, graph.graph)
    return Network(points=points, neighbours=neighbours, reach_km=15, connector_weight=3)


@cache
def highways() -> Network:
    """Main roads of the world, from OpenStreetMap by way of scgraph-data."""
    from scgraph_data.world_highways import world_highways_geograph as graph

    # No bridges here: in the mountains they would cut across ridges from one dead end to another.
    points = np.array(graph.nodes, dtype=float)[:, ::-1]
    return Network(points=points, neighbours=graph.graph, reach_km=15, connector_weight=3)


@cache
def sea_lanes() -> Network:
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
