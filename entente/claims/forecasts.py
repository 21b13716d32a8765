"""Forecasts of the document: what came of each by a day, and when and by what it was decided."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd

from entente.claims.details import describe_claims, list_verdict_sources
from entente.dates import in_words, known_from
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.style.palette import verdict_record

Record = dict[str, Any]

FORECAST, OPEN = "forecast", "open"
# What each verdict means for a forecast, in the order of a summary.
OUTCOMES = {
    "supported": "came true",
    "partly-supported": "came true in part",
    "contested": "contested",
    "contradicted": "contradicted",
    "overtaken": "overtaken by events",
    "unverifiable": "cannot be tested",
    "open": "open",
}
COLUMNS = ["claim_id", "verdict_code", "decision_id", "decided_edtf", "decided_code", "note"]


def judge_forecasts(
    *, claims: pd.DataFrame, assessments: pd.DataFrame, as_of: dt.date
) -> pd.DataFrame:
    """The forecasts of the document as they stood on a day.

    A forecast is open until something decides it: its first assessment with another verdict. What
    begins after `as_of` is not looked at.

    Args:
        claims: The table of that name.
        assessments: The table of that name.
        as_of: The day whose knowledge counts.

    Returns:
        One row per forecast that had been assessed by then, in the order of the claims, with the
        columns `COLUMNS`: the verdict of the day; and of the decision its id, date, verdict and
        note, all missing while the forecast is open.
    """
    made = claims[claims["kind_code"] == FORECAST]["claim_id"]
    known = assessments[
        assessments["claim_id"].isin(made)
        & (assessments["from_edtf"].map(known_from) <= as_of).astype(bool)
    ]
    by_claim = dict(list(known.groupby("claim_id")))
    rows = [_row(claim_id, by_claim[claim_id]) for claim_id in made if claim_id in by_claim]
    return pd.DataFrame(rows, columns=COLUMNS)


@cached
def list_forecasts(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    """The forecasts as they stood on a day: what :func:`judge_forecasts` returns."""
    return judge_forecasts(
        claims=dossier["claims"], assessments=dossier["assessments"], as_of=as_of
    )


def outcome_counts(rows: pd.DataFrame) -> dict[str, int]:
    """Verdict code to number of forecasts, in the order of `OUTCOMES`, noughts left out."""
    counts = rows["verdict_code"].value_counts()
    return {code: int(counts[code]) for code in OUTCOMES if code in counts}


def scoreboard_sentence(rows: pd.DataFrame, *, day: str) -> str:
    """The scoreboard in a sentence.

    Args:
        rows: What :func:`judge_forecasts` returns.
        day: The day, in words.
    """
    if rows.empty:
        return f"No forecast had been made by {day}"
    counts = outcome_counts(rows)
    true = counts.pop("supported", 0)
    parts = [f"{count} {OUTCOMES[code]}" for code, count in counts.items()]
    head = f"Of {len(rows)} forecasts, {true or 'none'} had come true by {day}"
    return f"{head}: {', '.join(parts)}" if parts else head


@cached
def describe_forecasts(dossier: Dossier, *, as_of: dt.date) -> list[Record]:
    """Each forecast with its hedge, what came of it, when and by what it was decided."""
    summaries = describe_claims(dossier, as_of=as_of)
    return [
        {
            **summaries[row["claim_id"]],
            "verdict": verdict_record(dossier, row["verdict_code"]),
            "decided": in_words(row["decided_edtf"])
            if isinstance(row["decided_edtf"], str)
            else "",
            "why": row["note"],
            "sources": list_verdict_sources(dossier, row["decision_id"]),
        }
        for row in list_forecasts(dossier, as_of=as_of).to_dict("records")
    ]


def tabulate_forecasts(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    """The forecasts as rows: what the comment expects, and what came of it by a day."""
    rows = [
        {
            "Forecast": row["claim_id"],
            "What the comment expects": row["claim"],
            "Place": row["place"],
            "Certainty": row["hedge"],
            "What came of it": row["verdict"]["label"],
            "Decided": row["decided"] or "open",
            "Why": row["why"],
            "Sources": "; ".join(f"{one['publisher']}, {one['date']}" for one in row["sources"]),
        }
        for row in describe_forecasts(dossier, as_of=as_of)
    ]
    return pd.DataFrame(rows)


def _row(claim_id: str, history: pd.DataFrame) -> Mapping[str, object]:
    ordered = history.assign(begun=history["from_edtf"].map(known_from)).sort_values("begun")
    decided = ordered[ordered["verdict_code"] != OPEN]
    decision = decided.iloc[0] if len(decided) else None
    return {
        "claim_id": claim_id,
        "verdict_code": ordered["verdict_code"].iloc[-1],
        "decision_id": None if decision is None else decision["assessment_id"],
        "decided_edtf": None if decision is None else decision["from_edtf"],
        "decided_code": None if decision is None else decision["verdict_code"],
        "note": (ordered.iloc[-1] if decision is None else decision)["note"],
    }
