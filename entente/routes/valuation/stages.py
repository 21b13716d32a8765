"""Stages: a route as the load lives it, carriage and stop by turns, each with days, cost and CO2e.

After UNESCAP's time/cost–distance model. A carriage is the moving time of one leg; a stop is a wait
at a node. Every wait is one row of its own, so none is counted twice and none hides in a leg.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

import pandas as pd

from entente.routes.network.graph import EMISSION_RATES, PAYLOAD_RATE
from entente.routes.network.legs import (
    PASSED_AT_SEA,
    Places,
    Step,
    index_places,
    list_dwell_times,
    list_steps,
)

QUANTITIES = ("days", "cost_usd_per_teu", "co2e_kg_per_teu")
BOUNDS = ("low", "typical", "high")
FIGURES = tuple(f"{quantity}_{bound}" for quantity in QUANTITIES for bound in BOUNDS)
STAGE_COLUMNS = [
    "corridor_id",
    "stage",
    "kind",
    "what_code",
    "leg_id",
    "node_id",
    "actor_id",
    "from_km",
    "to_km",
    *FIGURES,
    "multiplier",
    "is_gauge_break",
    "rate_ids",
]
MEASURE_COLUMNS = [
    "corridor_id",
    "distance_km",
    "border_count",
    "transshipment_count",
    "gauge_break_count",
    "states",
]


def value_stages(
    chains: pd.DataFrame, tables: Mapping[str, pd.DataFrame], *, statuses: pd.DataFrame
) -> pd.DataFrame:
    """The stages of every chain, in order.

    Args:
        chains: Rows of `legs.CHAIN_COLUMNS`.
        tables: `legs`, `nodes`, `rates` and `slow_borders`, by name.
        statuses: Rows of `leg_id` and `multiplier`, such as `scenarios.read_statuses` gives. A leg
            without a multiplier, because it is shut or not built, is valued as if it were open.

    Returns:
        Rows of `STAGE_COLUMNS`, `stage` counting from 1. `kind` is `carriage` (with `leg_id`) or
        `stop` (with `node_id`); `actor_id` is the state where it happens, of a carriage the one it
        leads to; `what_code` is the mode or the reason for waiting; `rate_ids` name what the
        figures rest on beyond the leg itself, joined by a blank.

    Raises:
        KeyError: a rate that a rule asks for is missing.
    """
    places = index_places(tables["nodes"], tables["slow_borders"])
    legs, rates = tables["legs"].set_index("leg_id"), tables["rates"].set_index("rate_id")
    rows = [
        {"corridor_id": corridor_id, "stage": stage, **row}
        for corridor_id, chain in chains.groupby("corridor_id", sort=False)
        for stage, row in enumerate(_list_stages(list_steps(chain), legs, places), start=1)
    ]
    stages = pd.DataFrame(rows, columns=STAGE_COLUMNS)
    multipliers = statuses.dropna(subset=["multiplier"]).set_index("leg_id")["multiplier"]
    factor = stages["leg_id"].map(multipliers).astype(float).fillna(1.0)
    is_stop = stages["kind"] == "stop"
    rate_ids = [ids.split(" ") for ids in stages["rate_ids"]]
    tonne_km = stages["leg_id"].map(legs["distance_km"]) * rates.at[PAYLOAD_RATE, "typical"]
    for bound in BOUNDS:
        rate = rates[bound].to_dict()
        first = pd.Series([rate[ids[0]] for ids in rate_ids], dtype=float)
        prices = pd.Series([sum(map(rate.__getitem__, ids[1:])) for ids in rate_ids], dtype=float)
        moving = stages["leg_id"].map(legs[f"transit_days_{bound}"]) * factor
        freight = stages["leg_id"].map(legs[f"cost_usd_per_teu_{bound}"]) * factor
        stages[f"days_{bound}"] = first.where(is_stop, moving)
        stages[f"cost_usd_per_teu_{bound}"] = prices.where(is_stop, freight)
        stages[f"co2e_kg_per_teu_{bound}"] = (first * (tonne_km / 1000)).mask(is_stop, 0.0)
    numbers = dict.fromkeys(("from_km", "to_km", *FIGURES, "multiplier"), float)
    return stages.assign(multiplier=factor).astype(numbers)


def _list_stages(
    chain: Sequence[Step], legs: pd.DataFrame, places: Places
) -> Iterator[dict[str, Any]]:
    """Dwell times due before each leg, its carriage, and those due after the last."""
    start = 0.0
    for step, due in zip([*chain, None], list_dwell_times(chain, places), strict=True):
        for dwell in due:
            yield {
                "kind": "stop",
                "what_code": dwell.rule.what_code,
                "node_id": dwell.node_id,
                "actor_id": places.states[dwell.node_id],
                "from_km": start,
                "to_km": start,
                "is_gauge_break": dwell.rule.breaks_gauge,
                "rate_ids": " ".join((dwell.rule.days_rate_id, *dwell.rule.cost_rate_ids)),
            }
        if step:
            end = start + legs.at[step.leg_id, "distance_km"]
            yield {
                "kind": "carriage",
                "what_code": step.mode_code,
                "leg_id": step.leg_id,
                "actor_id": places.states[step.to_node_id],
                "from_km": start,
                "to_km": end,
                "is_gauge_break": False,
                "rate_ids": EMISSION_RATES[step.mode_code],
            }
            start = end


def measure_corridors(
    chains: pd.DataFrame, stages: pd.DataFrame, *, nodes: pd.DataFrame
) -> pd.DataFrame:
    """How long each corridor is, and what a load goes through on it.

    Args:
        chains: Rows of `legs.CHAIN_COLUMNS`.
        stages: The stages of the same chains.
        nodes: The table of that name.

    Returns:
        One row per corridor, in the order of `chains`: `corridor_id`, `distance_km`,
        `border_count`, `transshipment_count`, `gauge_break_count` and `states`. A transshipment is
        a change of mode on the way, a change between ocean ship and feeder among them; wagons on a
        train ferry change nothing. `states` are the states on the way, in order, joined by a blank.
    """
    rows = []
    for corridor_id, chain in chains.groupby("corridor_id", sort=False):
        own, steps = stages[stages["corridor_id"] == corridor_id], list_steps(chain)
        states = list_states([steps[0].from_node_id, *chain["to_node_id"]], nodes)
        rows.append(
            {
                "corridor_id": corridor_id,
                "distance_km": own["to_km"].max(),
                "border_count": len(states) - 1,
                "transshipment_count": sum(
                    one.mode_code != other.mode_code and not (one.rides_rails and other.rides_rails)
                    for one, other in pairwise(steps)
                ),
                "gauge_break_count": int(own["is_gauge_break"].sum()),
                "states": " ".join(states),
            }
        )
    return pd.DataFrame(rows, columns=MEASURE_COLUMNS)


def list_states(node_ids: Sequence[str], nodes: pd.DataFrame) -> list[str]:
    """States in the order in which a load enters them; straits and canals passed at sea are none's.

    A state that is entered twice stands twice.
    """
    land = nodes[~nodes["kind_code"].isin(PASSED_AT_SEA)]
    states = dict(zip(land["node_id"], land["actor_id"], strict=True))
    return [state for state, _ in groupby(states[node] for node in node_ids if node in states)]
