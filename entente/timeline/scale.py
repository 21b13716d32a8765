"""The scale of the timeline: the days that it covers, and the dates that are drawn on it."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from entente.dates import Span, span

QUARTERS_BEFORE = 3  # whole quarters before that of the document
AFTER_THE_END = dt.timedelta(days=31)
LEAD = 0.21  # of the days of a zoom that does not start with a month
Days = tuple[dt.date, dt.date]

Place = float | str


@dataclass(frozen=True, kw_only=True)
class Window:
    """The days that the panel with a scale covers.

    Attributes:
        first: Its first day.
        last: Its last day.
        as_of: The day whose knowledge is shown.
        document_day: The day on which the document came out.
        has_early: Whether a panel without a scale stands to its left, for all that came before.
        lead_days: Room at the left end, for words, that stands for no day.
    """

    first: dt.date
    last: dt.date
    as_of: dt.date
    document_day: dt.date
    has_early: bool = True
    lead_days: int = 0

    @property
    def days(self) -> int:
        """How many days the scale has, its lead included."""
        return (self.last - self.first).days + 1 + self.lead_days

    @property
    def has_document_line(self) -> bool:
        """Whether the document was out by the as-of day, and its day is on the scale."""
        return self.as_of >= self.document_day and self.first <= self.document_day <= self.last


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One date of one item, in place.

    `start`, `middle` and `end` are ISO dates in the recent panel and slots in the early one;
    `y` is in rows. `face` is whose date it is. `outcome_id`, `is_awaited` and `beyond` are the
    item's: what came of an expectation, whether nothing has, and whether the other date, or what
    came, lies off the scale of a zoom, `before` or `after` it.
    """

    item_id: str
    kind: str
    face: str
    edtf: str
    theme: str
    status: str
    claim_ids: str = ""
    is_expected: bool = False
    is_awaited: bool = False
    outcome_id: str = ""
    beyond: str = ""
    panel: str = "early"
    start: Place = 0.0
    middle: Place = 0.0
    end: Place = 0.0
    y: float = 0.0

    @property
    def span(self) -> Span:
        """The days that the date may mean."""
        return span(self.edtf)

    @property
    def data(self) -> list[str]:
        """What a click on the mark returns: its kind, its id, the ids of its claims."""
        return [self.kind, self.item_id, self.claim_ids]


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
    if days is not None:
        first, last = days
        starts_with_the_month = first.day == 1
        last = last if starts_with_the_month else last + AFTER_THE_END
        lead = 0 if starts_with_the_month else round((last - first).days * LEAD)
        return Window(
            first=first,
            last=last,
            as_of=as_of,
            document_day=document_day,
            has_early=False,
            lead_days=lead,
        )
    first, last = _quarters_before(document_day), horizon + AFTER_THE_END
    if as_of.year <= first.year:
        first, last = dt.date(as_of.year - 1, 1, 1), dt.date(as_of.year, 12, 31)
    return Window(first=first, last=last, as_of=as_of, document_day=document_day)


def list_marks(items: pd.DataFrame, window: Window) -> list[Mark]:
    """A mark for each date that is to be shown, in the order of `items`, the document's first.

    Under a zoom, a date that lies wholly outside the scale has none: the other one points to it.
    """
    marks = []
    days = window.first, window.last
    for item in items.to_dict("records"):
        for face, column in (("document", "document_date_edtf"), ("record", "date_edtf")):
            if item[f"shows_{face}"] and (window.has_early or may_meet(item[column], days)):
                beyond = "" if window.has_early else _beyond(item, window)
                marks.append(_mark(item, face=face, edtf=item[column], beyond=beyond))
    return marks


def may_meet(edtf: str, days: Days) -> bool:
    """Whether a date may mean one of the days; an open end reaches as far as it can."""
    meant = span(edtf)
    begins, ends = meant.first or dt.date.min, meant.last or dt.date.max
    return begins <= days[1] and ends >= days[0]


def days_across(lowest: dt.date, highest: dt.date) -> tuple[str, str, str]:
    """Start, middle and end of the days from `lowest` to `highest`, as ISO times."""
    start = dt.datetime.combine(lowest, dt.time())
    end = dt.datetime.combine(highest + dt.timedelta(days=1), dt.time())
    return start.isoformat(), (start + (end - start) / 2).isoformat(), end.isoformat()


def move_by(place: Place, days: float) -> str:
    """An ISO time so many days later."""
    return (dt.datetime.fromisoformat(str(place)) + dt.timedelta(days=days)).isoformat()


def _quarters_before(day: dt.date) -> dt.date:
    """The first day of the quarter that lies `QUARTERS_BEFORE` before that of a day."""
    number = day.year * 4 + (day.month - 1) // 3 - QUARTERS_BEFORE
    return dt.date(number // 4, number % 4 * 3 + 1, 1)


def _beyond(item: dict[str, object], window: Window) -> str:
    """On which side of the scale another date of an item lies, if it does."""
    both = item["shows_record"] and item["shows_document"]
    dates = [item["date_edtf"], item["document_date_edtf"]] if both else []
    dates += [item["outcome_edtf"]] if item["outcome_edtf"] else []
    spans = [span(str(text)) for text in dates]
    if any(days.last and days.last < window.first for days in spans):
        return "before"
    return "after" if any(days.first and days.first > window.last for days in spans) else ""


def _mark(item: dict[str, object], *, face: str, edtf: str, beyond: str) -> Mark:
    is_document = face == "document"
    return Mark(
        item_id=str(item["item_id"]),
        kind=str(item["kind"]),
        face=face,
        edtf=edtf,
        theme=str(item["theme_code"]),
        status=str(item["status_code"]),
        claim_ids=str(item["claim_ids"]),
        is_expected=bool(item["is_expected"]) and is_document,
        is_awaited=bool(item["is_awaited"]),
        outcome_id=str(item["outcome_id"]),
        beyond=beyond,
    )
