"""Map of branches: a route cropped to its branches, the states that all of them cross tinted.

Branches that share a trunk run side by side. Routes by sea that stand beside them are thin.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import plotly.graph_objects as go
from shapely import LineString

from entente.content import LEAST_IN_ROOM
from entente.routes.charts.branch_names import FAMILIES, NARROWEST, WIDEST, list_names, write_names
from entente.routes.charts.strands import Stretch, crop, lay_strands, simplify
from entente.routes.network.legs import BY_SHIP, LAND, SEA
from entente.style.basemap import blend, draw_framed_basemap, list_coordinates
from entente.style.palette import Palette
from entente.style.theme import (
    REGULAR,
    empty_figure,
    escape,
    identity,
    scaffold,
    set_reading_order,
    wrap_text,
)

KEY = "corridor-map"
NOTHING = "No corridor joins these places."
# By water lines are dotted; what cannot be used is dotted and pale.
DASHES = {**dict.fromkeys(LAND, "solid"), **dict.fromkeys((*SEA, *BY_SHIP), "dot")}
ASPECT = 1.38  # width over height of the frame
# Of the height of a map on the presenter's screen: its type, distance and width of its strands.
TYPE_SHARE, ROOM_GAP_SHARE, ROOM_WIDTH_SHARE = 0.045, 0.0165, 0.0105
GAP_SHARE = 0.0075  # of the height of the frame: distance of neighbouring strands
WIDTH, PICKED_WIDTH, DETOUR_WIDTH = 2.6, 4.2, 1.3
CASING = 1.2  # paper on either side, so that a strand can be told from the land


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
    room: tuple[float, float] | None = None,
) -> go.Figure:
    """The branches of a route between two places, cropped to them.

    Args:
        chains: One row a leg of a corridor, in order of travel: `corridor_id`, `leg_id`,
            `from_node_id`, `to_node_id`, `from_label`, `to_label`, `mode_code`, `distance_km`,
            `status_code`, `since`, `status_note`, `geometry` in WGS84.
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
        room: Width and height of the figure on the presenter's screen, for which it is a compact
            one with large type, cropped to where branches part and to the gates; None elsewhere.

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
    is_compact = is_compact or room is not None
    held, aspect = named[main], ASPECT
    if room is not None:
        held, aspect = select_parting(held, nodes, gates), room[0] / room[1]
    frame = crop([simplify(line) for line in held.geometry], aspect=aspect)
    share = ROOM_GAP_SHARE if room else GAP_SHARE * (1.8 if is_compact else 1.0)
    stretches = lay_strands(named[main], at, gap=share * (frame[1][1] - frame[1][0]))
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
        if len(own):
            figure.add_trace(_draw_detour(own, row, words, palette))
    ranked = _rank(rows, picked)
    laid = {one.branch_id for one in stretches}
    usual = WIDTH if room is None else ROOM_WIDTH_SHARE * room[1]
    figure.add_trace(_case(stretches, palette, width=usual + 2 * CASING))
    for name in (one for one in reversed(ranked) if one in laid):  # the first lies on top
        own = [one for one in stretches if one.branch_id == name]
        width = PICKED_WIDTH if name == picked and not is_compact else usual
        figure.add_traces(_draw_branch(own, rows[name], words, palette, width=width))
    cut = _list_cut(stretches)
    if cut:
        figure.add_trace(_cross(cut, words, palette))
    ends = places[places["is_end"].astype(bool)] if is_compact else places
    figure.add_trace(_draw_dots(ends, palette))
    for family, size in ({**FAMILIES, WIDEST: room} if room else FAMILIES).items():
        is_narrow = family == NARROWEST
        if is_narrow or room or not is_compact:
            names = list_names(
                stretches,
                rows=rows,
                places=ends,
                gates=gates,
                nodes=nodes,
                detours=detours,
                frame=frame,
                palette=palette,
                is_short=is_narrow or is_compact,
                type_size=find_type(room) if room and not is_narrow else REGULAR,
            )
            figure.add_trace(
                write_names(
                    names,
                    frame=frame,
                    size=size,
                    lines=[one.points for one in stretches],
                    places=ends,
                    palette=palette,
                    family="" if is_compact and not room else family,
                )
            )
    figure.update_layout(showlegend=False)
    return set_reading_order(figure, _list_in_order(named, ranked))


def select_parting(
    chains: gpd.GeoDataFrame, nodes: pd.DataFrame, gates: Collection[str]
) -> gpd.GeoDataFrame:
    """The legs that one branch alone takes, and those within a gate; all of them where none is."""
    users = chains.groupby("leg_id")["branch_id"].transform("nunique")
    inside = set(nodes.loc[nodes["actor_id"].isin(gates), "node_id"])
    ends = chains[["from_node_id", "to_node_id"]].isin(inside)
    chosen = chains[(users == 1) | ends.all(axis=1)]
    return chosen if len(chosen) else chains


def find_type(room: tuple[float, float]) -> float:
    """Size of type on a map of that size, which a room reads from afar."""
    return max(LEAST_IN_ROOM, TYPE_SHARE * room[1])


def _rank(rows: Mapping[str, Mapping[str, Any]], picked: str | None) -> list[str]:
    """Corridors by weight: the highlighted one, branches, what can be used; else as they come."""
    return sorted(
        rows,
        key=lambda one: (one != picked, not rows[one]["is_branch"], not rows[one]["is_usable"]),
    )


def _list_in_order(chains: gpd.GeoDataFrame, ranked: Sequence[str]) -> Iterator[Sequence[str]]:
    """Marks as one reads them: each corridor by its legs and places, from end to end."""
    for name in ranked:
        for leg in chains[chains["corridor_id"] == name].to_dict("records"):
            yield "node", leg["from_node_id"]
            yield "leg", leg["leg_id"], name
            yield "node", leg["to_node_id"]


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
        return DASHES[one.mode_code], one.is_shut or not row["is_usable"]

    traces = []
    for (dash, is_pale), run in groupby(own, key=style):
        parts = list(run)
        points = np.concatenate([one.points for one in parts])
        legs = [one.leg_id for one in parts for _ in one.points]
        line = {
            "color": pale if is_pale else hue,
            "width": width * (0.7 if is_pale else 1),
            "dash": dash,
        }
        traces.append(_draw_line(points.T.tolist(), legs, row, words, line))
    return traces


def _case(stretches: Sequence[Stretch], palette: Palette, *, width: float) -> go.Scattergeo:
    """Paper beneath the strands."""
    lon, lat = list_coordinates(LineString(one.points) for one in stretches)
    return go.Scattergeo(
        lon=lon,
        lat=lat,
        mode="lines",
        line={"width": width, "color": palette.paper},
        hoverinfo="skip",
        name="casing",
        meta=scaffold("paper beneath the strands"),
        showlegend=False,
    )


def _draw_detour(
    own: gpd.GeoDataFrame, row: Mapping[str, Any], words: Words, palette: Palette
) -> go.Scattergeo:
    """A route by sea that stands beside the branches, thin."""
    lon: list[float | None] = []
    lat: list[float | None] = []
    legs: list[str] = []
    for leg_id, line in zip(own["leg_id"], own.geometry, strict=True):
        points = simplify(line).round(2)
        lon += [*points[:, 0].tolist(), None]
        lat += [*points[:, 1].tolist(), None]
        legs += [leg_id] * (len(points) + 1)
    style = {"color": palette.corridors[row["hue"]], "width": DETOUR_WIDTH, "dash": "dot"}
    return _draw_line((lon, lat), legs, row, words, style)


def _draw_line(
    points: Sequence[Sequence[float | None]],
    legs: Sequence[str],
    row: Mapping[str, Any],
    words: Words,
    line: Mapping[str, Any],
) -> go.Scattergeo:
    """A line through longitudes and latitudes, each on a leg of a corridor."""
    lon, lat = points
    return go.Scattergeo(
        lon=lon,
        lat=lat,
        mode="lines",
        line=line,
        hovertext=[words[row["corridor_id"], leg] for leg in legs],
        hoverinfo="text",
        customdata=[["leg", leg, row["corridor_id"]] for leg in legs],
        name=str(row["corridor_id"]),
        showlegend=False,
    )


def _list_cut(stretches: Sequence[Stretch]) -> list[Stretch]:
    """One stretch for each leg that cannot be used."""
    return list({one.leg_id: one for one in stretches if one.is_shut}.values())


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
