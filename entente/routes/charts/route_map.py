"""Route map: corridors or routes between two places, numbered, cut legs crossed out.

Corridors are drawn by mode, and one is put forward. Routes that a search found are drawn by their
role: the best, the others, detours.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd
import plotly.graph_objects as go

from entente.routes.charts.labels import along, badge_spots, beside, number_marks, place_marks
from entente.style.basemap import blend, coordinates, frame_of, framed_basemap, simplified
from entente.style.palette import Palette
from entente.style.theme import SMALL, empty_figure, identity, literal, scaffold, wrapped

MODE_DASHES = {
    "rail": "solid",
    "road": "dash",
    "deep-sea": "dot",
    "short-sea": "dot",
    "ferry": "dashdot",
    "inland-water": "dashdot",
}
# Role of a route to dash and width, the one in front last.
ROLES = {
    "other": ("dash", 1.6),
    "barred": ("dot", 2.2),
    "reference": ("solid", 2.2),
    "detour": ("dash", 3.4),
    "best": ("solid", 3.4),
}
IN_FRONT = ("best", "detour")
BADGE_SHARE = 0.085
USABLE = ("open", "partial")

Frame = tuple[tuple[float, float], tuple[float, float]]


class Stroke(NamedTuple):
    """Legs that are drawn alike: how, and what each says when pointed at and when chosen."""

    name: str
    hue: str
    width: float
    dash: str
    legs: Sequence[dict[str, Any]]
    hovers: Sequence[str]
    identities: Sequence[list[str]]
    group: str = ""


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
    """The corridors between two places, dash by mode, one put forward.

    Args:
        lines: One row a leg: `leg_id`, `corridor_ids` (tuple), `mode_code`, `from_label`,
            `to_label`, `distance_km`, `status_code`, `since`, `status_note`, `controllers`,
            `geometry` in WGS84.
        corridors: One row a corridor: `corridor_id`, `number`, `short_label`, `identity`.
        places: Places to name: `node_id`, `label`, `lat`, `lon`, `is_end`.
        modes: Mode code to label, in the order of the key.
        statuses: Status code to label.
        picked: The corridor to put forward; None for none.
        area_lines: Lines of disputed areas.
        areas: What those areas are.
        palette: The appearance to draw in.

    Returns:
        A figure whose legs carry, besides their id, each corridor that uses them as `customdata`,
        so that a click finds the first of them. Empty lines give a figure that says so.
    """
    if lines.empty:
        return empty_figure(palette, key="corridor-map", text="No corridor joins these places.")
    drawn = simplified(lines)
    chosen = drawn["corridor_ids"].map(lambda ids: picked in ids).astype(bool)
    frame = frame_of(drawn, picked)
    figure = framed_basemap(
        frame, key="corridor-map", area_lines=area_lines, areas=areas, palette=palette
    )
    for is_picked, own in ((False, drawn[~chosen]), (True, drawn[chosen])):
        for stroke in _strokes_by_mode(own, modes, statuses, is_picked, palette):
            figure.add_trace(_line(stroke))
    is_known = drawn["status_code"].notna()
    kinds = {
        "x": (is_known & ~drawn["status_code"].isin(USABLE), "cannot be used"),
        "diamond": (drawn["status_code"] == "partial", "usable with limits"),
    }
    for symbol, (mask, name) in kinds.items():
        legs = drawn[mask].to_dict("records")
        hovers = [_status_hover(leg, statuses) for leg in legs]
        figure.add_trace(_crosses(symbol, name, legs, hovers, palette, mark=_users))
    placed: dict[str, Any] = {"places": places, "picked": picked, "frame": frame}
    _add_names(figure, drawn, corridors, **placed, palette=palette)
    figure.add_traces(_mode_key(drawn, modes, palette))
    return _with_legend(figure, palette, share=0.12)


def corridor_map_alt(
    *, lines: gpd.GeoDataFrame, corridors: pd.DataFrame, picked: str | None
) -> str:
    """What :func:`corridor_map` shows, in words."""
    if lines.empty:
        return "An empty map: no corridor joins these places."
    names = "; ".join(f"{r['number']} {r['short_label']}" for r in corridors.to_dict("records"))
    chosen = corridors[corridors["corridor_id"] == picked]["short_label"]
    forward = f" {chosen.iloc[0]} is put forward." if len(chosen) else ""
    cut = lines[~lines["status_code"].isin(USABLE)]
    return f"Map of {len(corridors)} corridors: {names}.{forward}{_crossed_out(cut)}"


def route_map(
    *,
    lines: gpd.GeoDataFrame,
    routes: pd.DataFrame,
    crossed: gpd.GeoDataFrame,
    places: pd.DataFrame,
    modes: dict[str, str],
    area_lines: gpd.GeoDataFrame,
    areas: pd.DataFrame,
    palette: Palette,
) -> go.Figure:
    """Routes that a search has found, dash by role, the best on top.

    Args:
        lines: One row a leg: `leg_id`, `corridor_ids` (tuple of the routes that use it),
            `mode_code`, `from_label`, `to_label`, `distance_km`, `geometry` in WGS84.
        routes: One row a route: `corridor_id`, `number`, `short_label`, `role` (a key of `ROLES`),
            `role_label` for the key, and `identity`.
        crossed: Legs to cross out: `leg_id`, `from_label`, `to_label`, `why`, `geometry`.
        places: Places to name: `node_id`, `label`, `lat`, `lon`, `is_end`.
        modes: Mode code to label.
        area_lines: Lines of disputed areas.
        areas: What those areas are.
        palette: The appearance to draw in.

    Returns:
        A figure whose legs carry their id as `customdata`. Empty lines give a figure that says so.
    """
    if lines.empty:
        return empty_figure(palette, key="way-map", text="No way joins these places.")
    drawn = simplified(lines)
    frame = frame_of(drawn, None)
    figure = framed_basemap(
        frame, key="way-map", area_lines=area_lines, areas=areas, palette=palette
    )
    order = list(ROLES)
    rows = routes.to_dict("records")
    keyed = {row["role"]: row["corridor_id"] for row in rows}  # one route of each role
    for row in sorted(rows, key=lambda row: (order.index(row["role"]), -row["number"])):
        is_keyed = keyed[row["role"]] == row["corridor_id"]
        figure.add_trace(_line(_stroke_by_role(drawn, row, modes, palette), is_keyed=is_keyed))
    legs = crossed.to_dict("records")
    hovers = [f"{_ends(leg)}<br>{wrapped(leg['why'])}" for leg in legs]
    figure.add_trace(_crosses("x", "shut or denied", legs, hovers, palette))
    front = routes.loc[routes["role"].isin(IN_FRONT), "corridor_id"]
    picked = str(front.iloc[0]) if len(front) else ""
    placed: dict[str, Any] = {"places": places, "picked": picked, "frame": frame}
    _add_names(figure, drawn, routes, **placed, palette=palette, margin=0.5)
    return _with_legend(figure, palette, share=0.13)


def route_map_alt(*, routes: pd.DataFrame, crossed: gpd.GeoDataFrame) -> str:
    """What :func:`route_map` shows, in words."""
    if routes.empty:
        return "An empty map: no way joins these places."
    named = "; ".join(
        f"{row['number']} {row['short_label']} ({row['role_label']})"
        for row in routes.to_dict("records")
    )
    count = f"{len(routes)} {'way' if len(routes) == 1 else 'ways'}"
    return f"Map of {count}: {named}.{_crossed_out(crossed)}"


def _crossed_out(legs: pd.DataFrame) -> str:
    named = "; ".join(f"{r['from_label']} to {r['to_label']}" for r in legs.to_dict("records"))
    return f" Crossed out: {named}." if named else " No leg is crossed out."


def _strokes_by_mode(
    own: gpd.GeoDataFrame,
    modes: dict[str, str],
    statuses: dict[str, str],
    is_picked: bool,
    palette: Palette,
) -> Iterator[Stroke]:
    for mode in modes:
        legs = own[own["mode_code"] == mode].to_dict("records")
        if legs:
            yield Stroke(
                name=f"{mode} {'picked' if is_picked else 'other'}",
                hue=palette.accent if is_picked else blend(palette.ink, palette.land, share=0.5),
                width=3.4 if is_picked else 1.5,
                dash=MODE_DASHES[mode],
                legs=legs,
                hovers=[_status_hover(leg, statuses) for leg in legs],
                identities=[_users(leg) for leg in legs],
            )


def _stroke_by_role(
    drawn: gpd.GeoDataFrame, row: dict[str, Any], modes: dict[str, str], palette: Palette
) -> Stroke:
    uses = drawn["corridor_ids"].map(lambda ids: row["corridor_id"] in ids).astype(bool)
    legs = drawn[uses].to_dict("records")
    dash, width = ROLES[row["role"]]
    pale = blend(palette.ink, palette.land, share=0.6)
    hue = palette.accent if row["role"] in IN_FRONT else palette.ink
    return Stroke(
        name=literal(row["role_label"]),
        hue=pale if row["role"] == "other" else hue,
        width=width,
        dash=dash,
        legs=legs,
        hovers=[_route_hover(leg, row, modes) for leg in legs],
        identities=[_mark(leg) for leg in legs],
        group=row["role"],
    )


def _line(stroke: Stroke, *, is_keyed: bool = False) -> go.Scattergeo:
    """One trace for all legs of a stroke, with a gap after each."""
    lon: list[float | None] = []
    lat: list[float | None] = []
    texts: list[str] = []
    custom: list[list[str]] = []
    for leg, hover, mark in zip(stroke.legs, stroke.hovers, stroke.identities, strict=True):
        east, north = coordinates([leg["geometry"]])
        lon += [*east, None]
        lat += [*north, None]
        texts += [hover] * (len(east) + 1)
        custom += [mark] * (len(east) + 1)
    return go.Scattergeo(
        lon=lon,
        lat=lat,
        mode="lines",
        line={"color": stroke.hue, "width": stroke.width, "dash": stroke.dash},
        hovertext=texts,
        hoverinfo="text",
        customdata=custom,
        name=stroke.name,
        legendgroup=stroke.group or None,
        showlegend=is_keyed,
    )


def _mark(leg: dict[str, Any]) -> list[str]:
    return identity("leg", leg["leg_id"])


def _users(leg: dict[str, Any]) -> list[str]:
    return [*identity("leg", leg["leg_id"])[:2], *leg["corridor_ids"]]


def _ends(leg: dict[str, Any]) -> str:
    return f"<b>{literal(leg['from_label'])} – {literal(leg['to_label'])}</b>"


def _status_hover(leg: dict[str, Any], statuses: dict[str, str]) -> str:
    parts = [_ends(leg), f"{leg['distance_km']:,.0f} km, {leg['leg_id']}"]
    if leg["status_code"] != "open":
        parts.append(wrapped(f"{statuses.get(leg['status_code'], 'No status')} {leg['since']}"))
        parts.append(wrapped(leg["status_note"]))
    if leg["controllers"]:
        parts.append(wrapped(f"Can be denied by {leg['controllers']}"))
    return "<br>".join(parts)


def _route_hover(leg: dict[str, Any], row: dict[str, Any], modes: dict[str, str]) -> str:
    return "<br>".join(
        [
            f"<b>{row['number']} {wrapped(row['short_label'])}</b>",
            f"{literal(leg['from_label'])} – {literal(leg['to_label'])}",
            f"{literal(modes[leg['mode_code']])}, {leg['distance_km']:,.0f} km, {leg['leg_id']}",
        ]
    )


def _crosses(
    symbol: str,
    name: str,
    legs: Sequence[dict[str, Any]],
    hovers: Sequence[str],
    palette: Palette,
    *,
    mark: Callable[[dict[str, Any]], list[str]] = _mark,
) -> go.Scattergeo:
    """A cross on legs that cannot be used, an open diamond on those with limits."""
    is_cross = symbol == "x"
    hue = palette.statuses["closed" if is_cross else "partial"]
    middles = [leg["geometry"].interpolate(0.5, normalized=True) for leg in legs]
    return go.Scattergeo(
        lon=[round(point.x, 2) for point in middles],
        lat=[round(point.y, 2) for point in middles],
        mode="markers",
        marker={
            "symbol": symbol,
            "size": 11 if is_cross else 9,
            "color": hue if is_cross else palette.paper,
            "line": {"width": 1.5, "color": palette.paper if is_cross else hue},
        },
        hovertext=list(hovers),
        hoverinfo="text",
        customdata=[mark(leg) for leg in legs],
        name=name,
        showlegend=bool(legs),
    )


def _add_names(
    figure: go.Figure,
    drawn: gpd.GeoDataFrame,
    rows: pd.DataFrame,
    *,
    places: pd.DataFrame,
    picked: str | None,
    frame: Frame,
    palette: Palette,
    margin: float = 0.0,
) -> None:
    """Names of places and numbers of corridors or routes, with room between them.

    With a `margin`, in parts of the room of a number, numbers keep that far from the edge of the
    map and from the names of places.
    """
    lon_range, lat_range = frame
    gap = BADGE_SHARE * (lat_range[1] - lat_range[0])
    figure.add_traces(place_marks(places, lon_range, gap, palette))
    box = (lon_range[0], lat_range[0], lon_range[1], lat_range[1])
    inside = drawn.assign(geometry=drawn.geometry.clip_by_rect(*box))
    front = drawn[drawn["corridor_ids"].map(lambda ids: picked in ids).astype(bool)]
    reaches = (1, 1 + margin) if margin else (1,)
    names = [spot for n in reaches for spot in beside(places, lon_range, n * gap)]
    taken = [*names, *along(front, gap)]
    spots = badge_spots(inside[~inside.is_empty], rows, gap=gap, taken=taken)
    if margin:
        spots = {
            name: (point, _keep_inside(badge, frame, margin * gap))
            for name, (point, badge) in spots.items()
        }
    figure.add_traces(number_marks(spots, rows, picked, palette))


def _keep_inside(spot: tuple[float, float], frame: Frame, margin: float) -> tuple[float, float]:
    """A spot drawn back into the frame, so that no number is cut in half."""
    (west, east), (south, north) = frame
    lon = min(max(spot[0], west + margin), east - margin)
    return lon, min(max(spot[1], south + margin), north - margin)


def _mode_key(
    drawn: gpd.GeoDataFrame, modes: dict[str, str], palette: Palette
) -> list[go.Scattergeo]:
    """Legend entries: one for each dash on the map."""
    used = set(drawn["mode_code"])
    labels: dict[str, list[str]] = {}
    for mode, label in modes.items():
        if mode in used:
            labels.setdefault(MODE_DASHES[mode], []).append(literal(label.lower()))
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


def _with_legend(figure: go.Figure, palette: Palette, *, share: float) -> go.Figure:
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
    figure.update_layout(showlegend=True, legend=legend, geo={"domain": {"y": [share, 1]}})
    return figure
