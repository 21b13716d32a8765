"""Ranges: the days of each corridor on one scale, with its price; two ranges, published figures."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.content import BarChart, BarRow
from entente.routes.words import IF_RATES_ARE_RIGHT, describe_range, round_estimate
from entente.style.basemap import blend
from entente.style.palette import Palette
from entente.style.text import measure_text
from entente.style.theme import (
    REGULAR,
    blank_figure,
    empty_figure,
    escape,
    set_reading_order,
    set_row_axes,
)

KEY = "corridor-ranges"
NOTHING = "No corridor joins these places."
DAYS, PRICE = "days", "cost_usd_per_teu"
WIDTH, TICK = 13, 17
NAME_SHIFT = 18  # pixels that a name stands above its bar
ROOM = 1.04  # of the longest bar, so that a mark at its end is whole
RANK_SHIFT, CODE_SHIFT, NAME_LEFT = 4, 28, 62
GAP = "   "  # between days and price
Rows = Sequence[Mapping[str, Any]]
Mark = tuple[Mapping[str, Any], float, str]


def range_bars(
    *,
    corridors: pd.DataFrame,
    palette: Palette,
    band: str,
    before: Mapping[str, float],
) -> go.Figure:
    """Days of each corridor: typical, two ranges and what is published; its price beside.

    Args:
        corridors: One row a corridor, from the top: `corridor_id`, `rank` (empty for one that could
            not be used), `code`, `name`, `hue` (a key of `Palette.corridors`), `is_usable`,
            `identity`, `days_typical`, `_p10`, `_p90`, `_calibrated_p10`, `_calibrated_p90`,
            `published_days_low`, `_typical`, `_high` (missing where nothing is published), and
            `cost_usd_per_teu_typical`.
        palette: The appearance to draw in.
        band: What the pale range says, in words.
        before: Corridor to its typical days without the scenarios, drawn as a thin tick where they
            differ.
    """
    if corridors.empty:
        return empty_figure(palette, key=KEY, text=NOTHING)
    figure = blank_figure(palette, key=KEY)
    rows = corridors.assign(place=range(len(corridors))).to_dict("records")
    words: list[dict[str, Any]] = []
    most = max(
        max(row["days_p90"], row["days_calibrated_p90"], *_list_published(row)) for row in rows
    )
    sums = [f"{_say_typical(row)}{GAP}{_say_price(row)}" for row in rows]
    beside = measure_text(sums, REGULAR)[0]
    for row in rows:
        figure.add_traces(_draw_bars(row, palette, band))
        words += _write_row(row, palette, beside)
    kinds = (
        _mark_typical(rows, palette),
        _mark_published(rows, palette),
        _mark_before(rows, before, palette),
    )
    figure.add_traces(kinds)
    set_reading_order(figure, (row["identity"][:2] for row in rows))
    set_row_axes(
        figure,
        across=[0, most * ROOM],
        down=[len(rows) - 0.55, -0.85],
        title="days",
        palette=palette,
    )
    margin = {"l": 6, "r": 4 + beside, "t": 2, "b": 42}
    return figure.update_layout(annotations=words, margin=margin)


def range_bars_alt(*, corridors: pd.DataFrame, band: str) -> str:
    """What :func:`range_bars` shows, in words."""
    if corridors.empty:
        return f"An empty chart: {NOTHING[0].lower()}{NOTHING[1:]}"
    parts = [f"{row['name']} {_say_days(row)}" for row in corridors.to_dict("records")]
    return (
        f"Bars of days for {len(parts)} corridors: a mark for the typical figure, a dark bar for "
        f"8 of 10 simulations {IF_RATES_ARE_RIGHT}; a pale bar, {band}. {'; '.join(parts)}."
    )


def range_bar_rows(*, corridors: pd.DataFrame, palette: Palette) -> BarChart | None:
    """What :func:`range_bars` shows as bars that other programs can draw."""
    if corridors.empty:
        return None
    return BarChart(
        rows=tuple(
            BarRow(
                name=f"{row['code']}  {row['name']}",
                value=round(row["days_typical"]) if row["is_usable"] else 0,
                text=_say_typical(row),
                note=f" ({describe_range(row, DAYS)}), {_say_price(row)}",
                colour=palette.corridors[row["hue"]],
            )
            for row in corridors.to_dict("records")
        ),
        title="days, typical; in brackets 8 of 10 simulations",
    )


def _list_published(row: Mapping[str, Any]) -> list[float]:
    names = (f"published_days_{bound}" for bound in ("low", "typical", "high"))
    return list(dict.fromkeys(float(row[name]) for name in names if pd.notna(row.get(name))))


def _say_typical(row: Mapping[str, Any]) -> str:
    return f"{round_estimate(row['days_typical'])} days" if row["is_usable"] else "cut"


def _say_price(row: Mapping[str, Any]) -> str:
    return f"USD {round_estimate(row[f'{PRICE}_typical'])}"


def _say_days(row: Mapping[str, Any]) -> str:
    if not row["is_usable"]:
        return "could not be used"
    days = round_estimate(row["days_typical"])
    return f"{days} days ({describe_range(row, DAYS)}), {_say_price(row)} per TEU"


def _draw_bars(row: Mapping[str, Any], palette: Palette, band: str) -> list[go.Scatter]:
    """The pale range and the dark one of a corridor."""
    share = 1.0 if row["is_usable"] else 0.45
    pale = f"{_head(row)}{describe_range(row, 'days_calibrated')} days, {band}"
    bars = (("calibrated_p10", "calibrated_p90", 0.22, pale), ("p10", "p90", 0.62, _tell(row)))
    hue = palette.corridors[row["hue"]]
    return [
        go.Scatter(
            x=[round(row[f"days_{low}"], 1), round(row[f"days_{high}"], 1)],
            y=[row["place"]] * 2,
            mode="lines",
            line={"color": blend(hue, palette.paper, share=depth * share), "width": WIDTH},
            hovertext=hover,
            hoverinfo="text",
            customdata=[row["identity"]] * 2,
            name=f"{row['corridor_id']} {low}",
        )
        for low, high, depth, hover in bars
    ]


def _mark_typical(rows: Rows, palette: Palette) -> go.Scatter:
    """A tick in the hue of each corridor that can be used."""
    usable = [row for row in rows if row["is_usable"]]
    marks = [(row, row["days_typical"], _tell(row)) for row in usable]
    hues = [palette.corridors[row["hue"]] for row in usable]
    return _draw_marks("typical", marks, _style_tick(hues, 3.5))


def _mark_published(rows: Rows, palette: Palette) -> go.Scatter:
    """A hollow diamond for each published figure."""
    marks = [
        (row, value, f"Published for {escape(row['name'])}: {value:,.0f} days")
        for row in rows
        for value in _list_published(row)
    ]
    edge = {"width": 1.6, "color": palette.ink}
    look = {"symbol": "diamond", "size": 10, "color": palette.paper, "line": edge}
    return _draw_marks("published", marks, look)


def _mark_before(rows: Rows, before: Mapping[str, float], palette: Palette) -> go.Scatter:
    """A thin tick where a corridor stood without the scenarios, if that is elsewhere."""
    marks = []
    for row in rows:
        was = before.get(row["corridor_id"])
        if was is not None and row["is_usable"] and abs(was - row["days_typical"]) >= 0.5:
            told = f"{escape(row['name'])} without the scenarios: {round_estimate(was)} days"
            marks.append((row, was, told))
    return _draw_marks("before", marks, _style_tick(palette.ink, 1.2))


def _head(row: Mapping[str, Any]) -> str:
    return f"<b>{escape(row['code'])} {escape(row['name'])}</b><br>"


def _tell(row: Mapping[str, Any]) -> str:
    return f"{_head(row)}{_say_days(row)}"


def _style_tick(hue: str | list[str], width: float) -> dict[str, Any]:
    """Ticks across bars, as markers have them."""
    line = {"width": width, "color": hue}
    return {"symbol": "line-ns", "size": TICK, "color": hue, "line": line}


def _draw_marks(name: str, marks: Sequence[Mark], look: Mapping[str, Any]) -> go.Scatter:
    """Marks of one kind: the row of each, its days and what is said of it."""
    return go.Scatter(
        x=[round(days, 1) for _, days, _ in marks],
        y=[row["place"] for row, _, _ in marks],
        mode="markers",
        marker={"opacity": 1, **look},
        hovertext=[told for _, _, told in marks],
        hoverinfo="text",
        customdata=[row["identity"] for row, _, _ in marks],
        name=name,
    )


def _write_row(row: Mapping[str, Any], palette: Palette, beside: float) -> list[dict[str, Any]]:
    """Rank, code and name above the bar; right of all bars and marks, days and price."""
    shared = {"y": row["place"], "xref": "paper", "showarrow": False}
    left = {**shared, "x": 0, "xanchor": "left", "yshift": NAME_SHIFT}
    name, told = escape(row["name"]), _say_typical(row)
    days = f"<b>{told}</b>" if row["is_usable"] else told
    price = f"<span style='color:{palette.muted}'>{GAP}{_say_price(row)}</span>"
    hue = palette.ink if row["is_usable"] else palette.statuses["closed"]
    return [
        {
            **left,
            "xshift": CODE_SHIFT,
            "text": f"<b>{escape(row['code'])}</b>",
            "bgcolor": palette.corridors[row["hue"]],
            "borderpad": 2,
            "font": {"size": REGULAR, "color": palette.paper},
        },
        {
            **left,
            "xshift": NAME_LEFT,
            "text": name,
            "bgcolor": palette.paper,
            "borderpad": 0,
            "font": {"size": REGULAR, "color": palette.ink},
        },
        {
            **shared,
            "x": 1,
            "xanchor": "right",
            "xshift": beside,
            "text": f"{days}{price}",
            "font": {"size": REGULAR, "color": hue},
        },
        {
            **left,
            "xshift": RANK_SHIFT,
            "text": f"{row['rank']}." if row["rank"] else "",
            "font": {"size": REGULAR, "color": palette.muted},
        },
    ]
