"""Complications: what actors that block, slow, charge or ration do to one box, and to many.

A volume of containers a month is spread over the routes until they are full, at least generalised
cost; beside it stands what one box takes.
"""

import math
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from entente.address.views import RoutesView
from entente.content import Height, LegendEntry, Panel, PanelParts, make_panel
from entente.dossier.store import Dossier, cached
from entente.routes.found_routes import describe_through
from entente.routes.network.scenarios import Hindrance
from entente.routes.network.search import Route
from entente.routes.trips import (
    Trip,
    cite_legs,
    find_scenario,
    label_places,
    list_hindrances,
    name_governments,
    read_statuses_under,
    read_trip,
    say_hindrances,
    speak_actors,
)
from entente.routes.valuation.degrees import Loss, Outcome, Trade, compare_boxes, compare_flows
from entente.routes.valuation.degrees import find_outcome as compute_outcome
from entente.routes.valuation.flow import Bottleneck, Flow, read_capacities
from entente.routes.words import format_share, round_estimate, say_days
from entente.style.palette import PALETTES, Palette
from entente.style.theme import (
    SMALL,
    blank_figure,
    capitalise,
    escape,
    identity,
    join_words,
    wrap_text,
)

KEY = "flow"
CAPTION = (
    "Each bar is a month’s boxes, spread over routes at the lowest generalised cost until "
    "crossings and ports are full; colours are the mode of most km. Hatched: no room. Capacities "
    "are the usual ones."
)
NO_ROOM = "No room"
ROWS = ("Unhindered", "Hindered")
COLUMNS = {
    "case": "Case",
    "route": "Route",
    "mode_code": "Main mode by km",
    "share": "Share of boxes",
    "days": "Days",
    "usd": "USD per TEU",
}
LEAST_DAYS, LEAST_USD = 0.05, 5.0  # that are told
LEAST_DRAWN = 0.005  # of all boxes
MOST_LETTERS = 34
MOST_BOTTLENECKS = 3


class Case(NamedTuple):
    """What is asked: a trip without scenarios of actors, who does what, and how much is sent.

    Attributes:
        trip: Its vetoes and hindrances are left aside.
        hindrances: Who does what.
        volume: TEU a month.
        months: For how many months.
        goods: The kind of goods, by which a day has a value; None where a day is worth nothing.
    """

    trip: Trip
    hindrances: tuple[Hindrance, ...]
    volume: int
    months: int
    goods: str | None


def read_case(dossier: Dossier, view: RoutesView) -> Case:
    """What a view asks; the actors that the document speaks of where none is chosen."""
    (asked,) = dossier.document.presets_as("asked")
    return Case(
        read_trip(view)._replace(vetoes=(), hindrances=()),
        list_hindrances(view, view.vetoes or asked.actor_ids),
        int(view.volume),
        int(view.months),
        view.goods,
    )


def read_value_of_time(dossier: Dossier, goods: str | None) -> float:
    """USD that a day is worth to the shipper of a TEU of such goods."""
    values = dossier["values_of_time"].set_index("value_of_time_id")["typical"]
    return float(values[goods]) if goods else 0.0


@cached
def find_outcome(dossier: Dossier, *, case: Case) -> Outcome:
    """What becomes of one box and of all boxes."""
    trade = Trade(
        case.trip.origin,
        case.trip.destination,
        read_value_of_time(dossier, case.goods),
        float(case.volume),
    )
    return compute_outcome(
        find_scenario(dossier, case.trip),
        trade,
        case.hindrances,
        capacities=read_capacities(dossier.tables),
    )


def find_free(dossier: Dossier, case: Case) -> Outcome:
    """What becomes of one box and of all boxes of a case when nobody hinders them."""
    return find_outcome(dossier, case=case._replace(hindrances=()))


def name_hindrance(dossier: Dossier, case: Case) -> str:
    """What the actors do, as the first half of a sentence: "If both slow … by 48 hours"."""
    return f"If {say_hindrances(case.hindrances, name_governments(dossier))}"


def say_loss(loss: Loss, *, is_one: bool) -> str:
    """What a box or many take more, in words: "takes 2.0 days longer and costs USD 120 more"."""
    ending = "s" if is_one else ""
    if loss.days is None or loss.usd is None:
        return f"find{ending} no route"
    days, usd = loss.days, loss.usd
    parts = []
    if abs(days) >= LEAST_DAYS:
        parts.append(f"take{ending} {_say_days(days)} {'longer' if days > 0 else 'less'}")
    if abs(usd) >= LEAST_USD:
        more = "more" if usd > 0 else "less"
        parts.append(f"cost{ending} USD {round_estimate(abs(usd))} {more}")
    return join_words(parts) if parts else f"lose{ending} nothing"


def state_complication(dossier: Dossier, view: RoutesView) -> str:
    """What the hindrances of a view do to one box and to all, in a sentence."""
    case = read_case(dossier, view)
    free, under = find_free(dossier, case), find_outcome(dossier, case=case)
    if set(under.without_effect) >= {one.actor for one in case.hindrances}:
        return f"{name_hindrance(dossier, case)}, nothing changes: the trade is their own"
    assert free.flows and under.flows, "a case has a volume"
    value = read_value_of_time(dossier, case.goods)
    one = say_loss(compare_boxes(free.box, under.box), is_one=True)
    average = compare_flows(free.flows.typical, under.flows.typical, value)
    many = say_loss(average, is_one=False)
    rest = under.flows.typical.share_without_room
    room = f", and {format_share(rest)} of them find no room" if rest >= LEAST_DRAWN else ""
    return (
        f"{name_hindrance(dossier, case)}, one box {one}; on average {case.volume:,} TEU "
        f"a month {many}{room}"
    )


def _say_days(days: float) -> str:
    """Days of a difference: "less than a day", "about two days"."""
    told = say_days(abs(days))
    return told if told.startswith("less") else f"about {told}"


@cached
def describe_complication(dossier: Dossier, *, case: Case) -> dict[str, Any]:
    """Both outcomes as rows, bottlenecks and the range, for `templates/route_flow.html`."""
    free, under = find_free(dossier, case), find_outcome(dossier, case=case)
    assert free.flows and under.flows, "a case has a volume"
    goods = dossier.labels("values_of_time")
    return {
        "volume": f"{case.volume:,}",
        "months": case.months,
        "goods": goods[case.goods].lower() if case.goods else "",
        "value": f"{read_value_of_time(dossier, case.goods):,.0f}",
        "rows": [
            _describe_flow(name, outcome, case)
            for name, outcome in zip(ROWS, (free, under), strict=True)
        ],
        "bottlenecks": [
            _describe_bottleneck(dossier, one)
            for one in under.flows.typical.bottlenecks[:MOST_BOTTLENECKS]
        ],
    }


def _describe_flow(name: str, outcome: Outcome, case: Case) -> dict[str, str]:
    assert outcome.flows, "a case has a volume"
    flows, box = outcome.flows, outcome.box
    shares = sorted(flow.share_without_room for flow in flows)
    stranded = round(shares[1] * case.volume * case.months)
    return {
        "label": name,
        "box_days": f"{box.fastest.days:.1f}" if box.fastest else "no route",
        "box_usd": f"{round(box.cheapest.usd, -1):,.0f}" if box.cheapest else "no route",
        "days": _say_average(flows.typical.days, 1),
        "usd": _say_average(flows.typical.usd, -1),
        "no_room": format_share(shares[1]) if shares[1] >= LEAST_DRAWN else "0",
        "range": f"{format_share(shares[0])}–{format_share(shares[2])}"
        if shares[2] >= LEAST_DRAWN
        else "",
        "stranded": f"{stranded:,}",
    }


def _say_average(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{round(value, digits):,.{max(digits, 0)}f}"


def _describe_bottleneck(dossier: Dossier, one: Bottleneck) -> dict[str, str]:
    limit, places, names = one.limit, label_places(dossier), speak_actors(dossier)
    ends = dict.fromkeys(
        places[node] for node in (limit.from_node_id, limit.to_node_id) if node in places
    )
    where = " – ".join(ends) or "every entry"
    by = f"{where}, rationed by {names[limit.actor]}" if limit.actor else where
    return {
        "where": by,
        "room": f"{limit.room:,.0f}",
        "price": "" if one.price is None else f"{round(one.price, -1):,.0f}",
    }


def flow_panel(dossier: Dossier, view: RoutesView, appearance: str) -> Panel:
    """Where the boxes of a month would go."""
    case = read_case(dossier, view)
    return make_panel(
        draw_flows(dossier, case=case, appearance=appearance),
        key=KEY,
        heading=f"Where {case.volume:,} TEU a month would go",
        caption=CAPTION,
        height=Height(rem=17),
        is_legend_in_caption=True,
    )


@cached
def draw_flows(dossier: Dossier, *, case: Case, appearance: str) -> PanelParts:
    """Where the boxes go without hindrance and under it, as stacked bars."""
    free, under = find_free(dossier, case), find_outcome(dossier, case=case)
    assert free.flows and under.flows, "a case has a volume"
    table = tabulate_flows(dossier, (free.flows.typical, under.flows.typical))
    passed = table["legs"].str.split(" ").explode()
    statuses = read_statuses_under(dossier, case.trip)
    capacities = set(dossier["capacity_figures"]["source_id"])
    modes = dossier.labels("modes")
    shown = table.drop(columns=["legs"]).assign(mode_code=table["mode_code"].map(modes))
    palette = PALETTES[appearance]
    figure = flow_bars(flows=table, palette=palette)
    return PanelParts(
        figure,
        flow_bars_alt(flows=table),
        shown.rename(columns=COLUMNS),
        (*cite_legs(statuses[statuses["leg_id"].isin(passed)], dossier), *sorted(capacities)),
        (
            *(
                LegendEntry(
                    text=f"Mostly by {label.lower()}",
                    colour=palette.ink,
                    symbol="square",
                    fill=palette.modes[code],
                )
                for code, label in modes.items()
                if code in set(table["mode_code"])
            ),
            LegendEntry(text=NO_ROOM, colour=palette.ink, symbol="square", fill=palette.paper),
        ),
    )


def tabulate_flows(dossier: Dossier, flows: tuple[Flow, Flow]) -> pd.DataFrame:
    """A row for each route of either flow, and for boxes without room.

    Returns:
        `case` (of `ROWS`), `route` in words, its `mode_code` of most km, `share`, `days` and `usd`
        of a box (missing without room), and `legs`, ids joined by a blank; of boxes without room
        those that they would take otherwise.
    """
    rows = []
    wanted = " ".join(leg for part in flows[0].routes for leg in part.route.leg_ids)
    for name, flow in zip(ROWS, flows, strict=True):
        for part in flow.routes:
            if part.share >= LEAST_DRAWN:
                rows.append((name, *_name_route(part.route, dossier), part.share))
        if flow.share_without_room >= LEAST_DRAWN:
            rows.append((name, NO_ROOM, "", math.nan, math.nan, wanted, flow.share_without_room))
    table = pd.DataFrame(
        rows, columns=["case", "route", "mode_code", "days", "usd", "legs", "share"]
    )
    figures = table.assign(share=table["share"].astype(float).round(3))
    return figures[["case", "route", "mode_code", "share", "days", "usd", "legs"]]


def _name_route(route: Route, dossier: Dossier) -> tuple[str, str, float, float, str]:
    lengths = dossier["legs"].set_index("leg_id")["distance_km"]
    km = pd.Series([lengths[leg] for leg in route.leg_ids])
    mode = km.groupby([step.mode_code for step in route.steps]).sum().idxmax()
    through = capitalise(describe_through(route, dossier))
    return through, str(mode), round(route.days, 1), round(route.usd, -1), " ".join(route.leg_ids)


def flow_bars(*, flows: pd.DataFrame, palette: Palette) -> go.Figure:
    """Stacked bars of where boxes go, a bar a case; `flows` is as `tabulate_flows` gives it."""
    figure = blank_figure(palette, key=KEY)
    routes = [one for one in dict.fromkeys(flows["route"]) if one != NO_ROOM]
    first = dict.fromkeys(("mode_code", "days", "usd", "legs"), "first")
    for route in [*routes, *({NO_ROOM} & set(flows["route"]))]:
        found = flows[flows["route"] == route]
        own = found.groupby("case", sort=False).agg({"share": "sum", **first})
        is_room = route != NO_ROOM
        figure.add_trace(
            go.Bar(
                name=route,
                y=list(own.index),
                x=own["share"],
                orientation="h",
                marker={
                    "color": palette.modes[own["mode_code"].iloc[0]] if is_room else palette.paper,
                    "line": {"color": palette.ink, "width": 1},
                    **({} if is_room else {"pattern": {"shape": "/", "fgcolor": palette.ink}}),
                },
                text=[
                    f"{wrap_text(route, width=MOST_LETTERS)}<br>{format_share(share)}"
                    if share >= 0.15
                    else ""
                    for share in own["share"]
                ],
                textposition="inside",
                insidetextanchor="start",
                textangle=0,
                constraintext="none",
                cliponaxis=True,
                textfont={"size": SMALL, "color": palette.paper if is_room else palette.ink},
                customdata=[identity("leg", legs.split(" ")) for legs in own["legs"]],
                hovertemplate=[
                    f"{escape(route)}: {format_share(row.share)} of all boxes"
                    + (f", {row.days:.1f} days, USD {row.usd:,.0f}" if is_room else "")
                    + "<extra></extra>"
                    for row in own.itertuples()
                ],
            )
        )
    figure.update_layout(barmode="stack", bargap=0.25)
    figure.update_xaxes(range=[0, 1], tickformat=".0%", showgrid=False, title=None)
    figure.update_yaxes(categoryorder="array", categoryarray=list(ROWS)[::-1], title=None)
    return figure


def flow_bars_alt(*, flows: pd.DataFrame) -> str:
    """Where boxes go, for those who cannot see it."""
    parts = [
        f"{name}: "
        + join_words(
            [
                f"{format_share(row.share)} {row.route[0].lower() + row.route[1:]}"
                for row in own.itertuples()
            ]
        )
        for name, own in flows.groupby("case", sort=False)
    ]
    return ". ".join(parts) + "." if parts else "No boxes are sent."
