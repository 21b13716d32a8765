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
from entente.export.deck.scenes import find_form, list_legend
from entente.export.deck.shapes import ARMED_SYMBOLS
from tests.export.deck_scenes import all_shapes, charts, points

DRAWN_TIES = ("tie", "pair")

LONGEST_NOTES = 1_600  # headline, sentence, notes and the address of the view
LARGEST_BYTES = 3_000_000


@pytest.fixture(scope="module")
def scenes(live_dossier: Dossier):
    return choose_scenes(live_dossier)


@pytest.fixture(scope="module")
def content(scenes, live_dossier: Dossier) -> bytes:
    return deck(scenes, dossier=live_dossier)


@pytest.fixture(scope="module")
def slides(content: bytes):
    return list(Presentation(io.BytesIO(content)).slides)[1:-3]


def test_it_is_light(content: bytes) -> None:
    assert len(content) < LARGEST_BYTES


def test_headlines_and_notes_are_those_of_the_scenes(slides, scenes) -> None:
    for slide, scene in zip(slides, scenes, strict=True):
        assert slide.shapes.title.text_frame.text == scene.title
        notes = slide.notes_slide.notes_text_frame.text
        assert scene.notes in notes
        assert len(notes) < LONGEST_NOTES


def test_the_last_slide_has_every_source_of_the_scenes(
    content: bytes, scenes, live_dossier: Dossier
) -> None:
    last = list(Presentation(io.BytesIO(content)).slides)[-1]
    notes = last.notes_slide.notes_text_frame.text
    addresses = live_dossier["sources"].set_index("source_id")["url"]
    cited = {name for scene in scenes for name in scene.content.source_ids}
    assert [name for name in cited & set(addresses.index) if addresses[name] not in notes] == []


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
            assert drawn == points_of(panel.room_figure or panel.figure)
            compared += 1
    assert compared >= 2


def test_ties_on_the_map_are_those_of_the_figure(slides, scenes) -> None:
    for slide, scene in zip(slides, scenes, strict=True):
        if scene.content.page_code == "alliance_map":
            names = {shape.name for shape in all_shapes(slide.shapes)}
            traces = scene.room[0].figure.select_traces({"type": "scattergeo"})
            custom = [mark.custom for trace in traces for mark in read_marks(trace)]
            ties = {f"{item[0]} {item[1]}" for item in custom if item and item[0] in DRAWN_TIES}
            assert ties
            assert ties <= names


def test_marks_of_the_legend_are_filled_or_hollow_on_purpose(scenes) -> None:
    """Crosses and stars have no outline: without a fill nothing of them is seen."""
    entries = [entry for scene in scenes for one in scene.room for entry in list_legend(one)]
    assert any(entry.symbol in ARMED_SYMBOLS for entry in entries)
    for entry in entries:
        assert entry.symbol not in ARMED_SYMBOLS or entry.fill, entry.text


def points_of(figure: go.Figure) -> set[tuple[float, float]]:
    """What a slide draws of a figure: all points but those without size, head or words alone."""
    return {
        (mark.x, mark.y)
        for trace in figure.data
        if is_drawn(trace)
        for mark in read_marks(trace)
        if not mark.is_gap and ("lines" in trace.mode or "text" in trace.mode or mark.is_seen)
    }
