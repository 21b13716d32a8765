"""Stages: a way as the load lives it, carriage and stop by turns, each with days, cost and CO2e.

After UNESCAP's time/cost–distance model. A carriage is the moving time of one leg; a stop is a wait
at a node. Every wait is one row of its own, so none is counted twice and none hides in a leg.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from entente.routes.network.dwell_times import Due, due_stops
from entente.vocabulary import PAYLOAD_TONNES

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
EMISSION_RATES = {
    "deep-sea": "CO2-SEA-DEEP",
    "short-sea": "CO2-SEA-FEED",
    "ferry": "CO2-FERRY",
    "inland-water": "CO2-IWT",
    "rail": "CO2-RAIL",
    "road": "CO2-ROAD",
}


class Bounds(NamedTuple):
    """A quantity as it is known."""

    low: float
    typical: float
    high: float


NOTHING = Bounds(0.0, 0.0, 0.0)


@dataclass(frozen=True, kw_only=True)
class Network:
    """The tables that stages are valued with, looked up by id."""

    legs: Mapping[str, Any]
    states: Mapping[str, str]
    kinds: Mapping[str, str]
    rates: Mapping[str, Bounds]
    multipliers: Mapping[str, float]


def network(
    *, legs: pd.DataFrame, nodes: pd.DataFrame, rates: pd.DataFrame, statuses: pd.DataFrame
) -> Network:
    """Index the tables for :func:`stages`.

    Args:
        legs: The table of that name.
        nodes: The table of that name.
        rates: The table of that name.
        statuses: Rows of `leg_id` and `multiplier`, such as `leg_status.statuses_at` gives. A leg
            without a multiplier, because it is shut or not built, is valued as if it were open.
    """
    known = statuses.dropna(subset=["multiplier"])
    return Network(
        legs={leg.leg_id: leg for leg in legs.itertuples()},
        states=dict(zip(nodes["node_id"], nodes["actor_id"], strict=True)),
        kinds=dict(zip(nodes["node_id"], nodes["kind_code"], strict=True)),
        rates={r.rate_id: Bounds(r.low, r.typical, r.high) for r in rates.itertuples()},
        multipliers=dict(zip(known["leg_id"], known["multiplier"], strict=True)),
    )


def stages(chains: pd.DataFrame, known: Network) -> pd.DataFrame:
    """The stages of every chain, in order.

    Args:
        chains: Rows of `chains.CHAIN_COLUMNS`.
        known: What they are valued with.

    Returns:
        Rows of `STAGE_COLUMNS`, `stage` counting from 1. `kind` is `carriage` (with `leg_id`) or
        `stop` (with `node_id`); `actor_id` is the state where it happens, of a carriage the one it
        leads to; `what_code` is the mode or the reason for waiting; `rate_ids` name what the
        figures rest on beyond the leg itself, joined by a blank.

    Raises:
        KeyError: a rate that a rule asks for is missing.
    """
    rows: list[dict[str, Any]] = []
    for corridor_id, chain in chains.groupby("corridor_id", sort=False):
        for stage, row in enumerate(_of_chain(chain.to_dict("records"), known), start=1):
            rows.append({"corridor_id": corridor_id, "stage": stage, **row})
    numbers = dict.fromkeys(("from_km", "to_km", *FIGURES, "multiplier"), float)
    return pd.DataFrame(rows, columns=STAGE_COLUMNS).astype(numbers)


def _of_chain(chain: list[dict[str, Any]], known: Network) -> Iterator[dict[str, Any]]:
    """Stops due before each leg, its carriage, and those due after the last."""
    km = 0.0
    due = due_stops(chain, states=known.states, kinds=known.kinds)
    for place, step in enumerate(chain):
        yield from _waits(due[place], km, known)
        end = km + known.legs[step["leg_id"]].distance_km
        yield _carriage(step, km, end, known)
        km = end
    yield from _waits(due[len(chain)], km, known)


def _carriage(step: dict[str, Any], start: float, end: float, known: Network) -> dict[str, Any]:
    leg = known.legs[step["leg_id"]]
    factor = known.multipliers.get(step["leg_id"], 1.0)
    days = Bounds(leg.transit_days_low, leg.transit_days_typical, leg.transit_days_high)
    cost = Bounds(leg.cost_usd_per_teu_low, leg.cost_usd_per_teu_typical, leg.cost_usd_per_teu_high)
    rate_id = EMISSION_RATES[leg.mode_code]
    emitted = _times(known.rates[rate_id], leg.distance_km * PAYLOAD_TONNES / 1000)
    return {
        "kind": "carriage",
        "what_code": leg.mode_code,
        "leg_id": step["leg_id"],
        "actor_id": known.states[step["to_node_id"]],
        "from_km": start,
        "to_km": end,
        **_figures(_times(days, factor), _times(cost, factor), emitted),
        "multiplier": factor,
        "is_gauge_break": False,
        "rate_ids": rate_id,
    }


def _waits(due: list[Due], km: float, known: Network) -> Iterator[dict[str, Any]]:
    for stop, node_id, is_gauge_break in due:
        prices = [known.rates[rate_id] for rate_id in stop.cost_rate_ids]
        yield {
            "kind": "stop",
            "what_code": stop.what_code,
            "node_id": node_id,
            "actor_id": known.states[node_id],
            "from_km": km,
            "to_km": km,
            **_figures(known.rates[stop.days_rate_id], _sum(prices), NOTHING),
            "multiplier": 1.0,
            "is_gauge_break": is_gauge_break,
            "rate_ids": " ".join((stop.days_rate_id, *stop.cost_rate_ids)),
        }


def _sum(parts: list[Bounds]) -> Bounds:
    return Bounds(*(sum(values) for values in zip(NOTHING, *parts, strict=True)))


def _times(bounds: Bounds, factor: float) -> Bounds:
    return Bounds(*(value * factor for value in bounds))


def _figures(days: Bounds, cost: Bounds, emitted: Bounds) -> dict[str, float]:
    return dict(zip(FIGURES, (*days, *cost, *emitted), strict=True))
