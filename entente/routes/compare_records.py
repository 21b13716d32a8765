"""The comparison of corridors as its templates want it: all side by side, one leg by leg, odds."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from entente.address.pages import encode_query
from entente.address.views import RoutesView
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.comparison import Comparison, compare_corridors, name_stages
from entente.routes.trips import Trip, cite_legs, label_actors, label_rows, read_trip
from entente.routes.words import (
    CONDITION_SYMBOLS,
    CONDITIONS,
    LEAST_SHARE,
    describe_published,
    describe_spread,
    describe_stage,
    multiplied,
    percent,
    place_name,
    since,
)
from entente.style.palette import STATUS_SYMBOLS
from entente.style.theme import spoken

SPREAD_WORDS = {
    "border": "waits at borders",
    "port": "changes between ship and land",
    "ferry-port": "changes between ferry and land",
    "mode-change": "changes between truck and train",
    "gauge-break": "breaks of gauge",
    "ferry-wait": "waits for a sailing",
    "canal": "canal passages",
    "liner-calls": "calls and berths on the way",
}
COUNTS = ("border_count", "transshipment_count", "gauge_break_count")


def link(dossier: Dossier, view: RoutesView) -> str:
    """A link to a view of this page, from this page."""
    return f"?{encode_query(view, dossier)}"


@cached
def list_corridors(dossier: Dossier, *, view: RoutesView) -> list[dict[str, Any]]:
    """One row a corridor for `templates/corridors.html`."""
    found = compare_corridors(dossier, trip=read_trip(view))
    least = _find_least(found)
    labels = label_actors(dossier)
    corridors = label_rows(dossier, "corridors", "corridor_id")
    return [
        {
            "number": row["number"],
            "label": row["label"],
            "href": link(dossier, replace(view, pick=row["corridor_id"])),
            "is_picked": row["corridor_id"] == view.pick,
            "also": [place_name(corridors[name]) for name in found.shared_by(row["corridor_id"])],
            "states": " › ".join(labels[actor] for actor in row["states"].split(" ")),
            "status": describe_status(row, found, labels),
            "km": f"{round(row['distance_km'], -1):,.0f}",
            "published_km": describe_published(
                row["published_distance_km_low"], None, row["published_distance_km_high"]
            ),
            "days": {
                **describe_spread(row, "days"),
                "is_least": row["corridor_id"] == least["days"],
            },
            "published_days": describe_published(
                row["published_days_low"],
                row["published_days_typical"],
                row["published_days_high"],
            ),
            "cost": {
                **describe_spread(row, "cost_usd_per_teu"),
                "is_least": row["corridor_id"] == least["cost_usd_per_teu"],
            },
            "published_cost": _published_cost(row),
            "co2e": {
                **describe_spread(row, "co2e_kg_per_teu"),
                "is_least": row["corridor_id"] == least["co2e_kg_per_teu"],
            },
            "counts": [int(row[name]) for name in COUNTS],
        }
        for row in found.corridors.to_dict("records")
    ]


def describe_status(
    row: Mapping[str, Any], found: Comparison, labels: Mapping[str, str]
) -> dict[str, Any]:
    """Status of a corridor: word and symbol, where, since when, in whose hands, why."""
    code = row["condition"]
    said: dict[str, Any] = {
        "code": row["status_code"],
        "symbol": CONDITION_SYMBOLS[code],
        "word": CONDITIONS[code].capitalize(),
        "where": "",
        "more": 0,
    }
    if code == "open":
        return said
    own = found.facts[found.facts["corridor_id"] == row["corridor_id"]].set_index("leg_id")
    leg = own.loc[row["leg_id"]]
    held = found.hindrances[found.hindrances["corridor_id"] == row["corridor_id"]]
    return {
        **said,
        "where": f"{place_name(leg['from_label'])}–{place_name(leg['to_label'])}",
        "since": since(leg["since_edtf"]),
        "factor": multiplied(leg["multiplier"]),
        "hands": ", ".join(spoken(name) for name in leg["controllers"].split(", ")),
        "note": leg["status_note"],
        "denied": " and ".join(
            spoken(labels[actor]) for actor in found.denied.get(row["leg_id"], ())
        ),
        "more": len(held) - 1,
    }


@cached
def describe_corridor(dossier: Dossier, *, trip: Trip, pick: str) -> dict[str, Any]:
    """One corridor in full for `templates/corridor.html`."""
    found = compare_corridors(dossier, trip=trip)
    row = found.of(pick)
    facts = found.facts[found.facts["corridor_id"] == pick]
    source_ids = cite_legs(facts, dossier)
    places = label_rows(dossier, "nodes", "node_id")
    ends = f"{places[row['from_node_id']]} – {places[row['to_node_id']]}"
    return {
        "number": row["number"],
        "label": row["label"],
        "operator": row["operator"],
        "source_ids": source_ids,
        "published": _published_rows(row),
        "published_ends": ends,
        "is_whole": bool(row["is_whole"]),
        "remarks": _remarks(row),
        "claims": _claims_about(dossier, pick, as_of=trip.as_of),
        "stages": _list_stages(found, dossier, pick, source_ids),
    }


def list_destinations(
    dossier: Dossier, view: RoutesView, ways: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Where corridors do lead from the origin, with links."""
    labels = label_rows(dossier, "nodes", "node_id")
    return [
        {
            "label": labels[node],
            "ways": count,
            "href": link(dossier, replace(view, destination=node, pick=None)),
        }
        for node, count in sorted(ways.items(), key=lambda item: (-item[1], labels[item[0]]))
    ]


@cached
def describe_odds(dossier: Dossier, *, trip: Trip, pick: str) -> dict[str, Any]:
    """Chances against each other corridor, and parts of variance, for `corridor_odds.html`."""
    found = compare_corridors(dossier, trip=trip)
    own = found.chances[found.chances["corridor_id"] == pick]
    chances = own.set_index(["quantity", "other_id"])["wins"]
    others = found.corridors[found.corridors["corridor_id"] != pick]
    kinds = found.kinds[found.kinds["corridor_id"] == pick]
    return {
        "number": int(found.of(pick)["number"]),
        "label": found.of(pick)["short_label"],
        "odds": [
            {
                "number": row.number,
                "label": row.short_label,
                "is_usable": row.condition in ("open", "partial"),
                "quicker": percent(chances["days", row.corridor_id]),
                "cheaper": percent(chances["cost_usd_per_teu", row.corridor_id]),
                "cleaner": percent(chances["co2e_kg_per_teu", row.corridor_id]),
            }
            for row in others.itertuples()
        ],
        "kinds": [
            {
                "label": _kind(row.kind, row.what_code, dossier),
                "share": percent(row.share),
                "width": round(100 * max(row.share, 0)),
            }
            for row in kinds.itertuples()
            if row.share >= LEAST_SHARE
        ],
        "range": describe_spread(found.of(pick), "days")["range"],
    }


def _claims_about(dossier: Dossier, corridor_id: str, *, as_of: dt.date) -> list[dict[str, str]]:
    """The claims behind the marks of a corridor; none while there is no comment."""
    if as_of < dossier.document.day:
        return []
    links = dossier["corridor_claims"]
    own = links[links["corridor_id"] == corridor_id].merge(dossier["claims"], on="claim_id")
    return [{"claim_id": row["claim_id"], "claim": row["claim"]} for row in own.to_dict("records")]


def _list_stages(
    found: Comparison, dossier: Dossier, corridor_id: str, source_ids: tuple[str, ...]
) -> list[dict[str, Any]]:
    named = name_stages(found.stages, found.chains, dossier)
    facts = found.facts[found.facts["corridor_id"] == corridor_id].set_index("leg_id")
    labels = {name: dossier.labels(name) for name in ("modes", "bases", "gauges", "leg_statuses")}
    rows = []
    for stage in named[named["corridor_id"] == corridor_id].to_dict("records"):
        shared = {
            "kind": stage["kind"],
            "days": describe_stage(stage, "days"),
            "cost": describe_stage(stage, "cost_usd_per_teu"),
            "co2e": describe_stage(stage, "co2e_kg_per_teu"),
            "basis": stage["basis"],
        }
        if stage["kind"] == "stop":
            rows.append({**shared, "what": stage["what"]})
            continue
        leg = facts.loc[stage["leg_id"]]
        rows.append({**shared, **_leg_row(leg, stage["leg_id"], dossier, labels, source_ids)})
    return rows


def _leg_row(
    leg: pd.Series,
    leg_id: str,
    dossier: Dossier,
    labels: Mapping[str, Mapping[str, str]],
    source_ids: tuple[str, ...],
) -> dict[str, Any]:
    own = cite_legs(pd.DataFrame([{"leg_id": leg_id, **leg.to_dict()}]), dossier)
    status = leg["status_code"]
    known = isinstance(status, str)
    return {
        "what": f"{leg['from_label']} – {leg['to_label']}",
        "leg_id": leg_id,
        "mode": labels["modes"][leg["mode_code"]],
        "km": f"{leg['distance_km']:,.0f}",
        "km_basis": labels["bases"][leg["distance_basis_code"]].lower(),
        "km_note": leg["distance_note"],
        "gauge": _gauge(leg, labels["gauges"]),
        "hands": leg["controllers"],
        "status_code": status if known else "",
        "status": labels["leg_statuses"][status] if known else "Not on record",
        "symbol": STATUS_SYMBOLS[status] if known else "",
        "since": since(leg["since_edtf"]) if status != "open" else "",
        "factor": multiplied(leg["multiplier"]),
        "note": leg["status_note"] if known and status != "open" else "",
        "sources": [_cited(name, source_ids, dossier) for name in own],
    }


def _cited(source_id: str, source_ids: tuple[str, ...], dossier: Dossier) -> dict[str, Any]:
    table = dossier["sources"]
    source = table[table["source_id"] == source_id].iloc[0]
    return {
        "number": source_ids.index(source_id) + 1,
        "url": source["url"],
        "publisher": source["publisher"],
    }


def _gauge(leg: pd.Series, labels: Mapping[str, str]) -> str:
    ends = [leg["from_gauge_code"], leg["to_gauge_code"]]
    return " to ".join(dict.fromkeys(labels[code] for code in ends if isinstance(code, str)))


def _published_rows(row: pd.Series) -> list[dict[str, str]]:
    """What is published about the whole corridor: name, figure, basis or note."""
    length = describe_published(row["whole_published_km_low"], None, row["whole_published_km_high"])
    days = describe_published(
        *(row[f"whole_published_days_{bound}"] for bound in ("low", "typical", "high"))
    )
    price = describe_published(
        row["whole_published_cost_low"], None, row["whole_published_cost_high"]
    )
    unit = _text(row["published_cost_unit"])
    entries = [
        ("Length", f"{length} km" if length else "", ""),
        (
            "Time",
            f"{days} days" if days else "",
            f"{row['published_days_basis']} {_text(row['published_days_note'])}".strip(),
        ),
        ("Price", f"{price} {unit}" if price else "", _text(row["published_cost_note"])),
        ("Capacity", "", _text(row["capacity_note"])),
        ("Traffic", "", _text(row["traffic_note"])),
    ]
    return [
        {"name": name, "figure": figure, "note": note}
        for name, figure, note in entries
        if figure or note
    ]


def _remarks(row: pd.Series) -> list[str]:
    narrow = f"Easiest to stop at: {row['chokepoints'].rstrip('.')}."
    return [narrow, *([row["note"]] if _text(row["note"]) else [])]


def _published_cost(row: Mapping[str, Any]) -> dict[str, str]:
    if not row["is_whole"]:
        return {"figure": "", "unit": ""}
    figure = describe_published(
        row["whole_published_cost_low"], None, row["whole_published_cost_high"]
    )
    unit = _text(row["published_cost_unit"])
    return {"figure": figure, "unit": "" if unit == "USD per TEU" else unit}


def _find_least(found: Comparison) -> dict[str, str]:
    """For each quantity the usable corridor with the least of it; none where there is no choice."""
    usable = found.usable.set_index("corridor_id")
    stems = ("days", "cost_usd_per_teu", "co2e_kg_per_teu")
    if len(usable) < 2:
        return dict.fromkeys(stems, "")
    return {stem: str(usable[f"{stem}_typical"].idxmin()) for stem in stems}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _kind(kind: str, what_code: str, dossier: Dossier) -> str:
    if kind == "stop":
        return SPREAD_WORDS[what_code].capitalize()
    return f"On the move: {dossier.labels('modes')[what_code].lower()}"
