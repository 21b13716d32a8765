"""Days, or price, against km along ways that a search has found."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from entente.content import PanelParts
from entente.dossier.store import Dossier
from entente.routes.charts.time_distance import time_distance, time_distance_alt
from entente.routes.engine import Trip, place_labels
from entente.routes.marks import behind_points, way_mark
from entente.routes.modes.corridor_figures import rate_sources
from entente.routes.modes.corridor_tables import profiles_of
from entente.routes.modes.corridor_words import STOPS
from entente.routes.modes.way_tables import staged_ways
from entente.routes.modes.way_words import labels_of
from entente.routes.network.ways import Way
from entente.routes.valuation.valuation import valuation
from entente.style.legends import list_numbers
from entente.style.palette import PALETTES

PROFILE_HEADINGS = {
    "corridor_id": "Way",
    "stage": "Stage",
    "km": "km",
    "what": "What",
    "days_low": "Days, P10",
    "days_typical": "Days, P50",
    "days_high": "Days, P90",
    "cost_usd_per_teu_low": "USD, P10",
    "cost_usd_per_teu_typical": "USD, P50",
    "cost_usd_per_teu_high": "USD, P90",
}


def chart_of(
    dossier: Dossier, *, trip: Trip, ways: Sequence[Way], quantity: str, appearance: str
) -> PanelParts:
    """Days, or price, against km along the ways, the first put forward."""
    staged = staged_ways(dossier, trip, ways)
    points = profiles_of(valuation(staged))
    named = points.assign(
        what=_stage_names(dossier, staged, points),
        basis="",
        behind=behind_points(points, staged),
    )
    ids = [f"way-{number}" for number in range(1, len(ways) + 1)]
    corridors = pd.DataFrame(
        {
            "corridor_id": ids,
            "number": range(1, len(ids) + 1),
            "short_label": labels_of(ways, dossier),
            "condition": "open",
            "identity": [way_mark(way) for way in ways],
        }
    )
    options: dict[str, Any] = {
        "profiles": named,
        "corridors": corridors,
        "picked": ids[0] if ids else None,
        "quantity": quantity,
    }
    figure = time_distance(**options, palette=PALETTES[appearance])
    table = named.drop(columns=["basis", "behind"]).round(2).rename(columns=PROFILE_HEADINGS)
    sources = rate_sources(staged, dossier)
    names = list(zip(corridors["number"], corridors["short_label"], strict=True))
    legend = list_numbers(names, picked=1, palette=PALETTES[appearance])
    return PanelParts(figure, time_distance_alt(**options), table, sources, legend)


def _stage_names(dossier: Dossier, staged: pd.DataFrame, points: pd.DataFrame) -> list[str]:
    """What each point ends: a leg by its places and mode, a wait by its place and reason."""
    places, modes = place_labels(dossier), dossier.labels("modes")
    legs = dossier["legs"].set_index("leg_id")
    names = {}
    for row in staged.to_dict("records"):
        if row["kind"] == "stop":
            what = f"{places[row['node_id']]}: {STOPS[row['what_code']]}"
        else:
            ends = legs.loc[row["leg_id"], ["from_node_id", "to_node_id"]]
            pair = " / ".join(places[node] for node in ends)
            what = f"{pair}, {modes[row['what_code']].lower()}"
        names[row["corridor_id"], row["stage"]] = what
    keys = zip(points["corridor_id"], points["stage"], strict=True)
    return [names.get(key, "Departure") for key in keys]
