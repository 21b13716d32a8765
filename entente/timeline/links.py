"""Lines of the timeline between two dates: said and on record, expected and come, still awaited."""

import datetime as dt
from collections.abc import Iterator, Sequence

import plotly.graph_objects as go

from entente.style.palette import Palette
from entente.timeline.bars import BOX_HALF, is_box
from entente.timeline.dates import Mark, Place, Window, days_across, moved

HEAD_SIZE, STANDOFF = 11, 7
LEAST_DAYS = 0.028  # of the scale: below it an arrow head would be longer than its line on a phone
Point = tuple[Place, float]


def link_traces(marks: Sequence[Mark], window: Window, palette: Palette) -> Iterator[go.Scatter]:
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
            yield _link(mark, (edge_of(mark, window), mark.y), palette, has_head=True)


def edge_of(mark: Mark, window: Window) -> Place:
    """Where a line to a date off the scale ends: at the edge, or a little into the lead."""
    first, _, last = days_across(window.first, window.last)
    return moved(first, -window.lead_days / 3) if mark.beyond == "before" else last


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
