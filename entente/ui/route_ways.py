"""The reading of best ways: the best one, those that really differ, or the cut that leaves none."""

from typing import Any

import pandas as pd
import streamlit as st

from entente.analysis.ways import Way
from entente.schema.dates_in_words import day_in_words
from entente.store import Dossier
from entente.ui import corridor_words, markup, panels, route_corridors, way_words
from entente.ui.appearance import palette
from entente.ui.cache import kept
from entente.ui.panels import Shown
from entente.ui.route_engine import Trip, place_labels, searched_by, trip_of
from entente.ui.way_charts import chart_of
from entente.ui.way_figures import Drawn, crossed_legs, map_of
from entente.ui.way_search import Found, found_of
from entente.ui.way_tables import way_rows
from entente.views import RoutesView

MAP_CAPTION = (
    "Numbers as in the table. Solid and in colour: the best way; dashed: the others, and the best "
    "way where it is a detour; 0, where it is drawn, is the best way without the what-ifs. Crosses "
    "mark legs of it that are shut or denied. Lines show ways, not modes: point at one for its "
    "mode and length."
)
CHART_CAPTION = (
    "Slopes are carriage, steps are waits; lines: P50 of 10,000 draws, the band: P10 to P90 of the "
    "best way, stage by stage. By cost the same of price."
)


def title(dossier: Dossier, view: RoutesView) -> str:
    """The best way and what it takes, or that there is none."""
    places = place_labels(dossier)
    start, end = places[view.origin], places[view.destination]
    if view.origin == view.destination:
        return f"Both ends are {start}: there is no way to look for"
    found = found_of(dossier, trip_of(view), searched_by(view))
    if not found.ways:
        return f"No way is left from {start} to {end}"
    best = found.ways[0]
    value = way_words.about(way_words.total(best, searched_by(view)), searched_by(view))
    superlative = way_words.superlative(searched_by(view))
    verb = {"cost": "costs", "co2e": "emits"}.get(view.objective, "takes")
    route = way_words.through(best, dossier)
    return f"{superlative} way from {start} to {end} {verb} about {value}, {route}"


def show(dossier: Dossier, view: RoutesView) -> None:
    """The ways in a table and on the map; or the cut."""
    if view.origin == view.destination:
        route_corridors.show_none(dossier, view)
        return
    found = found_of(dossier, trip_of(view), searched_by(view))
    options: dict[str, Any] = {"trip": trip_of(view), "objective": searched_by(view)}
    if found.cut is not None:
        show_cut(dossier, found.cut, found.restored, day=day_in_words(view.as_of))
    else:
        markup.show(
            "route_ways",
            lead=_lead(found, dossier, view),
            day=day_in_words(view.as_of),
            rows=kept(_rows, dossier, **options),
        )
    options["appearance"] = palette().name
    left, right = st.columns(2, gap="large")
    with left:
        st.header(markup.literal(_map_title(found)), anchor=False)
        panels.shown_panel(
            kept(_map, dossier, **options), key="way-map", caption=MAP_CAPTION, dossier=dossier
        )
    with right:
        st.header(_chart_title(found), anchor=False)
        panels.shown_panel(
            kept(_chart, dossier, **options),
            key="way-distance",
            caption=CHART_CAPTION,
            dossier=dossier,
        )


def show_cut(dossier: Dossier, fewest: pd.DataFrame, restored: Way | None, *, day: str) -> None:
    """That no way is left, and the legs whose opening would restore one."""
    markup.show(
        "route_cut",
        day=day,
        legs=way_words.cut_sentences(fewest, dossier),
        restored="" if restored is None else way_words.through(restored, dossier),
        days="" if restored is None else way_words.days(restored.days),
        usd="" if restored is None else way_words.amount(restored.usd, "cost"),
    )


def _lead(found: Found, dossier: Dossier, view: RoutesView) -> str:
    """How the others compare, and what the what-ifs do."""
    best, others = found.ways[0], found.ways[1:]
    value = way_words.total(best, searched_by(view))
    parts = []
    if found.reference is not None:
        before = way_words.total(found.reference, searched_by(view))
        change = way_words.amount(abs(value - before), searched_by(view))
        side = "more" if value >= before else "less"
        route = way_words.through(found.reference, dossier)
        parts.append(f"That is {change} {side} than on the record of the day, {route}.")
    elif view.scenarios or view.vetoes:
        parts.append("The what-ifs leave it as it is.")
    if others:
        gap = way_words.amount(
            way_words.total(others[0], searched_by(view)) - value, searched_by(view)
        )
        label = way_words.labels_of(found.ways, dossier)[1]
        parts.append(f"The next that really differs, {label}, takes {gap} more.")
    else:
        parts.append("No other way differs from it enough to count as another.")
    return " ".join(parts)


def _map_title(found: Found) -> str:
    if not found.ways:
        return "Where the way is cut"
    count = corridor_words.counted(len(found.ways)).capitalize()
    if len(found.ways) == 1:
        return "The one way that there is"
    return f"{count} ways, no two with more than 70 % in common"


def _chart_title(found: Found) -> str:
    return "How they get there" if found.ways else "How the mended way would get there"


def _rows(dossier: Dossier, *, trip: Trip, objective: str) -> list[dict[str, Any]]:
    found = found_of(dossier, trip, objective)
    return way_rows(dossier, trip=trip, ways=found.ways, reference=found.reference)


def _map(dossier: Dossier, *, trip: Trip, objective: str, appearance: str) -> Shown:
    found = found_of(dossier, trip, objective)
    labels = way_words.labels_of(found.ways, dossier)
    drawn = [
        Drawn(number, label, *_role(number, found), way)
        for number, (label, way) in enumerate(zip(labels, found.ways, strict=True), start=1)
    ]
    crossed: dict[str, str] = {}
    if found.reference is not None:
        label = way_words.through(found.reference, dossier)
        drawn.append(Drawn(0, label, "reference", "without the what-ifs", found.reference))
        crossed |= crossed_legs(dossier, trip, found.reference)
    if found.restored is not None:
        label = way_words.through(found.restored, dossier)
        drawn.append(Drawn(1, label, "detour", "the way, if its cut were mended", found.restored))
        crossed |= crossed_legs(dossier, trip, found.restored)
    return map_of(dossier, drawn=drawn, trip=trip, crossed=crossed, appearance=appearance)


def _chart(dossier: Dossier, *, trip: Trip, objective: str, appearance: str) -> Shown:
    found = found_of(dossier, trip, objective)
    ways = found.ways or ((found.restored,) if found.restored else ())
    quantity = "cost_usd_per_teu" if objective == "cost" else "days"
    return chart_of(dossier, trip=trip, ways=ways, quantity=quantity, appearance=appearance)


def _role(number: int, found: Found) -> tuple[str, str]:
    if number > 1:
        return "other", "others that differ"
    return ("best", "best way") if found.reference is None else ("detour", "best way left")
