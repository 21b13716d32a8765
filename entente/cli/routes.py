"""`python -m entente routes`: the best ways between two places, or why there is none."""

import argparse
import json
from typing import Any

from entente.cli import arguments as asked
from entente.cli.route_records import asked_record, cut_records, way_record
from entente.dossier.store import Dossier
from entente.routes.network.alternatives import different_ways
from entente.routes.network.cuts import cut
from entente.routes.network.objectives import OBJECTIVES
from entente.routes.network.search import finder

ABOUT = "find the best ways between two places"
MODES_WIDTH = 12


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("routes", help=ABOUT, description=ABOUT)
    asked.add_to(command)
    command.add_argument(
        "--veto", metavar="ACTOR", action="append", default=[], help="denies transit; repeatable"
    )
    command.add_argument(
        "--ways", type=int, default=3, metavar="N", help="how many ways that differ, at most"
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the ways."""
    return asked.answered(options, _answer)


def _answer(options: argparse.Namespace, dossier: Dossier) -> str:
    found = routes_record(options, dossier)
    if options.json:
        return json.dumps(found, ensure_ascii=False, indent=2)
    return "\n".join(_lines(found, asked.node_labels(dossier)))


def routes_record(options: argparse.Namespace, dossier: Dossier) -> dict[str, Any]:
    """The answer: `ways`, best first; `cut`, the fewest legs whose opening would restore one."""
    origin, destination = asked.ends_asked(options, dossier)
    vetoes = sorted(set(asked.actors_asked(options.veto, dossier)))
    scenario = asked.scenario_asked(options, dossier)
    objective = OBJECTIVES[options.by]
    found = finder(scenario, origin=origin, destination=destination, objective=objective)
    denials = scenario.transport.denials
    bits = denials.bits(vetoes)
    ways = different_ways(found, vetoes=bits, most=max(options.ways, 1))
    fewest, restored = (None, None) if ways else cut(found, objective, vetoes=bits)
    holders = dossier["leg_actors"].groupby("leg_id")["actor_id"].agg(" ".join).to_dict()
    return {
        **asked_record(scenario, origin, destination, options.by),
        "vetoes": vetoes,
        "without_veto": list(denials.named(bits & found.own_trade)),
        "standing_vetoes": list(denials.named(found.standing)),
        "ways": [way_record(way, scenario) for way in ways],
        "cut": None if fewest is None else cut_records(fewest, holders),
        "restored": way_record(restored, scenario) if restored else None,
    }


def _lines(found: dict[str, Any], labels: dict[str, str]) -> list[str]:
    """The same for reading."""
    lines = asked.opening(found, labels)
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
