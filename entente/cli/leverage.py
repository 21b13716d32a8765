"""`python -m entente leverage`: what the veto of each transit actor costs, alone and together."""

import argparse
from collections.abc import Mapping
from typing import Any

from entente.cli.arguments import format_columns
from entente.cli.routes import (
    Record,
    add_question,
    list_opening_lines,
    read_actors,
    read_ends,
    read_hindrances,
    read_scenario,
    read_value,
    record_cut,
    record_question,
    record_route,
)
from entente.dossier.store import Dossier
from entente.routes.actors.effects import QUANTITIES
from entente.routes.actors.hindrance_records import (
    answer_degrees,
    describe_unhindered,
    list_degrees,
    tabulate_degrees,
)
from entente.routes.network.scenarios import Scenario, read_variants
from entente.routes.network.search import OBJECTIVES
from entente.routes.valuation.degrees import Trade
from entente.routes.valuation.leverage import (
    ActorLeverage,
    Veto,
    assemble_leverage,
    prepare_traffic,
    price_veto_alone,
)
from entente.routes.valuation.leverage_draws import (
    DRAWS,
    LeverageDraws,
    LossDraws,
    ShareDraws,
    draw_leverage,
    draw_rates,
    draw_shares,
)

ABOUT_LEVERAGE = "calculate what each transit actor's veto costs"
FALLBACK_RULE = (
    "a lost route counts as the largest finite loss of any coalition, "
    "or as the whole best route when that is more"
)
UNITS = {"time": "days", "cost": "usd", "co2e": "co2e_kg"}
USUAL_VOLUME = 2000.0
LOSS_FIELDS = ("cuts_route", "veto_loss", "veto_loss_days", "veto_loss_usd", "detour")


def add(commands: Any) -> None:
    """Register the command."""
    leverage = add_question(
        commands, "leverage", ABOUT_LEVERAGE, answer_leverage, _describe_leverage
    )
    leverage.add_argument(
        "--together",
        metavar="ACTOR",
        nargs="+",
        action="append",
        default=[],
        help="a coalition; repeatable",
    )
    leverage.add_argument(
        "--by", choices=tuple(OBJECTIVES), default="time", help="what the best route has least of"
    )
    leverage.add_argument(
        "--degrees",
        action="store_true",
        help="what each coalition could do short of a veto, to one box and to many",
    )


def answer_leverage(options: argparse.Namespace, dossier: Dossier) -> Record:
    """The answer: `actors` by their share, and `coalitions`, those asked for and the presets."""
    origin, destination = read_ends(options, dossier)
    wanted = [read_actors(words, dossier) for words in options.together]
    coalitions = {
        **{" + ".join(actors): tuple(actors) for actors in wanted},
        **{preset.label: preset.actor_ids for preset in dossier.document.leverage_presets},
    }
    scenario = read_scenario(options, dossier)
    traffic = prepare_traffic(
        scenario, origin=origin, destination=destination, objective=OBJECTIVES[options.by]
    )
    found = assemble_leverage(traffic, coalitions)
    hindrances = read_hindrances(options, dossier)
    degrees = None
    if hindrances or options.degrees or options.volume is not None:
        volume = USUAL_VOLUME if options.volume is None and options.degrees else options.volume
        trade = Trade(origin, destination, read_value(options, dossier), volume)
        who = " + ".join(dict.fromkeys(one.actor for one in hindrances))
        asked = [(who, hindrances)] if hindrances else []
        asked += list_degrees(coalitions) if options.degrees else []
        degrees = answer_degrees(scenario, trade, options.months, asked, dossier)
    record = {
        **record_question(scenario, origin, destination, options.by),
        "standing_vetoes": scenario.network.name_actors(traffic.chosen.standing),
        "way": record_route(found.best, scenario),
        "degrees": degrees,
    }
    if found.shares is None:
        return {**record, "cut": record_cut(found.cut, {}), "actors": [], "coalitions": []}
    by = QUANTITIES[options.by]
    draws = draw_leverage(
        scenario,
        draw_rates(scenario),
        origin=origin,
        destination=destination,
        variants=read_variants(dossier.tables, chosen=scenario.variant_id),
        coalitions=tuple(coalitions.values()),
        quantities=tuple(dict.fromkeys((by, "days", "usd"))),
    )
    shares = {one.actor_id: one for one in draw_shares(draws, by)}
    known = {actor.actor_id for actor in found.actors}
    others = [
        ActorLeverage(actor, price_veto_alone(traffic, [actor]), 0.0, 0.0)
        for actor in sorted(set(draws.actors) - known)
    ]
    return {
        **record,
        "unit": UNITS[options.by],
        "draws": DRAWS,
        "variants": draws.variants,
        "variants_without_route": draws.without_route,
        "actors": [
            {
                "actor": one.actor_id,
                **_record_draws(draws.measure_losses([one.actor_id]), draws, by),
                **{field: veto[field] for field in LOSS_FIELDS},
                "shapley": one.share,
                "shapley_days": one.share_days,
                "shapley_range": _record_share(shares.get(one.actor_id)),
            }
            for one in (*found.actors, *others)
            for veto in [_record_veto(one.alone, scenario)]
        ],
        "coalitions": [
            {
                "label": label,
                **_record_draws(draws.measure_losses(veto.actors), draws, by),
                **_record_veto(veto, scenario),
            }
            for label, veto in found.coalitions.items()
        ],
        "shapley": {
            "grand_loss": found.shares.grand_loss,
            "lost_route_counts_as": found.shares.fallback,
            "rule": FALLBACK_RULE,
            "coalitions": found.shares.coalition_count,
            "coalitions_without_route": found.shares.lost_count,
            "smallest_without_route": found.shares.smallest_cuts,
        },
    }


def _record_veto(veto: Veto, scenario: Scenario) -> Record:
    return {
        "actors": veto.actors,
        "without_veto": veto.own_trade,
        "cuts_route": veto.cuts_route,
        "veto_loss": veto.loss,
        "veto_loss_days": veto.loss_days,
        "veto_loss_usd": veto.loss_usd,
        "sum_of_parts": veto.sum_parts(),
        "adds_to_parts": veto.adds,
        "parts_that_cut": veto.parts_that_cut,
        "detour": record_route(veto.route, scenario),
    }


def _record_draws(veto: LossDraws, draws: LeverageDraws, by: str) -> Record:
    """What a veto costs in all draws and variants, by the objective, by time and by cost.

    A percentile is missing where the route is lost.
    """

    def record(quantity: str, variant: int | None = None) -> Record:
        return {
            **veto.find_range(quantity, variant)._asdict(),
            "share_without_loss": veto.share_without_loss(quantity, variant),
        }

    return {
        **record(by),
        "share_lost_route": veto.share_lost_route(),
        "days": record("days"),
        "usd": record("usd"),
        "by_variant": {
            variant: {**record(by, place), "share_lost_route": veto.share_lost_route(place)}
            for place, variant in enumerate(draws.variants)
        },
    }


def _record_share(share: ShareDraws | None) -> Record | None:
    return share and {**share.range._asdict(), "is_robust": share.is_robust}


def _describe_leverage(found: Record, dossier: Dossier) -> list[str]:
    lines = list_opening_lines(found, dossier.labels("nodes"))
    way = found["way"]
    if way is None:
        cuts = ", ".join(leg["leg_id"] for leg in found["cut"])
        return [*lines, f"No route even without a veto; shut: {cuts}."]
    lines += [
        f"Best route: {way['days']:.1f} days, USD {way['usd']:,.0f}, {' > '.join(way['nodes'])}"
    ]
    if found["degrees"]:
        lines += ["", *_describe_degrees(found["degrees"], dossier.labels("nodes")), ""]
    labels, unit = dossier.labels("actors"), found["unit"]
    digits = 1 if unit == UNITS["time"] else 0
    heads = ("P10", "P50", "P90", "no loss", "lost")
    head = f"{unit:<28}{''.join(f'{name:>10}' for name in heads)}"
    lines += [
        f"{found['draws']} draws of the rates in each network: {', '.join(found['variants'])}",
        *(f"No route in the network {name}." for name in found["variants_without_route"]),
        "",
        f"{head}{'typical':>10}{'Shapley P10–P50–P90':>24}",
        *(
            f"{labels[row['actor']]:<28}{_format_draws(row, digits)}"
            f"{_format_share(row, digits):>24}"
            for row in found["actors"]
        ),
        "",
        f"{head}{'typical':>10}",
        *(
            f"{row['label']:<28}{_format_draws(row, digits)}{_name_own_trade(row)}"
            for row in found["coalitions"]
        ),
    ]
    shapley = found["shapley"]
    lost, count = shapley["coalitions_without_route"], shapley["coalitions"]
    lines += [
        "",
        f"At typical rates Shapley values add up to {shapley['grand_loss']:,.2f} {unit}. {lost} of "
        f"{count} coalitions leave no route; each counts as "
        f"{shapley['lost_route_counts_as']:,.2f} {unit}.",
    ]
    cuts = "; ".join(" + ".join(actors) for actors in shapley["smallest_without_route"][:3])
    lines += [f"Smallest of them: {cuts}."] if cuts else []
    return [*lines, "In brackets: Shapley values whose rank or sign differs in most simulations."]


def _describe_degrees(found: Record, places: Mapping[str, str]) -> list[str]:
    note = ["In brackets: at low and at high capacities."] if found["free"]["flow"] else []
    table = format_columns(tabulate_degrees(found, places))
    return [*describe_unhindered(found, places), "", *table, *note]


def _format_draws(row: Record, digits: int) -> str:
    """The percentiles of a loss, the shares of draws without one or a route, and the typical."""

    def say(value: float | None) -> str:
        return "no route" if value is None else f"{value:+,.{digits}f}"

    losses = [say(row[name]) for name in ("p10", "p50", "p90")]
    shares = [f"{row[name]:.0%}" for name in ("share_without_loss", "share_lost_route")]
    return "".join(f"{text:>10}" for text in (*losses, *shares, say(row["veto_loss"])))


def _format_share(row: Record, digits: int) -> str:
    told = row["shapley_range"]
    if told is None:
        return "–"
    text = "–".join(f"{told[name]:,.{digits}f}" for name in ("p10", "p50", "p90"))
    return text if told["is_robust"] else f"({text})"


def _name_own_trade(row: Record) -> str:
    return f"  own trade: {' '.join(row['without_veto'])}" if row["without_veto"] else ""
