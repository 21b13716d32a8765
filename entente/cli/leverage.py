"""`python -m entente leverage`: what a veto of each transit actor costs, alone and together."""

import argparse
import json
from typing import Any

from entente.cli import arguments
from entente.cli.routes import record_cut, record_question, record_route, record_veto, round_off
from entente.dossier.store import Dossier
from entente.routes.network.search import OBJECTIVES
from entente.routes.trips import label_actors
from entente.routes.valuation.leverage import Shares, assemble_leverage, prepare_traffic

UNIT = {"time": "days", "cost": "usd", "co2e": "co2e_kg"}
ABOUT = "find what a veto of each transit actor costs"


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("leverage", help=ABOUT, description=ABOUT)
    arguments.add_route_options(command)
    command.add_argument(
        "--together",
        metavar="ACTOR",
        nargs="+",
        action="append",
        default=[],
        help="a coalition; repeatable",
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the table of actors and the coalitions."""
    return arguments.print_answer(options, _answer)


def _answer(options: argparse.Namespace, dossier: Dossier) -> str:
    found = answer_leverage(options, dossier)
    if options.json:
        return json.dumps(found, ensure_ascii=False, indent=2)
    return "\n".join(_lines(found, arguments.label_nodes(dossier), label_actors(dossier)))


def answer_leverage(options: argparse.Namespace, dossier: Dossier) -> dict[str, Any]:
    """The answer: `actors` by their share, and `coalitions`, those asked for and the presets."""
    origin, destination = arguments.read_ends(options, dossier)
    wanted = {
        " + ".join(actors): tuple(actors)
        for actors in (arguments.read_actors(words, dossier) for words in options.together)
    }
    presets = {p.label: p.actor_ids for p in dossier.document.leverage_presets}
    scenario = arguments.read_scenario(options, dossier)
    traffic = prepare_traffic(
        scenario, origin=origin, destination=destination, objective=OBJECTIVES[options.by]
    )
    standing = scenario.network.name_actors(traffic.chosen.standing)
    record = {
        **record_question(scenario, origin, destination, options.by),
        "standing_vetoes": list(standing),
    }
    found = assemble_leverage(traffic, {**wanted, **presets})
    if found.best is None or found.shares is None:
        cut = record_cut(found.cut, {})
        return {**record, "way": None, "cut": cut, "actors": [], "coalitions": []}
    keys = ("cuts_route", "veto_loss", "veto_loss_days", "veto_loss_usd", "detour")
    alone = [(actor, record_veto(actor.alone, scenario)) for actor in found.actors]
    return {
        **record,
        "way": record_route(found.best, scenario),
        "unit": UNIT[options.by],
        "actors": [
            {
                "actor": actor.actor_id,
                **{key: veto[key] for key in keys},
                "shapley": round_off(actor.share),
                "shapley_days": round_off(actor.share_days),
            }
            for actor, veto in alone
        ],
        "coalitions": [
            {"label": label, **record_veto(veto, scenario)}
            for label, veto in found.coalitions.items()
        ],
        "shapley": _record_shares(found.shares),
    }


def _record_shares(shares: Shares) -> dict[str, Any]:
    """How the shares come about."""
    return {
        "grand_loss": round_off(shares.grand_loss),
        "lost_route_counts_as": round_off(shares.fallback),
        "rule": "a lost route counts as the largest finite loss of any coalition, "
        "or as the whole best way when that is more",
        "coalitions": shares.coalition_count,
        "coalitions_without_route": shares.lost_count,
        "smallest_without_route": [list(actors) for actors in shares.smallest_cuts],
    }


def _lines(found: dict[str, Any], places: dict[str, str], labels: dict[str, str]) -> list[str]:
    """The answer as text for a terminal."""
    lines = arguments.list_opening_lines(found, places)
    if found["way"] is None:
        cuts = ", ".join(leg["leg_id"] for leg in found["cut"])
        return [*lines, f"No route even without a veto; shut: {cuts}."]
    way = found["way"]
    lines += [
        f"Best way: {way['days']:.1f} days, USD {way['usd']:,.0f}, {' > '.join(way['nodes'])}"
    ]
    unit = found["unit"]
    lines += ["", f"{'actor':<28}{'veto, days':>12}{'veto, USD':>12}{'Shapley, ' + unit:>20}"]
    lines += [
        f"{labels[row['actor']]:<28}{_loss(row, 'days', 1)}{_loss(row, 'usd', 0)}"
        f"{row['shapley']:>20,.2f}"
        for row in found["actors"]
    ]
    lines += ["", f"{'coalition':<28}{'days':>12}{'USD':>12}{'beyond its parts':>20}"]
    lines += [
        f"{row['label']:<28}{_loss(row, 'days', 1)}{_loss(row, 'usd', 0)}{_added(row):>20}"
        for row in found["coalitions"]
    ]
    return [*lines, "", *_on_shares(found["shapley"], unit)]


def _loss(row: dict[str, Any], quantity: str, digits: int) -> str:
    value = row[f"veto_loss_{quantity}"]
    return f"{'no route':>12}" if value is None else f"{value:>+12,.{digits}f}"


def _added(row: dict[str, Any]) -> str:
    if row["without_veto"]:
        return f"own trade: {' '.join(row['without_veto'])}"
    return "–" if row["adds_to_parts"] is None else f"{row['adds_to_parts']:+,.2f}"


def _on_shares(shapley: dict[str, Any], unit: str) -> list[str]:
    lost, count = shapley["coalitions_without_route"], shapley["coalitions"]
    lines = [
        f"Shares add up to {shapley['grand_loss']:,.2f} {unit}. {lost} of {count} coalitions leave "
        f"no route; each counts as {shapley['lost_route_counts_as']:,.2f} {unit}."
    ]
    cuts = shapley["smallest_without_route"][:3]
    named = "; ".join(" + ".join(actors) for actors in cuts)
    return [*lines, f"Smallest of them: {named}."] if cuts else lines
