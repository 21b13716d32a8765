"""All about a claim, for the templates: words for codes and dates, addresses for marks."""

import datetime as dt
from typing import Any

import pandas as pd

from entente.address.pages import link_mark
from entente.claims.ledger import list_claims, list_marks
from entente.claims.sources import describe_disagreements, group_by_tier, rests_in_short, rests_on
from entente.dates import OPEN, in_words, known_from
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.record.coverage import CLAIMS
from entente.record.statements import say_place, state_claim
from entente.style.palette import verdict_record

Record = dict[str, Any]
# Pages with marks of what a claim is about, as they are called beside it.
PAGES = {
    "alliance_map": "Map",
    "timeline": "Timeline",
    "trade_routes": "Routes",
    "claims": "Scoreboard",
}


@cached
def describe_claims(dossier: Dossier, *, as_of: dt.date) -> dict[str, Record]:
    """One record a claim, by id, with the verdict of the day and the marks that show it."""
    rows = list_claims(dossier, as_of=as_of)
    marks = dict(list(list_marks(dossier).groupby("claim_id")))
    return {
        row["claim_id"]: _summary(dossier, row, marks.get(row["claim_id"]), as_of=as_of)
        for row in rows.to_dict("records")
    }


def describe_claim(dossier: Dossier, claim_id: str, *, as_of: dt.date, lens: str) -> Record:
    """One claim in full: its statement, its actors, its verdicts up to the day in time order."""
    summary = describe_claims(dossier, as_of=as_of)[claim_id]
    known, later = _assessments(dossier, claim_id, now=summary["assessment_id"], as_of=as_of)
    links = dossier["claim_actors"]
    about = links[links["claim_id"] == claim_id].merge(dossier["actors"], on="actor_id")
    return {
        **summary,
        "statement": state_claim(dossier.tables, claim_id, as_of=as_of, lens=lens),
        "actors": about[["actor_id", "label"]].to_dict("records"),
        "assessments": known,
        "later_count": later,
        "disagreements": describe_disagreements(dossier, claim_id=claim_id, as_of=as_of),
    }


def list_verdict_sources(dossier: Dossier, assessment_id: object) -> list[Record]:
    """What an assessment rests on; nothing for the lack of one."""
    links = dossier["assessment_sources"]
    behind = links[links["assessment_id"] == assessment_id].merge(
        dossier["sources"], on="source_id"
    )
    return [
        {
            "url": row["url"],
            "publisher": row["publisher"],
            "date": in_words(row["published_edtf"])
            if isinstance(row["published_edtf"], str)
            else "no date on the page",
            "note": row["note"] if isinstance(row["note"], str) else "",
        }
        for row in behind.to_dict("records")
    ]


def _summary(
    dossier: Dossier, row: Record, marks: pd.DataFrame | None, *, as_of: dt.date
) -> Record:
    day = None if as_of == dossier.horizon else as_of
    shown = None if marks is None else marks[marks["known_from"].map(lambda day: day <= as_of)]
    is_judged = isinstance(row["verdict_code"], str)
    return {
        "claim_id": row["claim_id"],
        "href": link_mark("claims", row["claim_id"], day=day),
        "claim": row["claim"],
        "place": say_place(row),
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
        "rests": rests_in_short(dossier, row["assessment_id"]) if is_judged else "",
        "pages": [] if shown is None else _pages(dossier, shown, as_of=as_of),
        "later_marks": 0 if marks is None or shown is None else len(marks) - len(shown),
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
    page, day = mark["page_code"], None if as_of == dossier.horizon else as_of
    pick = None if page == CLAIMS else mark["mark_id"]  # a row of the scoreboard is no dossier
    return {
        "href": link_mark(page, pick, day=day, setting=mark["settings"]),
        "label": mark["label"],
        "short": in_words(date) if page == "timeline" else mark["label"],
        "date": _when(page, date),
    }


def _when(page: str, date: str) -> str:
    """A day for an event, a beginning for a tie."""
    is_beginning = page == "alliance_map" and date not in ("", OPEN)
    return f"since {in_words(date)}" if is_beginning else in_words(date) if date else ""


def _assessments(
    dossier: Dossier, claim_id: str, *, now: str, as_of: dt.date
) -> tuple[list[Record], int]:
    """The assessments up to the day, oldest first, and how many came later."""
    table = dossier["assessments"]
    rows = table[table["claim_id"] == claim_id].to_dict("records")
    known = [row for row in rows if known_from(row["from_edtf"]) <= as_of]
    records = [
        {
            "verdict": verdict_record(dossier, row["verdict_code"]),
            "since": in_words(row["from_edtf"]),
            "note": row["note"],
            "is_now": row["assessment_id"] == now,
            "rests": rests_on(dossier, row["assessment_id"]),
            "tiers": group_by_tier(dossier, row["assessment_id"]),
        }
        for row in sorted(known, key=lambda row: known_from(row["from_edtf"]))
    ]
    return records, len(rows) - len(known)
