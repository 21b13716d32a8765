"""The ledger: all claims with the verdict of a day, all about each, and how many have which.

Verdicts are counted by claim or by sentence; trivial claims are told apart.
"""

import datetime as dt
from collections.abc import Collection
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
from entente.style.palette import NO_VERDICT, verdict_record
from entente.style.theme import join_words
from entente.vocabulary import LEAST_FAVOURABLE_FIRST, VERDICTS

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
SENTENCE = ["paragraph", "sentence"]
UNJUDGED = NO_VERDICT["code"]
# How a sentence about the score names each verdict.
WORDS = {
    "supported": "fully supported",
    "partly-supported": "in part",
    "contested": "contested",
    "contradicted": "contradicted",
    "overtaken": "overtaken",
    "unverifiable": "untestable",
    "open": "open",
    UNJUDGED: "not yet judged",
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


@cached
def list_judged(dossier: Dossier, *, as_of: dt.date, count: str) -> pd.DataFrame:
    """What the score counts on a day: one row a claim or a sentence.

    Args:
        dossier: The dataset.
        as_of: The day whose verdicts count.
        count: `claims` or `sentences`.

    Returns:
        What :func:`judge_claims` or :func:`judge_sentences` returns.
    """
    claims = judge_claims(dossier["claims"], list_verdicts(dossier, as_of=as_of))
    return judge_sentences(claims) if count == "sentences" else claims


def keep_asked(
    dossier: Dossier, *, as_of: dt.date, count: str, only: Collection[str]
) -> pd.DataFrame:
    """The rows of :func:`list_judged` that some claims make up.

    Args:
        dossier: The dataset.
        as_of: The day whose verdicts count.
        count: `claims` or `sentences`; a sentence counts with those of its claims that are asked
            for.
        only: Ids of those claims.
    """
    claims = list_judged(dossier, as_of=as_of, count="claims")
    asked = claims[claims["claim_id"].isin(list(only))].reset_index(drop=True)
    return judge_sentences(asked) if count == "sentences" else asked


def judge_claims(claims: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """The claims with their verdict as `code`: `UNJUDGED` for those without one.

    `claim_ids` names the claims that a row stands for, here its own.
    """
    codes = claims["claim_id"].map(verdicts.set_index("claim_id")["verdict_code"])
    judged = codes.astype(object).fillna(UNJUDGED)
    return claims.assign(code=judged, claim_ids=claims["claim_id"])


def judge_sentences(claims: pd.DataFrame) -> pd.DataFrame:
    """The sentences behind claims, each with the least favourable verdict of its claims.

    A claim without a verdict decides only where none of the sentence's claims has one.

    Args:
        claims: What :func:`judge_claims` returns.

    Returns:
        One row a sentence, in the order of `claims`: `paragraph`, `sentence`; `claim_ids`, parted
        by blanks; `is_trivial`, true where all of them are; and of the claim that decides,
        `claim_id`, `claim` and `code`.
    """
    order = {code: place for place, code in enumerate((*LEAST_FAVOURABLE_FIRST, UNJUDGED))}
    ranked = claims.assign(place=claims["code"].map(order))
    ranked = ranked.sort_values(["place", "is_trivial", "claim_id"], kind="stable")
    deciding = ranked.drop_duplicates(SENTENCE)[[*SENTENCE, "claim_id", "claim", "code"]]
    own = claims.groupby(SENTENCE, sort=False)
    sentences = own.agg(claim_ids=("claim_id", " ".join), is_trivial=("is_trivial", "all"))
    return sentences.reset_index().merge(deciding, on=SENTENCE, how="left")


def count_verdicts(judged: pd.DataFrame) -> dict[str, int]:
    """Code of a verdict to how many have it; what is trivial is left out."""
    counts = judged.loc[~judged["is_trivial"], "code"].value_counts()
    return {str(code): int(number) for code, number in counts.items()}


def say_score(judged: pd.DataFrame, *, count: str) -> str:
    """How many hold in full and how many are contradicted, in a sentence without a full stop.

    What is trivial is left out.

    Args:
        judged: What :func:`list_judged` returns.
        count: What its rows are: `claims` or `sentences`.
    """
    counts = count_verdicts(judged)
    total = sum(counts.values())
    if not total:
        return f"There is no {_noun(count, 1)} to count"
    full, against = (counts.get(code, 0) for code in ("supported", "contradicted"))
    head = f"{full or 'None'} of {total} {_noun(count, total)}"
    tail = f"{against or 'none'} {'are' if against > 1 else 'is'} contradicted"
    return f"{head} {'hold' if full > 1 else 'holds'} in full; {tail}"


def say_match(judged: pd.DataFrame, *, total: int) -> str:
    """How many claims of all are asked for, and their verdicts, in a sentence without a full stop.

    Args:
        judged: The claims that are asked for, as :func:`keep_asked` returns them.
        total: How many claims there are.
    """
    said = f"{len(judged)} of {total} claims {'matches' if len(judged) == 1 else 'match'}"
    counts = count_verdicts(judged)
    found = [f"{counts[code]} {word}" for code, word in WORDS.items() if code in counts]
    return f"{said}: {join_words(found)}" if found else said


def say_each_verdict(judged: pd.DataFrame, *, count: str) -> str:
    """Every verdict with its number, as the rows of the score have them; what is trivial apart."""
    counts = count_verdicts(judged)
    total = sum(counts.values())
    parts = [f"{counts[code]} {word}" for code, word in WORDS.items() if code in counts]
    return f"{total} {_noun(count, total)}: {', '.join(parts)}"


def say_trivial(judged: pd.DataFrame, *, count: str, noun: str) -> str:
    """How many rows the score leaves out, and why; empty when it leaves out none."""
    total = int(judged["is_trivial"].sum())
    if not total:
        return ""
    are, report = ("is", "reports") if total == 1 else ("are", "report")
    return (
        f"{total} trivial {_noun(count, total)}, which only {report} what the press wrote or when "
        f"the {noun} appeared, {are} not counted."
    )


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


def _noun(count: str, number: int) -> str:
    return count.removesuffix("s") if number == 1 else count
