"""Dates in words, no more exact than they are known: "12–13 February 2025", "about January 2025".

It stands beside the reading of dates so that every layer may import it.
"""

import datetime as dt
import re
from functools import cache

from entente.dates.edtf import OPEN, span

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SHORT_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "June"),
    *("July", "Aug", "Sept", "Oct", "Nov", "Dec"),
)
SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
BEFORE_THE_RECORD = "since before the record"

_SIMPLE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)\Z")
_MARKS = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}


@cache
def in_words(text: str, *, is_short: bool = False) -> str:
    """An EDTF date as a reader would say it.

    Args:
        text: EDTF, or `..` for "already so before anything on record".
        is_short: Abbreviate months, for labels and narrow columns.

    Raises:
        ValueError: `text` is not an EDTF date.
    """
    bounds = span(text)
    if text == OPEN:
        return BEFORE_THE_RECORD
    months = SHORT_MONTHS if is_short else MONTHS
    if "/" in text:
        return _interval(*text.split("/", 1), months=months)
    simple = _simple(text, months)
    return simple if simple else _bounded(bounds.first, bounds.last, text, months)


def day_in_words(day: dt.date, *, is_short: bool = False) -> str:
    """A day as "10 April 2025"."""
    return in_words(day.isoformat(), is_short=is_short)


def _interval(start: str, end: str, *, months: tuple[str, ...]) -> str:
    if start == end == OPEN:
        return "at an unknown time"
    if end == OPEN:
        return f"from {_end(start, months)}"
    if start == OPEN:
        return f"until {_end(end, months)}"
    if start == end:
        return _end(end, months)
    return _joined(start, end, months) or f"{_end(start, months)} – {_end(end, months)}"


def _joined(start: str, end: str, months: tuple[str, ...]) -> str | None:
    """Two plain ends with what they share said once; None when a mark or a season forbids it."""
    first, last = _SIMPLE.match(start), _SIMPLE.match(end)
    if not first or not last or first[4] or last[4]:
        return None
    exact = [sum(part is not None for part in match.groups()[:3]) for match in (first, last)]
    names = _simple(start, months), _simple(end, months)
    if exact[0] != exact[1] or None in names:
        return None
    if exact[0] == 1:
        return f"{first[1]}–{last[1]}"
    if first[1] != last[1] or any(match[2] in SEASONS for match in (first, last)):
        return None
    opening = str(names[0]).removesuffix(f" {first[1]}")
    if exact[0] == 2:
        return f"{opening}–{names[1]}"
    return f"{int(first[3])}–{names[1]}" if first[2] == last[2] else f"{opening} – {names[1]}"


def _simple(text: str, months: tuple[str, ...]) -> str | None:
    """A year, month, season or day with its mark; None for any other form."""
    match = _SIMPLE.match(text)
    if not match:
        return None
    year, month, day, mark = match.groups()
    said = _MARKS[mark]
    if month is None:
        return f"{said}{year}"
    if month in SEASONS:
        return f"{said}{SEASONS[month]} {year}"
    if not 1 <= int(month) <= len(months):
        return None
    name = f"{months[int(month) - 1]} {year}"
    return f"{said}{int(day)} {name}" if day else f"{said}{name}"


def _end(text: str, months: tuple[str, ...]) -> str:
    bounds = span(text)
    return _simple(text, months) or _bounded(bounds.first, bounds.last, text, months)


def _bounded(
    first: dt.date | None, last: dt.date | None, text: str, months: tuple[str, ...]
) -> str:
    """Any other form by its bounds; the notation itself where it has none."""
    if first is None or last is None:
        return text
    ends = [_simple(day.isoformat(), months) for day in (first, last)]
    return str(ends[0]) if first == last else f"between {ends[0]} and {ends[1]}"
