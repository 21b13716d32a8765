"""What hindrances do to one box and to many: records for JSON, and these as lines of text."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from entente.dossier.store import Dossier
from entente.routes.network.alternatives import find_alternatives
from entente.routes.network.scenarios import Hindrance, Scenario, find_blocks, hinder
from entente.routes.network.search import GeneralisedCost, Route, prepare_search
from entente.routes.valuation.degrees import (
    FlowRange,
    Loss,
    Trade,
    compare_boxes,
    compare_flows,
    find_outcome,
)
from entente.routes.valuation.flow import (
    LOGIT_BASIS,
    Bottleneck,
    Flow,
    RouteShare,
    read_capacities,
    split_by_logit,
)

Record = dict[str, Any]

MOST_ROUTES = 4
DIGITS = (("days", 1), ("usd", 0), ("generalised", 0))
# What each coalition is asked about: degree, amount and unit.
DEGREES = (
    Hindrance("", "blocks"),
    Hindrance("", "slows", 48.0),
    Hindrance("", "rations", 0.5, "share"),
)


def answer_flow(
    scenario: Scenario, trade: Trade, hindrances: Sequence[Hindrance], months: int, dossier: Dossier
) -> Record:
    """Where many boxes go under hindrances, for JSON."""
    capacities = read_capacities(dossier.tables)
    outcome = find_outcome(scenario, trade, hindrances, capacities=capacities)
    assert outcome.flows, "a volume was asked for"
    routes = _find_alternatives(scenario, trade, hindrances)
    return {
        **_record_trade(trade, months),
        **_record_flows(outcome.flows, trade, months),
        "box": _record_route(outcome.box.best),
        "logit": {
            "rule": LOGIT_BASIS,
            "routes": list(map(_record_share, split_by_logit(routes, trade.value_of_time))),
        },
    }


def _find_alternatives(
    scenario: Scenario, trade: Trade, hindrances: Sequence[Hindrance]
) -> list[Route]:
    ends = {"origin": trade.origin, "destination": trade.destination}
    finder = prepare_search(
        hinder(scenario, hindrances, **ends), **ends, objective=GeneralisedCost(trade.value_of_time)
    )
    blocks = find_blocks(scenario.network, hindrances)
    return find_alternatives(finder, vetoes=blocks, most=MOST_ROUTES)


def answer_degrees(
    scenario: Scenario,
    trade: Trade,
    months: int,
    asked: Sequence[tuple[str, tuple[Hindrance, ...]]],
    dossier: Dossier,
) -> Record:
    """What hindrances cost one box and many, beside none, for JSON; each by its label."""
    capacities = read_capacities(dossier.tables)
    free = find_outcome(scenario, trade, capacities=capacities)
    rows = []
    for label, hindrances in asked:
        outcome = find_outcome(scenario, trade, hindrances, capacities=capacities)
        row: Record = {
            "label": label,
            "hindrances": record_hindrances(hindrances),
            "without_effect": outcome.without_effect,
            "box": {
                **_record_loss(compare_boxes(free.box, outcome.box)),
                "route": _record_route(outcome.box.best),
            },
        }
        if free.flows and outcome.flows:
            row["flow"] = {
                **_record_flows(outcome.flows, trade, months),
                "loss_by_capacity": {
                    bound: {
                        **_record_loss(compare_flows(before, after, trade.value_of_time)),
                        "share_without_room": after.share_without_room - before.share_without_room,
                    }
                    for bound, before, after in zip(
                        FlowRange._fields, free.flows, outcome.flows, strict=True
                    )
                },
            }
        rows.append(row)
    return {
        **_record_trade(trade, months),
        "free": {
            "box": _record_route(free.box.best),
            "flow": free.flows and _record_flows(free.flows, trade, months),
        },
        "rows": rows,
    }


def list_degrees(
    coalitions: Mapping[str, Iterable[str]],
) -> list[tuple[str, tuple[Hindrance, ...]]]:
    """For each coalition each of `DEGREES`, done by all its members."""
    return [
        (label, tuple(degree._replace(actor=actor) for actor in actors))
        for label, actors in coalitions.items()
        for degree in DEGREES
    ]


def record_hindrances(hindrances: Iterable[Hindrance]) -> list[Record]:
    """Who does what, for JSON; the amount of a block is null."""
    return [
        {
            "actor": one.actor,
            "degree": one.degree,
            "amount": None if one.degree == "blocks" else one.amount,
            "unit": {"slows": "hours", "charges": "usd", "rations": one.unit}.get(one.degree),
        }
        for one in hindrances
    ]


def _record_trade(trade: Trade, months: int) -> Record:
    return {
        "value_of_time": trade.value_of_time,
        "teu_a_month": trade.teu_per_month,
        "months": months,
    }


def _record_flows(flows: FlowRange, trade: Trade, months: int) -> Record:
    """A flow at typical capacities, with the range that low and high ones give."""
    typical, boxes = flows.typical, (trade.teu_per_month or 0.0) * months
    without = typical.share_without_room * boxes
    return {
        **_record_average(typical),
        "teu_without_room": without,
        "usd_in_all": None if typical.usd is None else typical.usd * (boxes - without),
        "by_capacity": {bound: _record_average(flow) for bound, flow in flows._asdict().items()},
        "routes": [_record_share(one) for one in typical.routes],
        "bottlenecks": [_record_bottleneck(one) for one in typical.bottlenecks],
    }


def _record_average(flow: Flow) -> Record:
    return {"days": flow.days, "usd": flow.usd, "share_without_room": flow.share_without_room}


def _record_loss(loss: Loss) -> Record:
    return {f"{name}_loss": value for name, value in loss._asdict().items()}


def _record_share(one: RouteShare) -> Record:
    return {"share": one.share, **(_record_route(one.route) or {})}


def _record_route(route: Route | None) -> Record | None:
    if route is None:
        return None
    return {"days": route.days, "usd": route.usd, "nodes": route.node_ids, "legs": route.leg_ids}


def _record_bottleneck(one: Bottleneck) -> Record:
    """A full limit; `saves` is what one more TEU a day there would save a day, in USD."""
    limit = one.limit
    return {
        "capacity_id": limit.capacity_id,
        "rationed_by": limit.actor,
        "leg_id": limit.leg_id,
        "node_id": limit.node_id,
        "from_node_id": limit.from_node_id,
        "to_node_id": limit.to_node_id,
        "teu_a_day": limit.room,
        "saves": one.price,
    }


def name_hindrances(hindrances: Iterable[Record]) -> list[str]:
    """Hindrances as they stand in a title."""
    return [f"{one['actor']} {_name_degree(one)}" for one in hindrances]


def _name_degree(one: Record) -> str:
    forms = {
        "blocks": "blocks",
        "hours": "slows by {amount:g} hours",
        "usd": "charges USD {amount:g}",
        "share": "rations to {amount:.0%}",
        "teu": "rations to {amount:g} TEU a day",
        "lorries": "rations to {amount:g} lorries a day",
        "trains": "rations to {amount:g} trains a day",
    }
    return forms[one["unit"] or "blocks"].format(**one)


def describe_flow(flow: Record, places: Mapping[str, str]) -> list[str]:
    """A flow as lines of text."""
    months = f" for {flow['months']} months" if flow["months"] > 1 else ""
    lines = [
        f"{flow['teu_a_month']:,.0f} TEU a month{months}, a day worth USD "
        f"{flow['value_of_time']:g}: {_say_average(flow)}{_say_without_room(flow)}",
        *(_describe_share(one) for one in flow["routes"]),
        *(f"   full: {_describe_bottleneck(one, places)}" for one in flow["bottlenecks"]),
    ]
    if logit := flow.get("logit"):
        lines += [
            f"By logit, without capacities ({logit['rule']}):",
            *(_describe_share(one) for one in logit["routes"]),
        ]
    return lines


def _say_average(flow: Record) -> str:
    if flow["days"] is None:
        return "none finds a route; "
    return f"{flow['days']:.1f} days and USD {flow['usd']:,.0f} a box on average; "


def _say_without_room(flow: Record) -> str:
    told, _, bounds = _say_shares(flow).partition(" (")
    return f"{told} find no room" + (
        f" ({bounds[:-1]} as capacities are high or low)" if bounds else ""
    )


def _describe_share(one: Record) -> str:
    totals = f"{one['days']:.1f} days, USD {one['usd']:,.0f}"
    return f"   {one['share']:>4.0%}  {totals}  {' > '.join(one['nodes'])}"


def _describe_bottleneck(one: Record, places: Mapping[str, str]) -> str:
    gain = "lets one more through" if one["saves"] is None else f"saves USD {one['saves']:,.0f}"
    return f"{_name_limit(one, places)}, {one['teu_a_day']:,.0f} TEU a day; one more {gain}"


def _name_limit(one: Record, places: Mapping[str, str]) -> str:
    ends = dict.fromkeys(one[name] for name in ("from_node_id", "to_node_id") if one[name])
    where = " – ".join(places[end] for end in ends) or "gates with no capacity on record"
    return where + (f" (rationed by {one['rationed_by']})" if one["rationed_by"] else "")


def describe_unhindered(found: Record, places: Mapping[str, str]) -> list[str]:
    """What one box and many take with no hindrance, as lines of text."""
    free = found["free"]
    told = (
        "no route"
        if free["box"] is None
        else f"{free['box']['days']:.1f} days, USD {free['box']['usd']:,.0f}, "
        f"{' > '.join(free['box']['nodes'])}"
    )
    flow = describe_flow({**found, **free["flow"]}, places) if free["flow"] else []
    return [
        f"A day worth USD {found['value_of_time']:g}. With no hindrance, one box: {told}",
        *flow,
    ]


def tabulate_degrees(found: Record, places: Mapping[str, str]) -> list[list[str]]:
    """What hindrances cost: the head of a table and its rows, as text."""
    heads = ["who", "action", "one box: days", "USD", "both"]
    if found["free"]["flow"]:
        heads += ["flow: days", "USD", "both", "no room", "full"]
    return [heads, *(_list_cells(row, places) for row in found["rows"])]


def _list_cells(row: Record, places: Mapping[str, str]) -> list[str]:
    same = dict.fromkeys(map(_name_degree, row["hindrances"]))
    what = next(iter(same)) if len(same) == 1 else " + ".join(name_hindrances(row["hindrances"]))
    own = f" (own trade: {' '.join(row['without_effect'])})" if row["without_effect"] else ""
    box = (_say_loss(row["box"][f"{name}_loss"], digits) for name, digits in DIGITS)
    cells = [row["label"], f"{what}{own}", *box]
    if "flow" not in row:
        return cells
    flow = row["flow"]
    ranges = [
        _say_range(flow["loss_by_capacity"], f"{name}_loss", digits) for name, digits in DIGITS
    ]
    full = flow["bottlenecks"][:2]
    return [
        *cells,
        *ranges,
        _say_shares(flow),
        "; ".join(_name_limit(one, places) for one in full) or "–",
    ]


def _say_loss(loss: float | None, digits: int) -> str:
    return "no route" if loss is None else f"{round(loss, digits) + 0.0:+,.{digits}f}"


def _say_range(losses: Record, name: str, digits: int) -> str:
    """A loss at typical capacities, and those at low and high ones where they differ."""
    told, *bounds = (_say_loss(losses[bound][name], digits) for bound in ("typical", "low", "high"))
    return told if {told} == set(bounds) else f"{told} ({' to '.join(bounds)})"


def _say_shares(flow: Record) -> str:
    """What finds no room, and the range from high to low capacities."""
    told, *bounds = (
        f"{flow['by_capacity'][bound]['share_without_room']:.0%}"
        for bound in ("typical", "high", "low")
    )
    return told if {told} == set(bounds) else f"{told} ({' to '.join(bounds)})"
