"""The plate under every map: land, sea, borders, and the hatched areas that belong to nobody."""

from collections.abc import Iterable, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd
import plotly.graph_objects as go

from entente.figures.theme import literal, wrapped
from entente.palette import Palette

DECIMALS = 2
PARALLELS = (20, 48)


def basemap(
    figure: go.Figure,
    *,
    palette: Palette,
    area_lines: gpd.GeoDataFrame,
    areas: pd.DataFrame,
    lon_range: tuple[float, float],
    lat_range: tuple[float, float],
) -> go.Figure:
    """A copy of `figure` with the plate added beneath what is drawn next.

    The projection is Albers' equal-area conic, its middle meridian in the middle of the frame.

    Args:
        figure: Usually a blank one in the house style.
        palette: The appearance to draw in.
        area_lines: Lines of disputed areas: `area_id`, `kind` (outline or hatch), `geometry`.
        areas: What those areas are: `area_id`, `label`, `note`.
        lon_range: Western and eastern end of the frame, degrees.
        lat_range: Southern and northern end of the frame, degrees.
    """
    drawn = go.Figure(figure)
    drawn.update_layout(
        geo=plate(palette, lon_range=lon_range, lat_range=lat_range),
        dragmode="zoom",  # geo maps know no zoom by dragging: on a phone the page scrolls instead
        hovermode="closest",
    )
    drawn.add_traces(hatching(area_lines, areas=areas, palette=palette))
    return drawn


def plate(
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


def hatching(
    area_lines: gpd.GeoDataFrame, *, areas: pd.DataFrame, palette: Palette
) -> list[go.Scattergeo]:
    """One trace of thin lines a disputed area; hovering says whose it is claimed to be."""
    notes = areas.set_index("area_id")
    traces = []
    for area_id, lines in sorted(area_lines.groupby("area_id"), key=lambda item: str(item[0])):
        if area_id not in notes.index:
            continue
        lon, lat = coordinates(lines.geometry)
        area = notes.loc[area_id]
        text = f"<b>{literal(area['label'])}</b> (disputed)<br>{wrapped(area['note'])}"
        traces.append(
            go.Scattergeo(
                lon=lon,
                lat=lat,
                mode="lines",
                line={"width": 0.8, "color": palette.muted},
                opacity=0.75,
                hovertext=text,
                hoverinfo="text",
                name=str(area_id),
            )
        )
    return traces


def coordinates(shapes: Iterable[Any]) -> tuple[list[float | None], list[float | None]]:
    """Longitudes and latitudes of lines and outlines, parts kept apart by None."""
    lon: list[float | None] = []
    lat: list[float | None] = []
    for shape in shapes:
        for part in _parts(shape):
            lon += [*(round(x, DECIMALS) for x, *_ in part), None]
            lat += [*(round(y, DECIMALS) for _, y, *_ in part), None]
    return lon[:-1], lat[:-1]


def blend(colour: str, ground: str, *, share: float) -> str:
    """`colour` laid over `ground`, both hex: `share` 1 is all colour, 0 all ground."""
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def _channels(colour: str) -> Sequence[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _parts(shape: Any) -> list[Sequence[tuple[float, ...]]]:
    if hasattr(shape, "geoms"):
        return [part for geometry in shape.geoms for part in _parts(geometry)]
    if hasattr(shape, "exterior"):
        return [list(ring.coords) for ring in (shape.exterior, *shape.interiors)]
    return [list(shape.coords)]
