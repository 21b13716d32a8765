"""Evidence: which verdict on each claim held on a day, and how verdicts fall by kind of claim."""

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd

from entente.dates import known_from
from entente.record.sources import keep_published

VERDICT_COLUMNS = ["claim_id", "assessment_id", "from_edtf", "verdict_code", "note"]


def find_verdicts(assessments: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """The verdict on each claim that held on `as_of`.

    Args:
        assessments: The table of that name; rows in any order.
        as_of: The day whose knowledge counts. A verdict holds from the day by which it
            must have been given.

    Returns:
        One row per claim, in order of first appearance in `assessments`, with the columns
        `VERDICT_COLUMNS`. Claims without a verdict by then are absent; the frame may be empty.
    """
    begun = [known_from(text) for text in assessments["from_edtf"]]
    place = {claim_id: number for number, claim_id in enumerate(assessments["claim_id"].unique())}
    dated = assessments.assign(begun=begun, place=assessments["claim_id"].map(place))
    has_begun = pd.Series([day <= as_of for day in begun], index=dated.index, dtype=bool)
    known = dated[has_begun].sort_values("begun", kind="stable")
    newest = known.drop_duplicates("claim_id", keep="last").sort_values("place")
    return newest[VERDICT_COLUMNS].reset_index(drop=True)


def find_runs(assessments: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """Since when each verdict has held without a break, and what was noted when it began.

    An assessment may confirm the one before it; the verdict then holds since the earlier one.

    Args:
        assessments: The table of that name.
        verdicts: What :func:`find_verdicts` returns.

    Returns:
        One row per row of `verdicts`, in that order: `claim_id`, `since_edtf`, `since_note`.
    """
    by_claim = dict(list(assessments.groupby("claim_id")))
    rows = [
        _start_of_run(by_claim[claim_id], assessment_id)
        for claim_id, assessment_id in verdicts[["claim_id", "assessment_id"]].to_numpy()
    ]
    return pd.DataFrame(rows, columns=["claim_id", "since_edtf", "since_note"])


def count_verdicts(verdicts: pd.DataFrame, *, codes: Sequence[str]) -> dict[str, int]:
    """Number of claims by verdict code, in the order of `codes`, noughts included."""
    found = verdicts["verdict_code"].value_counts()
    return {code: int(found.get(code, 0)) for code in codes}


def count_by_kind(
    claims: pd.DataFrame, verdicts: pd.DataFrame, *, kinds: Sequence[str], codes: Sequence[str]
) -> pd.DataFrame:
    """Number of claims by kind (rows) and verdict (columns), noughts included.

    Args:
        claims: The table of that name.
        verdicts: What :func:`find_verdicts` returns; claims without a verdict are not counted.
        kinds: Codes of the rows, in order.
        codes: Codes of the columns, in order.
    """
    judged = verdicts.merge(claims[["claim_id", "kind_code"]], on="claim_id")
    table = judged.groupby(["kind_code", "verdict_code"]).size().unstack(fill_value=0)
    return table.reindex(index=list(kinds), columns=list(codes), fill_value=0).astype(int)


def _start_of_run(history: pd.DataFrame, assessment_id: str) -> tuple[str, str, str]:
    """Claim, start and note of the first of the equal verdicts that end in `assessment_id`."""
    ordered = sorted(history.to_dict("records"), key=lambda row: known_from(row["from_edtf"]))
    place = [row["assessment_id"] for row in ordered].index(assessment_id)
    while place and ordered[place - 1]["verdict_code"] == ordered[place]["verdict_code"]:
        place -= 1
    start = ordered[place]
    return start["claim_id"], start["from_edtf"], start["note"]


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
        "claims": len(tables["claims"]),
        "judged": len(verdicts),
        "open": int((verdicts["verdict_code"] == "open").sum()),
        "events": len(tables["events"]),
        "events_known": _count_dates(tables["events"]["date_edtf"], as_of),
        "ties": len(tables["ties"]),
        "ties_begun": _count_dates(tables["ties"]["start_edtf"], as_of),
        "sources": len(tables["sources"]),
        "sources_out": len(keep_published(dated, as_of, horizon=horizon)),
        "sources_undated": len(tables["sources"]) - len(dated),
    }


def count_certainty(claims: pd.DataFrame) -> dict[str, int]:
    """Number of claims by how certain the author sounds, most first."""
    counts = claims["hedge_code"].value_counts(sort=False).sort_index()
    ordered = counts.sort_values(ascending=False, kind="stable")
    return {str(code): int(count) for code, count in ordered.items()}


def _count_dates(dates: pd.Series, as_of: dt.date) -> int:
    return sum(known_from(text) <= as_of for text in dates)
