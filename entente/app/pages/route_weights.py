"""The reading of weights: the reader's order of corridors, and how firm that order is."""

import pandas as pd
import streamlit as st

from entente.address.views import RoutesView
from entente.app import controls, markup, panels
from entente.app.appearance import palette
from entente.app.pages import route_corridors
from entente.dossier.store import Dossier
from entente.routes.charts import stability
from entente.routes.engine import trip_of
from entente.routes.modes import corridor_reading, weight_reading
from entente.routes.modes.corridor_figures import corridor_sources
from entente.routes.valuation.weights import shares_of_weight
from entente.vocabulary import CRITERIA


def show(dossier: Dossier, view: RoutesView) -> None:
    """Sliders, the order, and its stability."""
    whole = corridor_reading.compared_of(dossier, view)
    if not whole.ids:
        route_corridors.show_none(dossier, view)
        return
    with st.container(key="weights", horizontal=True, gap="medium"):
        controls.weights(RoutesView, "weights", labels=CRITERIA)
    found = weight_reading.usable(dossier, trip_of(view))
    if len(found) < 2:
        markup.show("route_weights_none", rows=whole.corridors["short_label"].tolist())
        return
    order = weight_reading.ranked(dossier, view)
    markup.show(
        "route_weights", **weight_reading.record(order, found, whole, weight_reading.weights(view))
    )
    _show_figures(dossier, view, found, order)


def _show_figures(
    dossier: Dossier, view: RoutesView, found: pd.DataFrame, order: pd.DataFrame
) -> None:
    shares = weight_reading.shares(dossier, trip=trip_of(view))
    points = weight_reading.points(dossier, trip=trip_of(view))
    reader = shares_of_weight(weight_reading.weights(view))
    left, right = st.columns(2, gap="large")
    with left:
        st.header("Who comes first under which mix", anchor=False)
        bare = weight_reading.triangle(dossier, trip=trip_of(view), appearance=palette().name)
        figure = stability.with_reader(bare, reader, palette=palette())
        alt = stability.stability_triangle_alt(points=points, corridors=found, reader=reader)
        panels.chart(figure, key="stability-triangle", alt=alt)
        st.caption(markup.literal(weight_reading.TRIANGLE_CAPTION))
    with right:
        st.header("Under how many weightings each comes first", anchor=False)
        figure, alt = weight_reading.bars(dossier, trip=trip_of(view), appearance=palette().name)
        with st.container(key=f"rows-{min(len(found), 16)}"):
            panels.chart(figure, key="stability-shares", alt=alt)
        st.caption(markup.literal(weight_reading.SHARES_CAPTION))
    panels.beneath(
        weight_reading.table(found, shares, order),
        key="stability",
        source_ids=corridor_sources(tuple(found["corridor_id"]), dossier),
        dossier=dossier,
    )
