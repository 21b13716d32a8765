"""The reading of vetoes and leverage: what each could do, alone and together, and the detour."""

from typing import Any

import streamlit as st

from entente.address.views import RoutesView
from entente.app import markup, panels
from entente.app.appearance import palette
from entente.app.pages import route_corridors, route_ways
from entente.dates.words import day_in_words
from entente.dossier.store import Dossier
from entente.routes.engine import priced_by, trip_of
from entente.routes.modes import leverage_figures, leverage_reading
from entente.routes.modes.leverage_tables import held_of


def show(dossier: Dossier, view: RoutesView) -> None:
    """The sentence, the questions, the bars, the detour; or the cut."""
    if view.origin == view.destination:
        route_corridors.show_none(dossier, view)
        return
    trip = trip_of(view)
    found = held_of(dossier, trip, priced_by(view))
    if found.cut is not None:
        route_ways.show_cut(dossier, found.cut, found.restored, day=day_in_words(view.as_of))
        return
    record = leverage_reading.leverage_record(dossier, trip=trip, objective=priced_by(view))
    markup.show("route_leverage", **record)
    options: dict[str, Any] = {
        "trip": trip,
        "objective": priced_by(view),
        "appearance": palette().name,
    }
    left, right = st.columns(2, gap="large")
    with left:
        st.header(markup.literal(leverage_reading.bars_title(found)), anchor=False)
        bars = leverage_figures.bars(dossier, **options)
        rows = len({trace.name for trace in bars.figure.data if trace.type == "bar"})
        with st.container(key=f"rows-{min(rows, 16)}"):
            panels.shown_panel(
                bars, key="leverage", caption=leverage_reading.BARS_CAPTION, dossier=dossier
            )
        st.html(markup.fragment("route_coalitions", **record["coalitions"]))
    with right:
        st.header(markup.literal(record["detour"]), anchor=False)
        panels.shown_panel(
            leverage_figures.detour(dossier, **options),
            key="detour",
            caption=leverage_reading.MAP_CAPTION,
            dossier=dossier,
        )
