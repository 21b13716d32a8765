"""Where each date of the timeline is drawn: its lane, its row, and its place along the axis.

Two panels lie side by side. The right one, `recent`, has a scale of time and covers a `Window`; the
left one, `early`, holds what came before, in order but not to scale; a zoom has none. Heights are
counted downwards from the top, in rows. Every rule is deterministic, so that equal tables give
equal figures.

A figure is as wide as the reader's window, which is not known here. Short names are laid out for
the narrowest window that shows them (`WIDE`, in pixels); the style sheet hides them below it.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from entente.record.chronology import EXPECTATION
from entente.timeline.scale import Mark, Place, Window, days_across, list_marks, move_by

# In rows: of the whole figure, of a lane, and of a row of a pinned event.
HEAD, HEADER, PINNED_ROW = 1.3, 1.15, 1.45
HEADLINE_LANE = ":headline"  # no code of a theme begins so
EARLY_COLUMNS = 6
HALF_SLOT = 0.34
WIDE = 1080
SCALE_SHARE = 0.785  # of the width, where an early panel stands beside the scale
# In pixels: of a letter, before and after a name, between names, of a symbol with its surroundings.
LETTER, GAP, BETWEEN, SYMBOL = 6.0, 11.0, 14.0, 27.0
NEAR = 2.0  # days
Reach = tuple[dt.datetime, dt.datetime]


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


def lay_out(
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
        items: What :func:`entente.record.chronology.list_items` returns.
        lanes: Theme code to label of all lanes, in order; lanes without an item take no room.
        pinned: Event id to name of those that have the uppermost lanes to themselves, a row for
            each date.
        first_in_lane: Events that want the row under the header of their lane.
        names: Item id to short name; under a zoom, rows leave room for them.
        window: The days with a scale; the record is drawn up to its as-of day.
    """
    marks = [_place(mark, window) for mark in list_marks(items, window)]
    placed_lanes: list[Lane] = []
    placed: list[Mark] = []
    written: list[Name] = []
    top = HEAD
    for code, label in {**_pinned_lanes(pinned, window), **lanes}.items():
        own = [mark for mark in marks if _find_lane(mark, pinned, window) == code]
        if not own:
            continue
        step = PINNED_ROW if code.startswith(HEADLINE_LANE) else 1.0
        words = [] if code.startswith(HEADLINE_LANE) else place_names(own, names, window=window)
        rows = _rows(code, own, words, first_in_lane, window)
        placed_lanes.append(Lane(code=code, label=label, top=top))
        set_down = [
            replace(mark, y=top + HEADER + (row + 0.5) * step)
            for mark, row in zip(own, rows, strict=True)
        ]
        placed += set_down
        written += _set_at_height(words, set_down)
        top += HEADER + (1 + max(rows)) * step
    return Layout(
        lanes=tuple(placed_lanes),
        marks=tuple(put_in_slots(placed)),
        names=tuple(keep_fitting(written, placed, window=window)),
        height=top,
        window=window,
    )


def _rows(
    code: str, own: Sequence[Mark], words: Sequence[Name], first: Sequence[str], window: Window
) -> list[int]:
    """The row of each mark of a lane; under a zoom, names get room, else they must find it."""
    if code.startswith(HEADLINE_LANE):
        return list(range(len(own)))
    return find_rows(own, first, () if window.has_early else words, window)


def _set_at_height(names: Sequence[Name], marks: Sequence[Mark]) -> list[Name]:
    """Names in the row of their group."""
    heights = {find_group(mark, marks): mark.y for mark in marks if mark.panel == "recent"}
    return [replace(name, y=heights[name.group]) for name in names]


def _pinned_lanes(pinned: Mapping[str, str], window: Window) -> dict[str, str]:
    """One lane for all pinned events beside the early panel; under a zoom, one for each."""
    if window.has_early:
        return {HEADLINE_LANE: "Headline visits"}
    return {f"{HEADLINE_LANE} {event_id}": name for event_id, name in pinned.items()}


def _find_lane(mark: Mark, pinned: Mapping[str, str], window: Window) -> str:
    if mark.item_id not in pinned:
        return mark.theme
    return HEADLINE_LANE if window.has_early else f"{HEADLINE_LANE} {mark.item_id}"


def _place(mark: Mark, window: Window) -> Mark:
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


def find_rows(
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
        groups.setdefault(find_group(mark, recent), []).append(mark)
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
        rows[find_group(mark, recent)] if mark.panel == "recent" else slots[mark.item_id]
        for mark in marks
    ]


def put_in_slots(marks: Sequence[Mark]) -> list[Mark]:
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
    room = dt.timedelta(days=to_days(SYMBOL, window) / 2)
    apart = dt.timedelta(days=to_days(BETWEEN, window))
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


def find_group(mark: Mark, marks: Sequence[Mark]) -> str:
    """What shares a row: the dates of one event, and an expectation with its outcome."""
    drawn = {other.item_id for other in marks if other.panel == "recent"}
    return mark.outcome_id if mark.outcome_id in drawn else mark.item_id


def place_names(marks: Sequence[Mark], names: Mapping[str, str], *, window: Window) -> list[Name]:
    """Names for the marks of one lane that have room for them at one end of their group."""
    groups: dict[str, list[Mark]] = {}
    for mark in marks:
        if mark.panel == "recent":
            groups.setdefault(find_group(mark, marks), []).append(mark)
    found: list[Name] = []
    for group, own in groups.items():
        found += _place_name_of(group, own, names, window)
    return found


def _place_name_of(
    group: str, own: Sequence[Mark], names: Mapping[str, str], window: Window
) -> list[Name]:
    """The name of the event, and that of an expectation on the side of its own mark."""
    expected = [mark for mark in own if mark.kind == EXPECTATION]
    events = [mark for mark in own if mark.kind != EXPECTATION]
    found = [_beside(mark, [mark], names, window, group, is_left=True) for mark in expected]
    if events:
        is_left_only = any(mark.is_awaited or mark.beyond == "after" for mark in own)
        is_right_only = any(mark.beyond == "before" for mark in own)
        sides = [True] if is_left_only else [False] if is_right_only else [False, True]
        tried = [_beside(events[0], own, names, window, group, is_left=side) for side in sides]
        free = [name for name in tried if name and not (expected and name.is_left)]
        fit = min(free, key=lambda name: _crosses_line(name, window), default=None)
        if fit is None and expected:
            found = [_both(expected[0], events[0], names, window, group)]
        else:
            found.append(fit)
    return [name for name in found if name]


def _crosses_line(name: Name, window: Window) -> bool:
    """Whether a name would stand across the line of the document's day."""
    line = days_across(window.document_day, window.document_day)[1]
    return name.start < move_by(line, NEAR) and name.end > move_by(line, -NEAR)


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
    wide, gap = to_days(measure_text(words), window), to_days(GAP, window)
    if is_left:
        end = move_by(min(str(other.start) for other in own), -gap)
        start = move_by(end, -wide)
    else:
        start = move_by(max(str(other.end) for other in own), gap)
        end = move_by(start, wide)
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
        is_expected=mark.kind == EXPECTATION,
    )


def _both(
    expected: Mark, event: Mark, names: Mapping[str, str], window: Window, group: str
) -> Name | None:
    """What was expected and what came, in one line, where there is room on one side only."""
    text = " → ".join(names.get(mark.item_id, "") for mark in (expected, event))
    return _beside(expected, [expected], names, window, group, is_left=True, text=text)


def keep_fitting(names: Sequence[Name], marks: Sequence[Mark], *, window: Window) -> list[Name]:
    """Those names that meet no mark of another group and no name before them in their row."""
    room = to_days(GAP, window)
    kept: list[Name] = []
    for name in names:
        others = [m for m in marks if m.panel == "recent" and m.y == name.y]
        apart = [m for m in others if find_group(m, marks) != name.group]
        blocked = any(
            name.start < move_by(mark.end, room) and move_by(mark.start, -room) < name.end
            for mark in apart
        )
        crossed = any(
            other.y == name.y and other.start < name.end and name.start < other.end
            for other in kept
        )
        if not blocked and not crossed:
            kept.append(name)
    return kept


def to_days(pixels: float, window: Window) -> float:
    """How many days so many pixels are where the figure is `WIDE`."""
    return pixels * window.days / (WIDE * (SCALE_SHARE if window.has_early else 1.0))


def measure_text(text: str) -> float:
    """About how many pixels a text takes."""
    return len(text) * LETTER
