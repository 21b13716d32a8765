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
from dataclasses import dataclass, field
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
        """The standard deviation of ln(published / typical)."""
        return max(self.floor, self.unit * float(max(typical, LEAST_FIGURE) ** -self.exponent))


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """The errors of all quantities that published figures exist for.

    Attributes:
        errors: Quantity to its error; a quantity that nothing is published about is left out.
    """

    errors: Mapping[str, ErrorModel] = field(default_factory=dict)

    def is_calibrated(self, quantity: str) -> bool:
        """Whether the error of a quantity rests on enough published figures."""
        return quantity in self.errors and self.errors[quantity].is_calibrated

    def find_sigma(self, quantity: str, typical: float) -> float:
        """The error of a figure as a standard deviation of logarithms; 0 where it is unknown."""
        error = self.errors.get(quantity)
        return error.find_sigma(typical) if error and typical > 0 else 0.0

    def find_route_sigma(self, quantity: str, typical: float) -> float:
        """The part of the error that belongs to the route; 0 where it is unknown."""
        error = self.errors.get(quantity)
        return min(error.route, self.find_sigma(quantity, typical)) if error else 0.0

    def find_figure_sigma(
        self, quantity: str, typical: float, *, stage_log_variance: float
    ) -> float:
        """The part of the error that belongs to one box: what stages and route leave of it."""
        shared = max(stage_log_variance, self.find_route_sigma(quantity, typical) ** 2)
        return math.sqrt(max(0.0, self.find_sigma(quantity, typical) ** 2 - shared))


def read_calibration(tables: Mapping[str, pd.DataFrame]) -> Calibration:
    """The errors that stand in the table `calibration`."""
    return Calibration(
        errors={
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
    typical: float, stage_log_variance: float, calibration: Calibration, quantity: str
) -> tuple[float, float]:
    """The range that eight of ten published figures fall into: P10 and P90 for one box.

    Args:
        typical: The typical figure of the route.
        stage_log_variance: Variance of the logarithm of its total over the draws of its stages. A
            route whose own rates are more uncertain than the error has that uncertainty instead.
        calibration: The errors.
        quantity: One of `rates.QUANTITIES`.
    """
    sigma = calibration.find_sigma(quantity, typical)
    factor = math.exp(P90_Z * math.sqrt(max(sigma**2, stage_log_variance)))
    return typical / factor, typical * factor
