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
        places: Places to name: `node_id`, `label`, `lat`, `lon`, `is_end`.
        modes: Mode code to label.
        area_lines: Lines of disputed areas.
        areas: What those areas are.
        palette: The appearance to draw in.

    Returns:
        A figure whose legs carry their id as `customdata`. Empty lines give a figure that says so.
    """
    if lines.empty:
        return empty_figure(palette, key="way-map", text="No route joins these places.")
    drawn = _with_marks(simplify_lines(lines))
    frame = fit_frame(drawn, None)
    figure = draw_framed_basemap(
        frame, key="way-map", area_lines=area_lines, areas=areas, palette=palette
    )
    pale = blend(palette.ink, palette.land, share=0.6)
    order = {role: place for place, role in enumerate(ROLES)}
    rows = sorted(routes.to_dict("records"), key=lambda row: (order[row["role"]], -row["number"]))
    keyed = dict(zip(routes["role"], routes["corridor_id"], strict=True))  # one route of each role
    for row in rows:
        role, legs = row["role"], drawn[_find_users(drawn, row["corridor_id"])]
        dash, width = ROLES[role]
        hue = palette.accent if role in IN_FRONT else pale if role == "other" else palette.ink
        hovers = [_describe_leg_of(row, leg, modes) for leg in legs.to_dict("records")]
        trace = _draw_lines(
            legs.assign(hover=hovers),
            name=escape(row["role_label"]),
            line={"color": hue, "width": width, "dash": dash},
        )
        is_keyed = keyed[role] == row["corridor_id"]
        figure.add_trace(trace.update(legendgroup=role, showlegend=is_keyed))
    cut = _select_cut(drawn)
    hovers = [
        f"{_name_ends(leg)}<br>{wrap_text(leg['status_note'])}" for leg in cut.to_dict("records")
    ]
    figure.add_trace(_draw_crosses(cut.assign(hover=hovers), "shut or denied", palette))
    front = routes.loc[routes["role"].isin(IN_FRONT), "corridor_id"]
    picked = str(front.iloc[0]) if len(front) else None
    add_labels(
        figure,
        drawn,
        routes,
        places=places,
        picked=picked,
        frame=frame,
        palette=palette,
        margin=0.5,
    )
    return set_reading_order(_add_legend(figure, palette, share=0.13), _list_in_order(routes))


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
    count = f"{len(routes)} {'route' if len(routes) == 1 else 'routes'}"
    return f"Map of {count}: {named}.{_list_crosses(lines)}"


def _list_crosses(lines: gpd.GeoDataFrame) -> str:
    cut = _select_cut(lines)
    named = "; ".join(f"{leg.from_label} to {leg.to_label}" for leg in cut.itertuples())
    return f" Crossed out: {named}." if named else " No leg is crossed out."


def _select_cut(lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Legs that cannot be used; where nothing is on record, one can."""
    return lines[lines["status_code"].notna() & ~lines["status_code"].isin(USABLE)]


def _find_users(lines: gpd.GeoDataFrame, corridor_id: str | None) -> pd.Series:
    """Whether each leg is one of a corridor or route."""
    return lines["corridor_ids"].map(lambda ids: corridor_id in ids).astype(bool)


def _with_marks(lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return lines.assign(mark=[identity("leg", leg_id) for leg_id in lines["leg_id"]])


def _draw_lines(legs: gpd.GeoDataFrame, *, name: str, line: dict[str, Any]) -> go.Scattergeo:
    """One trace for all legs, with a gap after each; `hover` and `mark` are theirs."""
    lon: list[float | None] = []
    lat: list[float | None] = []
    texts: list[str] = []
    marks: list[list[str]] = []
    for leg in legs.itertuples():
        east, north = list_coordinates([leg.geometry])
        lon += [*east, None]
        lat += [*north, None]
        texts += [leg.hover] * (len(east) + 1)
        marks += [leg.mark] * (len(east) + 1)
    return go.Scattergeo(
        lon=lon,
        lat=lat,
        mode="lines",
        line=line,
        hovertext=texts,
        hoverinfo="text",
        customdata=marks,
        name=name,
        showlegend=False,
    )


def _draw_crosses(
    legs: gpd.GeoDataFrame, name: str, palette: Palette, *, is_open: bool = False
) -> go.Scattergeo:
    """A cross in the middle of legs that cannot be used; an open diamond on those with limits."""
    middles = [line.interpolate(0.5, normalized=True) for line in legs.geometry]
    hue = palette.statuses["partial" if is_open else "closed"]
    fill, edge = (palette.paper, hue) if is_open else (hue, palette.paper)
    return go.Scattergeo(
        lon=[round(point.x, 2) for point in middles],
        lat=[round(point.y, 2) for point in middles],
        mode="markers",
        marker={
            "symbol": "diamond" if is_open else "x",
            "size": 9 if is_open else 11,
            "color": fill,
            "line": {"width": 1.5, "color": edge},
        },
        hovertext=legs["hover"].tolist(),
        hoverinfo="text",
        customdata=legs["mark"].tolist(),
        name=name,
        showlegend=len(legs) > 0,
    )


def _name_ends(leg: dict[str, Any]) -> str:
    return f"<b>{escape(leg['from_label'])} – {escape(leg['to_label'])}</b>"


def _describe_leg_of(row: dict[str, Any], leg: dict[str, Any], modes: dict[str, str]) -> str:
    """Hover of a leg on one route."""
    return (
        f"<b>{row['number']} {wrap_text(row['short_label'])}</b><br>"
        f"{escape(leg['from_label'])} – {escape(leg['to_label'])}<br>"
        f"{escape(modes[leg['mode_code']])}, {leg['distance_km']:,.0f} km, {leg['leg_id']}"
    )


def _add_legend(figure: go.Figure, palette: Palette, *, share: float) -> go.Figure:
    """The map above a key on one line, which nothing switches on or off."""
    legend = {
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
    return figure.update_layout(showlegend=True, legend=legend, geo={"domain": {"y": [share, 1]}})
