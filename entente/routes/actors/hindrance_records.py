"""What hindrances do to one box and to many, as records for JSON."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from entente.dossier.store import Dossier
from entente.routes.network.alternatives import find_alternatives
from entente.routes.network.hindrances import Hindrance, find_blocks, hinder
from entente.routes.network.scenarios import Scenario
from entente.routes.network.search import GeneralisedCost, Route, prepare_search
from entente.routes.valuation.degrees import (
    FlowRange,
    Loss,
    Outcome,
    Trade,
    compare_boxes,
    compare_flows,
    find_outcome,
)
from entente.routes.valuation.flow import (
    LOGIT_BASIS,
    Bottleneck,
    RouteShare,
    read_capacities,
    split_by_logit,
)

Record = dict[str, Any]

MOST_ROUTES = 4
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
        hinder(scenario, hindrances, **ends),
        **ends,
        objective=GeneralisedCost(trade.value_of_time),
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
                "loss_by_capacity": dict(_record_losses(free, outcome, trade)),
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
        "days": typical.days,
        "usd": typical.usd,
        "share_without_room": typical.share_without_room,
        "teu_without_room": without,
        "usd_in_all": None if typical.usd is None else typical.usd * (boxes - without),
        "by_capacity": {
            bound: {
                "days": flow.days,
                "usd": flow.usd,
                "share_without_room": flow.share_without_room,
            }
            for bound, flow in flows._asdict().items()
        },
        "routes": [_record_share(one) for one in typical.routes],
        "bottlenecks": [_record_bottleneck(one) for one in typical.bottlenecks],
    }


def _record_losses(free: Outcome, outcome: Outcome, trade: Trade) -> Iterator[tuple[str, Record]]:
    assert free.flows
    assert outcome.flows
    for bound in FlowRange._fields:
        before, after = getattr(free.flows, bound), getattr(outcome.flows, bound)
        yield (
            bound,
            {
                **_record_loss(compare_flows(before, after, trade.value_of_time)),
                "share_without_room": after.share_without_room - before.share_without_room,
            },
        )


def _record_loss(loss: Loss) -> Record:
    return {f"{name}_loss": value for name, value in loss._asdict().items()}


def _record_share(one: RouteShare) -> Record:
    return {"share": one.share, **(_record_route(one.route) or {})}


def _record_route(route: Route | None) -> Record | None:
    if route is None:
        return None
    return {
        "days": route.days,
        "usd": route.usd,
        "nodes": route.node_ids,
        "legs": route.leg_ids,
    }


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
