"""Sources: which of them are independent, what each of them supports, and where they disagree.

Two sources have one origin when one repeats the other, or when both tell of one text: an agency's
story, a release, a report, an interview. Their number says how often a thing was printed; the
number of origins says how often it was found out.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd

from entente.dates import first_day, known_from

# What a source can stand behind: the word for it, the table that says so, and its column.
SUPPORTED = (
    ("events", "event_sources", "event_id"),
    ("corridors", "corridor_sources", "corridor_id"),
    ("legs", "leg_sources", "leg_id"),
    ("rates", "rate_sources", "rate_id"),
    ("vetoes", "standing_veto_sources", "standing_veto_id"),
    ("benchmarks", "benchmarks", "benchmark_id"),
    ("pledge steps", "pledge_step_sources", "pledge_step_id"),
    ("borders", "border_view_sources", "area_id"),
    ("borders", "border_note_sources", "border_note_id"),
)
SUPPORT_COLUMNS = ["source_id", "what", "id"]
VERDICT_COLUMNS = ["assessment_id", "claim_id", "from_edtf", "verdict_code"]


def find_origins(sources: pd.DataFrame) -> dict[str, str]:
    """Each source's origin: the source at the end of the chain of `origin_id`, or itself.

    Args:
        sources: The table of that name.
    """
    repeats = sources.dropna(subset=["origin_id"])
    step = dict(zip(repeats["source_id"], repeats["origin_id"], strict=True))
    return {source: _end_of_chain(source, step) for source in sources["source_id"]}


def count_origins(
    assessments: pd.DataFrame, assessment_sources: pd.DataFrame, sources: pd.DataFrame
) -> pd.DataFrame:
    """On how many sources and independent origins each verdict rests.

    Args:
        assessments: The table of that name.
        assessment_sources: The table of that name.
        sources: The table of that name.

    Returns:
        One row an assessment, in the order of the file: `VERDICT_COLUMNS`, `source_count`,
        `origin_count`, `origin_ids` (a sorted tuple), and `run_origin_count`: the origins behind
        it and behind the equal verdicts before it that it confirms.
    """
    own = find_origins(sources)
    links = assessment_sources.assign(origin=assessment_sources["source_id"].map(own))
    behind = links.groupby("assessment_id")["origin"].agg(frozenset)
    counts = links.groupby("assessment_id").size()
    found = assessments["assessment_id"]
    rows = assessments[VERDICT_COLUMNS].assign(
        source_count=found.map(counts).fillna(0).astype(int),
        origin_ids=[tuple(sorted(behind.get(key, ()))) for key in found],
    )
    runs = _run_origins(assessments, behind.to_dict())
    return rows.assign(
        origin_count=rows["origin_ids"].map(len),
        run_origin_count=[len(runs[key]) for key in found],
    ).reset_index(drop=True)


def find_support(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """What each source stands behind.

    Args:
        tables: All tables of the dataset by name.

    Returns:
        `source_id`, `what` (`claims`, `events`, `legs` and others) and `id`, each triple once, in
        the order of the tables. A leg's statuses count for the leg, a verdict for its claim.
    """
    verdicts = tables["assessment_sources"].merge(tables["assessments"], on="assessment_id")
    statuses = tables["leg_status_sources"].merge(tables["leg_statuses"], on="leg_status_id")
    parts = [_triples(verdicts, "claims", "claim_id")]
    parts += [_triples(tables[table], what, column) for what, table, column in SUPPORTED]
    parts.append(_triples(statuses, "legs", "leg_id"))
    return pd.concat(parts, ignore_index=True).drop_duplicates(ignore_index=True)


def keep_published(sources: pd.DataFrame, as_of: dt.date, *, horizon: dt.date) -> pd.DataFrame:
    """The sources that were out by a day; those without a date are kept.

    Args:
        sources: The table of that name.
        as_of: The day; a source counts as :func:`entente.dates.known_from` says.
        horizon: Day of the newest source, by which every source was out.
    """
    dates = sources["published_edtf"]
    early = [not isinstance(text, str) or min(known_from(text), horizon) <= as_of for text in dates]
    return sources[pd.Series(early, index=sources.index, dtype=bool)].reset_index(drop=True)


def list_positions(disagreements: pd.DataFrame, disagreement_sources: pd.DataFrame) -> pd.DataFrame:
    """The positions on each question, with the sources that take them.

    Returns:
        One row a position, in the order of the files: `disagreement_id`, `position`,
        `is_followed` and `source_ids` (a tuple). Questions without a position are absent.
    """
    known = disagreement_sources["disagreement_id"].isin(disagreements["disagreement_id"])
    rows = disagreement_sources[known].groupby(["disagreement_id", "position"], sort=False)
    taken = rows.agg(is_followed=("is_followed", "any"), source_ids=("source_id", tuple))
    return taken.reset_index()


def find_disagreements(
    claim_id: str, disagreements: pd.DataFrame, event_claims: pd.DataFrame
) -> pd.DataFrame:
    """The questions about a claim, or about an event that bears on it, in the order of the file."""
    events = event_claims.loc[event_claims["claim_id"] == claim_id, "event_id"]
    about = disagreements["claim_id"] == claim_id
    about |= disagreements["event_id"].isin(events)
    return disagreements[about].reset_index(drop=True)


def _end_of_chain(source: str, step: Mapping[str, str]) -> str:
    seen = {source}
    while source in step and step[source] not in seen:
        source = step[source]
        seen.add(source)
    return source


def _run_origins(
    assessments: pd.DataFrame, behind: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """Origins behind each verdict and the equal ones right before it."""
    runs: dict[str, frozenset[str]] = {}
    for _, history in assessments.groupby("claim_id", sort=False):
        ordered = sorted(history.to_dict("records"), key=lambda row: first_day(row["from_edtf"]))
        runs |= _runs_of_claim(ordered, behind)
    return runs


def _runs_of_claim(
    ordered: Sequence[Mapping[str, str]], behind: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    runs: dict[str, frozenset[str]] = {}
    verdict, gathered = "", frozenset[str]()
    for row in ordered:
        before = gathered if row["verdict_code"] == verdict else frozenset[str]()
        gathered = before | behind.get(row["assessment_id"], frozenset())
        verdict = row["verdict_code"]
        runs[row["assessment_id"]] = gathered
    return runs


def _triples(table: pd.DataFrame, what: str, column: str) -> pd.DataFrame:
    return (
        table[["source_id", column]]
        .rename(columns={column: "id"})
        .assign(what=what)[SUPPORT_COLUMNS]
    )
