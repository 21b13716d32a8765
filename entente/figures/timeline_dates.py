"""The dates that the timeline draws, as marks, and the days that its scale covers."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from entente.schema.dates import Span, span

FIRST_DAY = dt.date(2024, 7, 1)
AFTER_THE_END = dt.timedelta(days=31)

Place = float | str


@dataclass(frozen=True, kw_only=True)
class Window:
    """The days from `first` to `last` that the panel with a scale covers, and the as-of day."""

    first: dt.date
    last: dt.date
    as_of: dt.date


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One date of one event, in place.

    `start`, `middle` and `end` are ISO dates in the recent panel and slots in the early one;
    `y` is in rows.
    """

    event_id: str
    face: str
    edtf: str
    theme: str
    status: str
    panel: str = "early"
    start: Place = 0.0
    middle: Place = 0.0
    end: Place = 0.0
    y: float = 0.0

    @property
    def span(self) -> Span:
        """The days that the date may mean."""
        return span(self.edtf)


def window_of(*, as_of: dt.date, horizon: dt.date) -> Window:
    """The days that the scale covers: mid-2024 to the horizon, or two years up to an early day."""
    if as_of.year > FIRST_DAY.year:
        return Window(first=FIRST_DAY, last=horizon + AFTER_THE_END, as_of=as_of)
    first, last = dt.date(as_of.year - 1, 1, 1), dt.date(as_of.year, 12, 31)
    return Window(first=first, last=last, as_of=as_of)


def marks_of(events: pd.DataFrame) -> list[Mark]:
    """A mark for each date that is to be shown, in the order of `events`, the document's first."""
    marks = []
    for event in events.to_dict("records"):
        for face, column in (("document", "document_date_edtf"), ("record", "date_edtf")):
            if event[f"shows_{face}"]:
                marks.append(
                    Mark(
                        event_id=event["event_id"],
                        face=face,
                        edtf=event[column],
                        theme=event["theme_code"],
                        status=event["status_code"],
                    )
                )
    return marks


def days_across(lowest: dt.date, highest: dt.date) -> tuple[str, str, str]:
    """Start, middle and end of the days from `lowest` to `highest`, as ISO times."""
    start = dt.datetime.combine(lowest, dt.time())
    end = dt.datetime.combine(highest + dt.timedelta(days=1), dt.time())
    return start.isoformat(), (start + (end - start) / 2).isoformat(), end.isoformat()
