"""The alliance map page: three readings, key, changes, borders, and the dossier of a pick."""

from dataclasses import asdict
from typing import Any

import streamlit as st

from entente.address.views import MapView
from entente.alliance import tables as tie_tables
from entente.alliance.actor_records import picked_record
from entente.alliance.border_records import border_record
from entente.alliance.change_records import change_record
from entente.alliance.content import panels as panels_of
from entente.alliance.headline import headline
from entente.alliance.strength import STEP_ENDS
from entente.app import controls, markup, panels, url_state
from entente.app.appearance import palette
from entente.app.pages import map_controls
from entente.dates.words import day_in_words
from entente.dossier.store import Dossier

__all__ = ["headline", "show_reading"]

PICKED = ("tie", "actor")


def show_reading(dossier: Dossier, view: MapView) -> None:
    """Map, matrix or table, with the key beside it; then changes, borders and the dossier."""
    if view.mode == "table":
        _table(dossier, view)
        _choose(dossier)
    else:
        left, right = st.columns([29, 10], gap="medium")
        with right:
            markup.show("tie_key", **_key(dossier, view))
            _choose(dossier)
            if view.pick is not None:
                markup.show("dossier_pointer")
        with left:
            _figure(dossier, view)
    if view.since is not None:
        record = change_record(dossier, **asdict(view))
        markup.show("tie_changes", record=record, day=day_in_words(view.as_of))
    show_dossier(dossier, view)
    if view.mode == "map":
        markup.show("map_borders", record=border_record(dossier, borders=view.borders))


def show_dossier(dossier: Dossier, view: MapView) -> None:
    """All that is known of the picked actor or tie."""
    if view.pick is None:
        return
    template, record, cited = picked_record(dossier, **asdict(view))
    markup.show(template, record=record, day=day_in_words(view.as_of))
    with st.expander(f"Sources of this dossier ({len(cited)})"):
        panels.source_list(cited, dossier)


def _figure(dossier: Dossier, view: MapView) -> None:
    (shown,) = panels_of(dossier, view, palette().name)
    panels.show_panel(shown, dossier=dossier, on_pick=_pick)


def _pick(mark: list[Any]) -> None:
    """Open the dossier of a mark that has one; areas and legs have none."""
    if mark[0] in PICKED:
        url_state.put(MapView, "pick", mark[1])


def _table(dossier: Dossier, view: MapView) -> None:
    (shown,) = panels_of(dossier, view, palette().name)
    panels.data_table(shown.table, caption=shown.caption)
    with st.expander(f"Sources ({len(shown.source_ids)})"):
        panels.source_list(shown.source_ids, dossier)


def _choose(dossier: Dossier) -> None:
    names = dossier["actors"].set_index("actor_id")["label"]
    themes = dossier.labels("themes")
    ties = {
        tie.tie_id: f"{names[tie.from_actor_id]} – {names[tie.to_actor_id]}: "
        f"{themes[tie.theme_code].lower()}"
        for tie in dossier["ties"].itertuples()
    }
    options = {**map_controls.actor_names(dossier), **ties}
    controls.one_of_many(MapView, "pick", label="Dossier of", options=options, optional=True)


def _key(dossier: Dossier, view: MapView) -> dict[str, Any]:
    return {
        "themes": tie_tables.theme_key(dossier, **tie_tables.options_of(view)),
        "is_map": view.mode == "map",
        "day": day_in_words(view.as_of),
        "since": day_in_words(view.since) if view.since else "",
        "ends": STEP_ENDS,
        "has_corridors": view.frame == "corridors",
    }
