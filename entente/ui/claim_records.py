"""Claims as plain records for templates: words for codes and dates, addresses for marks."""

import datetime as dt
from typing import Any

import pandas as pd

from entente.schema.dates import OPEN, first_day
from entente.schema.dates_in_words import in_words
from entente.store import Dossier
from entente.ui.cache import kept
from entente.ui.claim_tables import ledger_on, places, verdict_record
from entente.views import horizon

Record = dict[str, Any]
# Claims that one reading of a page answers, rather than the page as it opens.
READINGS = {"c31": "show=leverage&from=IN_NSA&to=RU_LED"}
PAGES = {"alliance_map": "Map", "timeline": "Timeline", "trade_routes": "Routes"}


def ledger_records(dossier: Dossier, *, as_of: dt.date) -> dict[str, Record]:
    """One record a claim, by id, with the verdict of the day and the marks that show it."""
    rows = kept(ledger_on, dossier, as_of=as_of)
    marks = dict(list(kept(places, dossier).groupby("claim_id")))
    return {
        row["claim_id"]: _summary(dossier, row, marks.get(row["claim_id"]), as_of=as_of)
        for row in rows.to_dict("records")
    }


def claim_record(dossier: Dossier, claim_id: str, *, as_of: dt.date) -> Record:
    """One claim in full: its summary, its actors, all its verdicts in time order."""
    summary = kept(ledger_records, dossier, as_of=as_of)[claim_id]
    return {
        **summary,
        "actors": _actors(dossier, claim_id),
        "assessments": _assessments(dossier, claim_id, now=summary["assessment_id"], as_of=as_of),
    }


def address_of(page: str, mark_id: object, *, day: dt.date | None, reading: str = "") -> str:
    """The address of a mark on a page, relative to this one, at `day` unless that is None."""
    settings = [f"pick={mark_id}"] if isinstance(mark_id, str) else []
    settings += [reading] if reading else []
    settings += [f"at={day}"] if day else []
    return f"{page}?{'&'.join(settings)}" if settings else page


def _summary(
    dossier: Dossier, row: Record, marks: pd.DataFrame | None, *, as_of: dt.date
) -> Record:
    day = None if as_of == horizon(dossier) else as_of
    part = "Footnote" if row["paragraph"] == 0 else f"Paragraph {row['paragraph']}"
    is_judged = isinstance(row["verdict_code"], str)
    return {
        "claim_id": row["claim_id"],
        "href": address_of("claims", row["claim_id"], day=day),
        "claim": row["claim"],
        "place": f"{part}, sentence {row['sentence']}",
        "kind": dossier.labels("claim_kinds")[row["kind_code"]],
        "hedge": dossier.labels("hedges")[row["hedge_code"]],
        "hedge_words": row["hedge_words"] if isinstance(row["hedge_words"], str) else "",
        "theme": dossier.labels("themes")[row["theme_code"]],
        "verdict": verdict_record(dossier, row["verdict_code"]),
        "assessment_id": row["assessment_id"] if is_judged else "",
        "since": in_words(row["since_edtf"]) if is_judged else "",
        "note": row["since_note"] if is_judged else "",
        "reviewed": _review(row) if is_judged else "",
        "source_count": row["source_count"],
        "pages": [] if marks is None else _pages(dossier, marks, as_of=as_of),
        "reason": row["undrawn_reason"] if isinstance(row["undrawn_reason"], str) else "",
    }


def _review(row: Record) -> str:
    """When a verdict was last confirmed; empty when it has been given once."""
    return in_words(row["from_edtf"]) if row["from_edtf"] != row["since_edtf"] else ""


def _pages(dossier: Dossier, marks: pd.DataFrame, *, as_of: dt.date) -> list[Record]:
    """The marks of one claim, by page; those that had begun by the day are linked at that day."""
    return [
        {
            "label": PAGES[page],
            "marks": [
                _mark(dossier, mark, as_of=as_of)
                for mark in marks[marks["page_code"] == page].to_dict("records")
            ],
        }
        for page in PAGES
        if (marks["page_code"] == page).any()
    ]


def _mark(dossier: Dossier, mark: Record, *, as_of: dt.date) -> Record:
    date = mark["date_edtf"] if isinstance(mark["date_edtf"], str) else ""
    is_shown = as_of != horizon(dossier) and (not date or first_day(date) <= as_of)
    reading = READINGS.get(mark["claim_id"], "") if mark["page_code"] == "trade_routes" else ""
    day = as_of if is_shown else None
    return {
        "href": address_of(mark["page_code"], mark["mark_id"], day=day, reading=reading),
        "label": mark["label"],
        "short": in_words(date) if mark["page_code"] == "timeline" else mark["label"],
        "date": _when(mark["page_code"], date),
    }


def _when(page: str, date: str) -> str:
    """A day for an event, a beginning for a tie."""
    is_beginning = page == "alliance_map" and date not in ("", OPEN)
    return f"since {in_words(date)}" if is_beginning else in_words(date) if date else ""


def _actors(dossier: Dossier, claim_id: str) -> list[Record]:
    links = dossier["claim_actors"]
    about = links[links["claim_id"] == claim_id].merge(dossier["actors"], on="actor_id")
    return about[["actor_id", "label"]].to_dict("records")


def _assessments(dossier: Dossier, claim_id: str, *, now: str, as_of: dt.date) -> list[Record]:
    table = dossier["assessments"]
    rows = table[table["claim_id"] == claim_id].to_dict("records")
    return [
        {
            "verdict": verdict_record(dossier, row["verdict_code"]),
            "since": in_words(row["from_edtf"]),
            "note": row["note"],
            "is_now": row["assessment_id"] == now,
            "is_later": first_day(row["from_edtf"]) > as_of,
            "sources": _sources(dossier, row["assessment_id"]),
        }
        for row in sorted(rows, key=lambda row: first_day(row["from_edtf"]))
    ]


def _sources(dossier: Dossier, assessment_id: str) -> list[Record]:
    links = dossier["assessment_sources"]
    behind = links[links["assessment_id"] == assessment_id].merge(
        dossier["sources"], on="source_id"
    )
    return [
        {
            "url": row["url"],
            "publisher": row["publisher"],
            "date": _date_or_none(row["published_edtf"]),
            "note": row["note"] if isinstance(row["note"], str) else "",
        }
        for row in behind.to_dict("records")
    ]


def _date_or_none(text: object) -> str:
    return in_words(text) if isinstance(text, str) else "no date on the page"
