"""Simulation: what corridors and routes take and cost when every stage may turn out otherwise.

Each figure is triangular between low and high with its peak at typical. Figures of one correlation
group come together: a Gaussian copula with one common factor a group gives any two of them a rank
correlation of one half. The draws of a figure are its quantiles at 10,000 even steps, put in the
order of its own random numbers (Latin hypercube sampling; McKay, Beckman and Conover, 1979), so
that each figure by itself is met exactly.

Those numbers hang on the name of the figure and the seed alone (common random numbers). So a stage
that two corridors share turns out the same in both, today and under another scenario, whatever else
is valued beside it. Stages of one kind in one state form a correlation group. A sailing is one ship
at one speed and one rate: straits cut it into legs, but all sea legs of a mode turn out alike.
"""

import hashlib
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from entente.routes.network.legs import SEA
from entente.routes.valuation.stages import BOUNDS, QUANTITIES

DRAWS = 10_000
SEED = 20250410
RANK_CORRELATION = 0.5
# A Gaussian copula has the rank correlation s where its own is 2 sin(pi s / 6).
COMMON_FACTOR = 2 * math.sin(math.pi / 6 * RANK_CORRELATION)

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]
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
PROFILED = ("days", "cost_usd_per_teu")
PROFILE_COLUMNS = [
    "corridor_id",
    "stage",
    "km",
    *(f"{quantity}_{bound}" for quantity in PROFILED for bound in BOUNDS),
]


@dataclass(frozen=True, kw_only=True)
class Simulation:
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

    def find_rows(self, corridor_id: str) -> np.ndarray:
        """Places of a corridor's stages in `stages`."""
        return np.flatnonzero(self.stages["corridor_id"].to_numpy() == corridor_id)

    def stage_draws(self, corridor_id: str, quantity: str) -> Numbers:
        """Draws of a corridor's stages in order, shape (stages, draws)."""
        return self.drawn[quantity][self.places[quantity][self.find_rows(corridor_id)]]


def simulate(stages: pd.DataFrame, *, count: int = DRAWS, seed: int = SEED) -> Simulation:
    """Draw all stages and add them up.

    Args:
        stages: Rows of `stages.STAGE_COLUMNS`. Corridors may come from different scenarios, with
            ids of their own: a leg turns out alike in all of them.
        count: How many draws.
        seed: Another seed gives other draws.
    """
    stages = stages.reset_index(drop=True)
    named = stages.assign(
        name=name_stages(stages), correlation_group=find_correlation_groups(stages)
    )
    ids, corridors = _numbered(named["corridor_id"])
    drawn, places, totals = {}, {}, {}
    for quantity in QUANTITIES:
        figures = _figures(named, quantity)
        places[quantity], distinct = _distinct(figures)
        drawn[quantity] = draw_triangular(distinct, count=count, seed=seed)
        times = np.zeros((len(ids), len(distinct)))
        np.add.at(times, (corridors, places[quantity]), 1)
        totals[quantity] = times @ drawn[quantity]
    return Simulation(corridor_ids=ids, stages=stages, drawn=drawn, places=places, totals=totals)


def name_stages(stages: pd.DataFrame) -> pd.Series:
    """A name for each stage that it has on every corridor: its leg, or its node and the wait there.

    A wait that falls due twice at one node of a corridor counts up. Sea legs of a mode have one
    name, for they turn out alike.
    """
    at_sea = _is_at_sea(stages)
    place = stages["leg_id"].where(stages["kind"] == "carriage", stages["node_id"])
    name = place.mask(at_sea, "sea") + "|" + stages["what_code"] + "|" + stages["rate_ids"]
    again = stages.assign(name=name).groupby(["corridor_id", "name"], sort=False).cumcount()
    return name + "|" + again.mask(at_sea, 0).astype(str)


def find_correlation_groups(stages: pd.DataFrame) -> pd.Series:
    """What comes together: carriage or waits of one kind (by rates) in one state."""
    state = stages["actor_id"].mask(_is_at_sea(stages), "sea")
    return stages["kind"] + "|" + stages["what_code"] + "|" + stages["rate_ids"] + "|" + state


def summarise(
    simulation: Simulation, *, vetoes: Mapping[str, Collection[str]] | None = None
) -> pd.DataFrame:
    """P10, P50 and P90 of every corridor, its reliability and its exposure.

    Args:
        simulation: The corridors.
        vetoes: Corridor to the transit actors whose veto cuts it, own trade excepted. None when
            nobody asked; then `veto_count` is missing.

    Returns:
        One row a corridor with `VALUE_COLUMNS`. `reliability_days` is P90 less P10's middle, P50:
        the days that a careful shipper adds to the usual time.
    """
    table = pd.DataFrame({"corridor_id": simulation.corridor_ids})
    for quantity in QUANTITIES:
        at = np.percentile(simulation.totals[quantity], list(PERCENTILES.values()), axis=1)
        for name, values in zip(PERCENTILES, at, strict=True):
            table[f"{quantity}_{name}"] = values
    table["reliability_days"] = table["days_p90"] - table["days_p50"]
    counts = None if vetoes is None else {one: len(set(who)) for one, who in vetoes.items()}
    table["veto_count"] = np.nan if counts is None else table["corridor_id"].map(counts)
    return table[VALUE_COLUMNS]


def compare_pairs(simulation: Simulation) -> pd.DataFrame:
    """How often each corridor takes or costs less than each other, draw by draw.

    Returns:
        Rows of `CHANCE_COLUMNS` for every ordered pair of different corridors and each quantity:
        `wins`, the share of draws in which `corridor_id` is below `other_id`, and `ties`. For a
        pair, the wins of both and the ties add up to 1.
    """
    rows = []
    for quantity, totals in simulation.totals.items():
        for one, own in zip(simulation.corridor_ids, totals, strict=True):
            wins, ties = (own < totals).mean(axis=1), (own == totals).mean(axis=1)
            rows += [
                (quantity, one, other, float(won), float(tied))
                for other, won, tied in zip(simulation.corridor_ids, wins, ties, strict=True)
                if other != one
            ]
    return pd.DataFrame(rows, columns=CHANCE_COLUMNS)


def share_variance(simulation: Simulation, *, quantity: str = "days") -> pd.DataFrame:
    """What the spread of each corridor is made of: covariance of each stage with the total.

    Returns:
        Rows of `SHARE_COLUMNS`, one a stage. The shares of a corridor sum to 1; all are 0 when
        nothing of it is uncertain.
    """
    parts = [_share_one_variance(simulation, one, quantity) for one in simulation.corridor_ids]
    shares = np.concatenate(parts) if parts else np.zeros(0)
    return simulation.stages.assign(share=shares)[SHARE_COLUMNS]


def share_variance_by_kind(simulation: Simulation, *, quantity: str = "days") -> pd.DataFrame:
    """:func:`share_variance` by mode of carriage and reason for waiting, largest first."""
    shares = share_variance(simulation, quantity=quantity)
    keys = ["corridor_id", "kind", "what_code"]
    summed = shares.groupby(keys, sort=False, as_index=False)["share"].sum()
    ranks = {one: n for n, one in enumerate(simulation.corridor_ids)}
    order = summed.assign(rank=summed["corridor_id"].map(ranks), less=-summed["share"])
    return summed.loc[order.sort_values(["rank", "less"]).index].reset_index(drop=True)


def cumulate_stages(
    simulation: Simulation, *, corridor_id: str, quantity: str = "days"
) -> pd.DataFrame:
    """P10, P50 and P90 of what has added up by the end of each stage: rows of `BAND_COLUMNS`."""
    so_far = simulation.stage_draws(corridor_id, quantity).cumsum(axis=0)
    at = np.percentile(so_far, list(PERCENTILES.values()), axis=1)
    own = simulation.stages.iloc[simulation.find_rows(corridor_id)][["stage", "to_km"]]
    return own.assign(**dict(zip(PERCENTILES, at, strict=True))).reset_index(drop=True)


def profile_stages(simulation: Simulation) -> pd.DataFrame:
    """Where a load is after each stage, and what that has taken and cost.

    Returns:
        Rows of `PROFILE_COLUMNS`: `stage` 0 is departure; of `days` and `cost_usd_per_teu` until
        then P10, P50 and P90, as `_low`, `_typical` and `_high`.
    """
    parts = []
    for one in simulation.corridor_ids:
        own = simulation.stages.iloc[simulation.find_rows(one)]
        table = pd.DataFrame({"corridor_id": one, "stage": own["stage"], "km": own["to_km"]})
        for quantity in PROFILED:
            at = cumulate_stages(simulation, corridor_id=one, quantity=quantity)
            for bound, name in zip(BOUNDS, PERCENTILES, strict=True):
                table[f"{quantity}_{bound}"] = at[name].to_numpy()
        start = pd.DataFrame([{**dict.fromkeys(PROFILE_COLUMNS, 0), "corridor_id": one}])
        parts.append(pd.concat([start, table]))
    empty = pd.DataFrame(columns=PROFILE_COLUMNS)
    return pd.concat(parts, ignore_index=True)[PROFILE_COLUMNS] if parts else empty


def _share_one_variance(simulation: Simulation, corridor_id: str, quantity: str) -> Numbers:
    draws = simulation.stage_draws(corridor_id, quantity)
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
    """Bounds of one quantity. Time and price vary apart: a slow day is no dear one."""
    columns = {f"{quantity}_{bound}": bound for bound in BOUNDS}
    figures = named[["name", "correlation_group", *columns]].rename(columns=columns)
    return figures.assign(
        name=quantity + "|" + figures["name"],
        correlation_group=quantity + "|" + figures["correlation_group"],
    )


def _distinct(figures: pd.DataFrame) -> tuple[np.ndarray, pd.DataFrame]:
    """Row in the distinct figures for each figure, and these."""
    by = figures.groupby(["name", *BOUNDS], sort=False)
    return by.ngroup().to_numpy(), figures.loc[~figures.duplicated(["name", *BOUNDS])]


def draw_triangular(figures: pd.DataFrame, *, count: int = DRAWS, seed: int = SEED) -> Numbers:
    """Draws of every figure, one row each.

    Args:
        figures: Rows of `name`, `correlation_group`, `low`, `typical` and `high`. Two rows of one
            name turn out alike, be their bounds the same or not. Where low is high, all draws are.
        count: How many draws.
        seed: Another seed gives other draws.

    Returns:
        Array of shape (figures, count), in the units of the bounds.
    """
    steps = (np.arange(count) + 0.5) / count
    common = {
        name: draw_normal(name, count, seed) for name in figures["correlation_group"].unique()
    }
    draws = np.empty((len(figures), count))
    for row, figure in zip(draws, figures.itertuples(), strict=True):
        if figure.low == figure.high:
            row[:] = figure.low
            continue
        order = order_draws(str(figure.name), common[figure.correlation_group], seed)
        row[order] = find_triangular_quantiles(steps, figure.low, figure.typical, figure.high)
    return draws


def find_triangular_quantiles(steps: Numbers, low: float, typical: float, high: float) -> Numbers:
    """Values below which a triangular figure lies with the probabilities `steps`, ascending."""
    if low == high:
        return np.full(len(steps), low)
    below = np.searchsorted(steps, (typical - low) / (high - low))
    rising = low + np.sqrt(steps[:below] * ((high - low) * (typical - low)))
    falling = high - np.sqrt((1 - steps[below:]) * ((high - low) * (high - typical)))
    return np.concatenate([rising, falling])


def order_draws(name: str, common: Numbers, seed: int) -> Places:
    """Places of the draws from the smallest to the largest; half their variance is the group's."""
    own = draw_normal(name, len(common), seed)
    own *= math.sqrt(1 - COMMON_FACTOR)
    own += math.sqrt(COMMON_FACTOR) * common
    return np.argsort(own)


def draw_normal(name: str, count: int, seed: int) -> Numbers:
    """Standard normal draws that belong to a name."""
    digest = hashlib.blake2b(f"{seed}|{name}".encode(), digest_size=8).digest()
    generator = np.random.Generator(np.random.SFC64(int.from_bytes(digest, "big")))
    return generator.standard_normal(count)
