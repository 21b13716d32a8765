"""Rows of the table of best ways: totals, ranges, changes, legs in order, and who holds them."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from entente.analysis.corridors import corridor_sums
from entente.analysis.stages import network, stages
from entente.analysis.valuation import corridor_values, valuation
from entente.analysis.ways import Way, chains_of
from entente.store import Dossier
from entente.ui import corridor_words as words
from entente.ui import way_words
from entente.ui.route_engine import (
    Trip,
    actor_labels,
    place_labels,
    scenario_of,
    statuses_under,
)


def way_rows(
    dossier: Dossier, *, trip: Trip, ways: Sequence[Way], reference: Way | None
) -> list[dict[str, Any]]:
    """One row a way for `templates/route_ways.html`, the reference last."""
    parts = [_valued(dossier, trip, ways)]
    numbers = list(range(1, len(ways) + 1))
    shown = list(ways)
    labels = way_words.labels_of(ways, dossier)
    if reference is not None:
        parts.append(_valued(dossier, trip._replace(scenarios=(), vetoes=()), [reference]))
        numbers, shown = [*numbers, 0], [*shown, reference]
        labels.append(way_words.through(reference, dossier))
    table = pd.concat(parts, ignore_index=True).to_dict("records")
    return [
        {"number": number, "label": _label(number, label), **_row(dossier, trip, way, row)}
        for number, label, way, row in zip(numbers, labels, shown, table, strict=True)
    ]


def staged_ways(dossier: Dossier, trip: Trip, ways: Sequence[Way]) -> pd.DataFrame:
    """The stages of ways under the statuses of a trip."""
    tables = {name: dossier[name] for name in ("legs", "nodes", "rates")}
    return stages(chains_of(ways), network(**tables, statuses=statuses_under(dossier, trip)))


def _valued(dossier: Dossier, trip: Trip, ways: Sequence[Way]) -> pd.DataFrame:
    """P10 to P90 and the counts of each way."""
    chains, staged = chains_of(ways), staged_ways(dossier, trip, ways)
    sums = corridor_sums(chains, staged, nodes=dossier["nodes"])
    return sums.merge(corridor_values(valuation(staged)), on="corridor_id", validate="1:1")


def _row(dossier: Dossier, trip: Trip, way: Way, row: dict[str, Any]) -> dict[str, Any]:
    names = actor_labels(dossier)
    denials = scenario_of(dossier, trip).transport.denials
    bits = 0
    for leg in way.leg_rows:
        bits |= int(denials.by_leg[leg])
    holders = denials.named(bits & ~denials.own_trade(trip.origin, trip.destination))
    return {
        "km": f"{round(way.km, -1):,.0f}",
        "days": {"typical": f"{way.days:.1f}", "range": _range(row, "days")},
        "usd": {
            "typical": f"{round(way.usd, -1):,.0f}",
            "range": _range(row, "cost_usd_per_teu"),
        },
        "co2e": {
            "typical": f"{round(way.co2e, -1):,.0f}",
            "range": _range(row, "co2e_kg_per_teu"),
        },
        "counts": [int(row["border_count"]), int(row["transshipment_count"])],
        "holders": words.listed([names[actor] for actor in holders]) if holders else "nobody",
        "legs": _legs(dossier, way),
    }


def _label(number: int, route: str) -> str:
    return f"{route[0].upper()}{route[1:]}" if number else f"Without the what-ifs: {route}"


def _range(row: dict[str, Any], stem: str) -> str:
    return f"{words.rounded(row[f'{stem}_p10'])}–{words.rounded(row[f'{stem}_p90'])}"


def _legs(dossier: Dossier, way: Way) -> list[str]:
    """Stretches of one mode in order: "road: Bandar Abbas – Tehran – Rasht"."""
    places, modes = place_labels(dossier), dossier.labels("modes")
    stretches: list[tuple[str, list[str]]] = []
    for step in way.steps:
        if not stretches or stretches[-1][0] != step["mode_code"]:
            stretches.append((step["mode_code"], [places[step["from_node_id"]]]))
        stretches[-1][1].append(places[step["to_node_id"]])
    return [f"{modes[mode]}: {' – '.join(names)}" for mode, names in stretches]
