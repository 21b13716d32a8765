"""`python -m entente benchmarks`: published figures beside those of the model, worst first."""

import argparse
import json
import math
from pathlib import Path
from typing import Any

import pandas as pd

from entente.check.faults import BrokenDataset
from entente.dossier.store import Dossier, data_folder, read_dossier
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
    command.add_argument("--data", type=Path, default=data_folder(), help="the data folder")
    command.add_argument("--json", action="store_true", help="print everything as JSON")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the comparison; 1 when the dataset is broken."""
    try:
        dossier = read_dossier(options.data)
    except BrokenDataset as broken:
        print(f"{broken}: run `python -m entente check`")
        return 1
    print(as_json(dossier) if options.json else as_text(dossier))
    return 0


def as_json(dossier: Dossier) -> str:
    """The comparison, its summary and what cannot be compared, as JSON."""
    compared = compare_benchmarks(dossier.tables)
    parts = {
        "benchmarks": compared,
        "summary": summarise_comparison(compared),
        "not_comparable": list_incomparable(dossier["benchmarks"]),
    }
    records = {name: [_plain(row) for row in t.to_dict("records")] for name, t in parts.items()}
    return json.dumps(records, ensure_ascii=False, indent=2)


def as_text(dossier: Dossier) -> str:
    """Text for a terminal: worst first, a sentence under each bad one, the summary at the end."""
    compared = compare_benchmarks(dossier.tables)
    rows = _laid_out([HEADER, *(_cells(row) for row in compared.to_dict("records"))])
    lines = [rows[0]]
    for text, note, bad in zip(rows[1:], compared["verdict_note"], compared["is_bad"], strict=True):
        lines += [text, f"      {note}"] if bad and isinstance(note, str) else [text]
    summary = summarise_comparison(compared).to_dict("records")
    lines += ["", *_laid_out([SUMMARY_HEADER, *(_summary_cells(row) for row in summary)])]
    rest = len(list_incomparable(dossier["benchmarks"]))
    return "\n".join(
        [*lines, "", f"{rest} more have nothing to be compared with; --json says why."]
    )


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
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


def _summary_cells(row: dict[str, Any]) -> tuple[str, ...]:
    shares = ("" if math.isnan(row[n]) else f"{row[n]:.0%}" for n in ("coverage", "range_coverage"))
    value = QUANTITY_LABELS.get(row["value"], row["value"])
    error = f"{row['median_error']:.0%}"
    return (row["group"], value, str(row["count"]), *shares, error, f"{row['median_ratio']:.2f}")


def _laid_out(rows: list[tuple[str, ...]]) -> list[str]:
    """Cells in columns as wide as they need."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
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
