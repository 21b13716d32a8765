"""Map frame: which part of the earth a corridor map shows."""

import math

import geopandas as gpd

MARGIN_SHARE = 0.07
LEAST_MARGIN_DEG = 1.5
NEAR_SHARE = 0.5
LEAST_ASPECT, MOST_ASPECT = 1.0, 1.45


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
