"""`python -m entente benchmarks`: published figures beside those of the model, worst first."""

import argparse
import math
from functools import partial
from typing import Any

import pandas as pd

from entente.cli.arguments import add_dataset_options, format_columns, format_json, print_answer
from entente.dossier.store import Dossier
from entente.routes.valuation.benchmarks import (
    QUANTITY_LABELS,
    compare_benchmarks,
    list_incomparable,
    summarise_comparison,
)

ABOUT = "hold the comparison of trade routes against published figures"
HEADER = ("id", "way", "", "published", "P50", "P10–P90", "ratio", "inside", "informed a rate")
SUMMARY_HEADER = ("", "", "figures", "in P10–P90", "in low–high", "median error", "median ratio")


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("benchmarks", help=ABOUT, description=ABOUT)
    add_dataset_options(command)
    command.set_defaults(run=partial(print_answer, answer=answer_benchmarks))


def answer_benchmarks(options: argparse.Namespace, dossier: Dossier) -> str:
    """The comparison, its summary and what cannot be compared.

    As text: worst first, a sentence under each bad one, the summary at the end.
    """
    compared = compare_benchmarks(dossier.tables)
    summary = summarise_comparison(compared)
    rest = list_incomparable(dossier["benchmarks"], compared)
    if options.json:
        parts = {"benchmarks": compared, "summary": summary, "not_comparable": rest}
        return format_json(
            {name: [_plain(row) for row in t.to_dict("records")] for name, t in parts.items()}
        )
    header, *rows = format_columns([HEADER, *map(_cells, compared.to_dict("records"))])
    lines = [header]
    for text, note, bad in zip(rows, compared["verdict_note"], compared["is_bad"], strict=True):
        lines += [text, f"      {note}"] if bad and isinstance(note, str) else [text]
    cells = [SUMMARY_HEADER, *map(_summary_cells, summary.to_dict("records"))]
    end = f"{len(rest)} more have nothing to be compared with; --json says why."
    return "\n".join([*lines, "", *format_columns(cells), "", end])


def _cells(row: dict[Any, Any]) -> tuple[str, ...]:
    unit = QUANTITY_LABELS[row["quantity"]]
    digits = 1 if unit == "days" else 0
    low, middle, high = (f"{row[name]:,.{digits}f}" for name in ("p10", "p50", "p90"))
    drawn = row["is_inside"] is not None
    return (
        row["benchmark_id"],
        f"{row['from_place']} – {row['to_place']}",
        unit,
        f"{row['published']:,.{digits}f}",
        middle,
        f"{low}–{high}" if drawn else "",
        f"{row['ratio']:.2f}",
        ("yes" if row["is_inside"] else "no") if drawn else "",
        "yes" if row["is_calibration"] else "no",
    )


def _summary_cells(row: dict[Any, Any]) -> tuple[str, ...]:
    shares = ("" if math.isnan(row[n]) else f"{row[n]:.0%}" for n in ("coverage", "range_coverage"))
    value = QUANTITY_LABELS.get(row["value"], row["value"])
    error = f"{row['median_error']:.0%}"
    return (row["group"], value, str(row["count"]), *shares, error, f"{row['median_ratio']:.2f}")


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    """A row as JSON has it: missing is null, days are text, figures have four decimals."""
    plain: dict[str, Any] = {}
    for name, value in row.items():
        if not isinstance(value, str) and pd.isna(value):
            plain[name] = None
        elif isinstance(value, float):
            plain[name] = round(value, 4)
        elif hasattr(value, "isoformat"):
            plain[name] = value.isoformat()
        else:
            plain[name] = value
    return plain
