"""Rows of the trade routes page as its templates want them: the comparison, and one way in full."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from entente.address import views
from entente.dossier.store import Dossier
from entente.routes.modes import corridor_words as words
from entente.routes.modes.corridor_figures import leg_sources, named_stages
from entente.routes.modes.corridor_tables import Comparison
from entente.style.names import spoken
from entente.style.palette import STATUS_SYMBOLS

COUNTS = ("border_count", "transshipment_count", "gauge_break_count")


def address(dossier: Dossier, view: views.RoutesView) -> str:
    """A link to a view of this page, from this page."""
    return f"?{urlencode(views.encode(view, dossier))}"


def comparison_rows(
    found: Comparison, dossier: Dossier, view: views.RoutesView
) -> list[dict[str, Any]]:
    """One row a corridor for `templates/corridors.html`."""
    least = _least(found)
    labels = _labels(dossier, "actors", "actor_id")
    corridors = _labels(dossier, "corridors", "corridor_id")
    return [
        {
            "number": row["number"],
            "label": row["label"],
            "href": address(dossier, _picking(view, row["corridor_id"])),
            "is_picked": row["corridor_id"] == view.pick,
            "also": [
                corridors[name].split(" (", maxsplit=1)[0]
                for name in found.shared_by(row["corridor_id"])
            ],
            "states": " › ".join(labels[actor] for actor in row["states"].split(" ")),
            "status": status_line(row, found, labels),
            "km": f"{round(row['distance_km'], -1):,.0f}",
            "published_km": words.published(
                row["published_distance_km_low"], None, row["published_distance_km_high"]
            ),
            "days": {**words.spread(row, "days"), "is_least": row["corridor_id"] == least["days"]},
            "published_days": words.published(
                row["published_days_low"],
                row["published_days_typical"],
                row["published_days_high"],
            ),
            "cost": {
                **words.spread(row, "cost_usd_per_teu"),
                "is_least": row["corridor_id"] == least["cost_usd_per_teu"],
            },
            "published_cost": _published_cost(row),
            "co2e": {
                **words.spread(row, "co2e_kg_per_teu"),
                "is_least": row["corridor_id"] == least["co2e_kg_per_teu"],
            },
            "counts": [int(row[name]) for name in COUNTS],
        }
        for row in found.corridors.to_dict("records")
    ]


def status_line(
    row: Mapping[str, Any], found: Comparison, labels: Mapping[str, str]
) -> dict[str, Any]:
    """Status of a corridor: word and symbol, where, since when, in whose hands, why."""
    code = row["condition"]
    said: dict[str, Any] = {
        "code": row["status_code"],
        "symbol": words.CONDITION_SYMBOLS[code],
        "word": words.CONDITIONS[code].capitalize(),
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
        "where": f"{words.place_name(leg['from_label'])}–{words.place_name(leg['to_label'])}",
        "since": words.since(leg["since_edtf"]),
        "factor": words.multiplied(leg["multiplier"]),
        "hands": ", ".join(spoken(name) for name in leg["controllers"].split(", ")),
        "note": leg["status_note"],
        "denied": " and ".join(
            spoken(labels[actor]) for actor in found.denied.get(row["leg_id"], ())
        ),
        "more": len(held) - 1,
    }


def picked_record(found: Comparison, dossier: Dossier, corridor_id: str) -> dict[str, Any]:
    """One corridor in full for `templates/corridor.html`."""
    row = found.of(corridor_id)
    facts = found.facts[found.facts["corridor_id"] == corridor_id]
    source_ids = leg_sources(facts, dossier)
    places = _labels(dossier, "nodes", "node_id")
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
        "stages": _stage_rows(found, dossier, corridor_id, source_ids),
    }


def destinations(
    dossier: Dossier, view: views.RoutesView, ways: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Where corridors do lead from the origin, with links."""
    labels = _labels(dossier, "nodes", "node_id")
    return [
        {
            "label": labels[node],
            "ways": count,
            "href": address(dossier, _towards(view, node)),
        }
        for node, count in sorted(ways.items(), key=lambda item: (-item[1], labels[item[0]]))
    ]


def _stage_rows(
    found: Comparison, dossier: Dossier, corridor_id: str, source_ids: tuple[str, ...]
) -> list[dict[str, Any]]:
    named = named_stages(found, dossier)
    facts = found.facts[found.facts["corridor_id"] == corridor_id].set_index("leg_id")
    labels = {name: dossier.labels(name) for name in ("modes", "bases", "gauges", "leg_statuses")}
    rows = []
    for stage in named[named["corridor_id"] == corridor_id].to_dict("records"):
        shared = {
            "kind": stage["kind"],
            "days": words.fine(stage, "days"),
            "cost": words.fine(stage, "cost_usd_per_teu"),
            "co2e": words.fine(stage, "co2e_kg_per_teu"),
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
    own = leg_sources(pd.DataFrame([{"leg_id": leg_id, **leg.to_dict()}]), dossier)
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
        "since": words.since(leg["since_edtf"]) if status != "open" else "",
        "factor": words.multiplied(leg["multiplier"]),
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
    length = words.published(row["whole_published_km_low"], None, row["whole_published_km_high"])
    days = words.published(
        *(row[f"whole_published_days_{bound}"] for bound in ("low", "typical", "high"))
    )
    price = words.published(row["whole_published_cost_low"], None, row["whole_published_cost_high"])
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
    figure = words.published(
        row["whole_published_cost_low"], None, row["whole_published_cost_high"]
    )
    unit = _text(row["published_cost_unit"])
    return {"figure": figure, "unit": "" if unit == "USD per TEU" else unit}


def _least(found: Comparison) -> dict[str, str]:
    """For each quantity the usable corridor with the least of it; none where there is no choice."""
    usable = found.usable.set_index("corridor_id")
    stems = ("days", "cost_usd_per_teu", "co2e_kg_per_teu")
    if len(usable) < 2:
        return dict.fromkeys(stems, "")
    return {stem: str(usable[f"{stem}_typical"].idxmin()) for stem in stems}


def _labels(dossier: Dossier, table: str, key: str) -> dict[str, str]:
    return dict(zip(dossier[table][key], dossier[table]["label"], strict=True))


def _picking(view: views.RoutesView, corridor_id: str) -> views.RoutesView:
    return replace(view, pick=corridor_id)


def _towards(view: views.RoutesView, destination: str) -> views.RoutesView:
    return replace(view, destination=destination, pick=None)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
