"""About today’s dataset: the briefing that ships, as a deck, every scene whole, nothing heavy."""

import io

import plotly.graph_objects as go
import pytest
from pptx import Presentation

from entente.briefing.scenes import choose_scenes
from entente.dossier.store import Dossier
from entente.export.deck.deck import deck
from entente.export.deck.figures import read_marks
from entente.export.deck.scatter import is_drawn
from entente.export.deck.scenes import find_form
from tests.export.deck_scenes import all_shapes, charts, points

DRAWN_TIES = ("tie", "pair")

LARGEST_BYTES = 3_000_000


@pytest.fixture(scope="module")
def scenes(live_dossier: Dossier):
    return choose_scenes(live_dossier)


@pytest.fixture(scope="module")
def content(scenes, live_dossier: Dossier) -> bytes:
    return deck(scenes, dossier=live_dossier)


@pytest.fixture(scope="module")
def slides(content: bytes):
    return list(Presentation(io.BytesIO(content)).slides)[1:-2]


def test_it_is_light(content: bytes) -> None:
    assert len(content) < LARGEST_BYTES


def test_headlines_and_notes_are_those_of_the_scenes(slides, scenes, live_dossier: Dossier) -> None:
    known = set(live_dossier["sources"]["source_id"])
    for slide, scene in zip(slides, scenes, strict=True):
        assert slide.shapes.title.text_frame.text == scene.title
        notes = slide.notes_slide.notes_text_frame.text
        cited = [name for name in scene.content.source_ids if name in known]
        assert f"Sources ({len(cited)}):" in notes
        assert all(panel.alt.split("\n")[0] in notes for panel in scene.content.panels)


def test_every_scene_has_a_native_form(slides) -> None:
    for slide in slides:
        assert any(s.has_chart or s.has_table or s.name == "legend" for s in slide.shapes) or any(
            shape.name.startswith("country ") for shape in all_shapes(slide.shapes)
        )


def test_points_of_every_scatter_are_those_of_its_figure(slides, scenes) -> None:
    compared = 0
    for slide, scene in zip(slides, scenes, strict=True):
        panel = scene.content.panels[0]
        if find_form(panel) == "scatter":
            drawn = set().union(*(points(chart) for chart in charts(slide)))
            assert drawn == points_of(panel.figure)
            compared += 1
    assert compared >= 2


def test_ties_on_the_map_are_those_of_the_figure(slides, scenes) -> None:
    for slide, scene in zip(slides, scenes, strict=True):
        if scene.content.page_code == "alliance_map":
            names = {shape.name for shape in all_shapes(slide.shapes)}
            traces = scene.content.panels[0].figure.select_traces({"type": "scattergeo"})
            custom = [mark.custom for trace in traces for mark in read_marks(trace)]
            ties = {f"{item[0]} {item[1]}" for item in custom if item and item[0] in DRAWN_TIES}
            assert ties
            assert ties <= names


def points_of(figure: go.Figure) -> set[tuple[float, float]]:
    """What a slide draws of a figure: all points but those without size, head or words alone."""
    return {
        (mark.x, mark.y)
        for trace in figure.data
        if is_drawn(trace)
        for mark in read_marks(trace)
        if not mark.is_gap and ("lines" in trace.mode or "text" in trace.mode or mark.is_seen)
    }
