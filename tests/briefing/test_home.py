"""The small figures of the home page."""

import pytest

from entente.address.views import BriefingView, default_view
from entente.briefing.home import list_answers
from entente.content import SUMMARY_HEIGHT
from entente.dossier.store import Dossier
from entente.style.basemap import Plane


def test_the_maps_fill_their_frames(dossier: Dossier) -> None:
    """A map of another shape would begin lower than its neighbours."""
    view = default_view(BriefingView, dossier)
    answers = list_answers(dossier, view, "light")
    for page in ("alliance_map", "trade_routes"):
        figure = answers[page].figure
        assert figure is not None
        axes = figure.layout.geo
        plane = Plane(tuple(axes.lonaxis.range), tuple(axes.lataxis.range))
        assert plane.aspect == pytest.approx(SUMMARY_HEIGHT.ratio, rel=0.005), page
