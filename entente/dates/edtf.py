"""Dates as exactly as they are known: EDTF, read with strict bounds.

`..` alone stands for "already so before anything on record". The plain forms (day, month, year, one
mark behind them, and intervals of them) are read here, because the dataset has hundreds of them and
the `edtf` library takes milliseconds for each; every other form goes to the library. A property
test holds the two readings against each other.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from edtf import EDTFParseException, parse_edtf

OPEN = ".."
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
    if text == OPEN:
        return Span(first=None, last=None)
    bounds = _plain_interval(text) or _library_bounds(text)
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


def _plain_interval(text: str) -> tuple[dt.date, dt.date] | None:
    parts = text.split("/")
    ends = [_plain(part) for part in parts]
    if len(ends) > 2 or None in ends:
        return None
    return ends[0][0], ends[-1][1]  # type: ignore[index]


def _plain(text: str) -> tuple[dt.date, dt.date] | None:
    match = _PLAIN.match(text)
    if not match or not 1 <= int(match[1]) <= 9999:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if day:
            return (dt.date(year, month, day),) * 2  # type: ignore[arg-type]
        if month:
            last = calendar.monthrange(year, month)[1]  # type: ignore[arg-type]
            return dt.date(year, month, 1), dt.date(year, month, last)  # type: ignore[arg-type]
    except (ValueError, calendar.IllegalMonthError):
        return None  # seasons such as 2025-23, and days that do not exist: the library decides
    return dt.date(year, 1, 1), dt.date(year, 12, 31)  # type: ignore[arg-type]


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
