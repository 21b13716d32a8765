"""The scoreboard of forecasts: a row each, from the day of the document to what decided it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.dates import SHORT_MONTHS, day_in_words
from entente.style.palette import VERDICT_SYMBOLS, Palette
from entente.style.theme import (
    REGULAR,
    SMALL,
    blank_figure,
    empty_figure,
    literal,
    scaffold_name,
    wrapped,
)

KEY = "forecast-board"
NOTHING = "No forecast had been made by this day."
OPEN = "open"
QUARTER = 3  # months between ticks
TURN = 0.45  # beyond this share of the width, the verdict stands to the left of its mark
LEVEL = 0.18  # of a row, from its middle down to the line; the name stands above it


def draw_forecasts(
    *,
    forecasts: pd.DataFrame,
    labels: Mapping[str, str],
    start: dt.date,
    as_of: dt.date,
    horizon: dt.date,
    palette: Palette,
) -> go.Figure:
    """A line a forecast, ending in the mark of the verdict that decided it, or in an arrow.

    Args:
        forecasts: One row a forecast: `claim_id`, `claim`, `name`, `verdict_code` and `decided`
            (the day of the decision; missing while open).
        labels: Verdict code to word.
        start: Day of the document.
        as_of: The day up to which open forecasts are drawn; what is later is left blank.
        horizon: Last day of the axis.
        palette: The appearance to draw in.

    Returns:
        A figure whose marks carry `["claim", claim_id, claim_id]` as `customdata`.
    """
    if forecasts.empty:
        return empty_figure(palette, key=KEY, text=NOTHING)
    figure = blank_figure(palette, key=KEY)
    rows = in_order(forecasts).to_dict("records")
    for level, row in enumerate(rows):
        end = as_of if pd.isna(row["decided"]) else row["decided"]
        figure.add_trace(_line(row, level, (start, end), palette))
        figure.add_trace(_mark(row, level, end, labels, palette))
        figure.add_annotation(**_name(row, level, start, palette))
        share = (end - start) / max(horizon - start, dt.timedelta(days=1))
        figure.add_annotation(**_verdict(row, level, end, labels, palette, is_left=share > TURN))
    _lay_out(figure, len(rows), start=start, as_of=as_of, horizon=horizon, palette=palette)
    return figure


def describe_board(*, forecasts: pd.DataFrame, labels: Mapping[str, str], as_of: dt.date) -> str:
    """What :func:`draw_forecasts` shows, in words: each forecast with its verdict and day."""
    if forecasts.empty:
        return f"An empty chart of forecasts: {NOTHING.lower()}"
    parts = [
        f"{row['claim_id']} {_said(row, labels).lower()}"
        for row in in_order(forecasts).to_dict("records")
    ]
    return f"{len(parts)} forecasts as of {day_in_words(as_of)}, oldest decision first: " + (
        f"{'; '.join(parts)}."
    )


def in_order(forecasts: pd.DataFrame) -> pd.DataFrame:
    """By the day of the decision, open ones last, then by id."""
    days = [dt.date.max if pd.isna(day) else day for day in forecasts["decided"]]
    ordered = forecasts.assign(_day=days).sort_values(["_day", "claim_id"], kind="stable")
    return ordered.drop(columns="_day").reset_index(drop=True)


def _said(row: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    if pd.isna(row["decided"]):
        return labels[OPEN]
    return f"{labels[row['verdict_code']]}, {day_in_words(row['decided'], is_short=True)}"


def _line(
    row: Mapping[str, Any], level: int, ends: tuple[dt.date, dt.date], palette: Palette
) -> go.Scatter:
    is_open = pd.isna(row["decided"])
    return go.Scatter(
        x=list(ends),
        y=[level + LEVEL] * 2,
        mode="lines",
        line={"color": palette.muted, "width": 2, "dash": "dot" if is_open else "solid"},
        customdata=[["claim", row["claim_id"], row["claim_id"]]] * 2,
        hoverinfo="skip",
    )


def _mark(
    row: Mapping[str, Any], level: int, end: dt.date, labels: Mapping[str, str], palette: Palette
) -> go.Scatter:
    code = row["verdict_code"]
    symbol = "triangle-right-open" if pd.isna(row["decided"]) else VERDICT_SYMBOLS[code][0]
    return go.Scatter(
        x=[end],
        y=[level + LEVEL],
        mode="markers",
        marker={
            "symbol": symbol,
            "size": 15,
            "opacity": 1,
            "color": palette.verdicts[code],
            "line": {"color": palette.verdicts[code], "width": 1.5 if "open" in symbol else 0},
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        customdata=[["claim", row["claim_id"], row["claim_id"]]],
        hovertext=[
            f"<b>{literal(row['claim_id'])}</b> {literal(_said(row, labels))}<br>"
            f"{wrapped(row['claim'])}"
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def _name(row: Mapping[str, Any], level: int, start: dt.date, palette: Palette) -> dict[str, Any]:
    return {
        "x": start,
        "y": level + LEVEL,
        "yshift": 19,
        "xshift": -7,
        "text": f"<b>{literal(row['name'])}</b>  {literal(row['claim_id'])}",
        "xanchor": "left",
        "showarrow": False,
        "font": {"size": REGULAR, "color": palette.ink},
    }


def _verdict(
    row: Mapping[str, Any],
    level: int,
    end: dt.date,
    labels: Mapping[str, str],
    palette: Palette,
    *,
    is_left: bool,
) -> dict[str, Any]:
    return {
        "x": end,
        "y": level + LEVEL,
        "xshift": -12 if is_left else 12,
        "text": literal(_said(row, labels)),
        "xanchor": "right" if is_left else "left",
        "bgcolor": palette.paper if is_left else "rgba(0,0,0,0)",
        "borderpad": 1,
        "showarrow": False,
        "font": {"size": SMALL + 1, "color": palette.ink},
    }


def _lay_out(
    figure: go.Figure,
    count: int,
    *,
    start: dt.date,
    as_of: dt.date,
    horizon: dt.date,
    palette: Palette,
) -> None:
    ticks = _quarters(start, horizon)
    margin = (horizon - start) * 0.022
    figure.update_xaxes(
        range=[start - margin, horizon + margin],
        tickvals=[start, *ticks],
        ticktext=[f"<b>{start.day} {SHORT_MONTHS[start.month - 1]}</b><br>{start.year}"]
        + [_tick(day) for day in ticks],
        tickfont={"size": SMALL, "color": palette.muted},
        showgrid=True,
        gridcolor=palette.rule,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_yaxes(visible=False, range=[count - 0.4, -0.55], fixedrange=True)
    if as_of < horizon:
        _blank_out(figure, as_of, horizon + margin, palette)
    figure.update_layout(
        hovermode="closest", dragmode=False, margin={"l": 4, "r": 4, "t": 4, "b": 38}
    )


def _blank_out(figure: go.Figure, as_of: dt.date, end: dt.date, palette: Palette) -> None:
    """What was not yet known is one plain area, said so."""
    figure.add_shape(
        type="rect",
        xref="x",
        yref="paper",
        x0=as_of,
        x1=end,
        y0=0,
        y1=1,
        layer="below",
        line={"width": 0},
        fillcolor=palette.raised,
        name=scaffold_name("days that were not yet known"),
    )
    figure.add_annotation(
        x=end,
        xanchor="right",
        xshift=-6,
        y=0,
        yref="paper",
        yanchor="bottom",
        text="Not yet known",
        showarrow=False,
        font={"size": SMALL + 1, "color": palette.muted},
    )


def _quarters(start: dt.date, end: dt.date) -> list[dt.date]:
    """First days of the quarters between two days, the first two months left free for a label."""
    days = [
        dt.date(year, month, 1)
        for year in range(start.year, end.year + 1)
        for month in range(1, 13, QUARTER)
    ]
    return [day for day in days if start + dt.timedelta(days=60) <= day <= end]


def _tick(day: dt.date) -> str:
    name = SHORT_MONTHS[day.month - 1]
    return f"{name}<br>{day.year}" if day.month == 1 else name
