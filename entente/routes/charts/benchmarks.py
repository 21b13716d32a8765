"""Benchmark scatter: how far the model lies from each published figure, worst at the top."""

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.style.palette import Palette
from entente.style.theme import (
    SMALL,
    blank_figure,
    empty_figure,
    identity,
    literal,
    scaffold_name,
    wrapped,
)

KEY = "benchmark-scatter"
# Quantity to symbol, the same for text, and unit with its number format.
SYMBOLS = {
    "days": ("circle", "●", "days", ",.1f"),
    "cost_usd_per_teu": ("diamond", "◆", "USD per TEU", ",.0f"),
    "distance_km": ("square", "■", "km", ",.0f"),
}
TICKS = {0.25: "¼", 0.5: "½", 0.67: "⅔", 1.0: "1", 1.5: "1½", 2.0: "2", 3.0: "3", 4.0: "4"}
LEAST, MOST = 0.4, 4.4


def benchmark_scatter(*, compared: pd.DataFrame, palette: Palette) -> go.Figure:
    """The model's P50 by the published figure, a row a figure, with its P10–P90 as a line.

    Args:
        compared: Rows of `benchmark_comparison.COMPARED_COLUMNS`, worst first.
        palette: The appearance to draw in.

    Returns:
        A figure whose marks carry `benchmark`, its id, and the ids of its source and of the legs
        that it is compared with as `customdata`. Hollow marks informed a rate; those in the accent
        colour lie outside P10–P90 or are off by more than half.
    """
    if compared.empty:
        return empty_figure(palette, key=KEY, text="No published figure to compare.")
    figure = blank_figure(palette, key=KEY)
    rows = compared.assign(place=range(len(compared)))
    figure.add_trace(_spreads(rows, palette))
    for quantity in SYMBOLS:
        own = rows[rows["quantity"] == quantity]
        if len(own):
            figure.add_trace(_marks(own, quantity, palette))
    line = {"color": palette.ink, "width": 1.2}
    figure.add_vline(x=1, line=line, name=scaffold_name("as published"))
    figure.update_xaxes(**_ratio_axis(palette))
    figure.update_yaxes(**_row_axis(rows, palette))
    figure.update_layout(
        margin={"l": 4, "r": 12, "t": 34, "b": 44}, hovermode="closest", dragmode=False
    )
    return figure


def benchmark_scatter_alt(*, compared: pd.DataFrame) -> str:
    """What :func:`benchmark_scatter` shows, in words."""
    if compared.empty:
        return "An empty chart: no published figure to compare."
    worst = compared.iloc[0]
    inside = compared["is_inside"].dropna().astype(bool)
    return (
        f"Dots of the computed figure by the published one for {len(compared)} figures, worst at "
        f"the top: {_way(worst)} comes out {worst['ratio']:.1f} times as published. "
        f"{inside.sum()} of {len(inside)} times and prices lie within P10 to P90; "
        f"hollow dots informed a rate."
    )


def _spreads(rows: pd.DataFrame, palette: Palette) -> go.Scatter:
    """One trace for all lines: pairs of ends with a gap between."""
    drawn = rows[rows["is_inside"].notna()]
    x: list[float | None] = []
    y: list[int | None] = []
    custom: list[list[str]] = []
    for row in drawn.itertuples():
        x += [round(row.p10 / row.published, 3), round(row.p90 / row.published, 3), None]
        y += [row.place, row.place, None]
        custom += [_identity(row)] * 3
    line = {"color": palette.muted, "width": 1.6}
    return go.Scatter(
        x=x, y=y, mode="lines", line=line, hoverinfo="skip", name="P10–P90", customdata=custom
    )


def _marks(own: pd.DataFrame, quantity: str, palette: Palette) -> go.Scatter:
    symbol = SYMBOLS[quantity][0]
    hues = [palette.accent if bad else palette.ink for bad in own["is_bad"]]
    fills = [
        palette.paper if hollow else hue
        for hue, hollow in zip(hues, own["is_calibration"], strict=True)
    ]
    return go.Scatter(
        x=own["ratio"].round(3).tolist(),
        y=own["place"].tolist(),
        mode="markers",
        marker={
            "symbol": symbol,
            "size": 9,
            "opacity": 1,
            "color": fills,
            "line": {"width": 1.8, "color": hues},
        },
        hovertext=[_hover(row) for row in own.to_dict("records")],
        hoverinfo="text",
        name=SYMBOLS[quantity][2],
        customdata=[_identity(row) for row in own.itertuples()],
    )


def _identity(row: Any) -> list[str]:
    return identity("benchmark", row.benchmark_id, row.leg_ids, row.source_id)


def _hover(row: dict[str, object]) -> str:
    _, _, unit, shape = SYMBOLS[str(row["quantity"])]
    lines = [
        f"<b>{literal(_way(row))}</b>",
        f"Published {format(row['published'], shape)} {unit} ({literal(row['event_edtf'])})",
        f"Computed {format(row['p50'], shape)}",
    ]
    if row["is_inside"] is not None:
        lines[-1] += f", P10–P90 {format(row['p10'], shape)}–{format(row['p90'], shape)}"
    if row["is_calibration"]:
        lines.append("Informed a rate")
    if row["is_bad"] and isinstance(row["verdict_note"], str):
        lines.append(wrapped(row["verdict_note"]))
    return "<br>".join(lines)


def _way(row: object) -> str:
    return f"{row['from_place']}–{row['to_place']}"  # type: ignore[index]


def _ratio_axis(palette: Palette) -> dict[str, object]:
    ticks = {value: text for value, text in TICKS.items() if LEAST <= value <= MOST}
    return {
        "type": "log",
        "range": [math.log10(LEAST), math.log10(MOST)],
        "tickvals": list(ticks),
        "ticktext": list(ticks.values()),
        "side": "top",
        "fixedrange": True,
        "gridcolor": palette.rule,
        "zeroline": False,
        "tickfont": {"color": palette.muted, "size": SMALL + 1},
        "title": {
            "text": "computed, times published",
            "font": {"size": SMALL + 1, "color": palette.muted},
            "standoff": 6,
        },
    }


def _row_axis(rows: pd.DataFrame, palette: Palette) -> dict[str, object]:
    texts = [
        f"{literal(_shortened(_way(row)))} {SYMBOLS[row['quantity']][1]}"
        for row in rows.to_dict("records")
    ]
    return {
        "tickvals": rows["place"].tolist(),
        "ticktext": texts,
        "range": [len(rows) - 0.4, -0.6],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
        "ticks": "",
        "tickfont": {"color": palette.ink, "size": SMALL},
    }


def _shortened(text: str, most: int = 24) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
