"""`python -m entente leverage`: what a veto of each transit actor costs, alone and together."""

import argparse
import json
from collections.abc import Mapping, Sequence
from typing import Any

from entente.cli import arguments as asked
from entente.cli.route_records import (
    UNIT,
    asked_record,
    cut_records,
    rounded,
    veto_record,
    way_record,
)
from entente.dossier.store import Dossier
from entente.routes.network.cuts import cut
from entente.routes.network.objectives import OBJECTIVES
from entente.routes.valuation.leverage import PRESETS, Leverage, leverage
from entente.routes.valuation.vetoes import Trade, trade, veto, veto_alone

ABOUT = "find what a veto of each transit actor costs"


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("leverage", help=ABOUT, description=ABOUT)
    asked.add_to(command)
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
    return asked.answered(options, _answer)


def _answer(options: argparse.Namespace, dossier: Dossier) -> str:
    found = leverage_record(options, dossier)
    if options.json:
        return json.dumps(found, ensure_ascii=False, indent=2)
    return "\n".join(_lines(found, asked.node_labels(dossier), asked.actor_labels(dossier)))


def leverage_record(options: argparse.Namespace, dossier: Dossier) -> dict[str, Any]:
    """The answer: `actors` by their share, and `coalitions`, those asked for and the presets."""
    origin, destination = asked.ends_asked(options, dossier)
    wanted = {
        " + ".join(actors): actors
        for actors in (asked.actors_asked(words, dossier) for words in options.together)
    }
    scenario = asked.scenario_asked(options, dossier)
    objective = OBJECTIVES[options.by]
    traffic = trade(scenario, origin=origin, destination=destination, objective=objective)
    standing = scenario.transport.denials.named(traffic.chosen.standing)
    record = {
        **asked_record(scenario, origin, destination, options.by),
        "standing_vetoes": list(standing),
    }
    if not traffic.chosen.has_route:
        fewest, _ = cut(traffic.chosen, objective)
        return {
            **record,
            "way": None,
            "cut": cut_records(fewest, {}),
            "actors": [],
            "coalitions": [],
        }
    shared = leverage(traffic.chosen)
    days = shared if traffic.fastest is traffic.chosen else leverage(traffic.fastest)
    return {
        **record,
        "way": way_record(shared.ways[0], scenario),
        "unit": UNIT[options.by],
        "actors": actor_records(traffic, shared, days),
        "coalitions": coalition_records(traffic, {**wanted, **PRESETS}),
        "shapley": {
            "grand_loss": rounded(shared.grand_loss),
            "lost_route_counts_as": rounded(shared.fallback),
            "rule": "a lost route counts as the largest finite loss of any coalition, "
            "or as the whole best way when that is more",
            "coalitions": shared.coalition_count,
            "coalitions_without_route": shared.lost_count,
            "smallest_without_route": [list(actors) for actors in shared.smallest_cuts],
        },
    }


def actor_records(traffic: Trade, shared: Leverage, days: Leverage) -> list[dict[str, Any]]:
    """Each actor that matters, by its share."""
    others = sorted(set(days.players) - set(shared.players))
    records = []
    for actor in (*shared.players, *others):
        alone = veto_record(veto_alone(traffic, [actor]), traffic.chosen.scenario)
        keys = ("cuts_route", "veto_loss", "veto_loss_days", "veto_loss_usd", "detour")
        shares = {
            "shapley": rounded(shared.share_of.get(actor, 0.0)),
            "shapley_days": rounded(days.share_of.get(actor, 0.0)),
        }
        records.append({"actor": actor, **{key: alone[key] for key in keys}, **shares})
    return records


def coalition_records(
    traffic: Trade, coalitions: Mapping[str, Sequence[str]]
) -> list[dict[str, Any]]:
    """What coalitions cost, and what they add to the sum of their parts."""
    scenario = traffic.chosen.scenario
    return [
        {"label": label, **veto_record(veto(traffic, actors), scenario)}
        for label, actors in coalitions.items()
    ]


def _lines(found: dict[str, Any], places: dict[str, str], labels: dict[str, str]) -> list[str]:
    """The same for reading."""
    lines = asked.opening(found, places)
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
