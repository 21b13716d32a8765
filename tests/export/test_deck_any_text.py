"""Whatever text the data holds, the deck opens and shows it."""

import io

import pandas as pd
import plotly.graph_objects as go
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pptx import Presentation

from entente.content import BarChart, BarRow, LegendEntry, PageContent, Panel, Scene
from entente.dossier.store import Dossier
from entente.export.deck.deck import deck
from entente.export.deck.text import clean_cell_text, clean_text, shorten
from entente.style.theme import escape
from tests.laws import examples

EVIL = (
    *("<b>bold</b>", "&amp;", "\x00\x0b\x1f", "\u202eabc", "שלום\u200f", "🛩️" * 9, "x" * 300),
    *("=cmd|' /C calc'!A0", "_x0041_", "]]>", "\ud800", "\ufffe", "%{x}", '"', "a\r\nb", "{=1}"),
)
# A dossier is large to print and a deck takes a while: what fails is not made smaller.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
TEXTS = st.one_of(st.text(st.characters(exclude_categories=()), max_size=60), st.sampled_from(EVIL))


@settings(max_examples=examples(25), deadline=None, phases=PHASES)
@given(title=TEXTS, text=TEXTS, name=TEXTS, word=TEXTS, cell=TEXTS, key=TEXTS)
def test_any_text_is_shown_and_the_file_opens(
    title: str, text: str, name: str, word: str, cell: str, key: str, dossier: Dossier
) -> None:
    shown = opened(scene_of(title, text, word, key, bars(name, word), cell), dossier)
    head = shown.shapes.title.text_frame.text.strip()
    assert (clean_text(title).strip() or "Untitled").startswith(head.removesuffix("…"))
    notes = shown.notes_slide.notes_text_frame.text
    for whole in (title, text):  # what is cut short on the slide stands whole in the notes
        assert " ".join(clean_text(whole).split()) in notes
    chart = next(shape.chart for shape in shown.shapes if shape.has_chart)
    assert next(iter(chart.plots[0].categories)) == (clean_cell_text(name) or "–")
    labels = "".join(chart._chartSpace.itertext("{*}t"))
    assert clean_text(word).split("\n")[0].strip() in labels


@settings(max_examples=examples(15), deadline=None, phases=PHASES)
@given(cell=TEXTS, head=TEXTS, alt=TEXTS)
def test_any_text_in_a_table(cell: str, head: str, alt: str, dossier: Dossier) -> None:
    shown = opened(scene_of("Title", "Text", alt, "key", None, cell, head), dossier)
    table = next(shape.table for shape in shown.shapes if shape.has_table)
    assert len(table.rows) == 2
    if len(clean_text(cell)) < 90 and "\n" not in clean_text(cell):
        assert table.cell(1, 0).text == clean_text(cell)


@settings(max_examples=examples(15), deadline=None, phases=PHASES)
@given(name=TEXTS, word=TEXTS, alt=TEXTS)
def test_any_text_on_a_map(name: str, word: str, alt: str, dossier: Dossier) -> None:
    shown = opened(scene_of("Title", "Text", alt, "key", places(name, word), "cell"), dossier)
    texts = [element.text for element in shown._element.iter("{*}t")]
    said = clean_text(word).split("\n")[0]
    assert shorten(said, 60).removesuffix("…") in "".join(text or "" for text in texts)
    marks = {element.get("name") for element in shown._element.iter("{*}cNvPr")}
    assert " ".join(clean_text(f"actor {name}").split()) in {" ".join(m.split()) for m in marks}


def places(name: str, word: str) -> go.Figure:
    figure = go.Figure(
        go.Scattergeo(
            lon=[60.0],
            lat=[35.0],
            mode="markers+text",
            text=[f"<b>{escape(word)}</b>"],
            customdata=[["actor", name]],
        )
    )
    figure.update_layout(geo={"lonaxis": {"range": [40, 80]}, "lataxis": {"range": [20, 50]}})
    return figure


def bars(name: str, word: str) -> BarChart:
    return BarChart(rows=(BarRow(name=name, value=2, text=word, colour="#0B6E54"),), title=word)


def scene_of(
    title: str,
    text: str,
    alt: str,
    key: str,
    shown: go.Figure | BarChart | None,
    cell: str,
    head: str = "Head",
) -> Scene:
    table = pd.DataFrame([[cell]], columns=pd.Index([head], dtype=object), dtype=object)
    is_bars = isinstance(shown, BarChart)
    panel = Panel(
        key=key,
        figure=go.Figure() if is_bars else shown,
        editable=shown if is_bars else None,
        alt=alt,
        table=table,
        caption=alt,
        source_ids=(),
        legend=(LegendEntry(text=alt, colour="#000000", symbol="circle", number=head[:1]),),
    )
    content = PageContent(
        page_code="claims", title=title, query="v=1", panels=(panel,), borders=alt
    )
    return Scene(scene_id="s", number=1, title=title, text=text, notes=alt, content=content)


def opened(scene: Scene, dossier: Dossier):
    content = deck([scene], dossier=dossier)
    return Presentation(io.BytesIO(content)).slides[1]
