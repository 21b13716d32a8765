"""Ways, cuts and vetoes as plain records, for JSON and for tables."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from entente.routes.network.scenarios import Scenario
from entente.routes.network.ways import Way
from entente.routes.valuation.vetoes import Veto

DECIMALS = 4
LEG_FIELDS = ("leg_id", "from_node_id", "to_node_id", "mode_code")
HINDRANCE_FIELDS = ("status_code", "multiplier", "since_edtf", "note", "scenario_id")
UNIT = {"time": "days", "cost": "usd", "co2e": "co2e_kg"}


def asked_record(scenario: Scenario, origin: str, destination: str, by: str) -> dict[str, Any]:
    """What was asked."""
    return {
        "from": origin,
        "to": destination,
        "as_of": scenario.as_of.isoformat(),
        "scenarios": list(scenario.scenario_ids),
        "by": by,
    }


def way_record(way: Way, scenario: Scenario) -> dict[str, Any]:
    """A way with its totals and its legs."""
    known = scenario.statuses.set_index("leg_id").to_dict("index")
    return {
        "days": rounded(way.days),
        "usd": rounded(way.usd),
        "co2e_kg": rounded(way.co2e),
        "km": rounded(way.km),
        "nodes": list(way.node_ids),
        "legs": [
            {
                **{name: step[name] for name in LEG_FIELDS},
                **{
                    name: plain(known.get(step["leg_id"], {}).get(name))
                    for name in HINDRANCE_FIELDS
                },
            }
            for step in way.steps
        ],
    }


def cut_records(cut: pd.DataFrame, holders: Mapping[str, str]) -> list[dict[str, Any]]:
    """The legs of a cut; `controllers` names those on record as able to deny them."""
    return [
        {
            **{name: plain(value) for name, value in row.items()},
            "is_shut": bool(row["is_shut"]),
            "controllers": holders.get(row["leg_id"], "").split(),
            "vetoed_by": row["vetoed_by"].split(),
        }
        for row in cut.to_dict("records")
    ]


def veto_record(veto: Veto, scenario: Scenario) -> dict[str, Any]:
    """What a veto costs, and the way that traffic then takes."""
    return {
        "actors": list(veto.actors),
        "without_veto": list(veto.own_trade),
        "cuts_route": veto.cuts_route,
        "veto_loss": rounded(veto.loss),
        "veto_loss_days": rounded(veto.loss_days),
        "veto_loss_usd": rounded(veto.loss_usd),
        "sum_of_parts": rounded(veto.sum_of_parts),
        "adds_to_parts": rounded(veto.adds),
        "parts_that_cut": list(veto.parts_that_cut),
        "detour": way_record(veto.way, scenario) if veto.way else None,
    }


def rounded(value: float | None) -> float | None:
    """A figure to four decimals; None stays None."""
    return None if value is None else round(value, DECIMALS)


def plain(value: Any) -> Any:
    """A cell for JSON: missing is null."""
    return None if pd.isna(value) else value
