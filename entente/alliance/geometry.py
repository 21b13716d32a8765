"""Where actors stand on the alliance map, and how the lines between them run."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from pyproj import Geod

from entente.dossier.document import NamedView
from entente.style.basemap import PARALLELS, Plane

GLOBE = Geod(ellps="WGS84")
SEGMENTS = 16  # of a line between two actors
DECIMALS = 2
# Neighbouring lines of one pair stand this share of its length apart, within these bounds in km.
SPREAD, LEAST_KM, MOST_KM = 0.05, 55.0, 110.0
# The strip for actors beyond the frame: how many stand in a row, how high a row is as a share of
# the map, how far a point stands from the edge of the map, as a share of its width, and how near to
# the neatline a point may lie and still be on the map.
ROW, ROW_HEIGHT, INSET, EDGE = 4, 0.085, 0.015, 0.012


@dataclass(frozen=True, kw_only=True)
class Place:
    """A point of an actor; `side` says where one beyond the frame lies, and is empty within it."""

    lon: float
    lat: float
    side: str = ""


def place_actors(actors: pd.DataFrame, *, window: NamedView) -> dict[str, Place]:
    """Actor id to its place on the map, or in the strip above the neatline when it lies beyond.

    Args:
        actors: `actor_id`, `lat`, `lon`; missing coordinates are allowed.
        window: The part of the earth that is shown.
    """
    plane = Plane(window.lon_range, window.lat_range)
    rows = [(a.actor_id, a.lon, a.lat) for a in actors.sort_values("actor_id").itertuples()]
    strip, beyond = 0.0, _list_beyond(rows, plane, 0.0)
    while beyond and strip != measure_strip(len(beyond)):  # a strip may cover others in its turn
        strip = measure_strip(len(beyond))
        beyond = _list_beyond(rows, plane, strip)
    inside = {name: Place(lon=lon, lat=lat) for name, lon, lat in rows if name not in beyond}
    return {**inside, **_fill_strip(beyond, plane)}


def measure_strip(count: int) -> float:
    """Height of the strip for so many actors beyond the frame, as a share of the map."""
    return math.ceil(count / ROW) * ROW_HEIGHT


def count_beyond(spots: Mapping[str, Place]) -> int:
    """How many actors stand in the strip."""
    return sum(bool(spot.side) for spot in spots.values())


def _list_beyond(
    rows: Sequence[tuple[str, float, float]], plane: Plane, strip: float
) -> dict[str, tuple[str, float]]:
    """Actors that lie beyond the neatline: where, and how far across in the direction they lie."""
    found = {}
    for name, lon, lat in rows:
        if pd.isna(lon) or pd.isna(lat):
            found[name] = ("adrift", 2.0)
            continue
        ((across, down),) = plane.project([lon], [lat])
        if EDGE <= across <= 1 - EDGE and strip + EDGE <= down <= 1 - EDGE:
            continue
        east, south = across - 0.5, down - 0.5
        if abs(east) >= abs(south):
            found[name] = ("east" if east > 0 else "west", float(across))
        else:
            found[name] = ("south" if south > 0 else "north", float(across))
    return found


def _fill_strip(beyond: Mapping[str, tuple[str, float]], plane: Plane) -> dict[str, Place]:
    """A place in the strip for each, from west to east, in as many rows as it takes."""
    order = sorted(beyond, key=lambda name: (beyond[name][1], name))
    count = math.ceil(len(order) / ROW)
    found = {}
    for row in range(count):
        own = order[row::count]  # rows share out the directions, so that lines do not cross them
        for slot, name in enumerate(own):
            share = (INSET + slot / ROW, (row + 0.5) * ROW_HEIGHT)
            ((lon, lat),) = plane.locate([share])
            place = Place(lon=round(float(lon), 2), lat=round(float(lat), 2), side=beyond[name][0])
            found[name] = place
    return found


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
    knot: int = 0,
    segments: int = SEGMENTS,
    bulge: float = 0.8,
) -> Arc:
    """A geodesic from `start` to `end`, bent aside to its right: `lane` breadths and `bow_km`.

    Args:
        start: Where it begins.
        end: Where it ends.
        lane: How many breadths it lies aside of the line between them.
        bow_km: How far its middle swings aside besides.
        scale: Size of the window as a share of the widest.
        knot: Index of the point with the symbol; the middle when 0.
        segments: Of how many pieces it is made.
        bulge: How soon it swings aside: the power of a sine, below 1 for sooner.
    """
    inner = GLOBE.npts(start.lon, start.lat, end.lon, end.lat, segments - 1)
    line = np.array([(start.lon, start.lat), *inner, (end.lon, end.lat)])
    _, _, length = GLOBE.inv(start.lon, start.lat, end.lon, end.lat)
    breadth = float(np.clip(SPREAD * length, LEAST_KM * scale * 1e3, MOST_KM * scale * 1e3))
    share = np.linspace(0, 1, segments + 1)
    aside = (lane * breadth + bow_km * 1e3) * np.sin(np.pi * share) ** bulge
    target = np.broadcast_to([end.lon, end.lat], line[:-1].shape)
    ahead, _, _ = GLOBE.inv(line[:-1, 0], line[:-1, 1], target[:, 0], target[:, 1])
    lon, lat, _ = GLOBE.fwd(line[:-1, 0], line[:-1, 1], ahead + 90, aside[:-1])
    return Arc(
        lon=[*np.round(lon, DECIMALS).tolist(), round(end.lon, DECIMALS)],
        lat=[*np.round(lat, DECIMALS).tolist(), round(end.lat, DECIMALS)],
        knot=knot or segments // 2,
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
    return Arc(lon=arc.lon[::-1], lat=arc.lat[::-1], knot=len(arc.lon) - 1 - arc.knot)
