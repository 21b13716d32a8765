"""The script that draws figures knows every trace and projection that figures have."""

from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest

from entente.address.pages import VIEWS
from entente.address.views import default_view, list_controls
from entente.briefing.page_contents import page_content
from entente.briefing.scenes import choose_scenes
from entente.content import Panel
from entente.dossier.store import Dossier
from entente.style.basemap import draw_framed_basemap
from entente.style.bundle import LEFT_OUT, PROJECTIONS, TRACES, find_bundle
from entente.style.palette import LIGHT


@pytest.fixture(scope="module")
def panels(dossier: Dossier) -> list[Panel]:
    """Those of all pages, modes and scenes."""
    found = [panel for scene in choose_scenes(dossier) for panel in scene.content.panels]
    for page, kind in VIEWS.items():
        view: Any = default_view(kind, dossier)
        mode = list_controls(kind).get("mode")
        views = [replace(view, mode=code) for code in mode.options(dossier)] if mode else [view]
        found += [panel for one in views for panel in page_content(dossier, page, one).panels]
    return [panel for panel in found if panel.figure is not None]


def list_unknown(figure: go.Figure) -> list[str]:
    """What of a figure the script could not draw."""
    traces = {trace.type for trace in figure.data} - set(TRACES)
    layout = figure.to_dict()["layout"]
    projections = {figure.layout.geo.projection.type} - {None, *PROJECTIONS}
    bars = {"colorbar" for trace in figure.data if getattr(trace, "showscale", False)}
    return sorted(traces | projections | bars | (set(LEFT_OUT) & set(layout)))


def test_the_script_knows_all_that_figures_have(panels: list[Panel]) -> None:
    unknown = {panel.key: list_unknown(panel.figure) for panel in panels}
    assert {key: found for key, found in unknown.items() if found} == {}
    assert {trace.type for panel in panels for trace in panel.figure.data} == set(TRACES)


def test_the_script_knows_the_projections_of_north_and_south(dossier: Dossier) -> None:
    frames = (((0.0, 90.0), (0.0, 60.0)), ((0.0, 90.0), (-40.0, 60.0)))
    about = {"area_lines": dossier.area_lines, "areas": dossier["areas"], "palette": LIGHT}
    figures = [draw_framed_basemap(frame, key="a-map", **about) for frame in frames]
    assert {figure.layout.geo.projection.type for figure in figures} == set(PROJECTIONS)
    assert [list_unknown(figure) for figure in figures] == [[], []]


@pytest.mark.parametrize(
    ("figure", "named"),
    [
        (go.Figure(go.Heatmap(z=[[1]])), ["heatmap"]),
        (go.Figure(layout={"geo": {"projection": {"type": "robinson"}}}), ["robinson"]),
        (go.Figure(layout={"sliders": [{}]}), ["sliders"]),
        (go.Figure(go.Scatter(marker={"color": [1]})), []),
    ],
)
def test_what_the_script_does_not_know_is_noticed(figure: go.Figure, named: list[str]) -> None:
    assert list_unknown(figure) == named


def test_the_script_registers_what_the_list_names() -> None:
    script = find_bundle().read_text(encoding="utf-8")
    assert script.splitlines()[0].startswith("/*! plotly.js 4")
    assert f"cut down to {', '.join(TRACES)}." in script
    assert all(f'name:"{name}"' in script for name in TRACES)
    assert 'name:"heatmap"' not in script


def test_the_script_runs_under_a_policy_without_eval() -> None:
    script = find_bundle().read_text(encoding="utf-8")
    assert "new Function" not in script
    assert "eval(" not in script
