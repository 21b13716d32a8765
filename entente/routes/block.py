"""Block: what each transit actor could do to a route, alone and with others, and what is left."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from entente.address.views import RoutesView
from entente.content import Height, LegendEntry, Panel, PanelParts, height_by_rows, make_panel
from entente.dates import day_in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.charts.leverage import leverage_bar_rows, leverage_bars, leverage_bars_alt
from entente.routes.found_routes import (
    DrawnRoute,
    describe_presets,
    describe_through,
    describe_veto,
    is_nothing,
    is_own_trade,
    map_routes,
)
from entente.routes.network.search import Route
from entente.routes.trips import (
    Trip,
    cite_legs,
    find_scenario,
    find_traffic,
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
from entente.routes.words import format_amount, format_days
from entente.style.palette import Palette, palette_for
from entente.style.theme import add_article, capitalise, drop_article, identity, join_words

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


def find_leverage(dossier: Dossier, *, trip: Trip, objective: str) -> LeverageResult:
    """Leverage over a trip; its own vetoes are left aside."""
    return _find_leverage(dossier, trip=trip._replace(vetoes=()), objective=objective)


@cached
def _find_leverage(dossier: Dossier, *, trip: Trip, objective: str) -> LeverageResult:
    presets = dossier.document.leverage_presets
    coalitions = {preset.label: preset.actor_ids for preset in presets}
    return assemble_leverage(find_traffic(dossier, trip, objective), coalitions)


@cached
def find_chosen_veto(dossier: Dossier, *, trip: Trip, objective: str) -> Veto:
    """The veto that the reader chose, or the one that the document speaks of."""
    return price_veto(find_traffic(dossier, trip, objective), _choose_actors(dossier, trip))


def _choose_actors(dossier: Dossier, trip: Trip) -> tuple[str, ...]:
    (asked,) = dossier.document.presets_as("asked")
    return trip.vetoes or asked.actor_ids


def title(dossier: Dossier, view: RoutesView) -> str:
    """What the chosen veto does, or the one that the document speaks of while none is chosen."""
    places, names = label_places(dossier), speak_actors(dossier)
    start, end = places[view.origin], places[view.destination]
    if view.origin == view.destination:
        return f"Both ends are {start}: there is nothing to veto"
    trip, objective = read_trip(view), read_price_code(view)
    if find_leverage(dossier, trip=trip, objective=objective).best is None:
        return f"No way is left from {start} to {end} even without a veto"
    chosen = find_chosen_veto(dossier, trip=trip, objective=objective)
    if not view.vetoes:
        names = {**names, **dossier.document.governments}
    able = [actor for actor in chosen.actors if actor not in chosen.own_trade]
    who = sorted((names[actor] for actor in able or chosen.actors), key=drop_article)
    return describe_veto(chosen, who, start=start, end=end, objective=objective)


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """The prices of vetoes and the detour; nothing where there is no route to begin with."""
    trip = read_trip(view)
    options: dict[str, Any] = {"trip": trip, "objective": read_price_code(view)}
    if not trip.is_two_places or find_leverage(dossier, **options).best is None:
        return ()
    bars = draw_bars(dossier, **options, appearance=appearance)
    return (
        make_panel(
            bars,
            key="leverage",
            heading=_name_dearest(_tabulate_actors(dossier, find_leverage(dossier, **options))),
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


def _name_dearest(actors: pd.DataFrame) -> str:
    """Who could do most alone, as a heading."""
    ranked = actors.sort_values(["cuts_route", "veto_loss_days"], ascending=False)
    first = ranked.iloc[0] if len(ranked) else None
    if first is not None and first["cuts_route"]:
        return f"{capitalise(add_article(first['label']))} alone could cut it"
    if first is None or is_nothing(float(first["veto_loss_days"]), "time"):
        return "No single veto would cost a day"
    return f"The dearest single veto is that of {add_article(first['label'])}"


def _describe_detour(dossier: Dossier, chosen: Veto) -> str:
    """Where traffic would go under the chosen veto, as a heading."""
    if chosen.route is None:
        return "No way is left"
    if not chosen.loss:
        return "The way stays as it is"
    return f"Traffic would then go {describe_through(chosen.route, dossier)}"


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
    first, second, both, wider, beside = (
        found.coalitions[preset.label]
        for role in ("alone", "asked", "wider", "beside")
        for preset in dossier.document.presets_as(role)
    )
    told = describe_presets(
        (first, second),
        both,
        wider,
        beside,
        names=dossier.document.governments,
        objective=objective,
    )
    return {
        "sentence": f"From {places[trip.origin]} to {places[trip.destination]}, {BASIS[objective]} "
        f"and under the statuses of {day}: {told}"
        + (" All of it under the what-ifs above." if trip.scenarios else ""),
        "free": describe_through(found.best, dossier),
        "free_days": format_days(found.best.days),
        "free_usd": format_amount(found.best.usd, "cost"),
        "rows": [
            {
                "label": label,
                "is_own": is_own_trade(veto),
                "is_lost": veto.cuts_route,
                "days": _format_loss(veto.loss_days, "+,.1f"),
                "usd": _format_loss(veto.loss_usd, "+,.0f"),
                "route": describe_through(veto.route, dossier) if veto.route else "",
            }
            for label, veto in found.coalitions.items()
        ],
    }


def _format_loss(loss: float | None, shape: str) -> str:
    if loss is None:
        return "route lost"
    text = format(loss, shape)
    return text if text.strip("+-0.") else "0"


@cached
def describe_coalitions(dossier: Dossier, *, trip: Trip, objective: str) -> dict[str, Any]:
    """How the Shapley values come about, for `templates/route_coalitions.html`."""
    shares = find_leverage(dossier, trip=trip, objective=objective).shares
    assert shares is not None, "described only where there is a route"
    names = speak_actors(dossier)
    return {
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
    sets = [veto for veto in found.coalitions.values() if len(veto.actors) > 1]
    chosen = find_chosen_veto(dossier, trip=trip, objective=objective)
    if len(chosen.actors) > 1 and chosen.actors not in [veto.actors for veto in sets]:
        sets = [chosen, *sets]
    all_actors = _tabulate_actors(dossier, found)
    costs = all_actors["cuts_route"] | (all_actors[f"veto_loss_{quantity}"].abs() > 0)
    # Every actor whose veto costs something, then those with most at stake.
    weightiest = pd.concat([all_actors[costs], all_actors[~costs]])
    weightiest = weightiest.head(max(MOST_BARS, int(costs.sum()))).reset_index(drop=True)
    tables = {
        "actors": _add_marks(dossier, trip, weightiest, routes),
        "joint": _add_marks(dossier, trip, _tabulate_sets(dossier, sets), routes),
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
        _tabulate_bars(dossier, all_actors, tables["joint"], UNITS[objective]),
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
    drawn = [DrawnRoute(1, through, "reference", "the way without a veto", best)]
    if left is not None and left.leg_ids != best.leg_ids:
        through = describe_through(left, dossier)
        drawn.insert(0, DrawnRoute(2, through, "detour", "the way that is left", left))
    under = trip._replace(vetoes=_choose_actors(dossier, trip))
    return map_routes(dossier, drawn=drawn, trip=under, appearance=appearance)


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


def _tabulate_actors(dossier: Dossier, found: LeverageResult) -> pd.DataFrame:
    """Actors that matter, by their share, as `leverage_bars` wants them.

    `shapley` is the share by the objective, `route` what a veto of the actor leaves.
    """
    names = dossier.labels("actors")
    losses = _tabulate_vetoes([actor.alone for actor in found.actors], names)
    return losses.assign(
        shapley_days=[float(actor.share_days) for actor in found.actors],
        shapley=[float(actor.share) for actor in found.actors],
        route=pd.Series([actor.alone.route for actor in found.actors], dtype=object),
    )


def _tabulate_sets(dossier: Dossier, sets: Sequence[Veto]) -> pd.DataFrame:
    """Sets of two and more actors, as `leverage_bars` wants them."""
    losses = _tabulate_vetoes(sets, dossier.labels("actors"))
    days = [veto.sum_parts("loss_days") for veto in sets]
    usd = [veto.sum_parts("loss_usd") for veto in sets]
    return losses.assign(
        parts_days=pd.Series(days, dtype=float), parts_usd=pd.Series(usd, dtype=float)
    )


def _tabulate_vetoes(vetoes: Sequence[Veto], names: dict[str, str]) -> pd.DataFrame:
    """What each veto costs; a loss is missing where it cuts the route."""
    return pd.DataFrame(
        {
            "actor_id": [" ".join(veto.actors) for veto in vetoes],
            "label": [" + ".join(names[actor] for actor in veto.actors) for veto in vetoes],
            "veto_loss_days": pd.Series([veto.loss_days for veto in vetoes], dtype=float),
            "veto_loss_usd": pd.Series([veto.loss_usd for veto in vetoes], dtype=float),
            "cuts_route": pd.Series([veto.cuts_route for veto in vetoes], dtype=bool),
        }
    )


def _tabulate_bars(
    dossier: Dossier, actors: pd.DataFrame, joint: pd.DataFrame, unit: str
) -> pd.DataFrame:
    """Actors and sets as rows for readers."""
    both = pd.concat([actors, joint], ignore_index=True)
    cuts, shapley = both["cuts_route"].astype(bool), both["shapley"].round(2).astype(object)
    return pd.DataFrame(
        {
            "Veto of": both["label"],
            "Days lost": both["veto_loss_days"].round(1).astype(object).mask(cuts, "route lost"),
            "USD lost": both["veto_loss_usd"].round().astype(object).mask(cuts, "route lost"),
            f"Shapley value, {unit}": shapley.where(both["shapley"].notna(), None),
            "Way that is left": [
                describe_through(route, dossier) if isinstance(route, Route) else ""
                for route in both["route"]
            ],
        }
    )


def _add_marks(
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

    def list_denied(actor: str) -> list[str]:
        bits = network.to_bits([actor]) & ~own_trade
        return [
            leg_id
            for route in routes
            for leg_id, row in zip(route.leg_ids, route.leg_rows, strict=True)
            if int(network.leg_deniers[row]) & bits
        ]

    marks = []
    for actors in map(str.split, rows["actor_id"]):  # a table without rows has no texts
        legs = {actor: denied for actor in actors if (denied := list_denied(actor))}
        behind = [leg_id for denied in legs.values() for leg_id in denied] or routes[0].leg_ids
        marks.append(identity("veto", actors, behind, _find_claims(dossier, trip, list(legs))))
    return rows.assign(identity=pd.Series(marks, index=rows.index, dtype=object))


def _find_claims(dossier: Dossier, trip: Trip, actors: Sequence[str]) -> list[str]:
    """Claims about a corridor between the two places that name one of the actors."""
    corridors, about = dossier["corridors"], dossier["corridor_claims"]
    naming, ends = dossier["claim_actors"], (trip.origin, trip.destination)
    own = corridors[corridors["from_node_id"].isin(ends) & corridors["to_node_id"].isin(ends)]
    about = about[about["corridor_id"].isin(own["corridor_id"])]
    return sorted({*about["claim_id"]} & {*naming[naming["actor_id"].isin(actors)]["claim_id"]})
