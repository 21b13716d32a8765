"""Actors that the dataset gives a hue have it wherever a figure draws them by themselves."""

from dataclasses import replace

import plotly.graph_objects as go
import pytest

from entente.address.pages import VIEWS
from entente.address.views import default_view
from entente.briefing.page_contents import page_content
from entente.dossier.store import Dossier
from entente.style.palette import palette_for


def colours_of(figure: go.Figure) -> set[str]:
    return {
        str(colour)
        for trace in figure.data
        if trace.type == "bar"
        for colour in [trace.marker.color, trace.marker.line.color]
    }


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_bars_of_leverage_have_the_hues_of_their_actors(
    live_dossier: Dossier, appearance: str
) -> None:
    view = replace(default_view(VIEWS["trade_routes"], live_dossier), mode="leverage")
    content = page_content(live_dossier, "trade_routes", view, appearance=appearance)
    hues = palette_for(live_dossier.document, appearance).actors
    assert hues
    assert colours_of(content.panels[0].figure) & set(hues.values())
