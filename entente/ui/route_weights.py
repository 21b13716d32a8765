"""The reading of weights: the reader's order of corridors, and how firm that order is."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from entente.analysis.weights import (
    ranking,
    shares_of_weight,
    smallest_change,
    winners_on_triangle,
    winning_shares,
)
from entente.figures import stability
from entente.palette import PALETTES
from entente.store import Dossier
from entente.ui import controls, markup, panels, route_corridors
from entente.ui.appearance import palette
from entente.ui.cache import kept
from entente.ui.corridor_figures import compared, corridor_sources
from entente.ui.corridor_odds import percent
from entente.ui.corridor_tables import Comparison
from entente.ui.route_engine import Trip, place_labels, trip_of
from entente.views import RoutesView
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


def title(dossier: Dossier, view: RoutesView) -> str:
    """Who comes first under the reader's weights, and how firmly."""
    found, places = _usable(dossier, trip_of(view)), place_labels(dossier)
    start, end = places[view.origin], places[view.destination]
    if found.empty:
        return f"No corridor from {start} to {end} could be used, so there is nothing to weigh"
    first = _ranked(dossier, view).iloc[0]["corridor_id"]
    name = found.set_index("corridor_id").at[first, "short_label"]
    if len(found) == 1:
        return f"{name} is the only corridor from {start} to {end} that could be used"
    share = kept(_shares, dossier, trip=trip_of(view))[first]
    return f"By your weights {name} comes first, as under {percent(share)} of all weightings"


def show(dossier: Dossier, view: RoutesView) -> None:
    """Sliders, the order, and its stability."""
    whole = route_corridors.compared_of(dossier, view)
    if not whole.ids:
        route_corridors.show_none(dossier, view)
        return
    with st.container(key="weights", horizontal=True, gap="medium"):
        controls.weights(RoutesView, "weights", labels=CRITERIA)
    found = _usable(dossier, trip_of(view))
    if len(found) < 2:
        markup.show("route_weights_none", rows=whole.corridors["short_label"].tolist())
        return
    order = _ranked(dossier, view)
    markup.show("route_weights", **_record(order, found, whole, _weights(view)))
    _show_figures(dossier, view, found, order)


def _show_figures(
    dossier: Dossier, view: RoutesView, found: pd.DataFrame, order: pd.DataFrame
) -> None:
    shares = kept(_shares, dossier, trip=trip_of(view))
    points = kept(_points, dossier, trip=trip_of(view))
    reader = shares_of_weight(_weights(view))
    left, right = st.columns(2, gap="large")
    with left:
        st.header("Who comes first under which mix", anchor=False)
        bare = kept(_triangle, dossier, trip=trip_of(view), appearance=palette().name)
        figure = stability.with_reader(bare, reader, palette=palette())
        alt = stability.stability_triangle_alt(points=points, corridors=found, reader=reader)
        panels.chart(figure, key="stability-triangle", alt=alt)
        st.caption(markup.literal(TRIANGLE_CAPTION))
    with right:
        st.header("Under how many weightings each comes first", anchor=False)
        figure, alt = kept(_bars, dossier, trip=trip_of(view), appearance=palette().name)
        with st.container(key=f"rows-{min(len(found), 16)}"):
            panels.chart(figure, key="stability-shares", alt=alt)
        st.caption(markup.literal(SHARES_CAPTION))
    panels.beneath(
        _table(found, shares, order),
        key="stability",
        source_ids=corridor_sources(tuple(found["corridor_id"]), dossier),
        dossier=dossier,
    )


def _usable(dossier: Dossier, trip: Trip) -> pd.DataFrame:
    """The corridors of a trip that could be used, valued; found once."""
    rows: pd.DataFrame = kept(_usable_rows, dossier, trip=trip)
    return rows


def _usable_rows(dossier: Dossier, *, trip: Trip) -> pd.DataFrame:
    return compared(dossier, trip=trip).usable.reset_index(drop=True)


def _ranked(dossier: Dossier, view: RoutesView) -> pd.DataFrame:
    return ranking(_usable(dossier, trip_of(view)), _weights(view))


def _weights(view: RoutesView) -> dict[str, float]:
    return dict(zip(CRITERIA, map(float, view.weights), strict=True))


def _shares(dossier: Dossier, *, trip: Trip) -> pd.Series:
    return winning_shares(_usable(dossier, trip))


def _bars(dossier: Dossier, *, trip: Trip, appearance: str) -> tuple[go.Figure, str]:
    on_bars = {
        "shares": kept(_shares, dossier, trip=trip),
        "corridors": _usable(dossier, trip),
    }
    figure = stability.stability_shares(**on_bars, palette=PALETTES[appearance])
    return figure, stability.stability_shares_alt(**on_bars)


def _triangle(dossier: Dossier, *, trip: Trip, appearance: str) -> go.Figure:
    return stability.stability_triangle(
        points=kept(_points, dossier, trip=trip),
        corridors=_usable(dossier, trip),
        palette=PALETTES[appearance],
    )


def _points(dossier: Dossier, *, trip: Trip) -> pd.DataFrame:
    found = _usable(dossier, trip)
    criteria = (stability.CORNERS[0], stability.CORNERS[1], stability.CORNERS[2])
    return winners_on_triangle(found, criteria=criteria, steps=STEPS)


def _record(
    order: pd.DataFrame, found: pd.DataFrame, whole: Comparison, weights: dict[str, float]
) -> dict[str, Any]:
    """The ranking and the smallest change, for `templates/route_weights.html`."""
    rows = found.set_index("corridor_id")
    total = sum(weights.values())
    return {
        "change": _change(found, weights),
        "criteria": [
            {"label": label, "unit": SHOWN[code][2], "share": f"{weights[code] / total:.0%}"}
            for code, label in CRITERIA.items()
        ],
        "rows": [
            {
                "rank": row.rank,
                "number": rows.at[row.corridor_id, "number"],
                "label": rows.at[row.corridor_id, "short_label"],
                "score": f"{row.score:.2f}",
                "values": [
                    format(rows.at[row.corridor_id, column], shape)
                    for column, shape, _ in SHOWN.values()
                ],
            }
            for row in order.itertuples()
        ],
        "left_out": len(whole.ids) - len(found),
    }


def _change(found: pd.DataFrame, weights: dict[str, float]) -> str:
    """The smallest change of weights that unseats the winner, in a sentence."""
    least = smallest_change(found, weights)
    names = dict(zip(found["corridor_id"], found["short_label"], strict=True))
    winner = names[least.winner_id]
    if least.rival_id is None:
        return f"No weights put another before {winner}: it is at least as good in all that counts."
    rival, own = names[least.rival_id], shares_of_weight(weights)
    if least.moved < 0.005:
        return f"{winner} and {rival} are level: the least change decides."
    moves = {code: least.weights[code] - own[code] for code in CRITERIA}
    to = max(moves, key=lambda code: moves[code])
    away = min(moves, key=lambda code: moves[code])
    return (
        f"The smallest change that unseats {winner}: move {percent(least.moved)} of all weight to "
        f"{CRITERIA[to].lower()}, most of it from {CRITERIA[away].lower()}. Then {rival} leads."
    )


def _table(found: pd.DataFrame, shares: pd.Series, order: pd.DataFrame) -> pd.DataFrame:
    rows = found.set_index("corridor_id").loc[order["corridor_id"]]
    parts = {f"Score from {label.lower()}": order[code] for code, label in CRITERIA.items()}
    return pd.DataFrame(
        {
            "Rank": order["rank"],
            "Corridor": rows["short_label"].to_numpy(),
            "Score": order["score"].round(3),
            **{name: part.round(3) for name, part in parts.items()},
            "Share of weightings": order["corridor_id"].map(shares).round(3),
        }
    )
