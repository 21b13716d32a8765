"""The alliance map page: its controls, three modes, pairs, what was picked, changes, borders."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from entente.address.codec import Notice
from entente.address.views import MapView, border_sides, central_actors, tied_actors, tied_pairs
from entente.alliance import content
from entente.alliance.borders import describe_borders
from entente.alliance.details import describe_changes, describe_pick
from entente.alliance.pairs import find_pair, list_pair_groups, split_pair, summarise_rivals
from entente.alliance.ties import STEP_ENDS, count_themes
from entente.app import controls, markup, panels
from entente.app.chrome import get_palette
from entente.dates import day_in_words
from entente.dossier.store import Dossier, cached
from entente.vocabulary import EVIDENCE_KINDS, MAP_DRAWINGS, MAP_MODES, TIE_SIDES, TIE_THEMES

PICKED = ("tie", "actor")


def settle(view: MapView) -> tuple[MapView, tuple[Notice, ...]]:
    """The view, without an earlier day that is not earlier, and a notice on it.

    Runs before the widgets are drawn, so that they show what the page shows.
    """
    if view.since is None or view.since < view.as_of:
        return view, ()
    controls.put_field(MapView, "since", None)
    text = (
        f"{day_in_words(view.since)} is not earlier than {day_in_words(view.as_of)}: "
        "there is nothing to compare. The comparison was ignored."
    )
    return replace(view, since=None), (Notice(parameter="since", text=text),)


def show_controls(dossier: Dossier, view: MapView) -> None:
    """Partners, rivals or both, the day and the lens; the rest in the drawer."""
    bar = controls.bar(controls.describe_state(view, dossier))
    with bar.front:
        controls.choice(MapView, "side", label="Ties", options=TIE_SIDES)
    with bar:
        controls.as_of(MapView, dossier, has_drawer=False)
        controls.lens(MapView)
        with controls.drawer("Filters") as is_open:
            if is_open:
                with st.container(key="filters"):
                    _show_filters(dossier, view)


def _show_filters(dossier: Dossier, view: MapView) -> None:
    controls.exact_day(MapView, dossier)
    _choose_earlier_day(dossier)
    controls.choice(MapView, "mode", label="Show as", options=MAP_MODES)
    controls.choice(MapView, "drawing", label="Draw", options=MAP_DRAWINGS)
    frames = {name: one.label for name, one in dossier.document.map_views.items()}
    controls.choice(MapView, "frame", label="Frame", options=frames)
    st.caption("Zooms the map and keeps the ties that belong to the frame.")
    names = dossier.labels("border_views")
    sides = {code: names[code] for code in border_sides(dossier)}
    if len(sides) > 1:
        controls.choice(MapView, "borders", label="Borders as seen by", options=sides)
    themes = dossier.labels("themes")
    shown = {code: themes[code] for code in TIE_THEMES}
    controls.several(MapView, "themes", label="Themes", options=shown)
    controls.several(MapView, "actors", label="Actors", options=_actor_names(dossier))
    st.caption("One actor: all its ties. Several: the ties among them.")
    _show_widening(dossier, view)
    st.caption("Strength of a tie: the weight of one event of each kind")
    with st.container(key="evidence-weights"):
        controls.weights(MapView, "weights", labels=EVIDENCE_KINDS)


def show_content(dossier: Dossier, view: MapView) -> None:
    """Map or matrix, beside it the pairs or what was picked; a table takes the whole width.

    Changes and borders come last.
    """
    shown = content.panels(dossier, view, get_palette().name)
    with st.container(key="map-and-details"):
        is_table = view.mode == "table"
        left, right = (
            (st.container(), st.container()) if is_table else st.columns([7, 3], gap="medium")
        )
        with left:
            panels.show_panels(
                shown,
                dossier=dossier,
                on_pick=_pick_in(dossier),
                picked=view.pick,
                camera=controls.find_camera(MapView),
            )
        with right:
            with (
                st.container()
            ):  # so that the list below keeps its place, and the keyboard its focus
                if view.pick is not None:
                    _show_details(dossier, view)
                else:
                    _show_pairs(dossier, view)
            _choose_pick(dossier)
    if view.since is not None:
        record = describe_changes(dossier, view=view)
        markup.show("tie_changes", record=record, day=day_in_words(view.as_of))
    if view.mode == "map":
        markup.show("map_borders", record=describe_borders(dossier, borders=view.borders))


def _show_pairs(dossier: Dossier, view: MapView) -> None:
    """Each pair once, with its themes in words; a click opens its details. Then the key."""
    groups = list_pair_groups(dossier, view=view)
    with st.container(key="pairs", gap=None):
        for group in groups:
            markup.show("pair_heading", heading=group["heading"])
            for row in group["rows"]:
                with st.container(key=f"pair-{row['key']}", gap=None):
                    markup.show("pair_row", row=row, author=dossier.document.short_name)
                    st.button(
                        row["say"],
                        key=f"pick-{row['key']}",
                        on_click=controls.put_field,
                        args=(MapView, "pick", row["pair_id"]),
                    )
    against = summarise_rivals(dossier, view=view)
    if against:
        markup.show("pair_rivals", against=against)
        st.button(
            "Show rivals",
            key="show-rivals",
            type="tertiary",
            on_click=controls.put_field,
            args=(MapView, "side", "both"),
        )
    if view.mode == "matrix" or (view.mode == "map" and view.drawing == "arcs"):
        _show_key(dossier, view)


def _show_details(dossier: Dossier, view: MapView) -> None:
    """What was picked, in place of the pairs; on a phone, as a sheet at its foot."""
    template, record, cited = describe_pick(dossier, view=view)
    with st.container(key="map-details"):
        st.button(
            "Close",
            key="close-details",
            type="tertiary",
            on_click=controls.put_field,
            args=(MapView, "pick", None),
        )
        markup.show(
            template,
            record=record,
            day=day_in_words(view.as_of),
            author=dossier.document.short_name,
        )
        with st.expander(f"Sources ({len(cited)})"):
            panels.show_sources(cited, dossier)


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
    frames = dossier.document.map_views
    is_narrow = view.actors != everyone
    widest = next((name for name, one in frames.items() if not one.actor_ids), view.frame)

    def change() -> None:
        controls.put_field(MapView, "actors", list(everyone if is_narrow else centre))
        controls.put_field(MapView, "frame", widest if is_narrow else next(iter(frames)))

    st.button(
        f"All {len(everyone)} actors" if is_narrow else dossier.document.text("centre-button"),
        on_click=change,
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
        author=dossier.document.short_name,
    )


def _choose_pick(dossier: Dossier) -> None:
    options = _name_picks(dossier)
    controls.one_of_many(MapView, "pick", label="Details of", options=options, optional=True)


@cached
def _name_picks(dossier: Dossier) -> dict[str, str]:
    """Actors, pairs and ties by id."""
    names = dossier["actors"].set_index("actor_id")["label"]
    themes = dossier.labels("themes")
    pairs = {
        pair: "–".join(names[actor] for actor in split_pair(pair)) for pair in tied_pairs(dossier)
    }
    ties = {
        tie.tie_id: f"{names[tie.from_actor_id]}–{names[tie.to_actor_id]}: "
        f"{themes[tie.theme_code].lower()}"
        for tie in dossier["ties"].itertuples()
    }
    return {**_actor_names(dossier), **pairs, **ties}


def _pick_in(dossier: Dossier) -> Callable[[list[Any]], None]:
    """A callback that opens all about a mark; areas and legs have nothing to tell."""

    def pick(mark: list[Any]) -> None:
        kind, ids = mark[0], mark[1]
        if kind == "pair":
            controls.put_field(MapView, "pick", find_pair(dossier["ties"], ids.split()))
        elif kind in PICKED:
            controls.put_field(MapView, "pick", ids)

    return pick


def _actor_names(dossier: Dossier) -> dict[str, str]:
    """Actors that can be chosen, by id."""
    names = dossier["actors"].set_index("actor_id")["label"]
    return {actor: names[actor] for actor in tied_actors(dossier)}
