"""Dates as exactly as they are known: EDTF, read with strict bounds.

`..` alone stands for "already so before anything on record". The plain forms (day, month, year, one
mark behind them, and intervals of them) are read here, because the dataset has hundreds of them and
the `edtf` library takes milliseconds for each; every other form goes to the library. A property
test holds the two readings against each other.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd
from edtf import EDTFParseException, parse_edtf

OPEN = ".."
LAST_MONTH = 12
_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[~?%]?\Z")


@dataclass(frozen=True, kw_only=True)
class Span:
    """The days that a date may mean: `first` and `last` are None where it is open.

    `is_approximate` and `is_uncertain` repeat the marks `~` and `?` (`%` is both).
    """

    first: dt.date | None
    last: dt.date | None
    is_approximate: bool = False
    is_uncertain: bool = False

    @property
    def is_day(self) -> bool:
        """True for one single day."""
        return self.first is not None and self.first == self.last

    @property
    def is_open(self) -> bool:
        """True when one end is unknown or still running."""
        return self.first is None or self.last is None


@cache
def span(text: str) -> Span:
    """The strict bounds of an EDTF date.

    Raises:
        ValueError: `text` is not EDTF, or names a day that the calendar lacks, or ends before it
            starts.
    """
    ends = text.split("/")
    if len(ends) > 2:
        raise ValueError(f"{text!r} has more than two ends")
    bounds = _bounds(ends[0])[0], _bounds(ends[-1])[1]
    if bounds[0] and bounds[1] and bounds[1] < bounds[0]:
        raise ValueError(f"{text!r} ends before it starts")
    return Span(
        first=bounds[0],
        last=bounds[1],
        is_approximate="~" in text or "%" in text,
        is_uncertain="?" in text or "%" in text,
    )


def is_edtf(text: str) -> bool:
    """True when :func:`span` can read `text`."""
    try:
        span(text)
    except ValueError:
        return False
    return True


def first_day(text: str) -> dt.date:
    """The first day that `text` may mean, for sorting; the earliest date there is when open."""
    return span(text).first or dt.date.min


def new_year_before(texts: Iterable[str]) -> dt.date:
    """New Year's Day of the year in which the earliest of some dates begins.

    Raises:
        ValueError: There is no date, or one of them is not EDTF.
    """
    return min(map(first_day, texts)).replace(month=1, day=1)


@cache
def known_from(text: str) -> dt.date:
    """The first day by which what bears that date must have begun: from then on it counts.

    A month, a season or a year counts from its last day, lest anything stand there before it
    happened. What took several days counts from the day on which it began, and what had begun
    before the record (`..`) from the earliest date there is. The rule holds for beginnings and for
    ends alike: an end is known once it must have come.

    Raises:
        ValueError: `text` is not EDTF.
    """
    span(text)
    begun = span(text.partition("/")[0])
    return begun.last or begun.first or dt.date.min


def are_known(dates: pd.Series, as_of: dt.date) -> pd.Series:
    """Which dates count by a day (see :func:`known_from`).

    Args:
        dates: EDTF; a missing date never counts.
        as_of: The day whose knowledge counts.

    Returns:
        Booleans with the index of `dates`.
    """
    known = [isinstance(text, str) and known_from(text) <= as_of for text in dates]
    return pd.Series(known, index=dates.index, dtype=bool)


def _bounds(text: str) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of a date that is no interval, or of one end of an interval."""
    if text == OPEN:
        return None, None
    match = _PLAIN.match(text)
    year, month, day = match.groups() if match else (None, None, None)
    if year is None or int(month or 1) > LAST_MONTH:  # a season, such as 2025-23
        return _library_bounds(text)
    try:
        first = dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise ValueError(f"{text!r} is not an EDTF date: {error}") from error
    if month is None:
        return first, first.replace(month=12, day=31)
    last = day or calendar.monthrange(first.year, first.month)[1]
    return first, first.replace(day=int(last))


def _library_bounds(text: str) -> tuple[dt.date | None, dt.date | None]:
    try:
        parsed = parse_edtf(text)
        return _day(parsed.lower_strict()), _day(parsed.upper_strict())
    except (EDTFParseException, AttributeError, TypeError, OverflowError) as error:
        raise ValueError(f"{text!r} is not an EDTF date") from error


def _day(bound: Any) -> dt.date | None:
    """A strict bound of the library as a date; an open end comes as an infinite float."""
    if isinstance(bound, float):
        return None
    return dt.date(*tuple(bound)[:3])


MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SHORT_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "June"),
    *("July", "Aug", "Sept", "Oct", "Nov", "Dec"),
)
SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
BEFORE_THE_RECORD = "since before our data begin"

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
