"""Actor bars: what a block by each of a few actors costs a route, with its range, one row each."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.content import BarChart, BarRow
from entente.routes.actors.effects import CUTS, NOTHING
from entente.routes.charts.loss_bars import describe_loss_bar, draw_loss_bar
from entente.routes.words import say_days, say_span
from entente.style.palette import Palette
from entente.style.theme import REGULAR, blank_figure, empty_figure, escape, identity, set_row_axes

KEY = "actor-bars"
NOTHING_TO_DRAW = "Nobody can block a route here."
THICKNESS = 0.3
ROOM_SHIFT, ROOM_FOOT = 36, 56
LEAST_REACH = 2.0  # days that the axis shows at least
WHOLE_DAYS = 6  # a shorter axis counts days one by one: halves are finer than the model
UNIT = "days lost"


def actor_bars(
    *, actors: pd.DataFrame, palette: Palette, legs: Mapping[str, Sequence[str]]
) -> go.Figure:
    """Days that a route loses when an actor blocks it: the middle draw and 8 of 10 simulations.

    Args:
        actors: One row a bar, from the top: `actor_id` (ids joined by a blank), `label`, `p10`,
            `p50`, `p90`, `most` of all draws (infinite where the route is lost), and `kind`, as
            `effects` has it.
        palette: The appearance to draw in.
        legs: `actor_id` to the ids of the legs that stand behind the bar.

    Returns:
        A figure with a row for each actor, its name above its bar, that carries `veto` and the ids
        as `customdata`. A block that closes the route is hatched over the whole width.
    """
    if actors.empty:
        return empty_figure(palette, key=KEY, text=NOTHING_TO_DRAW)
    figure = blank_figure(palette, key=KEY)
    most, words = _find_most(actors), []
    for row in _list_rows(actors):
        row["identity"] = identity("veto", row["actor_id"], legs[row["actor_id"]])
        figure.add_trace(
            draw_loss_bar(row, most=most, words=say_loss(row), width=THICKNESS, palette=palette)
        )
        words += _name(row, palette)
    set_row_axes(
        figure,
        across=[0, most * 1.02],
        down=[len(actors) - 0.6, -0.8],
        title=UNIT,
        palette=palette,
    )
    if most < WHOLE_DAYS:
        figure.update_xaxes(dtick=1)
    return figure.update_layout(
        barmode="overlay", margin={"l": 6, "r": 6, "t": 2, "b": 46}, annotations=words
    )


def _list_rows(actors: pd.DataFrame) -> list[dict[str, Any]]:
    rows = actors.assign(is_cut=actors["kind"] == CUTS, place=range(len(actors)))
    return rows.to_dict("records")


def _name(row: Mapping[str, Any], palette: Palette) -> list[dict[str, Any]]:
    """Who blocks and what it costs, above the bar at either end."""
    hue = palette.statuses["closed"] if row["is_cut"] else palette.ink
    return [
        {
            "x": x,
            "y": row["place"],
            "xref": "paper",
            "yshift": 19,
            "xanchor": anchor,
            "text": text,
            "showarrow": False,
            "bgcolor": palette.paper,
            "borderpad": 0,
            "font": {"size": REGULAR, "color": colour},
        }
        for x, text, anchor, colour in (
            (0, escape(row["label"]), "left", palette.ink),
            (1, f"<b>{say_loss(row)}</b>", "right", hue),
        )
    ]


def raise_names(figure: go.Figure) -> go.Figure:
    """A copy for rows about three times as high, with the names clear of the thicker bars."""
    return (
        go.Figure(figure)
        .update_annotations(yshift=ROOM_SHIFT)
        .update_traces(error_x_thickness=3, error_x_width=9)
        .update_layout(margin={"l": 10, "r": 10, "b": ROOM_FOOT})
    )


def actor_bars_alt(*, actors: pd.DataFrame) -> str:
    """What :func:`actor_bars` shows, in words."""
    if actors.empty:
        return f"An empty chart: {NOTHING_TO_DRAW.lower()}"
    parts = [f"{row['label']} {say_loss(row)}" for row in actors.to_dict("records")]
    return f"Bars of days that the route loses if an actor blocks it: {'; '.join(parts)}."


def actor_bar_rows(*, actors: pd.DataFrame, palette: Palette) -> BarChart | None:
    """What :func:`actor_bars` shows as bars that other programs can draw."""
    if actors.empty:
        return None
    most = _find_most(actors)

    def describe(row: Mapping[str, Any]) -> BarRow:
        value = most if row["is_cut"] else round(min(row["p50"], most), 1)
        bar = describe_loss_bar(row, value=value, text=say_loss(row), palette=palette)
        span = tuple(round(min(row[end], most), 1) for end in ("p10", "p90"))
        return bar if row["is_cut"] else replace(bar, span=span)

    return BarChart(
        rows=tuple(map(describe, _list_rows(actors))),
        title=f"{UNIT} (bar: median; line: 8 of 10 draws)",
    )


def say_loss(row: Mapping[str, Any]) -> str:
    """What a block costs, in a few words: "closes it", "hardly anything", "one day (0–3)"."""
    if row["kind"] == CUTS:
        return "closes it"
    if row["kind"] == NOTHING:
        return "hardly anything" if row["most"] > 0 else "nothing"
    if row["p90"] == float("inf"):
        return "may close it"
    if row["p10"] < 0.5 and row["p50"] < 0.5:
        return f"up to {say_days(row['p90'])}"
    return f"{say_days(row['p50'])} ({say_span(row['p10'], row['p90'])})"


def _find_most(actors: pd.DataFrame) -> float:
    finite = actors.loc[actors["p90"] < float("inf"), "p90"]
    return max(LEAST_REACH, math.ceil(finite.max()) if len(finite) else 0.0)
