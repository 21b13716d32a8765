"""Who can block it: the actors by what a block costs the route, then all trade by any route."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from entente.address.views import RoutesView
from entente.content import Height, LegendEntry, Panel, PanelParts, height_by_rows, make_panel
from entente.dossier.store import Dossier, cached
from entente.routes.actors import complications, outcomes
from entente.routes.actors.effects import describe_effect, describe_veto, judge
from entente.routes.actors.gate import find_gate, list_asked_actors, measure_block, state_gate
from entente.routes.actors.leverage_tables import add_marks, tabulate_bars, tabulate_losses
from entente.routes.charts.leverage import leverage_bar_rows, leverage_bars, leverage_bars_alt
from entente.routes.found_routes import DrawnRoute, describe_through, map_routes
from entente.routes.network.scenarios import Hindrance
from entente.routes.trips import (
    QUANTITIES,
    Trip,
    choose_actors,
    cite_legs,
    find_chosen_draws,
    find_chosen_veto,
    find_draws,
    find_leverage,
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
from entente.routes.valuation.leverage_draws import LEAST, LeverageDraws, LossDraws, find_range
from entente.style.palette import Palette, palette_for
from entente.style.theme import capitalise, drop_article, join_words

BLOCKS_CAPTION = (
    "Bars: extra days on the best remaining route, the median of 400 simulations. Lines: 8 of 10 "
    "simulations. Both cover every network that services allow."
)
BY_SEA = " Routes by sea that avoid {gate} are left out here and counted below."
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
MOST_ACTORS, MOST_BARS, MOST_ROWS = 8, 9, 16
LEAST_SHARE = 0.05  # of draws in which a veto costs something, for a bar of its own


def title(dossier: Dossier, view: RoutesView) -> str:
    """Who can close the route and who can slow it; with actors chosen, what their veto does."""
    trip = read_trip(view)
    headline = "" if view.vetoes or not trip.is_two_places else state_gate(dossier, trip=trip)
    return headline or _state_veto(dossier, view)


def _state_veto(dossier: Dossier, view: RoutesView) -> str:
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
    """Who can close or slow the route, and what the actors asked about do to all trade.

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
    told = f"{told}; {third} alone {describe_effect(beside, objective)}."
    headline = state_gate(dossier, trip=trip)
    return f"{headline}; by any route, sea included, {told}" if headline else told


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """What blocks cost the route, what vetoes cost all trade, the detour, and the flow."""
    shown = shown_panels(dossier, view, appearance)
    return (*shown, complications.flow_panel(dossier, view, appearance)) if shown else ()


@cached
def shown_panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """All but the flow, which takes a solver and on the page stands folded away."""
    trip = read_trip(view)
    rest = _list_panels(dossier, view, appearance)
    sets = list_sets(dossier, trip=trip.free) if rest else ()
    if not sets:
        return rest
    gate = find_gate(dossier, trip=trip)
    labels = dossier.labels("actors")
    around = " and ".join(labels[actor] for actor in gate.actors)
    return (
        make_panel(
            outcomes.draw_actor_bars(dossier, trip=trip, appearance=appearance, sets=sets),
            key="actor-bars",
            heading=f"Days lost on {gate.name} if one of these blocks it",
            caption=BLOCKS_CAPTION + (BY_SEA.format(gate=around) if around else ""),
            height=height_by_rows(len(sets), each=2.55, around=3.2),
            is_half=True,
            room_scale=1.0,
        ),
        *rest,
    )


@cached
def list_sets(dossier: Dossier, *, trip: Trip) -> tuple[tuple[str, ...], ...]:
    """The actors whose block may matter to the route, and the sets that the document asks about.

    Those that the document asks about come in any case. Empty where nothing can be measured.
    """
    gate = find_gate(dossier, trip=trip)
    if not gate.branches:
        return ()
    asked = list_asked_actors(dossier, trip=trip)
    every = find_draws(dossier, trip=trip, objective="time").actors
    found = []
    for actor in dict.fromkeys([*asked, *every]):
        own = measure_block(dossier, trip=trip, actors=[actor])
        if not own.size:
            continue
        _, middle, most = find_range(own)
        if actor in asked or most >= LEAST["days"]:
            rank = (-middle, -most, -float(own.max()))
            found.append((actor not in gate.actors, actor not in asked, *rank, actor))
    alone = [(actor,) for *_, actor in sorted(found)[:MOST_ACTORS]]
    joint = [
        preset.actor_ids
        for preset in dossier.document.presets_as("asked")
        if len(preset.actor_ids) > 1 and set(preset.actor_ids) <= set(asked)
    ]
    return (*alone, *joint) if alone else ()


def _list_panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
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
        LegendEntry(text="Line: P10 to P90 of simulations", colour=palette.ink, dash="solid"),
    )
