"""Native charts in the house style: what all share, and charts of bars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from entente.content import BarChart, BarRow
from entente.export.deck.figures import Axis
from entente.export.deck.shapes import (
    NO_FILL,
    NO_LINE,
    box_emu,
    describe,
    fill_xml,
    line_xml,
    pattern_xml,
    run_xml,
)
from entente.export.deck.text import (
    Line,
    Run,
    clean_cell_text,
    clean_text,
    estimate_width,
    read_markup,
)
from entente.style.palette import LIGHT
from entente.style.text import Box

SPACES = nsdecls("c", "a")
TICK_PT, GRID_PT = 10.5, 0.5
NAME_PT, NAME_EM, WIDEST_NAMES = 11.5, 0.52, 0.42  # names of bars; the share of the frame they take
LABEL_PT, RANGE_PT = 12.0, 2.0
UPPER_END = "upper end of the range"
ROOM_FOR_WORDS = 1.3  # the axis is so much longer than the longest bar
NAMELESS = "–"


@dataclass(frozen=True, kw_only=True)
class Label:
    """Text at a point of a chart; colours are hex."""

    lines: tuple[Line, ...]
    side: str  # of the point: `r`, `l`, `t`, `b`, `ctr` or `outEnd`
    size: float  # of the type, in points
    colour: str
    fill: str | None = None
    border: str | None = None


def add_chart(
    slide: Any, kind: XL_CHART_TYPE, data: Any, box: Box, *, name: str, descr: str
) -> Chart:
    """Add a chart without title, legend or background, and name and describe it."""
    frame = slide.shapes.add_chart(kind, *box_emu(box), data)
    describe(frame, name, descr)
    chart = frame.chart
    chart.has_title = chart.has_legend = False
    chart.font.size, chart.font.bold = Pt(TICK_PT), False
    chart.font.color.rgb = _rgb(LIGHT.ink)
    ground = parse_xml(f"<c:spPr {SPACES}>{NO_FILL}{NO_LINE}</c:spPr>")
    chart._chartSpace.find(qn("c:chart")).addnext(ground)
    return chart


def set_axis(
    axis: Any, how: Axis, *, is_upright: bool = False, crosses_at_end: bool = False
) -> None:
    """Set one of python-pptx's axes of values; an upright one has its title turned."""
    axis.minimum_scale, axis.maximum_scale = sorted((how.start, how.end))
    axis.reverse_order, axis.visible = how.is_reversed, how.is_shown
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    has_numbers = how.is_shown and how.has_numbers and not how.ticks
    places = XL_TICK_LABEL_POSITION
    axis.tick_label_position = places.NEXT_TO_AXIS if has_numbers else places.NONE
    labels = axis.tick_labels
    labels.number_format, labels.number_format_is_linked = how.number_format, False
    labels.font.size = Pt(TICK_PT)
    labels.font.color.rgb = _rgb(LIGHT.muted)
    axis.has_major_gridlines = how.is_shown and how.has_grid and not how.ticks
    if axis.has_major_gridlines:
        grid = axis.major_gridlines.format.line
        grid.width, grid.color.rgb = Pt(GRID_PT), _rgb(LIGHT.rule)
    if has_numbers:
        axis.format.line.width, axis.format.line.color.rgb = Pt(1), _rgb(LIGHT.muted)
    else:
        axis.format.line.fill.background()
    axis.has_title = how.is_shown and bool(how.title)
    element = axis._element
    if axis.has_title:
        lines = read_markup(how.title)
        rich = _rich_xml(lines, TICK_PT, LIGHT.muted, turn=-90 if is_upright else 0)
        title = parse_xml(f'<c:title {SPACES}>{rich}<c:overlay val="0"/></c:title>')
        element.replace(element.find(qn("c:title")), title)
    if how.is_log:
        element.find(qn("c:scaling")).insert(0, parse_xml(f'<c:logBase {SPACES} val="10"/>'))
    if how.is_on_top:
        element.find(qn("c:axPos")).set("val", "t")
    element.find(qn("c:crosses")).set("val", "max" if crosses_at_end else "min")


def set_plot_area(chart: Chart, outer: Box, inner: Box) -> None:
    """Fix where within its frame `outer` a chart draws its values."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    shares = {
        "x": (inner.left - outer.left) / outer.width,
        "y": (inner.top - outer.top) / outer.height,
        "w": inner.width / outer.width,
        "h": inner.height / outer.height,
    }
    parts = "".join(f'<c:{name} val="{share:.5f}"/>' for name, share in shares.items())
    layout = (
        f'<c:layout {SPACES}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{parts}</c:manualLayout></c:layout>'
    )
    area.insert(0, parse_xml(layout))


def set_labels(series: Any, labels: Mapping[int, Label]) -> None:
    """Give points of a series, by their place in it, texts of their own."""
    if labels:
        each = "".join(_label_xml(place, label) for place, label in sorted(labels.items()))
        _insert(series, f"<c:dLbls {SPACES}>{each}{_shows_xml(has_value=False)}</c:dLbls>")


def set_paint(series: Any, paint: str, marker: str = "") -> None:
    """Fill, line and, for points, marker of a series, as DrawingML."""
    for name in ("c:spPr", "c:marker"):
        for old in series.findall(qn(name)):
            series.remove(old)
    after = series.find(qn("c:tx"))
    if marker:
        after.addnext(parse_xml(f"<c:marker {SPACES}>{marker}</c:marker>"))
    after.addnext(parse_xml(f"<c:spPr {SPACES}>{paint}</c:spPr>"))


def draw_bars(slide: Any, bars: BarChart, box: Box, *, name: str, descr: str) -> None:
    """Draw flat bars in a box: a category a row, the words at their ends as data labels.

    There must be at least one row.
    """
    rows = bars.rows
    data = CategoryChartData(number_format="General")
    data.categories = [clean_cell_text(row.name) or NAMELESS for row in rows]
    data.add_series(clean_cell_text(bars.title or name), [row.value for row in rows])
    has_ranges = any(row.span for row in rows)
    if has_ranges:
        ends = [row.span[1] if row.span else row.value for row in rows]
        data.add_series(UPPER_END, ends)
    chart = add_chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, box, name=name, descr=descr)
    first, *upper = chart._chartSpace.chart.plotArea.sers
    paints = [_paint(row) for row in rows]
    set_paint(first, paints[0])  # seen in the legend alone
    for place, paint in enumerate(paints):
        _insert(
            first,
            f'<c:dPt {SPACES}><c:idx val="{place}"/><c:invertIfNegative val="0"/>'
            f'<c:bubble3D val="0"/><c:spPr>{paint}</c:spPr></c:dPt>',
        )
    labels = {}
    for place, row in enumerate(rows):
        runs = (Run(text=row.text, is_bold=True), *((Run(text=row.note),) if row.note else ()))
        labels[place] = Label(lines=(runs,), side="outEnd", size=LABEL_PT, colour=LIGHT.ink)
    for series in upper:  # not seen: words stand at the end of the range, which it reaches
        set_paint(series, NO_FILL + NO_LINE)
        _insert(first, _ranges_xml(rows))
    set_labels(upper[0] if upper else first, labels)
    chart.plots[0].overlap = 100 if has_ranges else -5
    _set_bar_axes(chart, bars)
    longest = max(estimate_width(clean_text(row.name), NAME_PT, em=NAME_EM) for row in rows) + 10
    left = min(longest, WIDEST_NAMES * box.width)
    inner = Box(box.left + left, box.top + 4, box.width - left - 4, box.height - 28)
    set_plot_area(chart, box, inner)


def _paint(row: BarRow) -> str:
    if row.pattern:
        return pattern_xml(row.pattern, row.pattern_colour or LIGHT.ink, row.colour) + NO_LINE
    return fill_xml(row.colour) + NO_LINE


def _set_bar_axes(chart: Chart, bars: BarChart) -> None:
    plot, names = chart.plots[0], chart.category_axis
    plot.gap_width = 55
    names.reverse_order, names.has_major_gridlines = True, False
    names.major_tick_mark = names.minor_tick_mark = XL_TICK_MARK.NONE
    font = names.tick_labels.font
    font.size, font.color.rgb = Pt(NAME_PT), _rgb(LIGHT.ink)
    names.format.line.color.rgb = _rgb(LIGHT.muted)
    every = parse_xml(f'<c:tickLblSkip {SPACES} val="1"/>')
    names._element.find(qn("c:noMultiLvlLbl")).addprevious(every)
    reach = [
        *(0.0, *(row.value for row in bars.rows)),
        *(end for row in bars.rows for end in row.span or ()),
    ]
    lengths = Axis(
        start=min(reach) * 1.1,
        end=(max(reach) or 1.0) * ROOM_FOR_WORDS,
        is_shown=bool(bars.title),
        has_numbers=False,
        title=bars.title,
    )
    set_axis(chart.value_axis, lengths, crosses_at_end=True)


def _ranges_xml(rows: Sequence[BarRow]) -> str:
    """Lines from end to end of what each bar may be, as error bars."""
    count = len(rows)

    def list_points(lengths: Sequence[float]) -> str:
        points = "".join(
            f'<c:pt idx="{place}"><c:v>{length:.3f}</c:v></c:pt>'
            for place, length in enumerate(lengths)
        )
        return (
            f"<c:numLit><c:formatCode>General</c:formatCode>"
            f'<c:ptCount val="{count}"/>{points}</c:numLit>'
        )

    spans = [(row.span or (row.value, row.value), row.value) for row in rows]
    above = list_points([high - value for (_, high), value in spans])
    below = list_points([value - low for (low, _), value in spans])
    return (
        f'<c:errBars {SPACES}><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="1"/><c:plus>{above}</c:plus><c:minus>{below}</c:minus>'
        f"<c:spPr>{line_xml(LIGHT.ink, RANGE_PT)}</c:spPr></c:errBars>"
    )


def _insert(series: Any, xml: str) -> None:
    """Put an element before the values of a series, where the schema wants points and labels."""
    values = next(series.iterchildren(qn("c:xVal"), qn("c:cat")))
    values.addprevious(parse_xml(xml))


def _label_xml(place: int, label: Label) -> str:
    border = line_xml(label.border, 1) if label.border else NO_LINE
    return (
        f'<c:dLbl><c:idx val="{place}"/>'
        f"{_rich_xml(label.lines, label.size, label.colour)}"
        f"<c:spPr>{fill_xml(label.fill)}{border}</c:spPr>"
        f'<c:dLblPos val="{label.side}"/>{_shows_xml(has_value=True)}</c:dLbl>'
    )


def _shows_xml(*, has_value: bool) -> str:
    """What data labels show: the value, or nothing."""
    names = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
    return "".join(f'<c:show{n} val="{int(n == "Val" and has_value)}"/>' for n in names)


def _rich_xml(lines: Sequence[Line], size: float, colour: str, *, turn: float = 0) -> str:
    """Lines of runs as the text of a label or title of a chart."""
    turned = f' rot="{round(turn * 60000)}"' if turn else ""
    paragraphs = "".join(
        f'<a:p><a:pPr><a:defRPr sz="{round(size * 100)}"/></a:pPr>'
        f"{''.join(run_xml(run, size, colour) for run in line)}</a:p>"
        for line in lines
    )
    return (
        f'<c:tx><c:rich><a:bodyPr{turned} wrap="none" lIns="12700" tIns="0" rIns="12700" bIns="0" '
        f'anchor="ctr"/><a:lstStyle/>{paragraphs or "<a:p/>"}</c:rich></c:tx>'
    )


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour[1:])
