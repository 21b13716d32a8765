"""The trade routes page: its title, and the mode that the reader chose."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from entente.address.views import RoutesView
from entente.app import controls, markup, panels
from entente.app.chrome import get_palette
from entente.app.pages.route_controls import show_controls, show_what_if
from entente.content import Panel
from entente.dates import day_in_words
from entente.dossier.store import Dossier
from entente.routes import accuracy, best, block, compare, priorities, said
from entente.routes import content as routes
from entente.routes.compare_records import (
    describe_corridor,
    describe_odds,
    list_corridors,
    list_destinations,
)
from entente.routes.comparison import compare_corridors
from entente.routes.found_routes import describe_cut, describe_through
from entente.routes.network.alternatives import CutLeg
from entente.routes.network.search import Route
from entente.routes.trips import (
    cite_corridors,
    label_places,
    read_objective_code,
    read_price_code,
    read_trip,
)
from entente.routes.words import amount, days
from entente.vocabulary import CRITERIA

__all__ = ["settle", "show_controls", "show_mode", "show_what_if", "title"]

SWITCHED = "Under the what-ifs above. "
Panels = Sequence[Panel]


def settle(dossier: Dossier, view: RoutesView) -> RoutesView:
    """The view with a corridor to put forward that joins its two places, or none."""
    pick = compare.settle_pick(dossier, view)
    if pick != view.pick:
        controls.put_field(RoutesView, "pick", pick)
    return replace(view, pick=pick)


def title(dossier: Dossier, view: RoutesView) -> str:
    """The finding of the mode; through the document's lens, what the document says."""
    return markup.literal(routes.title(dossier, view))


def show_mode(dossier: Dossier, view: RoutesView) -> None:
    """What the document says about the routes, and what proves the finding."""
    if view.lens != "record" and view.as_of >= dossier.document.day:
        about = list(said.statements(dossier, as_of=view.as_of, lens=view.lens))
        summary = said.summary(dossier, about)
        note = dossier.document.text("routes-said-note")
        markup.show("route_said", statements=about, lens=view.lens, summary=summary, note=note)
    if view.lens != "document":
        MODES[view.mode](dossier, view, routes.panels(dossier, view, get_palette().name))


def show_corridors(dossier: Dossier, view: RoutesView, shown: Panels) -> None:
    """The corridors side by side, and one leg by leg; or where else one could go."""
    trip, pick = read_trip(view), view.pick
    if pick is None:
        show_none(dossier, view)
        return
    compared = compare_corridors(dossier, trip=trip)
    markup.show(
        "corridors",
        lead=compare.lead(compared),
        day=day_in_words(view.as_of),
        what_if=SWITCHED if view.scenarios or view.vetoes else "",
        rows=list_corridors(dossier, view=view),
    )
    show = partial(
        panels.show_panels, dossier=dossier, on_pick=partial(pick_from, ids=compared.ids)
    )
    on_map, in_time, in_price, *ranges = shown
    show([on_map, in_time])
    left, right = st.columns(2, gap="large")
    with left:
        show([in_price])
    with right:
        markup.show("corridor_odds", **describe_odds(dossier, trip=trip, pick=pick))
    show(ranges)
    record = describe_corridor(dossier, trip=trip, pick=pick)
    markup.show("corridor", day=day_in_words(view.as_of), corridor=record)
    with st.expander(f"Sources of the legs, numbered as above ({len(record['source_ids'])})"):
        panels.show_sources(record["source_ids"], dossier)
    whole = cite_corridors((pick,), dossier)
    with st.expander(f"Sources of what is published about the corridor ({len(whole)})"):
        panels.show_sources(whole, dossier)


def show_none(dossier: Dossier, view: RoutesView) -> None:
    """That no corridor joins the two places, and where corridors lead."""
    places = label_places(dossier)
    markup.show(
        "corridors_none",
        is_same=view.origin == view.destination,
        start=places[view.origin],
        end=places[view.destination],
        destinations=list_destinations(
            dossier, view, compare.count_onward(dossier, origin=view.origin)
        ),
    )


def pick_from(customdata: list[Any], *, ids: tuple[str, ...]) -> None:
    """Put forward the corridor of a mark, or the first that uses the leg of a mark."""
    named = [value for value in customdata[1:] if value in ids]
    if named:
        controls.put_field(RoutesView, "pick", named[0])


def show_best(dossier: Dossier, view: RoutesView, shown: Panels) -> None:
    """The routes in a table and on the map; or the cut."""
    if view.origin == view.destination:
        show_none(dossier, view)
        return
    trip = read_trip(view)
    found = best.search_routes(dossier, trip=trip, objective=read_objective_code(view))
    if found.routes:
        markup.show(
            "route_ways",
            lead=best.lead(found, dossier, view),
            day=day_in_words(view.as_of),
            rows=best.list_routes(dossier, trip=trip, found=found),
        )
    else:
        show_cut(dossier, view, found.cut, found.restored)
    panels.show_panels(shown, dossier=dossier)


def show_cut(
    dossier: Dossier, view: RoutesView, cut: Sequence[CutLeg], restored: Route | None
) -> None:
    """That no route is left, and the legs whose opening would restore one."""
    markup.show(
        "route_cut",
        day=day_in_words(view.as_of),
        legs=describe_cut(cut, dossier),
        restored=describe_through(restored, dossier) if restored else "",
        days=days(restored.days) if restored else "",
        usd=amount(restored.usd, "cost") if restored else "",
    )


def show_leverage(dossier: Dossier, view: RoutesView, shown: Panels) -> None:
    """The finding, the questions, the bars, the detour; or the cut."""
    if view.origin == view.destination:
        show_none(dossier, view)
        return
    trip, objective = read_trip(view), read_price_code(view)
    found = block.find_leverage(dossier, trip=trip._replace(vetoes=()), objective=objective)
    if found.best is None:
        show_cut(dossier, view, found.cut, found.restored)
        return
    options: dict[str, Any] = {"trip": trip, "objective": objective}
    markup.show("route_leverage", **block.describe_leverage(dossier, **options))
    bars, detour = shown
    left, right = st.columns(2, gap="large")
    with left:
        panels.show_panels([bars], dossier=dossier)
        markup.show("route_coalitions", **block.describe_coalitions(dossier, **options))
    with right:
        panels.show_panels([detour], dossier=dossier)


def show_weights(dossier: Dossier, view: RoutesView, shown: Panels) -> None:
    """Sliders, the order, and its stability."""
    compared = compare_corridors(dossier, trip=read_trip(view))
    if not compared.ids:
        show_none(dossier, view)
        return
    with st.container(key="weights", horizontal=True, gap="medium"):
        controls.weights(RoutesView, "weights", labels=CRITERIA)
    if not shown:
        markup.show("route_weights_none", rows=compared.corridors["short_label"].tolist())
        return
    markup.show("route_weights", **priorities.describe_ranking(dossier, view))
    panels.show_panels(shown[::-1], dossier=dossier)


def show_accuracy(dossier: Dossier, view: RoutesView, shown: Panels) -> None:
    """Coverage and error by quantity; the figures; a sentence for each bad one."""
    markup.show("route_benchmarks", **accuracy.describe_accuracy(dossier))
    panels.show_panels(shown, dossier=dossier)


MODES: dict[str, Callable[[Dossier, RoutesView, Panels], None]] = {
    "corridors": show_corridors,
    "ways": show_best,
    "leverage": show_leverage,
    "weights": show_weights,
    "benchmarks": show_accuracy,
}
