"""What counted on a day: dates, sources, the verdict on each claim, and how verdicts changed."""

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from entente.dates import are_known, known_from

VERDICT_COLUMNS = ["claim_id", "assessment_id", "from_edtf", "verdict_code", "note"]


def keep_published(sources: pd.DataFrame, as_of: dt.date, *, horizon: dt.date) -> pd.DataFrame:
    """The sources that were out by a day; those without a date are kept.

    Args:
        sources: The table of that name.
        as_of: The day whose knowledge counts.
        horizon: Day of the newest source, by which every source was out.
    """
    dates = sources["published_edtf"]
    is_out = are_known(dates, as_of) | dates.isna() | (as_of >= horizon)
    return sources[is_out].reset_index(drop=True)


def find_verdicts(assessments: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """The verdict on each claim that held on a day.

    Args:
        assessments: The table of that name; rows in any order.
        as_of: The day whose knowledge counts. A verdict holds from the day by which it must have
            been given.

    Returns:
        One row per claim, in order of first appearance in `assessments`, with the columns
        `VERDICT_COLUMNS`. Claims without a verdict by then are absent; the frame may be empty.
    """
    known = assessments[are_known(assessments["from_edtf"], as_of)]
    newest = sort_assessments(known).drop_duplicates("claim_id", keep="last")
    place = pd.Index(assessments["claim_id"].unique()).get_indexer(newest["claim_id"])
    return newest.iloc[place.argsort()][VERDICT_COLUMNS].reset_index(drop=True)


def find_runs(assessments: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """Since when each verdict has held without a break, and what was noted when it began.

    An assessment may confirm the one before it; the verdict then holds since the earlier one.

    Args:
        assessments: The table of that name.
        verdicts: What :func:`find_verdicts` returns.

    Returns:
        One row per row of `verdicts`, in that order: `claim_id`, `since_edtf`, `since_note`.
    """
    runs = number_runs(assessments)
    starts = runs.drop_duplicates(["claim_id", "run"]).rename(
        columns={"from_edtf": "since_edtf", "note": "since_note"}
    )
    own = verdicts[["assessment_id"]].merge(runs[["assessment_id", "claim_id", "run"]])
    found = own.merge(starts.drop(columns="assessment_id"), on=["claim_id", "run"])
    return found[["claim_id", "since_edtf", "since_note"]]


def sort_assessments(assessments: pd.DataFrame) -> pd.DataFrame:
    """Assessments by the day from which they hold; those of one day in their order."""
    return assessments.sort_values(
        "from_edtf", key=lambda dates: dates.map(known_from), kind="stable"
    )


def number_runs(assessments: pd.DataFrame) -> pd.DataFrame:
    """Assessments in order of time; equal verdicts on a claim in a row share a number, `run`."""
    ordered = sort_assessments(assessments)
    before = ordered.groupby("claim_id")["verdict_code"].shift()
    is_new = ordered["verdict_code"] != before
    return ordered.assign(run=is_new.groupby(ordered["claim_id"]).cumsum())


def compare_verdicts(assessments: pd.DataFrame, *, since: dt.date, as_of: dt.date) -> pd.DataFrame:
    """Claims whose verdict is another than on an earlier day: `claim_id`, `then`, `now`, by id.

    A claim without a verdict on the earlier day was not decided otherwise: it is left out.
    """
    then, now = (
        find_verdicts(assessments, day).set_index("claim_id")["verdict_code"]
        for day in (since, as_of)
    )
    table = pd.concat({"then": then, "now": now}, axis=1, join="inner").sort_index()
    return table[table["then"] != table["now"]].reset_index()


def count_known(
    tables: Mapping[str, pd.DataFrame], *, as_of: dt.date, horizon: dt.date
) -> dict[str, int]:
    """Numbers of rows that count on a day.

    Args:
        tables: `claims`, `assessments`, `events`, `ties`, `sources`.
        as_of: The day whose knowledge counts.
        horizon: Day of the newest source.

    Returns:
        `claims`, `judged` (those with a verdict), `open` (those whose verdict is open), `events`
        and `events_known`, `ties` and `ties_begun`, `sources`, `sources_out` (published by then)
        and `sources_undated` (whose page has no date).
    """
    verdicts = find_verdicts(tables["assessments"], as_of)
    dated = tables["sources"].dropna(subset=["published_edtf"])
    return {
        **{name: len(tables[name]) for name in ("claims", "events", "ties", "sources")},
        "judged": len(verdicts),
        "open": int((verdicts["verdict_code"] == "open").sum()),
        "events_known": int(are_known(tables["events"]["date_edtf"], as_of).sum()),
        "ties_begun": int(are_known(tables["ties"]["start_edtf"], as_of).sum()),
        "sources_out": len(keep_published(dated, as_of, horizon=horizon)),
        "sources_undated": len(tables["sources"]) - len(dated),
    }


def count_certainty(claims: pd.DataFrame) -> dict[str, int]:
    """Number of claims by how certain the author sounds, most first, then by code."""
    counts = claims["hedge_code"].value_counts().sort_index()
    ordered = counts.sort_values(ascending=False, kind="stable")
    return {str(code): int(count) for code, count in ordered.items()}
