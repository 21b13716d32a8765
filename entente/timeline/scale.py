"""The scale of the timeline: the days that it covers, and where a day stands on it."""

import datetime as dt
from dataclasses import dataclass

from entente.dates import span

QUARTERS_BEFORE = 3  # whole quarters before that of the document
AFTER_THE_END = dt.timedelta(days=31)
LEAD = 0.21  # of the days of a zoom that does not start with a month
Days = tuple[dt.date, dt.date]


@dataclass(frozen=True, kw_only=True)
class Window:
    """The days that the panel with a scale covers.

    A place on the scale is a number of days since the start of the first one.

    Attributes:
        first: Its first day.
        last: Its last day.
        as_of: The day whose knowledge is shown.
        document_day: The day on which the document came out.
        is_cut: Whether the scale goes on after the as-of day, over days that have sources.
        is_zoomed: Whether the scale covers chosen days only, and what lies outside is left out.
        has_early: Whether a panel without a scale stands to its left, for all that came before.
        lead: Days of room at the left end, for words; they stand for no day.
    """

    first: dt.date
    last: dt.date
    as_of: dt.date
    document_day: dt.date
    is_cut: bool
    is_zoomed: bool = False
    has_early: bool = True
    lead: int = 0

    @property
    def end(self) -> float:
        """The place at which the last day ends."""
        return self.place(self.last) + 1

    @property
    def days(self) -> float:
        """How many days the scale has, its lead included."""
        return self.end + self.lead

    @property
    def has_document_line(self) -> bool:
        """Whether the document was out by the as-of day, and its day is on the scale."""
        return self.as_of >= self.document_day and self.first <= self.document_day <= self.last

    def place(self, day: dt.date) -> float:
        """The place at which a day starts."""
        return float((day - self.first).days)

    def time(self, place: float) -> str:
        """A place as an ISO time."""
        start = dt.datetime.combine(self.first, dt.time())
        return (start + dt.timedelta(days=place)).isoformat()


def find_window(
    *, as_of: dt.date, horizon: dt.date, document_day: dt.date, days: Days | None = None
) -> Window:
    """The days that the scale covers.

    Args:
        as_of: The day whose knowledge is shown.
        horizon: The day of the newest source.
        document_day: The day on which the document came out.
        days: First and last day of a zoom. None for three quarters before the document to the
            horizon, or for two years up to an as-of day before that, each with a panel of what came
            earlier.
    """
    lead = 0
    if days is None:
        first, last = _start_of_quarters_before(document_day), horizon + AFTER_THE_END
        if as_of.year <= first.year:
            first, last = dt.date(as_of.year - 1, 1, 1), dt.date(as_of.year, 12, 31)
    else:
        first, last = days
        if first.day > 1:
            last += AFTER_THE_END
            lead = round((last - first).days * LEAD)
    return Window(
        first=first,
        last=last,
        as_of=as_of,
        document_day=document_day,
        is_cut=as_of < min(horizon, last),
        is_zoomed=days is not None,
        has_early=days is None,
        lead=lead,
    )


def may_meet(edtf: str, days: Days) -> bool:
    """Whether a date may mean one of the days; an open end reaches as far as it can."""
    meant = span(edtf)
    return (meant.first or dt.date.min) <= days[1] and (meant.last or dt.date.max) >= days[0]


def _start_of_quarters_before(day: dt.date) -> dt.date:
    number = day.year * 4 + (day.month - 1) // 3 - QUARTERS_BEFORE
    return dt.date(number // 4, number % 4 * 3 + 1, 1)
