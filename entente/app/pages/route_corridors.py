"""The reading of corridors: curated ways side by side, their figures, and one leg by leg."""

from functools import partial
from typing import Any

import streamlit as st

from entente.address.views import RoutesView
from entente.app import markup, panels, url_state
from entente.app.appearance import palette
from entente.dates.words import day_in_words
from entente.dossier.store import Dossier
from entente.routes.engine import place_labels, trip_of
from entente.routes.modes import corridor_figures, corridor_reading, corridor_records
from entente.routes.modes import corridor_words as words
from entente.routes.modes.corridor_tables import Comparison


def show(dossier: Dossier, view: RoutesView) -> None:
    """The corridors side by side; or where else one could go."""
    found = corridor_reading.compared_of(dossier, view)
    if not found.ids:
        show_none(dossier, view)
        return
    markup.show(
        "corridors",
        lead=words.lead(found),
        day=day_in_words(view.as_of),
        what_if=corridor_reading.SWITCHED if view.scenarios or view.vetoes else "",
        rows=corridor_reading.rows(dossier, view=view),
    )
    _show_figures(dossier, view, found)
    record = corridor_reading.record(dossier, trip=trip_of(view), pick=view.pick)
    markup.show("corridor", day=day_in_words(view.as_of), corridor=record)
    with st.expander(f"Sources of the legs, numbered as above ({len(record['source_ids'])})"):
        panels.source_list(record["source_ids"], dossier)
    whole = corridor_figures.corridor_sources((str(view.pick),), dossier)
    with st.expander(f"Sources of what is published about the corridor ({len(whole)})"):
        panels.source_list(whole, dossier)


def show_none(dossier: Dossier, view: RoutesView) -> None:
    """That no corridor joins the two places, and where corridors lead."""
    ways = corridor_reading.ways_onward(dossier, origin=view.origin)
    places = place_labels(dossier)
    markup.show(
        "corridors_none",
        is_same=view.origin == view.destination,
        start=places[view.origin],
        end=places[view.destination],
        destinations=corridor_records.destinations(dossier, view, ways),
    )


def _show_figures(dossier: Dossier, view: RoutesView, found: Comparison) -> None:
    """Map, time–distance, odds, ranges."""
    on_map = corridor_figures.map_of_ways(dossier, **_options(view))
    in_time = corridor_figures.time_and_distance(dossier, **_options(view))
    left, right = st.columns(2, gap="large")
    with left:
        st.header(markup.literal(words.running(found, str(view.pick))), anchor=False)
        panels.shown_panel(
            on_map,
            key="corridor-map",
            caption=corridor_reading.MAP_CAPTION,
            dossier=dossier,
            on_pick=partial(pick_from, ids=found.ids),
        )
    with right:
        st.header(markup.literal(words.waiting(found, str(view.pick))), anchor=False)
        panels.shown_panel(
            in_time,
            key="time-distance",
            caption=corridor_reading.TIME_CAPTION,
            dossier=dossier,
            on_pick=partial(pick_from, ids=found.ids),
        )
    left, right = st.columns(2, gap="large")
    in_price = corridor_figures.time_and_distance(
        dossier, quantity="cost_usd_per_teu", **_options(view)
    )
    with left:
        st.header("What it costs on the way", anchor=False)
        panels.shown_panel(
            in_price,
            key="cost-distance",
            caption=corridor_reading.COST_CAPTION,
            dossier=dossier,
            on_pick=partial(pick_from, ids=found.ids),
        )
    with right:
        record = corridor_reading.odds(dossier, trip=trip_of(view), pick=str(view.pick))
        markup.show("corridor_odds", **record)
    st.header("How far the estimates reach, and what is published", anchor=False)
    _show_ranges(dossier, view, found)


def _show_ranges(dossier: Dossier, view: RoutesView, found: Comparison) -> None:
    made = {
        quantity: corridor_figures.ranges(dossier, quantity=quantity, **_options(view))
        for quantity in corridor_figures.QUANTITIES
    }
    for column, (quantity, shown) in zip(st.columns(len(made)), made.items(), strict=True):
        key = f"corridor-ranges-{quantity.split('_')[0]}"
        on_pick = partial(pick_from, ids=found.ids)
        with column:
            panels.chart(shown.figure, key=key, alt=shown.alt, on_pick=on_pick)
    st.caption(markup.literal(corridor_reading.RANGES_CAPTION))
    shown = next(iter(made.values()))
    panels.beneath(shown.table, key="corridor-ranges", source_ids=shown.source_ids, dossier=dossier)


def pick_from(customdata: list[Any], *, ids: tuple[str, ...]) -> None:
    """Put forward the corridor of a mark, or the first that uses the leg of a mark."""
    named = [value for value in customdata[1:] if value in ids]
    if named:
        url_state.put(RoutesView, "pick", named[0])


def _options(view: RoutesView) -> dict[str, Any]:
    return {"trip": trip_of(view), "pick": view.pick, "appearance": palette().name}
