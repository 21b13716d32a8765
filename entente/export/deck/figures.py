"""Plotly figures, read once: the points of a trace with their looks, axes, and charts."""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from entente.export.deck.shapes import Point
from entente.export.deck.text import SANS_EM, estimate_width, strip_markup
from entente.style.palette import LIGHT
from entente.style.text import Box

PT = 0.75  # points in a pixel of a figure
LINE_PT = 0.95  # points for a pixel of a line's width: a slide is seen from afar
TYPE_PT, LEAST_TYPE_PT = 1.1 * PT, 10.0
EPOCH = pd.Timestamp("1899-12-30")  # day 0 of a spreadsheet
# Points that ticks, the title of an axis and bare edges need around the values.
TICK_ROOM, TITLE_ROOM, EDGE, NUMBERS_ROOM = 16.0, 18.0, 6.0, 38.0
WIDEST_NAMES = 0.34  # of the frame
EPSILON = 1e-9  # of an axis
MOST_NAMED, NAMED_KEPT = 24, 18  # rows with names: more are cut to what can be read


class Mark(NamedTuple):
    """One point of a trace, with its marker and its text; sizes are in points."""

    x: Any  # or the longitude; None where a line breaks
    y: Any  # or the latitude; None where a line breaks
    symbol: str  # Plotly's name of the marker
    size: float  # 0 where no marker is drawn
    colour: str
    outline: str | None
    width: float  # of the outline
    opacity: float
    angle: float  # degrees, clockwise
    text: str | None  # Plotly's pseudo-HTML
    position: str | None  # of the text beside the point, such as "top left"
    text_size: float  # in pixels of the figure
    ink: str
    custom: Sequence[Any]  # what the figure attaches to the point, kind and id first

    @property
    def is_gap(self) -> bool:
        """Whether a line breaks here."""
        return self.x is None or self.y is None

    @property
    def is_seen(self) -> bool:
        """Whether a marker is drawn."""
        return self.size > 0 and self.opacity > 0


class Stroke(NamedTuple):
    """How the line of a trace looks; its width is in pixels of the figure."""

    colour: str
    width: float
    dash: str


@dataclass(frozen=True, kw_only=True)
class Axis:
    """An axis of values.

    Attributes:
        start: Value at its left or lower end.
        end: Value at its other end; the lesser one where the axis runs backwards.
        is_shown: Whether any of it is seen.
        has_numbers: Whether values stand along it, unless `ticks` do.
        has_grid: Whether lines run across the chart.
        is_log: Whether it is one of powers of ten.
        is_date: Whether values are days.
        is_on_top: Whether an axis across stands above the chart.
        title: Plotly's pseudo-HTML; empty for none.
        number_format: A spreadsheet's format of the values.
        ticks: Values with words of their own along the axis, as plain text.
    """

    start: float
    end: float
    is_shown: bool = True
    has_numbers: bool = True
    has_grid: bool = False
    is_log: bool = False
    is_date: bool = False
    is_on_top: bool = False
    title: str = ""
    number_format: str = "#,##0.##"
    ticks: tuple[tuple[float, str], ...] = ()

    @property
    def is_reversed(self) -> bool:
        """Whether it runs from the greatest value to the least."""
        return self.start > self.end

    def share(self, value: float) -> float:
        """How far along the axis a value stands, from 0 at its start to 1 at its end."""
        ends = (self.start, self.end, value)
        start, end, value = map(math.log10, ends) if self.is_log else ends
        return (value - start) / (end - start)

    def value(self, share: float) -> float:
        """The value so far along the axis."""
        if self.is_log:
            low, high = math.log10(self.start), math.log10(self.end)
            return float(10 ** (low + share * (high - low)))
        return self.start + share * (self.end - self.start)


@dataclass(frozen=True, kw_only=True)
class Plot:
    """One chart of a figure, which has one for each of its axes across.

    Attributes:
        name: Plotly's name of the axis across: `x`, `x2`.
        is_first: Whether it is the leftmost, which takes what belongs to the figure as a whole.
        traces: Its traces with their points.
        x: Its axis across.
        y: Its upright axis, which all charts of the figure share.
        outer: Its frame on the slide.
        inner: Where in the frame its values stand.
        whole: Where the values of all charts stand.
    """

    name: str
    is_first: bool
    traces: tuple[tuple[Any, list[Mark]], ...]
    x: Axis
    y: Axis
    outer: Box
    inner: Box
    whole: Box

    def shows(self, x: float) -> bool:
        """Whether a value across lies within the chart."""
        return -EPSILON <= self.x.share(x) <= 1 + EPSILON

    def spot(self, x: float, y: float) -> Point:
        """Where a pair of values stands on the slide."""
        left = self.inner.left + self.x.share(x) * self.inner.width
        return left, self.inner.bottom - self.y.share(y) * self.inner.height


def read_marks(trace: Any) -> list[Mark]:
    """All points of a `Scatter` or `Scattergeo`, in order."""
    is_map = trace.type == "scattergeo"
    across, upwards = (trace.lon, trace.lat) if is_map else (trace.x, trace.y)
    xs = [to_number(value) for value in to_list(across)]
    marker, font, mode = trace.marker, trace.textfont, trace.mode or "lines"
    count, whole = len(xs), 1.0 if trace.opacity is None else trace.opacity
    fields = (
        xs,
        [to_number(value) for value in to_list(upwards)],
        _spread(marker.symbol, count, "circle"),
        [PT * size for size in _spread(marker.size if "markers" in mode else 0, count, 6)],
        _spread(marker.color, count, LIGHT.ink),
        _spread(marker.line.color, count),
        [PT * width for width in _spread(marker.line.width, count, 0)],
        [whole * opacity for opacity in _spread(marker.opacity, count, 1)],
        _spread(marker.angle, count, 0),
        _spread(trace.text if "text" in mode else None, count),
        _spread(trace.textposition, count),
        _spread(font.size, count, 12),
        _spread(font.color, count, LIGHT.ink),
        [c if isinstance(c, list | tuple) else () for c in _spread(trace.customdata, count)],
    )
    return [Mark(*values) for values in zip(*fields, strict=True)]


def read_stroke(trace: Any) -> Stroke:
    """The line of a trace, by Plotly's own settings where the figure has none."""
    width = 2 if trace.line.width is None else trace.line.width
    return Stroke(trace.line.color or LIGHT.ink, width, trace.line.dash or "solid")


def read_plots(figure: Any, box: Box) -> tuple[list[Plot], int]:
    """The charts that a scatter figure becomes in a box, and how many named rows are left out."""
    layout = figure.layout
    traces = [(trace, read_marks(trace)) for trace in figure.data]
    y = _read_axis(layout.yaxis, (mark.y for _, marks in traces for mark in marks))
    y, left_out = _cut_rows(y)
    if left_out:  # gaps stay where they are
        last = y.ticks[-1][0]
        traces = [(t, [m for m in marks if m.y is None or m.y <= last]) for t, marks in traces]
    own: dict[str, list[tuple[Any, list[Mark]]]] = defaultdict(list)
    for trace, marks in traces:
        own[trace.xaxis or "x"].append((trace, marks))
    settings = {name: layout[name.replace("x", "xaxis")] for name in sorted(own)}
    across = {
        name: _read_axis(axis, (mark.x for _, marks in own[name] for mark in marks))
        for name, axis in settings.items()
    }
    whole = _find_inner(box, list(across.values()), y)
    plots: list[Plot] = []
    for name, x in across.items():
        low, high = settings[name].domain or (0.0, 1.0)
        left, right = whole.left + low * whole.width, whole.left + high * whole.width
        edges = (box.left if low == 0 else left, box.right if high == 1 else right)
        inner = Box(left, whole.top, right - left, whole.height)
        if layout.yaxis.scaleanchor is not None:
            inner = _keep_proportion(inner, x, y)
        plots.append(
            Plot(
                name=name,
                is_first=not plots,
                traces=tuple(own[name]),
                x=x,
                y=y,
                outer=Box(edges[0], box.top, edges[1] - edges[0], box.height),
                inner=inner,
                whole=whole,
            )
        )
    return plots, left_out


def to_list(values: Any) -> list[Any]:
    """A list from a field of a figure that holds one; None gives an empty one."""
    if isinstance(values, np.ndarray):
        return list(values.tolist())
    return [] if values is None else list(values)


def to_number(value: Any) -> float | None:
    """A value as a chart has it: a date becomes days of the spreadsheet's calendar.

    None for None and for what is not a number.
    """
    if isinstance(value, str | dt.date | np.datetime64):
        moment = pd.Timestamp(value).tz_localize(None)
        return round((moment - EPOCH) / pd.Timedelta(days=1), 4)
    return None if value is None or math.isnan(value) else float(value)


def to_type_size(pixels: float | None) -> float:
    """Type of a figure, in pixels, as type on a slide, in points."""
    return max((pixels or 12) * TYPE_PT, LEAST_TYPE_PT)


def _spread(value: Any, count: int, default: Any = None) -> list[Any]:
    """A value for each point from a field that holds one value for all of them, or a list."""
    if not isinstance(value, list | tuple | np.ndarray):
        return [default if value is None else value] * count
    found = [default if one is None else one for one in to_list(value)[:count]]
    return found + [default] * (count - len(found))


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
        start, end = low - room, high + room
    ticks = zip(to_list(settings.tickvals), to_list(settings.ticktext), strict=False)
    low, high = sorted((start, end))
    is_shown = settings.visible is not False
    number_format = "#,##0" if settings.tickformat == ",d" else "#,##0.##"
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
        ticks=tuple(
            (spot, strip_markup(text))
            for spot, text in ((to_number(value), text) for value, text in ticks)
            if spot is not None and low <= spot <= high
        ),
    )


def _cut_rows(axis: Axis) -> tuple[Axis, int]:
    """An axis with no more named rows than can be read, and how many are left out."""
    if len(axis.ticks) <= MOST_NAMED or axis.is_date:
        return axis, 0
    kept = tuple(sorted(axis.ticks)[:NAMED_KEPT])
    cut = replace(axis, ticks=kept, start=kept[-1][0] + 0.6, end=min(axis.start, axis.end))
    return cut, len(axis.ticks) - len(kept)


def _find_inner(box: Box, across: Sequence[Axis], y: Axis) -> Box:
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
        longest = max(estimate_width(text, LEAST_TYPE_PT, em=SANS_EM + 0.03) for _, text in y.ticks)
        left = min(longest + 8, WIDEST_NAMES * box.width)
    elif y.is_shown and y.has_numbers:
        left = NUMBERS_ROOM + (TITLE_ROOM if y.title else 0)
    width, height = box.width - left - EDGE, box.height - top - bottom
    return Box(box.left + left, box.top + top, width, height)


def _keep_proportion(part: Box, x: Axis, y: Axis) -> Box:
    """A part narrowed so that one step upwards is as long as one across."""
    wide, high = abs(x.end - x.start), abs(y.end - y.start)
    scale = min(part.width / wide, part.height / high)
    left = part.left + (part.width - wide * scale) / 2
    top = part.top + (part.height - high * scale) / 2
    return Box(left, top, wide * scale, high * scale)
