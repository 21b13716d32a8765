"""The trade routes page: controls, the comparison, its figures, and one way leg by leg."""

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from entente import views
from entente.analysis.chains import ways_from
from entente.schema.dates_in_words import day_in_words
from entente.store import Dossier
from entente.ui import controls, corridor_figures, corridor_records, markup, panels, url_state
from entente.ui import corridor_words as words
from entente.ui.appearance import palette
from entente.ui.cache import kept
from entente.ui.corridor_tables import Comparison
from entente.views import RoutesView

MAP_CAPTION = (
    "Numbers as in the table; the way put forward is in colour. Choose a line or a number to put "
    "another forward, and the map turns to it. Lines follow sea lanes, railways and roads where a "
    "network has them, and are straight where it has a hole."
)
TIME_CAPTION = (
    "Slopes are carriage, vertical steps are waits at ports, borders and breaks of gauge. The band "
    "runs from all stages fast to all stages slow, wider than chance would make it. Dotted: "
    "could not be used on the day. Numbers as in the table."
)
RANGES_CAPTION = (
    "Dot: typical; line: all stages at their low to all at their high. Dotted line and hollow dot: "
    "could not be used on the day. Hollow diamonds: published for the whole corridor, where the "
    "unit is the same."
)


def settled(dossier: Dossier, view: RoutesView) -> RoutesView:
    """The view with a corridor to put forward that joins its two places, or none."""
    pick = _compared(dossier, view).settled(view.pick)
    if pick != view.pick:
        url_state.put(RoutesView, "pick", pick)
    return replace(view, pick=pick)


def title(dossier: Dossier, view: RoutesView) -> str:
    """The finding of the view."""
    nodes = dossier["nodes"].set_index("node_id")["label"]
    return markup.literal(
        words.finding(
            _compared(dossier, view),
            start=words.place_name(nodes[view.origin]),
            end=words.place_name(nodes[view.destination]),
            as_of=view.as_of,
        )
    )


def show_controls(dossier: Dossier, view: RoutesView) -> None:
    """From, to, as of, and the way to put forward."""
    places = _places(dossier)
    by_name = sorted(views.corridor_ends(dossier), key=lambda node: places[node])
    found = _compared(dossier, view)
    with controls.bar():
        controls.one_of_many(
            RoutesView, "origin", label="From", options={node: places[node] for node in by_name}
        )
        ways = kept(_ways, dossier, origin=view.origin)
        near = sorted(by_name, key=lambda node: node not in ways)
        options = {node: _destination(places[node], ways.get(node, 0)) for node in near}
        controls.one_of_many(RoutesView, "destination", label="To", options=options)
        controls.as_of(RoutesView, dossier)
        if found.ids:
            rows = found.corridors.itertuples()
            names = {row.corridor_id: f"{row.number}  {row.short_label}" for row in rows}
            controls.one_of_many(RoutesView, "pick", label="Way put forward", options=names)


def show_comparison(dossier: Dossier, view: RoutesView) -> None:
    """The corridors side by side; or where else one could go."""
    found = _compared(dossier, view)
    if not found.ids:
        _show_none(dossier, view)
        return
    markup.show(
        "corridors",
        lead=words.lead(found),
        day=day_in_words(view.as_of),
        rows=kept(_rows, dossier, view=view),
    )


def show_figures(dossier: Dossier, view: RoutesView) -> None:
    """Map, time–distance, ranges."""
    found = _compared(dossier, view)
    if not found.ids:
        return
    on_map = kept(corridor_figures.map_of_ways, dossier, **_options(view))
    in_time = kept(corridor_figures.time_and_distance, dossier, **_options(view))
    left, right = st.columns(2, gap="large")
    with left:
        st.header(markup.literal(words.running(found, str(view.pick))), anchor=False)
        _panel(dossier, view, on_map, key="corridor-map", caption=MAP_CAPTION)
    with right:
        st.header(markup.literal(words.waiting(found, str(view.pick))), anchor=False)
        _panel(dossier, view, in_time, key="time-distance", caption=TIME_CAPTION)
    st.header("How far the estimates reach, and what is published", anchor=False)
    _show_ranges(dossier, view, found)


def show_picked(dossier: Dossier, view: RoutesView) -> None:
    """The way put forward, leg by leg, with its sources."""
    found = _compared(dossier, view)
    if not found.ids:
        return
    record = kept(_record, dossier, view=view)
    markup.show("corridor", day=day_in_words(view.as_of), corridor=record)
    legs, published = record["source_ids"], (str(view.pick),)
    with st.expander(f"Sources of the legs, numbered as above ({len(legs)})"):
        panels.source_list(legs, dossier)
    whole = corridor_figures.corridor_sources(published, dossier)
    with st.expander(f"Sources of what is published about the corridor ({len(whole)})"):
        panels.source_list(whole, dossier)


def _show_ranges(dossier: Dossier, view: RoutesView, found: Comparison) -> None:
    made = {
        quantity: kept(corridor_figures.ranges, dossier, quantity=quantity, **_options(view))
        for quantity in corridor_figures.QUANTITIES
    }
    for column, (quantity, shown) in zip(st.columns(len(made)), made.items(), strict=True):
        key = f"corridor-ranges-{quantity.split('_')[0]}"
        on_pick = partial(pick_from, ids=found.ids)
        with column:
            panels.chart(shown.figure, key=key, alt=shown.alt, on_pick=on_pick)
    st.caption(markup.literal(RANGES_CAPTION))
    shown = next(iter(made.values()))
    panels.beneath(shown.table, key="corridor-ranges", source_ids=shown.source_ids, dossier=dossier)


def _panel(
    dossier: Dossier, view: RoutesView, shown: corridor_figures.Shown, *, key: str, caption: str
) -> None:
    panels.panel(
        shown.figure,
        key=key,
        alt=shown.alt,
        table=shown.table,
        caption=caption,
        source_ids=shown.source_ids,
        dossier=dossier,
        on_pick=partial(pick_from, ids=_compared(dossier, view).ids),
    )


def _show_none(dossier: Dossier, view: RoutesView) -> None:
    ways = kept(_ways, dossier, origin=view.origin)
    places = _places(dossier)
    markup.show(
        "corridors_none",
        is_same=view.origin == view.destination,
        start=places[view.origin],
        end=places[view.destination],
        destinations=corridor_records.destinations(dossier, view, ways),
    )


def pick_from(customdata: list[Any], *, ids: tuple[str, ...]) -> None:
    """Put forward the corridor of a mark, or the first that uses the leg of a mark."""
    named = [value for value in customdata[1:] if value in ids]
    if named:
        url_state.put(RoutesView, "pick", named[0])


def _rows(dossier: Dossier, *, view: RoutesView) -> list[dict[str, Any]]:
    return corridor_records.comparison_rows(_compared(dossier, view), dossier, view)


def _record(dossier: Dossier, *, view: RoutesView) -> dict[str, Any]:
    return corridor_records.picked_record(_compared(dossier, view), dossier, str(view.pick))


def _ways(dossier: Dossier, *, origin: str) -> dict[str, int]:
    return ways_from(
        dossier["corridor_legs"],
        dossier["legs"],
        origin=origin,
        places=views.corridor_ends(dossier),
    )


def _destination(label: str, ways: int) -> str:
    return f"{label} · {ways} {'way' if ways == 1 else 'ways'}" if ways else f"{label} · none"


def _compared(dossier: Dossier, view: RoutesView) -> Comparison:
    return corridor_figures.compared(
        dossier, origin=view.origin, destination=view.destination, as_of=view.as_of
    )


def _options(view: RoutesView) -> dict[str, Any]:
    return {
        "origin": view.origin,
        "destination": view.destination,
        "as_of": view.as_of,
        "pick": view.pick,
        "appearance": palette().name,
    }


def _places(dossier: Dossier) -> dict[str, str]:
    """Node to its label with the state."""
    states = dict(zip(dossier["actors"]["actor_id"], dossier["actors"]["label"], strict=True))
    return {
        row.node_id: f"{row.label}, {states[row.actor_id]}" for row in dossier["nodes"].itertuples()
    }
