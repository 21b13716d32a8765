"""The reading of weights: its finding, its figures, and the words beside them."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.address.views import RoutesView
from entente.content import Panel, PanelParts, panel_of
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.charts import stability
from entente.routes.engine import Trip, place_labels, trip_of
from entente.routes.modes.corridor_figures import compared, corridor_sources
from entente.routes.modes.corridor_odds import percent
from entente.routes.modes.corridor_tables import Comparison
from entente.routes.valuation.weights import (
    ranking,
    shares_of_weight,
    smallest_change,
    winners_on_triangle,
    winning_shares,
)
from entente.style.editable import BarChart
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


def title(dossier: Dossier, view: RoutesView) -> str:
    """Who comes first under the reader's weights, and how firmly."""
    found, places = usable(dossier, trip_of(view)), place_labels(dossier)
    start, end = places[view.origin], places[view.destination]
    if found.empty:
        return f"No corridor from {start} to {end} could be used, so there is nothing to weigh"
    first = ranked(dossier, view).iloc[0]["corridor_id"]
    name = found.set_index("corridor_id").at[first, "short_label"]
    if len(found) == 1:
        return f"{name} is the only corridor from {start} to {end} that could be used"
    share = shares(dossier, trip=trip_of(view))[first]
    return f"By your weights {name} comes first, as under {percent(share)} of all weightings"


def usable(dossier: Dossier, trip: Trip) -> pd.DataFrame:
    """The corridors of a trip that could be used, valued; found once."""
    rows: pd.DataFrame = _usable_rows(dossier, trip=trip)
    return rows


@cached
def _usable_rows(dossier: Dossier, *, trip: Trip) -> pd.DataFrame:
    return compared(dossier, trip=trip).usable.reset_index(drop=True)


def ranked(dossier: Dossier, view: RoutesView) -> pd.DataFrame:
    """The corridors in the order of the reader’s weights."""
    return ranking(usable(dossier, trip_of(view)), weights(view))


def weights(view: RoutesView) -> dict[str, float]:
    """The reader’s weights by criterion."""
    return dict(zip(CRITERIA, map(float, view.weights), strict=True))


@cached
def shares(dossier: Dossier, *, trip: Trip) -> pd.Series:
    """The share of all weightings under which each corridor comes first."""
    return winning_shares(usable(dossier, trip))


@cached
def bars(dossier: Dossier, *, trip: Trip, appearance: str) -> tuple[go.Figure, str]:
    """Those shares as a figure, with its alternative text."""
    on_bars = {
        "shares": shares(dossier, trip=trip),
        "corridors": usable(dossier, trip),
    }
    figure = stability.stability_shares(**on_bars, palette=PALETTES[appearance])
    return figure, stability.stability_shares_alt(**on_bars)


@cached
def triangle(dossier: Dossier, *, trip: Trip, appearance: str) -> go.Figure:
    """Who comes first under which mix of three criteria, without the reader."""
    return stability.stability_triangle(
        points=points(dossier, trip=trip),
        corridors=usable(dossier, trip),
        palette=PALETTES[appearance],
    )


@cached
def points(dossier: Dossier, *, trip: Trip) -> pd.DataFrame:
    """The mixes of three criteria and who comes first under each."""
    found = usable(dossier, trip)
    criteria = (stability.CORNERS[0], stability.CORNERS[1], stability.CORNERS[2])
    return winners_on_triangle(found, criteria=criteria, steps=STEPS)


def record(
    order: pd.DataFrame, found: pd.DataFrame, whole: Comparison, weights: dict[str, float]
) -> dict[str, Any]:
    """The ranking and the smallest change, for `templates/route_weights.html`."""
    rows = _by_id(found)
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
        "left_out": len(whole.ids) - len(found),
    }


def _by_id(found: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Corridor to what is shown of it."""
    shown = found[["corridor_id", "number", "short_label", *(name for name, *_ in SHOWN.values())]]
    return {row["corridor_id"]: row for row in shown.to_dict("records")}


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


def table(found: pd.DataFrame, shares: pd.Series, order: pd.DataFrame) -> pd.DataFrame:
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


def _share_bars(
    found: pd.DataFrame, trip: Trip, dossier: Dossier, appearance: str
) -> BarChart | None:
    return stability.stability_share_bars(
        shares=shares(dossier, trip=trip), corridors=found, palette=PALETTES[appearance]
    )


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """Who comes first under how many weightings, and under which; nothing to weigh below two."""
    found = usable(dossier, trip_of(view))
    if len(found) < 2:
        return ()
    trip = trip_of(view)
    reader = shares_of_weight(weights(view))
    rows = table(found, shares(dossier, trip=trip), ranked(dossier, view))
    cited = tuple(corridor_sources(tuple(found["corridor_id"]), dossier))
    figure, alt = bars(dossier, trip=trip, appearance=appearance)
    bare = triangle(dossier, trip=trip, appearance=appearance)
    marked = stability.with_reader(bare, reader, palette=PALETTES[appearance])
    mixed = stability.stability_triangle_alt(
        points=points(dossier, trip=trip), corridors=found, reader=reader
    )
    return (
        panel_of(
            PanelParts(
                figure, alt, rows, cited, editable=_share_bars(found, trip, dossier, appearance)
            ),
            key="stability-shares",
            caption=SHARES_CAPTION,
        ),
        panel_of(
            PanelParts(marked, mixed, rows, cited),
            key="stability-triangle",
            caption=TRIANGLE_CAPTION,
        ),
    )
