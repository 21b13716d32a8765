"""The picked event or expectation, and the dates that differ, as plain records for templates."""

import datetime as dt
from collections.abc import Collection
from typing import Any

import pandas as pd

from entente.address.pages import link_mark
from entente.dates import day_in_words, in_words, known_from
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.record.chronology import EXPECTATION, NOT_HELD, NOT_YET_KNOWN, STATUS_LABELS
from entente.record.evidence import find_verdicts
from entente.style.palette import NO_VERDICT, verdict_record

OPEN_VERDICT = "open"
Record = dict[str, Any]


def list_differing_dates(dossier: Dossier, items: pd.DataFrame, *, as_of: dt.date) -> list[Record]:
    """The items in view for which the document's date is drawn, with what stands against it.

    The visits that the document is built on come first, expectations without an event last.
    """
    visits = dossier.document.visits
    rows = items[items["shows_document"]].to_dict("records")
    rows.sort(key=lambda row: (row["kind"] == EXPECTATION, row["item_id"] not in visits))
    return [
        {
            "item_id": row["item_id"],
            "title": row["title"],
            "is_expected": row["is_expected"],
            "document": in_words(row["document_date_edtf"]),
            "record": _say_record(dossier, row, as_of),
        }
        for row in rows
    ]


@cached
def describe_event(dossier: Dossier, event_id: str, *, as_of: dt.date) -> Record:
    """One event in full, as a template shows it; of a later one, no more than was known."""
    document = dossier.document
    event = dossier["events"].set_index("event_id").loc[event_id]
    is_later = known_from(event["date_edtf"]) > as_of
    is_said = as_of >= document.day and (not is_later or event_id in document.visits)
    has_date = isinstance(event["document_date_edtf"], str) and is_said
    says = event["document_says"] if isinstance(event["document_says"], str) and is_said else ""
    hidden = document.visits.get(event_id, STATUS_LABELS[NOT_YET_KNOWN])
    links = dossier["event_claims"]
    claims = sorted(links.loc[links["event_id"] == event_id, "claim_id"])
    actors = dossier["event_actors"]
    return {
        "event_id": event_id,
        "title": hidden if is_later else event["title"],
        "date": "" if is_later else in_words(event["date_edtf"]),
        "edtf": event["date_edtf"],
        "document_date": in_words(event["document_date_edtf"]) if has_date else "",
        "document_says": says,
        "is_in_document": bool(event["is_in_document"]),
        "summary": event["summary"],
        "theme": dossier.labels("themes")[event["theme_code"]],
        "theme_code": event["theme_code"],
        "status": dossier.labels("event_statuses")[event["status_code"]],
        "confidence": dossier.labels("confidences")[event["confidence_code"]],
        "place": event["place"],
        "actors": _name_actors(dossier, actors.loc[actors["event_id"] == event_id, "actor_id"]),
        "claims": [] if is_later else _list_claims(dossier, claims, as_of=as_of),
        "day": day_in_words(as_of),
        "is_later": is_later,
    }


@cached
def describe_expectation(dossier: Dossier, expectation_id: str, *, as_of: dt.date) -> Record:
    """One expectation in full; what came of it only once that is known."""
    row = dossier["expectations"].set_index("expectation_id").loc[expectation_id]
    claim = dossier["claims"].set_index("claim_id").loc[row["claim_id"]]
    events = dossier["events"].set_index("event_id")
    (told,) = _list_claims(dossier, [row["claim_id"]], as_of=as_of)
    outcome = row["outcome_event_id"] if isinstance(row["outcome_event_id"], str) else ""
    is_known = bool(outcome) and known_from(events.at[outcome, "date_edtf"]) <= as_of
    is_decided = told["verdict"]["code"] not in (NO_VERDICT["code"], OPEN_VERDICT)
    actors = dossier["claim_actors"]
    return {
        "expectation_id": expectation_id,
        "title": row["label"],
        "date": in_words(row["expected_edtf"]),
        "edtf": row["expected_edtf"],
        "basis": dossier.labels("timing_bases")[row["basis_code"]].lower(),
        "theme": dossier.labels("themes")[claim["theme_code"]],
        "theme_code": claim["theme_code"],
        "actors": _name_actors(
            dossier, actors.loc[actors["claim_id"] == row["claim_id"], "actor_id"]
        ),
        "claim": told,
        "note": row["note"] if is_decided and isinstance(row["note"], str) else "",
        "outcome_id": outcome if is_known else "",
        "outcome": events.at[outcome, "title"] if is_known else "",
        "outcome_date": in_words(events.at[outcome, "date_edtf"]) if is_known else "",
        "day": day_in_words(as_of),
        "is_later": as_of < dossier.document.day,
    }


def _say_record(dossier: Dossier, row: Record, as_of: dt.date) -> str:
    """What the record has beside the document's date."""
    if row["shows_record"]:
        date = in_words(row["date_edtf"])
        return f"planned for {date}, not held" if row["status_code"] == NOT_HELD else date
    if row["outcome_id"]:
        titles = dossier["events"].set_index("event_id")["title"]
        return f"{in_words(row['outcome_edtf'])}: {titles[row['outcome_id']]}"
    if row["status_code"] == NOT_YET_KNOWN:
        return STATUS_LABELS[NOT_YET_KNOWN].lower()
    return f"nothing by {day_in_words(as_of)}" if row["is_awaited"] else ""


def _name_actors(dossier: Dossier, actor_ids: Collection[str]) -> str:
    labels = dossier["actors"].set_index("actor_id")["label"]
    return ", ".join(labels.loc[list(actor_ids)])


def _list_claims(dossier: Dossier, claim_ids: list[str], *, as_of: dt.date) -> list[Record]:
    """Claims with the verdict of the day and their address."""
    claims = dossier["claims"].set_index("claim_id")
    verdicts = find_verdicts(dossier["assessments"], as_of).set_index("claim_id")["verdict_code"]
    day = None if as_of == dossier.horizon else as_of
    return [
        {
            "claim_id": claim_id,
            "claim": claims.at[claim_id, "claim"],
            "href": link_mark("claims", claim_id, day=day),
            "verdict": verdict_record(dossier, verdicts.get(claim_id)),
        }
        for claim_id in claim_ids
    ]
