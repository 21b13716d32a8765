"""Where each date of the timeline is drawn: its lane, its row, and its place along the axis.

Two panels lie side by side. The right one, `recent`, has a scale of time and covers a `Window`; the
left one, `early`, holds what came before, in order but not to scale; a zoom has none. Heights are
counted downwards from the top, in rows. Every rule is deterministic, so that equal tables give
equal figures.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from entente.timeline.dates import Mark, Place, Window, days_across, marks_of
from entente.timeline.names import Name, fitting, group_of, placed_names
from entente.timeline.rows import in_slots, rows_in_lane

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
    """All lanes, marks and names, the height of it all in rows, and the days with a scale."""

    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    names: tuple[Name, ...]
    height: float
    window: Window


def layout_of(
    items: pd.DataFrame,
    *,
    lanes: Mapping[str, str],
    pinned: Mapping[str, str],
    first_in_lane: Sequence[str],
    names: Mapping[str, str],
    window: Window,
) -> Layout:
    """Put every date of `items` in its place.

    Args:
        items: What :func:`entente.analysis.expectations.timeline_items` returns.
        lanes: Theme code to label of all lanes, in order; lanes without an item take no room.
        pinned: Event id to name of those that have the uppermost lanes to themselves, a row for
            each date.
        first_in_lane: Events that want the row under the header of their lane.
        names: Item id to short name; under a zoom, rows leave room for them.
        window: The days with a scale; the record is drawn up to its as-of day.
    """
    marks = [_placed(mark, window) for mark in marks_of(items, window)]
    placed_lanes: list[Lane] = []
    placed: list[Mark] = []
    written: list[Name] = []
    top = HEAD
    for code, label in {**_pinned_lanes(pinned, window), **lanes}.items():
        own = [mark for mark in marks if _lane_of(mark, pinned, window) == code]
        if not own:
            continue
        step = PINNED_ROW if code.startswith(HEADLINE_LANE) else 1.0
        words = [] if code.startswith(HEADLINE_LANE) else placed_names(own, names, window=window)
        rows = _rows(code, own, words, first_in_lane, window)
        placed_lanes.append(Lane(code=code, label=label, top=top))
        set_down = [
            replace(mark, y=top + HEADER + (row + 0.5) * step)
            for mark, row in zip(own, rows, strict=True)
        ]
        placed += set_down
        written += _at_height(words, set_down)
        top += HEADER + (1 + max(rows)) * step
    return Layout(
        lanes=tuple(placed_lanes),
        marks=tuple(in_slots(placed)),
        names=tuple(fitting(written, placed, window=window)),
        height=top,
        window=window,
    )


def _rows(
    code: str, own: Sequence[Mark], words: Sequence[Name], first: Sequence[str], window: Window
) -> list[int]:
    """The row of each mark of a lane; under a zoom, names get room, else they must find it."""
    if code.startswith(HEADLINE_LANE):
        return list(range(len(own)))
    return rows_in_lane(own, first, () if window.has_early else words, window)


def _at_height(names: Sequence[Name], marks: Sequence[Mark]) -> list[Name]:
    """Names in the row of their group."""
    heights = {group_of(mark, marks): mark.y for mark in marks if mark.panel == "recent"}
    return [replace(name, y=heights[name.group]) for name in names]


def _pinned_lanes(pinned: Mapping[str, str], window: Window) -> dict[str, str]:
    """One lane for all pinned events beside the early panel; under a zoom, one for each."""
    if window.has_early:
        return {HEADLINE_LANE: "Headline visits"}
    return {f"{HEADLINE_LANE} {event_id}": name for event_id, name in pinned.items()}


def _lane_of(mark: Mark, pinned: Mapping[str, str], window: Window) -> str:
    if mark.item_id not in pinned:
        return mark.theme
    return HEADLINE_LANE if window.has_early else f"{HEADLINE_LANE} {mark.item_id}"


def _placed(mark: Mark, window: Window) -> Mark:
    """The mark with its place on the scale; those that lie before it get theirs later."""
    ended = mark.span.last or mark.span.first
    if window.has_early and (ended is None or ended < window.first):
        return mark
    lowest, highest = _days(mark, window)
    start, middle, end = days_across(lowest, highest)
    symbol = _middle(mark, lowest, highest, middle)
    return replace(mark, panel="recent", start=start, middle=symbol, end=end)


def _middle(mark: Mark, lowest: dt.date, highest: dt.date, middle: str) -> Place:
    """Where the symbol stands: in the middle, or at the end that is known."""
    if mark.span.last is None:
        return days_across(lowest, lowest)[1]
    if mark.span.first is None:
        return days_across(highest, highest)[1]
    return middle


def _days(mark: Mark, window: Window) -> tuple[dt.date, dt.date]:
    """First and last day of a mark, cut off where the axis begins and where the record ends."""
    lowest = max(mark.span.first or window.first, window.first)
    if mark.is_expected and mark.span.last is None:
        return lowest, lowest
    highest = min(mark.span.last or window.as_of, window.last)
    if mark.face == "record":
        highest = min(highest, window.as_of)
    return lowest, max(lowest, highest)
