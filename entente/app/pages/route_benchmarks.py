"""The reading of the model check: published figures beside the model's, worst first."""

import streamlit as st

from entente.address.views import RoutesView
from entente.app import markup, panels
from entente.app.appearance import palette
from entente.dossier.store import Dossier
from entente.routes.modes import benchmark_reading


def show(dossier: Dossier, view: RoutesView) -> None:
    """Coverage and error by quantity; the figures; a sentence for each bad one."""
    markup.show("route_benchmarks", **benchmark_reading.benchmark_record(dossier))
    shown = benchmark_reading.scatter(dossier, appearance=palette().name)
    st.header("How many times too long, too dear, too far", anchor=False)
    panels.shown_panel(
        shown, key="benchmark-scatter", caption=benchmark_reading.CAPTION, dossier=dossier
    )
