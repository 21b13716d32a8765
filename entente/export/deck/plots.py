"""Where a scatter figure's values stand on the slide: one chart for each of its axes across."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from entente.export.deck.charts import Axis
from entente.export.deck.drawingml import Box, Point
from entente.export.deck.plotly_fields import (
    LEAST_TYPE_PT,
    Part,
    nested,
    read_points,
    to_list,
    to_number,
)
from entente.export.deck.text import SANS_EM, strip_markup, text_width

FORMATS = {",d": "#,##0", ",.0f": "#,##0", ",.1f": "#,##0.0", ".0%": "0%", ".1f": "0.0"}
# Points that ticks, the title of an axis and bare edges need around the values.
TICK_ROOM, TITLE_ROOM, EDGE, NUMBERS_ROOM = 16.0, 18.0, 6.0, 38.0
WIDEST_NAMES = 0.34  # of the frame
MOST_NAMED, NAMED_KEPT = 24, 18  # rows with names: more are cut to what can be read


@dataclass(frozen=True, kw_only=True)
class Scale:
    """One axis of a figure.

    Attributes:
        axis: How the chart's axis is set.
        start: Value at its left or lower end.
        end: Value at the other end.
        is_date: Whether values are days.
        side: Side of the figure that Plotly names for it; empty for the usual one.
        has_grid: Whether lines run across the chart, those at ticks with words included.
        ticks: Values whose ticks have words of their own, as pseudo-HTML is read.
    """

    axis: Axis
    start: float
    end: float
    is_date: bool = False
    side: str = ""
    has_grid: bool = False
    ticks: tuple[tuple[float, str], ...] = ()

    def share(self, value: float) -> float:
        """How far along the axis a value stands, from 0 at its start to 1 at its end."""
        start, end, value = (
            math.log10(number) if self.axis.is_log else number
            for number in (self.start, self.end, value)
        )
        return (value - start) / (end - start)

    def value(self, share: float) -> float:
        """The value so far along the axis."""
        if self.axis.is_log:
            low, high = math.log10(self.start), math.log10(self.end)
            return float(10 ** (low + share * (high - low)))
        return self.start + share * (self.end - self.start)


@dataclass(frozen=True, kw_only=True)
class Plot:
    """One chart: its traces, its axes, its frame, and where in the frame its values stand."""

    traces: tuple[Part, ...]
    x: Scale
    y: Scale
    outer: Box
    inner: Box

    def spot(self, x: float, y: float) -> Point:
        """Where a pair of values stands on the slide."""
        left = self.inner.left + self.x.share(x) * self.inner.width
        return left, self.inner.bottom - self.y.share(y) * self.inner.height


def read_plots(figure: Part, box: Box) -> tuple[list[Plot], Box]:
    """The charts that a scatter figure becomes, and where all of them draw values.

    Args:
        figure: A Plotly figure as plain data; all its traces are scatters.
        box: Where it stands on the slide.
    """
    layout, traces = figure["layout"], figure["data"]
    used = sorted({str(trace.get("xaxis") or "x") for trace in traces})
    y = _read_scale(layout.get("yaxis"), _values(traces, 2))
    scales = {}
    for name in used:
        own = tuple(trace for trace in traces if (trace.get("xaxis") or "x") == name)
        x = _read_scale(layout.get(_axis_name(name)), _values(own, 1))
        is_top = x.side == "top"
        axis = replace(
            x.axis,
            crosses_at_end=y.axis.is_reversed != is_top,
            position="t" if is_top else "b",
        )
        scales[name] = (own, replace(x, axis=axis))
    whole = _inner(box, [x for _, x in scales.values()], y)
    plots = []
    for name, (own, x) in scales.items():
        low, high = nested(layout, _axis_name(name), "domain", default=(0.0, 1.0))
        left, right = whole.left + low * whole.width, whole.left + high * whole.width
        edges = (box.left if low == 0 else left, box.right if high == 1 else right)
        inner = Box(left, whole.top, right - left, whole.height)
        if nested(layout, "yaxis", "scaleanchor") is not None:
            inner = _in_proportion(inner, x, y)
        outer = Box(edges[0], box.top, edges[1] - edges[0], box.height)
        plots.append(Plot(traces=own, x=x, y=y, outer=outer, inner=inner))
    return plots, whole


def cut_rows(figure: Part) -> tuple[Part, int]:
    """A figure with no more named rows than can be read, and how many were left out."""
    settings = figure["layout"].get("yaxis") or {}
    ticks, texts = (to_list(settings.get(name)) for name in ("tickvals", "ticktext"))
    if len(ticks) <= MOST_NAMED or not all(isinstance(tick, int | float) for tick in ticks):
        return figure, 0
    kept = sorted(ticks)[:NAMED_KEPT]
    named = [(tick, text) for tick, text in zip(ticks, texts, strict=True) if tick <= kept[-1]]
    yaxis = {
        **settings,
        "tickvals": [tick for tick, _ in named],
        "ticktext": [text for _, text in named],
        "range": [kept[-1] + 0.6, min(to_list(settings.get("range")) or [-0.6])],
    }
    data = [_cut_trace(trace, kept[-1]) for trace in figure["data"]]
    cut = {"data": data, "layout": {**figure["layout"], "yaxis": yaxis}}
    return cut, len(ticks) - len(kept)


def _cut_trace(trace: Part, last: float) -> Any:
    """A trace, or a part of one, up to the last row that is kept; gaps stay where they are."""
    heights = to_list(trace.get("y"))
    keep = [place for place, y in enumerate(heights) if y is None or y <= last]

    def cut(part: Any) -> Any:
        if isinstance(part, dict) and "bdata" not in part:
            return {name: cut(value) for name, value in part.items()}
        if isinstance(part, str | int | float | None):
            return part
        values = to_list(part)
        return [values[place] for place in keep] if len(values) == len(heights) else values

    return cut(dict(trace))


def _axis_name(reference: str) -> str:
    """The layout's name of the axis that a trace calls `x2`."""
    return reference.replace("x", "xaxis")


def _values(traces: Sequence[Part], field: int) -> list[float]:
    found = (point[field] for trace in traces for point in read_points(trace))
    return [value for value in found if value is not None]


def _read_scale(settings: Part | None, values: Sequence[float]) -> Scale:
    """An axis by its settings; by the values along it where it has no range."""
    settings = settings or {}
    is_log = settings.get("type") == "log"
    known = [end for end in map(to_number, to_list(settings.get("range"))) if end is not None]
    if len(known) == 2:
        start, end = (10**value if is_log else value for value in known)
    else:
        start, end = _ends(values, from_zero=settings.get("rangemode") == "tozero")
    spots = map(to_number, to_list(settings.get("tickvals")))
    texts = map(strip_markup, to_list(settings.get("ticktext")))
    ticks = tuple((s, t) for s, t in zip(spots, texts, strict=False) if s is not None)
    is_date, is_shown = settings.get("type") == "date", settings.get("visible") is not False
    has_grid = is_shown and settings.get("showgrid") is not False
    form = settings.get("tickformat")
    axis = Axis(
        low=min(start, end),
        high=max(start, end),
        is_reversed=start > end,
        is_shown=is_shown,
        has_ticks=settings.get("showticklabels") is not False and not ticks,
        has_grid=has_grid and not ticks,
        is_log=is_log,
        title=str(nested(settings, "title", "text", default="")),
        number_format="mmm\\ yyyy"
        if is_date
        else FORMATS.get(str(form), "General" if form else "#,##0.##"),
    )
    return Scale(
        axis=axis,
        start=start,
        end=end,
        is_date=is_date,
        side=str(settings.get("side") or ""),
        has_grid=has_grid,
        ticks=ticks,
    )


def _ends(values: Sequence[float], *, from_zero: bool) -> tuple[float, float]:
    """Ends of an axis that has no range: those of the values, with room."""
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    room = (high - low) * 0.06 or 1.0
    return (0.0 if from_zero and low >= 0 else low - room), high + room


def _inner(box: Box, scales: Sequence[Scale], y: Scale) -> Box:
    """The frame less the room that ticks and titles need."""
    top, bottom, left = EDGE, EDGE, EDGE
    for x in scales:
        room = EDGE
        if x.axis.is_shown:
            lines = max((text.count("\n") + 1 for _, text in x.ticks), default=1)
            room += TICK_ROOM * lines if x.axis.has_ticks or x.ticks else 0
            room += TITLE_ROOM if x.axis.title else 0
        if x.side == "top":
            top = max(top, room)
        else:
            bottom = max(bottom, room)
    if y.axis.is_shown and y.ticks:
        longest = max(text_width(text, LEAST_TYPE_PT, em=SANS_EM + 0.03) for _, text in y.ticks)
        left = min(longest + 8, WIDEST_NAMES * box.width)
    elif y.axis.is_shown and y.axis.has_ticks:
        left = NUMBERS_ROOM + (TITLE_ROOM if y.axis.title else 0)
    width, height = box.width - left - EDGE, box.height - top - bottom
    return Box(box.left + left, box.top + top, width, height)


def _in_proportion(part: Box, x: Scale, y: Scale) -> Box:
    """A part narrowed so that one step upwards is as long as one across."""
    wide, high = abs(x.end - x.start), abs(y.end - y.start)
    scale = min(part.width / wide, part.height / high)
    left = part.left + (part.width - wide * scale) / 2
    top = part.top + (part.height - high * scale) / 2
    return Box(left, top, wide * scale, high * scale)
