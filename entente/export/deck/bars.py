"""Bar figures as native bar charts: a category a row, its words as data labels."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from entente.export.deck.axes import CHART_SPACES, Axis, number_format, set_axis
from entente.export.deck.bar_rows import Row, rows_of
from entente.export.deck.box import Box
from entente.export.deck.chart import Label, add_chart, set_labels, set_paint, set_plot
from entente.export.deck.columns import NAME_PT, draw_columns, set_legend, set_names
from entente.export.deck.drawingml import line_xml, pattern_xml, under
from entente.export.deck.text import Run, cell_text, text_of, width_of
from entente.style.palette import Palette

LABEL_PT = 12.0
ROOM_FOR_WORDS = 1.3
WIDEST_NAMES, NAME_EM = 0.42, 0.52
Trace = Mapping[str, Any]


def draw_bars(
    slide: Any,
    figure: Mapping[str, Any],
    box: Box,
    *,
    ids: Iterator[int],
    palette: Palette,
    name: str,
    descr: str,
) -> None:
    """Draw a bar figure in a box: rows with names and words, or stacks and groups by series."""
    options = {"ids": ids, "palette": palette, "name": name, "descr": descr}
    bars = [trace for trace in figure["data"] if trace.get("type") == "bar"]
    if (
        (bars[0].get("orientation") == "h" and figure["layout"].get("barmode") == "overlay")
        or (bars[0].get("orientation") == "h" and len(bars) == 1)
        or (bars[0].get("orientation") == "h" and not figure["layout"].get("barmode"))
    ):
        _draw_rows(slide, figure, rows_of(figure), box, **options)
    else:
        draw_columns(slide, figure, bars, box, **options)


def _draw_rows(
    slide: Any, figure: Mapping[str, Any], rows: Sequence[Row], box: Box, **options: Any
) -> None:
    palette: Palette = options["palette"]
    data = CategoryChartData(number_format="General")
    data.categories = [cell_text(row.name) for row in rows]
    title = text_of(under(figure, "layout", "xaxis", "title", "text", default=""))
    data.add_series(cell_text(title or options["name"]), [row.value for row in rows])
    marked = [row.mark for row in rows]
    if any(mark is not None for mark in marked):
        data.add_series(cell_text(_mark_name(figure)), marked)
    chart = add_chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, box, **options)
    series = chart._chartSpace.chart.plotArea.sers
    set_paint(series[0], rows[0].paint if rows else "")
    _set_points(series[0], [row.paint for row in rows])
    set_labels(series[0], {place: _end_label(row, palette) for place, row in enumerate(rows)})
    if len(series) > 1:
        set_paint(series[1], pattern_xml("/", palette.ink, palette.paper) + line_xml(palette.ink))
        texts = {p: _mark_label(m, palette) for p, m in enumerate(marked) if m is not None}
        set_labels(series[1], texts)
        set_legend(chart, palette)
    _set_rows(chart, figure, rows, palette)
    longest = max(width_of(row.name, NAME_PT, em=NAME_EM) for row in rows) + 10
    left = min(longest, WIDEST_NAMES * box.width)
    head, foot = (26.0 if len(series) > 1 else 4.0), 24.0
    set_plot(
        chart,
        box,
        Box(box.left + left, box.top + head, box.width - left - 4, box.height - head - foot),
    )


def _mark_name(figure: Mapping[str, Any]) -> str:
    return next(
        (str(t["name"]) for t in figure["data"] if t.get("type") == "scatter" and t.get("name")),
        "mark",
    )


def _end_label(row: Row, palette: Palette) -> Label:
    return Label(lines=row.words, side="outEnd", size=LABEL_PT, colour=palette.ink)


def _mark_label(value: float, palette: Palette) -> Label:
    lines = ((Run(text=f"{value:,.1f}"),),)
    return Label(lines=lines, side="outEnd", size=LABEL_PT - 2, colour=palette.muted)


def _set_points(series: Any, paints: Sequence[str]) -> None:
    """A fill of its own for every bar of a series."""
    for old in series.findall(qn("c:dPt")):
        series.remove(old)
    before = next(
        found
        for name in ("c:dLbls", "c:cat", "c:val")
        if (found := series.find(qn(name))) is not None
    )
    for place, paint in enumerate(paints):
        before.addprevious(
            parse_xml(
                f'<c:dPt {CHART_SPACES}><c:idx val="{place}"/><c:invertIfNegative val="0"/>'
                f'<c:bubble3D val="0"/><c:spPr>{paint}</c:spPr></c:dPt>'
            )
        )


def _set_rows(chart: Any, figure: Mapping[str, Any], rows: Sequence[Row], palette: Palette) -> None:
    settings = figure["layout"].get("xaxis") or {}
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 55, -5
    names = chart.category_axis
    names.reverse_order = True
    set_names(names, palette)
    reach = [value for row in rows for value in (row.value, row.mark or 0.0)]
    most, least = max(reach, default=1.0), min([0.0, *reach])
    axis = Axis(
        low=least * 1.1,
        high=(most or 1.0) * ROOM_FOR_WORDS,
        is_shown=settings.get("visible") is not False and bool(under(settings, "title", "text")),
        has_grid=False,
        has_ticks=False,
        title=str(under(settings, "title", "text", default="")),
        number_format=number_format(settings.get("tickformat")),
    )
    set_axis(chart._chartSpace.valAx_lst[0], axis, palette=palette, is_upright=False)
    chart._chartSpace.valAx_lst[0].find(qn("c:crosses")).set("val", "max")
