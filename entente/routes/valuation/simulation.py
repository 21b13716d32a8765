"""Draws: what a figure known as (low, typical, high) may turn out to be, many times over.

Each figure is triangular between low and high with its peak at typical. Figures of one luck class
come together: a Gaussian copula with one common factor a class gives any two of them a rank
correlation of one half. The draws of a figure are its quantiles at 10,000 even steps, put in the
order of its luck (a Latin hypercube), so that each figure by itself is met exactly.

Luck hangs on the name of the figure and the seed alone. So a stage that two corridors share has the
same luck in both, today and under another scenario, whatever else is valued beside it.
"""

import hashlib
import math

import numpy as np
import pandas as pd
from numpy.typing import NDArray

DRAWS = 10_000
SEED = 20250410
RANK_CORRELATION = 0.5
# A Gaussian copula has the rank correlation s where its own is 2 sin(pi s / 6).
SHARED_LUCK = 2 * math.sin(math.pi / 6 * RANK_CORRELATION)

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]


def triangular_draws(figures: pd.DataFrame, *, count: int = DRAWS, seed: int = SEED) -> Numbers:
    """Draws of every figure, one row each.

    Args:
        figures: Rows of `name`, `luck_class`, `low`, `typical` and `high`. Two rows of one name
            have the same luck, be their bounds the same or not. Where low is high, all draws are.
        count: How many draws.
        seed: Another seed is another luck.

    Returns:
        Array of shape (figures, count), in the units of the bounds.
    """
    steps = (np.arange(count) + 0.5) / count
    common = {name: normal_draws(name, count, seed) for name in figures["luck_class"].unique()}
    draws = np.empty((len(figures), count))
    for row, figure in zip(draws, figures.itertuples(), strict=True):
        if figure.low == figure.high:
            row[:] = figure.low
            continue
        order = luck_order(str(figure.name), common[figure.luck_class], seed)
        row[order] = triangular_quantiles(steps, figure.low, figure.typical, figure.high)
    return draws


def triangular_quantiles(steps: Numbers, low: float, typical: float, high: float) -> Numbers:
    """Values below which a triangular figure lies with the probabilities `steps`, ascending."""
    if low == high:
        return np.full(len(steps), low)
    below = np.searchsorted(steps, (typical - low) / (high - low))
    rising = low + np.sqrt(steps[:below] * ((high - low) * (typical - low)))
    falling = high - np.sqrt((1 - steps[below:]) * ((high - low) * (high - typical)))
    return np.concatenate([rising, falling])


def luck_order(name: str, common: Numbers, seed: int) -> Places:
    """Places of the draws from the smallest to the largest; half its luck is the class's."""
    own = normal_draws(name, len(common), seed)
    own *= math.sqrt(1 - SHARED_LUCK)
    own += math.sqrt(SHARED_LUCK) * common
    return np.argsort(own)


def normal_draws(name: str, count: int, seed: int) -> Numbers:
    """Standard normal draws that belong to a name."""
    digest = hashlib.blake2b(f"{seed}|{name}".encode(), digest_size=8).digest()
    generator = np.random.Generator(np.random.SFC64(int.from_bytes(digest, "big")))
    return generator.standard_normal(count)
