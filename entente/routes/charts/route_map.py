"""Route map: routes that a search found between two places, numbered, cut legs crossed out.

They are drawn by their role: the best, the others, detours.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd
import plotly.graph_objects as go

from entente.routes.charts.labels import add_labels
from entente.routes.words import USABLE
from entente.style.basemap import (
    blend,
    draw_framed_basemap,
    fit_frame,
    list_coordinates,
    simplify_lines,
)
from entente.style.palette import Palette
from entente.style.theme import (
    SMALL,
    count_noun,
    empty_figure,
    escape,
    identity,
    set_reading_order,
    wrap_text,
)

# Role of a route to dash and width, the one in front last.
ROLES = {
    "other": ("dash", 1.6),
    "barred": ("dot", 2.2),
    "reference": ("solid", 2.2),
    "detour": ("dash", 3.4),
    "best": ("solid", 3.4),
}
IN_FRONT = ("best", "detour")
LEGEND_SHARE = 0.1  # of the height, for the key below the map


def route_map(
    *,
    lines: gpd.GeoDataFrame,
    routes: pd.DataFrame,
    places: pd.DataFrame,
    modes: dict[str, str],
    area_lines: gpd.GeoDataFrame,
    areas: pd.DataFrame,
    palette: Palette,
) -> go.Figure:
    """Routes that a search has found, dash by role, the best on top.

    Args:
        lines: One row a leg: `leg_id`, `corridor_ids` (tuple of the routes that use it),
            `mode_code`, `from_label`, `to_label`, `distance_km`, `status_code`, `status_note`,
            `geometry` in WGS84. Legs that are shut or denied are crossed out.
        routes: One row a route: `corridor_id`, `number`, `short_label`, `role` (a key of `ROLES`),
            `role_label` for the key, and `identity`.
        places: The two ends: `node_id`, `label`, `lat`, `lon`.
        modes: Mode code to label.
        area_lines: Lines of disputed areas.
        areas: What those areas are.
        palette: The appearance to draw in.

    Returns:
        A figure whose legs carry their id as `customdata`. Empty lines give a figure that says so.
    """
    if lines.empty:
        return empty_figure(palette, key="way-map", text="No route joins these places.")
    drawn = simplify_lines(lines)
    frame = fit_frame(drawn)
    figure = draw_framed_basemap(
        frame, key="way-map", area_lines=area_lines, areas=areas, palette=palette
    )
    order = {role: place for place, role in enumerate(ROLES)}
    rows = sorted(routes.to_dict("records"), key=lambda row: (order[row["role"]], -row["number"]))
    keyed = dict(zip(routes["role"], routes["corridor_id"], strict=True))  # one route of each role
    for row in rows:
        own = drawn[drawn["corridor_ids"].map(lambda ids, name=row["corridor_id"]: name in ids)]
        is_keyed = keyed[row["role"]] == row["corridor_id"]
        figure.add_trace(_draw_route(own, row, modes, palette).update(showlegend=is_keyed))
    figure.add_trace(_draw_crosses(_select_cut(drawn), palette))
    front = routes.loc[routes["role"].isin(IN_FRONT), "corridor_id"]
    picked = str(front.iloc[0]) if len(front) else None
    add_labels(figure, drawn, routes, places=places, picked=picked, frame=frame, palette=palette)
    figure.update_layout(
        showlegend=True,
        legend={
            "orientation": "h",
            "x": 0,
            "y": LEGEND_SHARE,
            "xanchor": "left",
            "yanchor": "top",
            "bgcolor": palette.paper,
            "font": {"size": SMALL, "color": palette.ink},
            "itemclick": False,
            "itemdoubleclick": False,
        },
        geo={"domain": {"y": [LEGEND_SHARE, 1]}},
    )
    return set_reading_order(figure, _list_in_order(routes))


def _list_in_order(routes: pd.DataFrame) -> Iterator[Sequence[str]]:
    """Marks as one reads them: a route by its legs, from end to end, by number."""
    for _, legs, *_ in routes.sort_values("number")["identity"]:
        yield from (("leg", leg_id) for leg_id in legs.split())


def route_map_alt(*, lines: gpd.GeoDataFrame, routes: pd.DataFrame) -> str:
    """What :func:`route_map` shows, in words."""
    if routes.empty:
        return "An empty map: no route joins these places."
    named = "; ".join(
        f"{row.number} {row.short_label} ({row.role_label})" for row in routes.itertuples()
    )
    return f"Map of {count_noun(len(routes), 'route')}: {named}.{_list_crosses(lines)}"


def _list_crosses(lines: gpd.GeoDataFrame) -> str:
    cut = _select_cut(lines)
    named = "; ".join(f"{leg.from_label} to {leg.to_label}" for leg in cut.itertuples())
    return f" Crossed out: {named}." if named else " No leg is crossed out."


def _select_cut(lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Legs that cannot be used; where nothing is on record, one can."""
    return lines[lines["status_code"].notna() & ~lines["status_code"].isin(USABLE)]


def _draw_route(
    legs: gpd.GeoDataFrame, row: dict[str, Any], modes: dict[str, str], palette: Palette
) -> go.Scattergeo:
    """One trace for all legs of a route, with a gap after each."""
    dash, width = ROLES[row["role"]]
    pale = blend(palette.ink, palette.land, share=0.6)
    plain = pale if row["role"] == "other" else palette.ink
    lon: list[float | None] = []
    lat: list[float | None] = []
    texts: list[str] = []
    marks: list[list[str]] = []
    for leg in legs.to_dict("records"):
        east, north = list_coordinates([leg["geometry"]])
        lon += [*east, None]
        lat += [*north, None]
        texts += [_describe_leg(row, leg, modes)] * (len(east) + 1)
        marks += [identity("leg", leg["leg_id"])] * (len(east) + 1)
    return go.Scattergeo(
        lon=lon,
        lat=lat,
        mode="lines",
        line={
            "color": palette.accent if row["role"] in IN_FRONT else plain,
            "width": width,
            "dash": dash,
        },
        hovertext=texts,
        hoverinfo="text",
        customdata=marks,
        name=escape(row["role_label"]),
        legendgroup=row["role"],
    )


def _describe_leg(row: dict[str, Any], leg: dict[str, Any], modes: dict[str, str]) -> str:
    return (
        f"<b>{row['number']} {wrap_text(row['short_label'])}</b><br>"
        f"{escape(leg['from_label'])} – {escape(leg['to_label'])}<br>"
        f"{escape(modes[leg['mode_code']])}, {leg['distance_km']:,.0f} km, {leg['leg_id']}"
    )


def _draw_crosses(legs: gpd.GeoDataFrame, palette: Palette) -> go.Scattergeo:
    """A cross in the middle of each leg that cannot be used."""
    middles = [line.interpolate(0.5, normalized=True) for line in legs.geometry]
    return go.Scattergeo(
        lon=[round(point.x, 2) for point in middles],
        lat=[round(point.y, 2) for point in middles],
        mode="markers",
        marker={
            "symbol": "x",
            "size": 11,
            "color": palette.statuses["closed"],
            "line": {"width": 1.5, "color": palette.paper},
        },
        hovertext=[
            f"<b>{escape(leg.from_label)} – {escape(leg.to_label)}</b><br>"
            f"{wrap_text(leg.status_note)}"
            for leg in legs.itertuples()
        ],
        hoverinfo="text",
        customdata=[identity("leg", leg_id) for leg_id in legs["leg_id"]],
        name="closed or blocked",
        showlegend=len(legs) > 0,
    )
