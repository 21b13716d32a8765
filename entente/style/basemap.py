"""The basemap under every map: its projection, its land, sea and borders, and disputed areas."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pyproj

from entente.style.palette import Palette
from entente.style.theme import blank_figure, escape, wrap_text

PARALLELS = (20, 48)
STEPS = 48  # points along each edge of a window


@dataclass(frozen=True)
class Plane:
    """A window of the earth in Albers' equal-area conic, laid into a frame.

    The frame is as large as the smallest upright rectangle around the projected window; its middle
    is the middle of the window in degrees, which is how Plotly lays out a map whose `center` is not
    set. Shares run from the left upper corner of the frame: (0, 0) to (1, 1).

    Attributes:
        lon_range: Western and eastern edge of the window, in degrees.
        lat_range: Southern and northern edge, in degrees.
    """

    lon_range: tuple[float, float]
    lat_range: tuple[float, float]

    @property
    def aspect(self) -> float:
        """Width of the frame over its height."""
        left, top, right, bottom = self._edges
        return (right - left) / (top - bottom)

    def reshape(self, aspect: float) -> "Plane":
        """A window with more or fewer latitudes on both sides, of a frame of another shape.

        Args:
            aspect: Width of its frame over the height.
        """
        south, north = self.lat_range
        for _ in range(6):
            found = Plane(self.lon_range, (south, north)).aspect
            more = (found / aspect - 1) * (north - south) / 2
            south, north = south - more, north + more
        return Plane(self.lon_range, (south, north))

    def stretch(self, aspect: float) -> "Plane":
        """A window with more or fewer longitudes on both sides, of a frame of another shape.

        Args:
            aspect: Width of its frame over the height.
        """
        west, east = self.lon_range
        for _ in range(12):
            found = Plane((west, east), self.lat_range).aspect
            more = (aspect / found - 1) * (east - west) / 2
            west, east = west - more, east + more
        return Plane((west, east), self.lat_range)

    def project(self, lon: Any, lat: Any) -> np.ndarray:
        """Shares across and down of places given in degrees, one row each."""
        left, top, right, bottom = self._edges
        x, y = self._projection(np.asarray(lon, float), np.asarray(lat, float))
        across = (np.asarray(x) - left) / (right - left)
        return np.column_stack([across, (top - np.asarray(y)) / (top - bottom)])

    def locate(self, shares: Sequence[Sequence[float]] | np.ndarray) -> np.ndarray:
        """Longitude and latitude of places given as shares across and down, one row each."""
        left, top, right, bottom = self._edges
        across, down = np.asarray(shares, float).reshape(-1, 2).T
        x, y = left + across * (right - left), top - down * (top - bottom)
        lon, lat = self._projection(x, y, inverse=True)
        return np.column_stack([lon, lat])

    @cached_property
    def _projection(self) -> pyproj.Proj:
        low, high = PARALLELS
        middle = sum(self.lon_range) / 2
        return pyproj.Proj(proj="aea", lat_1=low, lat_2=high, lat_0=0, lon_0=middle, R=1)

    @cached_property
    def _edges(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the frame, in units of the projection."""
        (west, east), (south, north) = self.lon_range, self.lat_range
        along = np.linspace(west, east, STEPS)
        upwards = np.linspace(south, north, STEPS)
        lon = np.concatenate([along, along, np.full(STEPS, west), np.full(STEPS, east)])
        lat = np.concatenate([np.full(STEPS, south), np.full(STEPS, north), upwards, upwards])
        x, y = self._projection(lon, lat)
        across, up = self._projection((west + east) / 2, (south + north) / 2)
        wide, high = np.ptp(x) / 2, np.ptp(y) / 2
        return float(across - wide), float(up + high), float(across + wide), float(up - high)


DECIMALS = 2


def list_coordinates(shapes: Iterable[Any]) -> tuple[list[float | None], list[float | None]]:
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


def draw_disputed_areas(
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
    owners: dict[str, str] = {}
    if "shown_as_actor_id" in areas:
        owners = areas.set_index("area_id")["shown_as_actor_id"].dropna().to_dict()
    hues, traces = fills or {}, []
    hatching: dict[str, Any] = {"ink": palette.muted, "width": HATCH_WIDTH}
    for area in areas.sort_values("area_id").to_dict("records"):
        name = str(area["area_id"])
        lines = area_lines[area_lines["area_id"] == name]
        hatch = lines[lines["kind"] == "hatch"]
        if name not in owners:
            both = lines[lines["kind"].isin(["outline", "hatch"])]
            traces.append(_line(area, both, name=name, **hatching).update(opacity=0.75))
            continue
        colour = hues.get(owners[name], palette.land)
        traces += _draw_owned(area, lines, owners, colour=colour, palette=palette)
        if area["is_disputed"]:
            traces.append(_line(area, hatch, name=name, **hatching).update(opacity=0.75))
    # Fills lie below lines in any case; borders that vanish must not cover those that stay.
    return sorted(traces, key=lambda trace: str(trace.name).startswith("border "))


def _draw_owned(
    area: Mapping[str, Any],
    lines: gpd.GeoDataFrame,
    owners: Mapping[str, str],
    *,
    colour: str,
    palette: Palette,
) -> list[Trace]:
    """The area in its owner's colour, without a border to the owner and with one to the rest."""
    name = area["area_id"]
    borders = lines[lines["kind"] == "border"]
    inner = borders["neighbour_id"].map(lambda other: owners.get(other, other) == owners[name])
    inner = inner.astype(bool)
    drawn: list[Trace] = [
        go.Choropleth(
            locations=[name],
            z=[1],
            colorscale=[[0, colour], [1, colour]],
            showscale=False,
            marker={"line": {"width": 0.4, "color": colour}},
            hovertext=[_describe(area)],
            hoverinfo="text",
            customdata=[["area", name, ""]],
            name=f"fill {name}",
        )
    ]
    for kind, own, ink, width in (
        ("inner", borders[inner], colour, INNER_WIDTH),
        ("border", borders[~inner], palette.border, BORDER_WIDTH),
    ):
        if len(own):
            drawn.append(_line(area, own, name=f"{kind} {name}", ink=ink, width=width))
    return drawn


def _line(
    area: Mapping[str, Any], lines: gpd.GeoDataFrame, *, name: str, ink: str, width: float
) -> go.Scattergeo:
    lon, lat = list_coordinates(lines.geometry)
    return go.Scattergeo(
        lon=lon,
        lat=lat,
        mode="lines",
        line={"width": width, "color": ink},
        hovertext=_describe(area),
        hoverinfo="text",
        customdata=[["area", area["area_id"], ""]] * len(lon),
        name=name,
        showlegend=False,
    )


def _describe(area: Mapping[str, Any]) -> str:
    text = f"<b>{escape(area['label'])}</b> (disputed)<br>{wrap_text(area['note'])}"
    said = area.get("view_note")
    return f"{text}<br><i>{wrap_text(said)}</i>" if isinstance(said, str) else text


def draw_basemap(
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
    drawn.update_layout(geo=geo_layout(palette, lon_range=lon_range, lat_range=lat_range))
    drawn.add_traces(draw_disputed_areas(area_lines, areas=areas, palette=palette, fills=fills))
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
        "bgcolor": palette.sea,  # drawn as an ocean, its outline would cost more than all others
        "showland": True,
        "landcolor": palette.land,
        "showlakes": True,
        "lakecolor": palette.sea,
        "showcountries": True,
        "countrycolor": palette.border,
        "countrywidth": 0.6,
        "showcoastlines": False,  # the borders of countries run along them
        "showrivers": False,
        "showframe": False,
    }


def blend(colour: str, ground: str, *, share: float) -> str:
    """`colour` laid over `ground`, both hex: `share` 1 is all colour, 0 all ground."""
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(ground[1:]), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


MARGIN_SHARE = 0.07
LEAST_MARGIN_DEG = 1.5
LEAST_ASPECT, MOST_ASPECT = 1.0, 1.45
TOLERANCE_DEG = 0.06
FURTHEST_SOUTH = -15

Frame = tuple[tuple[float, float], tuple[float, float]]


def simplify_lines(lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Legs as a map of this scale can show them, by id."""
    return lines.assign(geometry=lines.geometry.simplify(TOLERANCE_DEG)).sort_values("leg_id")


def draw_framed_basemap(
    frame: Frame,
    *,
    key: str,
    area_lines: gpd.GeoDataFrame,
    areas: pd.DataFrame,
    palette: Palette,
) -> go.Figure:
    """Land, borders and disputed areas within a frame, in a projection that suits it."""
    lon_range, lat_range = frame
    figure = draw_basemap(
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


def fit_frame(lines: gpd.GeoDataFrame) -> Frame:
    """Longitudes and latitudes of a frame that holds all lines, with a margin."""
    west, south, east, north = lines.total_bounds
    aside = max(LEAST_MARGIN_DEG, MARGIN_SHARE * (east - west))
    above = max(LEAST_MARGIN_DEG, MARGIN_SHARE * (north - south))
    return _fit_proportions(west - aside, south - above, east + aside, north + above)


def _fit_proportions(west: float, south: float, east: float, north: float) -> Frame:
    """The frame, widened or heightened around its middle until its sides stand well together."""
    shrink = math.cos(math.radians((south + north) / 2))
    width, height = (east - west) * shrink, north - south
    wider = max(0.0, LEAST_ASPECT * height - width) / shrink / 2
    higher = max(0.0, width / MOST_ASPECT - height) / 2
    return (
        (round(west - wider, 1), round(east + wider, 1)),
        (round(max(-60.0, south - higher), 1), round(min(82.0, north + higher), 1)),
    )
