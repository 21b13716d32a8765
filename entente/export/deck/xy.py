"""Scatter figures as native XY charts: one chart a time or value axis, words as data labels."""

from collections.abc import Iterator, Mapping
from typing import Any

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn

from entente.export.deck.axes import set_axis
from entente.export.deck.box import Box
from entente.export.deck.chart import Label, add_chart, set_labels, set_paint, set_plot
from entente.export.deck.drawingml import colour_xml, fill_xml, line_xml
from entente.export.deck.label_collision import uncrowded
from entente.export.deck.plot import Plot
from entente.export.deck.series import series_of
from entente.export.deck.series_style import Series
from entente.export.deck.shapes import freeform, place, preset, text_box
from entente.export.deck.text import LEADING, cell_text, width_of
from entente.export.deck.type import text_body
from entente.export.deck.viewports import plots_of
from entente.style.palette import Palette

DAY_FORMAT = "yyyy\\-mm\\-dd"


def draw_xy(
    slide: Any,
    figure: Mapping[str, Any],
    box: Box,
    *,
    ids: Iterator[int],
    palette: Palette,
    name: str,
    descr: str,
) -> None:
    """Draw a scatter figure in a box: grounds as shapes, then the chart, then free words."""
    for number, plot in enumerate(plots_of(figure, box)):
        part = f"{name} {number + 1}" if number else name
        for ground in _grounds(plot, ids, part):
            place(slide.shapes._spTree, ground)
        _draw_chart(slide, plot, ids=ids, palette=palette, name=part, descr=descr)
        for words in _free_words(plot, ids):
            place(slide.shapes._spTree, words)


def _draw_chart(
    slide: Any, plot: Plot, *, ids: Iterator[int], palette: Palette, name: str, descr: str
) -> None:
    found = uncrowded([series for series in series_of(plot, palette) if series.x], plot)
    data = XyChartData(number_format=DAY_FORMAT if plot.x.is_date else "General")
    for series in found:
        rows = data.add_series(cell_text(series.name), number_format="General")
        for x, y in zip(series.x, series.y, strict=True):
            rows.add_data_point(x, y)
    chart = add_chart(
        slide,
        XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS,
        data,
        plot.outer,
        ids=ids,
        name=name,
        descr=descr,
        palette=palette,
    )
    for series, element in zip(found, chart._chartSpace.chart.plotArea.sers, strict=True):
        set_paint(element, _line(series), _marker(series))
        set_labels(element, series.labels)
        element.find(qn("c:order")).set("val", str(series.order))
    across, upright = chart._chartSpace.valAx_lst
    set_axis(across, plot.x.axis, palette=palette, is_upright=False)
    set_axis(upright, plot.y.axis, palette=palette, is_upright=True)
    set_plot(chart, plot.outer, plot.inner)


def _line(series: Series) -> str:
    if series.line is None:
        return line_xml(None)
    colour, width, dash, opacity = series.line
    return line_xml(colour, width, dash=dash, opacity=opacity, has_head=series.has_head)


def _marker(series: Series) -> str:
    if series.marker is None:
        return '<c:marker><c:symbol val="none"/></c:marker>'
    symbol, size, fill, outline, width, opacity = series.marker
    paint = fill_xml(fill, opacity=opacity) + line_xml(outline, width, opacity=opacity)
    return (
        f'<c:marker><c:symbol val="{symbol}"/><c:size val="{min(max(round(size), 2), 72)}"/>'
        f"<c:spPr>{paint}</c:spPr></c:marker>"
    )


def _grounds(plot: Plot, ids: Iterator[int], name: str) -> list[str]:
    """Tinted or boxed areas and bands, as shapes behind the chart."""
    found = []
    for area in plot.areas:
        fill = (
            f"<a:solidFill>{colour_xml(area.fill, opacity=area.opacity)}</a:solidFill>"
            if area.fill
            else "<a:noFill/>"
        )
        line = line_xml(area.border, area.width) if area.border else line_xml(None)
        if area.box is not None:
            found.append(preset(ids, f"{name} ground", "rect", area.box, fill=fill, line=line))
        else:
            paths = [area.points]
            found.append(freeform(ids, f"{name} band", paths, fill=fill, line=line, is_closed=True))
    return [shape for shape in found if shape]


def _free_words(plot: Plot, ids: Iterator[int]) -> list[str]:
    """Words that belong to the frame and not to a value, as text boxes."""
    return [_free(words, spot, ids) for words, spot in plot.free]


def _free(label: Label, spot: tuple[float, float, str, str], ids: Iterator[int]) -> str:
    x, y, align, anchor = spot
    texts = ["".join(run.text for run in line) for line in label.lines]
    wide = max((width_of(text, label.size, em=0.53) for text in texts), default=0) + 4
    high = label.size * LEADING * len(texts)
    left = {"l": x, "r": x - wide, "ctr": x - wide / 2}[align]
    top = {"t": y, "b": y - high, "ctr": y - high / 2}[anchor]
    body = text_body(label.lines, size=label.size, colour=label.colour, align=align, anchor=anchor)
    return text_box(
        ids,
        texts[0] if texts else "words",
        Box(left, top, wide, high),
        body,
        fill=fill_xml(label.fill),
    )
