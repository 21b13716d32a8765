"""The trade routes page: finding, one line of state, tabs, and the mode that the reader chose."""

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
from entente.dossier.store import Dossier, cached
from entente.routes import accuracy, best, compare, compare_tables, content, priorities
from entente.routes.actors import complications, leverage_tables, outcomes
from entente.routes.actors.gate import list_asked_actors, list_toggled_actors
from entente.routes.found_routes import describe_cut
from entente.routes.network.alternatives import CutLeg
from entente.routes.network.search import Route
from entente.routes.trips import (
    cite_corridors,
    describe_standing_vetoes,
    find_leverage,
    list_own_trade,
    name_ends,
    name_governments,
    read_objective_code,
    read_price_code,
    read_trip,
)
from entente.routes.valuation.calibration import read_calibration
from entente.routes.valued_corridors import compare_corridors, describe_band
from entente.style.theme import capitalise, join_words
from entente.vocabulary import (
    BUILT,
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
    "slows": ("hours", "Delay at each border and port", "{} hours"),
    "charges": ("charge", "Charge at each border and port", "USD {} per TEU"),
    "rations": ("ration", "Share of the traffic that they let through", "{}%"),
}
# What is emphasised, a phone leaves out (assets/entente.css). Emphasis cannot begin with a space.
TABS = ROUTE_MODES | {"benchmarks": "How accurate*\u200b is this*?"}
Panels = Sequence[Panel]


def settle(dossier: Dossier, view: RoutesView) -> RoutesView:
    """The view with a corridor to highlight that joins its two places, or none."""
    pick = compare.settle_pick(dossier, view)
    if pick != view.pick:
        controls.put_field(RoutesView, "pick", pick)
    return replace(view, pick=pick)


def show_finding(dossier: Dossier, view: RoutesView) -> None:
    """What this view shows, as the title."""
    st.title(markup.headline(content.title(dossier, view)), anchor=False)


def show_controls(dossier: Dossier, view: RoutesView) -> None:
    """One line: what is shown, a button that changes it, and the tabs."""
    with controls.bar(content.say_state(dossier, view), is_folded=True):
        controls.lens(RoutesView)
        controls.as_of(RoutesView, dossier)
        if view.lens != "document":
            _show_trip(dossier, view)
    if view.lens != "document":
        with st.container(key="route-tabs"):
            controls.choice(RoutesView, "mode", label="Show", options=TABS)


def _show_trip(dossier: Dossier, view: RoutesView) -> None:
    """From and to, and how much those do who slow, charge or ration."""
    places = _name_places(dossier)
    counts = compare.count_onward(dossier, origin=view.origin)
    ends = set(corridor_ends(dossier))
    by_name = sorted(places, key=lambda node: (node not in ends, places[node]))
    onward = sorted(places, key=lambda node: (node not in counts, places[node]))
    destinations = {
        node: f"{places[node]} · {_count_routes(counts[node])}" if node in counts else places[node]
        for node in onward
    }
    origins = {node: places[node] for node in by_name}
    controls.one_of_many(RoutesView, "origin", label="From", options=origins)
    controls.one_of_many(RoutesView, "destination", label="To", options=destinations)
    _show_amount(dossier, view)
    with controls.drawer("More options") as is_open:
        if is_open:
            _show_options(dossier, view)


def _show_options(dossier: Dossier, view: RoutesView) -> None:
    """Services, the route put forward, scenarios, and actors without a toggle of their own."""
    services = dossier.labels("network_variants")
    controls.one_of_many(RoutesView, "services", label="Services", options=services)
    if view.mode == "corridors":
        _show_pick(dossier, view)
    switches = dossier.labels("scenarios")
    controls.several(
        RoutesView, "scenarios", label="Assume that…", options=switches, nothing="None"
    )
    _show_others(dossier, view)
    st.caption(f"{capitalise(outcomes.OWN_TRADE)}. Scenarios add to the situation on this date.")


def _show_others(dossier: Dossier, view: RoutesView) -> None:
    """Further actors that can block, beside those with a toggle of their own."""
    names, asked = dossier.labels("actors"), list_asked_actors(dossier, trip=read_trip(view))
    able = sorted(set(transit_actors(dossier)) - set(asked), key=names.__getitem__)
    place = controls.widget_key(RoutesView, "vetoes")
    own = f"{place} others"

    def gather() -> None:
        kept = [actor for actor in st.session_state[place] if actor in asked]
        st.session_state[place] = [*kept, *st.session_state[own]]

    st.session_state[own] = [actor for actor in view.vetoes if actor in able]
    st.multiselect(
        "Other countries that block, slow or charge",
        able,
        key=own,
        format_func=names.__getitem__,
        on_change=gather,
        placeholder="None",
    )


def _show_amount(dossier: Dossier, view: RoutesView) -> None:
    if view.degree in AMOUNTS:
        name, label, unit = AMOUNTS[view.degree]
        options = {code: unit.format(code) for code in controls.options(RoutesView, name, dossier)}
        controls.one_of_many(RoutesView, name, label=label, options=options)


@cached
def _name_places(dossier: Dossier) -> dict[str, str]:
    """Node to its label with the state."""
    states = dossier.labels("actors")
    rows = dossier["nodes"].itertuples()
    return {row.node_id: f"{row.label}, {states[row.actor_id]}" for row in rows}


def _count_routes(count: int) -> str:
    return f"{count} {'route' if count == 1 else 'routes'}"


def _show_pick(dossier: Dossier, view: RoutesView) -> None:
    compared = compare_corridors(dossier, trip=read_trip(view))
    if compared.ids:
        rows = compared.corridors.to_dict("records")
        names = {row["corridor_id"]: f"{row['code']}  {row['name']}" for row in rows}
        controls.one_of_many(RoutesView, "pick", label="Highlighted route", options=names)


def show_mode(dossier: Dossier, view: RoutesView) -> None:
    """What proves the finding; below it, what the document says and what always holds."""
    if view.lens != "document":
        MODES[view.mode](dossier, view, content.shown_panels(dossier, view, get_palette().name))
        show_standing(dossier, view)
    if view.lens != "record" and view.as_of >= dossier.document.day:
        statements = content.list_statements(dossier, as_of=view.as_of, lens=view.lens)
        markup.show(
            "route_said",
            statements=statements,
            lens=view.lens,
            noun=dossier.document.noun,
            summary=content.summarise_statements(dossier, statements),
            note=dossier.document.text("routes-said-note"),
        )


def show_standing(dossier: Dossier, view: RoutesView) -> None:
    """Who always denies transit to this trade; nothing where nobody does."""
    standing = describe_standing_vetoes(dossier, trip=read_trip(view))
    if standing and view.mode != "benchmarks":
        markup.show("route_standing", rows=standing)


def show_corridors(dossier: Dossier, view: RoutesView, shown: Panels) -> None:
    """Map and days side by side with the actors’ toggles; below, how a route is built."""
    if view.pick is None:
        show_none(dossier, view)
        if view.origin != view.destination:
            show_found(dossier, view, shown)
        return
    compared = compare_corridors(dossier, trip=read_trip(view))
    on_map, ranges, *opened = shown
    show = partial(
        panels.show_panels,
        dossier=dossier,
        on_pick=partial(pick_from, ids=compared.ids),
        camera=controls.find_camera(RoutesView),
    )
    with st.container(key="route-compare"):
        left, right = st.columns([3, 2], gap="medium")
        with left:
            show([on_map])
        with right:
            show_toggles(dossier, view)
            show([ranges], picked=view.pick if view.pick != compared.ids[0] else None)
    show_built(dossier, view, opened)


def show_toggles(dossier: Dossier, view: RoutesView) -> None:
    """What each actor may do, and what it does to each corridor, in a sentence."""
    with st.container(key="route-toggles", gap=None):
        _show_actors(dossier, view)
        markup.show(
            "route_outcome",
            **outcomes.describe_outcome(dossier, view),
            scenarios=[dossier.labels("scenarios")[one] for one in view.scenarios],
            own=_name_own(dossier, view),
        )


def _show_actors(dossier: Dossier, view: RoutesView) -> None:
    """A row an actor, with what it may do; choosing the same again undoes it.

    All that do something do the same, so that a choice in one row changes the others with it.
    """
    names = name_governments(dossier)
    asked = list_toggled_actors(dossier, trip=read_trip(view))
    vetoes, degree = (controls.widget_key(RoutesView, name) for name in ("vetoes", "degree"))

    def take(actor: str, own: str) -> None:
        chosen = st.session_state[own]
        others = [one for one in st.session_state[vetoes] if one != actor]
        st.session_state[vetoes] = [*others, actor] if chosen else others
        st.session_state[degree] = chosen or st.session_state[degree]

    may = {
        code: word
        for code, word in DEGREES.items()
        if code != "rations" or view.mode == "leverage" or view.degree == code
    }
    for actor in dict.fromkeys([*asked, *view.vetoes]):
        own = f"{vetoes} {actor}"
        st.session_state[own] = view.degree if actor in view.vetoes else None
        st.segmented_control(
            f"If {names[actor]}",
            list(may),
            key=own,
            format_func=may.__getitem__,
            on_change=take,
            args=(actor, own),
        )


def _name_own(dossier: Dossier, view: RoutesView) -> str:
    """Chosen actors whose own trade it is, in a list; empty where none is."""
    own, names = list_own_trade(dossier, read_trip(view)), name_governments(dossier)
    return capitalise(join_words([names[actor] for actor in view.vetoes if actor in own] or [""]))


def show_built(dossier: Dossier, view: RoutesView, opened: Panels) -> None:
    """A heading with one button a part; the part that is open stands below it."""
    with st.container(key="route-built"):
        st.subheader("How a route is built", anchor=False)
        controls.maybe_choice(RoutesView, "built", label="How a route is built", options=BUILT)
    trip, pick = read_trip(view), str(view.pick)
    if view.built == "table":
        compared = compare_corridors(dossier, trip=trip)
        markup.show(
            "corridors",
            lead=compare.describe_leaders(compared),
            day=day_in_words(view.as_of),
            band=describe_band(compared.calibration),
            what_if="Under the scenarios above. " if view.scenarios or view.vetoes else "",
            rows=compare_tables.list_corridors(dossier, view=view),
        )
        markup.show("corridor_odds", **compare_tables.describe_odds(dossier, trip=trip, pick=pick))
    elif view.built == "legs":
        record = compare_tables.describe_corridor(dossier, trip=trip, pick=pick)
        markup.show("corridor", day=day_in_words(view.as_of), corridor=record)
        with st.expander(f"Sources of the legs, numbered as above ({len(record['source_ids'])})"):
            panels.show_sources(record["source_ids"], dossier)
        whole = cite_corridors((pick,), dossier)
        with st.expander(f"Sources of the figures published for the corridor ({len(whole)})"):
            panels.show_sources(whole, dossier)
    elif view.built == "found":
        show_found(dossier, view, opened)
    elif view.built:
        panels.show_panels(opened, dossier=dossier)


def show_none(dossier: Dossier, view: RoutesView) -> None:
    """That no corridor joins the two places, and where corridors lead."""
    start, end = name_ends(dossier, view)
    markup.show(
        "corridors_none",
        is_same=view.origin == view.destination,
        start=start,
        end=end,
        destinations=compare_tables.list_destinations(dossier, view),
    )


def pick_from(customdata: list[Any], *, ids: tuple[str, ...]) -> None:
    """Highlight the corridor of a mark, or the first that uses the leg of a mark."""
    named = [value for value in customdata[1:] if value in ids]
    if named:
        controls.put_field(RoutesView, "pick", named[0])


def show_found(dossier: Dossier, view: RoutesView, shown: Panels) -> None:
    """The routes that a search finds, in a table and on the map; or the cut."""
    with st.container(key="found-controls", horizontal=True, gap="small"):
        controls.choice(RoutesView, "objective", label="Best by", options=BEST_BY)
        if view.objective == MIX:
            controls.weights(RoutesView, "weights", labels=CRITERIA)
            st.caption("Time, cost and emissions count here.")
    found = best.search_routes(dossier, trip=read_trip(view), objective=read_objective_code(view))
    if found.routes:
        markup.show(
            "routes",
            lead=f"{best.title(dossier, view)}. {best.compare_routes(found, dossier, view)}",
            day=day_in_words(view.as_of),
            band=describe_band(read_calibration(dossier.tables)),
            rows=best.list_routes(dossier, trip=read_trip(view), found=found),
        )
    else:
        show_cut(dossier, view, found.cut, found.restored)
    panels.show_panels(shown, dossier=dossier, camera=controls.find_camera(RoutesView))


def show_cut(
    dossier: Dossier, view: RoutesView, cut: Sequence[CutLeg], restored: Route | None
) -> None:
    """That no route is left, and the legs whose opening would restore one."""
    markup.show("route_cut", day=day_in_words(view.as_of), **describe_cut(cut, restored, dossier))


def show_leverage(dossier: Dossier, view: RoutesView, shown: Panels) -> None:
    """Bars beside the detour and what both mean, then many boxes, and the method; or the cut.

    On a phone what the toggles change follows them at once.
    """
    if view.origin == view.destination:
        show_none(dossier, view)
        return
    options: dict[str, Any] = {"trip": read_trip(view), "objective": read_price_code(view)}
    found = find_leverage(dossier, **options)
    if found.best is None:
        show_cut(dossier, view, found.cut, found.restored)
        return
    *first, bars, detour = shown
    said = leverage_tables.describe_leverage(dossier, **options)
    with st.container(key="route-block"):
        left, right = st.columns(2, gap="large")
        with left:
            panels.show_panels(first or [bars], dossier=dossier)
            if first:
                with st.container(key="route-any"):
                    panels.show_panels([bars], dossier=dossier)
        with right:
            show_actors(dossier, view)
            panels.show_panels([detour], dossier=dossier)
            with st.container(key="route-block-said"):
                markup.show("route_leverage_said", **said)
    markup.show("route_leverage", **said)
    with panels.lazy_expander("Many boxes: where the traffic would go", key="flow") as is_open:
        if is_open:
            show_flow(dossier, view)
    with panels.lazy_expander("Method: Shapley values", key="shapley") as is_open:
        if is_open:
            markup.show(
                "route_coalitions", **leverage_tables.describe_coalitions(dossier, **options)
            )


def show_actors(dossier: Dossier, view: RoutesView) -> None:
    """Whose veto is drawn, and what it is priced in."""
    with st.container(key="route-toggles", gap=None):
        _show_actors(dossier, view)
        controls.choice(RoutesView, "objective", label="Measured in", options=OBJECTIVE_LABELS)


def show_flow(dossier: Dossier, view: RoutesView) -> None:
    """Where the boxes of a month go, with what is full."""
    with st.container(key="flow-controls", horizontal=True, gap="small"):
        goods = dossier.labels("values_of_time")
        controls.one_of_many(RoutesView, "goods", label="Goods", options=goods, optional=True)
        volumes = {code: f"{int(code):,} TEU" for code in VOLUMES_TEU}
        controls.one_of_many(RoutesView, "volume", label="A month", options=volumes)
        months = {code: f"{code} {'month' if code == '1' else 'months'}" for code in MONTHS}
        controls.one_of_many(RoutesView, "months", label="For", options=months)
        _show_amount(dossier, view)
    flow = complications.flow_panel(dossier, view, get_palette().name)
    panels.show_panels([flow], dossier=dossier)
    case = complications.read_case(dossier, view)
    markup.show("route_flow", **complications.describe_complication(dossier, case=case))


def show_weights(dossier: Dossier, view: RoutesView, shown: Panels) -> None:
    """Sliders, the ranking as bars, its stability; then the ranking in figures.

    On a phone the sliders follow the bars.
    """
    compared = compare_corridors(dossier, trip=read_trip(view))
    if not compared.ids:
        show_none(dossier, view)
        return
    with st.container(key="route-priorities"):
        with st.container(key="weights", horizontal=True, gap="medium"):
            controls.weights(RoutesView, "weights", labels=CRITERIA)
        panels.show_panels(shown, dossier=dossier)
    if not shown:
        markup.show("route_weights_none")
        return
    markup.show("route_weights", **priorities.describe_ranking(dossier, view))


def show_accuracy(dossier: Dossier, view: RoutesView, shown: Panels) -> None:
    """The figures first; then error by quantity, and a sentence for each bad one."""
    panels.show_panels(shown[:1], dossier=dossier)
    markup.show("route_benchmarks", **accuracy.describe_accuracy(dossier))
    panels.show_panels(shown[1:], dossier=dossier)


MODES: dict[str, Callable[[Dossier, RoutesView, Panels], None]] = {
    "corridors": show_corridors,
    "leverage": show_leverage,
    "weights": show_weights,
    "benchmarks": show_accuracy,
}
