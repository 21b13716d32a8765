"""Where the charts of a scatter figure stand: one for each axis across, with room for words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from entente.export.deck.annotations import with_words
from entente.export.deck.box import Box
from entente.export.deck.drawingml import under
from entente.export.deck.plot import LEAST_TYPE_PT, Plot, Scale, list_of, number_of, scale_of
from entente.export.deck.text import SANS_EM, width_of

TICK_ROOM, TITLE_ROOM, EDGE = 16.0, 18.0, 6.0
NUMBERS_ROOM = 38.0
WIDEST_NAMES = 0.34  # of the frame


def plots_of(figure: Mapping[str, Any], box: Box) -> list[Plot]:
    """The charts that a scatter figure becomes: one for each axis across."""
    layout, traces = figure["layout"], figure["data"]
    used = list(dict.fromkeys(trace.get("xaxis") or "x" for trace in traces))
    y = scale_of(layout.get("yaxis") or {}, _values(traces, "y"))
    inner = _inner(layout, used, traces, box, y)
    plots = []
    for name in sorted(used):
        own = tuple(trace for trace in traces if (trace.get("xaxis") or "x") == name)
        settings = layout.get(name.replace("x", "xaxis")) or {}
        x = scale_of(settings, _values(own, "x"))
        is_far = y.axis.is_reversed != (x.side == "top")
        x = replace(x, axis=replace(x.axis, is_far=is_far, side="t" if x.side == "top" else "b"))
        low, high = settings.get("domain") or (0.0, 1.0)
        part = Box(
            inner.left + low * inner.width, inner.top, (high - low) * inner.width, inner.height
        )
        plot = Plot(
            traces=own,
            x=x,
            y=y,
            outer=Box(
                box.left if low == 0 else part.left,
                box.top,
                (box.right if high == 1 else part.right) - (box.left if low == 0 else part.left),
                box.height,
            ),
            inner=_in_proportion(part, x, y, layout),
        )
        plots.append(with_words(plot, layout, name=name, whole=inner, is_first=name == used[0]))
    return plots


def _values(traces: Sequence[Mapping[str, Any]], name: str) -> list[float]:
    found = (number_of(value) for trace in traces for value in list_of(trace.get(name)))
    return [value for value in found if value is not None]


def _inner(
    layout: Mapping[str, Any],
    used: Sequence[str],
    traces: Sequence[Mapping[str, Any]],
    box: Box,
    y: Scale,
) -> Box:
    """Where values are plotted: the frame less the room that ticks and titles need."""
    axes = [scale_of(layout.get(name.replace("x", "xaxis")) or {}, [0.0, 1.0]) for name in used]
    top, bottom, left, right = EDGE, EDGE, EDGE, EDGE
    for x in axes:
        lines = max((text.count("\n") + 1 for _, text in x.ticks), default=1)
        room = TICK_ROOM * lines if x.axis.is_shown and (x.axis.has_ticks or x.ticks) else 0
        room += TITLE_ROOM if x.axis.title and x.axis.is_shown else 0
        if x.side == "top":
            top = max(top, room + EDGE)
        else:
            bottom = max(bottom, room + EDGE)
    if y.axis.is_shown and y.ticks:
        longest = max(width_of(text, LEAST_TYPE_PT, em=SANS_EM + 0.03) for _, text in y.ticks)
        left = min(longest + 8, WIDEST_NAMES * box.width)
    elif y.axis.is_shown and y.axis.has_ticks:
        left = NUMBERS_ROOM + (TITLE_ROOM if y.axis.title else 0)
    return Box(box.left + left, box.top + top, box.width - left - right, box.height - top - bottom)


def _in_proportion(part: Box, x: Scale, y: Scale, layout: Mapping[str, Any]) -> Box:
    """A part narrowed so that a step up is as long as a step across, where the figure asks so."""
    if under(layout, "yaxis", "scaleanchor") is None:
        return part
    wide, high = abs(x.end - x.start), abs(y.end - y.start)
    scale = min(part.width / wide, part.height / high)
    return Box(
        part.left + (part.width - wide * scale) / 2,
        part.top + (part.height - high * scale) / 2,
        wide * scale,
        high * scale,
    )
