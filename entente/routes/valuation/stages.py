"""Stages: a route as the load lives it, carriage and stop by turns, each with days, cost and CO2e.

After UNESCAP's time/cost–distance model. A carriage is the moving time of one leg; a stop is a wait
at a node. Every wait is one row of its own, so none is counted twice and none hides in a leg.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from entente.routes.network.chains import Step, list_steps
from entente.routes.network.dwell_times import Dwell, Places, index_places, list_dwell_times
from entente.routes.network.graph import EMISSION_RATES, PAYLOAD_RATE

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
    places: Places
    rates: Mapping[str, Bounds]
    multipliers: Mapping[str, float]


def index_network(
    *,
    legs: pd.DataFrame,
    nodes: pd.DataFrame,
    rates: pd.DataFrame,
    slow_borders: pd.DataFrame,
    statuses: pd.DataFrame,
) -> Network:
    """Index the tables for :func:`value_stages`.

    Args:
        legs: The table of that name.
        nodes: The table of that name.
        rates: The table of that name.
        slow_borders: The table of that name.
        statuses: Rows of `leg_id` and `multiplier`, such as `scenarios.read_statuses` gives. A leg
            without a multiplier, because it is shut or not built, is valued as if it were open.
    """
    known = statuses.dropna(subset=["multiplier"])
    return Network(
        legs={leg.leg_id: leg for leg in legs.itertuples()},
        places=index_places(nodes, slow_borders),
        rates={r.rate_id: Bounds(r.low, r.typical, r.high) for r in rates.itertuples()},
        multipliers=dict(zip(known["leg_id"], known["multiplier"], strict=True)),
    )


def value_stages(chains: pd.DataFrame, known: Network) -> pd.DataFrame:
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
        for stage, row in enumerate(_list_stages(list_steps(chain), known), start=1):
            rows.append({"corridor_id": corridor_id, "stage": stage, **row})
    numbers = dict.fromkeys(("from_km", "to_km", *FIGURES, "multiplier"), float)
    return pd.DataFrame(rows, columns=STAGE_COLUMNS).astype(numbers)


def _list_stages(chain: Sequence[Step], known: Network) -> Iterator[dict[str, Any]]:
    """Dwell times due before each leg, its carriage, and those due after the last."""
    km = 0.0
    due = list_dwell_times(chain, known.places)
    for place, step in enumerate(chain):
        yield from (_stop(dwell, km, known) for dwell in due[place])
        end = km + known.legs[step.leg_id].distance_km
        yield _carriage(step, km, end, known)
        km = end
    yield from (_stop(dwell, km, known) for dwell in due[-1])


def _carriage(step: Step, start: float, end: float, known: Network) -> dict[str, Any]:
    leg = known.legs[step.leg_id]
    factor = known.multipliers.get(step.leg_id, 1.0)
    days = Bounds(leg.transit_days_low, leg.transit_days_typical, leg.transit_days_high)
    cost = Bounds(leg.cost_usd_per_teu_low, leg.cost_usd_per_teu_typical, leg.cost_usd_per_teu_high)
    rate_id = EMISSION_RATES[leg.mode_code]
    payload_tonnes = known.rates[PAYLOAD_RATE].typical
    emitted = _times(known.rates[rate_id], leg.distance_km * payload_tonnes / 1000)
    return {
        "kind": "carriage",
        "what_code": leg.mode_code,
        "leg_id": step.leg_id,
        "actor_id": known.places.states[step.to_node_id],
        "from_km": start,
        "to_km": end,
        **_figures(_times(days, factor), _times(cost, factor), emitted),
        "multiplier": factor,
        "is_gauge_break": False,
        "rate_ids": rate_id,
    }


def _stop(dwell: Dwell, km: float, known: Network) -> dict[str, Any]:
    rule = dwell.rule
    prices = [known.rates[rate_id] for rate_id in rule.cost_rate_ids]
    return {
        "kind": "stop",
        "what_code": rule.what_code,
        "node_id": dwell.node_id,
        "actor_id": known.places.states[dwell.node_id],
        "from_km": km,
        "to_km": km,
        **_figures(known.rates[rule.days_rate_id], _sum(prices), NOTHING),
        "multiplier": 1.0,
        "is_gauge_break": dwell.is_gauge_break,
        "rate_ids": " ".join((rule.days_rate_id, *rule.cost_rate_ids)),
    }


def _sum(parts: list[Bounds]) -> Bounds:
    return Bounds(*(sum(values) for values in zip(NOTHING, *parts, strict=True)))


def _times(bounds: Bounds, factor: float) -> Bounds:
    return Bounds(*(value * factor for value in bounds))


def _figures(days: Bounds, cost: Bounds, emitted: Bounds) -> dict[str, float]:
    return dict(zip(FIGURES, (*days, *cost, *emitted), strict=True))
