"""Words for the timeline page: its finding, its table, and its events as plain records."""

import datetime as dt
from typing import Any

import pandas as pd

from entente.analysis.chronology import (
    HEADLINE_VISITS,
    NOT_YET_KNOWN,
    NOT_YET_KNOWN_LABEL,
    dates_that_differ,
    days_early,
    known_from,
)
from entente.analysis.evidence import verdicts_at
from entente.schema.dates import first_day
from entente.schema.dates_in_words import day_in_words, in_words
from entente.store import Dossier
from entente.ui.claim_records import address_of
from entente.ui.claim_tables import verdict_record
from entente.views import horizon
from entente.vocabulary import DOCUMENT_DAY

Record = dict[str, Any]
ERDOGAN, ALIYEV = HEADLINE_VISITS
A_MONTH = range(28, 32)


def finding(events: pd.DataFrame, *, lens: str, as_of: dt.date) -> str:
    """What a view of the timeline shows, in a sentence.

    Args:
        events: What :func:`entente.analysis.chronology.events_in_view` returns.
        lens: The lens of the view.
        as_of: The day of the view.
    """
    day = day_in_words(as_of)
    if events.empty:
        is_early = lens == "document" and as_of < DOCUMENT_DAY
        return (
            f"The document came out on {day_in_words(DOCUMENT_DAY)}; before, it says nothing"
            if is_early
            else f"No event fits these filters by {day}"
        )
    visits = _visits(events) if lens == "both" else ""
    return visits or _counted(events, lens=lens, as_of=as_of)


def timeline_table(dossier: Dossier, events: pd.DataFrame) -> pd.DataFrame:
    """The events of a view as rows for readers, in the same order."""
    dates = [_shown(event, "record") for event in events.to_dict("records")]
    others = [_shown(event, "document") for event in events.to_dict("records")]
    return pd.DataFrame(
        {
            "Date": [in_words(text) if text else "" for text in dates],
            "Event": list(events["title"]),
            "Theme": list(events["theme_code"].map(dossier.labels("themes"))),
            "Status": list(events["status_code"].map(statuses(dossier))),
            "Place": list(events["place"]),
            "The document’s date": [in_words(text) if text else "" for text in others],
            "Date (EDTF)": dates,
            "Id": list(events["event_id"]),
        }
    )


def differing_dates(events: pd.DataFrame) -> list[Record]:
    """The events in view for which the document's date is drawn, with both dates in words.

    The headline visits come first.
    """
    rows = dates_that_differ(events[events["shows_document"]]).to_dict("records")
    rows.sort(key=lambda row: row["event_id"] not in HEADLINE_VISITS)
    return [
        {
            "event_id": row["event_id"],
            "title": row["title"],
            "document": in_words(row["document_date_edtf"]),
            "record": "" if row["status_code"] == NOT_YET_KNOWN else _on_record(row),
        }
        for row in rows
    ]


def event_record(dossier: Dossier, event_id: str, *, as_of: dt.date) -> Record:
    """One event in full, as a template shows it."""
    event = dossier["events"].set_index("event_id").loc[event_id]
    has_date = isinstance(event["document_date_edtf"], str)
    return {
        "event_id": event_id,
        "title": event["title"],
        "date": in_words(event["date_edtf"]),
        "edtf": event["date_edtf"],
        "document_date": in_words(event["document_date_edtf"]) if has_date else "",
        "document_says": event["document_says"] if isinstance(event["document_says"], str) else "",
        "is_in_document": bool(event["is_in_document"]),
        "summary": event["summary"],
        "theme": dossier.labels("themes")[event["theme_code"]],
        "theme_code": event["theme_code"],
        "status": dossier.labels("event_statuses")[event["status_code"]],
        "confidence": dossier.labels("confidences")[event["confidence_code"]],
        "place": event["place"],
        "actors": _actors(dossier, event_id),
        "claims": _claims(dossier, event_id, as_of=as_of),
        "day": day_in_words(as_of),
        "is_later": known_from(event["date_edtf"]) > as_of,
    }


def statuses(dossier: Dossier) -> dict[str, str]:
    """Status code to label, with the one that only a past day has."""
    return {**dossier.labels("event_statuses"), NOT_YET_KNOWN: NOT_YET_KNOWN_LABEL}


def _visits(events: pd.DataFrame) -> str:
    """The finding on the two headline visits; empty when the view or the data has it otherwise."""
    rows = events.set_index("event_id")
    if not {ERDOGAN, ALIYEV} <= set(rows.index) or not rows.at[ERDOGAN, "shows_document"]:
        return ""
    days = days_early(rows.loc[ERDOGAN])
    if days <= 0:
        return ""
    early = "a month early" if days in A_MONTH else f"{days} days early"
    outcomes = {
        "planned-not-held": "an Aliyev visit that did not happen",
        NOT_YET_KNOWN: "Aliyev still to come",
    }
    outcome = outcomes.get(str(rows.at[ALIYEV, "status_code"]))
    return f"The document has Erdoğan in Islamabad {early}, and {outcome}" if outcome else ""


def _counted(events: pd.DataFrame, *, lens: str, as_of: dt.date) -> str:
    total, day = _number(len(events)), day_in_words(as_of)
    if lens == "document":
        differ = len(events[events["shows_document"]])
        tail = f", and dates {differ} otherwise than the record" if differ else ""
        return f"The document refers to {total}{tail}"
    later = int((events["date_edtf"].map(first_day) > DOCUMENT_DAY).sum())
    tail = f", {later} of them after the document" if later else ""
    return f"{total} on record by {day}{tail}"


def _number(count: int) -> str:
    return f"{count} event{'' if count == 1 else 's'}"


def _shown(event: Record, face: str) -> str:
    column = "date_edtf" if face == "record" else "document_date_edtf"
    return str(event[column]) if event[f"shows_{face}"] else ""


def _on_record(event: Record) -> str:
    date = in_words(event["date_edtf"])
    return f"planned for {date}, not held" if event["status_code"] == "planned-not-held" else date


def _actors(dossier: Dossier, event_id: str) -> str:
    table = dossier["event_actors"]
    labels = dossier["actors"].set_index("actor_id")["label"]
    ids = table.loc[table["event_id"] == event_id, "actor_id"]
    return ", ".join(labels.loc[ids])


def _claims(dossier: Dossier, event_id: str, *, as_of: dt.date) -> list[Record]:
    """The claims that an event bears on, with the verdict of the day and their address."""
    table = dossier["event_claims"]
    claims = dossier["claims"].set_index("claim_id")
    verdicts = verdicts_at(dossier["assessments"], as_of).set_index("claim_id")["verdict_code"]
    day = None if as_of == horizon(dossier) else as_of
    return [
        {
            "claim_id": claim_id,
            "claim": claims.at[claim_id, "claim"],
            "href": address_of("claims", claim_id, day=day),
            "verdict": verdict_record(dossier, verdicts.get(claim_id)),
        }
        for claim_id in sorted(table.loc[table["event_id"] == event_id, "claim_id"])
    ]
