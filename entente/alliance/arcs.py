"""The lines between actors: geodesics that fan out by pair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from pyproj import Geod

from entente.alliance.viewports import Place
from entente.style.basemap import PARALLELS

GLOBE = Geod(ellps="WGS84")
SEGMENTS = 16
DECIMALS = 2
# Neighbouring lines of one pair stand this share of its length apart, within these bounds in km.
SPREAD, LEAST_KM, MOST_KM = 0.05, 55.0, 110.0


@dataclass(frozen=True, kw_only=True)
class Arc:
    """A line from one actor to another: longitudes, latitudes, and the index of its knot."""

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
    rank = {code: place for place, code in enumerate(theme_order)}
    pairs: dict[tuple[str, str], list[tuple[int, str, str, str]]] = {}
    for tie in ties.itertuples():
        one, other = sorted((tie.from_actor_id, tie.to_actor_id))
        entry = (rank.get(tie.theme_code, len(rank)), tie.tie_id, tie.from_actor_id, one)
        pairs.setdefault((one, other), []).append(entry)
    arcs = {}
    for (one, other), members in sorted(pairs.items()):
        for place, (_, tie_id, start, first) in enumerate(sorted(members)):
            arc = draw_arc(
                spots[one],
                spots[other],
                lane=place - (len(members) - 1) / 2,
                bow_km=bows_km.get((one, other), 0) * scale,
                scale=scale,
                knot=_knot(place, len(members)),
            )
            arcs[tie_id] = arc if start == first else _turned(arc)
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


def headings(arc: Arc, *, middle: float) -> list[int]:
    """The direction of a line on the map at each of its points, in degrees right of upwards.

    North is upwards on the meridian `middle` only: others of a conic projection lean towards it.
    """
    lon, lat = np.array(arc.lon), np.array(arc.lat)
    ahead, _, _ = GLOBE.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    lean = np.mean(np.sin(np.radians(PARALLELS))) * (lon - middle)
    angles = np.array([*ahead, ahead[-1]]) - lean
    return [int(angle) for angle in np.round(angles)]


def _turned(arc: Arc) -> Arc:
    return Arc(lon=arc.lon[::-1], lat=arc.lat[::-1], knot=SEGMENTS - arc.knot)


def _knot(place: int, members: int) -> int:
    """Index of the point that carries the symbol: staggered, so that neighbours do not touch."""
    middle = SEGMENTS // 2
    return middle if members == 1 else middle + (1 if place % 2 else -1)
