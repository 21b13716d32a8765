"""Simulation: what corridors and routes take and cost when every stage may turn out otherwise.

Each figure is triangular between low and high with its peak at typical. Figures of one correlation
group come together: a Gaussian copula with one common factor a group gives any two of them a rank
correlation of one half. The draws of a figure are its quantiles at 10,000 even steps, put in the
order of its own random numbers (Latin hypercube sampling; McKay, Beckman and Conover, 1979), so
that each figure by itself is met exactly.

Those numbers hang on the name of the figure and the seed alone (common random numbers). So a stage
that two corridors share turns out the same in both, now and under another scenario, whatever else
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
from entente.routes.network.rates import BOUNDS, QUANTITIES

DRAWS = 10_000
SEED = 20250410
RANK_CORRELATION = 0.5
# A Gaussian copula has the rank correlation s where its own is 2 sin(pi s / 6).
COMMON_FACTOR = 2 * math.sin(math.pi / 6 * RANK_CORRELATION)

Numbers = NDArray[np.float64]
PERCENTILES = {"p10": 10, "p50": 50, "p90": 90}
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

    def find_draws(self, corridor_id: str, quantity: str) -> Numbers:
        """Draws of a corridor's stages in order, shape (stages, draws)."""
        return self.drawn[quantity][self.places[quantity][self.find_rows(corridor_id)]]


def simulate(stages: pd.DataFrame, *, count: int = DRAWS, seed: int = SEED) -> Simulation:
    """Draw all stages and add them up.

    Args:
        stages: Rows of `corridors.STAGE_COLUMNS`. Corridors may come from different scenarios, with
            ids of their own: a leg turns out alike in all of them.
        count: How many draws.
        seed: Another seed gives other draws.
    """
    stages = stages.reset_index(drop=True)
    names = _name_stages(stages)
    corridors, ids = pd.factorize(stages["corridor_id"])
    drawn, places, totals = {}, {}, {}
    for quantity in QUANTITIES:
        # Time and price vary apart: a slow day is no dear one.
        figures = (quantity + "|" + names).assign(
            **{bound: stages[f"{quantity}_{bound}"] for bound in BOUNDS}
        )
        key = ["name", *BOUNDS]
        places[quantity] = figures.groupby(key, sort=False).ngroup().to_numpy()
        drawn[quantity] = draw_triangular(figures.drop_duplicates(key), count=count, seed=seed)
        times = np.zeros((len(ids), len(drawn[quantity])))
        np.add.at(times, (corridors, places[quantity]), 1)
        totals[quantity] = times @ drawn[quantity]
    return Simulation(
        corridor_ids=tuple(map(str, ids)), stages=stages, drawn=drawn, places=places, totals=totals
    )


def _name_stages(stages: pd.DataFrame) -> pd.DataFrame:
    """What tells the figures of stages apart, and what makes them come together.

    Returns:
        `name`, the same on every corridor: the leg, or the node and the wait there, which counts up
        where it falls due twice at one node of a corridor; sea legs of a mode have one name, for
        they turn out alike. And `correlation_group`: carriage or waits of one kind, by rates, in
        one state.
    """
    at_sea = (stages["kind"] == "carriage") & stages["what_code"].isin(SEA)
    place = stages["leg_id"].where(stages["kind"] == "carriage", stages["node_id"])
    kind = stages["what_code"] + "|" + stages["rate_ids"]
    name = place.mask(at_sea, "sea") + "|" + kind
    again = stages.assign(name=name).groupby(["corridor_id", "name"], sort=False).cumcount()
    state = stages["actor_id"].mask(at_sea, "sea")
    return pd.DataFrame(
        {
            "name": name + "|" + again.mask(at_sea, 0).astype(str),
            "correlation_group": stages["kind"] + "|" + kind + "|" + state,
        }
    )


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
        group: math.sqrt(COMMON_FACTOR) * draw_normal(group, count, seed)
        for group in figures["correlation_group"].unique()
    }
    draws = np.empty((len(figures), count))
    for row, figure in zip(draws, figures.itertuples(), strict=True):
        if figure.low == figure.high:
            row[:] = figure.low
            continue
        own = math.sqrt(1 - COMMON_FACTOR) * draw_normal(str(figure.name), count, seed)
        order = np.argsort(own + common[figure.correlation_group])
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


def draw_normal(name: str, count: int, seed: int) -> Numbers:
    """Standard normal draws that belong to a name."""
    digest = hashlib.blake2b(f"{seed}|{name}".encode(), digest_size=8).digest()
    generator = np.random.Generator(np.random.SFC64(int.from_bytes(digest, "big")))
    return generator.standard_normal(count)


def summarise(
    simulation: Simulation, *, vetoes: Mapping[str, Collection[str]] | None = None
) -> pd.DataFrame:
    """P10, P50 and P90 of every corridor, its reliability and its exposure.

    Args:
        simulation: The corridors.
        vetoes: Corridor to the transit actors whose veto cuts it, own trade excepted. None when
            nobody asked; then `veto_count` is missing.

    Returns:
        One row a corridor: `corridor_id`, each quantity as `_p10`, `_p50` and `_p90`,
        `reliability_days` (P90 less P50: the days that a careful shipper adds to the usual time)
        and `veto_count`.
    """
    table = pd.DataFrame({"corridor_id": simulation.corridor_ids})
    for quantity in QUANTITIES:
        at = np.percentile(simulation.totals[quantity], list(PERCENTILES.values()), axis=1)
        for name, values in zip(PERCENTILES, at, strict=True):
            table[f"{quantity}_{name}"] = values
    table["reliability_days"] = table["days_p90"] - table["days_p50"]
    counts = None if vetoes is None else {one: len(set(who)) for one, who in vetoes.items()}
    table["veto_count"] = np.nan if counts is None else table["corridor_id"].map(counts)
    return table


def compare_pairs(simulation: Simulation) -> pd.DataFrame:
    """How often each corridor takes or costs less than each other, draw by draw.

    Returns:
        `quantity`, `corridor_id`, `other_id`, `wins` and `ties` for every ordered pair of different
        corridors and each quantity: the shares of draws in which the first is below the other, and
        level with it. For a pair, the wins of both and the ties add up to 1.
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
    return pd.DataFrame(rows, columns=["quantity", "corridor_id", "other_id", "wins", "ties"])


def share_variance(simulation: Simulation, *, quantity: str = "days") -> pd.DataFrame:
    """What the spread of each corridor is made of: covariance of its stages with the total.

    Returns:
        `corridor_id`, `kind`, `what_code` and `share`: one row for each mode of carriage and reason
        for waiting on a corridor, largest first. The shares of a corridor sum to 1; all are 0 when
        nothing of it is uncertain.
    """
    shares = np.zeros(len(simulation.stages))
    for one in simulation.corridor_ids:
        draws = simulation.find_draws(one, quantity)
        centred = draws - draws.mean(axis=1, keepdims=True)
        total = centred.sum(axis=0)
        spread = float(total @ total)
        if spread > 0:
            shares[simulation.find_rows(one)] = centred @ total / spread
    keys = ["corridor_id", "kind", "what_code"]
    by_kind = simulation.stages.assign(share=shares).groupby(keys, sort=False, as_index=False)
    ranks = {one: n for n, one in enumerate(simulation.corridor_ids)}
    return (
        by_kind["share"]
        .sum()
        .sort_values("share", ascending=False, kind="stable")
        .sort_values("corridor_id", key=lambda ids: ids.map(ranks), kind="stable")
        .reset_index(drop=True)
    )


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
            so_far = simulation.find_draws(one, quantity).cumsum(axis=0)
            at = np.percentile(so_far, list(PERCENTILES.values()), axis=1)
            for bound, values in zip(BOUNDS, at, strict=True):
                table[f"{quantity}_{bound}"] = values
        departure = pd.DataFrame([{**dict.fromkeys(PROFILE_COLUMNS, 0), "corridor_id": one}])
        parts += [departure, table]
    empty = pd.DataFrame(columns=PROFILE_COLUMNS)
    return pd.concat(parts, ignore_index=True) if parts else empty
