"""Published figures by what kind they are, beside the model's typical ones, along a ratio."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.routes.valuation.benchmarks import QUANTITY_LABELS
from entente.style.palette import Palette
from entente.style.theme import (
    REGULAR,
    SMALL,
    blank_figure,
    empty_figure,
    escape,
    identity,
    scaffold,
    scaffold_name,
)

KEY = "promised-and-run"
# Quantity to symbol, its name and its number format.
SYMBOLS = {
    "days": ("circle", "times", ",.1f"),
    "cost_usd_per_teu": ("diamond", "prices", ",.0f"),
}
TICKS = {0.125: "⅛", 0.25: "¼", 0.5: "½", 1.0: "1", 2.0: "2", 4.0: "4", 8.0: "8", 16.0: "16"}
HALF_HEIGHT = 0.3
STEPS = 5
MARGIN = 1.15
COLUMN = 60  # pixels that the medians take beside the dots


def identify_figures(compared: pd.DataFrame) -> pd.Series:
    """What each mark stands for: its id, and the ids of its legs and of its source.

    Args:
        compared: Rows of `benchmarks.COMPARED_COLUMNS`.

    Returns:
        Strings for `customdata`, by the index of `compared`.
    """
    marks = [
        identity("benchmark", row.benchmark_id, row.leg_ids, row.source_id)
        for row in compared.itertuples()
    ]
    return pd.Series(marks, compared.index, dtype=object)


def select_kinds(compared: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """Times and prices that informed no rate, by kind, with how they stand to the model.

    Args:
        compared: Rows of `benchmarks.COMPARED_COLUMNS`.
        labels: Kind to its label, in their order.

    Returns:
        The rows of those figures with `by_model`, the published figure by the typical one, and
        `kind`, the label. Kinds follow each other in their order, each from the smallest ratio to
        the largest.
    """
    own = compared[
        compared["quantity"].isin(list(SYMBOLS))
        & ~compared["is_calibration"].astype(bool)
        & compared["kind_code"].isin(list(labels))
    ]
    ranks = own["kind_code"].map({code: rank for rank, code in enumerate(labels)})
    ordered = own.assign(
        by_model=own["published"].astype(float) / own["p50"].astype(float),
        kind=own["kind_code"].map(labels),
        rank=ranks,
    ).sort_values(["rank", "by_model", "benchmark_id"], ignore_index=True)
    return ordered.drop(columns="rank")


def find_medians(selected: pd.DataFrame) -> pd.Series:
    """Median of `by_model` by `kind`, in the order of the rows."""
    return selected.groupby("kind", sort=False)["by_model"].median()


def promised_and_run(*, selected: pd.DataFrame, palette: Palette) -> go.Figure:
    """A row a kind: a dot for each figure, published by the model's, and their median as a line.

    Args:
        selected: Rows as :func:`select_kinds` gives.
        palette: The appearance to draw in.

    Returns:
        A figure whose dots carry `benchmark`, its id, and the ids of its source and of its legs as
        `customdata`.
    """
    if selected.empty:
        return empty_figure(palette, key=KEY, text="No published figure to compare.")
    figure = blank_figure(palette, key=KEY)
    medians = find_medians(selected)
    places = {kind: place for place, kind in enumerate(medians.index)}
    rows = selected.assign(
        place=[places[kind] + _stagger(number) for kind, number in _count_within(selected)],
        mark=identify_figures(selected),
    )
    for quantity, (symbol, name, _) in SYMBOLS.items():
        own = rows[rows["quantity"] == quantity]
        if len(own):
            figure.add_trace(_draw_dots(own, symbol, name, palette))
    figure.add_trace(_draw_medians(medians, places, palette))
    line = {"color": palette.muted, "width": 1.2}
    figure.add_vline(x=1, line=line, layer="below", name=scaffold_name("as the model"))
    counts = selected.groupby("kind", sort=False).size()
    set_ratio_axes(
        figure,
        extent=(
            min(0.5, rows["by_model"].min()) / MARGIN,
            max(2.0, rows["by_model"].max()) * MARGIN,
        ),
        ticks=TICKS,
        title="published ÷ model",
        rows={place: f"{kind} ({counts[kind]})" for kind, place in places.items()},
        row_size=SMALL + 1,
        palette=palette,
    )
    return figure.update_layout(
        annotations=_write_medians(medians, places, palette),
        margin={"l": 4, "r": COLUMN, "t": 48, "b": 12},
    )


def promised_and_run_alt(*, selected: pd.DataFrame) -> str:
    """What :func:`promised_and_run` shows, in words."""
    if selected.empty:
        return "An empty chart: no published figure to compare."
    medians = find_medians(selected)
    counts = selected.groupby("kind", sort=False).size()
    parts = [f"{kind} {medians[kind]:.2f} ({counts[kind]})" for kind in medians.index]
    return (
        f"Dots of {len(selected)} published times and prices by the model’s typical figure, a row "
        f"a kind. Medians, with the number of figures: {', '.join(parts)}."
    )


def tabulate_kinds(selected: pd.DataFrame) -> pd.DataFrame:
    """A row a kind: how many figures, the median, and the smallest and largest ratio."""
    found = selected.groupby("kind", sort=False)["by_model"].agg(["size", "median", "min", "max"])
    return (
        found.round(2)
        .rename_axis("Kind")
        .rename(
            columns={
                "size": "Figures",
                "median": "Median, published by typical",
                "min": "Smallest",
                "max": "Largest",
            }
        )
        .reset_index()
    )


def _count_within(selected: pd.DataFrame) -> list[tuple[str, int]]:
    """For each row its kind and its number within it, from 0."""
    numbers = selected.groupby("kind", sort=False).cumcount()
    return list(zip(selected["kind"], numbers.tolist(), strict=True))


def _stagger(number: int) -> float:
    """How far from its row a dot stands, so that neighbours do not hide each other."""
    return HALF_HEIGHT * (2 * (number * 2 % STEPS) / (STEPS - 1) - 1)


def _draw_dots(own: pd.DataFrame, symbol: str, name: str, palette: Palette) -> go.Scatter:
    return go.Scatter(
        x=own["by_model"].round(3).tolist(),
        y=own["place"].round(3).tolist(),
        mode="markers",
        marker={
            "symbol": symbol,
            "size": 8,
            "opacity": 1,
            "color": palette.muted,
            "line": {"width": 1, "color": palette.paper},
        },
        hovertext=[_describe_dot(row) for row in own.to_dict("records")],
        hoverinfo="text",
        name=name,
        customdata=own["mark"].tolist(),
    )


def _draw_medians(medians: pd.Series, places: Mapping[str, int], palette: Palette) -> go.Scatter:
    """One trace for all lines, pairs of ends with a gap between."""
    reach = HALF_HEIGHT + 0.1
    found = [(places[str(kind)], round(median, 3)) for kind, median in medians.items()]
    return go.Scatter(
        x=[x for _, median in found for x in (median, median, None)],
        y=[y for place, _ in found for y in (place - reach, place + reach, None)],
        mode="lines",
        line={"color": palette.accent, "width": 3},
        name="median",
        meta=scaffold("median"),
        hoverinfo="skip",
        cliponaxis=False,
    )


def _write_medians(
    medians: pd.Series, places: Mapping[str, int], palette: Palette
) -> list[dict[str, Any]]:
    """Their values in a column right of all dots, under what they are."""
    shared = {
        "xref": "paper",
        "x": 1,
        "xanchor": "right",
        "xshift": COLUMN,
        "showarrow": False,
        "font": {"color": palette.accent, "size": REGULAR},
    }
    above = {"yref": "paper", "y": 1, "yanchor": "bottom", "yshift": -3}  # on the line of ticks
    head = {**shared, **above, "text": "median"}
    values = [
        {**shared, "y": places[str(kind)], "text": f"<b>{median:.2f}</b>"}
        for kind, median in medians.items()
    ]
    return [head, *values]


def _describe_dot(row: dict[str, Any]) -> str:
    shape = SYMBOLS[row["quantity"]][2]
    return (
        f"<b>{escape(row['from_place'])}–{escape(row['to_place'])}</b>"
        f"<br>{escape(row['kind'])}, {escape(row['event_edtf'])}"
        f"<br>Published {format(row['published'], shape)} {QUANTITY_LABELS[row['quantity']]}"
        f"<br>Typical {format(row['p50'], shape)}"
    )


def set_ratio_axes(
    figure: go.Figure,
    *,
    extent: tuple[float, float],
    ticks: Mapping[float, str],
    title: str,
    rows: Mapping[int, str],
    row_size: int,
    palette: Palette,
) -> None:
    """Set a logarithmic axis of ratios at the top, and rows by name, the first at the top.

    Args:
        figure: The figure, which is changed; nothing in it can be dragged.
        extent: Least and greatest ratio that must be in sight, both above zero.
        ticks: Ratio to the text of its tick.
        title: What the ratio is.
        rows: Place of a row, counting from 0, to its name as plain text.
        row_size: Size of the names.
        palette: The appearance to draw in.
    """
    small = {"color": palette.muted, "size": REGULAR}
    figure.update_xaxes(
        type="log",
        range=[math.log10(end) for end in extent],
        tickvals=list(ticks),
        ticktext=list(ticks.values()),
        side="top",
        fixedrange=True,
        gridcolor=palette.rule,
        zeroline=False,
        tickfont=small,
        title={"text": title, "font": small, "standoff": 6},
    )
    figure.update_yaxes(
        tickvals=list(rows),
        ticktext=[escape(name) for name in rows.values()],
        range=[len(rows) - 0.4, -0.6],
        fixedrange=True,
        showgrid=False,
        zeroline=False,
        automargin=True,
        ticks="",
        tickfont={"color": palette.ink, "size": row_size},
    )
