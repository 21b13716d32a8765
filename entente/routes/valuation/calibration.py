"""Calibration: how far published figures lie from the model's, and the ranges that follow.

The residual of a published figure is r = ln(published / typical). Its standard deviation σ is the
model's error: what the draws of rates leave out, and what figures for one and the same route differ
by among themselves. It falls with length, for the delays of many stages even out:

    σ(x) = max(floor, unit · x^(-exponent))

where x is the typical figure, or one half if that is more. A part of σ belongs to the route and is
shared by all boxes on it; what is left belongs to the single box, or the single report.

What is read here was estimated by :mod:`entente.routes.valuation.estimation` and stands in the
table `calibration`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist

import pandas as pd

# Below half a day every stage is about as uncertain as at half a day.
LEAST_FIGURE = 0.5
# Standard deviations from the median to the tenth and the ninetieth percentile of a normal.
P90_Z = NormalDist().inv_cdf(0.9)


@dataclass(frozen=True, kw_only=True)
class ErrorModel:
    """The error of one quantity, as standard deviations of logarithms.

    Attributes:
        floor: What is left of it on the longest routes.
        unit: What it is where the typical figure is one, if that is more than the floor.
        exponent: How fast that falls with the figure.
        route: The part that belongs to the route.
        is_calibrated: Whether it rests on enough published figures; otherwise it is provisional.
    """

    floor: float
    unit: float = 0.0
    exponent: float = 0.0
    route: float = 0.2
    is_calibrated: bool = False

    def find_sigma(self, typical: float) -> float:
        """The standard deviation of ln(published / typical); 0 where the typical figure is 0."""
        if typical <= 0:
            return 0.0
        return max(self.floor, self.unit * float(max(typical, LEAST_FIGURE) ** -self.exponent))

    def find_route_sigma(self, typical: float) -> float:
        """The part of it that belongs to the route."""
        return min(self.route, self.find_sigma(typical))

    def find_figure_sigma(self, typical: float, *, stage_log_variance: float) -> float:
        """The part of it that belongs to one box: what stages and route leave of it."""
        shared = max(stage_log_variance, self.find_route_sigma(typical) ** 2)
        return math.sqrt(max(0.0, self.find_sigma(typical) ** 2 - shared))


class Calibration(dict[str, ErrorModel]):
    """Quantity to its error; one that nothing is published about is not in it, and has none."""

    def __missing__(self, quantity: str) -> ErrorModel:
        return ErrorModel(floor=0.0, route=0.0)


def read_calibration(tables: Mapping[str, pd.DataFrame]) -> Calibration:
    """The errors that stand in the table `calibration`."""
    return Calibration(
        {
            str(row.quantity): ErrorModel(
                floor=row.sigma_floor,
                unit=row.sigma_unit,
                exponent=row.exponent,
                route=row.sigma_route,
                is_calibrated=bool(row.is_calibrated),
            )
            for row in tables["calibration"].itertuples()
        }
    )


def calibrate_range(
    typical: float, stage_log_variance: float, error: ErrorModel
) -> tuple[float, float]:
    """The range that eight of ten published figures fall into: P10 and P90 for one box.

    Args:
        typical: The typical figure of the route.
        stage_log_variance: Variance of the logarithm of its total over the draws of its stages. A
            route whose own rates are more uncertain than the error has that uncertainty instead.
        error: That of the quantity.
    """
    sigma = error.find_sigma(typical)
    factor = math.exp(P90_Z * math.sqrt(max(sigma**2, stage_log_variance)))
    return typical / factor, typical * factor
