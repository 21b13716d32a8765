"""Objectives: what the best way has least of."""

from typing import NamedTuple

import numpy as np

from entente.routes.network.graph import QUANTITIES, Floats

# About what a container takes from Mumbai to St Petersburg: the measure of a reader's mix.
SCALES = {"days": 25.0, "usd": 3000.0, "co2e": 2000.0}


class Objective(NamedTuple):
    """A reader's weights of days, USD and CO2e: none negative, not all zero."""

    days: float = 0.0
    usd: float = 0.0
    co2e: float = 0.0


OBJECTIVES = {
    "time": Objective(days=1.0),
    "cost": Objective(usd=1.0),
    "co2e": Objective(co2e=1.0),
}


def objective_of(code: str) -> Objective:
    """The objective that a code names: `time`, `cost`, `co2e`, or a mix such as `mix-5-3-2`.

    Raises:
        KeyError: no such objective.
        ValueError: a mix of something else than three whole numbers.
    """
    name, *weights = code.split("-")
    if not weights:
        return OBJECTIVES[name]
    days, usd, co2e = (float(int(weight)) for weight in weights)
    return Objective(days=days, usd=usd, co2e=co2e)


def edge_weights(costs: Floats, objective: Objective) -> Floats:
    """What each edge adds to the objective, in whole millionths; infinite where its leg is shut.

    One quantity alone is taken as it is. Several are each divided by their scale, then mixed.

    Args:
        costs: Days, USD and CO2e of each edge in millionths. Shape (edges, 3).
        objective: The reader's weights.

    Raises:
        ValueError: a weight is negative, or all are zero.
    """
    if not (min(objective) >= 0 and 0 < sum(objective) < np.inf):
        raise ValueError("weights are finite, not negative, and not all zero")
    chosen = [place for place, share in enumerate(objective) if share]
    if len(chosen) == 1:
        return costs[:, chosen[0]]
    shares = np.array(objective) / np.array([SCALES[name] for name in QUANTITIES])
    is_shut = np.isinf(costs[:, 0])
    mixed = np.where(is_shut[:, None], 0.0, costs) @ shares
    return np.where(is_shut, np.inf, np.rint(mixed))
