"""Controls of the alliance map, in one bar and one drawer; a view whose two days fit together."""

from dataclasses import replace

import streamlit as st

from entente.address import views
from entente.address.views import MapView, Notice
from entente.app import controls, url_state
from entente.dates.words import day_in_words
from entente.dossier.store import Dossier
from entente.vocabulary import BORDERS, EVIDENCE_KINDS, FRAMES, MAP_MODES, TIE_THEMES


def settled(view: MapView) -> tuple[MapView, tuple[Notice, ...]]:
    """The view, without an earlier day that is not earlier, and a notice on it.

    Runs before the widgets are drawn, so that they show what the page shows.
    """
    if view.since is None or view.since < view.as_of:
        return view, ()
    url_state.put(MapView, "since", None)
    text = (
        f"{day_in_words(view.since)} does not lie before {day_in_words(view.as_of)}: "
        "there is nothing to compare. The comparison was left out."
    )
    return replace(view, since=None), (Notice(parameter="since", text=text),)


def show_controls(dossier: Dossier, view: MapView) -> None:
    """Reading, lens and day; the rest in the drawer; and the whole circle in one button."""
    with controls.bar():
        controls.choice(MapView, "mode", label="Show as", options=MAP_MODES)
        controls.lens(MapView)
        controls.as_of(MapView, dossier)
        with controls.drawer():
            _view_of_the_earth()
            _earlier_day(dossier)
            _ties(dossier)
            _weights()
        _widen(dossier, view)


def actor_names(dossier: Dossier) -> dict[str, str]:
    """Actors that can be chosen, by id."""
    names = dossier["actors"].set_index("actor_id")["label"]
    return {actor: names[actor] for actor in views.tied_actors(dossier)}


def _view_of_the_earth() -> None:
    controls.choice(MapView, "frame", label="Frame", options=FRAMES)
    st.caption("Zooms the map and keeps the ties that belong to the frame.")
    controls.choice(MapView, "borders", label="Borders as seen by", options=BORDERS)


def _earlier_day(dossier: Dossier) -> None:
    st.date_input(
        "Compare with an earlier day",
        key=url_state.key_of(MapView, "since"),
        value=None,
        min_value=views.earliest(dossier),
        max_value=views.horizon(dossier),
        format="YYYY-MM-DD",
    )


def _ties(dossier: Dossier) -> None:
    themes = dossier.labels("themes")
    shown = {code: themes[code] for code in TIE_THEMES}
    controls.several(MapView, "themes", label="Themes", options=shown)
    controls.several(MapView, "actors", label="Actors", options=actor_names(dossier))
    st.caption("One actor: all its ties. Several: the ties among them.")


def _weights() -> None:
    st.caption("Strength of a tie: what one event of each kind weighs")
    with st.container(key="evidence-weights"):
        controls.weights(MapView, "weights", labels=EVIDENCE_KINDS)


def _widen(dossier: Dossier, view: MapView) -> None:
    """From the five at the centre to all actors, and back."""
    everyone, centre = views.tied_actors(dossier), views.central_actors(dossier)
    is_narrow = view.actors != everyone
    st.button(
        f"All {len(everyone)} actors" if is_narrow else "The five at the centre",
        on_click=url_state.put,
        args=(MapView, "actors", list(everyone if is_narrow else centre)),
    )
