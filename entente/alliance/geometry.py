"""Where actors stand on the alliance map, and how the lines between them run."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from pyproj import Geod

from entente.dossier.document import NamedView
from entente.style.basemap import PARALLELS

INSET_ACROSS, INSET_DOWN = 0.94, 0.88
# Stand-ins at one edge keep this share of it between them, so that their names do not touch.
GAP_ACROSS, GAP_DOWN = 0.17, 0.09
# What stands at the sides keeps out of the corners, where those above and below stand.
CORNER = 0.16
GLOBE = Geod(ellps="WGS84")
SEGMENTS = 16  # of a line between two actors
DECIMALS = 2
# Neighbouring lines of one pair stand this share of its length apart, within these bounds in km.
SPREAD, LEAST_KM, MOST_KM = 0.05, 55.0, 110.0


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


@dataclass(frozen=True, kw_only=True)
class Arc:
    """A line from one actor to another: its points, and the index of the one with the symbol."""

    lon: list[float]
    lat: list[float]
    knot: int


def fan_out(
    ties: pd.DataFrame,
    spots: Mapping[str, Place],
    *,
    theme_order: Sequence[str],
    bows_km: Mapping[tuple[str, str], float],
    scale: float = 1,
) -> dict[str, Arc]:
    """Tie id to its line; the ties of one pair lie side by side in the order of themes.

    Args:
        ties: `tie_id`, `from_actor_id`, `to_actor_id`, `theme_code`.
        spots: Actor id to its place on the map; every end must be in it.
        theme_order: All theme codes in order.
        bows_km: Two actors, in the order of the alphabet, to how far their lines swing aside to the
            right, so that they do not lie upon those of another pair.
        scale: Size of the window as a share of the widest: lanes and bows shrink with it.
    """
    ends = np.sort(ties[["from_actor_id", "to_actor_id"]].to_numpy(dtype=object), axis=1)
    ranked = ties.assign(
        one=ends[:, 0],
        other=ends[:, 1],
        rank=ties["theme_code"].map({code: place for place, code in enumerate(theme_order)}),
    )
    arcs = {}
    for (one, other), pair in ranked.sort_values(["rank", "tie_id"]).groupby(["one", "other"]):
        for place, tie in enumerate(pair.itertuples()):
            # The symbols of neighbours are staggered, so that they do not touch.
            shift = 0 if len(pair) == 1 else 1 if place % 2 else -1
            arc = draw_arc(
                spots[one],
                spots[other],
                lane=place - (len(pair) - 1) / 2,
                bow_km=bows_km.get((one, other), 0) * scale,
                scale=scale,
                knot=SEGMENTS // 2 + shift,
            )
            is_forth = tie.from_actor_id == one
            arcs[tie.tie_id] = arc if is_forth else _turn_round(arc)
    return arcs


def draw_arc(
    start: Place,
    end: Place,
    *,
    lane: float = 0,
    bow_km: float = 0,
    scale: float = 1,
    knot: int = SEGMENTS // 2,
) -> Arc:
    """A geodesic from `start` to `end`, bent aside to its right: `lane` breadths and `bow_km`."""
    inner = GLOBE.npts(start.lon, start.lat, end.lon, end.lat, SEGMENTS - 1)
    line = np.array([(start.lon, start.lat), *inner, (end.lon, end.lat)])
    _, _, length = GLOBE.inv(start.lon, start.lat, end.lon, end.lat)
    breadth = float(np.clip(SPREAD * length, LEAST_KM * scale * 1e3, MOST_KM * scale * 1e3))
    share = np.linspace(0, 1, SEGMENTS + 1)
    aside = (lane * breadth + bow_km * 1e3) * np.sin(np.pi * share) ** 0.8
    target = np.broadcast_to([end.lon, end.lat], line[:-1].shape)
    ahead, _, _ = GLOBE.inv(line[:-1, 0], line[:-1, 1], target[:, 0], target[:, 1])
    lon, lat, _ = GLOBE.fwd(line[:-1, 0], line[:-1, 1], ahead + 90, aside[:-1])
    return Arc(
        lon=[*np.round(lon, DECIMALS).tolist(), round(end.lon, DECIMALS)],
        lat=[*np.round(lat, DECIMALS).tolist(), round(end.lat, DECIMALS)],
        knot=knot,
    )


def measure_headings(arc: Arc, *, middle: float) -> list[int]:
    """The direction of a line on the map at each of its points, in degrees right of upwards.

    North is upwards on the meridian `middle` only: others of a conic projection lean towards it.
    """
    lon, lat = np.array(arc.lon), np.array(arc.lat)
    ahead, _, _ = GLOBE.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    lean = np.mean(np.sin(np.radians(PARALLELS))) * (lon - middle)
    angles = np.array([*ahead, ahead[-1]]) - lean
    return [int(angle) for angle in np.round(angles)]


def _turn_round(arc: Arc) -> Arc:
    return Arc(lon=arc.lon[::-1], lat=arc.lat[::-1], knot=SEGMENTS - arc.knot)
