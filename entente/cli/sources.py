"""`python -m entente sources`: what stands behind the verdicts, and which rest on one origin."""

import argparse
import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd

from entente.cli.arguments import print_answer, read_day
from entente.dossier.store import Dossier, data_folder
from entente.record.evidence import are_known, find_verdicts, keep_published
from entente.record.sources import count_origins, find_origins

ABOUT = "count the sources by tier, and the independent origins of each verdict"
HEADER = ("verdict", "from", "", "sources", "origins", "origin")


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("sources", help=ABOUT, description=ABOUT)
    command.add_argument(
        "--one-origin", action="store_true", help="only the verdicts that rest on one origin"
    )
    command.add_argument("--as-of", metavar="DATE", help="a day; the dataset's last when missing")
    command.add_argument("--json", action="store_true", help="print everything as JSON")
    command.add_argument("--data", type=Path, default=data_folder(), help="the data folder")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the verdicts with their origins; 1 when the dataset is broken, 2 for a bad date."""
    return print_answer(options, _answer)


def _answer(options: argparse.Namespace, dossier: Dossier) -> str:
    as_of = read_day(options.as_of, dossier)
    rows = verdict_rows(dossier, as_of=as_of)
    shown = rows[rows["origin_count"] == 1] if options.one_origin else rows
    make = as_json if options.json else as_text
    return make(dossier, rows, shown, as_of=as_of)


def verdict_rows(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    """Every verdict given by a day, with its origins and whether it still holds on that day."""
    rows = count_origins(dossier.tables)
    holding = find_verdicts(dossier["assessments"], as_of)["assessment_id"]
    given = rows.assign(holds=rows["assessment_id"].isin(holding))
    return given[are_known(rows["from_edtf"], as_of)].reset_index(drop=True)


def as_json(dossier: Dossier, rows: pd.DataFrame, shown: pd.DataFrame, *, as_of: dt.date) -> str:
    """Counts and the verdicts asked for, as JSON."""
    parts = {
        "as_of": as_of.isoformat(),
        "sources": _source_counts(dossier, as_of),
        "verdicts_by_origins": _by_origins(rows),
        "verdicts": [{**row, "origin_ids": list(row["origin_ids"])} for row in _plain(shown)],
    }
    return json.dumps(parts, ensure_ascii=False, indent=2)


def as_text(dossier: Dossier, rows: pd.DataFrame, shown: pd.DataFrame, *, as_of: dt.date) -> str:
    """Text for a terminal: a line a verdict, the counts at the end."""
    table = [HEADER, *(_cells(row) for row in _plain(shown))]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]
    return "\n".join([*lines, "", *_summary(dossier, rows, as_of)])


def _summary(dossier: Dossier, rows: pd.DataFrame, as_of: dt.date) -> list[str]:
    counts = _source_counts(dossier, as_of)
    tiers = ", ".join(f"{number} {code}" for code, number in counts["by_tier"].items())
    share = ", ".join(f"{n} on {k}" for k, n in _by_origins(rows).items())
    single = rows[rows["origin_count"] == 1]
    alone = int((single["holds"] & (single["run_origin_count"] == 1)).sum())
    return [
        f"{counts['total']} sources by {as_of} ({tiers}), {counts['origins']} origins.",
        f"{len(rows)} verdicts by number of origins: {share}.",
        f"{len(single)} rest on one origin only; {int(single['holds'].sum())} of them hold on "
        f"{as_of}, {alone} without an earlier equal verdict on another origin.",
    ]


def _source_counts(dossier: Dossier, as_of: dt.date) -> dict[str, Any]:
    known = keep_published(dossier["sources"], as_of, horizon=dossier.horizon)
    by_tier = known["tier_code"].value_counts()
    return {
        "total": len(known),
        "origins": known["source_id"].map(find_origins(dossier["sources"])).nunique(),
        "by_tier": {code: int(by_tier.get(code, 0)) for code in dossier.labels("source_tiers")},
        "of_a_party": int(known["party_actor_id"].notna().sum()),
        "undated": int(known["published_edtf"].isna().sum()),
    }


def _by_origins(rows: pd.DataFrame) -> dict[str, int]:
    return {str(number): count for number, count in sorted(Counter(rows["origin_count"]).items())}


def _plain(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in rows.to_dict("records")]


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    return (
        row["assessment_id"],
        row["from_edtf"],
        row["verdict_code"] + ("" if row["holds"] else ", not the latest"),
        str(row["source_count"]),
        str(row["origin_count"]),
        row["origin_ids"][0] if row["origin_count"] == 1 else "",
    )
