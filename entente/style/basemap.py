"""The basemap under every map: land, sea, borders, disputed areas, the part of the earth shown."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import geopandas as gpd
import pandas as pd
import plotly.graph_objects as go

from entente.style.palette import Palette
from entente.style.theme import blank_figure, literal, wrapped

DECIMALS = 2


def coordinates(shapes: Iterable[Any]) -> tuple[list[float | None], list[float | None]]:
    """Longitudes and latitudes of lines and outlines, parts kept apart by None."""
    lon: list[float | None] = []
    lat: list[float | None] = []
    for shape in shapes:
        for part in _parts(shape):
            lon += [*(round(x, DECIMALS) for x, *_ in part), None]
            lat += [*(round(y, DECIMALS) for _, y, *_ in part), None]
    return lon[:-1], lat[:-1]


def _parts(shape: Any) -> list[Sequence[tuple[float, ...]]]:
    if hasattr(shape, "geoms"):
        return [part for geometry in shape.geoms for part in _parts(geometry)]
    if hasattr(shape, "exterior"):
        return [list(ring.coords) for ring in (shape.exterior, *shape.interiors)]
    return [list(shape.coords)]


Trace: TypeAlias = Any  # a line or a fill: Plotly has no common type for them
HATCH_WIDTH, BORDER_WIDTH, INNER_WIDTH = 0.8, 1.0, 2.2


def disputed_areas(
    area_lines: gpd.GeoDataFrame,
    *,
    areas: pd.DataFrame,
    palette: Palette,
    fills: Mapping[str, str] | None = None,
) -> list[Trace]:
    """The marks of every disputed area; hovering says whose it is claimed to be.

    Args:
        area_lines: `area_id`, `kind` (outline, hatch or border), `geometry`; a border has a
            `neighbour_id`.
        areas: `area_id`, `label`, `note`. For one side's view also `shown_as_actor_id`,
            `is_disputed` and `view_note`.
        palette: The appearance to draw in.
        fills: Actor id to the colour of its country on this map, for areas shown as its own.
    """
    traces: list[Trace] = []
    owners = _owners(areas)
    known = area_lines[area_lines["area_id"].isin(areas["area_id"])]
    for area in areas.sort_values("area_id").to_dict("records"):
        lines = known[known["area_id"] == area["area_id"]]
        owner = owners.get(area["area_id"])
        if owner is None:
            traces.append(_hatching(area, lines, palette=palette))
            continue
        colour = (fills or {}).get(owner, palette.land)
        traces += _as_owned(area, lines, owners, colour=colour, palette=palette)
        if area["is_disputed"]:
            traces.append(_hatching(area, lines[lines["kind"] == "hatch"], palette=palette))
    # Fills lie below lines in any case; borders that vanish must not cover those that stay.
    return sorted(traces, key=lambda trace: str(trace.name).startswith("border "))


def _owners(areas: pd.DataFrame) -> dict[str, str]:
    if "shown_as_actor_id" not in areas:
        return {}
    given = areas[areas["shown_as_actor_id"].notna()]
    return dict(zip(given["area_id"], given["shown_as_actor_id"], strict=True))


def _as_owned(
    area: Mapping[str, Any],
    lines: gpd.GeoDataFrame,
    owners: Mapping[str, str],
    *,
    colour: str,
    palette: Palette,
) -> list[Trace]:
    """The area in its owner's colour, without a border to the owner and with one to the rest."""
    owner = owners[area["area_id"]]
    borders = lines[lines["kind"] == "border"]
    is_inner = [owners.get(name, name) == owner for name in borders["neighbour_id"]]
    outer = borders[[not inner for inner in is_inner]]
    parts = [("inner", borders[is_inner], colour, INNER_WIDTH)]
    parts.append(("border", outer, palette.border, BORDER_WIDTH))
    drawn: list[Trace] = [_fill(area, colour)]
    for kind, own, ink, width in parts:
        if len(own):
            drawn.append(_line(area, own, name=f"{kind} {area['area_id']}", ink=ink, width=width))
    return drawn


def _fill(area: Mapping[str, Any], colour: str) -> go.Choropleth:
    return go.Choropleth(
        locations=[area["area_id"]],
        z=[1],
        colorscale=[[0, colour], [1, colour]],
        showscale=False,
        marker={"line": {"width": 0.4, "color": colour}},
        unselected={"marker": {"opacity": 1}},
        hovertext=[_text(area)],
        hoverinfo="text",
        customdata=[["area", area["area_id"], ""]],
        name=f"fill {area['area_id']}",
    )


def _hatching(
    area: Mapping[str, Any], lines: gpd.GeoDataFrame, *, palette: Palette
) -> go.Scattergeo:
    own = lines[lines["kind"].isin(["outline", "hatch"])]
    trace = _line(area, own, name=str(area["area_id"]), ink=palette.muted, width=HATCH_WIDTH)
    return trace.update(opacity=0.75)


def _line(
    area: Mapping[str, Any], lines: gpd.GeoDataFrame, *, name: str, ink: str, width: float
) -> go.Scattergeo:
    lon, lat = coordinates(lines.geometry)
    return go.Scattergeo(
        lon=lon,
        lat=lat,
        mode="lines",
        line={"width": width, "color": ink},
        hovertext=_text(area),
        hoverinfo="text",
        customdata=[["area", area["area_id"], ""]] * len(lon),
        name=name,
        showlegend=False,
    )


def _text(area: Mapping[str, Any]) -> str:
    text = f"<b>{literal(area['label'])}</b> (disputed)<br>{wrapped(area['note'])}"
    said = area.get("view_note")
    return f"{text}<br><i>{wrapped(said)}</i>" if isinstance(said, str) else text


PARALLELS = (20, 48)


def basemap(
    figure: go.Figure,
    *,
    palette: Palette,
    area_lines: gpd.GeoDataFrame,
    areas: pd.DataFrame,
    lon_range: tuple[float, float],
    lat_range: tuple[float, float],
    fills: Mapping[str, str] | None = None,
) -> go.Figure:
    """A copy of `figure` with the basemap added beneath what is drawn next.

    The projection is Albers' equal-area conic, its middle meridian in the middle of the frame.

    Args:
        figure: Usually a blank one in the house style.
        palette: The appearance to draw in.
        area_lines: Lines of disputed areas: `area_id`, `kind`, `neighbour_id`, `geometry`.
        areas: What those areas are, and in one side's view whose: see `disputed_areas`.
        lon_range: Western and eastern end of the frame, degrees.
        lat_range: Southern and northern end of the frame, degrees.
        fills: Actor id to the colour of its country, for areas that are shown as its own.
    """
    drawn = go.Figure(figure)
    drawn.update_layout(
        geo=geo_layout(palette, lon_range=lon_range, lat_range=lat_range),
        dragmode="zoom",  # geo maps know no zoom by dragging: on a phone the page scrolls instead
        hovermode="closest",
    )
    drawn.add_traces(disputed_areas(area_lines, areas=areas, palette=palette, fills=fills))
    return drawn


def geo_layout(
    palette: Palette, *, lon_range: tuple[float, float], lat_range: tuple[float, float]
) -> dict[str, Any]:
    """Settings of `layout.geo`: projection, frame, land, sea and borders."""
    middle = sum(lon_range) / 2
    return {
        "resolution": 50,
        "fitbounds": False,
        "visible": True,
        "projection": {
            "type": "conic equal area",
            "parallels": list(PARALLELS),
            "rotation": {"lon": middle, "lat": 0},
        },
        "lonaxis": {"range": list(lon_range), "showgrid": False},
        "lataxis": {"range": list(lat_range), "showgrid": False},
        "bgcolor": palette.paper,
        "showland": True,
        "landcolor": palette.land,
        "showocean": True,
        "oceancolor": palette.sea,
        "showlakes": True,
        "lakecolor": palette.sea,
        "showcountries": True,
        "countrycolor": palette.border,
        "countrywidth": 0.6,
        "showcoastlines": True,
        "coastlinecolor": palette.border,
        "coastlinewidth": 0.6,
        "showrivers": False,
        "showframe": False,
    }


def blend(colour: str, ground: str, *, share: float) -> str:
    """`colour` laid over `ground`, both hex: `share` 1 is all colour, 0 all ground."""
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def _channels(colour: str) -> Sequence[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


MARGIN_SHARE = 0.07
LEAST_MARGIN_DEG = 1.5
NEAR_SHARE = 0.5
LEAST_ASPECT, MOST_ASPECT = 1.0, 1.45
TOLERANCE_DEG = 0.06
FURTHEST_SOUTH = -15

Frame = tuple[tuple[float, float], tuple[float, float]]


def simplified(lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Legs as a map of this scale can show them, by id."""
    return lines.assign(geometry=lines.geometry.simplify(TOLERANCE_DEG)).sort_values("leg_id")


def framed_basemap(
    frame: Frame,
    *,
    key: str,
    area_lines: gpd.GeoDataFrame,
    areas: pd.DataFrame,
    palette: Palette,
) -> go.Figure:
    """Land, borders and disputed areas within a frame, in a projection that suits it."""
    lon_range, lat_range = frame
    figure = basemap(
        blank_figure(palette, key=f"{key}-{lon_range}-{lat_range}"),
        palette=palette,
        area_lines=area_lines,
        areas=areas,
        lon_range=lon_range,
        lat_range=lat_range,
    )
    figure.update_traces(showlegend=False)
    if lat_range[0] < FURTHEST_SOUTH:  # a conic for the north tears the south apart
        figure.update_layout(geo={"projection": {"type": "equal earth", "parallels": None}})
    return figure


def frame_of(
    lines: gpd.GeoDataFrame, picked: str | None
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Longitudes and latitudes of the frame, with a margin.

    It holds the corridor that is put forward whole, and as much of the others as lies within half
    its size around it. With none put forward it holds them all.
    """
    chosen = lines["corridor_ids"].map(lambda ids: picked in ids).astype(bool)
    west, south, east, north = (lines[chosen] if chosen.any() else lines).total_bounds
    aside, above = NEAR_SHARE * (east - west), NEAR_SHARE * (north - south)
    near = (west - aside, south - above, east + aside, north + above)
    parts = [*lines[chosen].geometry, *lines[~chosen].geometry.clip_by_rect(*near)]
    west, south, east, north = gpd.GeoSeries(parts).total_bounds
    aside = max(LEAST_MARGIN_DEG, MARGIN_SHARE * (east - west))
    above = max(LEAST_MARGIN_DEG, MARGIN_SHARE * (north - south))
    return _proportioned(west - aside, south - above, east + aside, north + above)


def _proportioned(
    west: float, south: float, east: float, north: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """The frame, widened or heightened around its middle until its sides stand well together."""
    shrink = math.cos(math.radians((south + north) / 2))
    width, height = (east - west) * shrink, north - south
    wider = max(0.0, LEAST_ASPECT * height - width) / shrink / 2
    higher = max(0.0, width / MOST_ASPECT - height) / 2
    lat = (max(-60.0, south - higher), min(82.0, north + higher))
    lon = (west - wider, east + wider)
    return tuple(round(x, 1) for x in lon), tuple(round(y, 1) for y in lat)  # type: ignore[return-value]
