"""Block: what each transit actor could do to a route, alone and with others, and what is left."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from entente.address.views import RoutesView
from entente.content import Height, LegendEntry, Panel, PanelParts, height_by_rows, make_panel
from entente.dates import day_in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.actors import complications
from entente.routes.actors.effects import (
    Presets,
    describe_effect,
    describe_presets,
    describe_veto,
    format_range,
    is_own_trade,
    judge,
)
from entente.routes.actors.leverage_tables import add_marks, tabulate_bars, tabulate_losses
from entente.routes.charts.leverage import leverage_bar_rows, leverage_bars, leverage_bars_alt
from entente.routes.found_routes import DrawnRoute, describe_through, map_routes
from entente.routes.network.hindrances import Hindrance
from entente.routes.trips import (
    QUANTITIES,
    UNITS,
    Trip,
    choose_actors,
    cite_legs,
    find_chosen_draws,
    find_chosen_veto,
    find_draws,
    find_leverage,
    find_shares,
    find_traffic,
    label_places,
    name_ends,
    name_governments,
    read_price_code,
    read_statuses_under,
    read_trip,
    say_hindrances,
    speak_actors,
)
from entente.routes.valuation.leverage import Veto
from entente.routes.valuation.leverage_draws import LEAST, LeverageDraws, LossDraws
from entente.routes.words import format_amount, format_days, format_share
from entente.style.palette import Palette, palette_for
from entente.style.theme import capitalise, drop_article, join_words

BARS_CAPTION = (
    "Bars: what one veto costs everybody else, the median of 400 simulations; below, "
    "several together. Lines: 8 of 10 simulations; beside them, the share in which it costs "
    "nothing. A strait counts for whoever controls it in fact, sanctions and blockades for those "
    "who impose them."
)
MAP_CAPTION = (
    "Solid: the best route without a veto, at typical rates. Dashed and in colour: the remaining "
    "route. Crosses: legs that are blocked."
)
MAP_HEIGHT = Height(rem=36, screen="46rem", ratio=1.04, phone_ratio=0.88)
MOST_BARS, MOST_ROWS = 9, 16
LEAST_SHARE = 0.05  # of draws in which a veto costs something, for a bar of its own
BASIS = {"time": "in time", "cost": "in price", "co2e": "in emissions"}


def title(dossier: Dossier, view: RoutesView) -> str:
    """What the chosen veto does, or the one that the document speaks of while none is chosen."""
    start, end = name_ends(dossier, view)
    if view.origin == view.destination:
        return f"Origin and destination are both {start}: there is nothing to block"
    trip, objective = read_trip(view), read_price_code(view)
    if find_leverage(dossier, trip=trip, objective=objective).best is None:
        return f"No route is left from {start} to {end} even without a veto"
    if view.degree != "blocks":
        return complications.state_complication(dossier, view)
    chosen = find_chosen_draws(dossier, trip=trip, objective=objective)
    names = speak_actors(dossier) if view.vetoes else name_governments(dossier)
    return describe_veto(
        chosen, _name_able(chosen, names), start=start, end=end, objective=objective
    )


def _name_able(veto: LossDraws, names: Mapping[str, str]) -> list[str]:
    """Those with a veto, or all where nobody has one, as they stand within a sentence."""
    able = [actor for actor in veto.actors if actor not in veto.own_trade]
    return sorted((names[actor] for actor in able or veto.actors), key=drop_article)


def state_leverage(dossier: Dossier, view: RoutesView) -> str:
    """What the actors that the document speaks of could do, and the one beside them, in sentences.

    It follows the draws of the day; empty where there is no route.
    """
    trip, objective = read_trip(view), read_price_code(view)
    if (
        not trip.is_two_places
        or find_leverage(dossier, trip=trip, objective=objective).best is None
    ):
        return ""
    (start, end), names = name_ends(dossier, view), dossier.document.governments
    draws = find_draws(dossier, trip=trip, objective=objective)
    asked, beside = (
        draws.measure_losses(preset.actor_ids)
        for role in ("asked", "beside")
        for preset in dossier.document.presets_as(role)
    )
    told = describe_veto(asked, _name_able(asked, names), start=start, end=end, objective=objective)
    third = names[beside.actors[0]]
    return f"{told}; {third} alone {describe_effect(beside, objective)}."


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """The prices of vetoes and the detour; nothing where there is no route to begin with."""
    trip = read_trip(view)
    options: dict[str, Any] = {"trip": trip, "objective": read_price_code(view)}
    if not trip.is_two_places or find_leverage(dossier, **options).best is None:
        return ()
    # One veto is drawn among all others in any case.
    alone = trip if len(trip.vetoes) > 1 else trip.free
    bars = draw_bars(dossier, trip=alone, objective=options["objective"], appearance=appearance)
    return (
        make_panel(
            bars,
            key="leverage",
            heading=_name_dearest(dossier, find_draws(dossier, **options), options["objective"]),
            caption=BARS_CAPTION,
            height=_measure_bars(bars),
            is_half=True,
            is_legend_in_caption=True,
            room_scale=1.0,
            is_wide=True,
        ),
        make_panel(
            draw_detour(dossier, **options, appearance=appearance),
            key="detour",
            heading=_describe_detour(dossier, find_chosen_veto(dossier, **options)),
            caption=MAP_CAPTION,
            height=MAP_HEIGHT,
            is_half=True,
            is_legend_in_caption=True,
        ),
    )


def _name_dearest(dossier: Dossier, draws: LeverageDraws, objective: str) -> str:
    """Who could do most alone, as a heading, where that can be told."""
    quantity, names = QUANTITIES[objective], speak_actors(dossier)
    losses = {one: draws.measure_losses([one]).losses[quantity] for one in draws.actors}
    cutting = [one for one, own in losses.items() if judge(np.isinf(own))]
    if cutting:
        who = capitalise(join_words([names[actor] for actor in cutting]))
        return f"{who} alone could cut it" if len(cutting) == 1 else f"{who} could each cut it"
    most, least = np.max(list(losses.values()), axis=0, initial=0.0), LEAST[quantity]
    if not losses or judge(most < least):
        unit = "a day" if quantity == "days" else "a dollar"
        return f"By any route, sea included, no single veto is sure to cost {unit}"
    first = [one for one, own in losses.items() if judge((own >= most) & (most >= least))]
    if not first:
        return "By any route, sea included, no single veto is sure to cost most"
    if len(first) == 1:
        return f"By any route, sea included, {names[first[0]]}’s veto costs most"
    who = join_words([names[actor] for actor in first])
    return f"By any route, sea included, the vetoes of {who} cost most"


def _describe_detour(dossier: Dossier, chosen: Veto) -> str:
    """Which route is the best one left under the chosen veto, as a heading."""
    blocks = [Hindrance(actor, "blocks") for actor in chosen.actors]
    head = f"If {say_hindrances(blocks, name_governments(dossier))}"
    if chosen.route is None:
        return f"{head}, no route is left"
    if not chosen.loss:
        return f"{head}, the best route stays as it is at typical rates"
    return f"{head}, the best route left goes {describe_through(chosen.route, dossier)}"


def _measure_bars(bars: PanelParts) -> Height:
    """A row a bar; a file leaves the room of one row more."""
    axis = bars.figure.layout.yaxis.range
    count = len({trace.name for trace in bars.figure.data if trace.type == "bar"})
    reach = abs(axis[0] - axis[1]) if axis else 0.0
    screen = f"{2.9 * min(count, MOST_ROWS) + 3.5:.1f}rem"
    return replace(height_by_rows(reach, each=2.9, around=3.5), screen=screen)


@cached
def describe_leverage(dossier: Dossier, *, trip: Trip, objective: str) -> dict[str, Any]:
    """The finding and the preset questions, for `templates/route_leverage.html`."""
    found = find_leverage(dossier, trip=trip, objective=objective)
    assert found.best is not None, "described only where there is a route"
    places, day = label_places(dossier), day_in_words(trip.as_of)
    draws = find_draws(dossier, trip=trip, objective=objective)
    presets = Presets(
        *(
            draws.measure_losses(preset.actor_ids)
            for role in ("alone", "asked", "wider", "beside")
            for preset in dossier.document.presets_as(role)
        )
    )
    labels = dossier.labels("network_variants")
    told = describe_presets(
        presets,
        names=dossier.document.governments,
        variants=[labels[variant] for variant in draws.variants],
        objective=objective,
    )
    without = [f"“{labels[variant]}”" for variant in draws.without_route]
    return {
        "sentence": f"From {places[trip.origin]} to {places[trip.destination]}, {BASIS[objective]} "
        f"and under the statuses of {day}: {told}"
        + (" All of it under the scenarios above." if trip.scenarios else ""),
        "without_route": join_words(without) if without else "",
        "free": describe_through(found.best, dossier),
        "free_days": format_days(found.best.days),
        "free_usd": format_amount(found.best.usd, "cost"),
        "rows": [
            {
                "label": label,
                "is_own": is_own_trade(losses),
                "is_lost": losses.share_lost_route() == 1,
                "days": format_range(losses.find_range("days"), "days"),
                "usd": format_range(losses.find_range("usd"), "usd"),
                "free_days": format_share(losses.share_without_loss("days")),
                "free_usd": format_share(losses.share_without_loss("usd")),
                "route": describe_through(veto.route, dossier) if veto.route else "",
            }
            for label, veto in found.coalitions.items()
            for losses in [draws.measure_losses(veto.actors)]
        ],
    }


@cached
def describe_coalitions(dossier: Dossier, *, trip: Trip, objective: str) -> dict[str, Any]:
    """The Shapley values that can be told, and how they come about.

    For `templates/route_coalitions.html`.
    """
    shares = find_leverage(dossier, trip=trip, objective=objective).shares
    assert shares is not None, "described only where there is a route"
    names, labels = speak_actors(dossier), dossier.labels("actors")
    told, quantity = find_shares(dossier, trip=trip, objective=objective), QUANTITIES[objective]
    unsure = [
        names[one.actor_id]
        for one in told
        if not one.is_robust and one.range.p90 >= LEAST[quantity]
    ]
    return {
        "unit": UNITS[quantity],
        "rows": [
            {"label": labels[one.actor_id], "range": format_range(one.range, quantity)}
            for one in told
            if one.is_robust
        ],
        "unsure": join_words(unsure) if unsure else "",
        "count": f"{shares.coalition_count:,}",
        "lost": f"{shares.lost_count:,}",
        "fallback": format_amount(shares.fallback, objective),
        "smallest": [
            join_words([names[actor] for actor in actors]) for actors in shares.smallest_cuts[:3]
        ],
    }


@cached
def draw_bars(dossier: Dossier, *, trip: Trip, objective: str, appearance: str) -> PanelParts:
    """Price of a veto of each actor that matters, with its Shapley value, and joint vetoes."""
    found = find_leverage(dossier, trip=trip, objective=objective)
    assert found.shares is not None, "drawn only where there is a route"
    routes, places, quantity = found.shares.routes, label_places(dossier), QUANTITIES[objective]
    draws = find_draws(dossier, trip=trip, objective=objective)
    sets = [veto.actors for veto in found.coalitions.values() if len(veto.actors) > 1]
    chosen = tuple(sorted(choose_actors(dossier, trip)))
    if len(chosen) > 1 and chosen not in sets:
        sets = [chosen, *sets]
    traffic = find_traffic(dossier, trip, objective)
    every = sorted({*draws.actors, *(actor.actor_id for actor in found.actors)})
    all_actors = tabulate_losses(dossier, [(actor,) for actor in every], draws, traffic)
    # Every actor whose veto often costs something, then those that cost most.
    all_actors = all_actors.sort_values(
        [f"{quantity}_p50", f"{quantity}_p90", "actor_id"], ascending=[False, False, True]
    )
    costs = all_actors[f"{quantity}_without_loss"] <= 1 - LEAST_SHARE
    weightiest = pd.concat([all_actors[costs], all_actors[~costs]])
    weightiest = weightiest.head(max(MOST_BARS, int(costs.sum()))).reset_index(drop=True)
    joint = tabulate_losses(dossier, sets, draws, traffic)
    tables = {
        "actors": add_marks(dossier, trip, weightiest, routes),
        "joint": add_marks(dossier, trip, joint, routes),
    }
    shown: dict[str, Any] = {
        **tables,
        "quantity": quantity,
        "place_pair": f"{places[trip.origin]} and {places[trip.destination]}",
    }
    palette = palette_for(dossier.document, appearance)
    held = dossier["leg_actors"]
    concerned = held.loc[held["actor_id"].isin(weightiest["actor_id"]), "leg_id"]
    passed = {leg_id for route in routes for leg_id in route.leg_ids}
    statuses = read_statuses_under(dossier, trip._replace(vetoes=()))
    return PanelParts(
        leverage_bars(**shown, palette=palette),
        leverage_bars_alt(**shown),
        tabulate_bars(dossier, pd.concat([all_actors, joint], ignore_index=True)),
        cite_legs(statuses[statuses["leg_id"].isin(passed & set(concerned))], dossier),
        list_bars_legend(palette),
        leverage_bar_rows(**tables, quantity=quantity, palette=palette),
    )


@cached
def draw_detour(dossier: Dossier, *, trip: Trip, objective: str, appearance: str) -> PanelParts:
    """The free route, the legs of it that are denied, and the route that traffic then takes."""
    best = find_leverage(dossier, trip=trip, objective=objective).best
    assert best is not None, "drawn only where there is a route"
    left = find_chosen_veto(dossier, trip=trip, objective=objective).route
    through = describe_through(best, dossier)
    drawn = [DrawnRoute(1, through, "reference", "the route without a veto", best)]
    if left is not None and left.leg_ids != best.leg_ids:
        through = describe_through(left, dossier)
        drawn.insert(0, DrawnRoute(2, through, "detour", "the remaining route", left))
    under = trip._replace(vetoes=choose_actors(dossier, trip))
    return map_routes(dossier, drawn=drawn, trip=under, appearance=appearance)


def list_bars_legend(palette: Palette) -> tuple[LegendEntry, ...]:
    """What bars and lines of :func:`draw_bars` stand for."""
    return (
        LegendEntry(
            text="Bar: what this veto would cost all others (median)",
            colour=palette.ink,
            symbol="square",
            fill=palette.ink,
        ),
        LegendEntry(
            text="Line: P10 to P90 of simulations",
            colour=palette.ink,
            dash="solid",
        ),
    )
