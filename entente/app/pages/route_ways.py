"""The reading of best ways: the best one, those that really differ, or the cut that leaves none."""

from typing import Any

import pandas as pd
import streamlit as st

from entente.address.views import RoutesView
from entente.app import markup, panels
from entente.app.appearance import palette
from entente.app.pages import route_corridors
from entente.dates.words import day_in_words
from entente.dossier.store import Dossier
from entente.routes.engine import searched_by, trip_of
from entente.routes.modes import way_reading, way_words
from entente.routes.modes.way_search import drawn_as, found_of
from entente.routes.network.ways import Way


def show(dossier: Dossier, view: RoutesView) -> None:
    """The ways in a table and on the map; or the cut."""
    if view.origin == view.destination:
        route_corridors.show_none(dossier, view)
        return
    found = found_of(dossier, trip_of(view), searched_by(view))
    drawn = drawn_as(dossier, trip_of(view), searched_by(view))
    options: dict[str, Any] = {"trip": trip_of(view), "objective": drawn}
    if found.cut is not None:
        show_cut(dossier, found.cut, found.restored, day=day_in_words(view.as_of))
    else:
        markup.show(
            "route_ways",
            lead=way_reading.lead(found, dossier, view),
            day=day_in_words(view.as_of),
            rows=way_reading.rows(dossier, **options),
        )
    options["appearance"] = palette().name
    left, right = st.columns(2, gap="large")
    with left:
        st.header(markup.literal(way_reading.map_title(found)), anchor=False)
        panels.shown_panel(
            way_reading.on_map(dossier, **options),
            key="way-map",
            caption=way_reading.MAP_CAPTION,
            dossier=dossier,
        )
    with right:
        st.header(way_reading.chart_title(found), anchor=False)
        panels.shown_panel(
            way_reading.chart(dossier, **options),
            key="way-distance",
            caption=way_reading.CHART_CAPTION,
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
