"""Derived tables of the claims page, each made once for a dossier and a day."""

import datetime as dt
from typing import Any

import pandas as pd

from entente.claims.ledger import ledger
from entente.dates.edtf import first_day
from entente.dates.words import in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.record.coverage import claims_by_page, coverage_of_claims, places_of_claims
from entente.record.evidence import runs_of_verdicts, verdicts_at, verdicts_by_kind
from entente.record.statements import place_in_words
from entente.style.verdicts import verdict_record

# Pages with marks of what a claim is about, as they are called beside it.
PAGES = {
    "alliance_map": "Map",
    "timeline": "Timeline",
    "trade_routes": "Routes",
    "claims": "Scoreboard",
}
ON_PAGES = {
    "alliance_map": "on the map",
    "timeline": "on the timeline",
    "trade_routes": "among the routes",
    "claims": "on the scoreboard",
}


@cached
def verdicts_on(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    """The verdict on each claim on a day."""
    return verdicts_at(dossier["assessments"], as_of)


@cached
def ledger_on(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    """All claims with the verdict of a day."""
    verdicts = verdicts_on(dossier, as_of=as_of)
    return ledger(
        claims=dossier["claims"],
        verdicts=verdicts,
        runs=runs_of_verdicts(dossier["assessments"], verdicts),
        assessment_sources=dossier["assessment_sources"],
        claim_actors=dossier["claim_actors"],
        actors=dossier["actors"],
    )


@cached
def places(dossier: Dossier) -> pd.DataFrame:
    """Every mark behind which a claim stands, as the figures carry it."""
    return places_of_claims(dossier.tables)


@cached
def score_table(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    """The score as rows: each claim, its verdict and why."""
    rows = ledger_on(dossier, as_of=as_of)
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
def score_source_ids(dossier: Dossier, *, as_of: dt.date) -> list[str]:
    """Sources behind the verdicts of a day, each once, in the order of the claims."""
    verdicts = verdicts_on(dossier, as_of=as_of)
    behind = verdicts[["assessment_id"]].merge(dossier["assessment_sources"], on="assessment_id")
    return list(behind["source_id"].unique())


@cached
def kinds_table(dossier: Dossier, *, as_of: dt.date) -> dict[str, Any]:
    """Verdicts by kind of claim, for the template `claim_kinds`."""
    labels, kinds = dossier.labels("assessment_verdicts"), dossier.labels("claim_kinds")
    table = verdicts_by_kind(
        dossier["claims"],
        verdicts_on(dossier, as_of=as_of),
        kinds=list(kinds),
        codes=list(labels),
    )
    shown = [code for code in labels if table[code].sum()]
    rows = [
        {"label": kinds[str(kind)], "counts": counts[shown].tolist(), "total": int(counts.sum())}
        for kind, counts in table.iterrows()
    ]
    verdicts = [verdict_record(dossier, code) for code in shown]
    return {
        "verdicts": verdicts,
        "rows": rows,
        "headline": _best_kind(table, kinds),
        "begin": in_words(min(dossier["assessments"]["from_edtf"], key=first_day)),
    }


@cached
def certainty_table(dossier: Dossier) -> dict[str, Any]:
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
def said_table(dossier: Dossier) -> pd.DataFrame:
    """What the comment says as rows: each claim with its place, kind and certainty."""
    rows = dossier["claims"]
    return pd.DataFrame(
        {
            "Claim": rows["claim_id"],
            "Place": [place_in_words(row) for row in rows.to_dict("records")],
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


@cached
def coverage(dossier: Dossier) -> dict[str, Any]:
    """How many claims are drawn, where, and the reasons of the others, for `ledger_coverage`."""
    marks = places(dossier)
    found = coverage_of_claims(dossier["claims"], marks)
    missing = found[~found["is_drawn"]]
    reasons = missing.groupby("reason", sort=False)["claim_id"].agg(list)
    return {
        "drawn": int(found["is_drawn"].sum()),
        "total": len(found),
        "missing": len(missing),
        "marks": len(marks.drop_duplicates(["page_code", "kind", "mark_id", "settings"])),
        "pages": [
            {"where": ON_PAGES[page], "count": count}
            for page, count in claims_by_page(marks).items()
        ],
        "reasons": [{"text": text, "claims": claims} for text, claims in reasons.items()],
    }
