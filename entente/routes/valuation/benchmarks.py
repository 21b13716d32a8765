"""Benchmark comparison: published figures beside those of the model, each under its own day.

A figure is compared with the part of its corridor between the two places that it names, or with
legs of its own where it speaks of another route. Ends get no handling, as everywhere: a sailing is
compared from port to port, a train from terminal to terminal. A leg that was shut or unbuilt on the
day is valued as if open, and said.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from entente.dates import span
from entente.routes.network.corridors import judge_corridors, list_hindrances, slice_corridors
from entente.routes.network.scenarios import read_statuses
from entente.routes.valuation.simulation import DRAWS, PERCENTILES, SEED, simulate
from entente.routes.valuation.stages import value_stages

# Metric to its quantity in the model, and what one of its units is worth in the model's.
METRICS = {
    "km": ("distance_km", 1.0),
    "days": ("days", 1.0),
    "hours": ("days", 1 / 24),
    "usd": ("cost_usd_per_teu", 1.0),
}
QUANTITY_LABELS = {"distance_km": "km", "days": "days", "cost_usd_per_teu": "USD per TEU"}
FORTY_FOOT = "40 ft"
FAR = 0.5
COMPARED_COLUMNS = [
    "benchmark_id",
    "corridor_id",
    "from_place",
    "to_place",
    "from_node_id",
    "to_node_id",
    "quantity",
    "kind_code",
    "event_edtf",
    "as_of",
    "source_id",
    "is_calibration",
    "published",
    "published_low",
    "published_high",
    "p10",
    "p50",
    "p90",
    "lowest",
    "highest",
    "ratio",
    "error",
    "is_inside",
    "is_within_range",
    "is_bad",
    "mode_code",
    "condition",
    "leg_ids",
    "note",
    "verdict_note",
]
SUMMARY_COLUMNS = [
    "group",
    "value",
    "count",
    "inside",
    "coverage",
    "range_coverage",
    "median_error",
    "median_ratio",
]


def compare_benchmarks(
    tables: Mapping[str, pd.DataFrame], *, count: int = DRAWS, seed: int = SEED
) -> pd.DataFrame:
    """Every published figure that can be compared, worst first.

    Args:
        tables: `benchmarks`, `benchmark_legs`, `corridor_legs`, `legs`, `nodes`, `rates`,
            `slow_borders` and `leg_statuses`, by name.
        count: How many draws.
        seed: Another seed gives other draws.

    Returns:
        Rows of `COMPARED_COLUMNS`, sorted by error, largest first. `published` is the figure, or
        the middle of its range, in km, days or USD per TEU. `lowest` and `highest` are the sums of
        all low and all high figures. `ratio` is the model's P50 by the published figure; `error`
        the distance of that ratio from 1. `is_inside`: within P10–P90, and `is_within_range`:
        within lowest–highest; both missing for lengths, which have no range. `is_bad`: outside
        P10–P90, or an error above one half. `mode_code` is the mode of most km; `condition` that
        of the route on the day, `leg_ids` its legs, joined by blanks.
    """
    benchmarks = tables["benchmarks"]
    rows = [
        _compared(row, tables, {"count": count, "seed": seed})
        for row in benchmarks[benchmarks["from_node_id"].notna()].to_dict("records")
    ]
    table = pd.DataFrame(rows, columns=COMPARED_COLUMNS)
    return table.sort_values(["error", "benchmark_id"], ascending=[False, True], ignore_index=True)


def list_incomparable(benchmarks: pd.DataFrame) -> pd.DataFrame:
    """Figures with nothing to compare them with: id, places, metric, figure, unit and reason."""
    columns = ["benchmark_id", "from_place", "to_place", "metric_code", "value", "unit"]
    rest = benchmarks[benchmarks["not_comparable_reason"].notna()]
    return rest[[*columns, "not_comparable_reason"]].reset_index(drop=True)


def summarise_comparison(compared: pd.DataFrame) -> pd.DataFrame:
    """How near the model comes, by quantity, by mode and by kind of figure.

    Returns:
        Rows of `SUMMARY_COLUMNS`. `group` names what is counted: `quantity`, `mode of days`,
        `mode of price`, `kind of days`, each for independent figures only, and `quantity, all`
        with those that informed a rate. `coverage` is the share within P10–P90, `range_coverage`
        that within lowest–highest, both missing for lengths; `median_error` is the median distance
        of the ratio from 1.
    """
    free = compared[~compared["is_calibration"].astype(bool)]
    days, price = (free[free["quantity"] == name] for name in ("days", "cost_usd_per_teu"))
    groups = (
        ("quantity", free, "quantity"),
        ("quantity, all", compared, "quantity"),
        ("mode of days", days, "mode_code"),
        ("mode of price", price, "mode_code"),
        ("kind of days", days, "kind_code"),
    )
    rows = [
        (group, value, *_score(own))
        for group, table, column in groups
        for value, own in table.groupby(column, sort=True)
    ]
    return pd.DataFrame(rows, columns=SUMMARY_COLUMNS)


def choose_day(edtf: str) -> dt.date:
    """The middle of the time that a figure speaks of: the day whose statuses it is held against."""
    bounds = span(edtf)
    first, last = bounds.first or bounds.last, bounds.last or bounds.first
    if first is None or last is None:
        raise ValueError(f"{edtf!r} has no day")
    return first + (last - first) / 2


def _compared(
    row: dict[str, Any], tables: Mapping[str, pd.DataFrame], sampling: Mapping[str, int]
) -> dict[str, Any]:
    """One benchmark with the model's figures."""
    quantity, factor = METRICS[row["metric_code"]]
    factor /= 2 if FORTY_FOOT in row["unit"] else 1
    low, high = (row[side] * factor for side in ("low", "high"))
    published = (low + high) / 2 if pd.isna(row["value"]) else row["value"] * factor
    day = choose_day(row["event_edtf"])
    model = _model(row, quantity, day, tables, sampling)
    ratio = model["p50"] / published
    drawn = quantity != "distance_km"
    inside = model["p10"] <= published <= model["p90"] if drawn else None
    within = model["lowest"] <= published <= model["highest"] if drawn else None
    return {
        **{name: row[name] for name in COMPARED_COLUMNS if name in row},
        **model,
        "quantity": quantity,
        "as_of": day,
        "published": published,
        "published_low": published if pd.isna(low) else low,
        "published_high": published if pd.isna(high) else high,
        "ratio": ratio,
        "error": abs(ratio - 1),
        "is_inside": inside,
        "is_within_range": within,
        "is_bad": inside is False or abs(ratio - 1) > FAR,
    }


def _model(
    row: dict[str, Any],
    quantity: str,
    day: dt.date,
    tables: Mapping[str, pd.DataFrame],
    sampling: Mapping[str, int],
) -> dict[str, Any]:
    """P10, P50 and P90 of the route of a benchmark, its main mode and its condition on the day."""
    statuses = read_statuses(tables["leg_statuses"], as_of=day)
    chain = _chain(row, tables)
    staged = value_stages(chain, tables, statuses=statuses)
    hindered = list_hindrances(chain, statuses)
    carriage = staged[staged["kind"] == "carriage"]
    km = (carriage["to_km"] - carriage["from_km"]).groupby(carriage["what_code"]).sum()
    if quantity == "distance_km":
        figures = dict.fromkeys((*PERCENTILES, "lowest", "highest"), float(km.sum()))
    else:
        figures = _spread(staged, quantity, sampling)
    return {
        **figures,
        "mode_code": km.idxmax(),
        "condition": judge_corridors(chain, hindered).at[0, "condition"],
        "leg_ids": " ".join(chain["leg_id"]),
    }


def _spread(staged: pd.DataFrame, quantity: str, sampling: Mapping[str, int]) -> dict[str, float]:
    """P10, P50 and P90 of a route, and the sums of all its low and all its high figures."""
    totals = simulate(staged, **sampling).totals[quantity][0]
    at = np.percentile(totals, list(PERCENTILES.values())).tolist()
    return {
        **dict(zip(PERCENTILES, at, strict=True)),
        "lowest": float(staged[f"{quantity}_low"].sum()),
        "highest": float(staged[f"{quantity}_high"].sum()),
    }


def _chain(row: dict[str, Any], tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The route of a benchmark: legs of its own, or the part of its corridor between its places."""
    own = tables["benchmark_legs"]
    legs = own[own["benchmark_id"] == row["benchmark_id"]]
    own_legs = legs.rename(columns={"benchmark_id": "corridor_id"})
    if own_legs.empty:
        shared = tables["corridor_legs"]
        own_legs = shared[shared["corridor_id"] == row["corridor_id"]]
    ends = {"origin": row["from_node_id"], "destination": row["to_node_id"]}
    return slice_corridors(own_legs, tables["legs"], **ends)


def _score(rows: pd.DataFrame) -> tuple[int, int, float, float, float, float]:
    inside, within = (
        rows[name].dropna().astype(float) for name in ("is_inside", "is_within_range")
    )
    errors, ratios = rows["error"].median(), rows["ratio"].median()
    return len(rows), int(inside.sum()), inside.mean(), within.mean(), float(errors), float(ratios)
