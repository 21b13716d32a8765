"""Where actors stand on the alliance map, and those beyond its window at the edge."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from entente.dossier.document import NamedView

INSET_ACROSS, INSET_DOWN = 0.94, 0.88
# Stand-ins at one edge keep this share of it between them, so that their names do not touch.
GAP_ACROSS, GAP_DOWN = 0.17, 0.09
# What stands at the sides keeps out of the corners, where those above and below stand.
CORNER = 0.16


@dataclass(frozen=True, kw_only=True)
class Place:
    """A point of an actor on the map; `side` says at which edge it stands in for one beyond."""

    lon: float
    lat: float
    side: str = ""


def place_actors(actors: pd.DataFrame, *, window: NamedView) -> dict[str, Place]:
    """Actor id to its place on the map; those beyond the window stand at its edge.

    Args:
        actors: `actor_id`, `lat`, `lon`; missing coordinates are allowed.
        window: The part of the earth that is shown.
    """
    found, beyond = {}, []
    for actor in actors.sort_values("actor_id").itertuples():
        if window.holds(actor.lon, actor.lat):
            found[actor.actor_id] = Place(lon=actor.lon, lat=actor.lat)
        else:
            beyond.append((actor.actor_id, actor.lon, actor.lat))
    stand_in = _fill_slots if window.slots else _line_edges
    return {**found, **stand_in(beyond, window)}


def _fill_slots(beyond: Sequence[tuple[str, float, float]], window: NamedView) -> dict[str, Place]:
    """Each in a place that the view keeps for those on its side, in turn."""
    taken = dict.fromkeys(window.slots, 0)
    found = {}
    for actor_id, lon, lat in beyond:
        if pd.isna(lon) or pd.isna(lat) or window.lon_range[0] <= lon <= window.lon_range[1]:
            side = "adrift"
        else:
            side = "north" if lon < window.lon_range[0] else "east"
        slots = window.slots[side]
        slot_lon, slot_lat = slots[taken[side] % len(slots)]
        taken[side] += 1
        found[actor_id] = Place(lon=slot_lon, lat=slot_lat, side=side)
    return found


def _line_edges(beyond: Sequence[tuple[str, float, float]], window: NamedView) -> dict[str, Place]:
    """Each on the edge that the line from the middle to it crosses, apart from its neighbours."""
    crossings = {actor_id: _cross_edge(lon, lat, window) for actor_id, lon, lat in beyond}
    found = {}
    for side in ("west", "east", "north", "south", "adrift"):
        own = {name: place for name, place in crossings.items() if place.side == side}
        found.update(_part(own, side, window))
    return found


def _cross_edge(lon: float, lat: float, window: NamedView) -> Place:
    middle_lon, middle_lat = window.middle
    across = (window.lon_range[1] - window.lon_range[0]) / 2 * INSET_ACROSS
    down = (window.lat_range[1] - window.lat_range[0]) / 2 * INSET_DOWN
    if pd.isna(lon) or pd.isna(lat):
        return Place(lon=middle_lon, lat=middle_lat - down, side="adrift")
    east, north = lon - middle_lon, lat - middle_lat
    shares = [across / abs(east) if east else math.inf, down / abs(north) if north else math.inf]
    share = min(shares)
    if shares[0] <= shares[1]:
        side = "east" if east > 0 else "west"
    else:
        side = "north" if north > 0 else "south"
    return Place(lon=middle_lon + share * east, lat=middle_lat + share * north, side=side)


def _part(own: Mapping[str, Place], side: str, window: NamedView) -> dict[str, Place]:
    """The stand-ins of one edge, moved along it until they keep their distance."""
    is_upright = side in ("west", "east")
    low, high = window.lat_range if is_upright else window.lon_range
    inset = (high - low) * CORNER
    gap = (high - low) * (GAP_DOWN if is_upright else GAP_ACROSS)
    spots = {name: place.lat if is_upright else place.lon for name, place in own.items()}
    order = sorted(spots, key=lambda name: (spots[name], name))
    spread = _spread([spots[name] for name in order], low + inset, high - inset, gap)
    return {
        name: Place(
            lon=round(own[name].lon if is_upright else spot, 2),
            lat=round(spot if is_upright else own[name].lat, 2),
            side=side,
        )
        for name, spot in zip(order, spread, strict=True)
    }


def _spread(spots: Sequence[float], low: float, high: float, gap: float) -> list[float]:
    """Rising numbers moved as little as needed to lie `gap` apart between `low` and `high`."""
    step = min(gap, (high - low) / max(len(spots) - 1, 1))
    moved: list[float] = []
    for spot in spots:
        moved.append(max(spot, low, moved[-1] + step if moved else low))
    limit = high
    for place in reversed(range(len(moved))):
        moved[place] = min(moved[place], limit)
        limit = moved[place] - step
    return moved
