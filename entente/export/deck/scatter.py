"""Scatter figures as native XY charts: a series for each look, words as data labels."""

from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn

from entente.export.deck.annotations import Annotations, FreeText, Ground, read_annotations
from entente.export.deck.charts import (
    Label,
    add_chart,
    set_axis,
    set_labels,
    set_paint,
    set_plot_area,
)
from entente.export.deck.drawingml import (
    NO_FILL,
    NO_LINE,
    Box,
    colour_xml,
    fill_xml,
    find_marker,
    freeform,
    is_open,
    line_xml,
    place,
    preset,
    text_body,
    text_box,
)
from entente.export.deck.label_collision import Spotted, keep_apart
from entente.export.deck.plotly_fields import (
    LINE_PT,
    PT,
    Part,
    entry,
    nested,
    read_points,
    to_list,
    to_type_size,
)
from entente.export.deck.plots import Plot, read_plots
from entente.export.deck.text import LEADING, cell_text, read_markup, text_width
from entente.style.palette import LIGHT
from entente.style.theme import is_phone_only

DAY_FORMAT = "yyyy\\-mm\\-dd"
MARK_PT = 7.0  # ground that a mark takes, for words beside it
SIDES = {"right": "r", "left": "l", "top": "t", "bottom": "b"}


class Line(NamedTuple):
    """How a line looks; the width is in points."""

    colour: Any
    width: float
    dash: Any = "solid"
    opacity: float = 1.0
    has_arrow: bool = False


class Mark(NamedTuple):
    """How a marker looks; sizes are in points, the symbol is a chart's."""

    symbol: str
    size: float
    fill: Any
    outline: Any
    width: float
    opacity: float


@dataclass(frozen=True, kw_only=True)
class Series:
    """One series of a chart.

    Attributes:
        name: What the sheet behind the chart calls it.
        x: Values across; None for an empty cell.
        y: Values upwards; None breaks the line.
        line: Its line; None for none.
        mark: Its markers; None for none.
        labels: Place in the series to the text there.
        keeps_labels: Whether all of them stand, even where one lies upon another.
    """

    name: str
    x: list[float | None] = field(default_factory=list)
    y: list[float | None] = field(default_factory=list)
    line: Line | None = None
    mark: Mark | None = None
    labels: dict[int, Label] = field(default_factory=dict)
    keeps_labels: bool = False


def draw_scatter(slide: Any, figure: Part, box: Box, *, name: str, descr: str) -> None:
    """Draw a scatter figure in a box: grounds as shapes, then charts, then free words."""
    plots, whole = read_plots(figure, box)
    for number, plot in enumerate(plots):
        part = f"{name} {number + 1}" if number else name
        axis = str(plot.traces[0].get("xaxis") or "x")
        words = read_annotations(
            figure["layout"], plot, name=axis, whole=whole, is_first=number == 0
        )
        for ground in words.grounds:
            place(slide, _ground(ground, f"{part} ground"))
        _draw_chart(slide, plot, words, name=part, descr=descr)
        for text in words.texts:
            place(slide, _text_box(text))


def is_drawn(trace: Part) -> bool:
    """Whether a slide shows a trace: one that is hidden, or for phones alone, it does not."""
    return trace.get("visible") is not False and not is_phone_only(trace.get("meta"))


def list_series(plot: Plot, words: Annotations) -> list[Series]:
    """All series of a chart, the lowest first; the words of annotations come last."""
    found = _grid(plot)
    for start, end, line in words.rules:
        ink = Line(line.get("color"), PT * float(line.get("width") or 1), line.get("dash"))
        found.append(Series(name="rule", x=[start[0], end[0]], y=[start[1], end[1]], line=ink))
    for trace in plot.traces:
        if is_drawn(trace):
            mode = str(trace.get("mode") or "lines")
            found += _lines(trace) if "lines" in mode else []
            found += _marks(trace) if mode != "lines" else []
    if words.labels:
        labels = {n: label for n, (_, _, label) in enumerate(words.labels)}
        found.append(
            Series(
                name="words",
                x=[x for x, _, _ in words.labels],
                y=[y for _, y, _ in words.labels],
                labels=labels,
                keeps_labels=True,
            )
        )
    return found


def _draw_chart(slide: Any, plot: Plot, words: Annotations, *, name: str, descr: str) -> None:
    """Draw one chart of a figure.

    PowerPoint draws series by their order, the highest on top; LibreOffice as the file has them,
    the first on top, and it loses points of every series before the longest one. So the file has
    the topmost first, filled up with empty cells.
    """
    lowest_first = _with_room(list_series(plot, words), plot)
    if not lowest_first:
        return
    longest = max(len(series.x) for series in lowest_first)
    *rest, top = lowest_first
    empty: list[float | None] = [None] * (longest - len(top.x))
    in_file = [replace(top, x=[*top.x, *empty], y=[*top.y, *empty]), *reversed(rest)]
    data = XyChartData(number_format=DAY_FORMAT if plot.x.is_date else "General")
    for series in in_file:
        rows = data.add_series(cell_text(series.name), number_format="General")
        for x, y in zip(series.x, series.y, strict=True):
            rows.add_data_point(x, y)
    kind = XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS
    chart = add_chart(slide, kind, data, plot.outer, name=name, descr=descr)
    elements = chart._chartSpace.chart.plotArea.sers
    for number, (series, element) in enumerate(zip(in_file, elements, strict=True), start=1):
        set_paint(element, _line_xml(series.line), _marker_xml(series.mark))
        set_labels(element, series.labels)
        element.find(qn("c:order")).set("val", str(len(in_file) - number))
    set_axis(chart.category_axis, plot.x.axis)
    set_axis(chart.value_axis, plot.y.axis, is_upright=True)
    set_plot_area(chart, plot.outer, plot.inner)


def _with_room(found: list[Series], plot: Plot) -> list[Series]:
    """The series with those labels that have room; those of annotations have it in any case."""
    marks = [
        Box(left - MARK_PT / 2, top - MARK_PT / 2, MARK_PT, MARK_PT)
        for series in found
        if series.mark
        for x, y in zip(series.x, series.y, strict=True)
        if x is not None and y is not None
        for left, top in [plot.spot(x, y)]
    ]
    labels = [
        Spotted(
            key=(number, spot),
            label=label,
            point=plot.spot(series.x[spot] or 0.0, series.y[spot] or 0.0),
            is_needed=series.keeps_labels or label.side == "ctr",
        )
        for number, series in reversed(list(enumerate(found)))
        for spot, label in series.labels.items()
    ]
    kept = keep_apart(labels, taken=marks, frame=plot.outer)
    return [
        replace(series, labels={n: v for n, v in series.labels.items() if (number, n) in kept})
        for number, series in enumerate(found)
    ]


def _grid(plot: Plot) -> list[Series]:
    """Lines at ticks that have words of their own; other grids are the chart's."""
    if not plot.x.ticks or not plot.x.has_grid:
        return []
    xs: list[float | None] = []
    ys: list[float | None] = []
    for spot, _ in plot.x.ticks:
        xs, ys = [*xs, spot, spot, spot], [*ys, plot.y.start, plot.y.end, None]
    return [Series(name="grid", x=xs[:-1], y=ys[:-1], line=Line(LIGHT.rule, 0.5))]


def _lines(trace: Part) -> list[Series]:
    """The line of a trace; a gap keeps its place across, so that only the line breaks."""
    width = float(nested(trace, "line", "width", default=2))
    colour = nested(trace, "line", "color", default=LIGHT.ink)
    if width == 0:  # the edge of a band: as thin as can be, so that its values are in the chart
        colour, width = trace.get("fillcolor"), 0.7
    xs: list[float | None] = []
    ys: list[float | None] = []
    for _, x, y in read_points(trace):
        if x is not None and y is not None:
            xs, ys = [*xs, x], [*ys, y]
        elif ys and ys[-1] is not None:
            xs, ys = [*xs, xs[-1]], [*ys, None]
    if ys and ys[-1] is None:
        xs, ys = xs[:-1], ys[:-1]
    line = Line(
        colour,
        LINE_PT * width,
        nested(trace, "line", "dash", default="solid"),
        float(trace.get("opacity") or 1),
        "arrow" in to_list(nested(trace, "marker", "symbol")),
    )
    return [Series(name=_name(trace, "line"), x=xs, y=ys, line=line)] if xs else []


def _marks(trace: Part) -> list[Series]:
    """Markers and texts of a trace, a series for each look that they have.

    A hollow mark is a full one under a smaller one of paper: LibreOffice draws markers without
    their outlines, and a hollow one would vanish.
    """
    looks: dict[Mark | None, Series] = {}
    for spot, x, y in read_points(trace):
        mark, label = _mark(trace, spot), _label(trace, spot)
        if x is None or y is None or (mark is None and label is None):
            continue
        name = _name(trace, mark.symbol if mark else "text")
        if mark is not None and mark.fill == LIGHT.paper and mark.outline:
            size, width = mark.size, mark.width
            ring = mark._replace(size=size + width, fill=mark.outline, outline=None, width=0.0)
            below = looks.setdefault(ring, Series(name=f"{name} ring", mark=ring))
            below.x.append(x)
            below.y.append(y)
            mark = mark._replace(size=max(size - width, 2.0), outline=None, width=0.0)
        series = looks.setdefault(mark, Series(name=name, mark=mark))
        series.x.append(x)
        series.y.append(y)
        if label is not None:
            series.labels[len(series.x) - 1] = label
    return list(looks.values())


def _mark(trace: Part, spot: int) -> Mark | None:
    """How one point looks; None where nothing is drawn."""
    marker = trace.get("marker") or {}
    symbol = entry(marker.get("symbol"), spot, "circle")
    size = PT * float(entry(marker.get("size"), spot, 6))
    opacity = float(entry(marker.get("opacity"), spot, 1)) * float(trace.get("opacity") or 1)
    is_seen = "markers" in str(trace.get("mode")) and size > 0 and opacity > 0
    if not is_seen or symbol == "arrow":  # an arrow is the head of its line
        return None
    fill = entry(marker.get("color"), spot, LIGHT.ink)
    outline = entry(nested(marker, "line", "color"), spot)
    width = PT * float(entry(nested(marker, "line", "width"), spot, 0))
    if is_open(symbol):
        outline, fill, width = fill, LIGHT.paper, max(width, 1.0)
    shape = find_marker(symbol)
    if shape in ("x", "plus", "star"):  # drawn by their outline alone
        outline, width = (outline if fill in (None, LIGHT.paper) else fill), 2.0
    return Mark(shape, size, fill, outline, width, opacity)


def _label(trace: Part, spot: int) -> Label | None:
    """The text of one point; None where it has none."""
    text = entry(trace.get("text"), spot) if "text" in str(trace.get("mode")) else None
    if not text:
        return None
    up, across = str(entry(trace.get("textposition"), spot, "middle center")).split()
    font = trace.get("textfont") or {}
    return Label(
        lines=read_markup(text),
        side=SIDES.get(across, SIDES.get(up, "ctr")),
        size=to_type_size(entry(font.get("size"), spot)),
        colour=str(entry(font.get("color"), spot, LIGHT.ink)),
    )


def _name(trace: Part, kind: str) -> str:
    """The name of a trace, or the kind of things that it draws where it has but one."""
    if trace.get("name"):
        return str(trace["name"])
    custom = to_list(trace.get("customdata"))
    kinds = {str(item[0]) for item in custom if isinstance(item, list | tuple) and item}
    return f"{kinds.pop()} {kind}" if len(kinds) == 1 else kind


def _line_xml(line: Line | None) -> str:
    if line is None:
        return NO_LINE
    colour, width, dash, opacity, has_arrow = line
    return line_xml(colour, width, dash=dash or "solid", opacity=opacity, has_arrow=has_arrow)


def _marker_xml(mark: Mark | None) -> str:
    if mark is None:
        return '<c:symbol val="none"/>'
    paint = fill_xml(mark.fill, opacity=mark.opacity)
    paint += line_xml(mark.outline, mark.width, opacity=mark.opacity)
    size = min(max(round(mark.size), 2), 72)
    return f'<c:symbol val="{mark.symbol}"/><c:size val="{size}"/><c:spPr>{paint}</c:spPr>'


def _ground(ground: Ground, name: str) -> str:
    ink = colour_xml(ground.fill, opacity=ground.opacity)
    fill = f"<a:solidFill>{ink}</a:solidFill>" if ground.fill else NO_FILL
    line = line_xml(ground.border, ground.width)
    if ground.box is not None:
        return preset(name, "rect", ground.box, fill=fill, line=line)
    return freeform(name, [ground.points], fill=fill, line=line, is_closed=True)


def _text_box(text: FreeText) -> str:
    """Words that belong to the frame and not to a value."""
    label, (x, y) = text.label, text.spot
    lines = ["".join(run.text for run in line) for line in label.lines]
    wide = max(text_width(line, label.size, em=0.53) for line in lines) + 4
    high = label.size * LEADING * len(lines)
    left = {"l": x, "r": x - wide, "ctr": x - wide / 2}[text.align]
    top = {"t": y, "b": y - high, "ctr": y - high / 2}[text.anchor]
    body = text_body(
        label.lines, size=label.size, colour=label.colour, align=text.align, anchor=text.anchor
    )
    return text_box(lines[0], Box(left, top, wide, high), body, fill=fill_xml(label.fill))
