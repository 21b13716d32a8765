"""`python -m entente routes` and `leverage`: best routes, and what vetoes cost."""

import argparse
import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from entente.address.views import RoutesView
from entente.cli.arguments import (
    NotUnderstood,
    add_dataset_options,
    add_day_option,
    find,
    format_json,
    print_answer,
    read_day,
)
from entente.cli.hindrances import (
    USUAL_VOLUME,
    add_trade_options,
    answer_degrees,
    answer_flow,
    describe_degrees,
    describe_flow,
    list_degrees,
    name_hindrances,
    read_hindrances,
    read_services,
    read_value,
    record_hindrances,
)
from entente.dossier.store import Dossier
from entente.routes.network.alternatives import CutLeg, find_alternatives, find_cut
from entente.routes.network.hindrances import Hindrance, find_blocks, hinder
from entente.routes.network.scenarios import Scenario, build_scenario, read_variants
from entente.routes.network.search import (
    OBJECTIVES,
    VALUE,
    GeneralisedCost,
    Route,
    prepare_search,
)
from entente.routes.valuation.degrees import Trade
from entente.routes.valuation.leverage import (
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

ABOUT_ROUTES = "find the best routes between two places"
ABOUT_LEVERAGE = "calculate what each transit actor's veto costs"
FALLBACK_RULE = (
    "a lost route counts as the largest finite loss of any coalition, "
    "or as the whole best route when that is more"
)
QUANTITIES = {"time": "days", "cost": "usd", "co2e": "co2e"}
UNITS = {"time": "days", "cost": "usd", "co2e": "co2e_kg"}
MODES_WIDTH = 12
DECIMALS = 4
LEG_FIELDS = ("leg_id", "from_node_id", "to_node_id", "mode_code")
HINDRANCE_FIELDS = ("status_code", "multiplier", "since_edtf", "note", "scenario_id")
LOSS_FIELDS = ("cuts_route", "veto_loss", "veto_loss_days", "veto_loss_usd", "detour")

Record = dict[str, Any]


def add(commands: Any) -> None:
    """Register both commands."""
    routes = _add_command(commands, "routes", ABOUT_ROUTES, answer_routes, _describe_routes)
    routes.add_argument(
        "--veto", metavar="ACTOR", action="append", default=[], help="blocks transit; repeatable"
    )
    routes.add_argument(
        "--ways", type=int, default=3, metavar="N", help="maximum number of distinct routes"
    )
    routes.add_argument(
        "--by",
        choices=(*OBJECTIVES, VALUE),
        help="what the best route has least of; value, days and USD in one, when a value of time "
        "is given, else time",
    )
    leverage = _add_command(
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


def _add_command(
    commands: Any,
    name: str,
    about: str,
    answer: Callable[[argparse.Namespace, Dossier], Record],
    describe: Callable[[Record, Dossier], list[str]],
) -> Any:
    command = commands.add_parser(name, help=about, description=about)
    command.add_argument("origin", metavar="FROM", help="a node: its id or its name")
    command.add_argument("destination", metavar="TO", help="another node")
    add_day_option(command)
    command.add_argument(
        "--scenario", metavar="ID", action="append", default=[], help="a scenario; repeatable"
    )
    add_trade_options(command)
    add_dataset_options(command)

    def say(options: argparse.Namespace, dossier: Dossier) -> str:
        found = _make_plain(answer(options, dossier))
        if options.json:
            return format_json(found)
        return "\n".join(describe(found, dossier))

    command.set_defaults(run=partial(print_answer, answer=say, page=RoutesView.page_code))
    return command


def answer_routes(options: argparse.Namespace, dossier: Dossier) -> Record:
    """The answer: `ways`, best first; `cut`, the fewest legs whose opening would restore one."""
    origin, destination = _read_ends(options, dossier)
    vetoes = sorted(set(_read_actors(options.veto, dossier)))
    hindrances = read_hindrances(options, dossier)
    scenario = _read_scenario(options, dossier)
    network = scenario.network
    by = options.by or ("time" if options.value_of_time is None else VALUE)
    is_valued = by == VALUE or options.value_of_time is not None or options.volume is not None
    value = read_value(options, dossier) if is_valued else None
    finder = prepare_search(
        hinder(scenario, hindrances, origin=origin, destination=destination),
        origin=origin,
        destination=destination,
        objective=GeneralisedCost(value or 0.0) if by == VALUE else OBJECTIVES[by],
    )
    bits = network.to_bits(vetoes) | find_blocks(network, hindrances)
    routes = find_alternatives(finder, vetoes=bits, most=max(options.ways, 1))
    cut, restored = ((), None) if routes else find_cut(finder, vetoes=bits)
    held = dossier["leg_actors"]
    deniers = held[held["is_denier"]].groupby("leg_id")["actor_id"].agg(list).to_dict()
    flow = None
    if options.volume is not None and value is not None:
        trade = Trade(origin, destination, value, options.volume)
        own = (*(Hindrance(actor, "blocks") for actor in vetoes), *hindrances)
        flow = answer_flow(scenario, trade, own, options.months, dossier)
    hindering = network.to_bits(one.actor for one in hindrances)
    return {
        **_record_question(scenario, origin, destination, by),
        "value_of_time": value,
        "vetoes": vetoes,
        "hindrances": record_hindrances(hindrances),
        "without_veto": network.name_actors((bits | hindering) & finder.own_trade),
        "standing_vetoes": network.name_actors(finder.standing),
        "ways": [_record_route(route, scenario) for route in routes],
        "cut": None if routes else _record_cut(cut, deniers),
        "restored": _record_route(restored, scenario),
        "flow": flow,
    }


def answer_leverage(options: argparse.Namespace, dossier: Dossier) -> Record:
    """The answer: `actors` by their share, and `coalitions`, those asked for and the presets."""
    origin, destination = _read_ends(options, dossier)
    wanted = [_read_actors(words, dossier) for words in options.together]
    coalitions = {
        **{" + ".join(actors): tuple(actors) for actors in wanted},
        **{preset.label: preset.actor_ids for preset in dossier.document.leverage_presets},
    }
    scenario = _read_scenario(options, dossier)
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
        **_record_question(scenario, origin, destination, options.by),
        "standing_vetoes": scenario.network.name_actors(traffic.chosen.standing),
        "way": _record_route(found.best, scenario),
        "degrees": degrees,
    }
    if found.shares is None:
        return {**record, "cut": _record_cut(found.cut, {}), "actors": [], "coalitions": []}
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
    known = {actor.actor_id: actor for actor in found.actors}
    others = sorted(set(draws.actors) - set(known))
    return {
        **record,
        "unit": UNITS[options.by],
        "draws": DRAWS,
        "variants": draws.variants,
        "variants_without_route": draws.without_route,
        "actors": [
            {
                "actor": actor,
                **_record_draws(draws.measure_losses([actor]), draws, by),
                **{field: veto[field] for field in LOSS_FIELDS},
                "shapley": known[actor].share if actor in known else 0.0,
                "shapley_days": known[actor].share_days if actor in known else 0.0,
                "shapley_range": _record_share(shares.get(actor)),
            }
            for actor in (*known, *others)
            for veto in [
                _record_veto(
                    known[actor].alone if actor in known else price_veto_alone(traffic, [actor]),
                    scenario,
                )
            ]
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


def _read_ends(options: argparse.Namespace, dossier: Dossier) -> tuple[str, str]:
    """Origin and destination, which are two."""
    labels = dossier.labels("nodes")
    ends = find("place", options.origin, labels), find("place", options.destination, labels)
    if ends[0] == ends[1]:
        raise NotUnderstood(f"a route needs two places, not {ends[0]} twice")
    return ends


def _read_actors(words: Sequence[str], dossier: Dossier) -> list[str]:
    return [find("actor", word, dossier.labels("actors")) for word in words]


def _read_scenario(options: argparse.Namespace, dossier: Dossier) -> Scenario:
    chosen = [find("scenario", word, dossier.labels("scenarios")) for word in options.scenario]
    as_of = read_day(options.as_of, dossier)
    variant = read_services(options, dossier)
    return build_scenario(dossier.tables, as_of=as_of, scenario_ids=chosen, variant_id=variant)


def _record_question(scenario: Scenario, origin: str, destination: str, by: str) -> Record:
    return {
        "from": origin,
        "to": destination,
        "as_of": scenario.as_of.isoformat(),
        "scenarios": scenario.scenario_ids,
        "services": scenario.variant_id,
        "by": by,
    }


def _record_route(route: Route | None, scenario: Scenario) -> Record | None:
    """A route with its totals and its legs."""
    if route is None:
        return None
    known = scenario.statuses.set_index("leg_id").to_dict("index")
    return {
        "days": route.days,
        "usd": route.usd,
        "co2e_kg": route.co2e,
        "km": route.km,
        "nodes": route.node_ids,
        "legs": [
            {
                **{field: getattr(step, field) for field in LEG_FIELDS},
                **{field: known.get(step.leg_id, {}).get(field) for field in HINDRANCE_FIELDS},
            }
            for step in route.steps
        ],
    }


def _record_cut(cut: Sequence[CutLeg], deniers: Mapping[str, Sequence[str]]) -> list[Record]:
    """The legs of a cut; `controllers` names those on record as able to deny them."""
    return [{**leg._asdict(), "controllers": deniers.get(leg.leg_id, ())} for leg in cut]


def _record_veto(veto: Veto, scenario: Scenario) -> Record:
    """What a veto costs, and the route that traffic then takes."""
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
        "detour": _record_route(veto.route, scenario),
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


def _make_plain(value: Any) -> Any:
    """A record as JSON has it: four decimals; what is missing or infinite is null."""
    if isinstance(value, dict):
        return {name: _make_plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_make_plain(part) for part in value]
    if isinstance(value, float):
        return round(value, DECIMALS) if math.isfinite(value) else None
    return value


def _describe_routes(found: Record, dossier: Dossier) -> list[str]:
    """The answer as lines of text for a terminal."""
    places = dossier.labels("nodes")
    lines = _list_opening_lines(found, places)
    lines += [f"{actor} has no veto over its own trade." for actor in found["without_veto"]]
    flow = ["", *describe_flow(found["flow"], places)] if found["flow"] else []
    for number, way in enumerate(found["ways"], start=1):
        lines += [
            "",
            f"{number}. {_format_totals(way)}",
            *(_format_leg(leg, places) for leg in way["legs"]),
        ]
    if found["ways"]:
        return [*lines, *flow]
    if found["restored"] is None:
        return [*lines, "No route: no legs connect the two."]
    lines += ["No route. Fewest legs whose opening would restore one:"]
    lines += [f"   {_format_cut_leg(leg, places)}" for leg in found["cut"]]
    return [*lines, f"Then {_format_totals(found['restored'])}"]


def _list_opening_lines(found: Record, places: Mapping[str, str]) -> list[str]:
    """What was asked, and who denies transit in any case."""
    switches = [*found["scenarios"], *(f"veto {actor}" for actor in found.get("vetoes", ()))]
    switches += name_hindrances(found.get("hindrances", ()))
    title = f"{places[found['from']]} – {places[found['to']]}, {found['as_of']}, by {found['by']}"
    title += f" of USD {found['value_of_time']:g} a day" if found["by"] == VALUE else ""
    title += f", services {found['services']}"
    denied = [f"{actor} lets none of this trade through." for actor in found["standing_vetoes"]]
    return [", ".join([title, *switches]), *denied]


def _format_totals(way: Record) -> str:
    return (
        f"{way['days']:.1f} days, USD {way['usd']:,.0f} per TEU, "
        f"{way['co2e_kg']:,.0f} kg CO2e, {way['km']:,.0f} km"
    )


def _format_leg(leg: Record, places: Mapping[str, str]) -> str:
    slower = leg["multiplier"] and leg["multiplier"] != 1
    factor = f" (partial, factor {leg['multiplier']:g})" if slower else ""
    mode = f"{leg['mode_code']:<{MODES_WIDTH}}"
    return f"   {leg['leg_id']}  {mode}  {_name_ends(leg, places)}{factor}"


def _format_cut_leg(leg: Record, places: Mapping[str, str]) -> str:
    why = [f"denied by {', '.join(leg['vetoed_by'])}"] if leg["vetoed_by"] else []
    if leg["is_shut"]:
        since = f" since {leg['since_edtf']}" if leg["since_edtf"] not in (None, "..") else ""
        shut = leg["scenario_id"] and f"{leg['status_code']} in scenario {leg['scenario_id']}"
        why.append(shut or f"{leg['status_code']}{since}: {leg['note']}")
    holders = f" Controlled by {', '.join(leg['controllers'])}." if leg["controllers"] else ""
    reasons = "; ".join(why).rstrip(".")
    ends = _name_ends(leg, places)
    return f"{leg['leg_id']}  {leg['mode_code']}  {ends}: {reasons}.{holders}"


def _name_ends(leg: Record, places: Mapping[str, str]) -> str:
    return f"{places[leg['from_node_id']]} – {places[leg['to_node_id']]}"


def _describe_leverage(found: Record, dossier: Dossier) -> list[str]:
    """The answer as lines of text for a terminal."""
    lines = _list_opening_lines(found, dossier.labels("nodes"))
    way = found["way"]
    if way is None:
        cuts = ", ".join(leg["leg_id"] for leg in found["cut"])
        return [*lines, f"No route even without a veto; shut: {cuts}."]
    lines += [
        f"Best route: {way['days']:.1f} days, USD {way['usd']:,.0f}, {' > '.join(way['nodes'])}"
    ]
    if found["degrees"]:
        lines += ["", *describe_degrees(found["degrees"], dossier.labels("nodes")), ""]
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
