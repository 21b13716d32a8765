"""Scatter figures as native XY charts: a series for each look, words as data labels."""

from dataclasses import dataclass, field, replace
from typing import Any

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn

from entente.export.deck.annotations import draw_grounds, draw_texts, list_labels, list_rules
from entente.export.deck.charts import (
    Label,
    add_chart,
    set_axis,
    set_labels,
    set_paint,
    set_plot_area,
)
from entente.export.deck.figures import LINE_PT, Mark, Plot, read_plots, read_stroke, to_type_size
from entente.export.deck.shapes import (
    NO_LINE,
    Point,
    fill_xml,
    find_symbol,
    is_open,
    line_xml,
    place_shape,
)
from entente.export.deck.text import (
    LEADING,
    clean_cell_text,
    estimate_width,
    join_runs,
    read_markup,
)
from entente.style.palette import LIGHT
from entente.style.text import Box, touch_any
from entente.style.theme import is_phone_only

DAY_FORMAT = "yyyy\\-mm\\-dd"
MARK_PT = 7.0  # ground that a mark takes, for words beside it
LABEL_GAP, LABEL_EM = 5.0, 0.5  # between a point and its words, in points; width of a character
SIDES = {"right": "r", "left": "l", "top": "t", "bottom": "b"}
NO_MARKER = '<c:symbol val="none"/>'


@dataclass(frozen=True, kw_only=True)
class Series:
    """One series of a chart; its line and its markers are DrawingML."""

    name: str  # in the sheet behind the chart
    x: list[Any] = field(default_factory=list)
    y: list[Any] = field(default_factory=list)  # None breaks the line
    line: str = NO_LINE
    marker: str = NO_MARKER
    labels: dict[int, Label] = field(default_factory=dict)  # by place in the series
    keeps_labels: bool = False  # even where one lies upon another


def draw_scatter(slide: Any, figure: Any, box: Box, *, name: str, descr: str) -> int:
    """Draw a scatter figure in a box: grounds as shapes, then charts, then free words.

    Returns:
        How many named rows are left out.
    """
    plots, left_out = read_plots(figure, box)
    for number, plot in enumerate(plots):
        part = f"{name} {number + 1}" if number else name
        for ground in draw_grounds(figure.layout, plot, name=f"{part} ground"):
            place_shape(slide, ground)
        _draw_chart(slide, plot, figure.layout, name=part, descr=descr)
        for text in draw_texts(figure.layout, plot):
            place_shape(slide, text)
    return left_out


def is_drawn(trace: Any) -> bool:
    """Whether a slide shows a trace: one that is hidden, or for phones alone, it does not."""
    return trace.visible is not False and not is_phone_only(trace.meta)


def _draw_chart(slide: Any, plot: Plot, layout: Any, *, name: str, descr: str) -> None:
    """Draw one chart of a figure.

    PowerPoint draws series by their order, the highest on top; LibreOffice as the file has them,
    the first on top, and it loses points of every series before the longest one. So the file has
    the topmost first, filled up with empty cells.
    """
    lowest_first = _list_series(plot, layout)
    if not lowest_first:
        return
    _drop_labels_without_room(lowest_first, plot)
    longest = max(len(series.x) for series in lowest_first)
    *rest, top = lowest_first
    empty = [None] * (longest - len(top.x))
    in_file = [replace(top, x=[*top.x, *empty], y=[*top.y, *empty]), *reversed(rest)]
    data = XyChartData(number_format=DAY_FORMAT if plot.x.is_date else "General")
    for series in in_file:
        rows = data.add_series(clean_cell_text(series.name), number_format="General")
        for x, y in zip(series.x, series.y, strict=True):
            rows.add_data_point(x, y)
    kind = XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS
    chart = add_chart(slide, kind, data, plot.outer, name=name, descr=descr)
    elements = chart._chartSpace.chart.plotArea.sers
    for number, (series, element) in enumerate(zip(in_file, elements, strict=True), start=1):
        set_paint(element, series.line, series.marker)
        set_labels(element, series.labels)
        element.find(qn("c:order")).set("val", str(len(in_file) - number))
    is_crossed_at_end = plot.y.is_reversed != plot.x.is_on_top
    set_axis(chart.category_axis, plot.x, crosses_at_end=is_crossed_at_end)
    set_axis(chart.value_axis, plot.y, is_upright=True)
    set_plot_area(chart, plot.outer, plot.inner)


def _list_series(plot: Plot, layout: Any) -> list[Series]:
    """All series of a chart, the lowest first; the words of annotations come last."""
    found = []
    if plot.x.ticks and plot.x.has_grid:  # other grids are the chart's own
        xs = [x for spot, _ in plot.x.ticks for x in (spot, spot, spot)]
        ys = [plot.y.start, plot.y.end, None] * len(plot.x.ticks)
        found.append(Series(name="grid", x=xs[:-1], y=ys[:-1], line=line_xml(LIGHT.rule, 0.5)))
    for (x0, y0), (x1, y1), line in list_rules(layout, plot):
        found.append(Series(name="rule", x=[x0, x1], y=[y0, y1], line=line))
    for trace, marks in plot.traces:
        if is_drawn(trace):
            mode = trace.mode or "lines"
            found += _list_line_series(trace, marks) if "lines" in mode else []
            found += _list_mark_series(trace, marks, plot) if mode != "lines" else []
    if words := list_labels(layout, plot):
        xs, ys, labels = (list(column) for column in zip(*words, strict=True))
        found.append(
            Series(name="words", x=xs, y=ys, labels=dict(enumerate(labels)), keeps_labels=True)
        )
    return found


def _list_line_series(trace: Any, marks: list[Mark]) -> list[Series]:
    """The line of a trace; a gap keeps its place across, so that only the line breaks."""
    colour, width, dash = read_stroke(trace)
    if width == 0:  # the edge of a band: as thin as can be, so that its values are in the chart
        colour, width = trace.fillcolor, 0.7
    xs: list[Any] = []
    ys: list[Any] = []
    for mark in marks:
        if not mark.is_gap:
            xs.append(mark.x)
            ys.append(mark.y)
        elif ys and ys[-1] is not None:
            xs.append(xs[-1])
            ys.append(None)
    if ys and ys[-1] is None:
        xs, ys = xs[:-1], ys[:-1]
    line = line_xml(
        colour,
        LINE_PT * width,
        dash=dash,
        opacity=trace.opacity or 1,
        has_arrow=any(mark.symbol == "arrow" for mark in marks),
    )
    return [Series(name=_name_series(trace, marks, "line"), x=xs, y=ys, line=line)] if xs else []


def _list_mark_series(trace: Any, marks: list[Mark], plot: Plot) -> list[Series]:
    """Markers and texts of a trace within the chart, a series for each look that they have.

    A hollow mark is a full one under a smaller one of paper: LibreOffice draws markers without
    their outlines, and a hollow one would vanish.
    """
    looks: dict[str, Series] = {}

    def add(mark: Mark, name: str, marker: str) -> Series:
        series = looks.setdefault(marker, Series(name=name, marker=marker))
        series.x.append(mark.x)
        series.y.append(mark.y)
        return series

    for mark in marks:
        # An arrow is the head of its line.
        is_seen, label = mark.is_seen and mark.symbol != "arrow", _read_label(mark)
        if mark.is_gap or not (is_seen or label) or not plot.shows(mark.x):
            continue
        name = _name_series(trace, marks, find_symbol(mark.symbol).marker if is_seen else "text")
        marker = NO_MARKER
        if is_seen:
            look = _restyle(mark)
            if look.colour == LIGHT.paper and look.outline:
                face = look._replace(outline=None, width=0.0)
                ring = face._replace(size=look.size + look.width, colour=look.outline)
                add(mark, f"{name} ring", _marker_xml(ring))
                look = face._replace(size=max(look.size - look.width, 2.0))
            marker = _marker_xml(look)
        series = add(mark, name, marker)
        if label is not None:
            series.labels[len(series.x) - 1] = label
    return list(looks.values())


def _restyle(mark: Mark) -> Mark:
    """A mark with the colours that a chart's marker needs to look as the figure's."""
    if is_open(mark.symbol):
        mark = mark._replace(outline=mark.colour, colour=LIGHT.paper, width=max(mark.width, 1.0))
    if find_symbol(mark.symbol).marker in ("x", "plus", "star"):  # drawn by their outline alone
        outline = mark.outline if mark.colour == LIGHT.paper else mark.colour
        mark = mark._replace(outline=outline, width=2.0)
    return mark


def _marker_xml(mark: Mark) -> str:
    paint = fill_xml(mark.colour, opacity=mark.opacity)
    paint += line_xml(mark.outline, mark.width, opacity=mark.opacity)
    symbol, size = find_symbol(mark.symbol).marker, min(max(round(mark.size), 2), 72)
    return f'<c:symbol val="{symbol}"/><c:size val="{size}"/><c:spPr>{paint}</c:spPr>'


def _read_label(mark: Mark) -> Label | None:
    """The text of a point; None where it has none."""
    if not mark.text:
        return None
    up, across = (mark.position or "middle center").split()
    return Label(
        lines=read_markup(mark.text),
        side=SIDES.get(across, SIDES.get(up, "ctr")),
        size=to_type_size(mark.text_size),
        colour=mark.ink,
    )


def _name_series(trace: Any, marks: list[Mark], kind: str) -> str:
    """The name of a trace, or the kind of things that it draws where it has but one."""
    if trace.name:
        return str(trace.name)
    kinds = {mark.custom[0] for mark in marks if mark.custom}
    return f"{kinds.pop()} {kind}" if len(kinds) == 1 else kind


def _drop_labels_without_room(lowest_first: list[Series], plot: Plot) -> None:
    """Remove labels that lie on another, on a mark, or beyond the frame's sides.

    The topmost go first; those that keep their labels, or have them on the point, lose none.
    """
    taken = [
        Box(left - MARK_PT / 2, top - MARK_PT / 2, MARK_PT, MARK_PT)
        for series in lowest_first
        if series.marker != NO_MARKER
        for left, top in map(plot.spot, series.x, series.y)
    ]
    for series in reversed(lowest_first):
        for spot, label in list(series.labels.items()):
            box = _find_box(label, plot.spot(series.x[spot], series.y[spot]))
            is_free = plot.outer.left <= box.left and box.right <= plot.outer.right
            is_free = is_free and not touch_any(box, taken)
            if is_free or series.keeps_labels or label.side == "ctr":
                taken.append(box)
            else:
                del series.labels[spot]


def _find_box(label: Label, point: Point) -> Box:
    """The ground that a label takes beside its point."""
    texts = [join_runs(line) for line in label.lines]
    wide = max((estimate_width(text, label.size, em=LABEL_EM) for text in texts), default=0.0)
    high = label.size * LEADING * max(len(texts), 1)
    x, y = point
    left = {"r": x + LABEL_GAP, "l": x - LABEL_GAP - wide}.get(label.side, x - wide / 2)
    top = {"t": y - LABEL_GAP - high, "b": y + LABEL_GAP}.get(label.side, y - high / 2)
    return Box(left, top, wide, high)
