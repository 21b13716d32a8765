"""How much of the dataset was known by a day: claims judged, events on record, sources out."""

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from entente.dates.edtf import first_day
from entente.record.chronology import known_from
from entente.record.evidence import verdicts_at


def known_counts(
    tables: Mapping[str, pd.DataFrame], *, as_of: dt.date, horizon: dt.date
) -> dict[str, int]:
    """Numbers of rows that count on a day.

    Args:
        tables: `claims`, `assessments`, `events`, `ties`, `sources`.
        as_of: The day whose knowledge counts.
        horizon: Day of the newest source, by which everything in the dataset was known.

    Returns:
        `claims`, `judged` (those with a verdict), `open` (those whose verdict is open), `events`
        and `events_known`, `ties` and `ties_begun`, `sources`, `sources_out` (published by then)
        and `sources_undated` (whose page has no date).
    """
    verdicts = verdicts_at(tables["assessments"], as_of)
    published = tables["sources"]["published_edtf"].dropna()
    return {
        "claims": len(tables["claims"]),
        "judged": len(verdicts),
        "open": int((verdicts["verdict_code"] == "open").sum()),
        "events": len(tables["events"]),
        "events_known": sum(_by(text, horizon) <= as_of for text in tables["events"]["date_edtf"]),
        "ties": len(tables["ties"]),
        "ties_begun": sum(first_day(text) <= as_of for text in tables["ties"]["start_edtf"]),
        "sources": len(tables["sources"]),
        "sources_out": sum(_by(text, horizon) <= as_of for text in published),
        "sources_undated": len(tables["sources"]) - len(published),
    }


def _by(text: str, horizon: dt.date) -> dt.date:
    """The last day that a date may mean, but none later than the record itself."""
    return min(known_from(text), horizon)


def certainty_counts(claims: pd.DataFrame) -> dict[str, int]:
    """Number of claims by how certain the author sounds, most first."""
    counts = claims["hedge_code"].value_counts(sort=False).sort_index()
    ordered = counts.sort_values(ascending=False, kind="stable")
    return {str(code): int(count) for code, count in ordered.items()}
