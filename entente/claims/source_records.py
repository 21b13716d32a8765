"""Sources as plain records for templates: by tier, with their origin, and where they disagree."""

import datetime as dt
from typing import Any

import pandas as pd

from entente.address.views import horizon
from entente.dates.words import in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.record.sources import (
    disagreements_on,
    origins,
    origins_of_verdict,
    positions,
    published_by,
    source_support,
)

Record = dict[str, Any]


@cached
def source_origins(dossier: Dossier) -> dict[str, str]:
    """Each source's origin."""
    return origins(dossier["sources"])


@cached
def support(dossier: Dossier) -> pd.DataFrame:
    """What each source stands behind."""
    return source_support(dossier.tables)


@cached
def verdict_origins(dossier: Dossier) -> dict[str, Record]:
    """On what each verdict rests, by assessment."""
    rows = origins_of_verdict(
        dossier["assessments"], dossier["assessment_sources"], dossier["sources"]
    )
    return {row["assessment_id"]: row for row in rows.to_dict("records")}


@cached
def source_records(dossier: Dossier) -> dict[str, Record]:
    """One record a source, by id."""
    own = source_origins(dossier)
    table = dossier["sources"].astype(object).where(dossier["sources"].notna(), "")
    labels = {
        "tier": dossier.labels("source_tiers"),
        "language": dossier.labels("languages"),
        "party": dict(dossier["actors"][["actor_id", "label"]].to_numpy()),
    }
    by_id = {row["source_id"]: row for row in table.to_dict("records")}
    return {key: _record(row, by_id[own[key]], labels) for key, row in by_id.items()}


def sources_by_tier(dossier: Dossier, assessment_id: str) -> list[Record]:
    """What a verdict rests on, under headings: primary first, copies last."""
    links = dossier["assessment_sources"]
    wanted = links.loc[links["assessment_id"] == assessment_id, "source_id"]
    records = [source_records(dossier)[source_id] for source_id in wanted]
    tiers = [
        {"label": label, "sources": [record for record in records if record["tier_code"] == code]}
        for code, label in dossier.labels("source_tiers").items()
    ]
    return [tier for tier in tiers if tier["sources"]]


def rests_on(dossier: Dossier, assessment_id: str) -> str:
    """Whether a verdict rests on one origin only, in words; empty when it does not."""
    found = verdict_origins(dossier).get(assessment_id)
    if found is None or found["origin_count"] != 1:
        return ""
    count = found["source_count"]
    how = "one source" if count == 1 else f"its {count} sources tell of the same text"
    earlier = found["run_origin_count"]
    rest = f" With the equal verdicts before it there are {earlier} origins." if earlier > 1 else ""
    return f"Rests on one origin only: {how}.{rest}"


def rests_in_short(dossier: Dossier, assessment_id: str) -> str:
    """The same for a list: only where no equal verdict before it had another origin."""
    found = verdict_origins(dossier).get(assessment_id)
    return "one origin only" if found and found["run_origin_count"] == 1 else ""


@cached
def disagreement_records(dossier: Dossier, *, as_of: dt.date, claim_id: str = "") -> list[Record]:
    """Questions on which sources disagree, on one claim or all, with the positions taken by a day.

    A question of which fewer than two positions had been taken by then is left out.
    """
    table = dossier["disagreements"]
    about = disagreements_on(claim_id, table, dossier["event_claims"]) if claim_id else table
    early = published_by(dossier["sources"], as_of, horizon=horizon(dossier))["source_id"]
    said = dossier["disagreement_sources"]
    by_question = positions(table, said[said["source_id"].isin(early)]).groupby("disagreement_id")
    taken = {key: rows.to_dict("records") for key, rows in by_question}
    return [
        {
            **row,
            "subject": _subject(row),
            "positions": [_position(dossier, one) for one in taken[row["disagreement_id"]]],
        }
        for row in about.astype(object).where(about.notna(), "").to_dict("records")
        if len(taken.get(row["disagreement_id"], ())) > 1
    ]


def _subject(row: Record) -> list[Record]:
    pages = (("event_id", "timeline"), ("claim_id", "claims"))
    return [
        {"id": row[name], "href": f"{page}?pick={row[name]}"} for name, page in pages if row[name]
    ]


def _position(dossier: Dossier, row: Record) -> Record:
    records = source_records(dossier)
    return {**row, "sources": [records[source_id] for source_id in row["source_ids"]]}


def _record(row: Record, origin: Record, labels: dict[str, dict[str, str]]) -> Record:
    repeats = origin["source_id"] != row["source_id"]
    return {
        "source_id": row["source_id"],
        "url": row["url"],
        "publisher": row["publisher"],
        "date": in_words(row["published_edtf"]) if row["published_edtf"] else "no date on the page",
        "tier_code": row["tier_code"],
        "tier": labels["tier"][row["tier_code"]],
        "party": labels["party"].get(row["party_actor_id"], ""),
        "language": labels["language"][row["language_code"]],
        "is_foreign": row["language_code"] != "en",
        "origin_id": origin["source_id"],
        "origin": _named(origin) if repeats else "",
        "origin_note": row["origin_note"],
        "note": row["note"],
    }


def _named(row: Record) -> str:
    date = in_words(row["published_edtf"]) if row["published_edtf"] else "undated"
    return f"{row['publisher']}, {date}"
