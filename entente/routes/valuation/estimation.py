"""Estimation of the model's error from published figures, and how good the ranges then are.

The error σ(x) of :mod:`entente.routes.valuation.calibration` is fitted to the residuals
r = ln(published / typical) of figures that informed no rate: those that tell what was observed,
usual, offered, studied or simply published. Promises are left out, for they are no test.

Reports have heavy tails: a border that was jammed, a train that was a show. So it is the 80 % range
itself that is fitted, by quantile regression of ln|r| (Koenker and Bassett, 1978); how wild the
wildest figures are is then of no weight. A constant error and one that falls with a power of the
length are among those to choose from, and all between.

Coverage is told in the same way: each source is left out in turn, with all figures that it shares a
train or a series with.
"""

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from entente.check.contract import TABLES
from entente.routes.valuation.benchmarks import (
    LONG_DAYS,
    TESTED_KINDS,
    compare_benchmarks,
    digest_inputs,
    value_benchmarks,
)
from entente.routes.valuation.calibration import LEAST_FIGURE, P90_Z, ErrorModel, calibrate_range
from entente.routes.valuation.simulation import Numbers

LEAST_COUNT = 20  # figures that a calibrated error rests on, at least
# From ten days on, P90 is no more than 2.6 times P10: a wider range would tell nothing apart.
MOST_LONG_SIGMA = math.log(2.6) / (2 * P90_Z)
SIGMA_ROUTE = 0.2
# What stands until enough figures are there.
PROVISIONAL = {
    "days": ErrorModel(floor=0.37, unit=0.8, exponent=0.35, route=SIGMA_ROUTE),
    "cost_usd_per_teu": ErrorModel(floor=0.35, route=SIGMA_ROUTE),
}
DRAWS = 1000
# Standard deviations of a normal that half, 80 % and 95 % lie within.
LEVELS = {"50": 0.6745, "80": P90_Z, "95": 1.96}
SHARE = 0.8  # of all figures, in the range that is fitted
LEAST_RESIDUAL = 0.01  # nearer ones are as good as exact
# What the grid of errors is made of.
FLOORS = np.linspace(0.05, 0.8, 76)
UNITS = np.linspace(0, 2, 51)
EXPONENTS = np.array([0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.75, 1.0])


def estimate_calibration(tables: Mapping[str, pd.DataFrame], *, as_of: dt.date) -> pd.DataFrame:
    """The rows of the table `calibration`.

    Args:
        tables: Those of `benchmarks.INPUTS`, and `calibration`. A row that was made from the same
            inputs keeps its day, so that a build changes nothing where nothing has changed.
        as_of: The day of the estimate.
    """
    digest, known = digest_inputs(tables), tables["calibration"]
    is_same = len(known) > 0 and bool((known["inputs_digest"] == digest).all())
    day = known["estimated_edtf"].iloc[0] if is_same else as_of.isoformat()
    residuals = list_residuals(tables)
    rows = [
        _estimate(residuals[residuals["quantity"] == quantity], quantity)
        | {"estimated_edtf": day, "inputs_digest": digest}
        for quantity in PROVISIONAL
    ]
    return pd.DataFrame(rows)[list(TABLES["calibration"].columns)]


def list_residuals(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The figures that an estimate rests on.

    Returns:
        `benchmark_id`, `quantity`, `kind_code`, `typical`, `residual`, `stage_log_variance` and
        `group`: a number that figures share which must be left out together, because they come from
        one source or are about one thing.
    """
    compared = compare_benchmarks(tables, value_benchmarks(tables, count=DRAWS))
    is_tested = compared["kind_code"].isin(TESTED_KINDS) & ~compared["is_calibration"].astype(bool)
    is_tested &= compared["quantity"].isin(list(PROVISIONAL))
    found = compared[is_tested].sort_values("benchmark_id", ignore_index=True)
    spread = np.log((found["p90"] / found["p10"]).astype(float)) / (2 * P90_Z)
    return found[["benchmark_id", "quantity", "kind_code"]].assign(
        typical=found["p50"].astype(float),
        residual=np.log((found["published"] / found["p50"]).astype(float)),
        stage_log_variance=spread**2,
        group=_number_groups(found),
    )


def _number_groups(found: pd.DataFrame) -> list[int]:
    """Figures of one source or one group have one number, and so on through both."""
    numbers = list(range(len(found)))
    for column in ("source_id", "group_id"):
        for _, own in found[found[column].notna()].groupby(column):
            joined = {numbers[place] for place in own.index}
            numbers = [min(joined) if one in joined else one for one in numbers]
    return numbers


def _estimate(residuals: pd.DataFrame, quantity: str) -> dict[str, Any]:
    """One row of the table `calibration`, but for the day and the digest."""
    count = len(residuals)
    is_calibrated = count >= LEAST_COUNT
    if is_calibrated:
        error, left_out = fit_errors(residuals)
        note = (
            "Fitted to the figures that informed no rate; coverage is of each source by an error "
            "that was fitted to the others."
        )
    else:
        error = PROVISIONAL[quantity]
        left_out = dict.fromkeys(residuals.index, error)
        note = (
            f"Provisional, our judgement: fewer than {LEAST_COUNT} figures that informed no rate."
        )
    is_long = residuals["typical"] >= (LONG_DAYS if quantity == "days" else 0)
    return {
        "quantity": quantity,
        "is_calibrated": is_calibrated,
        "sigma_floor": error.floor,
        "sigma_unit": error.unit,
        "exponent": error.exponent,
        "sigma_route": error.route,
        "figure_count": count,
        "source_count": residuals["group"].nunique(),
        "mean_residual": round(float(residuals["residual"].mean()), 4),
        **_score(residuals[is_long], left_out, "long"),
        **_score(residuals[~is_long], left_out, "short"),
        "note": note,
    }


def fit_errors(residuals: pd.DataFrame) -> tuple[ErrorModel, dict[int, ErrorModel]]:
    """The error that fits all figures, and for each figure the one that fits all other sources.

    Args:
        residuals: Rows of :func:`list_residuals`, of one quantity.
    """
    grid = _list_errors()
    typicals, found = (residuals[name].to_numpy(float) for name in ("typical", "residual"))
    losses = _measure_losses(found, _find_sigmas(grid, typicals))
    groups, total = residuals["group"].to_numpy(), losses.sum(axis=1)
    left_out = {
        group: _make_error(grid[np.argmin(total - losses[:, groups == group].sum(axis=1))])
        for group in np.unique(groups).tolist()
    }
    of_each = zip(residuals.index.tolist(), groups.tolist(), strict=True)
    return _make_error(grid[np.argmin(total)]), {place: left_out[own] for place, own in of_each}


def _list_errors() -> Numbers:
    """Floor, unit and exponent of all errors to choose from. Shape (errors, 3)."""
    grid = np.stack(np.meshgrid(FLOORS, UNITS, EXPONENTS, indexing="ij"), axis=-1).reshape(-1, 3)
    narrow: Numbers = grid[_find_sigmas(grid, np.array([LONG_DAYS]))[:, 0] <= MOST_LONG_SIGMA]
    return narrow


def _find_sigmas(grid: Numbers, typicals: Numbers) -> Numbers:
    """What `ErrorModel.find_sigma` says, for all errors and figures. Shape (errors, figures)."""
    floors, units, exponents = (column[:, None] for column in grid.T)
    sigmas: Numbers = np.maximum(floors, units * np.maximum(typicals, LEAST_FIGURE) ** -exponents)
    return sigmas


def _make_error(row: Numbers) -> ErrorModel:
    floor, unit, exponent = (round(float(value), 4) for value in row)
    return ErrorModel(
        floor=floor, unit=unit, exponent=exponent, route=SIGMA_ROUTE, is_calibrated=True
    )


def _measure_losses(residuals: Numbers, sigmas: Numbers) -> Numbers:
    """How ill each range fits each figure: dear if it is too narrow, less so if it is too wide.

    Returns:
        Shape of `sigmas`. The mean is least where the share `SHARE` of figures lies in the range.
    """
    beyond = np.log(np.maximum(np.abs(residuals), LEAST_RESIDUAL)) - np.log(P90_Z * sigmas)
    losses: Numbers = np.where(beyond > 0, SHARE, SHARE - 1) * beyond
    return losses


def _score(
    residuals: pd.DataFrame, left_out: Mapping[int, ErrorModel], name: str
) -> dict[str, Any]:
    """How many figures there are, how many lie in their ranges, and how wide the 80 % range is."""
    if residuals.empty:
        empty = dict.fromkeys((*(f"coverage_{level}" for level in LEVELS), "width"), math.nan)
        return {f"{name}_count": 0, **{f"{name}_{key}": value for key, value in empty.items()}}
    spreads = np.array(list(_list_spreads(residuals, left_out)))
    scores = np.abs(residuals["residual"].to_numpy(float)) / spreads
    return {
        f"{name}_count": len(residuals),
        **{
            f"{name}_coverage_{level}": round(float((scores <= reach).mean()), 3)
            for level, reach in LEVELS.items()
        },
        f"{name}_width": round(float(np.exp(2 * P90_Z * np.median(spreads))), 3),
    }


def _list_spreads(residuals: pd.DataFrame, left_out: Mapping[int, ErrorModel]) -> Iterator[float]:
    """The standard deviation of the calibrated range of each figure."""
    for row in residuals.itertuples():
        _, high = calibrate_range(row.typical, row.stage_log_variance, left_out[int(row.Index)])
        yield math.log(high / row.typical) / P90_Z
