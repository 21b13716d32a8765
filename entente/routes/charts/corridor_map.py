"""Corridor map: ways between two places, dash by mode, one put forward, cut legs crossed out."""

from typing import Any

import geopandas as gpd
import pandas as pd
import plotly.graph_objects as go

from entente.routes.charts.corridor_labels import (
    along,
    badge_spots,
    beside,
    number_marks,
    place_marks,
)
from entente.style.basemap import blend, coordinates, frame_of, framed_plate, simplified
from entente.style.identities import identity, scaffold
from entente.style.palette import Palette
from entente.style.theme import SMALL, empty_figure, literal, wrapped

MODE_DASHES = {
    "rail": "solid",
    "road": "dash",
    "deep-sea": "dot",
    "short-sea": "dot",
    "ferry": "dashdot",
    "inland-water": "dashdot",
}
KEY_SHARE = 0.12
BADGE_SHARE = 0.085
USABLE = ("open", "partial")


def corridor_map(
    *,
    lines: gpd.GeoDataFrame,
    corridors: pd.DataFrame,
    places: pd.DataFrame,
    modes: dict[str, str],
    statuses: dict[str, str],
    picked: str | None,
    area_lines: gpd.GeoDataFrame,
    areas: pd.DataFrame,
    palette: Palette,
) -> go.Figure:
    """The ways between two places on the plate.

    Args:
        lines: One row a leg: `leg_id`, `corridor_ids` (tuple), `mode_code`, `from_label`,
            `to_label`, `distance_km`, `status_code`, `since`, `status_note`, `controllers`,
            `geometry` in WGS84.
        corridors: One row a corridor: `corridor_id`, `number`, `short_label`, `condition`,
            `identity`.
        places: Places to name: `node_id`, `label`, `lat`, `lon`, `is_end`.
        modes: Mode code to label, in the order of the key.
        statuses: Status code to label.
        picked: The corridor to put forward; None for none.
        area_lines: Lines of disputed areas.
        areas: What those areas are.
        palette: The appearance to draw in.
    """
    if lines.empty:
        return empty_figure(palette, key="corridor-map", text="No corridor joins these places.")
    drawn = simplified(lines)
    lon_range, lat_range = frame_of(drawn, picked)
    figure = framed_plate(
        (lon_range, lat_range),
        key="corridor-map",
        area_lines=area_lines,
        areas=areas,
        palette=palette,
    )
    gap = BADGE_SHARE * (lat_range[1] - lat_range[0])
    chosen = drawn["corridor_ids"].map(lambda ids: picked in ids).astype(bool)
    for is_picked, share in ((False, drawn[~chosen]), (True, drawn[chosen])):
        for mode in modes:
            own = share[share["mode_code"] == mode]
            if len(own):
                figure.add_trace(
                    _way(own, mode=mode, statuses=statuses, is_picked=is_picked, palette=palette)
                )
    figure.add_traces(_crosses(drawn, statuses, palette))
    figure.add_traces(place_marks(places, lon_range, gap, palette))
    frame = (lon_range[0], lat_range[0], lon_range[1], lat_range[1])
    inside = drawn.assign(geometry=drawn.geometry.clip_by_rect(*frame))
    taken = [*beside(places, lon_range, gap), *along(drawn[chosen], gap)]
    spots = badge_spots(inside[~inside.is_empty], corridors, gap=gap, taken=taken)
    figure.add_traces(number_marks(spots, corridors, picked, palette))
    figure.add_traces(_key(drawn, modes, palette))
    figure.update_layout(
        showlegend=True, legend=legend_below(palette), geo={"domain": {"y": [KEY_SHARE, 1]}}
    )
    return figure


def corridor_map_alt(
    *, lines: gpd.GeoDataFrame, corridors: pd.DataFrame, picked: str | None
) -> str:
    """What :func:`corridor_map` shows, in words."""
    if lines.empty:
        return "An empty map: no corridor joins these places."
    names = "; ".join(f"{r['number']} {r['short_label']}" for r in corridors.to_dict("records"))
    cut = lines[~lines["status_code"].isin(USABLE)]
    crossed = "; ".join(f"{r['from_label']} to {r['to_label']}" for r in cut.to_dict("records"))
    chosen = corridors[corridors["corridor_id"] == picked]["short_label"]
    forward = f" {chosen.iloc[0]} is put forward." if len(chosen) else ""
    end = f" Crossed out: {crossed}." if crossed else " No leg is crossed out."
    return f"Map of {len(corridors)} corridors: {names}.{forward}{end}"


def _way(
    own: gpd.GeoDataFrame,
    *,
    mode: str,
    statuses: dict[str, str],
    is_picked: bool,
    palette: Palette,
) -> go.Scattergeo:
    lon: list[float | None] = []
    lat: list[float | None] = []
    texts: list[str] = []
    custom: list[list[str]] = []
    for leg in own.to_dict("records"):
        east, north = coordinates([leg["geometry"]])
        lon += [*east, None]
        lat += [*north, None]
        texts += [_hover(leg, statuses)] * (len(east) + 1)
        custom += [_identity(leg)] * (len(east) + 1)
    grey = blend(palette.ink, palette.land, share=0.5)
    return go.Scattergeo(
        lon=lon,
        lat=lat,
        mode="lines",
        line={
            "color": palette.accent if is_picked else grey,
            "width": 3.4 if is_picked else 1.5,
            "dash": MODE_DASHES[mode],
        },
        hovertext=texts,
        hoverinfo="text",
        customdata=custom,
        name=f"{mode} {'picked' if is_picked else 'other'}",
        showlegend=False,
    )


def _identity(leg: dict[str, Any]) -> list[str]:
    """A leg, and behind it each corridor by itself, so that a click finds the first of them."""
    return [*identity("leg", leg["leg_id"])[:2], *leg["corridor_ids"]]


def _hover(leg: dict[str, Any], statuses: dict[str, str]) -> str:
    head = f"<b>{literal(leg['from_label'])} – {literal(leg['to_label'])}</b>"
    parts = [head, f"{leg['distance_km']:,.0f} km, {leg['leg_id']}"]
    if leg["status_code"] != "open":
        parts.append(wrapped(f"{statuses.get(leg['status_code'], 'No status')} {leg['since']}"))
        parts.append(wrapped(leg["status_note"]))
    if leg["controllers"]:
        parts.append(wrapped(f"Can be denied by {leg['controllers']}"))
    return "<br>".join(parts)


def _crosses(
    drawn: gpd.GeoDataFrame, statuses: dict[str, str], palette: Palette
) -> list[go.Scattergeo]:
    """A cross on legs that cannot be used, an open diamond on those with limits."""
    kinds = {"x": ~drawn["status_code"].isin(USABLE), "diamond": drawn["status_code"] == "partial"}
    traces = []
    for symbol, mask in kinds.items():
        own = drawn[mask & drawn["status_code"].notna()]
        hue = palette.statuses["closed" if symbol == "x" else "partial"]
        middles = [shape.interpolate(0.5, normalized=True) for shape in own.geometry]
        legs = own.to_dict("records")
        traces.append(
            go.Scattergeo(
                lon=[round(point.x, 2) for point in middles],
                lat=[round(point.y, 2) for point in middles],
                mode="markers",
                marker={
                    "symbol": symbol,
                    "size": 11 if symbol == "x" else 9,
                    "color": hue if symbol == "x" else palette.paper,
                    "line": {"width": 1.5, "color": palette.paper if symbol == "x" else hue},
                },
                hovertext=[_hover(leg, statuses) for leg in legs],
                hoverinfo="text",
                customdata=[_identity(leg) for leg in legs],
                name="cannot be used" if symbol == "x" else "usable with limits",
                showlegend=bool(len(own)),
            )
        )
    return traces


def _key(drawn: gpd.GeoDataFrame, modes: dict[str, str], palette: Palette) -> list[go.Scattergeo]:
    """Legend entries: one for each dash on the map."""
    used = [mode for mode in modes if mode in set(drawn["mode_code"])]
    labels: dict[str, list[str]] = {}
    for mode in used:
        labels.setdefault(MODE_DASHES[mode], []).append(literal(modes[mode].lower()))
    return [
        go.Scattergeo(
            lon=[None],
            lat=[None],
            mode="lines",
            line={"color": palette.ink, "width": 2, "dash": dash},
            name=" or ".join(names),
            hoverinfo="skip",
            meta=scaffold("key"),
        )
        for dash, names in labels.items()
    ]


def legend_below(palette: Palette) -> dict[str, Any]:
    """A key on one line under the map, which nothing switches on or off."""
    return {
        "orientation": "h",
        "x": 0,
        "y": 0,
        "xanchor": "left",
        "yanchor": "bottom",
        "bgcolor": palette.paper,
        "font": {"size": SMALL, "color": palette.ink},
        "itemclick": False,
        "itemdoubleclick": False,
    }
