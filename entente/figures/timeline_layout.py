"""Where each date of the timeline is drawn: its lane, its row, and its place along the axis.

Two panels lie side by side. The right one, `recent`, has a scale of time and covers a `Window`; the
left one, `early`, holds what came before, in order but not to scale. Heights are counted downwards
from the top, in rows. Every rule is deterministic, so that equal tables give equal figures.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from entente.figures.timeline_dates import Mark, Window, days_across, marks_of
from entente.figures.timeline_rows import in_slots, rows_in_lane

HEAD, HEADER, PINNED_ROW = 1.3, 1.15, 1.45
HEADLINE_LANE = "headline"


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One lane: its code and label, and where it begins, in rows."""

    code: str
    label: str
    top: float


@dataclass(frozen=True, kw_only=True)
class Layout:
    """All lanes and marks, the height of it all in rows, and the days with a scale."""

    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    height: float
    window: Window


def layout_of(
    events: pd.DataFrame,
    *,
    lanes: Mapping[str, str],
    pinned: Sequence[str],
    first_in_lane: Sequence[str],
    window: Window,
) -> Layout:
    """Put every date of `events` in its place.

    Args:
        events: What :func:`entente.analysis.chronology.events_in_view` returns.
        lanes: Code to label of all lanes, in order; lanes without an event take no room.
        pinned: Events that have the uppermost lane to themselves, a row for each date.
        first_in_lane: Events that want the row under the header of their lane.
        window: The days with a scale; the record is drawn up to its as-of day.
    """
    marks = [_placed(mark, window) for mark in marks_of(events)]
    placed_lanes: list[Lane] = []
    placed_marks: list[Mark] = []
    top = HEAD
    for code, label in lanes.items():
        own = [mark for mark in marks if _lane_of(mark, pinned) == code]
        if not own:
            continue
        rows = list(range(len(own))) if code == HEADLINE_LANE else rows_in_lane(own, first_in_lane)
        step = PINNED_ROW if code == HEADLINE_LANE else 1.0
        placed_lanes.append(Lane(code=code, label=label, top=top))
        for mark, row in zip(own, rows, strict=True):
            placed_marks.append(replace(mark, y=top + HEADER + (row + 0.5) * step))
        top += HEADER + (1 + max(rows)) * step
    slotted = in_slots(placed_marks)
    return Layout(lanes=tuple(placed_lanes), marks=tuple(slotted), height=top, window=window)


def _placed(mark: Mark, window: Window) -> Mark:
    """The mark with its place on the scale; those that lie before it get theirs later."""
    ended = mark.span.last or mark.span.first
    if ended is None or ended < window.first:
        return mark
    lowest, highest = _days(mark, window)
    start, middle, end = days_across(lowest, highest)
    if mark.span.last is None:
        middle = days_across(lowest, lowest)[1]
    elif mark.span.first is None:
        middle = days_across(highest, highest)[1]
    return replace(mark, panel="recent", start=start, middle=middle, end=end)


def _days(mark: Mark, window: Window) -> tuple[dt.date, dt.date]:
    """First and last day of a mark, cut off where the axis begins and where the record ends."""
    lowest = max(mark.span.first or window.first, window.first)
    highest = mark.span.last or window.as_of
    if mark.face == "record":
        highest = min(highest, window.as_of)
    return lowest, max(lowest, highest)


def _lane_of(mark: Mark, pinned: Sequence[str]) -> str:
    return HEADLINE_LANE if mark.event_id in pinned else mark.theme
