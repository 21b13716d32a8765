"""`python -m entente sources`: what stands behind the verdicts; or rows drawn to be checked."""

import argparse
import datetime as dt
from collections import Counter
from functools import partial
from typing import Any

import pandas as pd

from entente.cli.arguments import (
    add_dataset_options,
    add_day_option,
    format_columns,
    format_json,
    print_answer,
    read_day,
)
from entente.dates import are_known
from entente.dossier.lookup import NotUnderstood
from entente.dossier.store import Dossier
from entente.record.evidence import find_verdicts, keep_published
from entente.record.sample import write_sheet
from entente.record.sources import count_origins, find_origins

ABOUT = "count the sources by tier, and the independent origins of each verdict"
HEADER = ("verdict", "from", "", "sources", "origins", "origin")


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("sources", help=ABOUT, description=ABOUT)
    command.add_argument(
        "--one-origin", action="store_true", help="only verdicts that rest on one origin"
    )
    command.add_argument(
        "--sample",
        type=int,
        metavar="N",
        help="print a checklist of N random rows, with their evidence, instead; "
        "what readers find goes into the table reviews",
    )
    command.add_argument("--seed", type=int, metavar="S", help="random seed")
    add_day_option(command)
    add_dataset_options(command)
    command.set_defaults(run=partial(print_answer, answer=answer_sources))


def answer_sources(options: argparse.Namespace, dossier: Dossier) -> str:
    """The verdicts asked for with their origins, and the counts; or a sheet of drawn rows."""
    if options.sample is not None or options.seed is not None:
        return _answer_sample(options, dossier)
    as_of = read_day(options.as_of, dossier)
    rows = _list_verdicts(dossier, as_of)
    shown = (rows[rows["origin_count"] == 1] if options.one_origin else rows).to_dict("records")
    counts = _count_sources(dossier, as_of)
    by_origins = {str(n): count for n, count in sorted(Counter(rows["origin_count"]).items())}
    if options.json:
        return format_json(
            {
                "as_of": as_of.isoformat(),
                "sources": counts,
                "verdicts_by_origins": by_origins,
                "verdicts": [{**row, "origin_ids": list(row["origin_ids"])} for row in shown],
            }
        )
    tiers = ", ".join(f"{number} {code}" for code, number in counts["by_tier"].items())
    share = ", ".join(f"{count} on {number}" for number, count in by_origins.items())
    single = rows[rows["origin_count"] == 1]
    alone = int((single["holds"] & (single["run_origin_count"] == 1)).sum())
    return "\n".join(
        [
            *format_columns([HEADER, *map(_cells, shown)]),
            "",
            f"{counts['total']} sources by {as_of} ({tiers}), {counts['origins']} origins.",
            f"{len(rows)} verdicts by number of origins: {share}.",
            f"{len(single)} rest on one origin only; {int(single['holds'].sum())} of them hold on "
            f"{as_of}, {alone} without an earlier equal verdict on another origin.",
        ]
    )


def _answer_sample(options: argparse.Namespace, dossier: Dossier) -> str:
    if options.sample is None or options.seed is None:
        raise NotUnderstood("sources: --sample and --seed go together")
    if options.json or options.one_origin or options.as_of:
        raise NotUnderstood("sources: --sample takes --seed and --data only")
    try:
        return write_sheet(dossier, count=options.sample, seed=options.seed)
    except ValueError as impossible:
        raise NotUnderstood(f"sources: {impossible}") from None


def _list_verdicts(dossier: Dossier, as_of: dt.date) -> pd.DataFrame:
    """Every verdict given by a day, with its origins and whether it still holds on that day."""
    rows = count_origins(dossier.tables)
    holding = find_verdicts(dossier["assessments"], as_of)["assessment_id"]
    given = rows.assign(holds=rows["assessment_id"].isin(holding))
    return given[are_known(rows["from_edtf"], as_of)].reset_index(drop=True)


def _count_sources(dossier: Dossier, as_of: dt.date) -> dict[str, Any]:
    known = keep_published(dossier["sources"], as_of, horizon=dossier.horizon)
    by_tier = known["tier_code"].value_counts()
    return {
        "total": len(known),
        "origins": known["source_id"].map(find_origins(dossier["sources"])).nunique(),
        "by_tier": {code: int(by_tier.get(code, 0)) for code in dossier.labels("source_tiers")},
        "of_a_party": int(known["party_actor_id"].notna().sum()),
        "undated": int(known["published_edtf"].isna().sum()),
    }


def _cells(row: dict[Any, Any]) -> tuple[str, ...]:
    return (
        row["assessment_id"],
        row["from_edtf"],
        row["verdict_code"] + ("" if row["holds"] else ", not the latest"),
        str(row["source_count"]),
        str(row["origin_count"]),
        row["origin_ids"][0] if row["origin_count"] == 1 else "",
    )
