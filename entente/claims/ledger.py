"""The ledger: all claims with the verdict of a day, and all about each for the templates."""

import datetime as dt
from typing import Any

import pandas as pd

from entente.address.pages import link_mark
from entente.address.views import ClaimsView
from entente.claims.sources import (
    describe_disagreements,
    list_cited,
    list_verdict_origins,
    say_single_origin,
)
from entente.dates import OPEN, in_words, known_from
from entente.dossier.store import Dossier, cached
from entente.record.coverage import CLAIMS, count_by_page, find_coverage, list_places
from entente.record.evidence import find_runs, find_verdicts, say_place, state_claim
from entente.record.positions import describe_positions
from entente.style.palette import verdict_record
from entente.vocabulary import VERDICTS

Record = dict[str, Any]
# Fields of a view by which the ledger is filtered, with the codes to choose from.
FILTERS = {"verdicts": "assessment_verdicts", "kinds": "claim_kinds", "themes": "themes"}
SEARCHED = ["claim_id", "claim", "hedge_words", "note", "since_note", "actor_labels"]
# Pages with marks of what a claim is about: as they are called beside it, and in a sentence.
PAGES = {
    "alliance_map": ("Map", "on the map"),
    "timeline": ("Timeline", "on the timeline"),
    "trade_routes": ("Routes", "among the routes"),
    "claims": ("Scoreboard", "on the scoreboard"),
}


@cached
def list_verdicts(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    """The verdict on each claim that had been judged by a day."""
    return find_verdicts(dossier["assessments"], as_of)


@cached
def list_claims(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    """All claims, in the order of the document, with the verdict of a day.

    Returns:
        The columns of `claims`, of :func:`entente.record.evidence.find_verdicts` and of
        :func:`entente.record.evidence.find_runs` (missing where there is no verdict yet), and
        `source_count` and `actor_labels` (joined by a comma).
    """
    verdicts = list_verdicts(dossier, as_of=as_of)
    runs = find_runs(dossier["assessments"], verdicts)
    named = dossier["claim_actors"].merge(dossier["actors"], on="actor_id")
    rows = dossier["claims"].merge(verdicts.merge(runs, on="claim_id"), on="claim_id", how="left")
    counts = dossier["assessment_sources"]["assessment_id"].value_counts()
    return rows.assign(
        source_count=rows["assessment_id"].map(counts).fillna(0).astype(int),
        actor_labels=rows["claim_id"].map(named.groupby("claim_id")["label"].agg(", ".join)),
    )


@cached
def find_claims(dossier: Dossier, view: ClaimsView) -> pd.DataFrame:
    """The rows of :func:`list_claims` that pass every filter of a view.

    Claims without a verdict are among them only where nobody asked for certain verdicts. Words that
    are searched for must all occur, in any order and in either case.
    """
    rows = list_claims(dossier, as_of=view.as_of)
    is_asked = rows["kind_code"].isin(list(view.kinds)) & rows["theme_code"].isin(list(view.themes))
    if view.lens != "document" and set(view.verdicts) != set(VERDICTS):
        is_asked &= rows["verdict_code"].isin(list(view.verdicts))
    text = rows[SEARCHED].fillna("").agg(" ".join, axis=1).str.casefold()
    for word in view.search.casefold().split():
        is_asked &= text.str.contains(word, regex=False)
    return rows[is_asked].reset_index(drop=True)


@cached
def list_marks(dossier: Dossier) -> pd.DataFrame:
    """Every mark behind which a claim stands, as the figures carry it."""
    return list_places(dossier.tables)


@cached
def count_drawn(dossier: Dossier) -> Record:
    """How many claims are drawn, where, and the reasons of the others, for `ledger_coverage`."""
    marks = list_marks(dossier)
    found = find_coverage(dossier["claims"], marks)
    missing = found[~found["is_drawn"]]
    reasons = missing.groupby("reason", sort=False)["claim_id"].agg(list)
    return {
        "drawn": int(found["is_drawn"].sum()),
        "total": len(found),
        "missing": len(missing),
        "marks": len(marks.drop_duplicates(["page_code", "kind", "mark_id", "settings"])),
        "pages": [
            {"where": PAGES[page][1], "count": count}
            for page, count in count_by_page(marks).items()
        ],
        "reasons": [{"text": text, "claims": claims} for text, claims in reasons.items()],
    }


@cached
def describe_claims(dossier: Dossier, *, as_of: dt.date) -> dict[str, Record]:
    """Claim id to a record of it: the verdict of the day, and the marks that show it by then."""
    rows = list_claims(dossier, as_of=as_of).fillna("")
    kinds, hedges = dossier.labels("claim_kinds"), dossier.labels("hedges")
    themes, origins = dossier.labels("themes"), list_verdict_origins(dossier)
    marks = list_marks(dossier)
    has_begun = marks["known_from"] <= as_of
    by_claim = dict(list(marks[has_begun].groupby("claim_id")))
    later = marks[~has_begun]["claim_id"].value_counts()
    day = None if as_of == dossier.horizon else as_of
    found = {}
    for row in rows.to_dict("records"):
        claim_id, verdict_id = row["claim_id"], row["assessment_id"]
        is_alone = verdict_id and origins[verdict_id]["run_origin_count"] == 1
        is_confirmed = row["from_edtf"] != row["since_edtf"]
        found[claim_id] = {
            "claim_id": claim_id,
            "href": link_mark("claims", claim_id, day=day),
            "claim": row["claim"],
            "place": say_place(row),
            "kind": kinds[row["kind_code"]],
            "hedge": hedges[row["hedge_code"]],
            "hedge_words": row["hedge_words"],
            "theme": themes[row["theme_code"]],
            "verdict": verdict_record(dossier, row["verdict_code"] or None),
            "assessment_id": verdict_id,
            "since": in_words(row["since_edtf"]) if verdict_id else "",
            "note": row["since_note"],
            "confirmed": in_words(row["from_edtf"]) if is_confirmed else "",
            "source_count": row["source_count"],
            "rests": "one origin only" if is_alone else "",
            "pages": _list_pages(by_claim[claim_id], day=day) if claim_id in by_claim else [],
            "later_marks": later.get(claim_id, 0),
            "reason": row["undrawn_reason"],
            "is_trivial": row["is_trivial"],
        }
    return found


def describe_claim(dossier: Dossier, claim_id: str, *, as_of: dt.date, lens: str) -> Record:
    """One claim in full: statement, actors, verdicts by the day in time order, what sides said."""
    summary = describe_claims(dossier, as_of=as_of)[claim_id]
    table, links = dossier["assessments"], dossier["claim_actors"]
    rows = table[table["claim_id"] == claim_id].to_dict("records")
    known = [row for row in rows if known_from(row["from_edtf"]) <= as_of]
    about = links[links["claim_id"] == claim_id].merge(dossier["actors"], on="actor_id")
    return {
        **summary,
        "statement": state_claim(dossier.tables, claim_id, as_of=as_of, lens=lens),
        "actors": about[["actor_id", "label"]].to_dict("records"),
        "assessments": [
            {
                "verdict": verdict_record(dossier, row["verdict_code"]),
                "since": in_words(row["from_edtf"]),
                "note": row["note"],
                "is_now": row["assessment_id"] == summary["assessment_id"],
                "rests": say_single_origin(dossier, row["assessment_id"]),
                "tiers": _group_by_tier(dossier, row["assessment_id"]),
            }
            for row in sorted(known, key=lambda row: known_from(row["from_edtf"]))
        ],
        "later_count": len(rows) - len(known),
        "positions": describe_positions(dossier, claim_id=claim_id, as_of=as_of, lens=lens),
        "disagreements": describe_disagreements(dossier, claim_id=claim_id, as_of=as_of),
    }


def _group_by_tier(dossier: Dossier, assessment_id: str) -> list[Record]:
    """What a verdict rests on, under headings: primary first, copies last."""
    cited = list_cited(dossier, assessment_id)
    tiers = [
        {"label": label, "sources": [source for source in cited if source["tier_code"] == code]}
        for code, label in dossier.labels("source_tiers").items()
    ]
    return [tier for tier in tiers if tier["sources"]]


def _list_pages(marks: pd.DataFrame, *, day: dt.date | None) -> list[Record]:
    """The marks of one claim, by page, linked at the day."""
    own = marks.astype(object).fillna("").to_dict("records")
    return [
        {
            "code": page,
            "label": label,
            "marks": [_describe_mark(mark, day=day) for mark in own if mark["page_code"] == page],
        }
        for page, (label, _) in PAGES.items()
        if (marks["page_code"] == page).any()
    ]


def _describe_mark(mark: Record, *, day: dt.date | None) -> Record:
    """A mark with its address: a day for an event, a beginning for a tie."""
    page, date = mark["page_code"], mark["date_edtf"]
    pick = None if page == CLAIMS else mark["mark_id"] or None  # the scoreboard opens no dossier
    when = in_words(date) if date else ""
    is_beginning = page == "alliance_map" and date not in ("", OPEN)
    return {
        "href": link_mark(page, pick, day=day, setting=mark["settings"]),
        "label": mark["label"],
        "date": f"since {when}" if is_beginning else when,
    }
