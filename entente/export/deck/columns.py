"""Bars that share categories as native charts, and what all bar charts have in common."""

from collections.abc import Mapping, Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from entente.export.deck.axes import CHART_SPACES, Axis, number_format, set_axis
from entente.export.deck.box import Box
from entente.export.deck.chart import add_chart, set_paint
from entente.export.deck.drawingml import at, fill_xml, line_xml, pattern_xml, under
from entente.export.deck.plot import list_of, number_of
from entente.export.deck.text import cell_text, text_of
from entente.style.palette import LIGHT, Palette

NAME_PT = 11.5
NAMELESS = "–"
Trace = Mapping[str, Any]


def draw_columns(
    slide: Any, figure: Mapping[str, Any], bars: Sequence[Trace], box: Box, **options: Any
) -> None:
    """Bars that share categories: a series a trace, stacked or side by side."""
    palette: Palette = options["palette"]
    is_flat = bars[0].get("orientation") == "h"
    is_stack = figure["layout"].get("barmode") in ("stack", "relative", "overlay")
    along, across = ("y", "x") if is_flat else ("x", "y")
    categories = list(dict.fromkeys(str(c) for bar in bars for c in list_of(bar[along])))
    data = CategoryChartData(number_format="General")
    data.categories = [cell_text(_tick(figure, along, category)) for category in categories]
    for bar in bars:
        pairs = zip((str(c) for c in list_of(bar[along])), list_of(bar[across]), strict=True)
        values = {category: number_of(value) for category, value in pairs}
        data.add_series(
            cell_text(text_of(bar.get("name") or "series")), [values.get(c) for c in categories]
        )
    kinds = {
        (True, True): XL_CHART_TYPE.BAR_STACKED,
        (True, False): XL_CHART_TYPE.BAR_CLUSTERED,
        (False, True): XL_CHART_TYPE.COLUMN_STACKED,
        (False, False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    }
    chart = add_chart(slide, kinds[is_flat, is_stack], data, box, **options)
    for bar, series in zip(bars, chart._chartSpace.chart.plotArea.sers, strict=True):
        set_paint(series, paint_of(bar, 0))
    if len(bars) > 1:
        set_legend(chart, palette)
    _set_columns(chart, figure, palette, across)


def paint_of(trace: Trace, place: int) -> str:
    """Fill and outline of one bar of a trace, patterns included."""
    marker = trace.get("marker") or {}
    colour = at(marker.get("color"), place, LIGHT.muted)
    shape = at(under(marker, "pattern", "shape"), place)
    outline = at(under(marker, "line", "color"), place)
    line = line_xml(outline, 0.75) if under(marker, "line", "width", default=1) else line_xml(None)
    if shape:
        ink = at(under(marker, "pattern", "fgcolor"), place, LIGHT.ink)
        return pattern_xml(shape, ink, colour) + line
    return fill_xml(colour, opacity=float(at(marker.get("opacity"), place, 1))) + line


def set_names(names: Any, palette: Palette) -> None:
    """Names of categories in ink, every one of them, without ticks."""
    names.tick_labels.font.size = Pt(NAME_PT)
    names.tick_labels.font.color.rgb = _rgb(palette.ink)
    names.has_major_gridlines = False
    names.major_tick_mark = names.minor_tick_mark = XL_TICK_MARK.NONE
    names.format.line.color.rgb = _rgb(palette.muted)
    element = names._element
    element.find(qn("c:noMultiLvlLbl")).addprevious(
        parse_xml(f'<c:tickLblSkip {CHART_SPACES} val="1"/>')
    )


def set_legend(chart: Any, palette: Palette) -> None:
    """A key over the bars."""
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(NAME_PT - 0.5)
    chart.legend.font.color.rgb = _rgb(palette.ink)


def _tick(figure: Mapping[str, Any], along: str, category: str) -> str:
    axis = figure["layout"].get(f"{along}axis") or {}
    pairs = zip(list_of(axis.get("tickvals")), list_of(axis.get("ticktext")), strict=False)
    ticks = {str(value): text_of(text) for value, text in pairs}
    return ticks.get(category, category[:10]) or NAMELESS


def _set_columns(chart: Any, figure: Mapping[str, Any], palette: Palette, across: str) -> None:
    settings = figure["layout"].get(f"{across}axis") or {}
    plot = chart.plots[0]
    plot.gap_width = 40
    set_names(chart.category_axis, palette)
    axis = Axis(
        low=0.0,
        has_grid=True,
        title=str(under(settings, "title", "text", default="")),
        number_format=number_format(settings.get("tickformat")),
    )
    set_axis(chart._chartSpace.valAx_lst[0], axis, palette=palette, is_upright=across == "y")
    chart._chartSpace.valAx_lst[0].find(qn("c:crossBetween")).set("val", "between")


def _rgb(colour: str) -> Any:
    return RGBColor.from_string(colour[1:])
