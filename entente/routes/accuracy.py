"""Accuracy: published figures beside those of the model, and how near it comes."""

from typing import Any

import pandas as pd

from entente.address.views import RoutesView
from entente.content import Height, Panel, PanelParts, panel_of
from entente.dates import in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.charts.benchmarks import benchmark_scatter, benchmark_scatter_alt
from entente.routes.valuation.benchmarks import (
    QUANTITY_LABELS,
    compare_benchmarks,
    list_incomparable,
    summarise_comparison,
)
from entente.routes.words import percent
from entente.style.palette import PALETTES

CAPTION = (
    "A row a published figure, worst at the top; the mark is the model's P50 divided by it, the "
    "line P10 to P90. ● days, ◆ price, ■ length. In colour: outside that range, or off by more "
    "than half. Hollow: informed a rate, so it tests less. Each under the statuses of its own day."
)

QUANTITY_ORDER = ("days", "cost_usd_per_teu", "distance_km")


@cached
def compare_figures(dossier: Dossier) -> pd.DataFrame:
    """All published figures that can be compared."""
    return compare_benchmarks(dossier.tables)


def title(dossier: Dossier, view: RoutesView) -> str:
    """How near the model comes to what is published."""
    summary = _summarise(dossier)
    days = summary.loc["days"]
    return (
        f"Half of the published times lie within {percent(days['median_error'])} of the model’s; "
        f"{int(days['inside'])} of {int(days['count'])} within its P10–P90"
    )


@cached
def describe_accuracy(dossier: Dossier) -> dict[str, Any]:
    """For `templates/route_benchmarks.html`."""
    found = compare_figures(dossier)
    rest = list_incomparable(dossier["benchmarks"])
    bad = found[found["is_bad"].astype(bool)]
    return {
        "count": len(found),
        "rest": len(rest),
        "informed": int(found["is_calibration"].astype(bool).sum()),
        "summary": [
            {
                "label": QUANTITY_LABELS[quantity],
                "count": int(row["count"]),
                "coverage": _describe_share(row["coverage"]),
                "range": _describe_share(row["range_coverage"]),
                "error": percent(row["median_error"]),
                "ratio": f"{row['median_ratio']:.2f}",
            }
            for quantity, row in _summarise(dossier).iterrows()
        ],
        "bad": [_describe_miss(row) for row in bad.to_dict("records")],
    }


@cached
def _summarise(dossier: Dossier) -> pd.DataFrame:
    """By quantity, those left out that informed a rate."""
    found = summarise_comparison(compare_figures(dossier))
    own = found[found["group"] == "quantity"].set_index("value")
    return own.loc[[name for name in QUANTITY_ORDER if name in own.index]]


def _describe_miss(row: dict[str, Any]) -> dict[str, Any]:
    unit = QUANTITY_LABELS[row["quantity"]]
    shape = ",.1f" if unit == "days" else ",.0f"
    drawn = row["is_inside"] is not None
    return {
        "way": f"{row['from_place']} – {row['to_place']}",
        "when": in_words(row["event_edtf"]),
        "unit": unit,
        "published": format(row["published"], shape),
        "model": format(row["p50"], shape),
        "range": f"{row['p10']:{shape}}–{row['p90']:{shape}}" if drawn else "",
        "ratio": f"{row['ratio']:.2f}",
        "informed": bool(row["is_calibration"]),
        "note": row["verdict_note"] if isinstance(row["verdict_note"], str) else "",
    }


def _describe_share(value: float) -> str:
    return "" if pd.isna(value) else percent(float(value))


@cached
def draw_scatter(dossier: Dossier, *, appearance: str) -> PanelParts:
    """The published figures beside those of the model, as a figure with its table."""
    found = compare_figures(dossier)
    figure = benchmark_scatter(compared=found, palette=PALETTES[appearance])
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
    sources = tuple(dict.fromkeys(found["source_id"]))
    return PanelParts(figure, benchmark_scatter_alt(compared=found), table, sources)


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """Published figures beside the model's."""
    return (
        panel_of(
            draw_scatter(dossier, appearance=appearance),
            key="benchmark-scatter",
            heading="How many times too long, too dear, too far",
            caption=CAPTION,
            height=Height(rem=92),
        ),
    )
