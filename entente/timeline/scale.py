"""The dates that the timeline draws, as marks, and the days that its scale covers."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from entente.dates.edtf import Span, span

FIRST_DAY = dt.date(2024, 7, 1)
AFTER_THE_END = dt.timedelta(days=31)
LEAD = 0.21  # of the days of a zoom that does not start with a month
Days = tuple[dt.date, dt.date]

Place = float | str


@dataclass(frozen=True, kw_only=True)
class Window:
    """The days from `first` to `last` that the panel with a scale covers, and the as-of day.

    `has_early` says whether a panel without a scale stands to its left, for all that came before.
    `lead_days` is room at the left end, for words, that stands for no day.
    """

    first: dt.date
    last: dt.date
    as_of: dt.date
    has_early: bool = True
    lead_days: int = 0

    @property
    def days(self) -> int:
        """How many days the scale has, its lead included."""
        return (self.last - self.first).days + 1 + self.lead_days


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


def window_of(*, as_of: dt.date, horizon: dt.date, days: Days | None = None) -> Window:
    """The days that the scale covers.

    Args:
        as_of: The day whose knowledge is shown.
        horizon: The day of the newest source.
        days: First and last day of a zoom; None for mid-2024 to the horizon, or for two years up to
            an as-of day before that, with a panel of what came earlier.
    """
    if days is not None:
        first, last = days
        starts_with_the_month = first.day == 1
        last = last if starts_with_the_month else last + AFTER_THE_END
        lead = 0 if starts_with_the_month else round((last - first).days * LEAD)
        return Window(first=first, last=last, as_of=as_of, has_early=False, lead_days=lead)
    if as_of.year > FIRST_DAY.year:
        return Window(first=FIRST_DAY, last=horizon + AFTER_THE_END, as_of=as_of)
    first, last = dt.date(as_of.year - 1, 1, 1), dt.date(as_of.year, 12, 31)
    return Window(first=first, last=last, as_of=as_of)


def marks_of(items: pd.DataFrame, window: Window) -> list[Mark]:
    """A mark for each date that is to be shown, in the order of `items`, the document's first.

    Under a zoom, a date that lies wholly outside the scale has none: the other one points to it.
    """
    marks = []
    for item in items.to_dict("records"):
        for face, column in (("document", "document_date_edtf"), ("record", "date_edtf")):
            if item[f"shows_{face}"] and (window.has_early or _is_inside(item[column], window)):
                beyond = "" if window.has_early else _beyond(item, window)
                marks.append(_mark(item, face=face, edtf=item[column], beyond=beyond))
    return marks


def days_across(lowest: dt.date, highest: dt.date) -> tuple[str, str, str]:
    """Start, middle and end of the days from `lowest` to `highest`, as ISO times."""
    start = dt.datetime.combine(lowest, dt.time())
    end = dt.datetime.combine(highest + dt.timedelta(days=1), dt.time())
    return start.isoformat(), (start + (end - start) / 2).isoformat(), end.isoformat()


def moved(place: Place, days: float) -> str:
    """An ISO time so many days later."""
    return (dt.datetime.fromisoformat(str(place)) + dt.timedelta(days=days)).isoformat()


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


def _is_inside(edtf: str, window: Window) -> bool:
    meant = span(edtf)
    begins, ends = meant.first or dt.date.min, meant.last or dt.date.max
    return begins <= window.last and ends >= window.first
