"""Derived tables of the reading of sources, each made once for a dossier and a day."""

import datetime as dt
from typing import Any

import pandas as pd

from entente.address.views import horizon
from entente.claims.source_records import source_origins, source_records, support, verdict_origins
from entente.dates.edtf import first_day, known_from
from entente.dates.words import in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.record.sources import published_by
from entente.style.verdicts import verdict_record


def sources_asked_for(
    dossier: Dossier, *, as_of: dt.date, tiers: tuple[str, ...], voice: str, search: str
) -> pd.DataFrame:
    """The sources by the day that pass the filters, newest first, those without a date last."""
    rows = published_by(dossier["sources"], as_of, horizon=horizon(dossier))
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
def tier_table(dossier: Dossier, *, as_of: dt.date) -> dict[str, Any]:
    """Sources and origins by tier on a day, for the template `source_tiers`."""
    rows = published_by(dossier["sources"], as_of, horizon=horizon(dossier))
    rows = rows.assign(origin=rows["source_id"].map(source_origins(dossier)))
    found = known_support(dossier, as_of=as_of)
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
def single_origins(dossier: Dossier, *, as_of: dt.date) -> dict[str, Any]:
    """Verdicts given by the day that rest on one origin, for the template `source_single`."""
    given = [
        row for row in verdict_origins(dossier).values() if known_from(row["from_edtf"]) <= as_of
    ]
    records = source_records(dossier)
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
def known_support(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    """What each source stands behind, without verdicts and events that came after the day."""
    found = support(dossier)
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
