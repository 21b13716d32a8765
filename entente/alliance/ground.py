"""What the map shows besides ties: states, legs of corridors, and where actors stand.

An actor has a point and a name. Those that lie beyond the frame of the map stand in a strip above
its neatline. A map has two sets of names, for wide screens and for narrow ones, where they differ;
the style sheet shows the set for which there is room. It knows a set by the first of its font
families, which no font has.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import plotly.graph_objects as go

from entente.dossier.document import NamedView
from entente.style.basemap import Plane, blend, list_coordinates
from entente.style.palette import SANS, Palette
from entente.style.text import Box, measure_text, place_box, touch_any
from entente.style.theme import LARGE, REGULAR, SMALL, escape, phone_only, scaffold

CORRIDOR_TOLERANCE_DEG = 0.35
CORRIDOR_SHARE, CORRIDOR_WIDTH = 0.42, 1.1
ROLE_SYMBOLS = {
    "principal": ("circle", 13),
    "rival": ("square", 11),
    "power": ("diamond", 9),
    "organisation": ("triangle-down", 8),
}
OTHER_SYMBOL = ("circle", 6)
BEYOND = "<br>Its point lies beyond the frame of this map"
ADRIFT = "<br>It has no place on a map"
# The strip for actors beyond the frame: how many stand in a row, how high a row is as a share of
# the map, how far a point stands from the edge of the map, as a share of its width, and how near to
# the neatline a point may lie and still be on the map.
ROW, ROW_HEIGHT, INSET, EDGE = 4, 0.085, 0.015, 0.012
AROUND_NAME = 36.0  # pixels that its mark, arrow and blanks take around a name there
# How far the ground of the strip reaches over the edges of the map, as a share of it: other
# programs show more of the earth than the browser does.
OVER = 0.3
STEPS = 40  # points along an edge: straight lines on the map are none on the globe
WIDE, NARROW = "wide", "narrow"
FAMILIES = {WIDE: "map-wide", NARROW: "map-narrow"}
ON_LAND, OTHER_SIDE, IN_STRIP = "middle center", "top right", "middle right"
# A blank keeps a name in large type off its mark.
STRIP_NAMES = {
    "north": "\u00a0{} ↑",
    "south": "\u00a0{} ↓",
    "east": "\u00a0{} →",
    "west": "\u00a0{} ←",
    "adrift": "\u00a0{}",
}
GAP = 8.0  # between a point and its name, in pixels
# The narrowest map of each room, in pixels: on a wider one names only gain room.
MAP_WIDTHS = {WIDE: 740.0, NARROW: 360.0}
BUTTONS = (105.0, 52.0)  # pixels that those which zoom take of a phone, at the top right
INK_SHARE = 0.75


def draw_corridors(
    lines: gpd.GeoDataFrame, *, window: NamedView, palette: Palette
) -> list[go.Scattergeo]:
    """One trace of all legs within the window; a point carries `["leg", leg_id, corridor ids]`."""
    (west, east), (south, north) = window.lon_range, window.lat_range
    simple = lines.geometry.simplify(CORRIDOR_TOLERANCE_DEG).clip_by_rect(west, south, east, north)
    drawn = lines.assign(geometry=simple)[~simple.is_empty]
    if drawn.empty:
        return []
    lon: list[float | None] = []
    lat: list[float | None] = []
    custom: list[list[str]] = []
    for leg in drawn.sort_values("leg_id").to_dict("records"):
        across, up = list_coordinates([leg["geometry"]])
        lon += [*across, None]
        lat += [*up, None]
        custom += [["leg", leg["leg_id"], leg["corridor_ids"]]] * (len(across) + 1)
    hue = blend(palette.ink, palette.land, share=CORRIDOR_SHARE)
    return [
        go.Scattergeo(
            lon=lon,
            lat=lat,
            mode="lines",
            line={"width": CORRIDOR_WIDTH, "color": hue},
            hoverinfo="skip",  # its ends lie on the points of actors, and would take their clicks
            customdata=custom,
            name="corridors",
        )
    ]


def draw_countries(actors: pd.DataFrame, palette: Palette) -> list[go.Choropleth]:
    """One trace a fill: a hue of its own for principals and the rival, one grey for the rest."""
    states = actors[actors["role_code"] != "organisation"]
    return [
        go.Choropleth(
            locations=list(same["actor_id"]),
            z=[1] * len(same),
            colorscale=[[0, colour], [1, colour]],
            showscale=False,
            marker={"line": {"width": 0.6, "color": palette.border}},
            hovertext=list(same["hover"]),
            hoverinfo="text",
            customdata=list(same["identity"]),
            name=f"countries {colour}",
        )
        for colour, same in states.groupby("fill", sort=False)
    ]


def draw_points(actors: pd.DataFrame, palette: Palette, *, pick: str | None) -> list[go.Scattergeo]:
    """The points at which ties meet: those in the strip, then a trace a role, main ones on top."""
    is_beyond = actors["spot"].map(lambda spot: bool(spot.side)).astype(bool)
    traces = []
    if is_beyond.any():
        beyond = actors[is_beyond]
        tails = [ADRIFT if spot.side == "adrift" else BEYOND for spot in beyond["spot"]]
        traces.append(
            _draw_markers(
                beyond.assign(hover=beyond["hover"] + tails),
                name="edge",
                marker={
                    "symbol": "diamond",
                    "size": 9,
                    "color": palette.paper,
                    "line": {"width": 2, "color": palette.other_actor},
                },
            )
        )
    for role, group in actors[~is_beyond][::-1].groupby("role_code", sort=False):
        symbol, size = ROLE_SYMBOLS.get(str(role), OTHER_SYMBOL)
        ids = list(group["actor_id"])
        traces.append(
            _draw_markers(
                group,
                name=f"{role} points",
                marker={
                    "symbol": symbol,
                    "size": [size + 6 if actor == pick else size for actor in ids],
                    "color": [palette.actor(actor) for actor in ids],
                    "line": {"width": 1.5, "color": palette.paper},
                },
            )
        )
    return traces


def _draw_markers(actors: pd.DataFrame, *, name: str, marker: dict[str, Any]) -> go.Scattergeo:
    return go.Scattergeo(
        lon=[spot.lon for spot in actors["spot"]],
        lat=[spot.lat for spot in actors["spot"]],
        mode="markers",
        marker=marker,
        hovertext=list(actors["hover"]),
        hoverinfo="text",
        customdata=list(actors["identity"]),
        name=name,
    )


@dataclass(frozen=True, kw_only=True)
class Place:
    """A point of an actor; `side` says where one beyond the frame lies, and is empty within it."""

    lon: float
    lat: float
    side: str = ""


def place_actors(actors: pd.DataFrame, *, window: NamedView) -> dict[str, Place]:
    """Actor id to its place on the map, or in the strip above the neatline when it lies beyond.

    Args:
        actors: `actor_id`, `label`, `lat`, `lon`; missing coordinates are allowed.
        window: The part of the earth that is shown.
    """
    labels = dict(zip(actors["actor_id"], actors["label"], strict=True))
    plane = Plane(window.lon_range, window.lat_range)
    rows = [(a.actor_id, a.lon, a.lat) for a in actors.sort_values("actor_id").itertuples()]
    strip, beyond = 0.0, _list_beyond(rows, plane, 0.0)
    while beyond and strip != measure_strip(len(beyond)):  # a strip may cover others in its turn
        strip = measure_strip(len(beyond))
        beyond = _list_beyond(rows, plane, strip)
    inside = {name: Place(lon=lon, lat=lat) for name, lon, lat in rows if name not in beyond}
    return {**inside, **_fill_strip(beyond, labels, plane)}


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


def _fill_strip(
    beyond: Mapping[str, tuple[str, float]], labels: Mapping[str, str], plane: Plane
) -> dict[str, Place]:
    """A place in the strip for each, from west to east, in as many rows as it takes.

    Each has the room that its name takes on a phone.
    """
    order = sorted(beyond, key=lambda name: (beyond[name][1], name))
    count = math.ceil(len(order) / ROW)
    found = {}
    for row in range(count):
        own = order[row::count]  # rows share out the directions, so that lines do not cross them
        rooms = [AROUND_NAME + measure_text([labels[name]], SMALL)[0] for name in own]
        starts = np.cumsum([0.0, *rooms[:-1]]) / max(MAP_WIDTHS[NARROW], sum(rooms))
        for name, start in zip(own, starts.tolist(), strict=True):
            share = (INSET + start, (row + 0.5) * ROW_HEIGHT)
            ((lon, lat),) = plane.locate([share])
            place = Place(lon=round(float(lon), 2), lat=round(float(lat), 2), side=beyond[name][0])
            found[name] = place
    return found


def draw_strip(plane: Plane, height: float, *, palette: Palette) -> Iterator[go.Scattergeo]:
    """The ground of the strip and the neatline around what is left of the map.

    Args:
        plane: The projection of the map.
        height: Of the strip, as a share of the map; nothing is drawn when it is 0.
        palette: The appearance to draw in.
    """
    if not height:
        return
    ground = _trace_edges([(-OVER, -OVER), (1 + OVER, -OVER), (1 + OVER, height), (-OVER, height)])
    yield _draw_outline(plane, ground, what="ground of the strip", fill=palette.paper)
    neatline = _trace_edges([(0.0, height), (1.0, height), (1.0, 1.0), (0.0, 1.0)])
    yield _draw_outline(plane, neatline, what="neatline", line=palette.border)


def _trace_edges(corners: Sequence[tuple[float, float]]) -> np.ndarray:
    """Points along the edges of a rectangle, back to the first."""
    share = np.linspace(0, 1, STEPS)[:, None]
    points = np.asarray(corners, float)
    ends = np.roll(points, -1, axis=0)
    return np.concatenate([a + share * (b - a) for a, b in zip(points, ends, strict=True)])


def _draw_outline(
    plane: Plane, shares: np.ndarray, *, what: str, fill: str = "", line: str = ""
) -> go.Scattergeo:
    places = plane.locate(shares)
    places = places[np.isfinite(places).all(axis=1)].round(3)
    return go.Scattergeo(
        lon=places[:, 0].tolist(),
        lat=places[:, 1].tolist(),
        mode="lines",
        line={"width": 1 if line else 0, "color": line or fill},
        fill="toself" if fill else "none",
        fillcolor=fill or None,
        hoverinfo="skip",
        meta=scaffold(what),
        name=what,
    )


@dataclass(frozen=True, kw_only=True)
class Name:
    """A name as it stands on the map in one room.

    Attributes:
        actor_id: Whose name it is.
        text: The name as plain text.
        lon: Longitude of the point by which it stands.
        lat: Latitude of that point.
        position: On which side of the point, as one of Plotly's text positions.
        size: Size of the type in pixels.
        is_bold: Whether it is set in bold.
    """

    actor_id: str
    text: str
    lon: float
    lat: float
    position: str
    size: int
    is_bold: bool

    def measure(self, plane: Plane, *, width: float) -> Box:
        """Its box in pixels, on a map so many pixels wide."""
        ((across, down),) = plane.project([self.lon], [self.lat])
        point = (across * width, down * width / plane.aspect)
        size = measure_text([self.text], self.size, is_bold=self.is_bold)
        gap = 0.0 if self.position == ON_LAND else GAP
        return place_box(point, size, position=self.position, gap=gap)


def list_names(
    actors: pd.DataFrame,
    spots: Mapping[str, Place],
    *,
    window: NamedView,
    label_sides: Mapping[str, str],
    room: str,
) -> list[Name]:
    """The names of actors as they stand in one room, in the order of the actors.

    A name that would lie upon one before it, upon that of a principal or in the strip is left out;
    its point tells it when it is picked.

    Args:
        actors: Those on the map: `actor_id`, `label`, `role_code`.
        spots: Actor id to its place.
        window: Says where names stand that are placed by hand.
        label_sides: Actor id to the side of its point where its name stands.
        room: `wide` or `narrow`.
    """
    placed = window.name_places.get(room, {})
    names = []
    for actor in actors.itertuples():
        spot = spots[actor.actor_id]
        is_main = actor.role_code in ("principal", "rival")
        lon, lat, side = spot.lon, spot.lat, label_sides.get(actor.actor_id, OTHER_SIDE)
        if spot.side:
            side = IN_STRIP
        elif actor.actor_id in placed:
            (lon, lat), side = placed[actor.actor_id], ON_LAND
        names.append(
            Name(
                actor_id=actor.actor_id,
                text=STRIP_NAMES.get(spot.side, "{}").format(actor.label),
                lon=lon,
                lat=lat,
                position=side,
                size=_pick_size(actor.role_code, room),
                is_bold=is_main,
            )
        )
    principals = actors.loc[actors["role_code"] == "principal", "actor_id"]
    strip = {actor_id for actor_id, spot in spots.items() if spot.side}
    plane = Plane(window.lon_range, window.lat_range)
    return _keep_clear(names, fixed={*principals, *strip}, plane=plane, room=room)


def _keep_clear(
    names: Sequence[Name], *, fixed: Collection[str], plane: Plane, room: str
) -> list[Name]:
    """The names but those that touch one that is fixed or comes earlier, or a phone's buttons."""
    width = MAP_WIDTHS[room]
    boxes = {name.actor_id: name.measure(plane, width=width) for name in names}
    held = [box for actor_id, box in boxes.items() if actor_id in fixed]
    if room == NARROW:
        held.append(Box(width - BUTTONS[0], 0, *BUTTONS))
    kept = []
    for name in names:
        if name.actor_id not in fixed:
            if touch_any(boxes[name.actor_id], held):
                continue
            held.append(boxes[name.actor_id])
        kept.append(name)
    return kept


def _pick_size(role_code: str, room: str) -> int:
    sizes = {"principal": LARGE, "rival": REGULAR} if room == WIDE else {}
    return sizes.get(role_code, SMALL)


def draw_names(
    rooms: Mapping[str, Sequence[Name]],
    identities: Mapping[str, list[str]],
    *,
    palette: Palette,
    passive: Collection[str] = (),
) -> Iterator[go.Scattergeo]:
    """Traces of names: one that every room has, then one for each room of its own.

    Args:
        rooms: Names by room; a single room is drawn for every screen.
        identities: Actor id to what its marks carry.
        palette: The appearance to draw in.
        passive: Actors whose names are set in the common ink.
    """
    sets = {room: dict.fromkeys(names) for room, names in rooms.items()}
    first, *rest = sets.values()
    shared = [name for name in first if all(name in other for other in rest)]
    for room, names in (("", shared), *rooms.items()):
        own = [name for name in names if not room or name not in shared]
        if own:
            family = f"{FAMILIES[room]}, {SANS}" if room and rest else SANS
            yield _draw_set(
                own,
                identities,
                family=family,
                room=room if rest else "",
                palette=palette,
                passive=passive,
            )


def _draw_set(
    names: Sequence[Name],
    identities: Mapping[str, list[str]],
    *,
    family: str,
    room: str,
    palette: Palette,
    passive: Collection[str],
) -> go.Scattergeo:
    hues = [
        palette.ink
        if name.actor_id in passive
        else blend(
            palette.actors.get(name.actor_id, palette.ink),
            palette.ink,
            share=INK_SHARE,
        )
        for name in names
    ]
    radius = 0.8 * (GAP - 1)  # Plotly sets text so far from a marker that nobody sees
    return go.Scattergeo(
        lon=[name.lon for name in names],
        lat=[name.lat for name in names],
        mode="markers+text",
        marker={
            "size": [0 if name.position == ON_LAND else 2 * radius for name in names],
            "opacity": 0,
        },
        text=[
            f"<b>{escape(name.text)}</b>" if name.is_bold else escape(name.text) for name in names
        ],
        textposition=[name.position for name in names],
        textfont={
            "size": [name.size for name in names],
            "color": hues,
            "family": family,
            "shadow": outline_text(palette),
        },
        hoverinfo="skip",
        customdata=[identities[name.actor_id] for name in names],
        meta=phone_only() if room == NARROW else None,
        name=f"names {room}".strip(),
    )


def outline_text(palette: Palette) -> str:
    """A shadow in the colour of the paper, so that words can be read over lines."""
    corners = ("1px 1px", "-1px 1px", "1px -1px", "-1px -1px")
    return ", ".join(f"{corner} 1px {palette.paper}" for corner in corners)
