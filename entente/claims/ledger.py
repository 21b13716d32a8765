"""The ledger: all claims with the verdict of a day, and which of them a reader has asked for."""

import datetime as dt
from collections.abc import Collection
from typing import Any

import pandas as pd

from entente.address.views import ClaimsView
from entente.dates import first_day, in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.record.coverage import count_by_page, find_coverage, list_places
from entente.record.evidence import count_by_kind, find_runs, find_verdicts
from entente.record.statements import say_place
from entente.style.palette import verdict_record
from entente.vocabulary import VERDICTS

# Fields of a view by which the ledger is filtered, with the codes to choose from.
FILTERS = {"verdicts": "assessment_verdicts", "kinds": "claim_kinds", "themes": "themes"}
# Pages with marks of what a claim is about, in words of a sentence.
ON_PAGES = {
    "alliance_map": "on the map",
    "timeline": "on the timeline",
    "trade_routes": "among the routes",
    "claims": "on the scoreboard",
}


def join_ledger(
    *,
    claims: pd.DataFrame,
    verdicts: pd.DataFrame,
    runs: pd.DataFrame,
    assessment_sources: pd.DataFrame,
    claim_actors: pd.DataFrame,
    actors: pd.DataFrame,
) -> pd.DataFrame:
    """All claims, in the order of the document, with the verdict that holds.

    Args:
        claims: The table of that name, as are the others but `verdicts` and `runs`.
        verdicts: What :func:`entente.record.evidence.find_verdicts` returns.
        runs: What :func:`entente.record.evidence.find_runs` returns.
        assessment_sources: For the number of sources behind the verdict.
        claim_actors: Whom each claim is about.
        actors: For the names of those.

    Returns:
        The columns of `claims`, `verdicts` and `runs` (missing where there is no verdict yet), and
        `source_count`, `actor_labels` (joined by a comma) and `searched` (lower case).
    """
    counts = assessment_sources.groupby("assessment_id").size().rename("source_count")
    named = claim_actors.merge(actors[["actor_id", "label"]], on="actor_id")
    labels = named.groupby("claim_id")["label"].agg(", ".join).rename("actor_labels")
    rows = (
        claims.merge(verdicts, on="claim_id", how="left")
        .merge(runs, on="claim_id", how="left")
        .merge(counts, left_on="assessment_id", right_index=True, how="left")
        .merge(labels, left_on="claim_id", right_index=True, how="left")
    )
    rows["source_count"] = rows["source_count"].fillna(0).astype(int)
    return rows.assign(searched=_searched(rows)).reset_index(drop=True)


def filter_claims(
    rows: pd.DataFrame,
    *,
    verdicts: Collection[str],
    are_all_verdicts: bool,
    kinds: Collection[str],
    themes: Collection[str],
    search: str,
) -> pd.DataFrame:
    """The claims of a ledger that pass every filter.

    Args:
        rows: What :func:`join_ledger` returns.
        verdicts: Codes to keep.
        are_all_verdicts: Keep claims without a verdict, too: nobody asked for certain ones.
        kinds: Codes to keep.
        themes: Codes to keep.
        search: Words that must all occur, in any order and in either case.
    """
    has_verdict = rows["verdict_code"].isin(list(verdicts))
    if are_all_verdicts:
        has_verdict |= rows["verdict_code"].isna()
    kept = has_verdict & rows["kind_code"].isin(list(kinds)) & rows["theme_code"].isin(list(themes))
    for word in search.casefold().split():
        kept &= rows["searched"].str.contains(word, regex=False)
    return rows[kept].reset_index(drop=True)


@cached
def list_verdicts(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    """The verdict on each claim that had been judged by a day."""
    return find_verdicts(dossier["assessments"], as_of)


@cached
def list_claims(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    """All claims with the verdict of a day: what :func:`join_ledger` returns."""
    verdicts = list_verdicts(dossier, as_of=as_of)
    return join_ledger(
        claims=dossier["claims"],
        verdicts=verdicts,
        runs=find_runs(dossier["assessments"], verdicts),
        assessment_sources=dossier["assessment_sources"],
        claim_actors=dossier["claim_actors"],
        actors=dossier["actors"],
    )


def find_claims(dossier: Dossier, view: ClaimsView) -> pd.DataFrame:
    """The rows of the ledger that pass the filters of a view."""
    is_any = view.lens == "document" or set(view.verdicts) == set(VERDICTS)
    return filter_claims(
        list_claims(dossier, as_of=view.as_of),
        verdicts=VERDICTS if is_any else view.verdicts,
        are_all_verdicts=is_any,
        kinds=view.kinds,
        themes=view.themes,
        search=view.search,
    )


@cached
def list_marks(dossier: Dossier) -> pd.DataFrame:
    """Every mark behind which a claim stands, as the figures carry it."""
    return list_places(dossier.tables)


@cached
def count_drawn(dossier: Dossier) -> dict[str, Any]:
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
            {"where": ON_PAGES[page], "count": count}
            for page, count in count_by_page(marks).items()
        ],
        "reasons": [{"text": text, "claims": claims} for text, claims in reasons.items()],
    }


@cached
def count_verdicts_by_kind(dossier: Dossier, *, as_of: dt.date) -> dict[str, Any]:
    """Verdicts by kind of claim, for the template `claim_kinds`."""
    labels, kinds = dossier.labels("assessment_verdicts"), dossier.labels("claim_kinds")
    table = count_by_kind(
        dossier["claims"],
        list_verdicts(dossier, as_of=as_of),
        kinds=list(kinds),
        codes=list(labels),
    )
    shown = [code for code in labels if table[code].sum()]
    return {
        "verdicts": [verdict_record(dossier, code) for code in shown],
        "rows": [
            {
                "label": kinds[str(kind)],
                "counts": counts[shown].tolist(),
                "total": int(counts.sum()),
            }
            for kind, counts in table.iterrows()
        ],
        "headline": _best_kind(table, kinds),
        "begin": in_words(min(dossier["assessments"]["from_edtf"], key=first_day)),
    }


@cached
def count_certainty_by_kind(dossier: Dossier) -> dict[str, Any]:
    """How certain the author sounds by kind of claim, for the template `claim_certainty`."""
    labels, kinds = dossier.labels("hedges"), dossier.labels("claim_kinds")
    counts = pd.crosstab(dossier["claims"]["kind_code"], dossier["claims"]["hedge_code"])
    table = counts.reindex(index=list(kinds), columns=list(labels), fill_value=0)
    flat, total = int(table["asserted"].sum()), int(table.to_numpy().sum())
    rows = [
        {"label": kinds[str(kind)], "counts": row.tolist(), "total": int(row.sum())}
        for kind, row in table.iterrows()
    ]
    headline = f"{flat} of {total} claims are stated flatly, without a hedge"
    return {"labels": list(labels.values()), "rows": rows, "headline": headline}


@cached
def tabulate_verdicts(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    """The score as rows: each claim, its verdict and why."""
    rows = list_claims(dossier, as_of=as_of)
    labels = dossier.labels("assessment_verdicts")
    return pd.DataFrame(
        {
            "Claim": rows["claim_id"],
            "Verdict": rows["verdict_code"].map(labels).fillna("No verdict yet"),
            "Since": _dates(rows["since_edtf"]),
            "What the comment says": rows["claim"],
            "Why": rows["since_note"].fillna(""),
            "Last assessment": _dates(rows["from_edtf"]),
        }
    )


@cached
def tabulate_certainty(dossier: Dossier) -> pd.DataFrame:
    """What the comment says as rows: each claim with its place, kind and certainty."""
    rows = dossier["claims"]
    return pd.DataFrame(
        {
            "Claim": rows["claim_id"],
            "Place": [say_place(row) for row in rows.to_dict("records")],
            "What the comment says": rows["claim"],
            "Kind": rows["kind_code"].map(dossier.labels("claim_kinds")),
            "Certainty": rows["hedge_code"].map(dossier.labels("hedges")),
            "The author’s words": rows["hedge_words"].fillna(""),
        }
    )


def _dates(column: pd.Series) -> list[str]:
    return [in_words(text) if isinstance(text, str) else "" for text in column]


def _best_kind(table: pd.DataFrame, kinds: dict[str, str]) -> str:
    """Which kind of claim is borne out most often, in a sentence; empty when none is."""
    totals, supported = table.sum(axis=1), table["supported"]
    if not supported.any():
        return ""
    best = (supported / totals.where(totals > 0)).idxmax()
    return f"{kinds[str(best)]} is borne out best: {supported[best]} of {totals[best]} supported"


def _searched(rows: pd.DataFrame) -> pd.Series:
    names = ["claim_id", "claim", "hedge_words", "note", "since_note", "actor_labels"]
    parts = rows[names].fillna("")
    return parts.agg(" ".join, axis=1).str.casefold()
