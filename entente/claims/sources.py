"""Sources: their tier and origin, what rests on each, and where they disagree."""

import datetime as dt
from typing import Any

import pandas as pd

from entente.address.pages import link_mark
from entente.dates import first_day, in_words, known_from
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.record.sources import (
    count_origins,
    find_disagreements,
    find_origins,
    find_support,
    keep_published,
    list_positions,
)
from entente.style.palette import verdict_record

Record = dict[str, Any]
# Kinds of things that a source supports, with the page on which they have an address.
SUPPORT_PAGES = {"claims": "claims", "events": "timeline", "corridors": "trade_routes"}
MOST_NAMED = 6


@cached
def list_origins(dossier: Dossier) -> dict[str, str]:
    """Source id to the id of its origin."""
    return find_origins(dossier["sources"])


@cached
def list_support(dossier: Dossier) -> pd.DataFrame:
    """What each source stands behind: `source_id`, `what` (a kind of thing), `id`."""
    return find_support(dossier.tables)


@cached
def list_verdict_origins(dossier: Dossier) -> dict[str, Record]:
    """Assessment id to what its verdict rests on."""
    rows = count_origins(dossier["assessments"], dossier["assessment_sources"], dossier["sources"])
    return {row["assessment_id"]: row for row in rows.to_dict("records")}


@cached
def describe_sources(dossier: Dossier) -> dict[str, Record]:
    """One record a source, by id."""
    own = list_origins(dossier)
    table = dossier["sources"].astype(object).where(dossier["sources"].notna(), "")
    labels = {
        "tier": dossier.labels("source_tiers"),
        "language": dossier.labels("languages"),
        "party": dict(dossier["actors"][["actor_id", "label"]].to_numpy()),
    }
    by_id = {row["source_id"]: row for row in table.to_dict("records")}
    return {key: _record(row, by_id[own[key]], labels) for key, row in by_id.items()}


def group_by_tier(dossier: Dossier, assessment_id: str) -> list[Record]:
    """What a verdict rests on, under headings: primary first, copies last."""
    links = dossier["assessment_sources"]
    wanted = links.loc[links["assessment_id"] == assessment_id, "source_id"]
    records = [describe_sources(dossier)[source_id] for source_id in wanted]
    tiers = [
        {"label": label, "sources": [record for record in records if record["tier_code"] == code]}
        for code, label in dossier.labels("source_tiers").items()
    ]
    return [tier for tier in tiers if tier["sources"]]


def rests_on(dossier: Dossier, assessment_id: str) -> str:
    """Whether a verdict rests on one origin only, in words; empty when it does not."""
    found = list_verdict_origins(dossier).get(assessment_id)
    if found is None or found["origin_count"] != 1:
        return ""
    count = found["source_count"]
    how = "one source" if count == 1 else f"its {count} sources tell of the same text"
    earlier = found["run_origin_count"]
    rest = f" With the equal verdicts before it there are {earlier} origins." if earlier > 1 else ""
    return f"Rests on one origin only: {how}.{rest}"


def rests_in_short(dossier: Dossier, assessment_id: str) -> str:
    """A note for a list where no equal verdict before it had another origin; empty elsewhere."""
    found = list_verdict_origins(dossier).get(assessment_id)
    return "one origin only" if found and found["run_origin_count"] == 1 else ""


@cached
def describe_disagreements(dossier: Dossier, *, as_of: dt.date, claim_id: str = "") -> list[Record]:
    """Questions on which sources disagree, on one claim or all, with the positions taken by a day.

    A question of which fewer than two positions had been taken by then is left out.
    """
    table = dossier["disagreements"]
    about = find_disagreements(claim_id, table, dossier["event_claims"]) if claim_id else table
    early = keep_published(dossier["sources"], as_of, horizon=dossier.horizon)["source_id"]
    said = dossier["disagreement_sources"]
    by_question = list_positions(table, said[said["source_id"].isin(early)]).groupby(
        "disagreement_id"
    )
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
        {"id": row[name], "href": link_mark(page, row[name])} for name, page in pages if row[name]
    ]


def _position(dossier: Dossier, row: Record) -> Record:
    records = describe_sources(dossier)
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


def find_sources(
    dossier: Dossier, *, as_of: dt.date, tiers: tuple[str, ...], voice: str, search: str
) -> pd.DataFrame:
    """The sources of a day that pass the filters, newest first, those without a date last."""
    rows = keep_published(dossier["sources"], as_of, horizon=dossier.horizon)
    shown = rows["tier_code"].isin(list(tiers))
    if voice != "all":
        shown &= rows["party_actor_id"].notna() == (voice == "party")
    text = rows[["source_id", "publisher", "note"]].fillna("").agg(" ".join, axis=1)
    for word in search.casefold().split():
        shown &= text.str.casefold().str.contains(word, regex=False)
    days = [
        first_day(date) if isinstance(date, str) else dt.date.min for date in rows["published_edtf"]
    ]
    ordered = rows.assign(day=days)[shown].sort_values("day", ascending=False, kind="stable")
    return ordered.drop(columns="day").reset_index(drop=True)


@cached
def count_tiers(dossier: Dossier, *, as_of: dt.date) -> dict[str, Any]:
    """Sources and origins by tier on a day, for the template `source_tiers`."""
    rows = keep_published(dossier["sources"], as_of, horizon=dossier.horizon)
    rows = rows.assign(origin=rows["source_id"].map(list_origins(dossier)))
    found = list_known_support(dossier, as_of=as_of)
    judged = set(found.loc[found["what"] == "claims", "source_id"])
    table = dossier["codes/source_tiers"].sort_values("sort_order").to_dict("records")
    tiers = [
        {
            "label": code["label"],
            "about": code["description"],
            **_tier_counts(rows[rows["tier_code"] == code["code"]], judged),
        }
        for code in table
    ]
    totals = {
        **_tier_counts(rows, judged),
        "primary": int((rows["tier_code"] == "primary").sum()),
        "undated": int(rows["published_edtf"].isna().sum()),
    }
    return {"tiers": tiers, "totals": totals}


def _tier_counts(rows: pd.DataFrame, judged: set[str]) -> dict[str, int]:
    return {
        "sources": len(rows),
        "origins": rows["origin"].nunique(),
        "party": int(rows["party_actor_id"].notna().sum()),
        "judged": int(rows["source_id"].isin(judged).sum()),
    }


@cached
def list_single_origins(dossier: Dossier, *, as_of: dt.date) -> dict[str, Any]:
    """Verdicts given by the day that rest on one origin, for the template `source_single`."""
    given = [
        row
        for row in list_verdict_origins(dossier).values()
        if known_from(row["from_edtf"]) <= as_of
    ]
    records = describe_sources(dossier)
    rows = [
        {
            **row,
            "verdict": verdict_record(dossier, row["verdict_code"]),
            "since": in_words(row["from_edtf"]),
            "origin": records[row["origin_ids"][0]],
        }
        for row in given
        if row["origin_count"] == 1
    ]
    alone = sum(row["run_origin_count"] == 1 for row in rows)
    return {"rows": rows, "total": len(given), "alone": alone}


@cached
def list_known_support(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    """What each source stands behind, without verdicts and events that came after the day."""
    found = list_support(dossier)
    events = dossier["events"]
    late = {
        key
        for key, date in events[["event_id", "date_edtf"]].to_numpy()
        if known_from(date) > as_of
    }
    verdicts = dossier["assessments"]
    given = verdicts[[known_from(text) <= as_of for text in verdicts["from_edtf"]]]
    links = dossier["assessment_sources"].merge(given, on="assessment_id")
    pairs = set(zip(links["source_id"], links["claim_id"], strict=True))
    keep = [
        (source, key) in pairs if what == "claims" else what != "events" or key not in late
        for source, what, key in found.to_numpy()
    ]
    return found[keep].reset_index(drop=True)


def describe_support(
    dossier: Dossier, *, as_of: dt.date, tiers: tuple[str, ...], voice: str, search: str
) -> list[Record]:
    """The sources that pass the filters, each with what it supports by a day."""
    rows = find_sources(dossier, as_of=as_of, tiers=tiers, voice=voice, search=search)
    found = dict(list(list_known_support(dossier, as_of=as_of).groupby("source_id")))
    records = describe_sources(dossier)
    ever = set(list_support(dossier)["source_id"])
    return [
        {
            **records[key],
            "support": _name_support(found[key]) if key in found else [],
            "nothing": "nothing known by then" if key in ever else "background only",
        }
        for key in rows["source_id"]
    ]


def _name_support(found: pd.DataFrame) -> list[Record]:
    """What a source supports by kind: the first few by name, with an address if they have one."""
    return [
        {
            "what": what,
            "named": [
                {
                    "id": key,
                    "href": link_mark(SUPPORT_PAGES[what], key) if what in SUPPORT_PAGES else "",
                }
                for key in rows["id"][:MOST_NAMED]
            ],
            "more": max(0, len(rows) - MOST_NAMED),
        }
        for what, rows in found.groupby("what", sort=False)
    ]
