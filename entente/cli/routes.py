"""`python -m entente routes`: the best ways between two places, or why there is none."""

import argparse
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from entente.cli import arguments
from entente.dossier.store import Dossier
from entente.routes.network.alternatives import CutLeg, find_alternatives, find_cut
from entente.routes.network.scenarios import Scenario
from entente.routes.network.search import OBJECTIVES, Route, prepare_search
from entente.routes.valuation.leverage import Veto

ABOUT = "find the best ways between two places"
MODES_WIDTH = 12
DECIMALS = 4
LEG_FIELDS = ("leg_id", "from_node_id", "to_node_id", "mode_code")
HINDRANCE_FIELDS = ("status_code", "multiplier", "since_edtf", "note", "scenario_id")


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("routes", help=ABOUT, description=ABOUT)
    arguments.add_route_options(command)
    command.add_argument(
        "--veto", metavar="ACTOR", action="append", default=[], help="denies transit; repeatable"
    )
    command.add_argument(
        "--ways", type=int, default=3, metavar="N", help="how many ways that differ, at most"
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the ways."""
    return arguments.print_answer(options, _answer)


def _answer(options: argparse.Namespace, dossier: Dossier) -> str:
    found = answer_routes(options, dossier)
    if options.json:
        return json.dumps(found, ensure_ascii=False, indent=2)
    return "\n".join(_lines(found, arguments.label_nodes(dossier)))


def answer_routes(options: argparse.Namespace, dossier: Dossier) -> dict[str, Any]:
    """The answer: `ways`, best first; `cut`, the fewest legs whose opening would restore one."""
    origin, destination = arguments.read_ends(options, dossier)
    vetoes = sorted(set(arguments.read_actors(options.veto, dossier)))
    scenario = arguments.read_scenario(options, dossier)
    objective = OBJECTIVES[options.by]
    found = prepare_search(scenario, origin=origin, destination=destination, objective=objective)
    network = scenario.network
    bits = network.to_bits(vetoes)
    routes = find_alternatives(found, vetoes=bits, most=max(options.ways, 1))
    cut, restored = ((), None) if routes else find_cut(found, vetoes=bits)
    holders = dossier["leg_actors"].groupby("leg_id")["actor_id"].agg(" ".join).to_dict()
    return {
        **record_question(scenario, origin, destination, options.by),
        "vetoes": vetoes,
        "without_veto": list(network.name_actors(bits & found.own_trade)),
        "standing_vetoes": list(network.name_actors(found.standing)),
        "ways": [record_route(route, scenario) for route in routes],
        "cut": None if routes else record_cut(cut, holders),
        "restored": record_route(restored, scenario) if restored else None,
    }


def record_question(scenario: Scenario, origin: str, destination: str, by: str) -> dict[str, Any]:
    """What was asked."""
    return {
        "from": origin,
        "to": destination,
        "as_of": scenario.as_of.isoformat(),
        "scenarios": list(scenario.scenario_ids),
        "by": by,
    }


def record_route(route: Route, scenario: Scenario) -> dict[str, Any]:
    """A route with its totals and its legs."""
    known = scenario.statuses.set_index("leg_id").to_dict("index")
    return {
        "days": round_off(route.days),
        "usd": round_off(route.usd),
        "co2e_kg": round_off(route.co2e),
        "km": round_off(route.km),
        "nodes": list(route.node_ids),
        "legs": [
            {
                **{name: getattr(step, name) for name in LEG_FIELDS},
                **{name: _plain(known.get(step.leg_id, {}).get(name)) for name in HINDRANCE_FIELDS},
            }
            for step in route.steps
        ],
    }


def record_cut(cut: Sequence[CutLeg], holders: Mapping[str, str]) -> list[dict[str, Any]]:
    """The legs of a cut; `controllers` names those on record as able to deny them."""
    return [
        {
            **leg._asdict(),
            "vetoed_by": list(leg.vetoed_by),
            "controllers": holders.get(leg.leg_id, "").split(),
        }
        for leg in cut
    ]


def record_veto(veto: Veto, scenario: Scenario) -> dict[str, Any]:
    """What a veto costs, and the way that traffic then takes."""
    return {
        "actors": list(veto.actors),
        "without_veto": list(veto.own_trade),
        "cuts_route": veto.cuts_route,
        "veto_loss": round_off(veto.loss),
        "veto_loss_days": round_off(veto.loss_days),
        "veto_loss_usd": round_off(veto.loss_usd),
        "sum_of_parts": round_off(veto.sum_parts()),
        "adds_to_parts": round_off(veto.adds),
        "parts_that_cut": list(veto.parts_that_cut),
        "detour": record_route(veto.route, scenario) if veto.route else None,
    }


def round_off(value: float | None) -> float | None:
    """A figure to four decimals; None stays None."""
    return None if value is None else round(value, DECIMALS)


def _plain(value: Any) -> Any:
    """A cell for JSON: missing is null."""
    return None if pd.isna(value) else value


def _lines(found: dict[str, Any], labels: dict[str, str]) -> list[str]:
    """The answer as text for a terminal."""
    lines = arguments.list_opening_lines(found, labels)
    lines += [f"{actor} has no veto: the trade is its own." for actor in found["without_veto"]]
    for place, way in enumerate(found["ways"], start=1):
        lines += ["", f"{place}. {_totals(way)}", *(_leg(leg, labels) for leg in way["legs"])]
    if found["ways"]:
        return lines
    if found["restored"] is None:
        return [*lines, "No route: no legs join the two."]
    lines += ["No route. Fewest legs whose opening would restore one:"]
    lines += [f"   {_cut_leg(leg, labels)}" for leg in found["cut"]]
    return [*lines, f"Then {_totals(found['restored'])}"]


def _totals(way: dict[str, Any]) -> str:
    return (
        f"{way['days']:.1f} days, USD {way['usd']:,.0f} per TEU, "
        f"{way['co2e_kg']:,.0f} kg CO2e, {way['km']:,.0f} km"
    )


def _leg(leg: dict[str, Any], labels: dict[str, str]) -> str:
    ends = f"{labels[leg['from_node_id']]} – {labels[leg['to_node_id']]}"
    slower = leg["multiplier"] and leg["multiplier"] != 1
    factor = f" (partial, factor {leg['multiplier']:g})" if slower else ""
    return f"   {leg['leg_id']}  {leg['mode_code']:<{MODES_WIDTH}}  {ends}{factor}"


def _cut_leg(leg: dict[str, Any], labels: dict[str, str]) -> str:
    ends = f"{labels[leg['from_node_id']]} – {labels[leg['to_node_id']]}"
    why = [f"denied by {', '.join(leg['vetoed_by'])}"] if leg["vetoed_by"] else []
    if leg["is_shut"]:
        since = f" since {leg['since_edtf']}" if leg["since_edtf"] not in (None, "..") else ""
        shut = leg["scenario_id"] and f"{leg['status_code']} in scenario {leg['scenario_id']}"
        why.append(shut or f"{leg['status_code']}{since}: {leg['note']}")
    holders = f" Controlled by {', '.join(leg['controllers'])}." if leg["controllers"] else ""
    reasons = "; ".join(why).rstrip(".")
    return f"{leg['leg_id']}  {leg['mode_code']}  {ends}: {reasons}.{holders}"
