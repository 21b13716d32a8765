"""Valuation: what corridors take and cost when every stage may turn out otherwise.

Stages are drawn as :mod:`entente.analysis.draws` has it and added up along each corridor. Stages of
one kind in one state form a luck class. A sailing is one ship at one speed and one rate: straits
cut it into legs, but not its luck, which all sea legs of a mode share whole.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from entente.routes.network.dwell_rules import SEA
from entente.routes.valuation.simulation import DRAWS, SEED, Numbers, triangular_draws
from entente.routes.valuation.stages import BOUNDS, QUANTITIES

PERCENTILES = {"p10": 10, "p50": 50, "p90": 90}
VALUE_COLUMNS = [
    "corridor_id",
    *(f"{quantity}_{name}" for quantity in QUANTITIES for name in PERCENTILES),
    "reliability_days",
    "veto_count",
]
CHANCE_COLUMNS = ["quantity", "corridor_id", "other_id", "wins", "ties"]
SHARE_COLUMNS = ["corridor_id", "stage", "kind", "what_code", "leg_id", "node_id", "share"]
BAND_COLUMNS = ["stage", "to_km", *PERCENTILES]


@dataclass(frozen=True, kw_only=True)
class Valuation:
    """Corridors with the draws of their stages.

    Attributes:
        corridor_ids: In the order of the stages.
        stages: The stages that were valued, numbered from 0.
        drawn: Quantity to the draws of each distinct stage, shape (distinct stages, draws).
        places: Quantity to the row of `drawn` for each row of `stages`.
        totals: Quantity to the draws of each corridor's total, shape (corridors, draws).
    """

    corridor_ids: tuple[str, ...]
    stages: pd.DataFrame
    drawn: Mapping[str, Numbers]
    places: Mapping[str, np.ndarray]
    totals: Mapping[str, Numbers]

    def rows_of(self, corridor_id: str) -> np.ndarray:
        """Places of a corridor's stages in `stages`."""
        return np.flatnonzero(self.stages["corridor_id"].to_numpy() == corridor_id)

    def stage_draws(self, corridor_id: str, quantity: str) -> Numbers:
        """Draws of a corridor's stages in order, shape (stages, draws)."""
        return self.drawn[quantity][self.places[quantity][self.rows_of(corridor_id)]]


def valuation(stages: pd.DataFrame, *, count: int = DRAWS, seed: int = SEED) -> Valuation:
    """Draw all stages and add them up.

    Args:
        stages: Rows of `stages.STAGE_COLUMNS`. Corridors may come from different scenarios, with
            ids of their own: a leg has the same luck in all of them.
        count: How many draws.
        seed: Another seed is another luck.
    """
    stages = stages.reset_index(drop=True)
    named = stages.assign(name=stage_names(stages), luck_class=luck_classes(stages))
    ids, corridors = _numbered(named["corridor_id"])
    drawn, places, totals = {}, {}, {}
    for quantity in QUANTITIES:
        figures = _figures(named, quantity)
        places[quantity], distinct = _distinct(figures)
        drawn[quantity] = triangular_draws(distinct, count=count, seed=seed)
        times = np.zeros((len(ids), len(distinct)))
        np.add.at(times, (corridors, places[quantity]), 1)
        totals[quantity] = times @ drawn[quantity]
    return Valuation(corridor_ids=ids, stages=stages, drawn=drawn, places=places, totals=totals)


def stage_names(stages: pd.DataFrame) -> pd.Series:
    """A name for each stage that it has on every corridor: its leg, or its node and the wait there.

    A wait that falls due twice at one node of a corridor counts up. Sea legs of a mode have one
    name, for they have one luck.
    """
    at_sea = _is_at_sea(stages)
    place = stages["leg_id"].where(stages["kind"] == "carriage", stages["node_id"])
    name = place.mask(at_sea, "sea") + "|" + stages["what_code"] + "|" + stages["rate_ids"]
    again = stages.assign(name=name).groupby(["corridor_id", "name"], sort=False).cumcount()
    return name + "|" + again.mask(at_sea, 0).astype(str)


def luck_classes(stages: pd.DataFrame) -> pd.Series:
    """What shares its luck: carriage or waits of one kind (by rates) in one state."""
    state = stages["actor_id"].mask(_is_at_sea(stages), "sea")
    return stages["kind"] + "|" + stages["what_code"] + "|" + stages["rate_ids"] + "|" + state


def corridor_values(
    valued: Valuation, *, vetoes: Mapping[str, Collection[str]] | None = None
) -> pd.DataFrame:
    """P10, P50 and P90 of every corridor, its reliability and its exposure.

    Args:
        valued: The corridors.
        vetoes: Corridor to the transit actors whose veto cuts it, own trade excepted. None when
            nobody asked; then `veto_count` is missing.

    Returns:
        One row a corridor with `VALUE_COLUMNS`. `reliability_days` is P90 less P10's middle, P50:
        the days that a careful shipper adds to the usual time.
    """
    table = pd.DataFrame({"corridor_id": valued.corridor_ids})
    for quantity in QUANTITIES:
        at = np.percentile(valued.totals[quantity], list(PERCENTILES.values()), axis=1)
        for name, values in zip(PERCENTILES, at, strict=True):
            table[f"{quantity}_{name}"] = values
    table["reliability_days"] = table["days_p90"] - table["days_p50"]
    counts = None if vetoes is None else {one: len(set(who)) for one, who in vetoes.items()}
    table["veto_count"] = np.nan if counts is None else table["corridor_id"].map(counts)
    return table[VALUE_COLUMNS]


def chances(valued: Valuation) -> pd.DataFrame:
    """How often each corridor takes or costs less than each other, draw by draw.

    Returns:
        Rows of `CHANCE_COLUMNS` for every ordered pair of different corridors and each quantity:
        `wins`, the share of draws in which `corridor_id` is below `other_id`, and `ties`. For a
        pair, the wins of both and the ties add up to 1.
    """
    rows = []
    for quantity, totals in valued.totals.items():
        for one, own in zip(valued.corridor_ids, totals, strict=True):
            wins, ties = (own < totals).mean(axis=1), (own == totals).mean(axis=1)
            rows += [
                (quantity, one, other, float(won), float(tied))
                for other, won, tied in zip(valued.corridor_ids, wins, ties, strict=True)
                if other != one
            ]
    return pd.DataFrame(rows, columns=CHANCE_COLUMNS)


def stage_shares(valued: Valuation, *, quantity: str = "days") -> pd.DataFrame:
    """What the spread of each corridor is made of: covariance of each stage with the total.

    Returns:
        Rows of `SHARE_COLUMNS`, one a stage. The shares of a corridor sum to 1; all are 0 when
        nothing of it is uncertain.
    """
    parts = [_shares_of(valued, one, quantity) for one in valued.corridor_ids]
    shares = np.concatenate(parts) if parts else np.zeros(0)
    return valued.stages.assign(share=shares)[SHARE_COLUMNS]


def kind_shares(valued: Valuation, *, quantity: str = "days") -> pd.DataFrame:
    """:func:`stage_shares` by mode of carriage and reason for waiting, largest first."""
    shares = stage_shares(valued, quantity=quantity)
    keys = ["corridor_id", "kind", "what_code"]
    summed = shares.groupby(keys, sort=False, as_index=False)["share"].sum()
    ranks = {one: n for n, one in enumerate(valued.corridor_ids)}
    order = summed.assign(rank=summed["corridor_id"].map(ranks), less=-summed["share"])
    return summed.loc[order.sort_values(["rank", "less"]).index].reset_index(drop=True)


def bands(valued: Valuation, *, corridor_id: str, quantity: str = "days") -> pd.DataFrame:
    """P10, P50 and P90 of what has added up by the end of each stage: rows of `BAND_COLUMNS`."""
    so_far = valued.stage_draws(corridor_id, quantity).cumsum(axis=0)
    at = np.percentile(so_far, list(PERCENTILES.values()), axis=1)
    own = valued.stages.iloc[valued.rows_of(corridor_id)][["stage", "to_km"]]
    return own.assign(**dict(zip(PERCENTILES, at, strict=True))).reset_index(drop=True)


def _shares_of(valued: Valuation, corridor_id: str, quantity: str) -> Numbers:
    draws = valued.stage_draws(corridor_id, quantity)
    centred = draws - draws.mean(axis=1, keepdims=True)
    total = centred.sum(axis=0)
    spread = float(total @ total)
    return centred @ total / spread if spread > 0 else np.zeros(len(draws))


def _is_at_sea(stages: pd.DataFrame) -> pd.Series:
    return (stages["kind"] == "carriage") & stages["what_code"].isin(SEA)


def _numbered(corridor_ids: pd.Series) -> tuple[tuple[str, ...], np.ndarray]:
    codes, ids = pd.factorize(corridor_ids)
    return tuple(str(one) for one in ids), codes


def _figures(named: pd.DataFrame, quantity: str) -> pd.DataFrame:
    """Bounds of one quantity. Time and price have separate luck: a slow day is no dear one."""
    columns = {f"{quantity}_{bound}": bound for bound in BOUNDS}
    figures = named[["name", "luck_class", *columns]].rename(columns=columns)
    return figures.assign(
        name=quantity + "|" + figures["name"], luck_class=quantity + "|" + figures["luck_class"]
    )


def _distinct(figures: pd.DataFrame) -> tuple[np.ndarray, pd.DataFrame]:
    """Row in the distinct figures for each figure, and these."""
    by = figures.groupby(["name", *BOUNDS], sort=False)
    return by.ngroup().to_numpy(), figures.loc[~figures.duplicated(["name", *BOUNDS])]
