"""Bars of the timeline: what lasted, or is known only roughly."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import plotly.graph_objects as go

from entente.style.identities import identity_name
from entente.style.palette import Palette
from entente.timeline.dates import Mark, Place

AXES = {"early": "x", "recent": "x2"}
BOX_HALF = 0.3


def bar_traces(marks: Sequence[Mark], palette: Palette) -> Iterator[go.Scatter]:
    """A bar over every record date of more than one day; broken where it is approximate."""
    lasting = [mark for mark in marks if mark.face == "record" and not mark.span.is_day]
    for key, group in groupby(sorted(lasting, key=_bar_key), key=_bar_key):
        panel, theme, is_approximate = key
        xs: list[Place | None] = []
        ys: list[float | None] = []
        ids: list[list[str]] = []
        for mark in group:
            xs += [mark.start, mark.end, None]
            ys += [mark.y, mark.y, None]
            ids += [mark.data] * 3
        line = {"color": palette.themes[theme], "width": 6}
        if is_approximate:
            line |= {"dash": "3px,3px", "width": 4}
        yield _lines(xs, ys, ids, panel=panel, line=line, opacity=0.42)


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
            "name": identity_name(mark.data),
        }
        for mark in marks
        if is_box(mark)
    ]


def is_box(mark: Mark) -> bool:
    """True where a hollow bar stands for the symbol, which stays for hovering only."""
    has_end = mark.span.last is not None and not mark.span.is_day
    return mark.face == "document" and has_end and mark.panel == "recent"


def _bar_key(mark: Mark) -> tuple[str, str, bool]:
    return mark.panel, mark.theme, mark.span.is_approximate


def _lines(
    xs: list[Place | None],
    ys: list[float | None],
    ids: list[list[str]],
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
        customdata=ids,
        hoverinfo="skip",
    )
