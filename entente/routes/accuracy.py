"""Accuracy: published figures beside those of the model, and how near it comes."""

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.address.views import RoutesView
from entente.content import Height, Panel, PanelParts, make_panel
from entente.dates import in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.valuation.benchmarks import (
    QUANTITY_LABELS,
    compare_benchmarks,
    list_incomparable,
    summarise_comparison,
)
from entente.routes.words import format_share
from entente.style.palette import PALETTES, Palette
from entente.style.theme import (
    SMALL,
    blank_figure,
    empty_figure,
    escape,
    identity,
    scaffold_name,
    wrap_text,
)

CAPTION = (
    "A row a published figure, worst at the top; the mark is the model's P50 divided by it, the "
    "line P10 to P90. ● days, ◆ price, ■ length. In colour: outside that range, or off by more "
    "than half. Hollow: informed a rate, so it tests less. Each under the statuses of its own day."
)
KEY = "benchmark-scatter"
# Quantity to symbol, the same for text, and number format.
SYMBOLS = {
    "days": ("circle", "●", ",.1f"),
    "cost_usd_per_teu": ("diamond", "◆", ",.0f"),
    "distance_km": ("square", "■", ",.0f"),
}
TICKS = {0.5: "½", 0.67: "⅔", 1.0: "1", 1.5: "1½", 2.0: "2", 3.0: "3", 4.0: "4"}
LEAST, MOST = 0.4, 4.4
MOST_LETTERS = 24


def title(dossier: Dossier, view: RoutesView) -> str:
    """How near the model comes to what is published."""
    days = _summarise(dossier).loc["days"]
    error = format_share(days["median_error"])
    return (
        f"Half of the published times lie within {error} of the model’s; "
        f"{int(days['inside'])} of {int(days['count'])} within its P10–P90"
    )


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """Published figures beside the model's."""
    return (
        make_panel(
            draw_scatter(dossier, appearance=appearance),
            key=KEY,
            heading="How many times too long, too dear, too far",
            caption=CAPTION,
            height=Height(rem=92),
        ),
    )


@cached
def compare_figures(dossier: Dossier) -> pd.DataFrame:
    """All published figures that can be compared."""
    return compare_benchmarks(dossier.tables)


@cached
def _summarise(dossier: Dossier) -> pd.DataFrame:
    """By quantity, those left out that informed a rate."""
    found = summarise_comparison(compare_figures(dossier))
    own = found[found["group"] == "quantity"].set_index("value")
    return own.loc[[name for name in SYMBOLS if name in own.index]]


@cached
def describe_accuracy(dossier: Dossier) -> dict[str, Any]:
    """What is compared, how near the model comes, and where it misses, for its template."""
    found = compare_figures(dossier)
    bad = found[found["is_bad"].astype(bool)]

    def share(value: float) -> str:
        return "" if pd.isna(value) else format_share(float(value))

    return {
        "count": len(found),
        "rest": len(list_incomparable(dossier["benchmarks"], found)),
        "informed": int(found["is_calibration"].astype(bool).sum()),
        "summary": [
            {
                "label": QUANTITY_LABELS[quantity],
                "count": int(row["count"]),
                "coverage": share(row["coverage"]),
                "range": share(row["range_coverage"]),
                "error": format_share(row["median_error"]),
                "ratio": f"{row['median_ratio']:.2f}",
            }
            for quantity, row in _summarise(dossier).iterrows()
        ],
        "bad": [_describe_miss(row) for row in bad.to_dict("records")],
    }


def _describe_miss(row: dict[str, Any]) -> dict[str, Any]:
    shape = SYMBOLS[row["quantity"]][2]
    has_range = row["is_inside"] is not None
    return {
        "route": f"{row['from_place']} – {row['to_place']}",
        "when": in_words(row["event_edtf"]),
        "unit": QUANTITY_LABELS[row["quantity"]],
        "published": format(row["published"], shape),
        "model": format(row["p50"], shape),
        "range": f"{row['p10']:{shape}}–{row['p90']:{shape}}" if has_range else "",
        "ratio": f"{row['ratio']:.2f}",
        "informed": bool(row["is_calibration"]),
        "note": row["verdict_note"] if isinstance(row["verdict_note"], str) else "",
    }


@cached
def draw_scatter(dossier: Dossier, *, appearance: str) -> PanelParts:
    """The published figures beside those of the model, as a figure with its table."""
    found = compare_figures(dossier)
    table = pd.DataFrame(
        {
            "From": found["from_place"],
            "To": found["to_place"],
            "Quantity": found["quantity"].map(QUANTITY_LABELS),
            "When": found["event_edtf"].map(in_words),
            "Published": found["published"].round(1),
            "P10": found["p10"].round(1),
            "P50": found["p50"].round(1),
            "P90": found["p90"].round(1),
            "P50 by published": found["ratio"].round(2),
            "Within P10–P90": found["is_inside"].map({True: "yes", False: "no"}).fillna(""),
            "Informed a rate": found["is_calibration"].map({True: "yes", False: "no"}),
            "Remark": found["verdict_note"].fillna(""),
        }
    )
    return PanelParts(
        benchmark_scatter(compared=found, palette=PALETTES[appearance]),
        benchmark_scatter_alt(compared=found),
        table,
        tuple(dict.fromkeys(found["source_id"])),
    )


def benchmark_scatter(*, compared: pd.DataFrame, palette: Palette) -> go.Figure:
    """The model's P50 by the published figure, a row a figure, with its P10–P90 as a line.

    Args:
        compared: Rows of `benchmarks.COMPARED_COLUMNS`, worst first.
        palette: The appearance to draw in.

    Returns:
        A figure whose marks carry `benchmark`, its id, and the ids of its source and of the legs
        that it is compared with as `customdata`. Hollow marks informed a rate; those in the accent
        colour lie outside P10–P90 or are off by more than half.
    """
    if compared.empty:
        return empty_figure(palette, key=KEY, text="No published figure to compare.")
    figure = blank_figure(palette, key=KEY)
    marks = [
        identity("benchmark", row.benchmark_id, row.leg_ids, row.source_id)
        for row in compared.itertuples()
    ]
    rows = compared.assign(
        place=range(len(compared)), mark=pd.Series(marks, compared.index, dtype=object)
    )
    figure.add_trace(_draw_ranges(rows[rows["is_inside"].notna()], palette))
    for quantity in SYMBOLS:
        own = rows[rows["quantity"] == quantity]
        if len(own):
            figure.add_trace(_draw_marks(own, quantity, palette))
    line = {"color": palette.ink, "width": 1.2}
    figure.add_vline(x=1, line=line, name=scaffold_name("as published"))
    small = {"color": palette.muted, "size": SMALL + 1}
    figure.update_xaxes(
        type="log",
        range=[math.log10(LEAST), math.log10(MOST)],
        tickvals=list(TICKS),
        ticktext=list(TICKS.values()),
        side="top",
        fixedrange=True,
        gridcolor=palette.rule,
        zeroline=False,
        tickfont=small,
        title={"text": "computed, times published", "font": small, "standoff": 6},
    )
    names = [_name_route(row) for row in rows.to_dict("records")]
    figure.update_yaxes(
        tickvals=rows["place"].tolist(),
        ticktext=[
            f"{escape(_shorten(name))} {SYMBOLS[quantity][1]}"
            for name, quantity in zip(names, rows["quantity"], strict=True)
        ],
        range=[len(rows) - 0.4, -0.6],
        fixedrange=True,
        showgrid=False,
        zeroline=False,
        automargin=True,
        ticks="",
        tickfont={"color": palette.ink, "size": SMALL},
    )
    return figure.update_layout(
        margin={"l": 4, "r": 12, "t": 34, "b": 44}, hovermode="closest", dragmode=False
    )


def benchmark_scatter_alt(*, compared: pd.DataFrame) -> str:
    """What :func:`benchmark_scatter` shows, in words."""
    if compared.empty:
        return "An empty chart: no published figure to compare."
    worst = compared.iloc[0]
    inside = compared["is_inside"].dropna().astype(bool)
    return (
        f"Dots of the computed figure by the published one for {len(compared)} figures, worst at "
        f"the top: {_name_route(worst)} comes out {worst['ratio']:.1f} times as published. "
        f"{inside.sum()} of {len(inside)} times and prices lie within P10 to P90; "
        f"hollow dots informed a rate."
    )


def _draw_ranges(rows: pd.DataFrame, palette: Palette) -> go.Scatter:
    """One trace for all lines: pairs of ends with a gap between."""
    x: list[float | None] = []
    y: list[int | None] = []
    for row in rows.itertuples():
        x += [round(row.p10 / row.published, 3), round(row.p90 / row.published, 3), None]
        y += [row.place, row.place, None]
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        line={"color": palette.muted, "width": 1.6},
        hoverinfo="skip",
        name="P10–P90",
        customdata=[mark for mark in rows["mark"] for _ in range(3)],
    )


def _draw_marks(own: pd.DataFrame, quantity: str, palette: Palette) -> go.Scatter:
    hues = [palette.accent if is_bad else palette.ink for is_bad in own["is_bad"]]
    fills = [
        palette.paper if is_hollow else hue
        for hue, is_hollow in zip(hues, own["is_calibration"], strict=True)
    ]
    return go.Scatter(
        x=own["ratio"].round(3).tolist(),
        y=own["place"].tolist(),
        mode="markers",
        marker={
            "symbol": SYMBOLS[quantity][0],
            "size": 9,
            "opacity": 1,
            "color": fills,
            "line": {"width": 1.8, "color": hues},
        },
        hovertext=[_describe_mark(row) for row in own.to_dict("records")],
        hoverinfo="text",
        name=QUANTITY_LABELS[quantity],
        customdata=own["mark"].tolist(),
    )


def _describe_mark(row: dict[str, Any]) -> str:
    unit, shape = QUANTITY_LABELS[row["quantity"]], SYMBOLS[row["quantity"]][2]
    computed = f"Computed {format(row['p50'], shape)}"
    if row["is_inside"] is not None:
        computed += f", P10–P90 {format(row['p10'], shape)}–{format(row['p90'], shape)}"
    lines = [
        f"<b>{escape(_name_route(row))}</b>",
        f"Published {format(row['published'], shape)} {unit} ({escape(row['event_edtf'])})",
        computed,
    ]
    if row["is_calibration"]:
        lines.append("Informed a rate")
    if row["is_bad"] and isinstance(row["verdict_note"], str):
        lines.append(wrap_text(row["verdict_note"]))
    return "<br>".join(lines)


def _name_route(row: Any) -> str:
    return f"{row['from_place']}–{row['to_place']}"


def _shorten(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1].rstrip() + "…"
