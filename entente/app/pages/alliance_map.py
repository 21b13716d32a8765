"""The alliance map page: its controls, three modes, key, changes, borders, and what was picked."""

from dataclasses import replace
from typing import Any

import streamlit as st

from entente.address.codec import Notice
from entente.address.views import MapView, central_actors, tied_actors
from entente.alliance import content
from entente.alliance.borders import describe_borders
from entente.alliance.content import title
from entente.alliance.details import describe_changes, describe_pick
from entente.alliance.ties import STEP_ENDS, count_themes
from entente.app import controls, markup, panels
from entente.app.chrome import get_palette
from entente.dates import day_in_words
from entente.dossier.store import Dossier
from entente.vocabulary import EVIDENCE_KINDS, MAP_MODES, TIE_THEMES

__all__ = ["settle", "show_content", "show_controls", "title"]

PICKED = ("tie", "actor")


def settle(view: MapView) -> tuple[MapView, tuple[Notice, ...]]:
    """The view, without an earlier day that is not earlier, and a notice on it.

    Runs before the widgets are drawn, so that they show what the page shows.
    """
    if view.since is None or view.since < view.as_of:
        return view, ()
    controls.put_field(MapView, "since", None)
    text = (
        f"{day_in_words(view.since)} does not lie before {day_in_words(view.as_of)}: "
        "there is nothing to compare. The comparison was left out."
    )
    return replace(view, since=None), (Notice(parameter="since", text=text),)


def show_controls(dossier: Dossier, view: MapView) -> None:
    """Mode, lens and day; the rest in the drawer; and the whole circle in one button."""
    with controls.bar():
        controls.choice(MapView, "mode", label="Show as", options=MAP_MODES)
        controls.lens(MapView)
        controls.as_of(MapView, dossier)
        with controls.drawer():
            frames = {name: one.label for name, one in dossier.document.map_views.items()}
            controls.choice(MapView, "frame", label="Frame", options=frames)
            st.caption("Zooms the map and keeps the ties that belong to the frame.")
            sides = dossier.labels("border_views")
            controls.choice(MapView, "borders", label="Borders as seen by", options=sides)
            _choose_earlier_day(dossier)
            themes = dossier.labels("themes")
            shown = {code: themes[code] for code in TIE_THEMES}
            controls.several(MapView, "themes", label="Themes", options=shown)
            controls.several(MapView, "actors", label="Actors", options=_actor_names(dossier))
            st.caption("One actor: all its ties. Several: the ties among them.")
            st.caption("Strength of a tie: what one event of each kind weighs")
            with st.container(key="evidence-weights"):
                controls.weights(MapView, "weights", labels=EVIDENCE_KINDS)
        _show_widening(dossier, view)


def show_content(dossier: Dossier, view: MapView) -> None:
    """Map, matrix or table, with the key beside it; then changes, the pick, and borders."""
    shown = content.panels(dossier, view, get_palette().name)
    if view.mode == "table":
        panels.show_panels(shown, dossier=dossier)
        _choose_pick(dossier)
    else:
        left, right = st.columns([29, 10], gap="medium")
        with right:
            _show_key(dossier, view)
            _choose_pick(dossier)
            if view.pick is not None:
                markup.show("dossier_pointer")
        with left:
            panels.show_panels(shown, dossier=dossier, on_pick=_pick, picked=view.pick)
    if view.since is not None:
        record = describe_changes(dossier, view=view)
        markup.show("tie_changes", record=record, day=day_in_words(view.as_of))
    if view.pick is not None:
        template, record, cited = describe_pick(dossier, view=view)
        markup.show(template, record=record, day=day_in_words(view.as_of))
        with st.expander(f"Sources of this dossier ({len(cited)})"):
            panels.show_sources(cited, dossier)
    if view.mode == "map":
        markup.show("map_borders", record=describe_borders(dossier, borders=view.borders))


def _choose_earlier_day(dossier: Dossier) -> None:
    st.date_input(
        "Compare with an earlier day",
        key=controls.widget_key(MapView, "since"),
        value=None,
        min_value=dossier.earliest,
        max_value=dossier.horizon,
        format="YYYY-MM-DD",
    )


def _show_widening(dossier: Dossier, view: MapView) -> None:
    """From the actors at the centre to all, and back."""
    everyone, centre = tied_actors(dossier), central_actors(dossier)
    is_narrow = view.actors != everyone
    st.button(
        f"All {len(everyone)} actors" if is_narrow else dossier.document.text("centre-button"),
        on_click=controls.put_field,
        args=(MapView, "actors", list(everyone if is_narrow else centre)),
    )


def _show_key(dossier: Dossier, view: MapView) -> None:
    markup.show(
        "tie_key",
        themes=count_themes(dossier, view),
        is_map=view.mode == "map",
        day=day_in_words(view.as_of),
        since=day_in_words(view.since) if view.since else "",
        ends=STEP_ENDS,
        has_corridors=content.has_corridors(dossier, view),
    )


def _choose_pick(dossier: Dossier) -> None:
    names = dossier["actors"].set_index("actor_id")["label"]
    themes = dossier.labels("themes")
    ties = {
        tie.tie_id: f"{names[tie.from_actor_id]} – {names[tie.to_actor_id]}: "
        f"{themes[tie.theme_code].lower()}"
        for tie in dossier["ties"].itertuples()
    }
    options = {**_actor_names(dossier), **ties}
    controls.one_of_many(MapView, "pick", label="Dossier of", options=options, optional=True)


def _pick(mark: list[Any]) -> None:
    """Open all about a mark that has something to tell; areas and legs have nothing."""
    if mark[0] in PICKED:
        controls.put_field(MapView, "pick", mark[1])


def _actor_names(dossier: Dossier) -> dict[str, str]:
    """Actors that can be chosen, by id."""
    names = dossier["actors"].set_index("actor_id")["label"]
    return {actor: names[actor] for actor in tied_actors(dossier)}
