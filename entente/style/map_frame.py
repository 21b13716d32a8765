"""Map frame: which part of the earth a map of ways shows, and the plate for it."""

import math

import geopandas as gpd
import pandas as pd
import plotly.graph_objects as go

from entente.style.basemap import basemap
from entente.style.palette import Palette
from entente.style.theme import blank_figure

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


def framed_plate(
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
