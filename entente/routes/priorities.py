"""Priorities: usable corridors in the order of a reader's weights, and how firm that order is."""

from dataclasses import replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.address.views import RoutesView
from entente.content import Height, Panel, PanelParts, height_by_rows, panel_of
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.charts import stability
from entente.routes.comparison import compare_corridors
from entente.routes.trips import Trip, cite_corridors, label_places, read_trip
from entente.routes.valuation.weights import (
    find_smallest_change,
    find_winners,
    measure_winning_shares,
    normalise_weights,
    rank_corridors,
)
from entente.routes.words import percent
from entente.style.palette import PALETTES
from entente.vocabulary import CRITERIA

STEPS = 24  # 325 mixes: fine enough to see a border, few enough to redraw at every touch
SHOWN = {
    "time": ("days_p50", ",.0f", "days"),
    "cost": ("cost_usd_per_teu_p50", ",.0f", "USD per TEU"),
    "emissions": ("co2e_kg_per_teu_p50", ",.0f", "kg CO2e"),
    "reliability": ("reliability_days", ",.1f", "days, P90 − P50"),
    "exposure": ("veto_count", ",.0f", "vetoes that cut it"),
}
TRIANGLE_CAPTION = (
    "Each corner: only that counts; in between, the mix. Reliability and exposure count for "
    "nothing here. The ring marks your own weights of the three."
)
SHARES_CAPTION = (
    "All weightings of the five criteria alike, evenly strewn: the share under which each comes "
    "first. Scores run from 0, best on screen in all that counts, to 1, worst."
)
MOST_ROWS = 16


def title(dossier: Dossier, view: RoutesView) -> str:
    """Who comes first under the reader's weights, and how firmly."""
    found, places = find_usable(dossier, trip=read_trip(view)), label_places(dossier)
    start, end = places[view.origin], places[view.destination]
    if found.empty:
        return f"No corridor from {start} to {end} could be used, so there is nothing to weigh"
    first = rank_by_reader(dossier, view).iloc[0]["corridor_id"]
    name = found.set_index("corridor_id").at[first, "short_label"]
    if len(found) == 1:
        return f"{name} is the only corridor from {start} to {end} that could be used"
    share = measure_shares(dossier, trip=read_trip(view))[first]
    return f"By your weights {name} comes first, as under {percent(share)} of all weightings"


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """Who comes first under how many weightings, and under which; nothing to weigh below two."""
    trip = read_trip(view)
    found = find_usable(dossier, trip=trip)
    if len(found) < 2:
        return ()
    table = tabulate_ranking(
        found, measure_shares(dossier, trip=trip), rank_by_reader(dossier, view)
    )
    shares = draw_shares(dossier, trip=trip, appearance=appearance)._replace(table=table)
    reader = normalise_weights(read_weights(view))
    bare = draw_triangle(dossier, trip=trip, appearance=appearance)
    triangle = PanelParts(
        stability.with_reader(bare, reader, palette=PALETTES[appearance]),
        stability.stability_triangle_alt(
            points=list_winners(dossier, trip=trip), corridors=found, reader=reader
        ),
        table,
        shares.source_ids,
    )
    count = len(found)
    return (
        panel_of(
            shares,
            key="stability-shares",
            heading="Under how many weightings each comes first",
            caption=SHARES_CAPTION,
            height=replace(
                height_by_rows(count + 0.35, each=2.9, around=3.5),
                screen=f"{2.9 * min(count, MOST_ROWS) + 3.5:.1f}rem",
            ),
            is_half=True,
        ),
        panel_of(
            triangle,
            key="stability-triangle",
            heading="Who comes first under which mix",
            caption=TRIANGLE_CAPTION,
            height=Height(rem=27),
            is_half=True,
        ),
    )


@cached
def find_usable(dossier: Dossier, *, trip: Trip) -> pd.DataFrame:
    """The corridors of a trip that could be used, valued."""
    return compare_corridors(dossier, trip=trip).usable.reset_index(drop=True)


def rank_by_reader(dossier: Dossier, view: RoutesView) -> pd.DataFrame:
    """The corridors in the order of the reader’s weights."""
    return rank_corridors(find_usable(dossier, trip=read_trip(view)), read_weights(view))


def read_weights(view: RoutesView) -> dict[str, float]:
    """The reader’s weights by criterion."""
    return dict(zip(CRITERIA, map(float, view.weights), strict=True))


@cached
def measure_shares(dossier: Dossier, *, trip: Trip) -> pd.Series:
    """The share of all weightings under which each corridor comes first."""
    return measure_winning_shares(find_usable(dossier, trip=trip))


@cached
def draw_shares(dossier: Dossier, *, trip: Trip, appearance: str) -> PanelParts:
    """Those shares as bars; the table that goes with them depends on the reader."""
    found = find_usable(dossier, trip=trip)
    options = {"shares": measure_shares(dossier, trip=trip), "corridors": found}
    return PanelParts(
        stability.stability_shares(**options, palette=PALETTES[appearance]),
        stability.stability_shares_alt(**options),
        pd.DataFrame(),
        cite_corridors(tuple(found["corridor_id"]), dossier),
        editable=stability.stability_share_bars(**options, palette=PALETTES[appearance]),
    )


@cached
def draw_triangle(dossier: Dossier, *, trip: Trip, appearance: str) -> go.Figure:
    """Who comes first under which mix of three criteria, without the reader."""
    return stability.stability_triangle(
        points=list_winners(dossier, trip=trip),
        corridors=find_usable(dossier, trip=trip),
        palette=PALETTES[appearance],
    )


@cached
def list_winners(dossier: Dossier, *, trip: Trip) -> pd.DataFrame:
    """The mixes of three criteria and who comes first under each."""
    return find_winners(find_usable(dossier, trip=trip), criteria=stability.CORNERS, steps=STEPS)


def describe_ranking(dossier: Dossier, view: RoutesView) -> dict[str, Any]:
    """The ranking and the smallest change, for `templates/route_weights.html`."""
    trip, weights = read_trip(view), read_weights(view)
    found, order = find_usable(dossier, trip=trip), rank_by_reader(dossier, view)
    rows = _by_id(found)
    total = sum(weights.values())
    return {
        "change": _describe_change(found, weights),
        "criteria": [
            {"label": label, "unit": SHOWN[code][2], "share": f"{weights[code] / total:.0%}"}
            for code, label in CRITERIA.items()
        ],
        "rows": [
            {
                "rank": row.rank,
                "number": rows[row.corridor_id]["number"],
                "label": rows[row.corridor_id]["short_label"],
                "score": f"{row.score:.2f}",
                "values": [
                    format(rows[row.corridor_id][column], shape)
                    for column, shape, _ in SHOWN.values()
                ],
            }
            for row in order.itertuples()
        ],
        "left_out": len(compare_corridors(dossier, trip=trip).ids) - len(found),
    }


def _by_id(found: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Corridor to what is shown of it."""
    shown = found[["corridor_id", "number", "short_label", *(name for name, *_ in SHOWN.values())]]
    return {row["corridor_id"]: row for row in shown.to_dict("records")}


def _describe_change(found: pd.DataFrame, weights: dict[str, float]) -> str:
    """The smallest change of weights that unseats the winner, in a sentence."""
    least = find_smallest_change(found, weights)
    names = dict(zip(found["corridor_id"], found["short_label"], strict=True))
    winner = names[least.winner_id]
    if least.rival_id is None:
        return f"No weights put another before {winner}: it is at least as good in all that counts."
    rival, own = names[least.rival_id], normalise_weights(weights)
    if least.moved < 0.005:
        return f"{winner} and {rival} are level: the least change decides."
    moves = {code: least.weights[code] - own[code] for code in CRITERIA}
    to = max(moves, key=lambda code: moves[code])
    away = min(moves, key=lambda code: moves[code])
    return (
        f"The smallest change that unseats {winner}: move {percent(least.moved)} of all weight to "
        f"{CRITERIA[to].lower()}, most of it from {CRITERIA[away].lower()}. Then {rival} leads."
    )


def tabulate_ranking(found: pd.DataFrame, shares: pd.Series, order: pd.DataFrame) -> pd.DataFrame:
    """The order with its scores as rows for readers."""
    rows, share = _by_id(found), shares.to_dict()
    ids = order["corridor_id"].tolist()
    parts = {f"Score from {label.lower()}": order[code] for code, label in CRITERIA.items()}
    return pd.DataFrame(
        {
            "Rank": order["rank"].to_numpy(),
            "Corridor": [rows[one]["short_label"] for one in ids],
            "Score": order["score"].to_numpy().round(3),
            **{name: part.to_numpy().round(3) for name, part in parts.items()},
            "Share of weightings": [round(share[one], 3) for one in ids],
        }
    )
