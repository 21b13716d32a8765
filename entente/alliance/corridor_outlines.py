"""Corridors as thin lines under the ties: where the ways run that ties of transport are about."""

import geopandas as gpd
import plotly.graph_objects as go

from entente.style.basemap import blend, coordinates
from entente.style.palette import Palette
from entente.style.viewports import Window

TOLERANCE_DEG = 0.35
SHARE, WIDTH = 0.42, 1.1


def corridor_outlines(
    lines: gpd.GeoDataFrame, *, window: Window, palette: Palette
) -> list[go.Scattergeo]:
    """One trace of all legs; each point carries `["leg", leg_id, ids of corridors]`.

    Args:
        lines: One row a leg: `leg_id`, `corridor_ids` (joined by blanks), `geometry`.
        window: The part of the earth that is shown; what lies beyond it is left out.
        palette: The appearance to draw in.
    """
    (west, east), (south, north) = window.lon_range, window.lat_range
    simple = lines.geometry.simplify(TOLERANCE_DEG).clip_by_rect(west, south, east, north)
    drawn = lines.assign(geometry=simple)[~simple.is_empty]
    if drawn.empty:
        return []
    lon: list[float | None] = []
    lat: list[float | None] = []
    custom: list[list[str]] = []
    for leg in drawn.sort_values("leg_id").to_dict("records"):
        across, up = coordinates([leg["geometry"]])
        lon += [*across, None]
        lat += [*up, None]
        custom += [["leg", leg["leg_id"], leg["corridor_ids"]]] * (len(across) + 1)
    return [
        go.Scattergeo(
            lon=lon,
            lat=lat,
            mode="lines",
            line={"width": WIDTH, "color": blend(palette.ink, palette.land, share=SHARE)},
            hoverinfo="skip",  # its ends lie on the points of actors, and would take their clicks
            customdata=custom,
            name="corridors",
        )
    ]
