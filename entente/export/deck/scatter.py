"""Scatter figures as native XY charts: a series for each look, words as data labels.

Rules and tinted grounds that a figure has beside its traces, and words at places of its frame, are
drawn as series or as shapes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn

from entente.content import IN_FIGURE
from entente.export.deck.charts import (
    Label,
    add_chart,
    set_axis,
    set_labels,
    set_paint,
    set_plot_area,
)
from entente.export.deck.figures import (
    LINE_PT,
    PT,
    Mark,
    Plot,
    read_plots,
    read_stroke,
    to_number,
    to_type_size,
)
from entente.export.deck.shapes import (
    NO_LINE,
    Point,
    fill_xml,
    find_symbol,
    freeform_xml,
    is_open,
    line_xml,
    place_shape,
    preset_xml,
    text_body_xml,
    text_box_xml,
)
from entente.export.deck.text import (
    Run,
    clean_cell_text,
    join_runs,
    measure_lines,
    read_markup,
    strip_markup,
)
from entente.style.palette import LIGHT
from entente.style.text import Box, touch_any
from entente.style.theme import is_phone_only

DAY_FORMAT = "yyyy\\-mm\\-dd"
MARK_PT = 7.0  # ground that a mark takes, for words beside it
LABEL_GAP, LABEL_EM = 5.0, 0.5  # between a point and its words, in points; width of a character
SIDES = {"right": "r", "left": "l", "top": "t", "bottom": "b"}
NO_MARKER = '<c:symbol val="none"/>'
# Side of a point, by Plotly's anchor of the text.
SIDES_BY_ANCHOR = {"left": "r", "right": "l", "center": "ctr", "auto": "ctr"}
TALL_SHARE = 0.88  # text of three lines and more is set smaller
INSIDE = 0.001  # a label on the very edge may be taken to lie outside, and be dropped


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
        for ground in _draw_grounds(figure.layout, plot, name=f"{part} ground"):
            place_shape(slide, ground)
        _draw_chart(slide, plot, figure.layout, name=part, descr=descr)
        for text in _draw_texts(figure.layout, plot):
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
    for (x0, y0), (x1, y1), line in _list_rules(layout, plot):
        found.append(Series(name="rule", x=[x0, x1], y=[y0, y1], line=line))
    for trace, marks in plot.traces:
        if is_drawn(trace):
            mode = trace.mode or "lines"
            found += _list_line_series(trace, marks) if "lines" in mode else []
            found += _list_mark_series(trace, marks, plot) if mode != "lines" else []
    if words := _list_labels(layout, plot):
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
    wide, high = measure_lines(label.lines, label.size, em=LABEL_EM)
    x, y = point
    left = {"r": x + LABEL_GAP, "l": x - LABEL_GAP - wide}.get(label.side, x - wide / 2)
    top = {"t": y - LABEL_GAP - high, "b": y + LABEL_GAP}.get(label.side, y - high / 2)
    return Box(left, top, wide, high)


def _list_labels(layout: Any, plot: Plot) -> list[tuple[float, float, Label]]:
    """What stands at values of a chart, as x, y and text: ticks with words, then annotations."""
    found, is_top = [], plot.x.is_on_top
    edge, side = plot.y.value(1 - INSIDE if is_top else INSIDE), "t" if is_top else "b"
    for spot, text in plot.x.ticks if plot.x.is_shown else ():
        found.append((spot, edge, _label_tick(text, side, LIGHT.muted)))
    for spot, text in plot.y.ticks if plot.y.is_shown else ():
        found.append((plot.x.value(INSIDE), spot, _label_tick(text, "l", LIGHT.ink)))
    for words, is_at_value in _list_annotations(layout, plot):
        if is_at_value:
            found.append(_place_label(words, plot))
    return found


def _list_rules(layout: Any, plot: Plot) -> list[tuple[Point, Point, str]]:
    """Lines across a chart: both ends as x and y, and the line as DrawingML."""
    rules = []
    for shape, (x0, x1), (y0, y1) in _list_shapes(layout, plot):
        if shape.type == "line":
            start, end = ((plot.x.value(x), plot.y.value(y)) for x, y in ((x0, y0), (x1, y1)))
            rules.append((start, end, _rule_xml(shape)))
    return rules


def _draw_grounds(layout: Any, plot: Plot, *, name: str) -> list[str]:
    """Shapes behind a chart: bands that traces enclose, and tinted rectangles."""
    grounds = [
        freeform_xml(
            name,
            [[plot.spot(mark.x, mark.y) for mark in marks if not mark.is_gap]],
            fill=fill_xml(trace.fillcolor or LIGHT.rule),
            is_closed=True,
        )
        for trace, marks in plot.traces
        if trace.fill == "toself"
    ]
    inner = plot.inner
    for shape, across, up in _list_shapes(layout, plot):
        if shape.type == "line" or abs(across[1] - across[0]) < 1e-9:
            continue
        left, right = sorted(inner.left + share * inner.width for share in across)
        top, bottom = sorted(inner.bottom - share * inner.height for share in up)
        fill = fill_xml(shape.fillcolor, opacity=shape.opacity or 1)
        box = Box(left, top, right - left, bottom - top)
        line = _rule_xml(shape) if shape.line.width != 0 else NO_LINE
        grounds.append(preset_xml(name, "rect", box, fill=fill, line=line))
    return grounds


def _draw_texts(layout: Any, plot: Plot) -> list[str]:
    """Text boxes upon a chart, for words at places of the frame and not at values."""
    found = _list_annotations(layout, plot)
    return [_text_box(words, plot) for words, is_at_value in found if not is_at_value]


def _list_annotations(layout: Any, plot: Plot) -> Iterator[tuple[Any, bool]]:
    """The annotations of a chart, and whether each stands at a value.

    What refers to the whole figure across belongs to its first chart.
    """
    for words in layout.annotations:
        is_on_paper = words.xref == "paper"
        is_own = plot.is_first if is_on_paper else _is_across(words, plot)
        if is_own and strip_markup(words.text).strip() and words.name != IN_FIGURE:
            is_free = (is_on_paper and (words.x or 0) > 0) or words.yref == "paper"
            if words.xref != plot.name or plot.shows(to_number(words.x) or 0.0):
                yield words, not is_free


def _list_shapes(layout: Any, plot: Plot) -> Iterator[tuple[Any, list[float], list[float]]]:
    """The shapes of a chart, with both ends of each across and upwards as shares of the chart.

    What lies beside it is left out, and what reaches beyond its sides is cut off there.
    """
    for shape in layout.shapes:
        if shape.xref == "paper" or _is_across(shape, plot):
            across = _find_ends(shape, "x", plot)
            if min(across) <= 1 and max(across) >= 0:
                cut = [min(max(end, 0.0), 1.0) for end in across]
                yield shape, cut, _find_ends(shape, "y", plot)


def _is_across(item: Any, plot: Plot) -> bool:
    """Whether a shape or annotation refers to a chart's own axis across."""
    return (item.xref or "x") in (plot.name, f"{plot.name} domain")


def _find_ends(shape: Any, axis: str, plot: Plot) -> list[float]:
    """Where a shape begins and ends along an axis, as shares of the chart."""
    scale, reference = plot.x if axis == "x" else plot.y, shape[f"{axis}ref"] or axis
    ends = [to_number(shape[f"{axis}{end}"]) or 0.0 for end in (0, 1)]
    if reference == "paper" and axis == "x":
        spots = [plot.whole.left + end * plot.whole.width for end in ends]
        return [min(max((x - plot.inner.left) / plot.inner.width, 0.0), 1.0) for x in spots]
    if reference == "paper" or reference.endswith("domain"):
        return ends
    return [scale.share(end) for end in ends]


def _rule_xml(shape: Any) -> str:
    line = shape.line
    return line_xml(line.color, PT * (line.width or 1), dash=line.dash or "solid")


def _label_tick(text: str, side: str, colour: str) -> Label:
    lines = tuple((Run(text=line),) for line in text.split("\n"))
    return Label(lines=lines, side=side, size=to_type_size(12), colour=colour)


def _read_words(words: Any, side: str) -> Label:
    lines = read_markup(words.text)
    return Label(
        lines=lines,
        side=side,
        size=to_type_size(words.font.size) * (TALL_SHARE if len(lines) > 2 else 1),
        colour=words.font.color or LIGHT.ink,
        fill=words.bgcolor,
        border=words.bordercolor,
    )


def _place_label(words: Any, plot: Plot) -> tuple[float, float, Label]:
    """Words at a value, moved by as many pixels as the figure moves them."""
    across = plot.x.share(to_number(words.x) or 0.0) if words.xref != "paper" else 0.0
    up = plot.y.share(to_number(words.y) or 0.0)
    side = SIDES_BY_ANCHOR[words.xanchor or "auto"]
    if side == "ctr":
        side = {"top": "b", "bottom": "t"}.get(words.yanchor, side)
    shift = words.xshift or 0
    # A chart keeps a label clear of its point by itself; one that starts at the edge stays there.
    shift += {"r": 2, "l": -2}.get(side, 0) if shift else {"r": -4, "l": 4}.get(side, 0)
    across += PT * shift / plot.inner.width
    up += PT * (words.yshift or 0) / plot.inner.height
    return plot.x.value(max(across, INSIDE)), plot.y.value(up), _read_words(words, side)


def _text_box(words: Any, plot: Plot) -> str:
    label, whole = _read_words(words, "r"), plot.whole
    wide, high = measure_lines(label.lines, label.size, em=0.53)
    wide += 4
    x = whole.left + (words.x or 0) * whole.width + PT * (words.xshift or 0)
    up = words.y or 0 if words.yref == "paper" else plot.y.share(to_number(words.y) or 0.0)
    y = whole.top + (1 - up) * whole.height - PT * (words.yshift or 0)
    y = min(max(y, plot.outer.top), plot.outer.bottom)
    aligns = {"left": ("l", x), "right": ("r", x - wide)}
    align, left = aligns.get(words.xanchor, ("ctr", x - wide / 2))
    anchors = {"top": ("t", y), "bottom": ("b", y - high)}
    anchor, top = anchors.get(words.yanchor, ("ctr", y - high / 2))
    body = text_body_xml(
        label.lines, size=label.size, colour=label.colour, align=align, anchor=anchor
    )
    return text_box_xml(
        join_runs(label.lines[0]), Box(left, top, wide, high), body, fill=fill_xml(label.fill)
    )
