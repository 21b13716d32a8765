"""The trade routes page: finding, controls, what-ifs, and the mode that the reader chose."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from entente.address.views import RoutesView, corridor_ends, transit_actors
from entente.app import controls, markup, panels
from entente.app.chrome import get_palette
from entente.content import Panel
from entente.dates import day_in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes import (
    accuracy,
    best,
    block,
    compare,
    compare_tables,
    complications,
    content,
    priorities,
)
from entente.routes.comparison import compare_corridors, describe_band
from entente.routes.found_routes import describe_cut
from entente.routes.network.alternatives import CutLeg
from entente.routes.network.search import Route
from entente.routes.trips import (
    cite_corridors,
    describe_standing_vetoes,
    find_scenario,
    label_places,
    list_hindrances,
    read_objective_code,
    read_price_code,
    read_trip,
    speak_actors,
)
from entente.routes.valuation.calibration import read_calibration
from entente.style.theme import capitalise, join_words
from entente.vocabulary import (
    CRITERIA,
    DEGREES,
    MIX,
    MONTHS,
    OBJECTIVE_LABELS,
    ROUTE_MODES,
    VOLUMES_TEU,
)

BEST_BY = {**OBJECTIVE_LABELS, MIX: "Your mix"}
# What actors do short of a block: the field that says how much, its label, and its unit.
AMOUNTS = {
    "slows": ("hours", "At each border and port", "{} hours"),
    "charges": ("charge", "At each border and port", "USD {} per TEU"),
    "rations": ("ration", "Of what passes, they let through", "{} %"),
}
BY_OBJECTIVE = ("ways", "leverage")
SWITCHED = "Under the what-ifs above. "
Panels = Sequence[Panel]


def settle(dossier: Dossier, view: RoutesView) -> RoutesView:
    """The view with a corridor to put forward that joins its two places, or none."""
    pick = compare.settle_pick(dossier, view)
    if pick != view.pick:
        controls.put_field(RoutesView, "pick", pick)
    return replace(view, pick=pick)


def show_finding(dossier: Dossier, view: RoutesView) -> None:
    """What this view shows, as the title."""
    st.title(markup.literal(content.title(dossier, view)), anchor=False)


def show_controls(dossier: Dossier, view: RoutesView) -> None:
    """Lens and day, from, to, the mode, and in the drawer the what-ifs."""
    with controls.bar():
        controls.lens(RoutesView)
        controls.as_of(RoutesView, dossier)
        if view.lens == "document":
            return
        if view.mode != "benchmarks":
            _show_places(dossier, view)
        controls.choice(RoutesView, "mode", label="Reading", options=ROUTE_MODES)
        if view.mode in BY_OBJECTIVE:
            controls.choice(RoutesView, "objective", label="Best by", options=BEST_BY)
        if view.mode == "ways" and view.objective == MIX:
            with controls.drawer("Your mix"):
                st.caption("Time, cost and emissions count here.")
                controls.weights(RoutesView, "weights", labels=CRITERIA)
        if view.mode == "corridors":
            _show_pick(dossier, view)
        if view.mode != "benchmarks":
            count = len(view.scenarios) + len(view.vetoes)
            with controls.drawer(f"What if ({count})" if count else "What if"):
                _show_switches(dossier, view)
            labels = dossier.labels("network_variants")
            controls.one_of_many(RoutesView, "services", label="Services", options=labels)


def _show_places(dossier: Dossier, view: RoutesView) -> None:
    """From and to: any node where a route is searched, else an end of a corridor or of the view."""
    names = _name_places(dossier)
    is_search = view.mode in BY_OBJECTIVE
    ends = {*corridor_ends(dossier), view.origin, view.destination}
    by_name = sorted(names, key=names.__getitem__)
    origins = {node: names[node] for node in by_name if is_search or node in ends}
    destinations = origins
    if not is_search:
        counts = compare.count_onward(dossier, origin=view.origin)
        destinations = {
            node: f"{origins[node]} · {_count_ways(counts.get(node, 0))}"
            for node in sorted(origins, key=lambda node: node not in counts)
        }
    controls.one_of_many(RoutesView, "origin", label="From", options=origins)
    controls.one_of_many(RoutesView, "destination", label="To", options=destinations)


@cached
def _name_places(dossier: Dossier) -> dict[str, str]:
    """Node to its label with the state."""
    states = dossier.labels("actors")
    rows = dossier["nodes"].itertuples()
    return {row.node_id: f"{row.label}, {states[row.actor_id]}" for row in rows}


def _count_ways(count: int) -> str:
    return f"{count} {'way' if count == 1 else 'ways'}" if count else "none"


def _show_pick(dossier: Dossier, view: RoutesView) -> None:
    compared = compare_corridors(dossier, trip=read_trip(view))
    if compared.ids:
        rows = compared.corridors.itertuples()
        names = {row.corridor_id: f"{row.number}  {row.short_label}" for row in rows}
        controls.one_of_many(RoutesView, "pick", label="Way put forward", options=names)


def _show_switches(dossier: Dossier, view: RoutesView) -> None:
    switches, names = dossier.labels("scenarios"), dossier.labels("actors")
    controls.several(RoutesView, "scenarios", label="Suppose that", options=switches)
    able = sorted(transit_actors(dossier), key=names.__getitem__)
    actors = {actor: names[actor] for actor in able}
    controls.several(RoutesView, "vetoes", label="Hindered by", options=actors)
    controls.choice(RoutesView, "degree", label="What they do", options=DEGREES)
    if view.degree in AMOUNTS:
        name, label, unit = AMOUNTS[view.degree]
        options = {code: unit.format(code) for code in controls.options(RoutesView, name, dossier)}
        controls.one_of_many(RoutesView, name, label=label, options=options)
    st.caption("A country can’t hinder its own trade. What-ifs come on top of the day.")


def show_what_if(dossier: Dossier, view: RoutesView) -> None:
    """Which switches and vetoes are on, and which stand anyhow, in words; nothing when none is."""
    if view.mode == "benchmarks" or view.lens == "document":
        return
    trip = read_trip(view)
    if standing := describe_standing_vetoes(dossier, trip=trip):
        markup.show("route_standing", rows=standing)
    if not (view.scenarios or view.vetoes):
        return
    labels, names = dossier.labels("scenarios"), speak_actors(dossier)
    hindrances = list_hindrances(view, view.vetoes)
    said = complications.say_hindrances(hindrances, names) if hindrances else ""
    network = find_scenario(dossier, trip).network
    own = network.name_actors(network.find_own_trade(view.origin, view.destination))
    markup.show(
        "route_switches",
        switches=[labels[switch] for switch in view.scenarios],
        vetoes=capitalise(said),
        own=capitalise(join_words([names[actor] for actor in view.vetoes if actor in own] or [""])),
    )


def show_mode(dossier: Dossier, view: RoutesView) -> None:
    """What the document says about the routes, and what proves the finding."""
    if view.lens != "record" and view.as_of >= dossier.document.day:
        statements = content.list_statements(dossier, as_of=view.as_of, lens=view.lens)
        markup.show(
            "route_said",
            statements=statements,
            lens=view.lens,
            summary=content.summarise_statements(dossier, statements),
            note=dossier.document.text("routes-said-note"),
        )
    if view.lens != "document":
        MODES[view.mode](dossier, view, content.panels(dossier, view, get_palette().name))


def show_corridors(dossier: Dossier, view: RoutesView, shown: Panels) -> None:
    """The corridors side by side, and one leg by leg; or where else one could go."""
    trip, pick = read_trip(view), view.pick
    if pick is None:
        show_none(dossier, view)
        return
    compared, day = compare_corridors(dossier, trip=trip), day_in_words(view.as_of)
    markup.show(
        "corridors",
        lead=compare.describe_leaders(compared),
        day=day,
        band=describe_band(compared.calibration, "days"),
        what_if=SWITCHED if view.scenarios or view.vetoes else "",
        rows=compare_tables.list_corridors(dossier, view=view),
    )
    show = partial(
        panels.show_panels,
        dossier=dossier,
        on_pick=partial(pick_from, ids=compared.ids),
        picked=pick,
    )
    on_map, in_time, in_price, *ranges = shown
    show([on_map, in_time])
    left, right = st.columns(2, gap="large")
    with left:
        show([in_price])
    with right:
        odds = compare_tables.describe_odds(dossier, trip=trip, pick=pick)
        markup.show("corridor_odds", **odds)
    show(ranges)
    record = compare_tables.describe_corridor(dossier, trip=trip, pick=pick)
    markup.show("corridor", day=day, corridor=record)
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
        destinations=compare_tables.list_destinations(dossier, view),
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
            "routes",
            lead=best.compare_routes(found, dossier, view),
            day=day_in_words(view.as_of),
            band=describe_band(read_calibration(dossier.tables), "days"),
            rows=best.list_routes(dossier, trip=trip, found=found),
        )
    else:
        show_cut(dossier, view, found.cut, found.restored)
    panels.show_panels(shown, dossier=dossier)


def show_cut(
    dossier: Dossier, view: RoutesView, cut: Sequence[CutLeg], restored: Route | None
) -> None:
    """That no route is left, and the legs whose opening would restore one."""
    markup.show("route_cut", day=day_in_words(view.as_of), **describe_cut(cut, restored, dossier))


def show_leverage(dossier: Dossier, view: RoutesView, shown: Panels) -> None:
    """The finding, the questions, the bars, the detour; or the cut."""
    if view.origin == view.destination:
        show_none(dossier, view)
        return
    options: dict[str, Any] = {"trip": read_trip(view), "objective": read_price_code(view)}
    found = block.find_leverage(dossier, **options)
    if found.best is None:
        show_cut(dossier, view, found.cut, found.restored)
        return
    markup.show("route_leverage", **block.describe_leverage(dossier, **options))
    bars, flow, detour = shown
    left, right = st.columns(2, gap="large")
    with left:
        panels.show_panels([bars], dossier=dossier)
        with panels.lazy_expander("Method: Shapley values", key="shapley") as is_open:
            if is_open:
                markup.show("route_coalitions", **block.describe_coalitions(dossier, **options))
    with right:
        panels.show_panels([detour], dossier=dossier)
    with st.container(key="flow-controls", horizontal=True, gap="small"):
        goods = dossier.labels("values_of_time")
        controls.one_of_many(RoutesView, "goods", label="Goods", options=goods, optional=True)
        volumes = {code: f"{int(code):,} TEU" for code in VOLUMES_TEU}
        controls.one_of_many(RoutesView, "volume", label="A month", options=volumes)
        months = {code: f"{code} {'month' if code == '1' else 'months'}" for code in MONTHS}
        controls.one_of_many(RoutesView, "months", label="For", options=months)
    panels.show_panels([flow], dossier=dossier)
    case = complications.read_case(dossier, view)
    markup.show("route_flow", **complications.describe_complication(dossier, case=case))


def show_weights(dossier: Dossier, view: RoutesView, shown: Panels) -> None:
    """Sliders, the order, and its stability."""
    compared = compare_corridors(dossier, trip=read_trip(view))
    if not compared.ids:
        show_none(dossier, view)
        return
    with st.container(key="weights", horizontal=True, gap="medium"):
        controls.weights(RoutesView, "weights", labels=CRITERIA)
    if not shown:
        markup.show("route_weights_none")
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
