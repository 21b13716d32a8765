"""Lines of dossiers as plain records: claims with their verdicts, events with their sources."""

import datetime as dt
from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from entente.alliance.tables import kind_of_events
from entente.dates.edtf import first_day, known_from
from entente.dates.words import in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.record.evidence import verdicts_at
from entente.style.palette import VERDICT_SYMBOLS

Record = dict[str, Any]


def claim_lines(dossier: Dossier, as_of: dt.date, claim_ids: Collection[str]) -> list[Record]:
    """Claims in their order with the verdict that held on a day, None where there was none."""
    claims = dossier["claims"]
    verdicts = verdicts_at(dossier["assessments"], as_of).set_index("claim_id")["verdict_code"]
    return [
        {
            "id": claim.claim_id,
            "claim": claim.claim,
            "verdict": verdict_of(dossier, verdicts.get(claim.claim_id)),
            "href": claim_address(claim.claim_id, as_of),
        }
        for claim in claims[claims["claim_id"].isin(claim_ids)].itertuples()
    ]


def verdict_of(dossier: Dossier, code: str | None) -> Record | None:
    """A verdict by word and symbol; None for none."""
    if code is None:
        return None
    label = dossier.labels("assessment_verdicts")[code]
    return {"code": code, "symbol": VERDICT_SYMBOLS[code][1], "label": label}


def claim_address(claim_id: str, as_of: dt.date) -> str:
    """Address of a claim on a day."""
    return "claims?" + urlencode({"at": as_of.isoformat(), "pick": claim_id})


def event_lines(
    dossier: Dossier, as_of: dt.date, event_ids: Collection[str], *, newest_first: bool = False
) -> list[Record]:
    """Events known by a day, in order, each with its sources and what it counts as."""
    events = dossier["events"]
    own = events[events["event_id"].isin(event_ids)]
    begun = pd.Series([first_day(text) for text in own["date_edtf"]], index=own.index, dtype=object)
    known = own.assign(begun=begun).loc[[known_from(text) <= as_of for text in own["date_edtf"]]]
    ordered = known.sort_values(["begun", "event_id"], ascending=not newest_first)
    return [_event(dossier, event, as_of) for event in ordered.itertuples()]


def _event(dossier: Dossier, event: Any, as_of: dt.date) -> Record:
    statuses, kinds = dossier.labels("event_statuses"), dossier.labels("evidence_kinds")
    kind = kind_of_events(dossier).get(event.event_id, "")
    return {
        "id": event.event_id,
        "date": in_words(event.date_edtf),
        "title": event.title,
        "status": "" if event.status_code == "occurred" else statuses[event.status_code],
        "href": "timeline?" + urlencode({"at": as_of.isoformat(), "pick": event.event_id}),
        "kind": kind,
        "counts_as": kinds.get(kind, "Counts for nothing: did not take place"),
        "sources": source_links(dossier, "event_sources", "event_id", event.event_id),
    }


def source_links(dossier: Dossier, table: str, column: str, key: str) -> list[Record]:
    """Publisher and address of each source of a row."""
    cited = dossier[table]
    return links_of(dossier, cited[cited[column] == key]["source_id"])


def links_of(dossier: Dossier, source_ids: Collection[str]) -> list[Record]:
    """Publisher and address of sources, in the order given."""
    known = _source_index(dossier)
    return [known[name] for name in dict.fromkeys(source_ids)]


@cached
def _source_index(dossier: Dossier) -> dict[str, Record]:
    return {
        source.source_id: {"publisher": source.publisher, "url": source.url}
        for source in dossier["sources"].itertuples()
    }


def border_lines(dossier: Dossier, actor_ids: Collection[str] = ()) -> list[Record]:
    """Notes on areas that every view draws alike, with sources: those on all of some actors."""
    told = dossier["border_note_actors"].groupby("border_note_id")["actor_id"].agg(set)
    named = {note for note, about in told.items() if set(actor_ids) <= about}
    notes = dossier["border_notes"]
    return [
        {
            "label": note.label,
            "note": note.note,
            "sources": source_links(
                dossier, "border_note_sources", "border_note_id", note.border_note_id
            ),
        }
        for note in notes[notes["border_note_id"].isin(named)].itertuples()
    ]


def source_ids(dossier: Dossier, record: Record, *, as_of: dt.date) -> list[str]:
    """Sources of the events and of the verdicts that a record lists, each once."""
    events = dossier["event_sources"]
    shown = events["event_id"].isin([event["id"] for event in record["events"]])
    verdicts = verdicts_at(dossier["assessments"], as_of)
    about = verdicts["claim_id"].isin([claim["id"] for claim in record["claims"]])
    cited = dossier["assessment_sources"]
    behind = cited["assessment_id"].isin(verdicts[about]["assessment_id"])
    return list(dict.fromkeys([*events[shown]["source_id"], *cited[behind]["source_id"]]))
