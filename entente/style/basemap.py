"""The plate under every map: land, sea, borders, and the areas that are disputed."""

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd
import plotly.graph_objects as go

from entente.style.disputed_areas import disputed_areas
from entente.style.lines import coordinates
from entente.style.palette import Palette

__all__ = ["PARALLELS", "basemap", "blend", "coordinates", "plate"]

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
    """A copy of `figure` with the plate added beneath what is drawn next.

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
        geo=plate(palette, lon_range=lon_range, lat_range=lat_range),
        dragmode="zoom",  # geo maps know no zoom by dragging: on a phone the page scrolls instead
        hovermode="closest",
    )
    drawn.add_traces(disputed_areas(area_lines, areas=areas, palette=palette, fills=fills))
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


def blend(colour: str, ground: str, *, share: float) -> str:
    """`colour` laid over `ground`, both hex: `share` 1 is all colour, 0 all ground."""
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def _channels(colour: str) -> Sequence[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
