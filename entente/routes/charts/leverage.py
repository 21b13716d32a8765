"""Leverage bars: what a veto of each actor costs on a route, and what several cost together."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.content import BarChart, BarRow
from entente.routes.charts.loss_bars import describe_loss_bar, draw_loss_bar
from entente.routes.words import format_share, round_loss
from entente.style.palette import Palette
from entente.style.text import measure_text
from entente.style.theme import REGULAR, blank_figure, empty_figure, escape, set_row_axes

UNITS = {"days": ("days", 0.05), "usd": ("USD per TEU", 5.0)}
LOSS_COLUMNS = [
    "actor_id",
    "label",
    "lost_route",
    *(f"{quantity}_{name}" for quantity in UNITS for name in ("p10", "p50", "p90", "without_loss")),
]
THICKNESS = 0.4
GAP, PHONE_AXIS = 9, 200  # pixels: from the end of a line to the words there; of a narrow axis
CUTS = 0.8  # the share of draws without a route from which a veto is drawn as a cut


def leverage_bars(
    *,
    actors: pd.DataFrame,
    joint: pd.DataFrame,
    quantity: str,
    place_pair: str,
    palette: Palette,
) -> go.Figure:
    """Loss by the veto of each actor, largest first, and by sets of them below.

    Args:
        actors: `LOSS_COLUMNS` and `identity`. Of each quantity the percentiles of the loss,
            infinite where the route is lost, and the share of draws without any; `lost_route` is
            the share of draws that leave no route. A veto that cuts the route in eight of ten draws
            is not drawn to scale, and the row says so.
        joint: The same of sets of actors; their ids are joined by a blank.
        quantity: `days` or `usd`.
        place_pair: The two places, for the words of an empty figure.
        palette: The appearance to draw in.

    Returns:
        A figure whose bars, the middle loss, carry the `identity` of their row as `customdata`. The
        line across the end of a bar runs from P10 to P90.
    """
    rows = _arrange(actors, joint, quantity)
    if rows.empty:
        text = f"Nobody can deny transit between {place_pair}."
        return empty_figure(palette, key="leverage", text=text)
    figure = blank_figure(palette, key="leverage")
    most, unit = _find_longest(rows), UNITS[quantity][0]
    records = rows.to_dict("records")
    for row in records:
        words = _say_loss(row, quantity)
        figure.add_trace(
            draw_loss_bar(row, most=most, words=words, width=THICKNESS, palette=palette)
        )
    set_row_axes(
        figure,
        across=[-most * 0.02, most * 1.02],
        down=[rows["place"].max() + 0.55, -0.95],
        title=f"{unit} lost",
        palette=palette,
    )
    figure.update_xaxes(zeroline=True, zerolinecolor=palette.muted, title_standoff=None)
    beside = max(_measure_beyond(row, most, quantity) for row in records)
    return figure.update_layout(
        barmode="overlay",
        margin={"l": 4, "r": beside, "t": 4, "b": 44},
        annotations=[
            words
            for row in records
            for words in (_draw_name(row, palette), _draw_amount(row, most, quantity, palette))
        ],
    )


def leverage_bar_rows(
    *, actors: pd.DataFrame, joint: pd.DataFrame, quantity: str, palette: Palette
) -> BarChart | None:
    """What :func:`leverage_bars` shows as bars that other programs can draw."""
    rows = _arrange(actors, joint, quantity)
    if rows.empty:
        return None
    most, unit = _find_longest(rows), UNITS[quantity][0]

    def describe(row: Mapping[str, Any]) -> BarRow:
        value = most if row["is_cut"] else min(round(row["p50"], 3), most)
        text, note = _say_amount(row, quantity), _say_free(row, UNITS[quantity][1])
        return describe_loss_bar(row, value=value, text=text, note=note, palette=palette)

    return BarChart(
        rows=tuple(map(describe, rows.to_dict("records"))), title=f"{unit} lost (median)"
    )


def leverage_bars_alt(
    *, actors: pd.DataFrame, joint: pd.DataFrame, quantity: str, place_pair: str
) -> str:
    """What :func:`leverage_bars` shows, in words."""
    rows = _arrange(actors, joint, quantity)
    if rows.empty:
        return f"An empty chart: nobody can deny transit between {place_pair}."
    parts = [f"{row['label']} {_say_loss(row, quantity)}" for row in rows.to_dict("records")]
    return (
        f"Bars of what a veto costs between {place_pair} (median, with the range of 8 of 10 "
        f"simulations): {'; '.join(parts)}."
    )


def _arrange(actors: pd.DataFrame, joint: pd.DataFrame, quantity: str) -> pd.DataFrame:
    """Actors by loss, those that cut the route first; then the sets in the order given.

    All have `p10`, `p50`, `p90` and `without_loss` of the quantity, `is_cut`, and the `place` of
    their bar, half a step further down for sets.
    """
    columns = {f"{quantity}_{name}": name for name in ("p10", "p50", "p90", "without_loss")}
    alone = actors.assign(is_joint=False, is_cut=actors["lost_route"] >= CUTS)
    alone = alone.rename(columns=columns).sort_values(
        ["is_cut", "p50", "p90", "actor_id"], ascending=[False, False, False, True], kind="stable"
    )
    sets = joint.assign(is_joint=True, is_cut=joint["lost_route"] >= CUTS).rename(columns=columns)
    rows = pd.concat([alone, sets] if len(sets) else [alone]).reset_index(drop=True)
    numbers = dict.fromkeys(columns.values(), float)
    return rows.assign(place=rows.index + 0.5 * rows["is_joint"].astype(float)).astype(numbers)


def _find_longest(rows: pd.DataFrame) -> float:
    ends = rows.loc[~rows["is_cut"].astype(bool), ["p50", "p90"]]
    most = ends.where(ends < math.inf).max().max()
    return float(most) if most > 0 else 1.0


def _draw_name(row: Mapping[str, Any], palette: Palette) -> dict[str, Any]:
    """Who denies transit, above the bar."""
    label = escape(row["label"])
    return {
        "x": 0,
        "y": row["place"],
        "yshift": 18,
        "xanchor": "left",
        "text": f"<b>{label}</b>" if row["is_joint"] else label,
        "showarrow": False,
        "font": {"size": REGULAR, "color": palette.ink},
    }


def _draw_amount(
    row: Mapping[str, Any], most: float, quantity: str, palette: Palette
) -> dict[str, Any]:
    """The figure at the end of the line; of a cut, the word on it."""
    is_cut = bool(row["is_cut"])
    return {
        "x": most / 2 if is_cut else min(max(row["p50"], row["p90"]), most),
        "y": row["place"],
        "xshift": 0 if is_cut else GAP,
        "xanchor": "center" if is_cut else "left",
        "text": f"<b>{_say_amount(row, quantity)}</b>{_say_free(row, UNITS[quantity][1])}",
        "showarrow": False,
        "bgcolor": palette.paper if is_cut else None,
        "borderpad": 2,
        "font": {
            "size": REGULAR,
            "color": palette.statuses["closed"] if is_cut else palette.ink,
        },
    }


def _measure_beyond(row: Mapping[str, Any], most: float, quantity: str) -> float:
    """How far the words at the end of a line reach beyond the axis of a phone, in pixels."""
    if row["is_cut"]:
        return GAP
    words = f"{_say_amount(row, quantity)}{_say_free(row, UNITS[quantity][1])}"
    left = PHONE_AXIS * (1 - min(max(row["p50"], row["p90"]), most) / most)
    return max(2 * GAP + measure_text([words], REGULAR)[0] - left, GAP)


def _say_amount(row: Mapping[str, Any], quantity: str) -> str:
    if row["is_cut"]:
        return "✕ cuts the route"
    _, least = UNITS[quantity]
    if row["p90"] < least or math.isinf(row["p50"]):
        return "nothing" if row["p90"] < least else "no route"
    return f"+{round_loss(row['p50'], quantity)}" if row["p50"] >= least else "0"


def _say_free(row: Mapping[str, Any], least: float) -> str:
    """In how many draws a veto costs nothing, where that is neither none nor all."""
    if row["is_cut"] or not 0 < row["without_loss"] < 1:
        return ""
    begin = " in" if row["p90"] < least else ", nothing in"
    return f"{begin} {format_share(row['without_loss'])}"


def _say_loss(row: Mapping[str, Any], quantity: str) -> str:
    if row["is_cut"]:
        return "cuts the route"
    unit, least = UNITS[quantity]
    if row["p90"] < least:
        return f"changes nothing in {format_share(row['without_loss'])} of simulations"

    def say(value: float) -> str:
        return "no route left" if math.isinf(value) else round_loss(value, quantity)

    p10, p50, p90 = (say(row[name]) for name in ("p10", "p50", "p90"))
    words = f"{p50} {'day' if (p50, unit) == ('1', 'days') else unit} more, from {p10} to {p90}"
    free = _say_free(row, least)
    return f"{words}{free} of simulations" if free else words
