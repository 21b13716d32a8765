"""`python -m entente benchmarks`: published figures beside those of the model, worst first.

With `--against FILE.csv`: published figures of anybody's own, in the order of the file.
"""

import argparse
import math
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from entente.address.views import RoutesView
from entente.cli.arguments import (
    add_dataset_options,
    format_columns,
    format_json,
    make_plain,
    print_answer,
)
from entente.dossier.store import Dossier
from entente.routes.published.figures import Answer, answer_file, iterate_cells, summarise_answers
from entente.routes.valuation.benchmarks import (
    QUANTITY_LABELS,
    Agreement,
    compare_benchmarks,
    list_incomparable,
    measure_agreement,
    summarise_comparison,
)

ABOUT = "compare the route model with published figures"
HEADER = (
    *("id", "route", "", "published", "typical"),
    *("P10–P90", "ratio", "inside", "informed a rate"),
)
SUMMARY_HEADER = (
    *("", "", "figures", "in P10–P90", "calibrated", "in low–high"),
    *("median error", "median ratio"),
)
AGAINST_HEADER = (
    *("id", "kind", "unit", "published", "typical", "P10–P90 by rates", "P10–P90 calibrated", ""),
)
COVERAGE_HEADER = ("", "", "figures", "in P10–P90 by rates", "in P10–P90 calibrated")


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("benchmarks", help=ABOUT, description=ABOUT)
    add_dataset_options(command)
    command.add_argument(
        "--against",
        type=Path,
        metavar="FILE.csv",
        help="published figures of your own: origin_node, destination_node, via (node ids joined "
        "by >), mode, quantity, low, typical, high, unit, date_of_figure, figure_kind",
    )
    run = partial(print_answer, answer=answer_benchmarks, page=RoutesView.page_code)
    command.set_defaults(run=run)


def answer_benchmarks(options: argparse.Namespace, dossier: Dossier) -> str:
    """The comparison, its summary and what cannot be compared.

    As text: worst first, a sentence under each bad one, the summary at the end.
    """
    if options.against:
        answers = answer_file(options.against, dossier)
        return _print_json(answers) if options.json else _print_text(answers)
    compared = compare_benchmarks(dossier.tables, dossier["valued_benchmarks"])
    summary = summarise_comparison(compared)
    rest = list_incomparable(dossier["benchmarks"], compared)
    agreement = measure_agreement(compared)
    if options.json:
        parts = {"benchmarks": compared, "summary": summary, "not_comparable": rest}
        answer = {name: table.to_dict("records") for name, table in parts.items()}
        return format_json(make_plain({**answer, "agreement": agreement._asdict()}))
    header, *rows = format_columns([HEADER, *map(_cells, compared.to_dict("records"))])
    lines = [header]
    for text, note, bad in zip(rows, compared["verdict_note"], compared["is_bad"], strict=True):
        lines += [text, f"      {note}"] if bad and isinstance(note, str) else [text]
    cells = [SUMMARY_HEADER, *map(_summary_cells, summary.to_dict("records"))]
    end = f"{len(rest)} more cannot be compared; --json says why."
    return "\n".join([*lines, "", *format_columns(cells), "", *_say_agreement(agreement), end])


def _say_agreement(found: Agreement) -> list[str]:
    """How far published times lie from each other and from the model, where several tell of one."""
    if not found.figures:
        return []
    return [
        f"{found.sections} sections have times from several sources: half of these {found.figures} "
        f"times lie within {found.others:.0%} of the median of the others, and within "
        f"{found.model:.0%} of the model’s."
    ]


def _print_json(answers: Sequence[Answer]) -> str:
    """The answers under `figures`, in the unit of each, and both coverages."""
    figures = [
        {
            "id": one.id,
            "placed": one.valued is not None,
            "reason": one.reason or None,
            "figure_kind": one.kind or None,
            "quantity": one.quantity or None,
            "unit": one.unit or None,
            "published": one.published,
            "p10": one.valued and one.valued.calibrated_p10,
            "p50": one.valued and one.valued.p50,
            "p90": one.valued and one.valued.calibrated_p90,
            "stage_p10": one.valued and one.valued.p10,
            "stage_p90": one.valued and one.valued.p90,
            "inside_stage_range": one.is_inside("p10", "p90"),
            "inside_calibrated_range": one.is_inside("calibrated_p10", "calibrated_p90"),
            "as_of": one.as_of,
            "legs": one.legs,
            "remark": one.remark or None,
        }
        for one in answers
    ]
    return format_json({"figures": make_plain(figures), "coverage": summarise_answers(answers)})


def _print_text(answers: Sequence[Answer]) -> str:
    """A row for each figure, and both coverages."""
    lines = format_columns([AGAINST_HEADER, *iterate_cells(answers)])
    cells = [
        (part, name, str(found["count"]), *map(_share, list(found.values())[1:]))
        for part, groups in summarise_answers(answers).items()
        for name, found in groups.items()
    ]
    placed = sum(one.valued is not None for one in answers)
    end = f"{placed} of {len(answers)} figures are placed."
    return "\n".join([*lines, "", *format_columns([COVERAGE_HEADER, *cells]), "", end])


def _share(value: float | None) -> str:
    return "" if value is None or math.isnan(value) else f"{value:.0%}"


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
    names = ("coverage", "calibrated_coverage", "range_coverage")
    shares = [_share(row[name]) for name in names]
    value = QUANTITY_LABELS.get(row["value"], row["value"])
    error = f"{row['median_error']:.0%}"
    return (row["group"], value, str(row["count"]), *shares, error, f"{row['median_ratio']:.2f}")
