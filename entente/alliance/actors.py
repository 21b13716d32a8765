"""How actors are drawn on the map: the country's fill, a point by role, and the name beside it."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from entente.alliance.viewports import Place
from entente.style.basemap import blend
from entente.style.palette import Palette
from entente.style.theme import LARGE, REGULAR, SMALL, literal, wrapped

ROLE_SYMBOLS = {
    "principal": ("circle", 11),
    "rival": ("square", 9),
    "power": ("diamond", 9),
    "organisation": ("triangle-down", 8),
}
OTHER_SYMBOL = ("circle", 6)
OTHER_SIDE = "top right"
FILL, GREY_FILL = 0.34, 0.16

EDGE_NAMES = {
    "north": "↑ {}",
    "south": "↓ {}",
    "east": "{} →",
    "west": "← {}",
    "adrift": "{} (no place on this map)",
}
EDGE_SIDES = {"east": "bottom left", "west": "top right", "south": "top right"}


def draw_countries(
    actors: pd.DataFrame,
    spots: Mapping[str, Place],
    *,
    palette: Palette,
    words: Mapping[str, str],
    behind: Mapping[str, str],
) -> list[go.Choropleth]:
    """One trace a fill: a hue of its own for principals and the rival, one grey for the rest."""
    states = actors[actors["role_code"] != "organisation"]
    fills = [fill(actor, palette) for actor in states["actor_id"]]
    traces = []
    for colour in dict.fromkeys(fills):
        same = states.loc[[other == colour for other in fills]]
        traces.append(
            go.Choropleth(
                locations=list(same["actor_id"]),
                z=[1] * len(same),
                colorscale=[[0, colour], [1, colour]],
                showscale=False,
                marker={"line": {"width": 0.6, "color": palette.border}},
                unselected={"marker": {"opacity": 1}},
                hovertext=_texts(same, words),
                hoverinfo="text",
                customdata=[actor_identity(actor, behind) for actor in same["actor_id"]],
                name=f"countries {colour}",
            )
        )
    return traces


def draw_points(
    actors: pd.DataFrame,
    spots: Mapping[str, Place],
    *,
    palette: Palette,
    words: Mapping[str, str],
    behind: Mapping[str, str],
    label_sides: Mapping[str, str],
    pick: str | None,
) -> list[go.Scattergeo]:
    """One trace a role: the point at which ties meet, and the name; the main actors lie on top."""
    inside = actors.loc[[not spots[actor].side for actor in actors["actor_id"]]][::-1]
    return [
        _role_points(
            group,
            str(role),
            spots,
            palette=palette,
            words=words,
            behind=behind,
            label_sides=label_sides,
            pick=pick,
        )
        for role, group in inside.groupby("role_code", sort=False)
    ]


def draw_edge_points(
    actors: pd.DataFrame,
    spots: Mapping[str, Place],
    *,
    palette: Palette,
    words: Mapping[str, str],
    behind: Mapping[str, str],
) -> list[go.Scattergeo]:
    """Stand-ins at the edge for actors that lie beyond the frame or have no place."""
    beyond = actors.loc[[bool(spots[actor].side) for actor in actors["actor_id"]]]
    if beyond.empty:
        return []
    sides = [spots[actor].side for actor in beyond["actor_id"]]
    names = [
        f"<b>{EDGE_NAMES[side].format(literal(label))}</b>"
        for side, label in zip(sides, beyond["label"], strict=True)
    ]
    texts = [
        f"{text}<br>Its point lies beyond the frame of this map" for text in _texts(beyond, words)
    ]
    return [
        go.Scattergeo(
            lon=[spots[actor].lon for actor in beyond["actor_id"]],
            lat=[spots[actor].lat for actor in beyond["actor_id"]],
            mode="markers+text",
            marker={
                "symbol": "diamond",
                "size": 9,
                "color": palette.paper,
                "line": {"width": 2, "color": palette.other_actor},
            },
            text=names,
            textposition=[EDGE_SIDES.get(side, "bottom right") for side in sides],
            textfont={"size": REGULAR, "color": palette.ink, "shadow": halo(palette)},
            unselected={"marker": {"opacity": 1}, "textfont": {"color": palette.ink}},
            hovertext=texts,
            hoverinfo="text",
            customdata=[actor_identity(actor, behind) for actor in beyond["actor_id"]],
            name="edge",
        )
    ]


def actor_identity(actor_id: str, behind: Mapping[str, str]) -> list[str]:
    """What a mark of an actor carries: kind, id, and the claims and events behind its ties."""
    return ["actor", actor_id, behind.get(actor_id, "")]


def fill(actor_id: str, palette: Palette) -> str:
    """Colour of a country: its hue over land, or a grey that says that it takes part."""
    share = FILL if actor_id in palette.actors else GREY_FILL
    return blend(palette.actor(actor_id), palette.land, share=share)


def halo(palette: Palette) -> str:
    """A CSS shadow in the colour of paper, so that names can be read over lines."""
    corners = ("1px 1px", "-1px 1px", "1px -1px", "-1px -1px")
    return ", ".join(f"{corner} 1px {palette.paper}" for corner in corners)


def _role_points(
    group: pd.DataFrame,
    role: str,
    spots: Mapping[str, Place],
    *,
    palette: Palette,
    words: Mapping[str, str],
    behind: Mapping[str, str],
    label_sides: Mapping[str, str],
    pick: str | None,
) -> go.Scattergeo:
    symbol, size = ROLE_SYMBOLS.get(role, OTHER_SYMBOL)
    ids = list(group["actor_id"])
    colours = [palette.actor(actor) for actor in ids]
    is_main = role in ("principal", "rival")
    inks = [
        blend(palette.actors[a], palette.ink, share=0.75) if a in palette.actors else palette.ink
        for a in ids
    ]
    names = [literal(label) for label in group["label"]]
    return go.Scattergeo(
        lon=[spots[actor].lon for actor in ids],
        lat=[spots[actor].lat for actor in ids],
        mode="markers+text",
        marker={
            "symbol": symbol,
            "size": [size + 6 if actor == pick else size for actor in ids],
            "color": colours,
            "line": {"width": 1.5, "color": palette.paper},
        },
        text=[f"<b>{name}</b>" if is_main else name for name in names],
        textposition=[label_sides.get(actor, OTHER_SIDE) for actor in ids],
        textfont={
            "size": LARGE if role == "principal" else REGULAR if is_main else SMALL,
            "color": inks,
            "shadow": halo(palette),
        },
        unselected={"marker": {"opacity": 1}},
        hovertext=_texts(group, words),
        hoverinfo="text",
        customdata=[actor_identity(actor, behind) for actor in ids],
        name=f"{role} points",
    )


def _texts(actors: pd.DataFrame, words: Mapping[str, str]) -> list[str]:
    return [
        f"<b>{literal(actor.label)}</b><br>{literal(words.get(actor.role_code, ''))}"
        + (f"<br>{wrapped(actor.note)}" if isinstance(actor.note, str) else "")
        for actor in actors.itertuples()
    ]
