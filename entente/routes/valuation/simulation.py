"""Simulation: what corridors and routes take and cost when every stage may turn out otherwise.

The typical figure of a route is the sum of the typical figures of its stages, and that is what is
shown everywhere. Draws make the ranges round it. Each figure is log-normal in two pieces that meet
at the typical figure, its median; low and high are its fifth and ninety-fifth percentiles. The
median of a sum of such figures is not quite the sum of their medians, so draws of a total are
scaled until it is.

Figures of one correlation group come together: a Gaussian copula with one common factor a group
gives any two of them a rank correlation of one half. The draws of a figure are its quantiles at
10,000 even steps, put in the order of its own random numbers (Latin hypercube sampling; McKay,
Beckman and Conover, 1979), so that each figure by itself is met exactly.

Those numbers hang on the name of the figure and the seed alone (common random numbers). So a stage
that two corridors share turns out the same in both, now and under another scenario, whatever else
is valued beside it. Stages of one kind in one state form a correlation group. A sailing is one ship
at one speed and one rate: straits cut it into legs, but all sea legs of a mode turn out alike.

What rates leave out is the error of :mod:`entente.routes.valuation.calibration`. Its part for a
route is made of the same kind of draws, one for each stage, weighed by the root of the stage's
share in the typical figure: so routes err together as far as they share their days.
"""

import hashlib
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from entente.routes.network.legs import SEA
from entente.routes.network.rates import BOUNDS, QUANTITIES
from entente.routes.valuation.calibration import Calibration, calibrate_range

DRAWS = 10_000
SEED = 20250410
RANK_CORRELATION = 0.5
# Orders of draws that are kept, 40 kB each, so that a figure is not drawn again for another day or
# under a hindrance; and what groups have in common, 80 kB each.
MOST_ORDERS, MOST_GROUPS = 768, 64
# A Gaussian copula has the rank correlation s where its own is 2 sin(pi s / 6).
COMMON_FACTOR = 2 * math.sin(math.pi / 6 * RANK_CORRELATION)
# Standard deviations from the median to the fifth and the ninety-fifth percentile of a normal.
P95_Z = NormalDist().inv_cdf(0.95)

Numbers = NDArray[np.float64]
PROFILED = ("days", "cost_usd_per_teu")
PROFILE_COLUMNS = [
    "corridor_id",
    "stage",
    "km",
    *(f"{quantity}_{bound}" for quantity in PROFILED for bound in BOUNDS),
]
PAIR_COLUMNS = ["quantity", "corridor_id", "other_id", "wins", "ties", "box_wins", "box_ties"]


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """Corridors with the draws of their stages.

    Attributes:
        corridor_ids: In the order of the stages.
        stages: The stages that were valued, numbered from 0, with the `name` of each.
        drawn: Quantity to the draws of each distinct stage, shape (distinct stages, draws).
        places: Quantity to the row of `drawn` for each row of `stages`.
        typicals: Quantity to the typical total of each corridor, shape (corridors,).
        totals: Quantity to the draws of each corridor's total; their median is the typical total.
            Shape (corridors, draws).
        seed: What the draws hang on, beside names.
    """

    corridor_ids: tuple[str, ...]
    stages: pd.DataFrame
    drawn: Mapping[str, Numbers]
    places: Mapping[str, np.ndarray]
    typicals: Mapping[str, Numbers]
    totals: Mapping[str, Numbers]
    seed: int

    def find_rows(self, corridor_id: str) -> np.ndarray:
        """Places of a corridor's stages in `stages`."""
        return np.flatnonzero(self.stages["corridor_id"].to_numpy() == corridor_id)

    def find_draws(self, corridor_id: str, quantity: str) -> Numbers:
        """Draws of a corridor's stages in order, not scaled. Shape (stages, draws)."""
        return self.drawn[quantity][self.places[quantity][self.find_rows(corridor_id)]]


def simulate(stages: pd.DataFrame, *, count: int = DRAWS, seed: int = SEED) -> Simulation:
    """Draw all stages and add them up.

    Args:
        stages: Rows of `corridors.STAGE_COLUMNS`. Corridors may come from different scenarios, with
            ids of their own: a leg turns out alike in all of them.
        count: How many draws.
        seed: Another seed gives other draws.

    Raises:
        ValueError: the low figure of a stage is not above zero though its typical one is.
    """
    stages = stages.reset_index(drop=True)
    names = _name_stages(stages)
    corridors, ids = pd.factorize(stages["corridor_id"])
    drawn, places, typicals, totals = {}, {}, {}, {}
    for quantity in QUANTITIES:
        # Time and price vary apart: a slow day is no dear one.
        figures = (quantity + "|" + names).assign(
            **{bound: stages[f"{quantity}_{bound}"] for bound in BOUNDS}
        )
        key = ["name", *BOUNDS]
        places[quantity] = figures.groupby(key, sort=False).ngroup().to_numpy()
        drawn[quantity] = draw_figures(figures.drop_duplicates(key), count=count, seed=seed)
        times = np.zeros((len(ids), len(drawn[quantity])))
        np.add.at(times, (corridors, places[quantity]), 1)
        typicals[quantity] = np.zeros(len(ids))
        np.add.at(typicals[quantity], corridors, stages[f"{quantity}_typical"].to_numpy(float))
        totals[quantity] = centre_draws(_add_up(times, drawn[quantity]), typicals[quantity])
    return Simulation(
        corridor_ids=tuple(map(str, ids)),
        stages=stages.assign(name=names["name"]),
        drawn=drawn,
        places=places,
        typicals=typicals,
        totals=totals,
        seed=seed,
    )


def _add_up(times: Numbers, drawn: Numbers) -> Numbers:
    """How often each corridor has each stage, times the draws of the stages.

    A product of matrices that are nearly empty: threads of a library would wait longer than add.
    """
    totals = np.zeros((len(times), drawn.shape[1]))
    for corridor, place in zip(*np.nonzero(times), strict=True):
        totals[corridor] += times[corridor, place] * drawn[place]
    return totals


def centre_draws(draws: Numbers, typicals: Numbers) -> Numbers:
    """Draws, a row each, scaled so that their medians are the typical figures; zeros stay."""
    medians = np.median(draws, axis=1) if draws.size else np.ones(len(draws))
    factors = np.divide(typicals, medians, out=np.ones_like(medians), where=medians > 0)
    centred: Numbers = draws * factors[:, None]
    return centred


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


def draw_figures(figures: pd.DataFrame, *, count: int = DRAWS, seed: int = SEED) -> Numbers:
    """Draws of every figure, one row each.

    Args:
        figures: Rows of `name`, `correlation_group`, `low`, `typical` and `high`. Two rows of one
            name turn out alike, be their bounds the same or not. Where low is high, all draws are.
        count: How many draws.
        seed: Another seed gives other draws.

    Returns:
        Array of shape (figures, count), in the units of the bounds.
    """
    scores = list_scores(count)
    draws = np.empty((len(figures), count))
    for row, figure in zip(draws, figures.itertuples(), strict=True):
        if figure.low == figure.high:
            row[:] = figure.low
            continue
        order = _order_draws(str(figure.name), str(figure.correlation_group), count, seed)
        row[order] = find_quantiles(scores, figure.low, figure.typical, figure.high)
    return draws


@lru_cache(maxsize=MOST_ORDERS)
def _order_draws(name: str, group: str, count: int, seed: int) -> NDArray[np.uint32]:
    """The draws of a figure from its least to its most, whatever its bounds. Shape (count,)."""
    own = math.sqrt(1 - COMMON_FACTOR) * draw_normal(name, count, seed)
    return np.argsort(own + _draw_common(group, count, seed)).astype(np.uint32)


@lru_cache(maxsize=MOST_GROUPS)
def _draw_common(group: str, count: int, seed: int) -> Numbers:
    """What figures of one correlation group have in common."""
    return math.sqrt(COMMON_FACTOR) * draw_normal(group, count, seed)


@cache
def list_scores(count: int) -> Numbers:
    """Standard normal quantiles at even steps between 0 and 1, ascending."""
    normal = NormalDist()
    return np.array([normal.inv_cdf((place + 0.5) / count) for place in range(count)])


def find_quantiles(scores: Numbers, low: float, typical: float, high: float) -> Numbers:
    """Quantiles of a log-normal figure in two pieces.

    Args:
        scores: Standard normal quantiles of the probabilities that are asked for.
        low: Fifth percentile.
        typical: Median; where it is zero, all of the figure is.
        high: Ninety-fifth percentile.

    Raises:
        ValueError: `low` is not above zero though `typical` is.
    """
    if low == high or typical == 0:
        return np.full(len(scores), typical)
    if low <= 0:
        raise ValueError(f"{low} has no logarithm: a figure above zero has a low above zero")
    spreads = np.where(scores < 0, math.log(typical / low), math.log(high / typical))
    quantiles: Numbers = typical * np.exp(scores / P95_Z * spreads)
    return quantiles


def draw_normal(name: str, count: int, seed: int) -> Numbers:
    """Standard normal draws that belong to a name."""
    digest = hashlib.blake2b(f"{seed}|{name}".encode(), digest_size=8).digest()
    generator = np.random.Generator(np.random.SFC64(int.from_bytes(digest, "big")))
    return generator.standard_normal(count)


def measure_log_variance(draws: Numbers) -> Numbers:
    """Variance of the logarithm of each row; 0 where a row holds zeros. Shape (rows,)."""
    is_positive = (draws > 0).all(axis=1)
    variances = np.zeros(len(draws))
    variances[is_positive] = np.log(draws[is_positive]).var(axis=1)
    return variances


def summarise(
    simulation: Simulation,
    calibration: Calibration,
    *,
    vetoes: Mapping[str, Collection[str]] | None = None,
) -> pd.DataFrame:
    """The typical figures of every corridor with their ranges, its reliability and its exposure.

    Args:
        simulation: The corridors.
        calibration: The errors of the model.
        vetoes: Corridor to the transit actors whose veto cuts it, own trade excepted. None when
            nobody asked; then `veto_count` is missing.

    Returns:
        One row a corridor: `corridor_id`; each quantity as `_typical`, the range if the rates are
        right as `_p10` and `_p90`, and the range for one box as `_calibrated_p10` and
        `_calibrated_p90`, which holds the former and is missing where nothing is published;
        `reliability_days` (P90 less typical: the days that a careful shipper adds to the usual
        time) and `veto_count`.
    """
    columns: dict[str, object] = {"corridor_id": simulation.corridor_ids}
    for quantity in QUANTITIES:
        totals, typicals = simulation.totals[quantity], simulation.typicals[quantity]
        low, high = np.percentile(totals, [10, 90], axis=1)
        # All draws may be alike, and differ from the typical figure by rounding.
        low, high = np.minimum(low, typicals), np.maximum(high, typicals)
        columns |= {f"{quantity}_typical": typicals, f"{quantity}_p10": low}
        columns[f"{quantity}_p90"] = high
        pairs = zip(typicals.tolist(), measure_log_variance(totals).tolist(), strict=True)
        error = calibration[quantity]
        ranges = np.array([calibrate_range(*pair, error) for pair in pairs]).reshape(-1, 2)
        if quantity not in calibration:
            ranges[:] = np.nan
        columns[f"{quantity}_calibrated_p10"] = np.minimum(ranges[:, 0], low)
        columns[f"{quantity}_calibrated_p90"] = np.maximum(ranges[:, 1], high)
    table = pd.DataFrame(columns)
    table["reliability_days"] = table["days_p90"] - table["days_typical"]
    counts = None if vetoes is None else {one: len(set(who)) for one, who in vetoes.items()}
    table["veto_count"] = np.nan if counts is None else table["corridor_id"].map(counts)
    return table


def compare_pairs(simulation: Simulation, calibration: Calibration) -> pd.DataFrame:
    """How often each corridor takes or costs less than each other, draw by draw.

    Returns:
        Rows of `PAIR_COLUMNS` for every ordered pair of different corridors and each quantity:
        `wins` and `ties`, the shares of draws in which the first is below the other, and level with
        it, on average over many boxes; `box_wins` and `box_ties`, the same for one box on each. For
        a pair, the wins of both and the ties add up to 1.
    """
    rows = []
    for quantity in QUANTITIES:
        average = draw_routes(simulation, calibration, quantity)
        box = average * np.exp(_draw_box_errors(simulation, calibration, quantity))
        for place, one in enumerate(simulation.corridor_ids):
            shares = [
                share.mean(axis=1).tolist()
                for totals in (average, box)
                for share in (totals[place] < totals, totals[place] == totals)
            ]
            rows += [
                (quantity, one, other, *own)
                for other, *own in zip(simulation.corridor_ids, *shares, strict=True)
                if other != one
            ]
    return pd.DataFrame(rows, columns=PAIR_COLUMNS)


def draw_routes(simulation: Simulation, calibration: Calibration, quantity: str) -> Numbers:
    """What each corridor comes to on average over many boxes, the error of the route included.

    The logarithm of the error of a corridor is ε = s Σ √(t / T) z over its stages, where t is the
    typical figure of a stage, T that of the corridor, and z a standard normal that belongs to the
    name of the stage. s² is what the variance of the draws leaves of σ² of a route.

    Returns:
        Array of shape (corridors, draws), with the typical totals for medians.
    """
    totals, typicals = simulation.totals[quantity], simulation.typicals[quantity]
    sigmas = [calibration[quantity].find_route_sigma(typical) for typical in typicals]
    scales = np.sqrt(np.maximum(0.0, np.square(sigmas) - measure_log_variance(totals)))
    if not scales.any():
        return totals
    shares = pd.crosstab(
        simulation.stages["corridor_id"],
        simulation.stages["name"],
        values=simulation.stages[f"{quantity}_typical"],
        aggfunc="sum",
    ).reindex(list(simulation.corridor_ids))
    weights = np.sqrt(shares.fillna(0.0).to_numpy() / np.where(typicals > 0, typicals, 1)[:, None])
    count = totals.shape[1]
    luck = np.array(
        [draw_normal(f"route|{quantity}|{name}", count, simulation.seed) for name in shares]
    )
    return centre_draws(totals * np.exp(scales[:, None] * (weights @ luck)), typicals)


def _draw_box_errors(simulation: Simulation, calibration: Calibration, quantity: str) -> Numbers:
    """The logarithm of what one box on each corridor takes by its average; independent draws."""
    totals, typicals = simulation.totals[quantity], simulation.typicals[quantity]
    variances = measure_log_variance(totals)
    sigmas = [
        calibration[quantity].find_figure_sigma(typical, stage_log_variance=variance)
        for typical, variance in zip(typicals.tolist(), variances.tolist(), strict=True)
    ]
    errors = np.zeros_like(totals)
    for row, sigma, one in zip(errors, sigmas, simulation.corridor_ids, strict=True):
        if sigma:
            row[:] = sigma * draw_normal(f"box|{quantity}|{one}", totals.shape[1], simulation.seed)
    return errors


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
        Rows of `PROFILE_COLUMNS`: `stage` 0 is departure; `_typical` of `days` and
        `cost_usd_per_teu` is the sum of typical figures until then, `_low` and `_high` are P10 and
        P90, if the rates are right.
    """
    parts = []
    for one in simulation.corridor_ids:
        own = simulation.stages.iloc[simulation.find_rows(one)]
        table = pd.DataFrame({"corridor_id": one, "stage": own["stage"], "km": own["to_km"]})
        for quantity in PROFILED:
            typicals = own[f"{quantity}_typical"].to_numpy(float).cumsum()
            so_far = centre_draws(simulation.find_draws(one, quantity).cumsum(axis=0), typicals)
            low, high = np.percentile(so_far, [10, 90], axis=1)
            table[f"{quantity}_low"] = np.minimum(low, typicals)
            table[f"{quantity}_typical"] = typicals
            table[f"{quantity}_high"] = np.maximum(high, typicals)
        departure = pd.DataFrame([{**dict.fromkeys(PROFILE_COLUMNS, 0), "corridor_id": one}])
        parts += [departure, table]
    empty = pd.DataFrame(columns=PROFILE_COLUMNS)
    return pd.concat(parts, ignore_index=True) if parts else empty
