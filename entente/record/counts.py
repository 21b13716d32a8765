"""How much of the dataset was known by a day: claims judged, events on record, sources out."""

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from entente.dates.edtf import known_from
from entente.record.evidence import verdicts_at
from entente.record.sources import published_by


def known_counts(
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
    verdicts = verdicts_at(tables["assessments"], as_of)
    dated = tables["sources"].dropna(subset=["published_edtf"])
    return {
        "claims": len(tables["claims"]),
        "judged": len(verdicts),
        "open": int((verdicts["verdict_code"] == "open").sum()),
        "events": len(tables["events"]),
        "events_known": _count_known(tables["events"]["date_edtf"], as_of),
        "ties": len(tables["ties"]),
        "ties_begun": _count_known(tables["ties"]["start_edtf"], as_of),
        "sources": len(tables["sources"]),
        "sources_out": len(published_by(dated, as_of, horizon=horizon)),
        "sources_undated": len(tables["sources"]) - len(dated),
    }


def certainty_counts(claims: pd.DataFrame) -> dict[str, int]:
    """Number of claims by how certain the author sounds, most first."""
    counts = claims["hedge_code"].value_counts(sort=False).sort_index()
    ordered = counts.sort_values(ascending=False, kind="stable")
    return {str(code): int(count) for code, count in ordered.items()}


def _count_known(dates: pd.Series, as_of: dt.date) -> int:
    return sum(known_from(text) <= as_of for text in dates)
