"""The alliance map page: sentence, controls, three readings, key, and the dossier of a pick."""

from dataclasses import asdict
from typing import Any

import streamlit as st

from entente import views
from entente.schema.dates_in_words import day_in_words
from entente.store import Dossier
from entente.ui import controls, markup, panels, tie_tables, url_state
from entente.ui.appearance import palette
from entente.ui.cache import kept
from entente.ui.tie_records import picked_record
from entente.views import MapView
from entente.vocabulary import DOCUMENT_DAY, READINGS, TIE_THEMES

MAP_NOTE = (
    "Lines follow the shortest way over the globe; several between one pair are set side by side. "
    "Actors beyond the frame stand at its edge. Hatched: disputed, shown as nobody’s. "
    "Choose a line or an actor for its dossier."
)
MATRIX_NOTE = (
    "Each pair of actors stands twice, once on each side of the diagonal; one symbol a tie. "
    "Choose a symbol for its dossier."
)
EARLY_NOTE = " On this day the document had not been published."


def headline(dossier: Dossier, view: MapView) -> str:
    """How many ties the view shows, and on whose word."""
    ties = kept(tie_tables.ties_shown, dossier, **_options(view))
    day = day_in_words(view.as_of)
    alone = int(ties["is_asserted_only"].sum())
    recorded = len(ties) - alone
    if ties.empty:
        return f"No tie fits these settings on {day}"
    circle = _circle(dossier, view)
    if view.lens == "record":
        return f"{_ties(recorded)} on record{circle} on {day}"
    if view.lens == "document":
        tail = f"{alone} on its word alone" if alone else "all of them on record, too"
        return f"The document asserts {_ties(len(ties))}{circle}, {tail}"
    if not alone:
        return f"{_ties(recorded)} on record{circle} on {day}"
    is_early = view.as_of < DOCUMENT_DAY
    tail = (
        f"; the document, written later, adds {alone}"
        if is_early
        else f", {alone} more in the document alone"
    )
    return f"{_ties(recorded)} on record{circle}{tail}"


def show_controls(dossier: Dossier, view: MapView) -> None:
    """Lens, reading and day; themes and actors behind a button; and the whole circle in one."""
    with controls.bar():
        controls.choice(MapView, "reading", label="Show as", options=READINGS)
        controls.lens(MapView)
        controls.as_of(MapView, dossier)
        with controls.drawer():
            themes = dossier.labels("themes")
            shown = {code: themes[code] for code in TIE_THEMES}
            controls.several(MapView, "themes", label="Themes", options=shown)
            names = _actor_names(dossier)
            controls.several(MapView, "actors", label="Actors", options=names)
            st.caption("One actor: all its ties. Several: the ties among them.")
        _widen(dossier, view)


def _widen(dossier: Dossier, view: MapView) -> None:
    """From the five at the centre to all actors, and back."""
    everyone, centre = views.tied_actors(dossier), views.central_actors(dossier)
    is_narrow = view.actors != everyone
    st.button(
        f"All {len(everyone)} actors" if is_narrow else "The five at the centre",
        on_click=url_state.put,
        args=(MapView, "actors", list(everyone if is_narrow else centre)),
    )


def show_reading(dossier: Dossier, view: MapView) -> None:
    """Map, matrix or table, with the key beside it and the dossier below."""
    if view.reading == "table":
        _table(dossier, view)
        _choose(dossier)
        show_dossier(dossier, view)
        return
    left, right = st.columns([29, 10], gap="medium")
    with right:
        markup.show("tie_key", **_key(dossier, view))
        _choose(dossier)
        if view.pick is not None:
            markup.show("dossier_pointer")
    with left:
        _figure(dossier, view)
    show_dossier(dossier, view)


def show_dossier(dossier: Dossier, view: MapView) -> None:
    """All that is known of the picked actor or tie."""
    if view.pick is None:
        return
    template, record, cited = kept(picked_record, dossier, **asdict(view))
    markup.show(template, record=record, day=day_in_words(view.as_of))
    with st.expander(f"Sources of this dossier ({len(cited)})"):
        panels.source_list(cited, dossier)


def _figure(dossier: Dossier, view: MapView) -> None:
    options = _options(view)
    colours = palette().name
    if view.reading == "matrix":
        key, note = "tie-matrix", MATRIX_NOTE
        figure, alt = kept(tie_tables.matrix_drawn, dossier, appearance=colours, **options)
    else:
        key, note = "alliance-map", MAP_NOTE
        figure, alt = kept(tie_tables.map_drawn, dossier, appearance=colours, **options)
    panels.panel(
        figure,
        key=key,
        alt=alt,
        table=kept(tie_tables.tie_table, dossier, **options),
        caption=note + _early(view),
        source_ids=kept(tie_tables.tie_sources, dossier, **options),
        dossier=dossier,
        on_pick=lambda mark: url_state.put(MapView, "pick", mark[1]),
    )


def _table(dossier: Dossier, view: MapView) -> None:
    options = _options(view)
    table = kept(tie_tables.tie_table, dossier, **options)
    day = day_in_words(view.as_of)
    panels.data_table(
        table,
        caption=f"Ties in force on {day}, with the events and claims behind each.{_early(view)}",
    )
    cited = kept(tie_tables.tie_sources, dossier, **options)
    with st.expander(f"Sources ({len(cited)})"):
        panels.source_list(cited, dossier)


def _choose(dossier: Dossier) -> None:
    names = dossier["actors"].set_index("actor_id")["label"]
    themes = dossier.labels("themes")
    ties = {
        tie.tie_id: f"{names[tie.from_actor_id]} – {names[tie.to_actor_id]}: "
        f"{themes[tie.theme_code].lower()}"
        for tie in dossier["ties"].itertuples()
    }
    options = {**_actor_names(dossier), **ties}
    controls.one_of_many(MapView, "pick", label="Dossier of", options=options, optional=True)


def _key(dossier: Dossier, view: MapView) -> dict[str, Any]:
    themes = kept(tie_tables.theme_key, dossier, **_options(view))
    day = day_in_words(view.as_of)
    return {"themes": themes, "is_map": view.reading == "map", "day": day}


def _actor_names(dossier: Dossier) -> dict[str, str]:
    names = dossier["actors"].set_index("actor_id")["label"]
    return {actor: names[actor] for actor in views.tied_actors(dossier)}


def _options(view: MapView) -> dict[str, Any]:
    return {
        "lens": view.lens,
        "as_of": view.as_of,
        "themes": view.themes,
        "actors": view.actors,
        "pick": view.pick,
    }


def _early(view: MapView) -> str:
    is_early = view.as_of < DOCUMENT_DAY and view.lens != "record"
    return EARLY_NOTE if is_early else ""


def _circle(dossier: Dossier, view: MapView) -> str:
    """Among whom: nothing to say when all actors are in."""
    if view.actors == views.central_actors(dossier):
        return " among the five states at the centre"
    if view.actors == views.tied_actors(dossier):
        return ""
    if len(view.actors) == 1:
        return f" of {_actor_names(dossier)[view.actors[0]]}"
    return f" among {len(view.actors)} actors"


def _ties(number: int) -> str:
    return "1 tie" if number == 1 else f"{number} ties"
