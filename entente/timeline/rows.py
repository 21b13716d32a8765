"""Rows and slots of the timeline: where marks of one lane stand so that none hides another."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from entente.timeline.dates import Mark, Window, days_across
from entente.timeline.names import BETWEEN, Name, days_of, group_of

EARLY_COLUMNS = 6
HALF_SLOT = 0.34
SYMBOL = 27.0  # pixels that a symbol has to itself, at the narrowest width that shows names
Reach = tuple[dt.datetime, dt.datetime]


def rows_in_lane(
    marks: Sequence[Mark], first: Sequence[str], names: Sequence[Name], window: Window
) -> list[int]:
    """A row for each mark of one lane: what belongs together shares one, and none meets another.

    Args:
        marks: The marks of the lane.
        first: Events that want the row under the header of their lane.
        names: Names that want room in the row of their group.
        window: The days with a scale.
    """
    recent = [mark for mark in marks if mark.panel == "recent"]
    groups: dict[str, list[Mark]] = {}
    for mark in recent:
        groups.setdefault(group_of(mark, recent), []).append(mark)
    rows: dict[str, int] = {}
    taken: list[list[Reach]] = []
    for group in sorted(groups, key=lambda name: name not in first):
        own = [name for name in names if name.group == group]
        reach = _reach(groups[group], own, window)
        row = next((n for n, held in enumerate(taken) if not _meets(reach, held)), len(taken))
        if row == len(taken):
            taken.append([])
        taken[row].append(reach)
        rows[group] = row
    early = list(dict.fromkeys(mark.item_id for mark in marks if mark.panel == "early"))
    slots = {item_id: place // EARLY_COLUMNS for place, item_id in enumerate(early)}
    return [
        rows[group_of(mark, recent)] if mark.panel == "recent" else slots[mark.item_id]
        for mark in marks
    ]


def in_slots(marks: Sequence[Mark]) -> list[Mark]:
    """Early marks side by side in their row, oldest at the left; the others as they are."""
    filled: dict[float, int] = {}
    slotted = []
    for mark in marks:
        if mark.panel != "early":
            slotted.append(mark)
            continue
        at = filled[mark.y] = filled.get(mark.y, 0) + 1
        slotted.append(replace(mark, start=at - HALF_SLOT, middle=float(at), end=at + HALF_SLOT))
    return slotted


def _reach(marks: Sequence[Mark], names: Sequence[Name], window: Window) -> Reach:
    """From the first to the last day of a group, with room for symbols, names and an arrow."""
    room = dt.timedelta(days=days_of(SYMBOL, window) / 2)
    apart = dt.timedelta(days=days_of(BETWEEN, window))
    middles = [_time(mark.middle) for mark in marks]
    starts = [_time(mark.start) for mark in marks] + [min(middles) - room]
    ends = [_time(mark.end) for mark in marks] + [max(middles) + room]
    starts += [_time(name.start) - apart for name in names]
    ends += [_time(name.end) + apart for name in names]
    scale = days_across(window.first, window.last)
    starts += [_time(scale[0]) for mark in marks if mark.beyond == "before"]
    ends += [_time(scale[2]) for mark in marks if mark.beyond == "after"]
    if any(mark.is_awaited for mark in marks):
        ends.append(dt.datetime.combine(window.as_of, dt.time()) + room)
    return min(starts), max(ends)


def _time(place: object) -> dt.datetime:
    return dt.datetime.fromisoformat(str(place))


def _meets(reach: Reach, held: Sequence[Reach]) -> bool:
    return any(reach[0] < end and start < reach[1] for start, end in held)
