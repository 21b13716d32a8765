"""Where each date of the timeline is drawn: its lane, its row, and its place along the axis.

Two panels lie side by side. The right one, `recent`, has a scale of time and covers a `Window`; the
left one, `early`, holds what came before, in order but not to scale; a zoom has none. Heights are
counted downwards from the top, in rows. Every rule is deterministic, so that equal tables give
equal figures.

A figure is as wide as the reader's window, which is not known here. Short names are laid out for
the narrowest window that shows them (`WIDE`, in pixels); the style sheet hides them below it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from entente.dates import Span, span
from entente.record.chronology import EXPECTATION
from entente.timeline.scale import Window, may_meet

# In rows: of the whole figure, of a lane, and of a row of a pinned event.
HEAD, HEADER, PINNED_ROW = 1.3, 1.15, 1.45
HEADLINE_LANE = ":headline"  # no code of a theme begins so
EARLY_COLUMNS = 6
HALF_SLOT = 0.34
WIDE = 1080
SCALE_SHARE = 0.785  # of the width, where an early panel stands beside the scale
# In pixels: of a letter, before and after a name, between names, of a symbol with its surroundings.
LETTER, GAP, BETWEEN, SYMBOL = 6.5, 11.0, 14.0, 27.0
NEAR = 2.0  # days
Reach = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One date of one item, in place.

    Attributes:
        item: Its row of :func:`entente.record.chronology.list_items`.
        face: Whose date it is, `document` or `record`.
        edtf: The date.
        beyond: Where the item's other date, or what came of it, lies off the scale of a zoom:
            `before` or `after`; empty where it does not.
        panel: `early` or `recent`.
        start: Where its days begin: a place on the scale; a slot in the early panel.
        middle: Where its symbol stands.
        end: Where its days end.
        group: Id of the event whose dates share a row; an expectation joins what came of it.
        y: Height in rows.
    """

    item: Any
    face: str
    edtf: str
    beyond: str = ""
    panel: str = "early"
    start: float = 0.0
    middle: float = 0.0
    end: float = 0.0
    group: str = ""
    y: float = 0.0

    @property
    def item_id(self) -> str:
        """The id of the item."""
        return str(self.item.item_id)

    @property
    def is_expected(self) -> bool:
        """Whether the date is an expectation of the document."""
        return bool(self.item.is_expected) and self.face == "document"

    @property
    def span(self) -> Span:
        """The days that the date may mean."""
        return span(self.edtf)

    @property
    def data(self) -> list[str]:
        """What a click on the mark returns: its kind, its id, the ids of its claims."""
        return [self.item.kind, self.item_id, self.item.claim_ids]


@dataclass(frozen=True, kw_only=True)
class Name:
    """Words beside a mark, from `start` to `end` on the scale, on one side of its group."""

    mark: Mark
    text: str
    is_left: bool
    start: float
    end: float
    y: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One lane: its code and label, and where it begins, in rows."""

    code: str
    label: str
    top: float

    @property
    def is_pinned(self) -> bool:
        """Whether it is for pinned events."""
        return self.code.startswith(HEADLINE_LANE)


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
            each date: one lane for all beside the early panel, one for each under a zoom.
        first_in_lane: Events that want the row under the header of their lane.
        names: Item id to short name; under a zoom, rows leave room for them.
        window: The days with a scale; the record is drawn up to its as-of day.
    """
    pinned_lanes = {
        event_id: HEADLINE_LANE if window.has_early else f"{HEADLINE_LANE} {event_id}"
        for event_id in pinned
    }
    labels = {
        pinned_lanes[event_id]: "Headline visits" if window.has_early else name
        for event_id, name in pinned.items()
    }
    by_lane: dict[str, list[Mark]] = {}
    for mark in list_marks(items, window):
        code = pinned_lanes.get(mark.item_id, mark.item.theme_code)
        by_lane.setdefault(code, []).append(mark)
    placed_lanes: list[Lane] = []
    marks: list[Mark] = []
    written: list[Name] = []
    top = HEAD
    for code, label in {**labels, **lanes}.items():
        if code not in by_lane:
            continue
        lane = Lane(code=code, label=label, top=top)
        own = _group(by_lane[code])
        own_names = [] if lane.is_pinned else _place_names(own, names, window)
        if lane.is_pinned:
            rows = list(range(len(own)))
        else:
            with_room = own_names if window.is_zoomed else ()  # else names must find their room
            rows = _find_rows(own, with_room, first_in_lane, window)
        step = PINNED_ROW if lane.is_pinned else 1.0
        own = _set_down(own, rows, top=top + HEADER, step=step)
        heights = {mark.group: mark.y for mark in own if mark.panel == "recent"}
        placed_lanes.append(lane)
        marks += own
        written += [replace(name, y=heights[name.mark.group]) for name in own_names]
        top += HEADER + (1 + max(rows)) * step
    return Layout(
        lanes=tuple(placed_lanes),
        marks=tuple(marks),
        names=tuple(_keep_fitting(written, marks, window)),
        height=top,
        window=window,
    )


def list_marks(items: pd.DataFrame, window: Window) -> Iterator[Mark]:
    """A mark for each date that is to be shown, in the order of `items`, the document's first.

    Those of the recent panel have their place on the scale. Under a zoom, a date that lies wholly
    outside the scale has no mark: the other one points to it.
    """
    for item in items.itertuples(name="Item", index=False):
        beyond = _find_beyond(item, window) if window.is_zoomed else ""
        for face, edtf, is_shown in (
            ("document", item.document_date_edtf, item.shows_document),
            ("record", item.date_edtf, item.shows_record),
        ):
            if is_shown and (not window.is_zoomed or may_meet(edtf, (window.first, window.last))):
                yield _place(Mark(item=item, face=face, edtf=edtf, beyond=beyond), window)


def _find_beyond(item: Any, window: Window) -> str:
    both = item.shows_record and item.shows_document
    dates = [item.date_edtf, item.document_date_edtf] if both else []
    spans = [span(text) for text in (*dates, item.outcome_edtf) if text]
    if any(days.last and days.last < window.first for days in spans):
        return "before"
    return "after" if any(days.first and days.first > window.last for days in spans) else ""


def _place(mark: Mark, window: Window) -> Mark:
    """The mark in its place on the scale, cut off where the axis begins and the record ends.

    The symbol stands in the middle, or at the end that is known. What lies before the scale stays
    in the early panel.
    """
    first, last = mark.span.first, mark.span.last
    ended = last or first
    if window.has_early and (ended is None or ended < window.first):
        return mark
    lowest = highest = max(first or window.first, window.first)
    if last or not mark.is_expected:
        known = window.as_of if mark.face == "record" else dt.date.max
        highest = max(lowest, min(last or window.as_of, window.last, known))
    start, end = window.place(lowest), window.place(highest) + 1
    middle = start + 0.5 if last is None else end - 0.5 if first is None else (start + end) / 2
    return replace(mark, panel="recent", start=start, middle=middle, end=end)


def _group(marks: Sequence[Mark]) -> list[Mark]:
    """Marks of one lane with their groups."""
    drawn = {mark.item_id for mark in marks if mark.panel == "recent"}
    return [
        replace(mark, group=mark.item.outcome_id if mark.item.outcome_id in drawn else mark.item_id)
        for mark in marks
    ]


def _list_groups(marks: Sequence[Mark]) -> dict[str, list[Mark]]:
    """The marks on the scale by group."""
    groups: dict[str, list[Mark]] = {}
    for mark in marks:
        if mark.panel == "recent":
            groups.setdefault(mark.group, []).append(mark)
    return groups


def _find_rows(
    marks: Sequence[Mark], names: Sequence[Name], first: Sequence[str], window: Window
) -> list[int]:
    """A row for each mark of one lane: a group shares one, and no two of them meet.

    Args:
        marks: The marks of the lane.
        names: Names that want room in the row of their group.
        first: Events that want the row under the header of the lane.
        window: The days with a scale.
    """
    rows: dict[str, int] = {}
    taken: list[list[Reach]] = []
    groups = _list_groups(marks)
    for group in sorted(groups, key=lambda name: name not in first):
        own_names = [name for name in names if name.mark.group == group]
        start, end = _find_reach(groups[group], own_names, window)
        row = 0
        while row < len(taken) and any(
            start < after and before < end for before, after in taken[row]
        ):
            row += 1
        if row == len(taken):
            taken.append([])
        taken[row].append((start, end))
        rows[group] = row
    early = list(dict.fromkeys(mark.item_id for mark in marks if mark.panel == "early"))
    return [
        rows[mark.group] if mark.panel == "recent" else early.index(mark.item_id) // EARLY_COLUMNS
        for mark in marks
    ]


def _find_reach(marks: Sequence[Mark], names: Sequence[Name], window: Window) -> Reach:
    """From the start to the end of a group, with room for symbols, names and an arrow."""
    room, apart = _to_days(SYMBOL, window) / 2, _to_days(BETWEEN, window)
    starts = [min(mark.start, mark.middle - room) for mark in marks]
    starts += [name.start - apart for name in names]
    starts += [0.0 for mark in marks if mark.beyond == "before"]
    ends = [max(mark.end, mark.middle + room) for mark in marks]
    ends += [name.end + apart for name in names]
    ends += [window.end for mark in marks if mark.beyond == "after"]
    ends += [window.place(window.as_of) + room for mark in marks if mark.item.is_awaited]
    return min(starts), max(ends)


def _set_down(marks: Sequence[Mark], rows: Sequence[int], *, top: float, step: float) -> list[Mark]:
    """Marks at the height of their rows; early ones side by side, oldest at the left."""
    slots: Counter[int] = Counter()
    found = []
    for mark, row in zip(marks, rows, strict=True):
        placed = replace(mark, y=top + (row + 0.5) * step)
        if mark.panel == "early":
            slots[row] += 1
            middle = float(slots[row])
            start, end = middle - HALF_SLOT, middle + HALF_SLOT
            placed = replace(placed, start=start, middle=middle, end=end)
        found.append(placed)
    return found


def _place_names(marks: Sequence[Mark], names: Mapping[str, str], window: Window) -> list[Name]:
    """Names for the marks of one lane that have room for them at one end of their group."""
    placed = (_place_names_of_group(own, names, window) for own in _list_groups(marks).values())
    return [name for found in placed for name in found if name]


def _place_names_of_group(
    marks: Sequence[Mark], names: Mapping[str, str], window: Window
) -> list[Name | None]:
    """The name of the event, and that of an expectation at the left of its own mark.

    Where there is room at the left only, one line says what was expected and what came.
    """
    expected = [mark for mark in marks if mark.item.kind == EXPECTATION]
    event = next((mark for mark in marks if mark.item.kind != EXPECTATION), None)
    found = [_name(mark, [mark], names, window, is_left=True) for mark in expected]
    if event is None:
        return found
    is_left_only = any(mark.item.is_awaited or mark.beyond == "after" for mark in marks)
    is_right_only = any(mark.beyond == "before" for mark in marks)
    sides = [True] if is_left_only else [False] if is_right_only else [False, True]
    tried = [
        _name(event, marks, names, window, is_left=is_left)
        for is_left in sides
        if not (is_left and expected)
    ]
    best = min(filter(None, tried), key=lambda name: _crosses_line(name, window), default=None)
    if best is None and expected:
        text = " → ".join(names.get(mark.item_id, "") for mark in (expected[0], event))
        own = {expected[0].item_id: text}
        return [_name(expected[0], expected[:1], own, window, is_left=True)]
    return [*found, best]


def _name(
    mark: Mark, own: Sequence[Mark], names: Mapping[str, str], window: Window, *, is_left: bool
) -> Name | None:
    """The name of a mark beside its `own` marks; None without a name, or without room."""
    text = names.get(mark.item_id, "")
    width, gap = _to_days(len(text) * LETTER, window), _to_days(GAP, window)
    if is_left:
        end = min(other.start for other in own) - gap
        start = end - width
    else:
        start = max(other.end for other in own) + gap
        end = start + width
    if not text or start < -window.lead or end > window.end:
        return None
    return Name(mark=mark, text=text, is_left=is_left, start=start, end=end)


def _crosses_line(name: Name, window: Window) -> bool:
    """Whether a name would stand across the line of the document's day."""
    line = window.place(window.document_day) + 0.5
    return name.start < line + NEAR and name.end > line - NEAR


def _keep_fitting(names: Sequence[Name], marks: Sequence[Mark], window: Window) -> list[Name]:
    """Those names that meet no mark of another group and no name before them in their row."""
    gap = _to_days(GAP, window)
    kept: list[Name] = []
    for name in names:
        apart = [mark for mark in marks if mark.panel == "recent" and mark.group != name.mark.group]
        taken = [(mark.y, mark.start - gap, mark.end + gap) for mark in apart]
        taken += [(other.y, other.start, other.end) for other in kept]
        if not any(
            y == name.y and start < name.end and name.start < end for y, start, end in taken
        ):
            kept.append(name)
    return kept


def _to_days(pixels: float, window: Window) -> float:
    """How many days so many pixels are where the figure is `WIDE`."""
    return pixels * window.days / (WIDE * (SCALE_SHARE if window.has_early else 1.0))
