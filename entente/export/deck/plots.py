"""Where a scatter figure's values stand on the slide: one chart for each of its axes across."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from entente.export.deck.charts import Axis
from entente.export.deck.figures import LEAST_TYPE_PT, Mark, read_marks, to_list, to_number
from entente.export.deck.shapes import Box, Point
from entente.export.deck.text import SANS_EM, strip_markup, text_width

FORMATS = {",d": "#,##0", ",.0f": "#,##0", ",.1f": "#,##0.0", ".0%": "0%", ".1f": "0.0"}
# Points that ticks, the title of an axis and bare edges need around the values.
TICK_ROOM, TITLE_ROOM, EDGE, NUMBERS_ROOM = 16.0, 18.0, 6.0, 38.0
WIDEST_NAMES = 0.34  # of the frame
MOST_NAMED, NAMED_KEPT = 24, 18  # rows with names: more are cut to what can be read
Trace = tuple[Any, list[Mark]]  # of Plotly, and its points


@dataclass(frozen=True, kw_only=True)
class Plot:
    """One chart: its traces, its axes, its frame, and where in the frame its values stand.

    `name` is Plotly's of the axis across: `x`, `x2`.
    """

    name: str
    traces: tuple[Trace, ...]
    x: Axis
    y: Axis
    outer: Box
    inner: Box

    def spot(self, x: float, y: float) -> Point:
        """Where a pair of values stands on the slide."""
        left = self.inner.left + self.x.share(x) * self.inner.width
        return left, self.inner.bottom - self.y.share(y) * self.inner.height


def read_plots(figure: Any, box: Box) -> tuple[list[Plot], Box, int]:
    """The charts that a scatter figure becomes.

    Args:
        figure: A Plotly figure; all its traces are scatters.
        box: Where it stands on the slide.

    Returns:
        The charts, where all of them draw values, and how many named rows are left out.
    """
    layout = figure.layout
    traces = [(trace, read_marks(trace)) for trace in figure.data]
    y = _read_axis(layout.yaxis, (mark.y for _, marks in traces for mark in marks))
    y, left_out = _cut_rows(y)
    if left_out:  # gaps stay where they are
        last = y.ticks[-1][0]
        traces = [(t, [m for m in marks if m.y is None or m.y <= last]) for t, marks in traces]
    names = sorted({trace.xaxis or "x" for trace, _ in traces})
    own = {name: tuple(pair for pair in traces if (pair[0].xaxis or "x") == name) for name in names}
    settings = {name: layout[name.replace("x", "xaxis")] for name in names}
    across = {
        name: _read_axis(settings[name], (mark.x for _, marks in own[name] for mark in marks))
        for name in names
    }
    whole = _inner(box, list(across.values()), y)
    plots = []
    for name, x in across.items():
        low, high = settings[name].domain or (0.0, 1.0)
        left, right = whole.left + low * whole.width, whole.left + high * whole.width
        edges = (box.left if low == 0 else left, box.right if high == 1 else right)
        inner = Box(left, whole.top, right - left, whole.height)
        if layout.yaxis.scaleanchor is not None:
            inner = _in_proportion(inner, x, y)
        outer = Box(edges[0], box.top, edges[1] - edges[0], box.height)
        plots.append(Plot(name=name, traces=own[name], x=x, y=y, outer=outer, inner=inner))
    return plots, whole, left_out


def _read_axis(settings: Any, values: Iterable[float | None]) -> Axis:
    """An axis by its settings; by the values along it where it has no range."""
    is_log, is_date = settings.type == "log", settings.type == "date"
    known = [end for end in map(to_number, to_list(settings.range)) if end is not None]
    if len(known) == 2:
        start, end = (10**value if is_log else value for value in known)
    else:
        found = [value for value in values if value is not None]
        low, high = (min(found), max(found)) if found else (0.0, 1.0)
        room = (high - low) * 0.06 or 1.0
        start = 0.0 if settings.rangemode == "tozero" and low >= 0 else low - room
        end = high + room
    spots = map(to_number, to_list(settings.tickvals))
    texts = map(strip_markup, to_list(settings.ticktext))
    is_shown, form = settings.visible is not False, settings.tickformat
    number_format = FORMATS.get(form, "General") if form else "#,##0.##"
    return Axis(
        start=start,
        end=end,
        is_shown=is_shown,
        has_numbers=settings.showticklabels is not False,
        has_grid=is_shown and settings.showgrid is not False,
        is_log=is_log,
        is_date=is_date,
        is_on_top=settings.side == "top",
        title=settings.title.text or "",
        number_format="mmm\\ yyyy" if is_date else number_format,
        ticks=tuple((s, t) for s, t in zip(spots, texts, strict=False) if s is not None),
    )


def _cut_rows(axis: Axis) -> tuple[Axis, int]:
    """An axis with no more named rows than can be read, and how many are left out."""
    if len(axis.ticks) <= MOST_NAMED or axis.is_date:
        return axis, 0
    kept = tuple(sorted(axis.ticks)[:NAMED_KEPT])
    cut = replace(axis, ticks=kept, start=kept[-1][0] + 0.6, end=min(axis.start, axis.end))
    return cut, len(axis.ticks) - len(kept)


def _inner(box: Box, across: Sequence[Axis], y: Axis) -> Box:
    """The frame less the room that ticks and titles need."""
    top, bottom, left = EDGE, EDGE, EDGE
    for x in across:
        room = EDGE
        if x.is_shown:
            lines = max((text.count("\n") + 1 for _, text in x.ticks), default=1)
            room += TICK_ROOM * lines if x.has_numbers or x.ticks else 0
            room += TITLE_ROOM if x.title else 0
        if x.is_on_top:
            top = max(top, room)
        else:
            bottom = max(bottom, room)
    if y.is_shown and y.ticks:
        longest = max(text_width(text, LEAST_TYPE_PT, em=SANS_EM + 0.03) for _, text in y.ticks)
        left = min(longest + 8, WIDEST_NAMES * box.width)
    elif y.is_shown and y.has_numbers:
        left = NUMBERS_ROOM + (TITLE_ROOM if y.title else 0)
    width, height = box.width - left - EDGE, box.height - top - bottom
    return Box(box.left + left, box.top + top, width, height)


def _in_proportion(part: Box, x: Axis, y: Axis) -> Box:
    """A part narrowed so that one step upwards is as long as one across."""
    wide, high = abs(x.end - x.start), abs(y.end - y.start)
    scale = min(part.width / wide, part.height / high)
    left = part.left + (part.width - wide * scale) / 2
    top = part.top + (part.height - high * scale) / 2
    return Box(left, top, wide * scale, high * scale)
