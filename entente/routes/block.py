"""Block: what each transit actor could do to a route, alone and with others, and the way left."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from entente.address.views import RoutesView
from entente.content import Height, LegendEntry, Panel, PanelParts, height_by_rows, panel_of
from entente.dates import day_in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.charts.leverage import leverage_bar_rows, leverage_bars, leverage_bars_alt
from entente.routes.found_routes import DrawnRoute, describe_through, list_crossed, map_routes
from entente.routes.network.search import Route
from entente.routes.trips import (
    Trip,
    cite_legs,
    find_scenario,
    find_traffic,
    label_actors,
    label_places,
    read_price_code,
    read_statuses_under,
    read_trip,
    speak_actors,
)
from entente.routes.valuation.leverage import (
    LeverageResult,
    Veto,
    assemble_leverage,
    price_veto,
)
from entente.routes.words import amount, count_in_words, days
from entente.style.palette import Palette, palette_for
from entente.style.theme import capitalised, identity, listed, plain, spoken

BARS_CAPTION = (
    "Bars: what the veto of one actor costs everybody else, and below, of several together; the "
    "hatched part of a joint bar is what it costs over the sum of its parts. Diamonds: Shapley "
    "values in days, the share of each in what all together could do. A strait counts for those "
    "that control it in fact, sanctions and blockades on record for those who impose them."
)
MAP_CAPTION = (
    "Solid: the best way without a veto. Dashed and in colour: the way that is left. Crosses: legs "
    "that are denied. Choose other actors under What if."
)
MAP_HEIGHT = Height(rem=36, screen="46rem", ratio=1.04, phone_ratio=0.88)
MOST_BARS, MOST_ROWS = 9, 16
# Objective to the quantity of the bars, and to the unit of the Shapley values.
QUANTITIES = {"time": "days", "cost": "usd", "co2e": "days"}
UNITS = {"time": "days", "cost": "USD per TEU", "co2e": "kg CO2e"}
BASIS = {"time": "in time", "cost": "in price", "co2e": "in emissions"}
WORSE = {"time": "longer", "cost": "dearer", "co2e": "dirtier"}
ACTOR_COLUMNS = [
    "actor_id",
    "label",
    "veto_loss_days",
    "veto_loss_usd",
    "cuts_route",
    "shapley_days",
    "shapley",
    "route",
]
SET_COLUMNS = [*ACTOR_COLUMNS[:5], "parts_days", "parts_usd"]
# Losses too small to print, in days and in any other unit.
LEAST_DAYS, LEAST_OTHER = 0.05, 5


@cached
def find_leverage(dossier: Dossier, *, trip: Trip, objective: str) -> LeverageResult:
    """Leverage over a trip; its own vetoes are left aside."""
    presets = dossier.document.leverage_presets
    coalitions = {preset.label: preset.actor_ids for preset in presets}
    return assemble_leverage(find_traffic(dossier, trip, objective), coalitions)


@cached
def find_chosen_veto(dossier: Dossier, *, trip: Trip, objective: str) -> Veto:
    """The veto that the reader chose, or the one that the document speaks of."""
    chosen = trip.vetoes or _asked_actors(dossier)
    return price_veto(find_traffic(dossier, trip, objective), chosen)


def title(dossier: Dossier, view: RoutesView) -> str:
    """What the chosen veto does, or the one that the document speaks of while none is chosen."""
    places, names = label_places(dossier), speak_actors(dossier)
    start, end = places[view.origin], places[view.destination]
    if view.origin == view.destination:
        return f"Both ends are {start}: there is nothing to veto"
    trip, objective = read_trip(view), read_price_code(view)
    if _leverage(dossier, trip, objective).best is None:
        return f"No way is left from {start} to {end} even without a veto"
    chosen = find_chosen_veto(dossier, trip=trip, objective=objective)
    if not view.vetoes:
        names = {**names, **dossier.document.governments}
    able = [actor for actor in chosen.actors if actor not in chosen.own_trade]
    who = sorted((names[actor] for actor in able or chosen.actors), key=plain)
    return describe_veto(chosen, who, start=start, end=end, objective=objective)


def describe_veto(
    chosen: Veto, names: Sequence[str], *, start: str, end: str, objective: str
) -> str:
    """What a veto does to the route between two places, in a sentence without its full stop."""
    who = capitalised(listed(names))
    together = " together" if len(names) > 1 else ""
    if is_own_trade(chosen):
        return f"{who} {'have' if together else 'has'} no veto between {start} and {end}"
    if chosen.cuts_route:
        return f"{who}{together} could cut the way from {start} to {end}"
    if is_nothing(chosen.loss, objective):
        return f"{who}{together} could not make the way from {start} to {end} {WORSE[objective]}"
    extra = amount(chosen.loss or 0.0, objective)
    return f"{who}{together} could add {extra} to the way from {start} to {end}"


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """The prices of vetoes and the detour; nothing where there is no way to begin with."""
    trip, objective = read_trip(view), read_price_code(view)
    found = _leverage(dossier, trip, objective) if trip.is_two_places else None
    if found is None or found.best is None:
        return ()
    options: dict[str, Any] = {"trip": trip, "objective": objective, "appearance": appearance}
    bars = draw_bars(dossier, **options)
    return (
        panel_of(
            bars,
            key="leverage",
            heading=head_bars(tabulate_actors(dossier, found)),
            caption=BARS_CAPTION,
            height=_measure_bars(bars),
            is_half=True,
            is_legend_in_caption=True,
            room_scale=1.0,
            is_wide=True,
        ),
        panel_of(
            draw_detour(dossier, **options),
            key="detour",
            heading=head_detour(dossier, find_chosen_veto(dossier, trip=trip, objective=objective)),
            caption=MAP_CAPTION,
            height=MAP_HEIGHT,
            is_half=True,
            is_legend_in_caption=True,
        ),
    )


def head_bars(actors: pd.DataFrame) -> str:
    """Who could do most alone, as a heading.

    Args:
        actors: Rows of :func:`tabulate_actors`.
    """
    ranked = actors.sort_values(["cuts_route", "veto_loss_days"], ascending=False)
    first = ranked.iloc[0] if len(ranked) else None
    if first is not None and first["cuts_route"]:
        return f"{capitalised(spoken(first['label']))} alone could cut it"
    if first is None or is_nothing(float(first["veto_loss_days"]), "time"):
        return "No single veto would cost a day"
    return f"The dearest single veto is that of {spoken(first['label'])}"


def head_detour(dossier: Dossier, chosen: Veto) -> str:
    """Where traffic would go under the chosen veto, as a heading."""
    if chosen.route is None:
        return "No way is left"
    if not chosen.loss:
        return "The way stays as it is"
    return f"Traffic would then go {describe_through(chosen.route, dossier)}"


@cached
def describe_leverage(dossier: Dossier, *, trip: Trip, objective: str) -> dict[str, Any]:
    """The finding and the preset questions, for `templates/route_leverage.html`."""
    found = _leverage(dossier, trip, objective)
    assert found.best is not None, "described only where there is a route"
    what_if = " All of it under the what-ifs above." if trip.scenarios else ""
    return {
        "sentence": describe_finding(dossier, trip, objective) + what_if,
        "free": describe_through(found.best, dossier),
        "free_days": days(found.best.days),
        "free_usd": amount(found.best.usd, "cost"),
        "rows": [
            {
                "label": label,
                "is_own": is_own_trade(item),
                "is_lost": item.cuts_route,
                "days": _sign(item.loss_days, ",.1f"),
                "usd": _sign(item.loss_usd, ",.0f"),
                "way": "" if item.route is None else describe_through(item.route, dossier),
            }
            for label, item in found.coalitions.items()
        ],
    }


@cached
def describe_coalitions(dossier: Dossier, *, trip: Trip, objective: str) -> dict[str, Any]:
    """How the Shapley values come about, for `templates/route_coalitions.html`."""
    shares = _leverage(dossier, trip, objective).shares
    assert shares is not None, "described only where there is a route"
    names = speak_actors(dossier)
    return {
        "count": f"{shares.coalition_count:,}",
        "lost": f"{shares.lost_count:,}",
        "fallback": amount(shares.fallback, objective),
        "smallest": [
            listed([names[actor] for actor in actors]) for actors in shares.smallest_cuts[:3]
        ],
    }


def describe_finding(dossier: Dossier, trip: Trip, objective: str) -> str:
    """What the two actors of the document could do, alone and together, beside a third.

    Nothing in it is known beforehand: every part follows the losses.
    """
    places, names = label_places(dossier), dossier.document.governments
    priced = _leverage(dossier, trip, objective).coalitions
    (first, second), (both,), (wider,), (beside,) = (
        [priced[preset.label] for preset in dossier.document.presets_as(role)]
        for role in ("alone", "asked", "wider", "beside")
    )
    one, other = names[first.actors[0]], names[second.actors[0]]
    more = listed([names[actor] for actor in wider.actors if actor not in both.actors])
    is_same = wider.cuts_route == both.cuts_route and is_nothing(
        (wider.loss or 0.0) - (both.loss or 0.0), objective
    )
    all_of_them = count_in_words(len(wider.actors))
    with_more = "it stays the same" if is_same else f"the {all_of_them} {_do(wider, objective)}"
    day = day_in_words(trip.as_of)
    return (
        f"From {places[trip.origin]} to {places[trip.destination]}, {BASIS[objective]} and under "
        f"the statuses of {day}: {one} alone {_does(first, objective)}, {other} alone "
        f"{_does(second, objective)}, the two together {_do(both, objective)}"
        f"{_say_beyond(both, (first, second), names, objective)}. "
        f"With {more} {with_more}. "
        f"{_conclude((first, second), both, beside, names, objective)}"
    )


def is_nothing(loss: float | None, objective: str) -> bool:
    """Whether a loss is too small to print."""
    return loss is not None and abs(loss) < (LEAST_DAYS if objective == "time" else LEAST_OTHER)


def is_own_trade(item: Veto) -> bool:
    """Whether the trade is that of all who would deny it, so that none has a veto."""
    return set(item.own_trade) >= set(item.actors)


def _does(item: Veto, objective: str) -> str:
    if is_own_trade(item):
        return "has no veto over trade of its own"
    if item.cuts_route or item.loss is None:
        return "cuts the route"
    if is_nothing(item.loss, objective):
        return "changes nothing"
    return f"adds {amount(item.loss, objective)}"


def _do(item: Veto, objective: str) -> str:
    """What several do: the verb in the plural."""
    verb, *rest = _does(item, objective).split(" ")
    plural = {"has": "have"}.get(verb, verb.removesuffix("s"))
    return " ".join([plural, *rest])


def _say_beyond(
    both: Veto, alone: tuple[Veto, Veto], names: Mapping[str, str], objective: str
) -> str:
    """What a joint veto adds to its parts."""
    if both.adds is None or both.cuts_route or both.own_trade:
        return ""
    if is_nothing(both.adds, objective):
        if is_nothing(both.loss, objective):
            return ""
        second = alone[1]
        if is_nothing((both.loss or 0.0) - (second.loss or 0.0), objective):
            return f", no more than {names[second.actors[0]]} alone"
        return ", no more than the sum of the parts"
    extra = amount(abs(both.adds), objective)
    return f", {extra} {'more' if both.adds > 0 else 'less'} than the sum of the parts"


def _conclude(
    alone: tuple[Veto, Veto],
    both: Veto,
    beside: Veto,
    names: Mapping[str, str],
    objective: str,
) -> str:
    """Whether the two could make it harder, which of them, and what the third could."""
    hard = both.cuts_route or not is_nothing(both.loss, objective)
    told = f"So {_name_culprit(alone, both, names, objective)}" if hard else "So neither"
    told = f"{told} could make it harder"
    if is_own_trade(beside):
        return f"{told}."
    third = names[beside.actors[0]]
    is_more = not both.cuts_route and (
        beside.cuts_route or (beside.loss or 0.0) > (both.loss or 0.0)
    )
    more = f"{third} could by more: alone it" if hard and is_more else f"{third} alone"
    return f"{told}; {more} {_does(beside, objective)}."


def _name_culprit(
    alone: tuple[Veto, Veto], both: Veto, names: Mapping[str, str], objective: str
) -> str:
    """Which of the two makes it harder, where one alone does all of it."""
    one, other = (names[item.actors[0]] for item in alone)
    able = [item.actors[0] for item in alone if item.actors[0] not in both.own_trade]
    if len(able) == 1:
        return names[able[0]]
    if both.cuts_route or both.adds is None or not is_nothing(both.adds, objective):
        return "the two"
    if is_nothing(alone[0].loss, objective):
        return f"{other}, with or without {one},"
    return f"{one}, with or without {other}," if is_nothing(alone[1].loss, objective) else "the two"


def _sign(loss: float | None, shape: str) -> str:
    if loss is None:
        return "route lost"
    text = format(loss, f"+{shape}")
    return "0" if float(text.replace(",", "")) == 0 else text


@cached
def draw_bars(dossier: Dossier, *, trip: Trip, objective: str, appearance: str) -> PanelParts:
    """Price of a veto of each actor that matters, with its Shapley value, and joint vetoes."""
    found = _leverage(dossier, trip, objective)
    assert found.shares is not None, "drawn only where there is a route"
    routes, places, quantity = found.shares.routes, label_places(dossier), QUANTITIES[objective]
    sets = [item for item in found.coalitions.values() if len(item.actors) > 1]
    chosen = find_chosen_veto(dossier, trip=trip, objective=objective)
    if len(chosen.actors) > 1 and chosen.actors not in [item.actors for item in sets]:
        sets = [chosen, *sets]
    all_actors = tabulate_actors(dossier, found)
    tables = {
        "actors": _identify(dossier, trip, _choose_weightiest(all_actors, quantity), routes),
        "joint": _identify(dossier, trip, _tabulate_sets(dossier, sets), routes),
    }
    options: dict[str, Any] = {
        **tables,
        "quantity": quantity,
        "place_pair": f"{places[trip.origin]} and {places[trip.destination]}",
    }
    palette = palette_for(dossier.document, appearance)
    held = dossier["leg_actors"]
    concerned = held.loc[held["actor_id"].isin(tables["actors"]["actor_id"]), "leg_id"]
    passed = {leg_id for route in routes for leg_id in route.leg_ids}
    statuses = read_statuses_under(dossier, trip._replace(vetoes=()))
    cited = statuses[statuses["leg_id"].isin(passed & set(concerned))]
    return PanelParts(
        leverage_bars(**options, palette=palette),
        leverage_bars_alt(**options),
        _tabulate_bars(dossier, all_actors, tables["joint"], UNITS[objective]),
        cite_legs(cited, dossier),
        list_bars_legend(palette),
        leverage_bar_rows(**tables, quantity=quantity, palette=palette),
    )


@cached
def draw_detour(dossier: Dossier, *, trip: Trip, objective: str, appearance: str) -> PanelParts:
    """The free route, the legs of it that are denied, and the route that traffic then takes."""
    best = _leverage(dossier, trip, objective).best
    assert best is not None, "drawn only where there is a route"
    left = find_chosen_veto(dossier, trip=trip, objective=objective).route
    under = trip._replace(vetoes=trip.vetoes or _asked_actors(dossier))
    through = describe_through(best, dossier)
    drawn = [DrawnRoute(1, through, "reference", "the way without a veto", best)]
    if left is not None and left.leg_ids != best.leg_ids:
        through = describe_through(left, dossier)
        drawn.insert(0, DrawnRoute(2, through, "detour", "the way that is left", left))
    crossed = list_crossed(dossier, under, best)
    return map_routes(dossier, drawn=drawn, trip=under, crossed=crossed, appearance=appearance)


def tabulate_actors(dossier: Dossier, found: LeverageResult) -> pd.DataFrame:
    """Actors that matter, as `charts.leverage` wants them, with the share by the objective.

    Returns:
        Rows of `ACTOR_COLUMNS`, by their share; `route` is what a veto of the actor leaves.
    """
    names = label_actors(dossier)
    rows = [
        (
            actor.actor_id,
            names[actor.actor_id],
            actor.alone.loss_days,
            actor.alone.loss_usd,
            actor.alone.cuts_route,
            actor.share_days,
            actor.share,
            actor.alone.route,
        )
        for actor in found.actors
    ]
    numbers = ("veto_loss_days", "veto_loss_usd", "shapley_days", "shapley")
    table = pd.DataFrame(rows, columns=ACTOR_COLUMNS)
    return table.astype(dict.fromkeys(numbers, float))


def _tabulate_sets(dossier: Dossier, sets: Sequence[Veto]) -> pd.DataFrame:
    """Sets of two and more actors, as `charts.leverage` wants them."""
    names = label_actors(dossier)
    rows = [
        (
            " ".join(item.actors),
            " + ".join(names[actor] for actor in item.actors),
            item.loss_days,
            item.loss_usd,
            item.cuts_route,
            item.sum_parts("loss_days"),
            item.sum_parts("loss_usd"),
        )
        for item in sets
    ]
    numbers = ("veto_loss_days", "veto_loss_usd", "parts_days", "parts_usd")
    return pd.DataFrame(rows, columns=SET_COLUMNS).astype(dict.fromkeys(numbers, float))


def _choose_weightiest(actors: pd.DataFrame, quantity: str) -> pd.DataFrame:
    """Those with most at stake: every one whose veto costs something, then by Shapley value."""
    costly = actors["cuts_route"].astype(bool) | (actors[f"veto_loss_{quantity}"].abs() > 0)
    order = pd.concat([actors[costly], actors[~costly]])
    return order.head(max(MOST_BARS, int(costly.sum()))).reset_index(drop=True)


def _tabulate_bars(
    dossier: Dossier, actors: pd.DataFrame, joint: pd.DataFrame, unit: str
) -> pd.DataFrame:
    """Actors and sets as rows for readers."""
    both = pd.concat([actors, joint], ignore_index=True)
    cuts = both["cuts_route"].astype(bool)
    shares = [] if actors.empty else [*actors["shapley"].round(2), *[None] * len(joint)]
    ways = [
        "" if route is None else describe_through(route, dossier)
        for route in [*actors["route"], *[None] * len(joint)]
    ]
    return pd.DataFrame(
        {
            "Veto of": both["label"],
            "Days lost": both["veto_loss_days"].round(1).astype(object).mask(cuts, "route lost"),
            "USD lost": both["veto_loss_usd"].round().astype(object).mask(cuts, "route lost"),
            f"Shapley value, {unit}": pd.Series(shares, dtype=object),
            "Way that is left": ways,
        }
    )


def _identify(
    dossier: Dossier, trip: Trip, rows: pd.DataFrame, routes: Sequence[Route]
) -> pd.DataFrame:
    """Rows with the `identity` of each veto: the legs that it takes, and the claims about it.

    Args:
        dossier: The dataset.
        trip: Between which places.
        rows: `actor_id`, ids joined by a blank.
        routes: The routes that matter for the trip, the best first. Where a veto takes no leg of
            them, it leaves the best as it is, and that one's legs stand behind it.
    """
    network = find_scenario(dossier, trip).network
    own_trade = network.find_own_trade(trip.origin, trip.destination)

    def taken(actor: str) -> list[str]:
        bits = network.to_bits([actor]) & ~own_trade
        return [
            leg_id
            for route in routes
            for leg_id, row in zip(route.leg_ids, route.leg_rows, strict=True)
            if int(network.leg_deniers[row]) & bits
        ]

    marks = []
    for actors in (str(ids).split() for ids in rows["actor_id"]):
        legs = {actor: taken(actor) for actor in actors}
        able = [actor for actor in actors if legs[actor]]
        behind = [leg_id for actor in able for leg_id in legs[actor]] or routes[0].leg_ids
        marks.append(identity("veto", actors, behind, _find_claims(dossier, trip, able)))
    return rows.assign(identity=pd.Series(marks, index=rows.index, dtype=object))


def _find_claims(dossier: Dossier, trip: Trip, actors: Sequence[str]) -> list[str]:
    """Claims about a corridor between the two places that name one of the actors."""
    corridors, links = dossier["corridors"], dossier["corridor_claims"]
    ends = {trip.origin, trip.destination}
    own = corridors["from_node_id"].isin(ends) & corridors["to_node_id"].isin(ends)
    about = links.loc[links["corridor_id"].isin(corridors.loc[own, "corridor_id"]), "claim_id"]
    named = dossier["claim_actors"]
    naming = named.loc[named["actor_id"].isin(list(actors)), "claim_id"]
    return sorted({*about} & {*naming})


def list_bars_legend(palette: Palette) -> tuple[LegendEntry, ...]:
    """What bars and diamonds of :func:`draw_bars` stand for."""
    ink = palette.ink
    return (
        LegendEntry(
            text="Bar: days that this veto would cost all others",
            colour=ink,
            symbol="square",
            fill=ink,
        ),
        LegendEntry(
            text="Shapley value, in days: the share of each in what all together could do",
            colour=ink,
            symbol="diamond",
            fill=palette.paper,
        ),
    )


def _measure_bars(bars: PanelParts) -> Height:
    """A row a bar; a file leaves the room of one row more."""
    axis = bars.figure.layout.yaxis.range
    count = len({trace.name for trace in bars.figure.data if trace.type == "bar"})
    reach = abs(axis[0] - axis[1]) if axis else 0.0
    screen = f"{2.9 * min(count, MOST_ROWS) + 3.5:.1f}rem"
    return replace(height_by_rows(reach, each=2.9, around=3.5), screen=screen)


def _asked_actors(dossier: Dossier) -> tuple[str, ...]:
    """The actors whose joint veto the document speaks of."""
    (asked,) = dossier.document.presets_as("asked")
    return asked.actor_ids


def _leverage(dossier: Dossier, trip: Trip, objective: str) -> LeverageResult:
    return find_leverage(dossier, trip=trip._replace(vetoes=()), objective=objective)
