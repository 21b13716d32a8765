"""Names of actors on the map: on their land, beside their points, or in the strip beyond the frame.

A map has two sets of names, for wide screens and for narrow ones, where they differ; the style
sheet shows the set for which there is room. It knows a set by the first of its font families, which
no font has.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from entente.alliance.geometry import Place
from entente.dossier.document import NamedView
from entente.style.basemap import Plane, blend
from entente.style.boxes import Box, measure_text, place_box
from entente.style.palette import SANS, Palette
from entente.style.theme import LARGE, REGULAR, SMALL, escape, phone_only

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
INK_SHARE = 0.75


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
    return names


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
