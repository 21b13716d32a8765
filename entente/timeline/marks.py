"""The marks of the timeline: a symbol for every date, bars over days, and lines between dates.

The shape of a symbol says the status, its hue the theme; a hollow square is the document's date. A
bar lasted, or is known only roughly. A line joins what was said to the record, and what was
expected to what came.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import plotly.graph_objects as go

from entente.record.chronology import NOT_HELD
from entente.style.palette import Palette
from entente.style.theme import LARGE, identity_name
from entente.timeline.scale import Mark, Place, Window, days_across, move_by

AXES = {"early": "x", "recent": "x2"}
# Plotly's symbol names.
STATUS_SYMBOLS = {
    "occurred": "circle",
    "announced": "triangle-up",
    "disputed": "diamond",
    NOT_HELD: "circle",
}
HOLLOW_STATUSES = (NOT_HELD,)
DOCUMENT_SYMBOL = "square"
SIZE, POINTED_SIZE, PICKED_SIZE = 11, 13, 22
POINTED = ("announced", "disputed")
BOX_HALF = 0.3  # of a row
BESIDE = 8.0  # days
HEAD_SIZE, STANDOFF = 11, 7
LEAST_DAYS = 0.028  # of the scale: below it an arrow head would be longer than its line on a phone
Point = tuple[Place, float]


def draw_symbols(
    marks: Sequence[Mark],
    palette: Palette,
    *,
    hovers: Sequence[str],
) -> Iterator[go.Scatter]:
    """The symbols, one trace a panel, with what a hover shows and a click returns."""
    for panel, axis in AXES.items():
        own = [place for place, mark in enumerate(marks) if mark.panel == panel]
        if own:
            yield go.Scatter(
                x=[marks[place].middle for place in own],
                y=[marks[place].y for place in own],
                xaxis=axis,
                mode="markers",
                marker=_symbols([marks[place] for place in own], palette),
                hovertext=[hovers[place] for place in own],
                hovertemplate="%{hovertext}<extra></extra>",
                customdata=[marks[place].data for place in own],
                unselected={"marker": {"opacity": 1}},
                cliponaxis=False,
            )


def draw_notes(marks: Sequence[Mark], palette: Palette) -> Iterator[go.Scatter]:
    """A question mark beside uncertain dates, and arrow heads where an end is open."""
    drawn = {mark.item_id for mark in marks}
    for mark in marks:
        is_linked = mark.is_expected and (mark.is_awaited or mark.outcome_id in drawn)
        is_open = mark.span.last is None and not is_linked
        signs = [("?", mark.middle, "middle right")] if mark.span.is_uncertain else []
        signs += [("→", _open_end(mark), "middle center")] if is_open else []
        signs += [("←", mark.start, "middle center")] if mark.span.first is None else []
        for sign, place, position in signs:
            yield go.Scatter(
                x=[place],
                y=[mark.y],
                xaxis=AXES[mark.panel],
                mode="text",
                text=[sign],
                textposition=position,
                textfont={"size": LARGE, "color": _hue(mark, palette)},
                hoverinfo="skip",
                cliponaxis=False,
                customdata=[mark.data],
            )


def draw_pick(marks: Sequence[Mark], palette: Palette, *, pick: str | None) -> Iterator[go.Scatter]:
    """A ring around the dates of the picked event."""
    own = [mark for mark in marks if mark.item_id == pick]
    for mark in own:
        if not is_box(mark) or len(own) == 1:
            yield go.Scatter(
                x=[mark.middle],
                y=[mark.y],
                xaxis=AXES[mark.panel],
                mode="markers",
                marker={
                    "symbol": "circle-open",
                    "size": PICKED_SIZE,
                    "color": palette.ink,
                    "line": {"width": 2},
                },
                unselected={"marker": {"opacity": 1}},
                hoverinfo="skip",
                cliponaxis=False,
                customdata=[mark.data],
            )


def _open_end(mark: Mark) -> Place:
    """Where the arrow of an open end stands: at the end of a bar, or beside a lone symbol."""
    return move_by(mark.end, BESIDE) if mark.is_expected and mark.panel == "recent" else mark.end


def _hue(mark: Mark, palette: Palette) -> str:
    return palette.accent if mark.face == "document" else palette.themes[mark.theme]


def _symbols(marks: Sequence[Mark], palette: Palette) -> dict[str, Any]:
    """Symbols, sizes, fills and outlines; the outline in paper keeps neighbours apart."""
    hollow = [mark.face == "document" or mark.status in HOLLOW_STATUSES for mark in marks]
    hues = [_hue(mark, palette) for mark in marks]
    return {
        "symbol": [
            DOCUMENT_SYMBOL if mark.face == "document" else STATUS_SYMBOLS[mark.status]
            for mark in marks
        ],
        "size": [
            POINTED_SIZE if mark.status in POINTED and not empty else SIZE
            for mark, empty in zip(marks, hollow, strict=True)
        ],
        "color": [palette.paper if empty else hue for hue, empty in zip(hues, hollow, strict=True)],
        "opacity": [0 if is_box(mark) else 1 for mark in marks],
        "line": {
            "width": [2 if empty else 1 for empty in hollow],
            "color": [
                hue if empty else palette.paper for hue, empty in zip(hues, hollow, strict=True)
            ],
        },
    }


def draw_bars(marks: Sequence[Mark], palette: Palette) -> Iterator[go.Scatter]:
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
        yield _bar(xs, ys, ids, panel=panel, line=line, opacity=0.42)


def draw_boxes(marks: Sequence[Mark], palette: Palette) -> list[dict[str, Any]]:
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


def _bar(
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


def draw_links(marks: Sequence[Mark], window: Window, palette: Palette) -> Iterator[go.Scatter]:
    """A line for every pair of dates, with an arrow head where the first was an expectation.

    Where the other date lies off the scale of a zoom, the line runs to the edge on its side.
    """
    records = {mark.item_id: mark for mark in marks if mark.face == "record"}
    for mark in marks:
        if mark.face != "document" or mark.panel != "recent":
            continue
        target = records.get(mark.outcome_id if mark.is_expected else mark.item_id)
        if target and target.panel == "recent":
            end = (target.middle, target.y)
            is_far = _days_between(mark.middle, end[0]) > LEAST_DAYS * window.days
            yield _link(mark, end, palette, has_head=mark.is_expected and is_far)
        if mark.is_awaited:
            yield _awaited(target or mark, mark, window, palette)
    for mark in marks:
        if mark.beyond and mark.panel == "recent":
            yield _link(mark, (_edge(mark, window), mark.y), palette, has_head=True)


def _edge(mark: Mark, window: Window) -> Place:
    """Where a line to a date off the scale ends: at the edge, or a little into the lead."""
    first, _, last = days_across(window.first, window.last)
    return move_by(first, -window.lead_days / 3) if mark.beyond == "before" else last


def _link(mark: Mark, end: Point, palette: Palette, *, has_head: bool) -> go.Scatter:
    """A line from a mark: straight within a row, else down first, so that it crosses no words."""
    if end[1] == mark.y:
        start = (_leaving(mark, end[0]), mark.y)
        return _line(mark, [start, end], palette, has_head=has_head)
    below = mark.y + (BOX_HALF if is_box(mark) else 0)
    corners = [(mark.middle, below), (mark.middle, end[1]), end]
    return _line(mark, corners, palette, has_head=has_head)


def _awaited(start: Mark, mark: Mark, window: Window, palette: Palette) -> go.Scatter:
    """A dotted arrow on to the as-of day, for what has not come."""
    until = days_across(window.as_of, min(window.as_of, window.last))[2]
    last = days_across(window.last, window.last)[2]
    begin = start.end if is_box(start) else start.middle
    points = [(begin, start.y), (min(until, last), start.y)]
    return _line(mark, points, palette, has_head=True, dash="2px,4px")


def _line(
    mark: Mark,
    points: Sequence[Point],
    palette: Palette,
    *,
    has_head: bool,
    dash: str = "solid",
) -> go.Scatter:
    before = [0] * (len(points) - 1)
    head = {
        "symbol": [*("circle" for _ in before), "arrow"],
        "size": [*before, HEAD_SIZE if has_head else 0],
        "angleref": "previous",
        "standoff": [*before, STANDOFF if has_head and dash == "solid" else 0],
        "color": palette.accent,
        "line": {"width": 0},
        "opacity": 1,
    }
    return go.Scatter(
        x=[x for x, _ in points],
        y=[y for _, y in points],
        xaxis="x2",
        mode="lines+markers",
        line={"color": palette.accent, "width": 1.5, "dash": dash},
        marker=head,
        customdata=[mark.data for _ in points],
        unselected={"marker": {"opacity": 1}},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _leaving(mark: Mark, towards: Place) -> Place:
    """Where a line leaves a mark: the near side of a box, the middle of a symbol."""
    if not is_box(mark):
        return mark.middle
    if str(towards) < str(mark.start):
        return mark.start
    return mark.end if str(towards) > str(mark.end) else mark.middle


def _days_between(one: Place, other: Place) -> float:
    """Days from the earlier to the later of two ISO times."""
    ends = [dt.datetime.fromisoformat(str(place)) for place in (one, other)]
    return abs((ends[1] - ends[0]) / dt.timedelta(days=1))
