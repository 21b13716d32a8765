"""Controls of the trade routes page, and a line that says which what-ifs are on."""

import streamlit as st

from entente.address.views import RoutesView, corridor_ends, transit_actors
from entente.app import controls, markup
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.compare import count_onward
from entente.routes.comparison import compare_corridors
from entente.routes.trips import (
    describe_standing_vetoes,
    find_scenario,
    label_actors,
    label_scenarios,
    read_trip,
    speak_actors,
)
from entente.style.theme import capitalised, listed
from entente.vocabulary import CRITERIA, MIX, OBJECTIVE_LABELS, ROUTE_MODES

BEST_BY = {**OBJECTIVE_LABELS, MIX: "Your mix"}
BY_OBJECTIVE = ("ways", "leverage")


def show_controls(dossier: Dossier, view: RoutesView) -> None:
    """Lens and day, from, to, the reading, and in the drawer the what-ifs."""
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
                _show_switches(dossier)


def show_what_if(dossier: Dossier, view: RoutesView) -> None:
    """Which switches and vetoes are on, and which stand anyhow, in words; nothing when none is."""
    if view.mode == "benchmarks" or view.lens == "document":
        return
    if standing := describe_standing_vetoes(dossier, trip=read_trip(view)):
        markup.show("route_standing", rows=standing)
    if view.scenarios or view.vetoes:
        _show_switched(dossier, view)


def _show_switched(dossier: Dossier, view: RoutesView) -> None:
    labels = label_scenarios(dossier)
    network = find_scenario(dossier, read_trip(view)).network
    own = network.name_actors(network.find_own_trade(view.origin, view.destination))
    names = speak_actors(dossier)
    markup.show(
        "route_switches",
        switches=[labels[switch] for switch in view.scenarios],
        vetoes=listed([names[actor] for actor in view.vetoes]) if view.vetoes else "",
        own=capitalised(listed([names[actor] for actor in view.vetoes if actor in own] or [""])),
    )


def _show_places(dossier: Dossier, view: RoutesView) -> None:
    places = _places(dossier)
    is_search = view.mode in BY_OBJECTIVE
    offered = tuple(dossier["nodes"]["node_id"]) if is_search else _terminals(dossier, view)
    by_name = sorted(offered, key=places.__getitem__)
    origins = {node: places[node] for node in by_name}
    controls.one_of_many(RoutesView, "origin", label="From", options=origins)
    if is_search:
        controls.one_of_many(RoutesView, "destination", label="To", options=origins)
        return
    ways = count_onward(dossier, origin=view.origin)
    near = sorted(by_name, key=lambda node: node not in ways)
    options = {node: _destination(places[node], ways.get(node, 0)) for node in near}
    controls.one_of_many(RoutesView, "destination", label="To", options=options)


def _terminals(dossier: Dossier, view: RoutesView) -> tuple[str, ...]:
    """Ends of corridors, and the two places of the view, wherever they lie."""
    return tuple(dict.fromkeys((*corridor_ends(dossier), view.origin, view.destination)))


def _show_pick(dossier: Dossier, view: RoutesView) -> None:
    found = compare_corridors(dossier, trip=read_trip(view))
    if found.ids:
        rows = found.corridors.itertuples()
        names = {row.corridor_id: f"{row.number}  {row.short_label}" for row in rows}
        controls.one_of_many(RoutesView, "pick", label="Way put forward", options=names)


def _show_switches(dossier: Dossier) -> None:
    options = label_scenarios(dossier)
    controls.several(RoutesView, "scenarios", label="Suppose that", options=options)
    names = label_actors(dossier)
    able = sorted(transit_actors(dossier), key=names.__getitem__)
    actors = {actor: names[actor] for actor in able}
    controls.several(RoutesView, "vetoes", label="Transit is denied by", options=actors)
    st.caption("A state has no veto over trade of its own. What-ifs come on top of the day.")


def _destination(label: str, ways: int) -> str:
    return f"{label} · {ways} {'way' if ways == 1 else 'ways'}" if ways else f"{label} · none"


@cached
def _places(dossier: Dossier) -> dict[str, str]:
    """Node to its label with the state."""
    states = label_actors(dossier)
    rows = dossier["nodes"].itertuples()
    return {row.node_id: f"{row.label}, {states[row.actor_id]}" for row in rows}
