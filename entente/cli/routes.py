"""`python -m entente routes`: best routes, and what every question about a route has in common."""

import argparse
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from entente.address.views import RoutesView, network_variants
from entente.cli.arguments import (
    add_dataset_options,
    add_day_option,
    format_json,
    make_plain,
    print_answer,
    read_day,
)
from entente.dossier.lookup import NotUnderstood, find_id
from entente.dossier.store import Dossier
from entente.routes.actors.hindrance_records import (
    answer_flow,
    describe_flow,
    name_hindrances,
    record_hindrances,
)
from entente.routes.network.alternatives import CutLeg, find_alternatives, find_cut
from entente.routes.network.scenarios import (
    Hindrance,
    Scenario,
    Unit,
    build_scenario,
    find_blocks,
    hinder,
)
from entente.routes.network.search import (
    OBJECTIVES,
    VALUE,
    GeneralisedCost,
    Route,
    prepare_search,
    read_value_of_time,
)
from entente.routes.valuation.degrees import Trade

ABOUT_ROUTES = "find the best routes between two places"
MODES_WIDTH = 12
LEG_FIELDS = ("leg_id", "from_node_id", "to_node_id", "mode_code")
HINDRANCE_FIELDS = ("status_code", "multiplier", "since_edtf", "note", "scenario_id")
MOST_VOLUME, MOST_MONTHS, MOST_AMOUNT = 1_000_000.0, 120, 1_000_000.0
RATION = re.compile(r"(?P<amount>[^%a-z]+)(?P<unit>%|[a-z]+)?")
UNITS: Mapping[str | None, Unit] = {
    None: "teu",
    "teu": "teu",
    "lorries": "lorries",
    "trains": "trains",
    "%": "share",
}

Record = dict[str, Any]


def add(commands: Any) -> None:
    """Register the command."""
    routes = add_question(commands, "routes", ABOUT_ROUTES, answer_routes, _describe_routes)
    routes.add_argument(
        "--veto", metavar="ACTOR", action="append", default=[], help="blocks transit; repeatable"
    )
    routes.add_argument(
        "--ways", type=_read_most, default=3, metavar="N", help="maximum number of distinct routes"
    )
    routes.add_argument(
        "--by",
        choices=(*OBJECTIVES, VALUE),
        help="what the best route has least of; value, days and USD in one, when a value of time "
        "is given, else time",
    )


def _read_most(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"routes are a whole number from 1, not {text!r}")
    return int(text)


def add_question(
    commands: Any,
    name: str,
    about: str,
    answer: Callable[[argparse.Namespace, Dossier], Record],
    describe: Callable[[Record, Dossier], list[str]],
) -> Any:
    """Register a command that asks about trade between two places; give its parser."""
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
        found = make_plain(answer(options, dossier))
        if options.json:
            return format_json(found)
        return "\n".join(describe(found, dossier))

    command.set_defaults(run=partial(print_answer, answer=say, page=RoutesView.page_code))
    return command


def answer_routes(options: argparse.Namespace, dossier: Dossier) -> Record:
    """The answer: `ways`, best first; `cut`, the fewest legs whose opening would restore one."""
    origin, destination = read_ends(options, dossier)
    vetoes = sorted(set(read_actors(options.veto, dossier)))
    hindrances = read_hindrances(options, dossier)
    scenario = read_scenario(options, dossier)
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
    routes = find_alternatives(finder, vetoes=bits, most=options.ways)
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
        **record_question(scenario, origin, destination, by),
        "value_of_time": value,
        "vetoes": vetoes,
        "hindrances": record_hindrances(hindrances),
        "without_veto": network.name_actors((bits | hindering) & finder.own_trade),
        "standing_vetoes": network.name_actors(finder.standing),
        "ways": [record_route(route, scenario) for route in routes],
        "cut": None if routes else record_cut(cut, deniers),
        "restored": record_route(restored, scenario),
        "flow": flow,
    }


def read_ends(options: argparse.Namespace, dossier: Dossier) -> tuple[str, str]:
    """Origin and destination, which are two."""
    labels = dossier.labels("nodes")
    ends = find_id("place", options.origin, labels), find_id("place", options.destination, labels)
    if ends[0] == ends[1]:
        raise NotUnderstood(f"a route needs two places, not {ends[0]} twice")
    return ends


def read_actors(words: Sequence[str], dossier: Dossier) -> list[str]:
    """The ids of the actors that words name."""
    return [find_id("actor", word, dossier.labels("actors")) for word in words]


def read_scenario(options: argparse.Namespace, dossier: Dossier) -> Scenario:
    """The network as it was asked for: its day, its scenarios and its services."""
    chosen = [find_id("scenario", word, dossier.labels("scenarios")) for word in options.scenario]
    as_of = read_day(options.as_of, dossier)
    variant = read_services(options, dossier)
    return build_scenario(dossier.tables, as_of=as_of, scenario_ids=chosen, variant_id=variant)


def add_trade_options(command: Any) -> None:
    """What both commands take about services, hindrances and volumes."""
    command.add_argument(
        "--services", metavar="VARIANT", help="network variant: which services may carry the goods"
    )
    command.add_argument(
        "--value-of-time",
        metavar="USD",
        help="value of a day per TEU, or the id of a kind of goods (default: the first)",
    )
    for option, metavar, about in (
        ("--slow", "ACTOR=HOURS", "an actor slows transit at its borders and ports; repeatable"),
        ("--charge", "ACTOR=USD", "an actor charges each TEU at its borders and ports; repeatable"),
        (
            "--ration",
            "ACTOR=N",
            "an actor lets N TEU a day through each, or 50%%, 20lorries, 2trains; repeatable",
        ),
    ):
        command.add_argument(option, metavar=metavar, action="append", default=[], help=about)
    command.add_argument(
        "--volume", metavar="TEU", type=_read_volume, help="boxes a month, spread over routes"
    )
    command.add_argument(
        "--months", metavar="N", type=_read_months, default=1, help="number of months"
    )


def read_services(options: argparse.Namespace, dossier: Dossier) -> str:
    """The variant of the network that was asked for, or the first."""
    if options.services is None:
        return network_variants(dossier)[0]
    return find_id("variant", options.services, dossier.labels("network_variants"))


def read_value(options: argparse.Namespace, dossier: Dossier) -> float:
    """The value of time that was asked for, or that of the first kind of goods.

    Raises:
        NotUnderstood: it is neither a number nor a kind of goods, or none is on record.
    """
    goods = dossier["values_of_time"].sort_values("sequence")
    word = options.value_of_time
    if word is None and goods.empty:
        raise NotUnderstood("no value of time is on record: give one with --value-of-time USD")
    if word is not None and _read_number(word.lstrip("-+")) is not None:
        try:
            return read_value_of_time(word)
        except ValueError as wrong:
            raise NotUnderstood(f"{wrong}, not {word}") from None
    labels = dossier.labels("values_of_time")
    chosen = goods["value_of_time_id"].iloc[0] if word is None else find_id("goods", word, labels)
    return float(goods.set_index("value_of_time_id").at[chosen, "typical"])


def read_hindrances(options: argparse.Namespace, dossier: Dossier) -> tuple[Hindrance, ...]:
    """The hindrances that were asked for: delays, then charges, then rations.

    Raises:
        NotUnderstood: an actor or an amount means nothing.
    """
    read = []
    for option, degree, what in (
        ("slow", "slows", "hours"),
        ("charge", "charges", "USD per TEU"),
        ("ration", "rations", "TEU a day, 50%, 20lorries or 2trains"),
    ):
        for words in getattr(options, option):
            actor, found, text = words.rpartition("=")
            if not found:
                raise NotUnderstood(f"--{option} {words!r}: write ACTOR=N, N in {what}")
            known = find_id("actor", actor, dossier.labels("actors"))
            amount, unit = _read_amount(text, is_ration=option == "ration")
            if amount is None:
                raise NotUnderstood(f"--{option} {words!r}: {text!r} is not a number of {what}")
            read.append(Hindrance(known, degree, amount, unit))  # type: ignore[arg-type]
    return tuple(read)


def record_question(scenario: Scenario, origin: str, destination: str, by: str) -> Record:
    """What was asked, for JSON."""
    return {
        "from": origin,
        "to": destination,
        "as_of": scenario.as_of.isoformat(),
        "scenarios": scenario.scenario_ids,
        "services": scenario.variant_id,
        "by": by,
    }


def record_route(route: Route | None, scenario: Scenario) -> Record | None:
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


def record_cut(cut: Sequence[CutLeg], deniers: Mapping[str, Sequence[str]]) -> list[Record]:
    """The legs of a cut; `controllers` names those on record as able to deny them."""
    return [{**leg._asdict(), "controllers": deniers.get(leg.leg_id, ())} for leg in cut]


def _describe_routes(found: Record, dossier: Dossier) -> list[str]:
    places = dossier.labels("nodes")
    lines = list_opening_lines(found, places)
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


def list_opening_lines(found: Record, places: Mapping[str, str]) -> list[str]:
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


def _read_volume(text: str) -> float:
    volume = _read_number(text)
    if volume is None or not 0 < volume <= MOST_VOLUME:
        raise argparse.ArgumentTypeError(f"a volume is a number of TEU a month, not {text!r}")
    return volume


def _read_months(text: str) -> int:
    months = _read_number(text)
    if months is None or months != int(months) or not 1 <= months <= MOST_MONTHS:
        raise argparse.ArgumentTypeError(
            f"months are a whole number to {MOST_MONTHS}, not {text!r}"
        )
    return int(months)


def _read_number(text: str) -> float | None:
    """A number that is neither negative nor infinite; None for anything else."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None


def _read_amount(text: str, *, is_ration: bool) -> tuple[float | None, Unit]:
    """A number with its unit; None where it means nothing."""
    parts = RATION.fullmatch(text.strip().casefold())
    if not parts or parts["unit"] not in UNITS or (parts["unit"] and not is_ration):
        return None, "teu"
    amount, unit = _read_number(parts["amount"]), UNITS[parts["unit"]]
    if amount is None or amount > (100 if parts["unit"] == "%" else MOST_AMOUNT):
        return None, unit
    return (amount / 100 if parts["unit"] == "%" else amount), unit
