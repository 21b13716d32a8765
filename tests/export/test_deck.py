"""The deck as a whole: its slides, what goes with each, and what it is not made of."""

import dataclasses
import datetime as dt
import io
import zipfile

import plotly.graph_objects as go
import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER

from entente.content import LegendEntry
from entente.dossier.store import Dossier
from entente.export.deck.deck import deck, list_sections
from entente.export.deck.scenes import list_legend
from entente.export.deck.shapes import EMU
from entente.export.deck.template import FIGURE
from tests.export.deck_scenes import (
    TABLE,
    all_shapes,
    bar_chart,
    charts,
    day_figure,
    first_slide,
    map_figure,
    opened,
    panel,
    scene,
    symbol_grid,
)

ADDRESS = "https://entente.example"


@pytest.fixture
def scenes() -> list:
    figures = (bar_chart(), map_figure(), day_figure(), symbol_grid(), None)
    return [scene(panel(figure), number=n) for n, figure in enumerate(figures, start=1)]


def test_one_slide_a_scene_between_title_and_method_borders_and_sources(
    scenes, dossier: Dossier
) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in opened(scenes, dossier).slides]
    assert len(titles) == len(scenes) + 4
    assert titles[1:-3] == [one.title for one in scenes]
    assert titles[0].startswith("A comment on")
    assert titles[-3].startswith("How claims")
    assert titles[-2].startswith("Borders")
    assert titles[-1] == "Sources of the scenes: 2 from 2 publishers"


def test_title_slide_says_of_what_from_when_and_which_dataset(dossier: Dossier) -> None:
    text = "\n".join(s.text_frame.text for s in opened([], dossier).slides[0].placeholders)
    for part in (dossier.document.title, dossier.document.publisher, dossier.version):
        assert str(part) in text
    assert dossier.digest[:16] in text
    assert "30 September 2022" in text


def test_notes_hold_words_and_permalink_and_no_more(scenes, dossier: Dossier) -> None:
    for slide in list(opened(scenes, dossier, base_url=f"{ADDRESS}/").slides)[1:-3]:
        notes = slide.notes_slide.notes_text_frame.text
        assert notes.split("\n")[1:] == [
            "One sentence for the room.",
            "",
            "A word for the speaker.",
            "",
            f"View: {ADDRESS}/claims?lens=both&v=1",
        ]


def test_the_last_slide_names_publishers_and_its_notes_every_source(
    scenes, dossier: Dossier
) -> None:
    slide = list(opened(scenes, dossier).slides)[-1]
    shown = "\n".join(holder.text_frame.text for holder in slide.placeholders)
    assert "North Wire (1)" in shown
    notes = slide.notes_slide.notes_text_frame.text
    assert dossier["sources"].set_index("source_id").at["atlas-2019", "url"] in notes
    assert "North Wire, 5 February 2021: " in notes


def test_home_page_has_no_name_in_a_permalink(dossier: Dossier) -> None:
    slide = opened([scene(panel(None), page="briefing")], dossier, base_url=ADDRESS).slides[1]
    assert f"{ADDRESS}/?lens=both&v=1" in slide.notes_slide.notes_text_frame.text


def test_method_and_borders_are_whole_in_their_notes(dossier: Dossier) -> None:
    method, borders, _ = list(opened([], dossier).slides)[-3:]
    notes = method.notes_slide.notes_text_frame.text
    for head, brief, whole in list_sections(dossier.document):
        assert head in notes
        assert whole.split("\n")[-1] in notes
        assert brief in "\n".join(h.text_frame.text for h in method.placeholders)
    text = borders.notes_slide.notes_text_frame.text
    assert dossier.document.text("borders-statement") in text
    assert all(label in text for label in dossier["areas"]["label"])


def test_every_figure_has_alternative_text(scenes, dossier: Dossier) -> None:
    for slide in list(opened(scenes, dossier).slides)[1:-3]:
        kinds = (MSO_SHAPE_TYPE.GROUP, MSO_SHAPE_TYPE.CHART, MSO_SHAPE_TYPE.TABLE)
        told = [s for s in slide.shapes if s.shape_type in kinds and s.name != "legend"]
        assert told
        for shape in told:
            assert shape._element.xpath(".//p:cNvPr")[0].get("descr") == "What figure shows."


def test_nothing_is_a_picture(scenes, dossier: Dossier) -> None:
    content = deck(scenes, dossier=dossier)
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    endings = (".png", ".jpeg", ".jpg", ".svg", ".emf", ".gif", ".bin")
    assert not [name for name in names if name.endswith(endings)]
    for slide in opened(scenes, dossier).slides:
        kinds = {shape.shape_type for shape in all_shapes(slide.shapes)}
        assert MSO_SHAPE_TYPE.PICTURE not in kinds


def test_kinds_of_native_shapes(scenes, dossier: Dossier) -> None:
    kinds = (MSO_SHAPE_TYPE.CHART, MSO_SHAPE_TYPE.TABLE, MSO_SHAPE_TYPE.FREEFORM)
    found = []
    for slide in list(opened(scenes, dossier).slides)[1:-3]:
        own = [shape.shape_type for shape in all_shapes(slide.shapes)]
        found.append(tuple(own.count(kind) for kind in kinds))
    bricks, mapped, days, matrix, table = found
    assert bricks == (1, 0, 0)
    assert mapped[:2] == (0, 0)
    assert mapped[2] > 50
    assert days == (2, 0, 0)
    assert matrix == (0, 1, 0)
    assert table == (0, 1, 0)


def test_equal_views_give_equal_bytes(scenes, dossier: Dossier, monkeypatch) -> None:
    day = dt.date(2023, 1, 1)
    first = deck(scenes, dossier=dossier, made_on=day)
    monkeypatch.setattr("zipfile.time.localtime", lambda *_: (2031, 1, 2, 3, 4, 5, 0, 1, 0))
    monkeypatch.setattr("xlsxwriter.core.datetime", _Later)
    assert deck(scenes, dossier=dossier, made_on=day) == first


@pytest.mark.parametrize(
    ("days", "age", "is_dated"),
    [
        (None, ".", False),
        (1, ", 1 day before this file was made.", False),
        (91, ", 91 days before this file was made.", True),
    ],
)
def test_the_title_says_how_old_the_record_was(
    scenes, dossier: Dossier, days: int | None, age: str, is_dated: bool
) -> None:
    day = None if days is None else dossier.horizon + dt.timedelta(days=days)
    title = opened(scenes[:1], dossier, made_on=day).slides[0]
    said = "\n".join(shape.text_frame.text for shape in title.shapes if shape.has_text_frame)
    assert f"Newest source: 30 September 2022{age}" in said
    notes = title.notes_slide.notes_text_frame.text
    assert ("These data may be out of date" in notes) == is_dated
    assert ("Forecasts still open" in notes) == is_dated


class _Later:
    """A clock that is years ahead."""

    @staticmethod
    def now(zone: object) -> object:
        import datetime as dt

        return dt.datetime(2031, 1, 2, tzinfo=dt.UTC)


def test_times_are_the_day_of_the_dataset(dossier: Dossier) -> None:
    about = opened([], dossier).core_properties
    released = str(dossier["dataset"].at[0, "released_edtf"])
    assert about.created.date().isoformat() == released
    assert about.modified == about.created
    assert dossier.digest in about.subject


def test_placeholders_are_real_and_slides_are_numbered(scenes, dossier: Dossier) -> None:
    for slide in list(opened(scenes, dossier).slides)[1:]:
        kinds = [holder.placeholder_format.type for holder in slide.placeholders]
        assert PP_PLACEHOLDER.TITLE in kinds
        assert PP_PLACEHOLDER.SLIDE_NUMBER in kinds
        assert slide.shapes[0] == slide.shapes.title  # read first


def test_ids_of_shapes_are_unique(scenes, dossier: Dossier) -> None:
    for slide in opened(scenes, dossier).slides:
        ids = [element.get("id") for element in slide._element.iter("{*}cNvPr")]
        assert len(ids) == len(set(ids))


def test_the_legend_is_samples_and_words_left_of_the_figure(dossier: Dossier) -> None:
    long = "What a mark stands for, told in more words than a line of the column has room for"
    entries = (
        LegendEntry(text="Tie", colour="#1668A8", dash="dash", symbol="circle", fill="#1668A8"),
        LegendEntry(text=long, colour="#1668A8", number="1", is_strong=True),
    )
    shown = dataclasses.replace(panel(map_figure()), legend=entries)
    slide = opened([scene(shown)], dossier).slides[1]
    (legend,) = [shape for shape in slide.shapes if shape.name == "legend"]
    names = [shape.name for shape in legend.shapes]
    assert names[:4] == ["legend line", "legend mark", "legend Tie", "legend 1"]
    for shape in legend.shapes:
        assert (shape.left + shape.width) / EMU < FIGURE.left
    words, run = legend.shapes[-1], legend.shapes[-1].text_frame.paragraphs[0].runs[0]
    assert run.text.endswith("…")
    assert words.text_frame.word_wrap
    assert words.height > 2 * legend.shapes[2].height, "a long entry has as many lines as it needs"


def test_bars_have_a_legend_of_their_own_and_a_figures_legend_is_taken_over(
    dossier: Dossier,
) -> None:
    entry = LegendEntry(text="Ours", colour="#1668A8", symbol="circle")
    assert list_legend(dataclasses.replace(panel(bar_chart()), legend=(entry,))) == []
    figure = map_figure().update_layout(showlegend=True)
    figure.update_traces(showlegend=False)
    figure.data[-1].update(showlegend=True, name="Places <br>named")
    both = list_legend(dataclasses.replace(panel(figure), legend=(entry,)))
    assert [line.text for line in both] == ["Ours", "Places  named"]


def test_a_dossier_without_disputed_areas_has_no_map_of_them(dossier: Dossier) -> None:
    tables = {**dossier.tables, "areas": dossier["areas"].iloc[:0]}
    bare = dataclasses.replace(dossier, tables=tables)
    shapes = opened([], bare).slides[2].shapes
    assert not [shape for shape in shapes if shape.name == "disputed areas"]
    assert [s for s in opened([], dossier).slides[2].shapes if s.name == "disputed areas"]


def test_a_chart_stands_beside_a_map_and_the_rest_is_counted(dossier: Dossier) -> None:
    panels = [panel(map_figure(), key="map"), panel(bar_chart(), key="bars")]
    slide = opened([scene(*panels, panel(day_figure(), key="third"))], dossier).slides[1]
    assert len(charts(slide)) == 1
    texts = " ".join(s.text_frame.text for s in slide.placeholders)
    assert "1 more figure of this view in the app" in texts


def test_two_maps_stand_above_a_chart(dossier: Dossier) -> None:
    maps = [panel(map_figure(), key="ties"), panel(map_figure(), key="route")]
    slide = opened([scene(*maps, panel(day_figure(), key="days"))], dossier).slides[1]
    top = min(shape.top for shape in slide.shapes if shape.has_chart)
    grounds = [shape for shape in slide.shapes if shape.name in ("ties", "route")]
    assert len(grounds) == 2
    assert all(ground.top + ground.height <= top for ground in grounds)
    assert grounds[0].left + grounds[0].width <= grounds[1].left
    assert "more figure" not in " ".join(s.text_frame.text for s in slide.placeholders)


def test_a_slide_has_the_few_rows_and_the_letters_that_a_room_reads(dossier: Dossier) -> None:
    few = dataclasses.replace(panel(None), room_table=TABLE.head(3))
    slide = opened([scene(few)], dossier).slides[1]
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    assert len(table.rows) == 1 + 3
    texts = " ".join(s.text_frame.text for s in slide.placeholders)
    assert f"{len(TABLE) - 3} more rows in the app" in texts


def test_an_empty_figure_is_a_sentence(dossier: Dossier) -> None:
    figure = go.Figure()
    figure.add_annotation(text="No corridor joins these places.", showarrow=False)
    slide = first_slide(figure, dossier)
    assert not charts(slide)
    assert "No corridor joins these places." in [
        shape.text_frame.text for shape in slide.shapes if shape.has_text_frame
    ]


def test_a_figure_of_an_unknown_kind_becomes_its_table(dossier: Dossier) -> None:
    slide = first_slide(go.Figure(go.Sankey()), dossier)
    assert [shape.has_table for shape in slide.shapes].count(True) == 1


def test_deck_is_small(scenes, dossier: Dossier) -> None:
    assert len(deck(scenes, dossier=dossier)) < 1_000_000
