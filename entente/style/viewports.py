"""Windows of the alliance map: what each frame zooms to, and where those beyond it stand."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from entente.dossier.document import NamedView

Point = tuple[float, float]
INSET_ACROSS, INSET_DOWN = 0.94, 0.88
# Stand-ins at one edge keep this share of it between them, so that their names do not touch.
GAP_ACROSS, GAP_DOWN = 0.17, 0.09
# What stands at the sides keeps out of the corners, where those above and below stand.
CORNER = 0.16
WIDEST_LAT = 37.5  # degrees of latitude on which lanes and bows of arcs were measured


@dataclass(frozen=True, kw_only=True)
class Place:
    """A point of an actor on the map; `side` says at which edge it stands in for one beyond."""

    lon: float
    lat: float
    side: str = ""


@dataclass(frozen=True, kw_only=True)
class Window:
    """A part of the earth: ranges in degrees, and places kept for those beyond it, by edge."""

    lon_range: Point
    lat_range: Point
    slots: Mapping[str, Sequence[Point]] | None = None

    @property
    def middle(self) -> Point:
        """Longitude and latitude of the middle."""
        return sum(self.lon_range) / 2, sum(self.lat_range) / 2

    @property
    def scale(self) -> float:
        """Size of this window as a share of the widest."""
        return (self.lat_range[1] - self.lat_range[0]) / WIDEST_LAT

    def holds(self, lon: float, lat: float) -> bool:
        """True for a point within the window; False for one beyond it, or without a place."""
        return (
            self.lon_range[0] <= lon <= self.lon_range[1]
            and self.lat_range[0] <= lat <= self.lat_range[1]
        )


def window_of(view: NamedView) -> Window:
    """The part of the earth that a named view of the map shows."""
    return Window(lon_range=view.lon_range, lat_range=view.lat_range, slots=view.slots or None)


def places(actors: pd.DataFrame, *, window: Window) -> dict[str, Place]:
    """Actor id to its place on the map; those beyond the window stand at its edge.

    Args:
        actors: `actor_id`, `lat`, `lon`; missing coordinates are allowed.
        window: The part of the earth that is shown.
    """
    ordered = actors.sort_values("actor_id")
    inside = [window.holds(actor.lon, actor.lat) for actor in ordered.itertuples()]
    found = {
        actor.actor_id: Place(lon=float(actor.lon), lat=float(actor.lat))
        for actor in ordered[inside].itertuples()
    }
    beyond = ordered[[not held for held in inside]]
    stand_in = _in_slots if window.slots else _at_edges
    return {**found, **stand_in(beyond, window)}


def _in_slots(beyond: pd.DataFrame, window: Window) -> dict[str, Place]:
    slots = window.slots or {}
    taken = dict.fromkeys(slots, 0)
    found = {}
    for actor in beyond.itertuples():
        side = _slot_side(actor.lon, actor.lat, window)
        lon, lat = slots[side][taken[side] % len(slots[side])]
        taken[side] += 1
        found[actor.actor_id] = Place(lon=lon, lat=lat, side=side)
    return found


def _slot_side(lon: float, lat: float, window: Window) -> str:
    if pd.isna(lon) or pd.isna(lat):
        return "adrift"
    if lon < window.lon_range[0]:
        return "north"
    return "east" if lon > window.lon_range[1] else "adrift"


def _at_edges(beyond: pd.DataFrame, window: Window) -> dict[str, Place]:
    """Each on the edge that the line from the middle to it crosses, apart from its neighbours."""
    crossings = {
        actor.actor_id: _crossing(actor.lon, actor.lat, window) for actor in beyond.itertuples()
    }
    found = {}
    for side in ("west", "east", "north", "south", "adrift"):
        own = {name: place for name, place in crossings.items() if place.side == side}
        found.update(_apart(own, side, window))
    return found


def _crossing(lon: float, lat: float, window: Window) -> Place:
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


def _apart(own: Mapping[str, Place], side: str, window: Window) -> dict[str, Place]:
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
