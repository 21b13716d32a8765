"""Zooms of the timeline: which days each covers, and which items it has."""

import datetime as dt

import pandas as pd

from entente.dates.edtf import span
from entente.vocabulary import DOCUMENT_DAY

# January has the date that the document gives for one visit; in July the paper that the other was
# to bring was signed.
_FIXED = {
    "visits": (dt.date(2025, 1, 1), dt.date(2025, 7, 31)),
    "year": (dt.date(DOCUMENT_DAY.year, 1, 1), dt.date(DOCUMENT_DAY.year, 12, 31)),
}
Days = tuple[dt.date, dt.date]


def days_of(zoom: str, *, horizon: dt.date) -> Days | None:
    """First and last day of a zoom; None for all days there are.

    Args:
        zoom: A code of `vocabulary.ZOOMS`.
        horizon: Day of the newest source, where what lasts until now ends.
    """
    if zoom == "since":
        return DOCUMENT_DAY, max(horizon, DOCUMENT_DAY)
    return _FIXED.get(zoom)


def within(items: pd.DataFrame, days: Days | None) -> pd.DataFrame:
    """The items of which a shown date may mean one of the days; rows numbered from 0.

    Args:
        items: With `date_edtf`, `document_date_edtf`, `shows_record`, `shows_document`.
        days: What :func:`days_of` returns.
    """
    if days is None:
        return items
    kept = [_meets(item, days) for item in items.to_dict("records")]
    return items[pd.Series(kept, index=items.index, dtype=bool)].reset_index(drop=True)


def _meets(item: dict[str, object], days: Days) -> bool:
    shown = (("shows_record", "date_edtf"), ("shows_document", "document_date_edtf"))
    return any(touches(str(item[date]), days) for flag, date in shown if item[flag])


def touches(text: str, days: Days) -> bool:
    """True when a date may mean one of the days; an open end reaches as far as it can."""
    meant = span(text)
    begins, ends = meant.first or dt.date.min, meant.last or dt.date.max
    return begins <= days[1] and ends >= days[0]
