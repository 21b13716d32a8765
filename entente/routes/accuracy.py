"""Accuracy: published figures beside those of the model, and how near it comes."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.address.views import RoutesView
from entente.content import Height, Panel, PanelParts, make_panel
from entente.dates import in_words
from entente.dossier.store import Dossier, cached
from entente.routes.charts import promises
from entente.routes.valuation.benchmarks import (
    QUANTITY_LABELS,
    compare_benchmarks,
    list_incomparable,
    summarise_comparison,
)
from entente.routes.valuation.figures import PARTS
from entente.routes.words import IF_RATES_ARE_RIGHT, format_share
from entente.style.palette import PALETTES, Palette
from entente.style.theme import SMALL, blank_figure, empty_figure, escape, scaffold_name, wrap_text

CAPTION = (
    "Each row is a published figure, worst first, the rest in the table; the mark is the model's "
    f"typical figure divided by it, the dark line P10 to P90 {IF_RATES_ARE_RIGHT}, the pale one "
    "the calibrated range. ● days, ◆ price, ■ length. In colour: outside the calibrated range, or "
    "off by more than half. Hollow: informed a rate, so it tests less. Each uses the route status "
    "of its own date."
)
KINDS_CAPTION = (
    "Each dot is a published time (●) or price (◆), divided by the model’s typical figure for the "
    "same route on its own day; the line is the median of its kind. Left of 1: shorter or cheaper "
    "than the model. Figures that informed a rate are not shown."
)
# Kinds of figures: what ran, what is promised or foreseen, and what is said of a rival route.
RUN, PROMISED, RIVAL = ("actual", "trial"), ("planned", "promotional"), ("rival",)
KEY = "benchmark-scatter"
# Quantity to symbol, the same for text, and number format.
SYMBOLS = {
    "days": ("circle", "●", ",.1f"),
    "cost_usd_per_teu": ("diamond", "◆", ",.0f"),
    "distance_km": ("square", "■", ",.0f"),
}
TICKS = {1 / 16: "¹⁄₁₆", **promises.TICKS}
LEAST, MOST = 0.4, 4.4
MOST_FIGURES = 60
MARGIN = 1.15
MOST_LETTERS = 24


def title(dossier: Dossier, view: RoutesView) -> str:
    """How near the model comes to what is published."""
    days = _summarise(dossier).loc["days"]
    error = format_share(days["median_error"])
    return (
        f"Half of the published times lie within {error} of the model’s; "
        f"{int(days['likely'])} of {int(days['count'])} within its calibrated range"
    )


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """Published figures beside the model's, one by one and by kind."""
    return (
        make_panel(
            draw_kinds(dossier, appearance=appearance),
            key=promises.KEY,
            heading=say_kinds(dossier),
            caption=KINDS_CAPTION,
            height=Height(rem=34),
        ),
        make_panel(
            draw_scatter(dossier, appearance=appearance),
            key=KEY,
            heading="The largest errors: the model’s figure by the published one",
            caption=CAPTION,
            height=Height(rem=92),
        ),
    )


@cached
def compare_figures(dossier: Dossier) -> pd.DataFrame:
    """All published figures that can be compared."""
    return compare_benchmarks(dossier.tables, dossier["valued_benchmarks"])


@cached
def select_figures(dossier: Dossier) -> pd.DataFrame:
    """Times and prices that informed no rate, by kind."""
    return promises.select_kinds(compare_figures(dossier), dossier.labels("benchmark_kinds"))


@cached
def say_kinds(dossier: Dossier) -> str:
    """How far what is promised lies from what is run, as the medians of published times have it."""
    found = select_figures(dossier)
    days = found[found["quantity"] == "days"]
    said = []
    for words, codes in (
        ("promised times run at {} of the model’s", PROMISED),
        ("actual ones at {}", RUN),
        ("those that promoters quote for a rival at {}", RIVAL),
    ):
        own = days[days["kind_code"].isin(codes)]
        if len(own):
            said.append(words.format(f"{own['by_model'].median():.0%}"))
    text = ", ".join(said)
    return text[:1].upper() + text[1:] if len(said) > 1 else "Published figures by kind"


@cached
def draw_kinds(dossier: Dossier, *, appearance: str) -> PanelParts:
    """The published figures by kind, as a figure with its table."""
    found = select_figures(dossier)
    return PanelParts(
        promises.promised_and_run(selected=found, palette=PALETTES[appearance]),
        promises.promised_and_run_alt(selected=found),
        promises.tabulate_kinds(found),
        tuple(dict.fromkeys(found["source_id"])),
    )


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
                "calibrated": share(row["calibrated_coverage"]),
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
    low, high = row["calibrated_p10"], row["calibrated_p90"]
    return {
        "route": _name_route(row),
        "when": in_words(row["event_edtf"]),
        "unit": QUANTITY_LABELS[row["quantity"]],
        "published": format(row["published"], shape),
        "model": format(row["p50"], shape),
        "range": f"{low:{shape}}–{high:{shape}}" if has_range else "",
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
            "Typical": found["p50"].round(1),
            "P10": found["p10"].round(1),
            "P90": found["p90"].round(1),
            "Calibrated P10": found["calibrated_p10"].round(1),
            "Calibrated P90": found["calibrated_p90"].round(1),
            "Typical by published": found["ratio"].round(2),
            "Within P10–P90": _say_inside(found["is_inside"]),
            "Within the calibrated range": _say_inside(found["is_inside_calibrated"]),
            "Informed a rate": found["is_calibration"].map({True: "yes", False: "no"}),
            "Remark": found["verdict_note"].fillna(""),
        }
    )
    shown = found.head(MOST_FIGURES)
    return PanelParts(
        benchmark_scatter(compared=shown, palette=PALETTES[appearance]),
        benchmark_scatter_alt(compared=shown),
        table,
        tuple(dict.fromkeys(found["source_id"])),
    )


def _say_inside(flags: pd.Series) -> pd.Series:
    return flags.map({True: "yes", False: "no"}).fillna("")


def benchmark_scatter(*, compared: pd.DataFrame, palette: Palette) -> go.Figure:
    """The typical figure by the published one, a row a figure, with both ranges as lines.

    Args:
        compared: Rows of `benchmarks.COMPARED_COLUMNS`, worst first.
        palette: The appearance to draw in.

    Returns:
        A figure whose marks carry `benchmark`, its id, and the ids of its source and of the legs
        that it is compared with as `customdata`. Hollow marks informed a rate; those in the accent
        colour lie outside the calibrated range or are off by more than half.
    """
    if compared.empty:
        return empty_figure(palette, key=KEY, text="No published figure to compare.")
    figure = blank_figure(palette, key=KEY)
    rows = compared.assign(place=range(len(compared)), mark=promises.identify_figures(compared))
    ranged = rows[rows["is_inside"].notna()]
    pale = ("calibrated_p10", "calibrated_p90")
    figure.add_trace(_draw_ranges(ranged, pale, "calibrated range", palette.rule))
    figure.add_trace(_draw_ranges(ranged, ("p10", "p90"), "P10–P90", palette.muted))
    for quantity in SYMBOLS:
        own = rows[rows["quantity"] == quantity]
        if len(own):
            figure.add_trace(_draw_marks(own, quantity, palette))
    line = {"color": palette.ink, "width": 1.2}
    figure.add_vline(x=1, line=line, name=scaffold_name("as published"))
    names = [_name_route(row) for row in rows.to_dict("records")]
    labels = [
        f"{_shorten(name)} {SYMBOLS[quantity][1]}"
        for name, quantity in zip(names, rows["quantity"], strict=True)
    ]
    promises.set_ratio_axes(
        figure,
        extent=(
            min(LEAST, compared["ratio"].min() / MARGIN),
            max(MOST, compared["ratio"].max() * MARGIN),
        ),
        ticks=TICKS,
        title="model ÷ published",
        rows=dict(enumerate(labels)),
        row_size=SMALL,
        palette=palette,
    )
    return figure.update_layout(margin={"l": 4, "r": 12, "t": 34, "b": 44})


def benchmark_scatter_alt(*, compared: pd.DataFrame) -> str:
    """What :func:`benchmark_scatter` shows, in words."""
    if compared.empty:
        return "An empty chart: no published figure to compare."
    worst = compared.iloc[0]
    inside = compared["is_inside_calibrated"].dropna().astype(bool)
    return (
        f"Dots of the computed figure by the published one for {len(compared)} figures, worst at "
        f"the top: {_name_route(worst)} comes out {worst['ratio']:.1f} times as published. "
        f"{inside.sum()} of {len(inside)} times and prices lie within the calibrated "
        f"range; "
        f"hollow dots informed a rate."
    )


def _draw_ranges(rows: pd.DataFrame, ends: tuple[str, str], name: str, colour: str) -> go.Scatter:
    """One trace for all lines of a range: pairs of ends with a gap between."""
    x: list[float | None] = []
    y: list[int | None] = []
    for row in rows.to_dict("records"):
        x += [*(round(row[end] / row["published"], 3) for end in ends), None]
        y += [row["place"], row["place"], None]
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        line={"color": colour, "width": 1.6 if name == "P10–P90" else 5},
        hoverinfo="skip",
        name=name,
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
        low, high = (format(row[f"calibrated_{end}"], shape) for end in ("p10", "p90"))
        computed += f", P10–P90 {format(row['p10'], shape)}–{format(row['p90'], shape)}"
        computed += f", calibrated {low}–{high}"
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
    """The ends of a route, or the place of a wait and what it is for."""
    if row["part_code"] in PARTS:
        return f"{row['from_place']} ({row['part_code'].replace('-', ' ')})"
    return f"{row['from_place']}–{row['to_place']}"


def _shorten(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1].rstrip() + "…"
