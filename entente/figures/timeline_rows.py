"""Rows and slots of the timeline: where marks of one lane stand so that none hides another."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from entente.figures.timeline_dates import Mark

EARLY_COLUMNS = 6
LEAST_GAP = dt.timedelta(days=24)
HALF_SLOT = 0.34


def rows_in_lane(marks: Sequence[Mark], first: Sequence[str]) -> list[int]:
    """A row for each mark of one lane: both dates of an event share one, and none meets another."""
    rows: dict[str, int] = {}
    taken: list[list[tuple[dt.datetime, dt.datetime]]] = []
    recent = [mark for mark in marks if mark.panel == "recent"]
    order = dict.fromkeys(mark.event_id for mark in recent)
    for event_id in sorted(order, key=lambda name: name not in first):
        reach = _reach([mark for mark in recent if mark.event_id == event_id])
        row = next((n for n, held in enumerate(taken) if not _meets(reach, held)), len(taken))
        if row == len(taken):
            taken.append([])
        taken[row].append(reach)
        rows[event_id] = row
    early = list(dict.fromkeys(mark.event_id for mark in marks if mark.panel == "early"))
    slots = {event_id: place // EARLY_COLUMNS for place, event_id in enumerate(early)}
    return [(rows if mark.panel == "recent" else slots)[mark.event_id] for mark in marks]


def _reach(marks: Sequence[Mark]) -> tuple[dt.datetime, dt.datetime]:
    """From the first to the last day of an event's marks, with room for the symbols."""
    starts, middles, ends = (
        [dt.datetime.fromisoformat(str(getattr(mark, part))) for mark in marks]
        for part in ("start", "middle", "end")
    )
    room = LEAST_GAP / 2
    return min(*starts, min(middles) - room), max(*ends, max(middles) + room)


def _meets(
    reach: tuple[dt.datetime, dt.datetime], held: Sequence[tuple[dt.datetime, dt.datetime]]
) -> bool:
    return any(reach[0] < end and start < reach[1] for start, end in held)


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
