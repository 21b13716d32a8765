"""Labels of the route map: names of places and numbers of routes, kept apart from one another."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd
import plotly.graph_objects as go

from entente.style.basemap import Frame
from entente.style.palette import Palette
from entente.style.theme import SMALL, escape, identity

LETTER = 0.023  # of the width of a map on a phone
HALO = "0 0 2px {0}, 0 0 2px {0}, 0 0 3px {0}"
BADGE_SHARE = 0.085  # of the height of the map: least distance between two numbers
MARGIN_SHARE = 0.5  # of that: what numbers keep from the edge of the map, and further from names

Point = tuple[float, float]


def add_labels(
    figure: go.Figure,
    lines: gpd.GeoDataFrame,
    routes: pd.DataFrame,
    *,
    places: pd.DataFrame,
    picked: str | None,
    frame: Frame,
    palette: Palette,
) -> None:
    """Add the names of both ends and the numbers of routes, with room between them.

    `lines`, `routes` and `places` are those of `route_map`; `picked` is the route put forward.
    """
    lon_range, (south, north) = frame
    gap = BADGE_SHARE * (north - south)
    figure.add_trace(_draw_ends(places, lon_range, palette))
    margin = MARGIN_SHARE * gap
    taken = [
        spot for reach in (gap, gap + margin) for spot in _cover_names(places, lon_range, reach)
    ]
    taken += _follow(lines[lines["corridor_ids"].map(lambda ids: picked in ids).astype(bool)], gap)
    box = (lon_range[0], south, lon_range[1], north)
    inside = lines.assign(geometry=lines.geometry.clip_by_rect(*box))
    spots = place_numbers(inside[~inside.is_empty], routes, gap=gap, taken=taken)
    for row in sorted(routes.to_dict("records"), key=lambda row: row["corridor_id"] == picked):
        if row["corridor_id"] not in spots:
            continue
        point, badge = spots[row["corridor_id"]]
        at = _keep_inside(badge, frame, margin)
        name = f"<b>{escape(row['number'])} {escape(row['short_label'])}</b>"
        style = style_number(row, name, is_picked=row["corridor_id"] == picked, palette=palette)
        figure.add_scattergeo(
            lon=[round(point[0], 2), round(at[0], 2)],
            lat=[round(point[1], 2), round(at[1], 2)],
            showlegend=False,
            **style,
        )


def style_number(
    row: Mapping[str, Any],
    hover: str,
    *,
    is_picked: bool,
    palette: Palette,
    size: int = 20,
    width: float = 0.9,
) -> dict[str, Any]:
    """Settings of a trace of two points: what a number stands for, and the number in a circle.

    `row` has `number` and `identity`; `size` of the circle and `width` of the line are in pixels.
    """
    hue = palette.accent if is_picked else palette.ink
    return {
        "mode": "lines+markers+text",
        "line": {"width": width, "color": hue},
        "marker": {
            "size": [0, size],
            "color": hue if is_picked else palette.paper,
            "opacity": 1,
            "line": {"width": 1.3, "color": hue},
        },
        "text": ["", f"<b>{escape(row['number'])}</b>"],
        "textfont": {"size": SMALL, "color": palette.paper if is_picked else palette.ink},
        "textposition": "middle center",
        "hovertext": [hover] * 2,
        "hoverinfo": "text",
        "customdata": [row["identity"]] * 2,
        "name": f"number {escape(row['number'])}",
    }


def _draw_ends(places: pd.DataFrame, lon_range: Point, palette: Palette) -> go.Scattergeo:
    """Both ends of the routes by name."""
    words = [escape(label) for label in places["label"]]
    return go.Scattergeo(
        lon=places["lon"].round(2).tolist(),
        lat=places["lat"].round(2).tolist(),
        mode="markers+text",
        marker={"size": 9, "color": palette.ink, "line": {"width": 1.4, "color": palette.ink}},
        text=[f"<b>{word}</b>" for word in words],
        textposition=[
            choose_side(place.label, place.lon, lon_range) for place in places.itertuples()
        ],
        textfont={
            "size": SMALL + 2,
            "color": palette.ink,
            "shadow": HALO.format(palette.land),
        },
        hovertext=words,
        hoverinfo="text",
        customdata=[identity("node", node_id) for node_id in places["node_id"]],
        name="ends",
        showlegend=False,
    )


def choose_side(label: str, lon: float, lon_range: Point) -> str:
    """Where the name of a place has room: inwards, and below the line in the outer quarters.

    A long name goes to the left sooner, so that the edge of a phone does not cut it; one that is
    too long for either side goes where there is more room.
    """
    share = (lon - lon_range[0]) / (lon_range[1] - lon_range[0])
    if share > min(0.75, max(0.5, 1 - LETTER * len(label))):
        return "bottom left"
    return "bottom right" if share < 0.25 else "middle right"


def _cover_names(places: pd.DataFrame, lon_range: Point, gap: float) -> list[Point]:
    """Places, and points that their names cover."""
    points = []
    for place in places.itertuples():
        side = choose_side(place.label, place.lon, lon_range)
        outwards = -1 if "left" in side else 1
        lat = place.lat - (gap / 3 if "bottom" in side else 0)
        points += [(place.lon + outwards * gap * n, lat) for n in (0, 0.8, 1.6)]
    return points


def _follow(legs: gpd.GeoDataFrame, gap: float) -> list[Point]:
    """Points along the route put forward, so that no number hides it."""
    points = [
        line.interpolate(n * gap / 2)
        for line in legs.geometry
        if line.length > 0
        for n in range(int(line.length / gap * 2) + 1)
    ]
    return [(point.x, point.y) for point in points]


def place_numbers(
    inside: gpd.GeoDataFrame, routes: pd.DataFrame, *, gap: float, taken: Sequence[Point]
) -> dict[str, tuple[Point, Point]]:
    """For each route the point that its number names, and where there is room for the number.

    Args:
        inside: Legs, clipped to the frame.
        routes: The routes, by number.
        gap: Least distance between two numbers, in degrees of latitude.
        taken: Points that numbers keep half that distance from.
    """
    spots: dict[str, tuple[Point, Point]] = {}
    for route_id in routes["corridor_id"]:
        uses = inside["corridor_ids"].map(lambda ids, name=route_id: name in ids).astype(bool)
        if not uses.any():
            continue
        point = _choose_point(inside[uses], route_id)
        badges = [badge for _, badge in spots.values()]
        free = (
            place
            for place in _search_around(point, gap)
            if all(_measure(place, badge) >= gap for badge in badges)
            and all(_measure(place, other) >= gap / 2 for other in taken)
        )
        spots[route_id] = (point, next(free, point))
    return spots


def _choose_point(own: gpd.GeoDataFrame, route_id: str) -> Point:
    """A point of the longest leg that fewest share, off its middle, which belongs to crosses."""
    shared = own["corridor_ids"].map(len)
    rarest = own[shared == shared.min()]
    leg = rarest.loc[rarest["geometry"].map(lambda shape: shape.length).idxmax()]
    among: Sequence[str] = leg["corridor_ids"]
    part = 0.38 if len(among) == 1 else (among.index(route_id) + 1) / (len(among) + 1)
    line = leg["geometry"]
    longest = max(getattr(line, "geoms", [line]), key=lambda piece: piece.length)
    point = longest.interpolate(part, normalized=True)
    return point.x, point.y


def _search_around(point: Point, gap: float) -> Iterator[Point]:
    """The point itself, then places on rings around it."""
    yield point
    stretch = math.cos(math.radians(point[1]))
    for ring in (1.0, 1.5, 2.0, 2.5, 3.0):
        for turn in range(12):
            angle = turn * math.pi / 6
            east, north = math.cos(angle) * ring * gap, math.sin(angle) * ring * gap
            yield point[0] + east / stretch, point[1] + north


def _measure(one: Point, other: Point) -> float:
    """Distance in degrees of latitude, near enough for labels."""
    stretch = math.cos(math.radians((one[1] + other[1]) / 2))
    return math.hypot((one[0] - other[0]) * stretch, one[1] - other[1])


def _keep_inside(spot: Point, frame: Frame, margin: float) -> Point:
    """A spot drawn back into the frame, so that no number is cut in half."""
    (west, east), (south, north) = frame
    lon = min(max(spot[0], west + margin), east - margin)
    return lon, min(max(spot[1], south + margin), north - margin)
