"""Bars of the timeline: what lasted, or is known only roughly, and the line between two dates."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import plotly.graph_objects as go

from entente.figures.timeline_dates import Mark, Place
from entente.palette import Palette

AXES = {"early": "x", "recent": "x2"}
BOX_HALF = 0.3


def bar_traces(marks: Sequence[Mark], palette: Palette) -> Iterator[go.Scatter]:
    """A bar over every record date of more than one day; broken where it is approximate."""
    lasting = [mark for mark in marks if mark.face == "record" and not mark.span.is_day]
    for key, group in groupby(sorted(lasting, key=_bar_key), key=_bar_key):
        panel, theme, is_approximate = key
        xs: list[Place | None] = []
        ys: list[float | None] = []
        for mark in group:
            xs += [mark.start, mark.end, None]
            ys += [mark.y, mark.y, None]
        line = {"color": palette.themes[theme], "width": 6}
        if is_approximate:
            line |= {"dash": "3px,3px", "width": 4}
        yield _lines(xs, ys, panel=panel, line=line, opacity=0.42)


def join_traces(marks: Sequence[Mark], palette: Palette) -> Iterator[go.Scatter]:
    """A thin line between the two dates of each event that has both in one panel."""
    xs: list[Place | None] = []
    ys: list[float | None] = []
    documents = {(mark.event_id, mark.panel): mark for mark in marks if mark.face == "document"}
    for mark in marks:
        other = documents.get((mark.event_id, mark.panel))
        if mark.face == "record" and other and mark.panel == "recent":
            xs += [_end_towards(other, mark), mark.middle, None]
            ys += [other.y, mark.y, None]
    if xs:
        line = {"color": palette.accent, "width": 1.5}
        yield _lines(xs, ys, panel="recent", line=line, opacity=1)


def document_boxes(marks: Sequence[Mark], palette: Palette) -> list[dict[str, Any]]:
    """Hollow bars over the document's dates of more than one day, as shapes."""
    return [
        {
            "type": "rect",
            "xref": AXES[mark.panel],
            "yref": "y",
            "x0": mark.start,
            "x1": mark.end,
            "y0": mark.y - BOX_HALF,
            "y1": mark.y + BOX_HALF,
            "fillcolor": palette.paper,
            "line": {"color": palette.accent, "width": 2},
            "layer": "below",
        }
        for mark in marks
        if is_box(mark)
    ]


def is_box(mark: Mark) -> bool:
    """True where a hollow bar stands for the symbol, which stays for hovering only."""
    return mark.face == "document" and not mark.span.is_day and mark.panel == "recent"


def _end_towards(box: Mark, mark: Mark) -> Place:
    """Where a line from `box` to `mark` leaves the box; both are in the recent panel."""
    if not is_box(box):
        return box.middle
    if str(mark.middle) < str(box.start):
        return box.start
    return box.end if str(mark.middle) > str(box.end) else box.middle


def _bar_key(mark: Mark) -> tuple[str, str, bool]:
    return mark.panel, mark.theme, mark.span.is_approximate


def _lines(
    xs: list[Place | None],
    ys: list[float | None],
    *,
    panel: str,
    line: Mapping[str, object],
    opacity: float,
) -> go.Scatter:
    return go.Scatter(
        x=xs,
        y=ys,
        xaxis=AXES[panel],
        mode="lines",
        line=line,
        opacity=opacity,
        hoverinfo="skip",
    )
