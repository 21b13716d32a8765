"""Tables of the comparison for its templates: corridors side by side, one leg by leg, odds."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from entente.address.pages import link_view
from entente.address.views import RoutesView
from entente.dossier.store import Dossier, cached
from entente.routes.compare import count_onward
from entente.routes.trips import Trip, cite_legs, read_trip
from entente.routes.valued_corridors import (
    COUNTS,
    QUANTITIES,
    Comparison,
    compare_corridors,
    describe_calibrated,
)
from entente.routes.words import (
    CONDITION_STATUSES,
    CONDITIONS,
    LEAST_SHARE,
    USABLE,
    WAITS,
    describe_published,
    describe_range,
    describe_stage,
    format_share,
    round_estimate,
    say_factor,
    say_since,
    shorten_place,
)
from entente.style.palette import STATUS_SYMBOLS
from entente.style.theme import add_article


@cached
def list_corridors(dossier: Dossier, *, view: RoutesView) -> list[dict[str, Any]]:
    """One row a corridor for `templates/corridors.html`."""
    compared = compare_corridors(dossier, trip=read_trip(view))
    least = _find_least(compared)
    labels = dossier.labels("actors")
    corridors = dossier.labels("corridors")
    published = dossier["corridors"].set_index("corridor_id")

    def value(row: Mapping[str, Any], quantity: str) -> dict[str, Any]:
        return {
            "typical": round_estimate(row[f"{quantity}_typical"]),
            "range": describe_range(row, quantity),
            "calibrated": describe_calibrated(row, quantity, compared.calibration),
            "is_least": row["corridor_id"] == least.get(quantity),
        }

    return [
        {
            "number": row["number"],
            "label": row["label"],
            "href": link_view(replace(view, pick=row["corridor_id"]), dossier),
            "is_picked": row["corridor_id"] == view.pick,
            "also": [
                shorten_place(corridors[name]) for name in compared.list_alike(row["corridor_id"])
            ],
            "states": " › ".join(labels[actor] for actor in row["states"].split(" ")),
            "status": describe_status(row, compared, labels),
            "km": f"{round(row['distance_km'], -1):,.0f}",
            "published_km": describe_published(row, "distance_km"),
            "days": value(row, "days"),
            "published_days": describe_published(row, "days"),
            "cost": value(row, "cost_usd_per_teu"),
            "published_cost": _describe_published_cost(row, published.loc[row["corridor_id"]]),
            "co2e": value(row, "co2e_kg_per_teu"),
            "counts": [int(row[name]) for name in COUNTS],
        }
        for row in compared.corridors.to_dict("records")
    ]


def describe_status(
    row: Mapping[str, Any], compared: Comparison, labels: Mapping[str, str]
) -> dict[str, Any]:
    """Status of a corridor: word and symbol, where, since when, in whose hands, why."""
    code = row["condition"]
    status = {
        "code": row["status_code"],
        "symbol": STATUS_SYMBOLS[CONDITION_STATUSES[code]],
        "word": CONDITIONS[code].capitalize(),
        "where": "",
    }
    if code == "open":
        return status
    legs = compared.facts[compared.facts["corridor_id"] == row["corridor_id"]]
    leg = legs.set_index("leg_id").loc[row["leg_id"]]
    is_hindered = legs["status_code"].notna() & (legs["status_code"] != "open")
    deniers = compared.denied.get(row["leg_id"], ())
    return {
        **status,
        "where": f"{shorten_place(leg['from_label'])}–{shorten_place(leg['to_label'])}",
        "since": say_since(leg["since_edtf"]),
        "factor": say_factor(leg["multiplier"]),
        "hands": ", ".join(add_article(name) for name in leg["controllers"].split(", ")),
        "note": leg["status_note"],
        "denied": " and ".join(add_article(labels[actor]) for actor in deniers),
        "more": int(is_hindered.sum()) - 1,
    }


def _find_least(compared: Comparison) -> dict[str, str]:
    """For each quantity the usable corridor with the least of it; none where there is no choice."""
    usable = compared.usable.set_index("corridor_id")
    if len(usable) < 2:
        return {}
    return {quantity: str(usable[f"{quantity}_typical"].idxmin()) for quantity in QUANTITIES}


def _describe_published_cost(row: Mapping[str, Any], published: pd.Series) -> dict[str, str]:
    """The published price of a whole corridor; its unit, where that is not the usual one."""
    if not row["is_whole"]:
        return {"figure": "", "unit": ""}
    unit = _read_text(published["published_cost_unit"])
    return {
        "figure": describe_published(published, "cost"),
        "unit": "" if unit == QUANTITIES["cost_usd_per_teu"] else unit,
    }


def list_destinations(dossier: Dossier, view: RoutesView) -> list[dict[str, Any]]:
    """Where corridors do lead from the origin, with links."""
    labels = dossier.labels("nodes")
    counts = count_onward(dossier, origin=view.origin)
    return [
        {
            "label": labels[node],
            "count": count,
            "href": link_view(replace(view, destination=node, pick=None), dossier),
        }
        for node, count in sorted(counts.items(), key=lambda item: (-item[1], labels[item[0]]))
    ]


@cached
def describe_odds(dossier: Dossier, *, trip: Trip, pick: str) -> dict[str, Any]:
    """Chances against each other corridor, and parts of variance, for `corridor_odds.html`."""
    compared = compare_corridors(dossier, trip=trip)
    row = compared.find(pick)
    chances = compared.spread.chances[compared.spread.chances["corridor_id"] == pick]
    shares = chances.set_index(["other_id", "quantity"])[["wins", "box_wins"]].map(format_share)
    others = compared.corridors[compared.corridors["corridor_id"] != pick]
    kinds = compared.spread.kinds[compared.spread.kinds["corridor_id"] == pick]
    return {
        "number": row["number"],
        "label": row["short_label"],
        "range": describe_range(row, "days"),
        "odds": [
            {
                "number": other.number,
                "label": other.short_label,
                "is_usable": other.condition in USABLE,
                "shares": [shares.loc[(other.corridor_id, quantity)] for quantity in QUANTITIES],
            }
            for other in others.itertuples()
        ],
        "kinds": [
            {
                "label": _name_kind(kind.kind, kind.what_code, dossier),
                "share": format_share(kind.share),
                "width": round(100 * kind.share),
            }
            for kind in kinds.itertuples()
            if kind.share >= LEAST_SHARE
        ],
    }


def _name_kind(kind: str, what_code: str, dossier: Dossier) -> str:
    if kind == "stop":
        return WAITS[what_code][1].capitalize()
    return f"On the move: {dossier.labels('modes')[what_code].lower()}"


@cached
def describe_corridor(dossier: Dossier, *, trip: Trip, pick: str) -> dict[str, Any]:
    """One corridor in full for `templates/corridor.html`."""
    compared = compare_corridors(dossier, trip=trip)
    row = compared.find(pick)
    published = dossier["corridors"].set_index("corridor_id").loc[pick]
    legs = compared.facts[compared.facts["corridor_id"] == pick]
    source_ids = cite_legs(legs, dossier)
    places = dossier.labels("nodes")
    links = dossier["corridor_claims"]
    claims = links[links["corridor_id"] == pick].merge(dossier["claims"], on="claim_id")
    has_document = trip.as_of >= dossier.document.day
    return {
        "number": row["number"],
        "label": row["label"],
        "operator": row["operator"],
        "source_ids": source_ids,
        "published": _list_published(published),
        "published_ends": f"{places[row['from_node_id']]} – {places[row['to_node_id']]}",
        "is_whole": bool(row["is_whole"]),
        "remarks": [
            f"Easiest to stop at: {row['chokepoints'].rstrip('.')}.",
            *filter(None, [_read_text(row["note"])]),
        ],
        "claims": claims[["claim_id", "claim"]].to_dict("records") if has_document else [],
        "stages": _list_stages(
            compared.stages[compared.stages["corridor_id"] == pick], legs, source_ids, dossier
        ),
    }


def _list_published(published: pd.Series) -> list[dict[str, str]]:
    """What is published about the whole corridor: name, figure, basis or note."""

    def figure(quantity: str, unit: str) -> str:
        words = describe_published(published, quantity)
        return f"{words} {unit}" if words else ""

    note = {name: _read_text(value) for name, value in published.items()}
    days_note = f"{note['published_days_basis']} {note['published_days_note']}".strip()
    entries = [
        ("Length", figure("km", "km"), ""),
        ("Time", figure("days", "days"), days_note),
        ("Price", figure("cost", note["published_cost_unit"]), note["published_cost_note"]),
        ("Capacity", "", note["capacity_note"]),
        ("Traffic", "", note["traffic_note"]),
    ]
    return [
        {"name": name, "figure": words, "note": remark}
        for name, words, remark in entries
        if words or remark
    ]


def _list_stages(
    stages: pd.DataFrame, legs: pd.DataFrame, source_ids: tuple[str, ...], dossier: Dossier
) -> list[dict[str, Any]]:
    """Carriage and waits in order of travel; sources are numbered in the order of `source_ids`."""
    modes, gauges = dossier.labels("modes"), dossier.labels("gauges")
    bases, statuses = dossier.labels("bases"), dossier.labels("leg_statuses")
    sources = dossier["sources"].set_index("source_id")
    by_id = legs.set_index("leg_id", drop=False)

    def describe_leg(leg_id: str) -> dict[str, Any]:
        leg, code = by_id.loc[leg_id], by_id.at[leg_id, "status_code"]
        ends = [leg["from_gauge_code"], leg["to_gauge_code"]]
        is_known, is_hindered = isinstance(code, str), code != "open"
        return {
            "what": f"{leg['from_label']} – {leg['to_label']}",
            "mode": modes[leg["mode_code"]],
            "km": f"{leg['distance_km']:,.0f}",
            "km_basis": bases[leg["distance_basis_code"]].lower(),
            "km_note": leg["distance_note"],
            "gauge": " to ".join(
                dict.fromkeys(gauges[end] for end in ends if isinstance(end, str))
            ),
            "hands": leg["controllers"],
            "status_code": code if is_known else "",
            "status": statuses[code] if is_known else "Not on record",
            "symbol": STATUS_SYMBOLS[code] if is_known else "",
            "since": say_since(leg["since_edtf"]) if is_hindered else "",
            "factor": say_factor(leg["multiplier"]),
            "note": leg["status_note"] if is_known and is_hindered else "",
            "sources": [
                {"number": source_ids.index(one) + 1, **sources.loc[one, ["url", "publisher"]]}
                for one in cite_legs(by_id.loc[[leg_id]], dossier)
            ],
        }

    return [
        {
            "kind": stage["kind"],
            "what": stage["what"],
            "basis": stage["basis"],
            "days": describe_stage(stage, "days"),
            "cost": describe_stage(stage, "cost_usd_per_teu"),
            **({} if stage["kind"] == "stop" else describe_leg(stage["leg_id"])),
        }
        for stage in stages.to_dict("records")
    ]


def _read_text(value: object) -> str:
    return value if isinstance(value, str) else ""
