"""Priorities: usable corridors in the order of a reader's weights, and how firm that order is."""

from dataclasses import replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.address.views import RoutesView
from entente.content import Height, Panel, PanelParts, height_by_rows, make_panel
from entente.dossier.store import Dossier, cached
from entente.routes.charts.stability import (
    CORNERS,
    mark_reader,
    stability_share_bars,
    stability_shares,
    stability_shares_alt,
    stability_triangle,
    stability_triangle_alt,
)
from entente.routes.trips import Trip, cite_corridors, name_ends, read_trip
from entente.routes.valuation.weights import (
    find_smallest_change,
    find_winners,
    measure_winning_shares,
    normalise_weights,
    rank_corridors,
)
from entente.routes.valued_corridors import compare_corridors
from entente.routes.words import format_share
from entente.style.palette import PALETTES, Palette
from entente.vocabulary import CRITERIA

STEPS = 24  # 325 mixes: fine enough to see a border, few enough to redraw at every touch
# Criterion to the column that states it, its number format, and its unit.
SHOWN = {
    "time": ("days_typical", ",.0f", "days"),
    "cost": ("cost_usd_per_teu_typical", ",.0f", "USD per TEU"),
    "emissions": ("co2e_kg_per_teu_typical", ",.0f", "kg CO2e"),
    "reliability": ("reliability_days", ",.1f", "days, P90 − typical"),
    "exposure": ("veto_count", ",.0f", "vetoes that cut it"),
}
TRIANGLE_CAPTION = (
    "At a corner only that criterion counts; in between, a mix. Reliability and exposure are left "
    "out here. The ring marks your own mix of the three."
)
SHARES_CAPTION = (
    "In the order of your priorities. Bars: the share of all possible priorities under which a "
    "route comes first."
)
MOST_ROWS = 16


def title(dossier: Dossier, view: RoutesView) -> str:
    """Who comes first under the reader's weights, and how firmly."""
    ranked, (start, end) = rank_by_reader(dossier, view), name_ends(dossier, view)
    if ranked.empty:
        return f"No corridor from {start} to {end} could be used, so there is nothing to rank"
    first = ranked.iloc[0]
    if len(ranked) == 1:
        return f"{first['name']} is the only corridor from {start} to {end} that could be used"
    share = format_share(measure_shares(dossier, trip=read_trip(view))[first["corridor_id"]])
    return (
        f"With your priorities {first['name']} comes first, as it does with {share} of all others"
    )


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """Who comes first under how many weightings, and under which; nothing to weigh below two."""
    trip = read_trip(view)
    corridors = find_usable(dossier, trip=trip)
    count = len(corridors)
    if count < 2:
        return ()
    ranked = rank_by_reader(dossier, view)
    table = _tabulate_ranking(ranked, measure_shares(dossier, trip=trip))
    order = tuple(ranked["corridor_id"])
    reader = normalise_weights(read_weights(view))
    bare = draw_triangle(dossier, trip=trip, appearance=appearance)
    points = list_winners(dossier, trip=trip)
    triangle = PanelParts(
        mark_reader(bare, reader, palette=PALETTES[appearance]),
        stability_triangle_alt(points=points, corridors=corridors, reader=reader),
        table,
        cite_corridors(tuple(corridors["corridor_id"]), dossier),
    )
    height = height_by_rows(count + 0.35, each=2.9, around=3.5)
    return (
        make_panel(
            draw_shares(dossier, trip=trip, appearance=appearance, order=order)._replace(
                table=table
            ),
            key="stability-shares",
            heading="Your ranking, and how often each comes first",
            caption=SHARES_CAPTION,
            height=replace(height, screen=f"{2.9 * min(count, MOST_ROWS) + 3.5:.1f}rem"),
            is_half=True,
        ),
        make_panel(
            triangle,
            key="stability-triangle",
            heading="Which comes first under which mix",
            caption=TRIANGLE_CAPTION,
            height=Height(rem=27),
            is_half=True,
        ),
    )


@cached
def find_usable(dossier: Dossier, *, trip: Trip) -> pd.DataFrame:
    """The corridors of a trip that could be used, valued."""
    return compare_corridors(dossier, trip=trip).usable.reset_index(drop=True)


def read_weights(view: RoutesView) -> dict[str, float]:
    """The reader’s weights by criterion."""
    return dict(zip(CRITERIA, map(float, view.weights), strict=True))


def rank_by_reader(dossier: Dossier, view: RoutesView) -> pd.DataFrame:
    """The usable corridors in the order of the reader’s weights, with rank and scores."""
    usable = find_usable(dossier, trip=read_trip(view))
    order = rank_corridors(usable, read_weights(view))
    if usable.empty:
        return order
    return order.merge(usable.drop(columns="rank"), on="corridor_id", validate="1:1")


@cached
def measure_shares(dossier: Dossier, *, trip: Trip) -> pd.Series:
    """The share of all weightings under which each corridor comes first."""
    return measure_winning_shares(find_usable(dossier, trip=trip))


@cached
def list_winners(dossier: Dossier, *, trip: Trip) -> pd.DataFrame:
    """The mixes of three criteria and who comes first under each."""
    return find_winners(find_usable(dossier, trip=trip), criteria=CORNERS, steps=STEPS)


@cached
def draw_shares(
    dossier: Dossier, *, trip: Trip, appearance: str, order: tuple[str, ...]
) -> PanelParts:
    """Those shares as bars, the reader’s first choice first."""
    palette = PALETTES[appearance]
    corridors = _colour(find_usable(dossier, trip=trip), palette)
    corridors = corridors.set_index("corridor_id", drop=False).loc[list(order)]
    corridors = corridors.reset_index(drop=True)
    numbers = [f"{rank}. {code}" for rank, code in enumerate(corridors["code"], start=1)]
    corridors = corridors.assign(number=numbers)
    shown: dict[str, Any] = {"shares": measure_shares(dossier, trip=trip), "corridors": corridors}
    return PanelParts(
        stability_shares(**shown, palette=palette),
        stability_shares_alt(**shown),
        pd.DataFrame(),
        cite_corridors(tuple(corridors["corridor_id"]), dossier),
        editable=stability_share_bars(**shown, palette=palette),
    )


@cached
def draw_triangle(dossier: Dossier, *, trip: Trip, appearance: str) -> go.Figure:
    """Who comes first under which mix of three criteria, without the reader."""
    return stability_triangle(
        points=list_winners(dossier, trip=trip),
        corridors=_colour(find_usable(dossier, trip=trip), PALETTES[appearance]),
        palette=PALETTES[appearance],
    )


def _colour(corridors: pd.DataFrame, palette: Palette) -> pd.DataFrame:
    """Corridors with their short names, and with their hue as a colour."""
    return corridors.assign(
        short_label=corridors["name"], colour=[palette.corridors[hue] for hue in corridors["hue"]]
    )


def describe_ranking(dossier: Dossier, view: RoutesView) -> dict[str, Any]:
    """The ranking and the smallest change, for `templates/route_weights.html`."""
    weights, ranked = read_weights(view), rank_by_reader(dossier, view)
    total = sum(weights.values())
    compared = compare_corridors(dossier, trip=read_trip(view))
    return {
        "change": _describe_change(find_usable(dossier, trip=read_trip(view)), weights),
        "criteria": [
            {"label": label, "unit": SHOWN[code][2], "share": f"{weights[code] / total:.0%}"}
            for code, label in CRITERIA.items()
        ],
        "rows": [
            {
                "rank": row["rank"],
                "number": row["number"],
                "label": row["name"],
                "score": f"{row['score']:.2f}",
                "values": [format(row[column], shape) for column, shape, _ in SHOWN.values()],
            }
            for row in ranked.to_dict("records")
        ],
        "left_out": len(compared.ids) - len(ranked),
    }


def _describe_change(usable: pd.DataFrame, weights: dict[str, float]) -> str:
    least = find_smallest_change(usable, weights)
    names = dict(zip(usable["corridor_id"], usable["name"], strict=True))
    winner = names[least.winner_id]
    if least.rival_id is None:
        return f"No priorities put another ahead of {winner}: it is at least as good on all counts."
    rival, own = names[least.rival_id], normalise_weights(weights)
    if least.moved < 0.005:
        return f"{winner} and {rival} are level: the tiniest change decides it."
    moves = {code: least.weights[code] - own[code] for code in CRITERIA}
    more, less = (CRITERIA[find(moves, key=moves.__getitem__)].lower() for find in (max, min))
    return (
        f"The smallest change that unseats {winner}: move {format_share(least.moved)} of all "
        f"weight to {more}, most of it from {less}. Then {rival} leads."
    )


def _tabulate_ranking(ranked: pd.DataFrame, shares: pd.Series) -> pd.DataFrame:
    parts = {f"Score from {label.lower()}": ranked[code] for code, label in CRITERIA.items()}
    table = pd.DataFrame(
        {
            "Rank": ranked["rank"],
            "Corridor": ranked["name"],
            "Score": ranked["score"],
            **parts,
            "First under": ranked["corridor_id"].map(shares),
        }
    )
    return table.round(3)
