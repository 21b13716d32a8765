"""Way map: ways that were found on the plate, detours dashed, legs that are denied crossed out."""

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
from entente.routes.charts.corridor_map import legend_below
from entente.style.basemap import blend, coordinates, frame_of, framed_plate, simplified
from entente.style.identities import identity
from entente.style.palette import Palette
from entente.style.theme import empty_figure, literal, wrapped

KEY_SHARE = 0.13
BADGE_SHARE = 0.085
# Role of a way to dash and width; the one in front is drawn last.
ROLES = {
    "other": ("dash", 1.6),
    "barred": ("dot", 2.2),
    "reference": ("solid", 2.2),
    "detour": ("dash", 3.4),
}
BEST = ("solid", 3.4)
ACCENTED = ("best", "detour")  # roles in the accent colour
KEY = "way-map"


def way_map(
    *,
    lines: gpd.GeoDataFrame,
    ways: pd.DataFrame,
    crossed: gpd.GeoDataFrame,
    places: pd.DataFrame,
    modes: dict[str, str],
    area_lines: gpd.GeoDataFrame,
    areas: pd.DataFrame,
    palette: Palette,
) -> go.Figure:
    """Ways that a search has found.

    Args:
        lines: One row a leg: `leg_id`, `corridor_ids` (tuple of the ways that use it), `mode_code`,
            `from_label`, `to_label`, `distance_km`, `geometry` in WGS84.
        ways: One row a way: `corridor_id`, `number`, `short_label`, `role` (`best`, `detour`,
            `other`, `reference`, `barred`), `role_label` for the key, and `identity`.
        crossed: Legs to cross out: `leg_id`, `from_label`, `to_label`, `why`, `geometry`.
        places: Places to name: `node_id`, `label`, `lat`, `lon`, `is_end`.
        modes: Mode code to label.
        area_lines: Lines of disputed areas.
        areas: What those areas are.
        palette: The appearance to draw in.
    """
    if lines.empty:
        return empty_figure(palette, key=KEY, text="No way joins these places.")
    drawn = simplified(lines)
    frame = frame_of(drawn, None)
    figure = framed_plate(frame, key=KEY, area_lines=area_lines, areas=areas, palette=palette)
    for row in _back_to_front(ways):
        figure.add_trace(_way(_own(drawn, row["corridor_id"]), row, modes, palette))
    figure.add_trace(_crosses(crossed, palette))
    _add_names(figure, drawn, ways, places=places, frame=frame, palette=palette)
    figure.update_layout(
        showlegend=True, legend=legend_below(palette), geo={"domain": {"y": [KEY_SHARE, 1]}}
    )
    return figure


def way_map_alt(*, ways: pd.DataFrame, crossed: gpd.GeoDataFrame) -> str:
    """What :func:`way_map` shows, in words."""
    if ways.empty:
        return "An empty map: no way joins these places."
    named = "; ".join(
        f"{row['number']} {row['short_label']} ({row['role_label']})"
        for row in ways.to_dict("records")
    )
    legs = "; ".join(f"{r['from_label']} to {r['to_label']}" for r in crossed.to_dict("records"))
    end = f" Crossed out: {legs}." if legs else " No leg is crossed out."
    return f"Map of {len(ways)} {'way' if len(ways) == 1 else 'ways'}: {named}.{end}"


def _back_to_front(ways: pd.DataFrame) -> list[dict[str, Any]]:
    """Others first, then the reference, then the best, so that the best lies on top."""
    order = {"other": 0, "barred": 1, "reference": 2, "detour": 3, "best": 4}
    return sorted(ways.to_dict("records"), key=lambda row: (order[row["role"]], -row["number"]))


def _own(drawn: gpd.GeoDataFrame, way_id: str) -> gpd.GeoDataFrame:
    return drawn[drawn["corridor_ids"].map(lambda ids: way_id in ids).astype(bool)]


def _hue(role: str, palette: Palette) -> str:
    if role in ACCENTED:
        return palette.accent
    return (
        palette.ink
        if role in ("reference", "barred")
        else blend(palette.ink, palette.land, share=0.6)
    )


def _way(
    own: gpd.GeoDataFrame, row: dict[str, Any], modes: dict[str, str], palette: Palette
) -> go.Scattergeo:
    lon: list[float | None] = []
    lat: list[float | None] = []
    texts: list[str] = []
    custom: list[list[str]] = []
    for leg in own.to_dict("records"):
        east, north = coordinates([leg["geometry"]])
        lon += [*east, None]
        lat += [*north, None]
        texts += [_hover(leg, row, modes)] * (len(east) + 1)
        custom += [identity("leg", leg["leg_id"])] * (len(east) + 1)
    dash, width = ROLES.get(row["role"], BEST)
    return go.Scattergeo(
        lon=lon,
        lat=lat,
        mode="lines",
        line={"color": _hue(row["role"], palette), "width": width, "dash": dash},
        hovertext=texts,
        hoverinfo="text",
        customdata=custom,
        name=literal(row["role_label"]),
        legendgroup=row["role"],
        showlegend=bool(row["is_keyed"]) if "is_keyed" in row else True,
    )


def _hover(leg: dict[str, Any], row: dict[str, Any], modes: dict[str, str]) -> str:
    return "<br>".join(
        [
            f"<b>{row['number']} {wrapped(row['short_label'])}</b>",
            f"{literal(leg['from_label'])} – {literal(leg['to_label'])}",
            f"{literal(modes[leg['mode_code']])}, {leg['distance_km']:,.0f} km, {leg['leg_id']}",
        ]
    )


def _crosses(crossed: gpd.GeoDataFrame, palette: Palette) -> go.Scattergeo:
    middles = [shape.interpolate(0.5, normalized=True) for shape in crossed.geometry]
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
            f"<b>{literal(leg['from_label'])} – {literal(leg['to_label'])}</b>"
            f"<br>{wrapped(leg['why'])}"
            for leg in crossed.to_dict("records")
        ],
        hoverinfo="text",
        customdata=[identity("leg", leg_id) for leg_id in crossed["leg_id"]],
        name="shut or denied",
        showlegend=bool(len(crossed)),
    )


def _add_names(
    figure: go.Figure,
    drawn: gpd.GeoDataFrame,
    ways: pd.DataFrame,
    *,
    places: pd.DataFrame,
    frame: tuple[tuple[float, float], tuple[float, float]],
    palette: Palette,
) -> None:
    """Names of places and numbers of ways, with room between them."""
    lon_range, lat_range = frame
    gap = BADGE_SHARE * (lat_range[1] - lat_range[0])
    figure.add_traces(place_marks(places, lon_range, gap, palette))
    box = (lon_range[0], lat_range[0], lon_range[1], lat_range[1])
    inside = drawn.assign(geometry=drawn.geometry.clip_by_rect(*box))
    front = ways.loc[ways["role"].isin(ACCENTED), "corridor_id"]
    picked = str(front.iloc[0]) if len(front) else ""
    names = [spot for n in (1, 1.5) for spot in beside(places, lon_range, n * gap)]
    taken = [*names, *along(_own(drawn, picked), gap)]
    spots = badge_spots(inside[~inside.is_empty], ways, gap=gap, taken=taken)
    held = {way: (point, _held(badge, frame, gap / 2)) for way, (point, badge) in spots.items()}
    figure.add_traces(number_marks(held, ways, picked, palette))


def _held(
    spot: tuple[float, float],
    frame: tuple[tuple[float, float], tuple[float, float]],
    margin: float,
) -> tuple[float, float]:
    """A spot drawn back into the frame, so that no number is cut in half."""
    (west, east), (south, north) = frame
    lon = min(max(spot[0], west + margin), east - margin)
    return lon, min(max(spot[1], south + margin), north - margin)
