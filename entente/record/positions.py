"""What each side has said on record about a claim or an event, with answers below allegations."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pandas as pd

from entente.dates import are_known, first_day, in_words
from entente.dossier.store import Dossier, cached
from entente.record.sources import describe_sources

AUTHOR = "The author"


@cached
def describe_positions(
    dossier: Dossier, *, as_of: dt.date, lens: str, claim_id: str = "", event_id: str = ""
) -> list[dict[str, Any]]:
    """The statements on one claim or one event that were known on a day, for templates.

    Args:
        dossier: The dossier.
        as_of: The day whose knowledge counts; later statements are left out.
        lens: `document`, `record` or `both`; the document alone has no statements.
        claim_id: The claim that they are about.
        event_id: The event that they are about, when no claim is named.

    Returns:
        The columns of `positions`, with `side` (the actor, or the author), `date` (in words),
        `answers` (the side that it answers, or empty) and `source` (a record of
        :func:`entente.record.sources.describe_sources`). Oldest first, but each answer follows
        what it answers.
    """
    if lens == "document":
        return []
    rows, sources = dossier["positions"], describe_sources(dossier)
    is_about = rows["claim_id"] == claim_id if claim_id else rows["event_id"] == event_id
    known = rows[is_about & are_known(rows["date_edtf"], as_of)]
    labels = dossier.labels("actors")
    sides = known.set_index("position_id")["actor_id"].map(labels).fillna(AUTHOR).to_dict()
    return [
        {
            **row,
            "side": sides[row["position_id"]],
            "date": in_words(row["date_edtf"]),
            "answers": sides.get(row["answers_id"], ""),
            "source": sources[row["source_id"]],
        }
        for row in order_by_answers(known)
    ]


def order_by_answers(rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Positions as records, by day; each answer follows what it answers, whatever its day.

    Args:
        rows: Rows of `positions`; missing cells become empty text. An answer to one that is not
            among them stands by itself.
    """
    records = rows.astype(object).where(rows.notna(), "").to_dict("records")
    records.sort(key=lambda row: first_day(row["date_edtf"]))
    answers: dict[str, list[dict[str, Any]]] = {}
    present = {row["position_id"] for row in records}
    for row in records:
        above = row["answers_id"] if row["answers_id"] in present else ""
        answers.setdefault(above, []).append(row)

    def follow(position_id: str) -> Iterator[dict[str, Any]]:
        for row in answers.get(position_id, []):
            yield row
            yield from follow(row["position_id"])

    return follow("")
