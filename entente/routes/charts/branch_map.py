"""Map of branches: a route cropped to its branches, the states that all of them cross tinted.

Branches that share a trunk run side by side. Routes by sea that stand beside them are thin.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import plotly.graph_objects as go

from entente.routes.charts.map_names import Name, Placed, fit_plane, place_names
from entente.routes.charts.strands import Stretch, crop, lay_strands, simplify
from entente.routes.words import USABLE
from entente.style.basemap import Frame, blend, draw_framed_basemap
from entente.style.palette import SANS, Palette
from entente.style.theme import (
    LARGE,
    REGULAR,
    empty_figure,
    escape,
    identity,
    phone_only,
    wrap_text,
)

KEY = "corridor-map"
NOTHING = "No corridor joins these places."
# By water lines are dotted; what cannot be used is dotted and pale.
DASHES = {
    "rail": "solid",
    "road": "solid",
    "deep-sea": "dot",
    "short-sea": "dot",
    "ferry": "dot",
    "inland-water": "dot",
}
ASPECT = 1.38  # width over height of the frame
WIDE, NARROW = (780.0, 565.0), (358.0, 259.0)  # pixels for which names are placed
FAMILIES = ("names-wide", "names-narrow")
GAP_SHARE = 0.0075  # of the height of the frame: distance of neighbouring strands
WIDTH, PICKED_WIDTH, DETOUR_WIDTH = 2.6, 4.2, 1.3
GRID = 14  # steps a side of the places tried for the name of a state
HALO = "0 0 2px {0}, 0 0 2px {0}, 0 0 3px {0}, 0 0 3px {0}"


def branch_map(
    *,
    chains: gpd.GeoDataFrame,
    corridors: pd.DataFrame,
    nodes: pd.DataFrame,
    places: pd.DataFrame,
    gates: Mapping[str, str],
    modes: Mapping[str, str],
    statuses: Mapping[str, str],
    picked: str | None,
    area_lines: gpd.GeoDataFrame,
    areas: pd.DataFrame,
    palette: Palette,
    is_compact: bool = False,
) -> go.Figure:
    """The branches of a route between two places, cropped to them.

    Args:
        chains: One row a leg of a corridor, in order of travel: `corridor_id`, `leg_id`,
            `from_node_id`, `from_label`, `to_label`, `mode_code`, `distance_km`, `status_code`,
            `since`, `status_note`, `geometry` in WGS84.
        corridors: One row a corridor: `corridor_id`, `code`, `name`, `map_label`, `hue` (a key of
            `Palette.corridors`), `is_branch`, `is_usable`, `identity`. Those that are no branches
            are drawn thin, as far as the frame shows them.
        nodes: `node_id`, `lon`, `lat`, `actor_id`.
        places: Places to name: `node_id`, `label`, `lat`, `lon`, `is_end`.
        gates: Actors that every branch crosses, with their names.
        modes: Mode code to label.
        statuses: Status code to label.
        picked: The corridor to highlight; None for none.
        area_lines: Lines of disputed areas.
        areas: What those areas are.
        palette: The appearance to draw in.
        is_compact: Whether the map is a small one beside others: ends, gates and branches are
            named by a word, and nothing else.

    Returns:
        A figure whose legs carry `leg`, the leg and the corridor as `customdata`. Without corridors
        it says that there is none.
    """
    if chains.empty:
        return empty_figure(palette, key=KEY, text=NOTHING)
    named = chains.assign(branch_id=chains["corridor_id"])
    rows = {row["corridor_id"]: row for row in corridors.to_dict("records")}
    has_branches = any(row["is_branch"] for row in rows.values())
    main = named["corridor_id"].map(lambda one: rows[one]["is_branch"] or not has_branches)
    at = dict(zip(nodes["node_id"], zip(nodes["lon"], nodes["lat"], strict=True), strict=True))
    bare = lay_strands(named[main], at, gap=0.0)
    frame = crop(bare, aspect=ASPECT)
    gap = GAP_SHARE * (frame[1][1] - frame[1][0]) * (1.8 if is_compact else 1.0)
    stretches = lay_strands(named[main], at, gap=gap)
    figure = draw_framed_basemap(
        frame, key=KEY, area_lines=area_lines, areas=areas, palette=palette
    )
    if gates:
        figure.add_trace(_tint(gates, palette))
    words = {
        (leg["corridor_id"], leg["leg_id"]): _describe(leg, rows, modes, statuses)
        for leg in chains.to_dict("records")
    }
    detours = named[~main]
    for row in (one for one in rows.values() if not one["is_branch"] and has_branches):
        own = detours[detours["corridor_id"] == row["corridor_id"]]
        figure.add_traces(_draw_detour(own, row, words, palette))
    order = sorted(
        dict.fromkeys(one.branch_id for one in stretches),
        key=lambda one: (one == picked, rows[one]["is_usable"]),
    )
    for name in order:
        own = [one for one in stretches if one.branch_id == name]
        width = PICKED_WIDTH if name == picked and not is_compact else WIDTH
        figure.add_traces(_draw_branch(own, rows[name], words, palette, width=width))
    cut = _list_cut(stretches)
    if cut:
        figure.add_trace(_cross(cut, words, palette))
    ends = places[places["is_end"].astype(bool)] if is_compact else places
    figure.add_trace(_draw_dots(ends, palette))
    for family, size in zip(FAMILIES, (WIDE, NARROW), strict=True):
        is_narrow = family == FAMILIES[1]
        if is_narrow or not is_compact:
            names = _list_names(
                stretches, rows, ends, gates, nodes, detours, frame, palette, is_short=is_narrow
            )
            lines = [one.points for one in stretches]
            figure.add_traces(
                _write(
                    names, frame, size, lines, ends, palette, family="" if is_compact else family
                )
            )
    return figure.update_layout(showlegend=False)


def branch_map_alt(*, corridors: pd.DataFrame, gates: Mapping[str, str], picked: str | None) -> str:
    """What :func:`branch_map` shows, in words."""
    if corridors.empty:
        return f"An empty map: {NOTHING[0].lower()}{NOTHING[1:]}"
    rows = corridors.to_dict("records")
    branches = [row for row in rows if row["is_branch"]] or rows
    named = "; ".join(
        f"{row['code']} {row['map_label']}{'' if row['is_usable'] else ' (cut)'}"
        for row in branches
    )
    beside = [row["name"] for row in rows if row not in branches]
    parts = [f"Map of {len(branches)} branches: {named}."]
    if gates:
        parts.append(f"All of them cross {' and '.join(gates.values())}, tinted.")
    if beside:
        parts.append(f"Thin: {', '.join(beside)}.")
    for row in rows:
        if row["corridor_id"] == picked:
            parts.append(f"{row['name']} is highlighted.")
    return " ".join(parts)


def _describe(
    leg: Mapping[str, Any],
    rows: Mapping[str, Mapping[str, Any]],
    modes: Mapping[str, str],
    statuses: Mapping[str, str],
) -> str:
    row = rows[leg["corridor_id"]]
    parts = [
        f"<b>{escape(row['code'])} {escape(row['name'])}</b>",
        f"{escape(leg['from_label'])} – {escape(leg['to_label'])}",
        f"{escape(modes[leg['mode_code']])}, {leg['distance_km']:,.0f} km",
    ]
    if isinstance(leg["status_code"], str) and leg["status_code"] != "open":
        parts.append(wrap_text(f"{statuses[leg['status_code']]} {leg['since']}".strip()))
        parts.append(wrap_text(leg["status_note"]))
    return "<br>".join(parts)


def _tint(gates: Mapping[str, str], palette: Palette) -> go.Choropleth:
    """The states that every branch crosses."""
    return go.Choropleth(
        locations=list(gates),
        z=[1] * len(gates),
        colorscale=[[0, palette.gate], [1, palette.gate]],
        showscale=False,
        marker={"line": {"width": 0.8, "color": palette.border}},
        unselected={"marker": {"opacity": 1}},
        hovertext=[f"<b>{escape(name)}</b><br>Every branch crosses it" for name in gates.values()],
        hoverinfo="text",
        customdata=[identity("actor", actor) for actor in gates],
        name="gates",
    )


Words = Mapping[tuple[str, str], str]


def _draw_branch(
    own: Sequence[Stretch],
    row: Mapping[str, Any],
    words: Words,
    palette: Palette,
    *,
    width: float,
) -> list[go.Scattergeo]:
    """One trace for each run of legs of one dash."""
    hue = palette.corridors[row["hue"]]
    pale = blend(hue, palette.land, share=0.45)

    def style(one: Stretch) -> tuple[str, bool]:
        is_shut = bool(one.status_code) and one.status_code not in USABLE
        return DASHES[one.mode_code], is_shut or not row["is_usable"]

    traces = []
    for (dash, is_pale), run in groupby(own, key=style):
        parts = list(run)
        points = np.concatenate([one.points for one in parts])
        legs = [one.leg_id for one in parts for _ in one.points]
        traces.append(
            go.Scattergeo(
                lon=points[:, 0].tolist(),
                lat=points[:, 1].tolist(),
                mode="lines",
                line={
                    "color": pale if is_pale else hue,
                    "width": width * (0.7 if is_pale else 1),
                    "dash": dash,
                },
                hovertext=[words[row["corridor_id"], leg] for leg in legs],
                hoverinfo="text",
                customdata=[["leg", leg, row["corridor_id"]] for leg in legs],
                name=str(row["corridor_id"]),
                showlegend=False,
            )
        )
    return traces


def _draw_detour(
    own: gpd.GeoDataFrame, row: Mapping[str, Any], words: Words, palette: Palette
) -> list[go.Scattergeo]:
    """A route by sea that stands beside the branches, thin."""
    lon: list[float | None] = []
    lat: list[float | None] = []
    legs: list[str] = []
    for leg_id, line in zip(own["leg_id"], own.geometry, strict=True):
        points = simplify(line).round(2)
        lon += [*points[:, 0].tolist(), None]
        lat += [*points[:, 1].tolist(), None]
        legs += [leg_id] * (len(points) + 1)
    if not legs:
        return []
    return [
        go.Scattergeo(
            lon=lon,
            lat=lat,
            mode="lines",
            line={"color": palette.corridors[row["hue"]], "width": DETOUR_WIDTH, "dash": "dot"},
            hovertext=[words[row["corridor_id"], leg] for leg in legs],
            hoverinfo="text",
            customdata=[["leg", leg, row["corridor_id"]] for leg in legs],
            name=str(row["corridor_id"]),
            showlegend=False,
        )
    ]


def _list_cut(stretches: Sequence[Stretch]) -> list[Stretch]:
    """One stretch for each leg that cannot be used."""
    shut = [one for one in stretches if one.status_code and one.status_code not in USABLE]
    return list({one.leg_id: one for one in shut}.values())


def _cross(cut: Sequence[Stretch], words: Words, palette: Palette) -> go.Scattergeo:
    middles = [one.points[len(one.points) // 2] for one in cut]
    return go.Scattergeo(
        lon=[float(point[0]) for point in middles],
        lat=[float(point[1]) for point in middles],
        mode="markers",
        marker={
            "symbol": "x",
            "size": 11,
            "color": palette.statuses["closed"],
            "line": {"width": 1.5, "color": palette.paper},
        },
        hovertext=[words[one.branch_id, one.leg_id] for one in cut],
        hoverinfo="text",
        customdata=[["leg", one.leg_id, one.branch_id] for one in cut],
        name="cannot be used",
        showlegend=False,
    )


def _draw_dots(places: pd.DataFrame, palette: Palette) -> go.Scattergeo:
    return go.Scattergeo(
        lon=places["lon"].round(2).tolist(),
        lat=places["lat"].round(2).tolist(),
        mode="markers",
        marker={
            "size": 9,
            "color": palette.ink,
            "line": {"width": 1.5, "color": palette.paper},
        },
        hovertext=[escape(label) for label in places["label"]],
        hoverinfo="text",
        customdata=[identity("node", node_id) for node_id in places["node_id"]],
        name="places",
        showlegend=False,
    )


class Labelled(NamedTuple):
    """A name with what it names and how it is written."""

    kind: str
    name: Name
    mark: list[str]
    hue: str


def _list_names(
    stretches: Sequence[Stretch],
    rows: Mapping[str, Mapping[str, Any]],
    places: pd.DataFrame,
    gates: Mapping[str, str],
    nodes: pd.DataFrame,
    detours: gpd.GeoDataFrame,
    frame: Frame,
    palette: Palette,
    *,
    is_short: bool,
) -> list[Labelled]:
    """Names of places, branches, states and of routes by sea, the first to place first."""
    found: list[Labelled] = []
    for place in places.sort_values("is_end", ascending=False).itertuples():
        point = ((place.lon, place.lat),)
        if is_short and not place.is_end:
            continue
        name = Name(place.label, REGULAR, point)
        found.append(Labelled("place", name, identity("node", place.node_id), palette.ink))
    others = [one.points for one in stretches]
    middle = float(np.concatenate(others)[:, 0].mean())
    for branch in dict.fromkeys(one.branch_id for one in stretches):
        row = rows[branch]
        own = [one for one in stretches if one.branch_id == branch]
        least = [one for one in own if not one.is_shared] or own
        points = _thin(np.concatenate([one.points for one in least]))
        west = float(points[:, 0].mean()) < middle
        sides = ("middle left", "middle right") if west else ("middle right", "middle left")
        text = row["name"] if is_short else row["map_label"]
        name = Name(text, REGULAR, tuple(map(tuple, points.tolist())), sides)
        found.append(Labelled(branch, name, row["identity"], palette.corridors[row["hue"]]))
    for actor, label in gates.items():
        inside = nodes[nodes["actor_id"] == actor]
        name = Name(label, LARGE - 2 * is_short, _spread(inside), ("middle center",))
        found.append(Labelled("gate", name, identity("actor", actor), palette.ink))
    if not is_short:
        for corridor, own in detours.groupby("corridor_id", sort=False):
            seen = np.concatenate([simplify(line) for line in own.geometry])
            (west_edge, east), (south, north) = frame
            seen = seen[
                (seen[:, 0] > west_edge)
                & (seen[:, 0] < east)
                & (seen[:, 1] > south)
                & (seen[:, 1] < north)
            ]
            if len(seen):
                row = rows[str(corridor)]
                name = Name(row["name"], REGULAR, tuple(map(tuple, seen[::2].tolist())))
                hue = palette.corridors[row["hue"]]
                found.append(Labelled(str(corridor), name, row["identity"], hue))
    return found


def _thin(points: np.ndarray) -> np.ndarray:
    """At most some twenty points of a line, evenly spread, the middle ones first."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    lengths = np.concatenate([[0.0], np.cumsum(steps)])
    at = lengths[-1] * np.linspace(0.08, 0.92, 22)
    spread = np.column_stack([np.interp(at, lengths, points[:, axis]) for axis in (0, 1)])
    order = np.argsort(np.abs(np.linspace(0.08, 0.92, 22) - 0.5), kind="stable")
    return spread[order].round(2)


def _spread(nodes: pd.DataFrame) -> tuple[tuple[float, float], ...]:
    """Places for the name of a state: a grid within the hull of its nodes, the middle first."""
    hull = gpd.GeoSeries(gpd.points_from_xy(nodes["lon"], nodes["lat"])).union_all().convex_hull
    middle = hull.centroid
    west, south, east, north = hull.bounds
    points = [
        (x, y)
        for x in np.linspace(west, east, GRID).tolist()
        for y in np.linspace(south, north, GRID).tolist()
    ]
    held = gpd.GeoSeries(gpd.points_from_xy(*zip(*points, strict=True)))
    inside = [point for point, is_in in zip(points, held.within(hull), strict=True) if is_in]
    inside.sort(key=lambda point: (point[0] - middle.x) ** 2 + (point[1] - middle.y) ** 2)
    return tuple((round(x, 2), round(y, 2)) for x, y in inside) or ((middle.x, middle.y),)


def _write(
    labelled: Sequence[Labelled],
    frame: Frame,
    size: tuple[float, float],
    lines: Sequence[np.ndarray],
    places: pd.DataFrame,
    palette: Palette,
    *,
    family: str,
) -> list[go.Scattergeo]:
    """The names as text; one trace for each kind, for each has its own type."""
    plane = fit_plane(frame, width=size[0], height=size[1])
    dots = places[["lon", "lat"]].to_numpy(float)
    placed = place_names([one.name for one in labelled], plane, lines=lines, dots=dots)
    traces = []
    pairs = [(one, at) for one, at in zip(labelled, placed, strict=True) if at is not None]
    for kind, group in groupby(pairs, key=lambda pair: pair[0].kind):
        own: list[tuple[Labelled, Placed]] = list(group)
        first = own[0][0]
        traces.append(
            go.Scattergeo(
                lon=[at.lon for _, at in own],
                lat=[at.lat for _, at in own],
                mode="text",
                text=[f"<b>{escape(one.name.text)}</b>" for one, _ in own],
                textposition=[at.side for _, at in own],
                textfont={
                    "size": first.name.size,
                    "color": first.hue,
                    "family": f"{family}, {SANS}" if family else SANS,
                    "shadow": HALO.format(palette.land if kind != "gate" else palette.gate),
                },
                hoverinfo="skip",
                customdata=[one.mark for one, _ in own],
                name=f"name {kind}",
                showlegend=False,
                meta=phone_only() if family == FAMILIES[1] else None,
            )
        )
    return traces
