"""What lies under and at the ends of ties: states, legs of corridors, points, and the strip.

In the strip above the neatline stand actors that lie beyond the frame of the map.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import plotly.graph_objects as go

from entente.dossier.document import NamedView
from entente.style.basemap import Plane, blend, list_coordinates
from entente.style.palette import Palette
from entente.style.theme import scaffold

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
# How far the ground of the strip reaches over the edges of the map, as a share of it: other
# programs show more of the earth than the browser does.
OVER = 0.3
STEPS = 40  # points along an edge: straight lines on the map are none on the globe


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
