"""A figure looks where its camera says: a map at a part of the earth, an axis of days at some."""

import plotly.graph_objects as go

from entente.style.theme import aim
from tests.export.deck_scenes import day_figure, map_figure


def test_a_map_keeps_all_but_where_it_is_looked_at() -> None:
    figure = map_figure()
    before = figure.to_plotly_json()
    geo = aim(figure, "2.5_48.1_-40.2").layout.geo
    assert (geo.projection.scale, geo.center.lon, geo.center.lat) == (2.5, 48.1, -40.2)
    assert geo.projection.type == "conic equal area"
    assert tuple(geo.lonaxis.range) == (21, 97)
    assert figure.to_plotly_json() == before


def test_only_axes_of_days_are_turned_to_other_days() -> None:
    layout = aim(day_figure(), "2025-02-01_2025-05-01").layout
    assert layout.xaxis2.range == ("2025-02-01", "2025-05-01")
    assert layout.xaxis.range == (0.5, 2.5)


def test_what_a_camera_does_not_fit_stays_as_it_is() -> None:
    bars = go.Figure(go.Bar(x=[1], y=[2]))
    for figure, camera in (
        (bars, "2_48_40"),
        (bars, "2025-01-01_2025-05-01"),
        (map_figure(), "2025-01-01_2025-05-01"),
        (day_figure(), "2_48_40"),
    ):
        assert aim(figure, camera) == figure
