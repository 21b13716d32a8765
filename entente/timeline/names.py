"""Short names beside the marks of the timeline: which stand, on which side, and how much room.

A figure is as wide as the reader's window, which is not known here. Names are laid out for the
narrowest window that shows them (`WIDE`, in pixels); the style sheet hides them below it.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entente.timeline.dates import Mark, Window, moved
from entente.vocabulary import DOCUMENT_DAY

WIDE = 1080
SCALE_SHARE = 0.785  # of the width, where an early panel stands beside the scale
LETTER, GAP = 6.0, 11.0  # pixels
BETWEEN = 14.0
NEAR = 2.0  # days
LINE = f"{DOCUMENT_DAY.isoformat()}T12:00:00"


@dataclass(frozen=True, kw_only=True)
class Name:
    """Words beside a mark: where they begin and end, as ISO times, and on which side of it."""

    item_id: str
    group: str
    text: str
    is_left: bool
    start: str
    end: str
    is_expected: bool = False
    y: float = 0.0


def group_of(mark: Mark, marks: Sequence[Mark]) -> str:
    """What shares a row: the dates of one event, and an expectation with its outcome."""
    drawn = {other.item_id for other in marks if other.panel == "recent"}
    return mark.outcome_id if mark.outcome_id in drawn else mark.item_id


def placed_names(marks: Sequence[Mark], names: Mapping[str, str], *, window: Window) -> list[Name]:
    """Names for the marks of one lane that have room for them at one end of their group."""
    groups: dict[str, list[Mark]] = {}
    for mark in marks:
        if mark.panel == "recent":
            groups.setdefault(group_of(mark, marks), []).append(mark)
    found: list[Name] = []
    for group, own in groups.items():
        found += _of_group(group, own, names, window)
    return found


def fitting(names: Sequence[Name], marks: Sequence[Mark], *, window: Window) -> list[Name]:
    """Those names that meet no mark of another group and no name before them in their row."""
    room = days_of(GAP, window)
    kept: list[Name] = []
    for name in names:
        others = [m for m in marks if m.panel == "recent" and m.y == name.y]
        apart = [m for m in others if group_of(m, marks) != name.group]
        blocked = any(
            name.start < moved(mark.end, room) and moved(mark.start, -room) < name.end
            for mark in apart
        )
        crossed = any(
            other.y == name.y and other.start < name.end and name.start < other.end
            for other in kept
        )
        if not blocked and not crossed:
            kept.append(name)
    return kept


def days_of(pixels: float, window: Window) -> float:
    """How many days so many pixels are where the figure is `WIDE`."""
    return pixels * window.days / (WIDE * (SCALE_SHARE if window.has_early else 1.0))


def width_of(text: str) -> float:
    """About how many pixels a text takes."""
    return len(text) * LETTER


def _of_group(
    group: str, own: Sequence[Mark], names: Mapping[str, str], window: Window
) -> list[Name]:
    """The name of the event, and that of an expectation on the side of its own mark."""
    expected = [mark for mark in own if mark.kind == "expectation"]
    events = [mark for mark in own if mark.kind != "expectation"]
    found = [_beside(mark, [mark], names, window, group, is_left=True) for mark in expected]
    if events:
        is_left_only = any(mark.is_awaited or mark.beyond == "after" for mark in own)
        is_right_only = any(mark.beyond == "before" for mark in own)
        sides = [True] if is_left_only else [False] if is_right_only else [False, True]
        tried = [_beside(events[0], own, names, window, group, is_left=side) for side in sides]
        free = [name for name in tried if name and not (expected and name.is_left)]
        fit = min(free, key=_crosses_line, default=None)
        if fit is None and expected:
            found = [_both(expected[0], events[0], names, window, group)]
        else:
            found.append(fit)
    return [name for name in found if name]


def _crosses_line(name: Name) -> bool:
    """Whether a name would stand across the line of the document's day."""
    return name.start < moved(LINE, NEAR) and name.end > moved(LINE, -NEAR)


def _beside(
    mark: Mark,
    own: Sequence[Mark],
    names: Mapping[str, str],
    window: Window,
    group: str,
    *,
    is_left: bool,
    text: str = "",
) -> Name | None:
    """The name of a mark at one end of its group; None without a name, or without room."""
    words = text or names.get(mark.item_id, "")
    wide, gap = days_of(width_of(words), window), days_of(GAP, window)
    if is_left:
        end = moved(min(str(other.start) for other in own), -gap)
        start = moved(end, -wide)
    else:
        start = moved(max(str(other.end) for other in own), gap)
        end = moved(start, wide)
    lowest = dt.datetime.combine(window.first, dt.time()) - dt.timedelta(days=window.lead_days)
    highest = dt.datetime.combine(window.last, dt.time()) + dt.timedelta(days=1)
    if not words or start < lowest.isoformat() or end > highest.isoformat():
        return None
    return Name(
        item_id=mark.item_id,
        group=group,
        text=words,
        is_left=is_left,
        start=start,
        end=end,
        is_expected=mark.kind == "expectation",
    )


def _both(
    expected: Mark, event: Mark, names: Mapping[str, str], window: Window, group: str
) -> Name | None:
    """What was expected and what came, in one line, where there is room on one side only."""
    text = " → ".join(names.get(mark.item_id, "") for mark in (expected, event))
    return _beside(expected, [expected], names, window, group, is_left=True, text=text)
