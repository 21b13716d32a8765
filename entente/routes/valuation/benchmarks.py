"""Benchmark comparison: published figures beside those of the model, each under its own day.

A figure is compared with the part of its corridor between the two places that it names, or with
legs of its own where it speaks of another route. Ends get no handling, as everywhere: a sailing is
compared from port to port, a train from terminal to terminal; a figure that counts the port where
it begins has that handling, too, and one that ends at a border has no wait there. Where a place
lies beyond its node, the first or the last leg is that much longer. A leg that was shut or unbuilt
on the day is valued as if open, and said. A figure of moving alone, or of one wait, is compared
with those stages.

What the model says takes seconds to find, so that a build keeps it as the table
`valued_benchmarks`; how far it lies from what is published is found where it is read.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from entente.check.contract import TABLES
from entente.dates import span
from entente.progress import follow
from entente.routes.network.legs import Step, tabulate_chains
from entente.routes.valuation.calibration import read_calibration
from entente.routes.valuation.corridors import join_corridors, slice_chain
from entente.routes.valuation.figures import LENGTH, PARTS, WITH_PORT, Valued, value_figure
from entente.routes.valuation.simulation import DRAWS

# Metric to its quantity in the model, and what one of its units is worth in the model's.
METRICS = {
    "km": ("distance_km", 1.0),
    "days": ("days", 1.0),
    "hours": ("days", 1 / 24),
    "usd": ("cost_usd_per_teu", 1.0),
}
QUANTITY_LABELS = {"distance_km": "km", "days": "days", "cost_usd_per_teu": "USD per TEU"}
NO_STAGE = "The model has no such wait there."
FORTY_FOOT = "40 ft"
# Kinds that a test of the model counts: no promises, no plans, nothing that is said of a rival.
TESTED_KINDS = ("actual", "trial", "usual", "scheduled", "published", "study")
LONG_DAYS = 10
FAR = 0.5
COMPARED_COLUMNS = [
    *("benchmark_id", "corridor_id", "group_id"),
    *("from_place", "to_place", "from_node_id", "to_node_id", "part_code"),
    *("quantity", "kind_code", "event_edtf", "as_of", "source_id", "is_calibration"),
    *("published", "published_low", "published_high"),
    *("p10", "p50", "p90", "calibrated_p10", "calibrated_p90", "log_variance", "lowest", "highest"),
    *("ratio", "error", "is_inside", "is_inside_calibrated", "is_within_range", "is_bad"),
    *("mode_code", "condition", "leg_ids", "note", "verdict_note"),
]
VALUED_COLUMNS = ["benchmark_id", *Valued._fields]
# What a published figure may lie in, by its least and its most.
RANGES = {
    "is_inside": ("p10", "p90"),
    "is_inside_calibrated": ("calibrated_p10", "calibrated_p90"),
    "is_within_range": ("lowest", "highest"),
}
# Tables that the model's figures and its errors rest on.
INPUTS = (
    *("benchmarks", "benchmark_legs", "corridor_legs", "legs", "nodes"),
    *("rates", "rate_periods", "local_rates", "leg_statuses"),
)
# Columns of `calibration` that ranges rest on.
ERROR_COLUMNS = ("quantity", "sigma_floor", "sigma_unit", "exponent", "sigma_route")
# Kinds of columns that no figure rests on, and those of them that one does.
WORDS, READ_WORDS = ("text", "url"), ("unit", "group_id")
SCORES = {
    "count": ("error", "size"),
    "inside": ("is_inside", "sum"),
    "likely": ("is_inside_calibrated", "sum"),
    "coverage": ("is_inside", "mean"),
    "calibrated_coverage": ("is_inside_calibrated", "mean"),
    "range_coverage": ("is_within_range", "mean"),
    "median_error": ("error", "median"),
    "median_ratio": ("ratio", "median"),
}
SUMMARY_COLUMNS = ["group", "value", *SCORES]


def value_benchmarks(tables: Mapping[str, pd.DataFrame], *, count: int = DRAWS) -> pd.DataFrame:
    """What the model says of every published figure that it can be compared with.

    Args:
        tables: Those of `INPUTS`, and `calibration`, by name.
        count: How many draws.

    Returns:
        Rows of `VALUED_COLUMNS`, named as in `figures.Valued`, in file order.
    """
    calibration, chains = read_calibration(tables), _find_chains(tables)
    rows = []
    beyond = {"beyond_from_km": 0.0, "beyond_to_km": 0.0}
    placed = _select_placed(tables["benchmarks"].fillna(beyond)).to_dict("records")
    for row in follow(placed, "Published figures", len(placed)):
        valued = value_figure(
            tabulate_chains([(row["benchmark_id"], chains[row["benchmark_id"]])]),
            tables,
            quantity=METRICS[row["metric_code"]][0],
            as_of=choose_day(row["event_edtf"]),
            calibration=calibration,
            part_code=row["part_code"],
            node_id=row["from_node_id"],
            beyond_km=(row["beyond_from_km"], row["beyond_to_km"]),
            count=count,
        )
        if valued:
            rows.append({"benchmark_id": row["benchmark_id"], **valued._asdict()})
    return pd.DataFrame(rows, columns=VALUED_COLUMNS)


def compare_benchmarks(tables: Mapping[str, pd.DataFrame], valued: pd.DataFrame) -> pd.DataFrame:
    """Every published figure that can be compared, worst first.

    Args:
        tables: `benchmarks`, `benchmark_legs`, `corridor_legs` and `legs`, by name.
        valued: Rows of :func:`value_benchmarks`; a figure without one is left out.

    Returns:
        Rows of `COMPARED_COLUMNS`, sorted by error, largest first. `published` is the figure, or
        the middle of its range, in km, days or USD per TEU. Those of the
        model are named as in `figures.Valued`. `ratio` is the model's typical figure by the
        published one; `error` the distance of that ratio from 1. `is_inside`: within P10–P90,
        `is_inside_calibrated`: within the calibrated range, and `is_within_range`: within
        lowest–highest; all missing for lengths, which have no range. `is_bad`: outside the
        calibrated range, or an error above one half. `leg_ids` are the legs of the route, joined by
        blanks.
    """
    chains = _find_chains(tables)
    figures = valued[VALUED_COLUMNS].set_index("benchmark_id").to_dict("index")
    rows = [
        _compare(row, figures[row["benchmark_id"]], chains[row["benchmark_id"]])
        for row in _select_placed(tables["benchmarks"]).to_dict("records")
        if row["benchmark_id"] in figures
    ]
    table = pd.DataFrame(rows, columns=COMPARED_COLUMNS)
    return table.sort_values(["error", "benchmark_id"], ascending=[False, True], ignore_index=True)


def digest_inputs(tables: Mapping[str, pd.DataFrame]) -> str:
    """BLAKE2b of what an estimate rests on: the tables of `INPUTS` without notes and labels."""
    total = hashlib.blake2b(digest_size=16)
    for name in INPUTS:
        columns = TABLES[name].columns.values()
        read = [one.name for one in columns if one.kind not in WORDS or one.name in READ_WORDS]
        table = tables[name][read].sort_values(read, kind="stable")
        total.update(name.encode())
        total.update(table.to_csv(index=False, lineterminator="\n").encode())
    return total.hexdigest()


def digest_valuation(tables: Mapping[str, pd.DataFrame]) -> str:
    """BLAKE2b of what :func:`value_benchmarks` rests on: those inputs, and the errors."""
    total = hashlib.blake2b(digest_inputs(tables).encode(), digest_size=16)
    errors = tables["calibration"][list(ERROR_COLUMNS)].sort_values("quantity")
    total.update(errors.to_csv(index=False, lineterminator="\n").encode())
    return total.hexdigest()


def list_incomparable(benchmarks: pd.DataFrame, compared: pd.DataFrame) -> pd.DataFrame:
    """Figures with nothing to compare them with: id, places, metric, figure, unit and reason."""
    columns = ["benchmark_id", "from_place", "to_place", "metric_code", "value", "unit"]
    rest = benchmarks[~benchmarks["benchmark_id"].isin(compared["benchmark_id"])]
    reasons = rest["not_comparable_reason"].fillna(NO_STAGE)
    return rest[columns].assign(not_comparable_reason=reasons).reset_index(drop=True)


def summarise_comparison(compared: pd.DataFrame) -> pd.DataFrame:
    """How near the model comes, by quantity, by mode, by kind of figure and by length.

    Returns:
        Rows of `SUMMARY_COLUMNS`. `group` names what is counted: `quantity`, `mode of days`,
        `mode of price`, `kind of days`, each for independent figures only, `length of days` for
        those of them that are of `TESTED_KINDS`, by the model's typical figure, and `quantity, all`
        with those that informed a rate. `coverage` is the share within P10–P90,
        `calibrated_coverage` that within the calibrated range, `range_coverage` that within
        lowest–highest, all missing for lengths; `median_error` is the median distance
        of the ratio from 1.
    """
    counted = compared.astype(dict.fromkeys(RANGES, float))
    free = counted[~counted["is_calibration"].astype(bool)]
    days, price = (free[free["quantity"] == name] for name in ("days", "cost_usd_per_teu"))
    tested = days[days["kind_code"].isin(TESTED_KINDS)]
    long = tested["p50"].astype(float) >= LONG_DAYS
    tested = tested.assign(length=long.map({True: "10 and more", False: "less than 10"}))
    groups = (
        ("quantity", free, "quantity"),
        ("quantity, all", counted, "quantity"),
        ("mode of days", days, "mode_code"),
        ("mode of price", price, "mode_code"),
        ("kind of days", days, "kind_code"),
        ("length of days", tested.assign(length="all"), "length"),
        ("length of days", tested, "length"),
    )
    scored = [
        table.groupby(column).agg(**SCORES).rename_axis("value").reset_index().assign(group=group)
        for group, table, column in groups
    ]
    return pd.concat(scored, ignore_index=True)[SUMMARY_COLUMNS].astype(
        {"inside": int, "likely": int}
    )


class Agreement(NamedTuple):
    """How far figures of different sources for one section lie apart, and how far the model does.

    Attributes:
        figures: Times that informed no rate, for sections that another source has one of, too.
        sections: How many sections those are.
        others: The median distance of the figure from the median of all that others publish.
        model: The median distance of the model's typical figure from the same figures.
    """

    figures: int
    sections: int
    others: float
    model: float


def measure_agreement(compared: pd.DataFrame) -> Agreement:
    """Whether the model misses what is published by more than other published figures do.

    A section is a route by the same legs either way, or one part of it. Figures of one source or
    group are not held against each other; what is promised or said of a rival is left out.

    Args:
        compared: Rows of `COMPARED_COLUMNS`.
    """
    days = compared[compared["quantity"].eq("days") & compared["kind_code"].isin(TESTED_KINDS)]
    sections = days["leg_ids"].map(lambda ids: " ".join(sorted(ids.split())))
    found = []
    for section, own in days.groupby([sections, days["part_code"].fillna("")]):
        for row in own[~own["is_calibration"].astype(bool)].to_dict("records"):
            shares = own["source_id"].eq(row["source_id"]) | own["group_id"].eq(row["group_id"])
            others = own.loc[~shares, "published"].median()
            found.append((section, abs(others / row["published"] - 1), row["error"]))
    table = pd.DataFrame(found, columns=["section", "others", "model"])
    table = table.astype({"others": float, "model": float}).dropna(subset=["others"])
    return Agreement(
        figures=len(table),
        sections=table["section"].nunique(),
        others=float(table["others"].median()),
        model=float(table["model"].median()),
    )


def choose_day(edtf: str) -> dt.date:
    """The middle of the time that a figure speaks of: the day whose statuses it is held against."""
    bounds = span(edtf)
    first, last = bounds.first or bounds.last, bounds.last or bounds.first
    if first is None or last is None:
        raise ValueError(f"{edtf!r} has no day")
    return first + (last - first) / 2


def _select_placed(benchmarks: pd.DataFrame) -> pd.DataFrame:
    return benchmarks[benchmarks["from_node_id"].notna()]


def _compare(row: dict[str, Any], valued: dict[str, Any], chain: list[Step]) -> dict[str, Any]:
    quantity, factor = METRICS[row["metric_code"]]
    factor /= 2 if FORTY_FOOT in row["unit"] else 1
    low, high = (row[side] * factor for side in ("low", "high"))
    published = (low + high) / 2 if pd.isna(row["value"]) else row["value"] * factor
    has_range = quantity != LENGTH
    ratio = valued["p50"] / published
    inside = {
        name: valued[least] <= published <= valued[most] for name, (least, most) in RANGES.items()
    }
    return {
        **{name: row[name] for name in COMPARED_COLUMNS if name in row},
        **valued,
        "quantity": quantity,
        "as_of": choose_day(row["event_edtf"]),
        "published": published,
        "published_low": published if pd.isna(low) else low,
        "published_high": published if pd.isna(high) else high,
        "ratio": ratio,
        "error": abs(ratio - 1),
        **{name: found if has_range else None for name, found in inside.items()},
        "is_bad": (has_range and not inside["is_inside_calibrated"]) or abs(ratio - 1) > FAR,
        "leg_ids": " ".join(step.leg_id for step in chain),
    }


def _find_chains(tables: Mapping[str, pd.DataFrame]) -> dict[str, list[Step]]:
    """The route of each benchmark: legs of its own, or the part of its corridor between its places.

    A wait has the legs before and after it, and a figure with handling in the port where it begins
    the leg that leads there.
    """
    renamed = tables["benchmark_legs"].rename(columns={"benchmark_id": "corridor_id"})
    own = dict(join_corridors(renamed, tables["legs"]))
    shared = dict(join_corridors(tables["corridor_legs"], tables["legs"]))
    chains = {}
    for row in _select_placed(tables["benchmarks"]).to_dict("records"):
        name, corridor = row["benchmark_id"], row["corridor_id"]
        chain = own[name] if name in own else shared[corridor]
        if row["part_code"] not in (*PARTS, WITH_PORT):
            chain = slice_chain(chain, row["from_node_id"], row["to_node_id"])
        chains[name] = chain
    return chains
