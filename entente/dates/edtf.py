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
