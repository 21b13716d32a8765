"""Sources: which of them are independent, what each of them supports, and where they disagree.

Two sources have one origin when one repeats the other, or when both tell of one text: an agency's
story, a release, a report, an interview. Their number says how often a thing was printed; the
number of origins says how often it was found out.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import accumulate
from operator import or_
from typing import Any

import pandas as pd

from entente.dates import are_known, in_words
from entente.dossier.store import Dossier, cached
from entente.record.evidence import number_runs

# What a source can stand behind whatever the day: the word for it, the table that says so, and the
# column of its id there.
SUPPORTED = (
    ("corridors", "corridor_sources", "corridor_id"),
    ("legs", "leg_sources", "leg_id"),
    ("rates", "rate_sources", "rate_id"),
    ("vetoes", "standing_veto_sources", "standing_veto_id"),
    ("benchmarks", "benchmarks", "benchmark_id"),
    ("pledge steps", "pledge_step_sources", "pledge_step_id"),
    ("borders", "border_view_sources", "area_id"),
    ("borders", "border_note_sources", "border_note_id"),
)
VERDICT_COLUMNS = ["assessment_id", "claim_id", "from_edtf", "verdict_code"]


def select_sources(dossier: Dossier, source_ids: Iterable[str]) -> pd.DataFrame:
    """The sources with those ids, in that order, by id; ids that are unknown are left out."""
    table = dossier["sources"].set_index("source_id")
    return table.loc[[name for name in source_ids if name in table.index]]


@cached
def describe_sources(dossier: Dossier) -> dict[str, dict[str, Any]]:
    """Source id to all about it, for the templates."""
    table, origins = dossier["sources"], find_origins(dossier["sources"])
    tiers, languages = dossier.labels("source_tiers"), dossier.labels("languages")
    actors = dossier.labels("actors")
    rows = table.astype(object).where(table.notna(), "").to_dict("records")
    dates = {
        row["source_id"]: in_words(row["published_edtf"]) if row["published_edtf"] else ""
        for row in rows
    }
    named = {
        row["source_id"]: f"{row['publisher']}, {dates[row['source_id']] or 'undated'}"
        for row in rows
    }
    return {
        key: {
            **row,
            "date": dates[key] or "no date on the page",
            "tier": tiers[row["tier_code"]],
            "party": actors.get(row["party_actor_id"], ""),
            "language": languages[row["language_code"]],
            "is_foreign": row["language_code"] != "en",
            "origin": "" if origins[key] == key else named[origins[key]],
        }
        for key, row in zip(table["source_id"], rows, strict=True)
    }


def find_origins(sources: pd.DataFrame) -> dict[str, str]:
    """Each source's origin: the source at the end of the chain of `origin_id`, or itself.

    Args:
        sources: The table of that name.
    """
    repeats = sources.dropna(subset=["origin_id"])
    step = dict(zip(repeats["source_id"], repeats["origin_id"], strict=True))
    return {source: _follow_chain(source, step) for source in sources["source_id"]}


def _follow_chain(source: str, step: Mapping[str, str]) -> str:
    seen = {source}
    while source in step and step[source] not in seen:
        source = step[source]
        seen.add(source)
    return source


def count_origins(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """On how many sources and independent origins each verdict rests.

    Args:
        tables: `assessments`, `assessment_sources`, `sources`.

    Returns:
        One row an assessment, in the order of the file: `VERDICT_COLUMNS`, `source_count`,
        `origin_count`, `origin_ids` (a sorted tuple), and `run_origin_count`: the origins behind
        it and behind the equal verdicts before it that it confirms.
    """
    assessments, links = tables["assessments"], tables["assessment_sources"]
    origins = links["source_id"].map(find_origins(tables["sources"]))
    behind = origins.groupby(links["assessment_id"]).agg(frozenset).to_dict()
    gathered: dict[str, frozenset[str]] = {}
    for _, run in number_runs(assessments).groupby(["claim_id", "run"]):
        own = (behind.get(key, frozenset()) for key in run["assessment_id"])
        gathered |= zip(run["assessment_id"], accumulate(own, or_), strict=True)
    ids = assessments["assessment_id"]
    return assessments[VERDICT_COLUMNS].assign(
        source_count=ids.map(links["assessment_id"].value_counts()).fillna(0).astype(int),
        origin_ids=[tuple(sorted(behind.get(key, ()))) for key in ids],
        origin_count=[len(behind.get(key, ())) for key in ids],
        run_origin_count=[len(gathered[key]) for key in ids],
    )


def find_support(
    tables: Mapping[str, pd.DataFrame], *, as_of: dt.date = dt.date.max
) -> pd.DataFrame:
    """What each source stands behind.

    Args:
        tables: All tables of the dataset by name.
        as_of: Verdicts, events and statements that came later are left out.

    Returns:
        `source_id`, `what` (`claims`, `events`, `legs` and others) and `id`, each triple once, in
        the order of the tables. A leg's statuses count for the leg, a verdict for its claim.
    """
    verdicts, events = tables["assessments"], tables["events"]
    given = verdicts[are_known(verdicts["from_edtf"], as_of)]
    happened = events[are_known(events["date_edtf"], as_of)]
    said = tables["positions"][are_known(tables["positions"]["date_edtf"], as_of)]
    parts = (
        ("claims", tables["assessment_sources"].merge(given, on="assessment_id"), "claim_id"),
        ("events", tables["event_sources"].merge(happened, on="event_id"), "event_id"),
        ("statements", said, "position_id"),
        *((what, tables[name], column) for what, name, column in SUPPORTED),
        (
            "legs",
            tables["leg_status_sources"].merge(tables["leg_statuses"], on="leg_status_id"),
            "leg_id",
        ),
    )
    triples = [
        pd.DataFrame({"source_id": rows["source_id"], "what": what, "id": rows[column]})
        for what, rows, column in parts
    ]
    return pd.concat(triples).drop_duplicates(ignore_index=True)
