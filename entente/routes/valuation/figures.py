"""Figures: what the model says of one published figure, whoever published it."""

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from entente.routes.network.rates import read_rates
from entente.routes.network.scenarios import read_statuses
from entente.routes.valuation.calibration import Calibration
from entente.routes.valuation.corridors import FIGURES, judge_corridors, value_stages
from entente.routes.valuation.simulation import DRAWS, measure_log_variance, simulate, summarise

CARRIAGE = "carriage"
WITH_PORT = "with-port"
TO_BORDER = "to-border"
BORDER = "border"
# A wait that a figure may speak of, to the reasons of its stages.
PARTS = {
    BORDER: ("border", "gauge-break"),
    "port": ("port", "ferry-port"),
    "ferry-wait": ("ferry-wait",),
}
LENGTH = "distance_km"


class Valued(NamedTuple):
    """What the model says of a published figure, in km, days or USD per TEU.

    Attributes:
        p10: Tenth percentile if the rates are right.
        p50: The typical figure: the sum of those of the stages.
        p90: Ninetieth percentile if the rates are right.
        calibrated_p10: Nine of ten published figures should lie above.
        calibrated_p90: Nine of ten published figures should lie below.
        lowest: The sum of all low figures.
        highest: The sum of all high figures.
        log_variance: Variance of the logarithm of the draws; 0 of a length.
        mode_code: The mode of most km; of a wait, what it is.
        condition: That of the route on the day.
    """

    p10: float
    p50: float
    p90: float
    calibrated_p10: float
    calibrated_p90: float
    lowest: float
    highest: float
    log_variance: float
    mode_code: str
    condition: str


def value_figure(
    chain: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    *,
    quantity: str,
    as_of: dt.date,
    calibration: Calibration,
    part_code: Any = None,
    node_id: str = "",
    beyond_km: tuple[float, float] = (0.0, 0.0),
    count: int = DRAWS,
) -> Valued | None:
    """What the model says of a published figure; None where it has no such stage.

    A leg that was shut or unbuilt on the day is valued as if open.

    Args:
        chain: Its route: rows of `legs.CHAIN_COLUMNS`, of one corridor.
        tables: `legs`, `nodes`, `rates`, `rate_periods`, `local_rates` and `leg_statuses`, by name.
        quantity: `distance_km`, `days` or `cost_usd_per_teu`.
        as_of: The day that it speaks of.
        calibration: The errors of the model.
        part_code: See :func:`select_part`.
        node_id: The node of a wait.
        beyond_km: See :func:`stretch_ends`.
        count: How many draws.
    """
    statuses = read_statuses(tables["leg_statuses"], as_of=as_of)
    rates = read_rates(tables, as_of=as_of)
    staged = value_stages(chain, tables, statuses=statuses, rates=rates)
    staged = stretch_ends(select_part(staged, part_code, node_id), *beyond_km)
    carriage = staged[staged["kind"] == CARRIAGE]
    km = (carriage["to_km"] - carriage["from_km"]).groupby(carriage["what_code"]).sum()
    if staged.empty or (quantity == LENGTH and km.empty):
        return None
    mode = str(km.idxmax()) if len(km) else str(part_code)
    condition = str(judge_corridors(chain, statuses).at[0, "condition"])
    if quantity == LENGTH:
        bounds = dict.fromkeys(Valued._fields[:7], float(km.sum()))
        return Valued(**bounds, log_variance=0.0, mode_code=mode, condition=condition)
    simulation = simulate(staged, count=count)
    found = summarise(simulation, calibration).iloc[0]
    low, high = float(found[f"{quantity}_p10"]), float(found[f"{quantity}_p90"])
    ends = [float(found[f"{quantity}_calibrated_{end}"]) for end in ("p10", "p90")]
    return Valued(
        p10=low,
        p50=float(found[f"{quantity}_typical"]),
        p90=high,
        calibrated_p10=ends[0] if math.isfinite(ends[0]) else low,
        calibrated_p90=ends[1] if math.isfinite(ends[1]) else high,
        lowest=float(staged[f"{quantity}_low"].sum()),
        highest=float(staged[f"{quantity}_high"].sum()),
        log_variance=float(measure_log_variance(simulation.totals[quantity])[0]),
        mode_code=mode,
        condition=condition,
    )


def select_part(stages: pd.DataFrame, part_code: Any, node_id: str) -> pd.DataFrame:
    """The stages that a figure speaks of: all, moving alone, or one wait.

    Args:
        stages: Rows of `corridors.STAGE_COLUMNS`.
        part_code: `carriage`, a key of `PARTS`, `with-port` for all but the first, which is the leg
            that leads to the port, `to-border` for all but the wait at the border where the route
            ends, or missing for all stages.
        node_id: The node of a wait; empty for all waits of that kind. A border that the load meets
            at the other end of the leg counts, for which of two border stations it is depends on
            the direction.
    """
    if part_code == WITH_PORT:
        return stages.iloc[1:]
    if part_code == TO_BORDER:
        ends_there = stages["what_code"].iloc[-1] in PARTS[BORDER]
        return stages.iloc[:-1] if ends_there else stages
    if part_code not in PARTS:
        return stages[stages["kind"] == CARRIAGE] if part_code == CARRIAGE else stages
    waits = stages[(stages["kind"] != CARRIAGE) & stages["what_code"].isin(PARTS[part_code])]
    own = waits[waits["node_id"] == node_id]
    return waits if not node_id or (own.empty and part_code == BORDER) else own


def stretch_ends(stages: pd.DataFrame, from_km: float, to_km: float) -> pd.DataFrame:
    """The stages of a route whose ends are not quite those of its legs.

    Args:
        stages: Rows of `corridors.STAGE_COLUMNS`.
        from_km: How much farther than the first leg the route begins, carried at the pace and the
            price of that leg; below zero if it begins somewhere along it.
        to_km: The same of the last leg.
    """
    stretched = stages.copy()
    places = stages.index[stages["kind"] == CARRIAGE]
    for place, more in ((places[:1], from_km), (places[-1:], to_km)):
        if not more:
            continue
        km = stretched.loc[place, "to_km"] - stretched.loc[place, "from_km"]
        stretched.loc[place, list(FIGURES)] = stretched.loc[place, list(FIGURES)].mul(
            1 + more / km, axis=0
        )
        stretched.loc[place, "to_km"] += more
    return stretched
