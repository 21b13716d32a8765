"""The records of what hindrances do, as lines of text."""

from collections.abc import Iterable, Mapping
from typing import Any

Record = dict[str, Any]

DIGITS = (("days", 1), ("usd", 0), ("generalised", 0))


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
    cells = [row["label"], f"{what}{own}", *_say_losses(row["box"])]
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


def _say_losses(loss: Record) -> list[str]:
    return [_say_loss(loss[f"{name}_loss"], digits) for name, digits in DIGITS]


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
