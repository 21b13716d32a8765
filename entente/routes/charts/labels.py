"""Corridor labels: names of places and numbers of ways on the map, kept apart from one another."""

import math
from collections.abc import Iterator, Sequence

import geopandas as gpd
import pandas as pd
import plotly.graph_objects as go

from entente.style.palette import Palette
from entente.style.theme import SMALL, identity, literal

LETTER = 0.023  # of the width of a map on a phone
HALO = "0 0 2px {0}, 0 0 2px {0}, 0 0 3px {0}"


def place_marks(
    places: pd.DataFrame, frame: tuple[float, float], gap: float, palette: Palette
) -> list[go.Scattergeo]:
    """Both ends by name in bold, stops in small; a stop too near to a named one has no name."""
    roomy = places.assign(is_named=_named(places, gap))
    traces = []
    for is_end, own in roomy.groupby("is_end"):
        words = [literal(label) for label in own["label"]]
        named = own["is_named"].tolist()
        traces.append(
            go.Scattergeo(
                lon=own["lon"].round(2).tolist(),
                lat=own["lat"].round(2).tolist(),
                mode="markers+text",
                marker={
                    "size": 9 if is_end else 5,
                    "color": palette.ink if is_end else palette.paper,
                    "line": {"width": 1.4, "color": palette.ink},
                },
                text=[
                    (f"<b>{word}</b>" if is_end else word) if is_named else ""
                    for word, is_named in zip(words, named, strict=True)
                ],
                textposition=[
                    side_of_name(label, lon, frame)
                    for label, lon in zip(own["label"], own["lon"], strict=True)
                ],
                textfont={
                    "size": SMALL + (2 if is_end else 0),
                    "color": palette.ink,
                    "shadow": HALO.format(palette.land),
                },
                hovertext=words,
                hoverinfo="text",
                customdata=[identity("node", node_id) for node_id in own["node_id"]],
                name="ends" if is_end else "stops",
                showlegend=False,
            )
        )
    return traces


def _named(places: pd.DataFrame, gap: float) -> list[bool]:
    """Whether a place has room for its name beside those before it; ends always have."""
    points = list(zip(places["lon"], places["lat"], strict=True))
    kept: list[tuple[float, float]] = [
        point for point, is_end in zip(points, places["is_end"], strict=True) if is_end
    ]
    named = []
    for point, is_end in zip(points, places["is_end"], strict=True):
        has_room = bool(is_end) or all(_apart(point, other) >= gap / 2 for other in kept)
        kept += [point] if has_room else []
        named.append(has_room)
    return named


def beside(
    places: pd.DataFrame, frame: tuple[float, float], gap: float
) -> list[tuple[float, float]]:
    """Places, and points that their names cover."""
    points = []
    for place in places.itertuples():
        side = side_of_name(place.label, place.lon, frame)
        way = -1 if "left" in side else 1
        low = gap / 3 if "bottom" in side else 0
        points += [(place.lon + way * gap * n, place.lat - low) for n in (0, 0.8, 1.6)]
    return points


def along(chosen: gpd.GeoDataFrame, gap: float) -> list[tuple[float, float]]:
    """Points along the way put forward, so that no number hides it."""
    lines = [line for line in chosen.geometry if line.length > 0]
    steps = [(line, n * gap / 2) for line in lines for n in range(int(line.length / gap * 2) + 1)]
    points = [line.interpolate(at) for line, at in steps]
    return [(point.x, point.y) for point in points]


def side_of_name(label: str, lon: float, frame: tuple[float, float]) -> str:
    """Where the name of a place has room: inwards, and below the line in the outer quarters.

    A long name goes to the left sooner, so that the edge of a phone does not cut it; one that is
    too long for either side goes where there is more room.
    """
    share = (lon - frame[0]) / (frame[1] - frame[0])
    if share > min(0.75, max(0.5, 1 - LETTER * len(label))):
        return "bottom left"
    return "bottom right" if share < 0.25 else "middle right"


Spot = tuple[tuple[float, float], tuple[float, float]]


def badge_spots(
    inside: gpd.GeoDataFrame,
    corridors: pd.DataFrame,
    *,
    gap: float,
    taken: Sequence[tuple[float, float]],
) -> dict[str, Spot]:
    """For each corridor the point that its number names, and where there is room for the number.

    Args:
        inside: Legs, clipped to the frame.
        corridors: The corridors, by number.
        gap: Least distance between two numbers, in degrees of latitude.
        taken: Places that numbers keep half that distance from.
    """
    spots: dict[str, Spot] = {}
    for corridor_id in corridors["corridor_id"]:
        uses = inside["corridor_ids"].map(lambda ids, name=corridor_id: name in ids).astype(bool)
        if not uses.any():
            continue
        point = _named_point(inside[uses], corridor_id)
        others = [badge for _, badge in spots.values()]
        free = (
            place
            for place in _around(point, gap)
            if all(_apart(place, other) >= gap for other in others)
            and all(_apart(place, other) >= gap / 2 for other in taken)
        )
        spots[corridor_id] = (point, next(free, point))
    return spots


def _around(point: tuple[float, float], gap: float) -> Iterator[tuple[float, float]]:
    """The point itself, then places on rings around it."""
    yield point
    stretch = math.cos(math.radians(point[1]))
    for ring in (1.0, 1.5, 2.0, 2.5, 3.0):
        for turn in range(12):
            angle = turn * math.pi / 6
            east, north = math.cos(angle) * ring * gap, math.sin(angle) * ring * gap
            yield point[0] + east / stretch, point[1] + north


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance in degrees of latitude, near enough for labels."""
    stretch = math.cos(math.radians((one[1] + other[1]) / 2))
    return math.hypot((one[0] - other[0]) * stretch, one[1] - other[1])


def number_marks(
    spots: dict[str, Spot],
    corridors: pd.DataFrame,
    picked: str | None,
    palette: Palette,
) -> list[go.Scattergeo]:
    """The number of each corridor on a stretch that it shares with as few others as can be."""
    traces = []
    for row in sorted(corridors.to_dict("records"), key=lambda r: r["corridor_id"] == picked):
        if row["corridor_id"] not in spots:
            continue
        point, badge = spots[row["corridor_id"]]
        is_picked = row["corridor_id"] == picked
        hue = palette.accent if is_picked else palette.ink
        name = f"<b>{row['number']} {literal(row['short_label'])}</b>"
        traces.append(
            go.Scattergeo(
                lon=[round(point[0], 2), round(badge[0], 2)],
                lat=[round(point[1], 2), round(badge[1], 2)],
                mode="lines+markers+text",
                line={"width": 0.9, "color": hue},
                marker={
                    "size": [0, 20],
                    "color": hue if is_picked else palette.paper,
                    "opacity": 1,
                    "line": {"width": 1.3, "color": hue},
                },
                text=["", f"<b>{row['number']}</b>"],
                textfont={"size": SMALL, "color": palette.paper if is_picked else palette.ink},
                textposition="middle center",
                hovertext=[name, name],
                hoverinfo="text",
                customdata=[row["identity"]] * 2,
                name=f"number {row['number']}",
                showlegend=False,
            )
        )
    return traces


def _named_point(own: gpd.GeoDataFrame, corridor_id: str) -> tuple[float, float]:
    """A point of the longest leg that fewest share, off its middle, which belongs to crosses."""
    shared = own["corridor_ids"].map(len)
    rarest = own[shared == shared.min()]
    leg = rarest.loc[rarest["geometry"].map(lambda shape: shape.length).idxmax()]
    among: Sequence[str] = leg["corridor_ids"]
    part = (among.index(corridor_id) + 1) / (len(among) + 1)
    line = leg["geometry"]
    longest = max(getattr(line, "geoms", [line]), key=lambda piece: piece.length)
    point = longest.interpolate(0.38 if len(among) == 1 else part, normalized=True)
    return point.x, point.y
