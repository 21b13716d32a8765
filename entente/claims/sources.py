"""Sources: their tier and origin, what rests on each, and where they disagree."""

import datetime as dt
from typing import Any

import pandas as pd

from entente.address.pages import link_mark
from entente.address.views import ClaimsView
from entente.dates import first_day, in_words, known_from
from entente.dossier.store import Dossier, cached
from entente.record.evidence import keep_published
from entente.record.sources import count_origins, describe_sources, find_origins, find_support
from entente.style.palette import verdict_record

Record = dict[str, Any]
# Kinds of things that a source supports, with the page on which they have an address.
SUPPORT_PAGES = {"claims": "claims", "events": "timeline", "corridors": "trade_routes"}
MOST_NAMED = 6


def list_cited(dossier: Dossier, assessment_id: object) -> list[Record]:
    """The sources that an assessment rests on; none for the lack of one."""
    links, records = dossier["assessment_sources"], describe_sources(dossier)
    cited = links.loc[links["assessment_id"] == assessment_id, "source_id"]
    return [records[source_id] for source_id in cited]


@cached
def list_verdict_origins(dossier: Dossier) -> dict[str, Record]:
    """Assessment id to what :func:`entente.record.sources.count_origins` says of it."""
    rows = count_origins(dossier.tables).to_dict("records")
    return {row["assessment_id"]: row for row in rows}


def say_single_origin(dossier: Dossier, assessment_id: str) -> str:
    """Whether a verdict rests on one origin only, in words; empty when it does not."""
    found = list_verdict_origins(dossier)[assessment_id]
    if found["origin_count"] != 1:
        return ""
    count, earlier = found["source_count"], found["run_origin_count"]
    how = "one source" if count == 1 else f"its {count} sources report the same text"
    rest = f" With earlier, equal verdicts it has {earlier} origins." if earlier > 1 else ""
    return f"Rests on one origin only: {how}.{rest}"


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
def describe_disagreements(dossier: Dossier, *, as_of: dt.date, claim_id: str = "") -> list[Record]:
    """Questions on which sources disagree, in the order of the file, with the positions by a day.

    A question of which fewer than two positions had been taken by then is left out.

    Args:
        dossier: The dossier.
        as_of: The day whose knowledge counts.
        claim_id: Only questions about this claim, or about an event that bears on it.
    """
    rows, events = dossier["disagreements"], dossier["event_claims"]
    if claim_id:
        own = events.loc[events["claim_id"] == claim_id, "event_id"]
        rows = rows[(rows["claim_id"] == claim_id) | rows["event_id"].isin(own)]
    records = describe_sources(dossier)
    out = keep_published(dossier["sources"], as_of, horizon=dossier.horizon)["source_id"]
    said = dossier["disagreement_sources"]
    taken: dict[str, list[Record]] = {}
    for (question, position), cited in said[said["source_id"].isin(out)].groupby(
        ["disagreement_id", "position"], sort=False
    ):
        taken.setdefault(question, []).append(
            {
                "position": position,
                "is_followed": cited["is_followed"].any(),
                "sources": [records[source_id] for source_id in cited["source_id"]],
            }
        )
    pages = (("event_id", "timeline"), ("claim_id", "claims"))
    return [
        {
            **row,
            "subject": [
                {"id": row[name], "href": link_mark(page, row[name])}
                for name, page in pages
                if isinstance(row[name], str)
            ],
            "positions": taken[row["disagreement_id"]],
        }
        for row in rows.to_dict("records")
        if len(taken.get(row["disagreement_id"], ())) > 1
    ]


def find_sources(dossier: Dossier, view: ClaimsView) -> pd.DataFrame:
    """The sources that pass the filters of a view, newest first, those without a date last."""
    rows = keep_published(dossier["sources"], view.as_of, horizon=dossier.horizon)
    shown = rows["tier_code"].isin(list(view.tiers))
    if view.voice != "all":
        shown &= rows["party_actor_id"].notna() == (view.voice == "party")
    text = rows[["source_id", "publisher", "note"]].fillna("").agg(" ".join, axis=1).str.casefold()
    for word in view.search.casefold().split():
        shown &= text.str.contains(word, regex=False)
    return rows[shown].sort_values(
        "published_edtf",
        key=lambda dates: dates.map(first_day, na_action="ignore"),
        ascending=False,
        kind="stable",
        ignore_index=True,
    )


@cached
def count_tiers(dossier: Dossier, *, as_of: dt.date) -> dict[str, Any]:
    """Sources and origins by tier on a day, for the template `source_tiers`."""
    rows = keep_published(dossier["sources"], as_of, horizon=dossier.horizon)
    found = list_support(dossier, as_of=as_of)
    judged = found.loc[found["what"] == "claims", "source_id"]
    rows = rows.assign(
        origin=rows["source_id"].map(find_origins(dossier["sources"])),
        is_of_party=rows["party_actor_id"].notna(),
        is_judged=rows["source_id"].isin(judged),
    )
    table = dossier["codes/source_tiers"].sort_values("sort_order").to_dict("records")
    return {
        "tiers": [
            {
                "label": code["label"],
                "about": code["description"],
                **_count_rows(rows[rows["tier_code"] == code["code"]]),
            }
            for code in table
        ],
        "totals": {
            **_count_rows(rows),
            "primary": int((rows["tier_code"] == "primary").sum()),
            "undated": int(rows["published_edtf"].isna().sum()),
        },
    }


def _count_rows(rows: pd.DataFrame) -> dict[str, int]:
    return {
        "sources": len(rows),
        "origins": rows["origin"].nunique(),
        "party": int(rows["is_of_party"].sum()),
        "judged": int(rows["is_judged"].sum()),
    }


@cached
def list_support(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    """What :func:`entente.record.sources.find_support` finds by a day."""
    return find_support(dossier.tables, as_of=as_of)


def describe_support(dossier: Dossier, view: ClaimsView) -> list[Record]:
    """The sources that pass the filters of a view, each with what it supports by its day."""
    found = dict(list(list_support(dossier, as_of=view.as_of).groupby("source_id")))
    ever = set(list_support(dossier, as_of=dt.date.max)["source_id"])
    records = describe_sources(dossier)
    return [
        {
            **records[key],
            "support": _name_support(found[key]) if key in found else [],
            "nothing": "nothing known by then" if key in ever else "background only",
        }
        for key in find_sources(dossier, view)["source_id"]
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
