"""Rows of the table of best ways: totals, ranges, changes, legs in order, and who holds them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from entente.dossier.store import Dossier
from entente.routes.engine import Trip, place_labels, scenario_of, spoken_actors
from entente.routes.modes import corridor_words as words
from entente.routes.modes import way_words
from entente.routes.network.ways import Way, chains_of
from entente.routes.route_denials import standing_bits, statuses_under
from entente.routes.valuation.corridors import corridor_sums
from entente.routes.valuation.stages import network, stages
from entente.routes.valuation.valuation import corridor_values, valuation
from entente.style.names import listed


def way_rows(
    dossier: Dossier,
    *,
    trip: Trip,
    ways: Sequence[Way],
    reference: Way | None,
    barred: Way | None = None,
) -> list[dict[str, Any]]:
    """One row a way for `templates/route_ways.html`: those found, the barred, the reference."""
    shown = [*ways, *([barred] if barred else [])]
    parts = [_valued(dossier, trip, shown)]
    numbers = list(range(1, len(shown) + 1))
    labels = way_words.labels_of(ways, dossier)
    if barred is not None:
        deniers = way_words.standing_deniers(dossier, trip)
        labels.append(f"if {deniers} let it: {way_words.through(barred, dossier)}")
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
        "holders": _holders(dossier, trip, way),
        "legs": _legs(dossier, way),
    }


def _holders(dossier: Dossier, trip: Trip, way: Way) -> str:
    """Who could deny a way to this trade, and who does so already, whatever the reader chooses."""
    names = spoken_actors(dossier)
    denials = scenario_of(dossier, trip).transport.denials
    bits = int(np.bitwise_or.reduce(denials.by_leg[list(way.leg_rows)]))
    bits &= ~denials.own_trade(trip.origin, trip.destination)
    standing = bits & standing_bits(dossier, trip)
    could, do = (
        [names[actor] for actor in denials.named(own)] for own in (bits & ~standing, standing)
    )
    told = listed(could) if could else "nobody"
    return f"{told}; already denied by {listed(do)}" if do else told


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
