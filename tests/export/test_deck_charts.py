"""Figures as native charts: the numbers behind them are those of the figure."""

import io
import zipfile

import pandas as pd
import plotly.graph_objects as go
import pytest
from pptx.enum.chart import XL_CHART_TYPE

from entente.content import IN_FIGURE, BarChart, BarRow
from entente.dossier.store import Dossier
from entente.export.deck.figures import read_marks, read_plots, to_number
from entente.style.text import Box
from entente.style.theme import aim, phone_only
from tests.export.deck_scenes import bar_chart, charts, day_figure, first_slide, points, symbol_grid

APRIL_10 = 45757.0  # 10 April 2025 in a spreadsheet's calendar
SPARE = "\N{ZERO WIDTH SPACE}"


def names(chart) -> list[str]:
    return [series.name for series in chart.plots[0].series]


def test_bars_are_categories_with_their_lengths(dossier: Dossier) -> None:
    (chart,) = charts(first_slide(bar_chart(), dossier))
    assert chart.chart_type == XL_CHART_TYPE.BAR_CLUSTERED
    assert list(chart.plots[0].categories) == ["Supported ●", "Contradicted ✕"]
    assert list(chart.plots[0].series[0].values) == [5.0, 3.0]
    assert chart.category_axis.reverse_order  # the first row is at the top
    assert not chart.value_axis.visible


def test_bars_keep_their_own_colours_and_words(dossier: Dossier) -> None:
    (chart,) = charts(first_slide(bar_chart(), dossier))
    element = chart.plots[0].series[0]._element
    inks = [point.find(".//{*}srgbClr").get("val") for point in element.findall("{*}dPt")]
    assert inks == ["0B6E54", "B4231B"]
    words = ["".join(label.itertext("{*}t")) for label in element.iter("{*}dLbl")]
    assert words == ["5", "3"]


def test_bars_below_nought_and_bars_with_a_pattern_are_drawn(dossier: Dossier) -> None:
    rows = (
        BarRow(name="Actor 0", value=4, text="+4.0", colour="#0B6E54"),
        BarRow(
            name="Actor 1",
            value=-1,
            text="✕ cuts",
            note=", all of it",
            colour="#FFFFFF",
            pattern="x",
            pattern_colour="#B4231B",
        ),
    )
    (chart,) = charts(first_slide(BarChart(rows=rows, title="days lost"), dossier))
    (first,) = chart.plots[0].series
    assert first.name == "days lost"
    assert chart.value_axis.minimum_scale < -1
    words = ["".join(label.itertext("{*}t")) for label in chart._chartSpace.iter("{*}dLbl")]
    assert words == ["+4.0", "✕ cuts, all of it"]
    assert first._element.find("{*}dPt[2]//{*}pattFill").get("prst") == "openDmnd"


def test_ranges_are_lines_and_words_stand_at_their_ends(dossier: Dossier) -> None:
    rows = (
        BarRow(name="Actor 0", value=1, text="one day (0–3)", colour="#0B6E54", span=(0.5, 3)),
        BarRow(name="Actor 1", value=4, text="closes it", colour="#B4231B"),
    )
    (chart,) = charts(first_slide(BarChart(rows=rows, title="days lost"), dossier))
    first, upper = chart.plots[0].series
    assert list(first.values) == [1, 4]
    assert list(upper.values) == [3, 4]
    ends = {
        side: [float(value.text) for value in first._element.findall(f".//{{*}}{side}//{{*}}v")]
        for side in ("plus", "minus")
    }
    assert ends == {"plus": [2, 0], "minus": [0.5, 0]}
    words = ["".join(label.itertext("{*}t")) for label in upper._element.iter("{*}dLbl")]
    assert words == ["one day (0–3)", "closes it"]
    assert not list(first._element.iter("{*}dLbl"))
    assert upper._element.find("{*}spPr/{*}noFill") is not None
    assert not chart.has_legend


def test_bars_without_a_row_and_bars_of_unknown_make_become_their_table(dossier: Dossier) -> None:
    for shown in (BarChart(rows=()), go.Figure(go.Bar(x=["a"], y=[1]))):
        slide = first_slide(shown, dossier)
        assert not charts(slide)
        assert [shape.has_table for shape in slide.shapes].count(True) == 1


def test_days_that_are_not_looked_at_have_no_marks_words_or_rules(dossier: Dossier) -> None:
    slide = first_slide(aim(day_figure(), "2025-03-15_2025-05-01"), dossier)
    early, recent = charts(slide)
    axis = recent.category_axis
    ends = [to_number("2025-03-15"), to_number("2025-05-01")]
    assert [axis.minimum_scale, axis.maximum_scale] == ends
    assert points(early) == {(1.0, 1.0), (2.0, 1.0)}
    # The bar goes on to its ends, which the chart cuts off.
    bar = {("2025-01-01", 1.0), ("2025-02-01", 1.0), ("2025-03-01", 2.0), ("2025-04-01", 2.0)}
    seen = {(to_number(day), y) for day, y in (*bar, ("2025-04-10T12:00:00", 1.0))}
    assert points(recent) == seen
    assert [name for name in names(recent) if name in ("words", "rule", "grid")] == ["rule"]
    assert not [shape for shape in slide.shapes if shape.name.endswith("ground")]
    _, later = charts(first_slide(aim(day_figure(), "2025-05-01_2025-07-15"), dossier))
    assert sorted(name for name in names(later) if name in ("words", "rule", "grid")) == [
        "grid",
        "words",
    ]


def test_a_ground_is_cut_off_where_the_days_end(dossier: Dossier) -> None:
    slide = first_slide(aim(day_figure(), "2025-05-01_2025-07-15"), dossier)
    shapes = list(slide.shapes)
    ground = next(shape for shape in shapes if shape.name.endswith("ground"))
    chart = [shape for shape in shapes if shape.has_chart][1]
    assert ground.left + ground.width <= chart.left + chart.width


def test_points_of_a_scatter_are_those_of_the_figure(dossier: Dossier) -> None:
    early, recent = charts(first_slide(day_figure(), dossier))
    assert points(early) == {(1.0, 1.0), (2.0, 1.0)}
    figure = day_figure().to_plotly_json()
    wanted = {
        (to_number(x), y)
        for trace in figure["data"][1:]
        for x, y in zip(trace["x"], trace["y"], strict=True)
        if y is not None
    }
    assert points(recent) == wanted


def test_days_are_days_of_the_spreadsheet() -> None:
    assert to_number("2025-04-10") == APRIL_10
    assert to_number("2025-04-10T12:00:00") == APRIL_10 + 0.5
    assert to_number(pd.Timestamp("2025-04-10")) == APRIL_10
    assert to_number(None) is None
    assert to_number(float("nan")) is None


def test_packed_arrays_are_read() -> None:
    figure = go.Figure(go.Scatter(x=pd.Series([1.5, 2.5]).to_numpy(), y=[1, 2]))
    assert [mark.x for mark in read_marks(figure.data[0])] == [1.5, 2.5]


def test_a_gap_breaks_the_line_and_is_no_number(dossier: Dossier) -> None:
    _, recent = charts(first_slide(day_figure(), dossier))
    line = next(series for series in recent.plots[0].series if series.name == "line")
    assert list(line.values)[2] is None


def test_the_first_series_in_the_file_is_as_long_as_any(dossier: Dossier) -> None:
    """LibreOffice loses points of every series before the longest."""
    for chart in charts(first_slide(day_figure(), dossier)):
        lengths = [int(e.get("val")) for e in chart._chartSpace.iterfind(".//{*}yVal//{*}ptCount")]
        assert lengths[0] == max(lengths)


def test_axes_take_range_direction_and_side(dossier: Dossier) -> None:
    _, recent = charts(first_slide(day_figure(), dossier))
    across, upright = recent._chartSpace.valAx_lst
    assert float(across.find(".//{*}min").get("val")) == to_number("2025-01-01")
    assert upright.find(".//{*}orientation").get("val") == "maxMin"
    assert across.find("{*}numFmt").get("formatCode") == "mmm\\ yyyy"
    assert across.find("{*}axPos").get("val") == "t"


def test_annotations_become_labels_and_ticks_with_words_too(dossier: Dossier) -> None:
    early, recent = charts(first_slide(day_figure(), dossier))
    words = [
        ["".join(e.itertext("{*}t")) for e in c._chartSpace.iter("{*}dLbl")]
        for c in (early, recent)
    ]
    assert words[0] == ["Defence"]
    assert words[1] == ["Jan2025", "Jul", "Pact"]


def test_a_tinted_span_is_a_shape_behind_the_chart(dossier: Dossier) -> None:
    slide = first_slide(day_figure(), dossier)
    shapes = list(slide.shapes)
    ground = next(shape for shape in shapes if shape.name.endswith("ground"))
    frames = [place for place, shape in enumerate(shapes) if shape.has_chart]
    assert shapes.index(ground) < frames[1]
    assert ground.left + ground.width <= shapes[frames[1]].left + shapes[frames[1]].width


def test_a_band_is_filled_and_its_edge_is_a_series(dossier: Dossier) -> None:
    figure = go.Figure(
        go.Scatter(
            x=[0, 1, 1, 0],
            y=[0, 1, 2, 0],
            fill="toself",
            fillcolor="#F0DDD8",
            line={"width": 0},
            mode="lines",
            name="range",
        )
    )
    slide = first_slide(figure, dossier)
    assert [s for s in slide.shapes if s.name.endswith("ground")]
    (chart,) = charts(slide)
    assert points(chart) == {(0, 0), (1, 1), (1, 2)}
    edge = next(series for series in chart.plots[0].series if series.name == "range")
    assert edge._element.find("{*}spPr//{*}srgbClr").get("val") == "F0DDD8"


def test_a_square_step_is_kept_square() -> None:
    figure = go.Figure(go.Scatter(x=[0, 1], y=[0, 0.9]))
    figure.update_xaxes(range=[0, 1])
    figure.update_yaxes(range=[0, 0.9], scaleanchor="x")
    (plot,), _ = read_plots(figure, Box(0, 0, 600, 300))
    assert plot.inner.height / plot.inner.width == pytest.approx(0.9)
    assert plot.inner.lies_in(Box(0, 0, 600, 300))


def test_a_scale_of_powers_stays_one(dossier: Dossier) -> None:
    figure = go.Figure(go.Scatter(x=[0.5, 2], y=[0, 1], mode="markers"))
    figure.update_xaxes(type="log", range=[-0.4, 0.6])
    (chart,) = charts(first_slide(figure, dossier))
    across = chart._chartSpace.valAx_lst[0]
    assert across.find(".//{*}logBase").get("val") == "10"
    assert float(across.find(".//{*}max").get("val")) == pytest.approx(10**0.6)


def test_many_named_rows_are_cut_and_counted(dossier: Dossier) -> None:
    count = 40
    figure = go.Figure(go.Scatter(x=list(range(count)), y=list(range(count)), mode="markers"))
    figure.update_yaxes(
        tickvals=list(range(count)),
        ticktext=[f"row {n}" for n in range(count)],
        range=[count - 0.4, -0.6],
    )
    slide = first_slide(figure, dossier)
    assert points(charts(slide)[0]) == {(float(n), float(n)) for n in range(18)}
    assert "22 more rows in the app" in " ".join(h.text_frame.text for h in slide.placeholders)


def test_a_grid_is_a_table_of_symbols(dossier: Dossier) -> None:
    slide = first_slide(symbol_grid(), dossier)
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows == [
        ["", "Actor 0", "Actor 1", "Actor 2"],
        ["Actor 0", "–", "●✖", ""],
        ["Actor 1", "●", "–", ""],
        ["Actor 2", "", "", "–"],
    ]


def test_a_long_table_shows_ten_rows_at_most_and_counts_the_rest(dossier: Dossier) -> None:
    slide = first_slide(None, dossier)
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    assert len(table.rows) == 11
    assert [cell.text for cell in table.rows[2].cells] == ["way 1", "0.33"]
    assert "20 more rows in the app" in " ".join(h.text_frame.text for h in slide.placeholders)


@pytest.mark.parametrize("evil", ["=1+1", "@sum(a1)", "-2", "https://a.b", "{=1}"])
def test_no_name_is_a_formula_or_a_link_in_the_sheet_behind(evil: str, dossier: Dossier) -> None:
    rows = tuple(BarRow(name=name, value=1, text="1", colour="#000000") for name in (evil, "b"))
    (chart,) = charts(first_slide(BarChart(rows=rows, title=evil), dossier))
    archive = zipfile.ZipFile(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert f"{SPARE}{evil}" in archive.read("xl/sharedStrings.xml").decode()
    assert next(iter(chart.plots[0].categories)).strip(SPARE) == evil


def test_words_that_would_lie_upon_others_are_left_out(dossier: Dossier) -> None:
    figure = go.Figure(
        go.Scatter(
            x=[1.0, 1.01, 5.0],
            y=[1.0, 1.0, 1.0],
            mode="text",
            text=["first of all", "second", "third"],
            textposition="middle right",
        )
    )
    figure.update_xaxes(range=[0, 10])
    figure.update_yaxes(range=[0, 2])
    (chart,) = charts(first_slide(figure, dossier))
    words = ["".join(label.itertext("{*}t")) for label in chart._chartSpace.iter("{*}dLbl")]
    assert words == ["first of all", "third"]


def test_names_for_a_phone_are_not_on_a_slide(dossier: Dossier) -> None:
    figure = go.Figure(go.Scatter(x=[1], y=[1], mode="text", text=["wide"]))
    figure.add_trace(go.Scatter(x=[1], y=[1], mode="text", text=["narrow"], meta=phone_only()))
    (chart,) = charts(first_slide(figure, dossier))
    assert "narrow" not in "".join(chart._chartSpace.itertext("{*}t"))


def test_an_arrow_is_the_head_of_its_line(dossier: Dossier) -> None:
    figure = go.Figure(
        go.Scatter(
            x=[1, 2],
            y=[1, 1],
            mode="lines+markers",
            marker={"symbol": ["circle", "arrow"], "size": [0, 11]},
        )
    )
    (chart,) = charts(first_slide(figure, dossier))
    assert len(list(chart._chartSpace.iter("{*}tailEnd"))) == 1
    assert not [m for m in chart._chartSpace.iter("{*}marker") if m.find("{*}size") is not None]


def test_a_hollow_mark_is_a_ring_with_a_face(dossier: Dossier) -> None:
    """LibreOffice draws markers without outlines and the first in the file on top."""
    _, recent = charts(first_slide(day_figure(), dossier))
    elements = list(recent._chartSpace.iter("{*}ser"))  # in the order of the file
    names = [element.find("{*}tx//{*}v").text for element in elements]
    ring, face = names.index("event square ring"), names.index("event square")
    assert face < ring
    orders = [int(element.find("{*}order").get("val")) for element in elements]
    assert orders[face] > orders[ring]


def test_a_short_table_has_larger_type_and_whole_cells(dossier: Dossier) -> None:
    long = "A verdict that takes a sentence or two, and so more than a cell of a long table holds. "
    table = pd.DataFrame({"Why": [long * 2]})
    slide = first_slide(None, dossier, table=table)
    cell = next(shape.table for shape in slide.shapes if shape.has_table).cell(1, 0)
    assert cell.text == (long * 2)
    assert cell.text_frame.paragraphs[0].runs[0].font.size.pt == 15


def test_a_legend_within_a_figure_is_not_repeated(dossier: Dossier) -> None:
    figure = go.Figure(go.Scatter(x=[1], y=[1], mode="markers"))
    where = {"xref": "paper", "yref": "paper", "x": 1, "y": 0}
    figure.add_annotation(text="1 North<br>2 South", name=IN_FIGURE, **where)
    figure.add_annotation(text="late", **where)
    slide = first_slide(figure, dossier)
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert "late" in texts
    assert "1 North" not in " ".join(texts)


def test_a_tick_says_what_its_text_says(dossier: Dossier) -> None:
    """What looks like markup once it is read stays text."""
    figure = go.Figure(go.Scatter(x=[1], y=[1], mode="markers"))
    figure.update_yaxes(tickvals=[1], ticktext=["&lt;b&gt;Port&lt;/b&gt;"], range=[0, 2])
    (chart,) = charts(first_slide(figure, dossier))
    assert "<b>Port</b>" in "".join(chart._chartSpace.itertext("{*}t"))
