"""The reading of vetoes and leverage: its finding, its figures, and the words beside them."""

from typing import Any

from entente.address.views import RoutesView
from entente.content import Panel, panel_of
from entente.dates.words import day_in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.engine import Trip, place_labels, priced_by, spoken_actors, trip_of
from entente.routes.modes import leverage_figures, leverage_words, way_words
from entente.routes.modes.leverage_tables import Held, chosen_veto, held_of
from entente.routes.valuation.vetoes import Veto
from entente.style.names import capitalised, listed, plain, spoken

BARS_CAPTION = (
    "Bars: what the veto of one actor costs everybody else, and below, of several together; the "
    "hatched part of a joint bar is what it costs over the sum of its parts. Diamonds: Shapley "
    "values in days, the share of each in what all together could do. A strait counts for those "
    "that control it in fact, the United States for sanctions and blockades on record."
)


MAP_CAPTION = (
    "Solid: the best way without a veto. Dashed and in colour: the way that is left. Crosses: legs "
    "that are denied. Choose other actors under What if."
)


def title(dossier: Dossier, view: RoutesView) -> str:
    """What the chosen veto does, or that of Ankara and Baku while none is chosen."""
    places, names = place_labels(dossier), spoken_actors(dossier)
    start, end = places[view.origin], places[view.destination]
    if view.origin == view.destination:
        return f"Both ends are {start}: there is nothing to veto"
    trip = trip_of(view)
    if held_of(dossier, trip, priced_by(view)).free is None:
        return f"No way is left from {start} to {end} even without a veto"
    chosen = chosen_veto(dossier, trip, priced_by(view))
    if not view.vetoes:
        names = {**names, **leverage_words.CAPITALS}
    able = [actor for actor in chosen.actors if actor not in chosen.own_trade]
    who = sorted((names[actor] for actor in able or chosen.actors), key=plain)
    return leverage_words.headline(chosen, who, start=start, end=end, objective=priced_by(view))


@cached
def leverage_record(dossier: Dossier, *, trip: Trip, objective: str) -> dict[str, Any]:
    """The sentence, the preset questions and the coalitions, for the templates."""
    places, names = place_labels(dossier), spoken_actors(dossier)
    found = held_of(dossier, trip, objective)
    assert found.free is not None and found.shared is not None, "asked only where there is a way"
    sentence = leverage_words.finding(
        found,
        start=places[trip.origin],
        end=places[trip.destination],
        day=day_in_words(trip.as_of),
        objective=objective,
    )
    shared = found.shared
    return {
        "sentence": sentence + (" All of it under the what-ifs above." if trip.scenarios else ""),
        "free": way_words.through(found.free, dossier),
        "free_days": way_words.days(found.free.days),
        "free_usd": way_words.amount(found.free.usd, "cost"),
        "rows": [_question(dossier, label, item) for label, item in found.questions.items()],
        "detour": _detour_title(dossier, chosen_veto(dossier, trip, objective)),
        "coalitions": {
            "count": f"{shared.coalition_count:,}",
            "lost": f"{shared.lost_count:,}",
            "fallback": way_words.amount(shared.fallback, objective),
            "smallest": [
                listed([names[actor] for actor in actors]) for actors in shared.smallest_cuts[:3]
            ],
        },
    }


def _question(dossier: Dossier, label: str, item: Veto) -> dict[str, Any]:
    return {
        "label": label,
        "is_own": leverage_words.is_own_trade(item),
        "is_lost": item.cuts_route,
        "days": _signed(item.loss_days, ",.1f"),
        "usd": _signed(item.loss_usd, ",.0f"),
        "way": "" if item.way is None else way_words.through(item.way, dossier),
    }


def _signed(loss: float | None, shape: str) -> str:
    if loss is None:
        return "route lost"
    text = format(loss, f"+{shape}")
    return "0" if float(text.replace(",", "")) == 0 else text


def bars_title(found: Held) -> str:
    """Who could do most alone, as a heading."""
    rows = found.actors
    first = rows.sort_values(["cuts_route", "veto_loss_days"], ascending=False).iloc[0]
    if first["cuts_route"]:
        return f"{capitalised(spoken(first['label']))} alone could cut it"
    if leverage_words.is_nothing(float(first["veto_loss_days"]), "time"):
        return "No single veto would cost a day"
    return f"The dearest single veto is that of {spoken(first['label'])}"


def _detour_title(dossier: Dossier, chosen: Veto) -> str:
    if chosen.way is None:
        return "No way is left"
    if not chosen.loss:
        return "The way stays as it is"
    route = way_words.through(chosen.way, dossier)
    return f"Traffic would then go {route}"


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """The prices of vetoes and the detour; nothing where there is no way to begin with."""
    trip = trip_of(view)
    if view.origin == view.destination or held_of(dossier, trip, priced_by(view)).free is None:
        return ()
    options: dict[str, Any] = {"trip": trip, "objective": priced_by(view), "appearance": appearance}
    return (
        panel_of(
            leverage_figures.bars(dossier, **options),
            key="leverage",
            caption=BARS_CAPTION,
            is_legend_in_caption=True,
        ),
        panel_of(
            leverage_figures.detour(dossier, **options),
            key="detour",
            caption=MAP_CAPTION,
            is_legend_in_caption=True,
        ),
    )
