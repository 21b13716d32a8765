"""Events in the order of time: which a reader's view has, and by whose date.

An event has up to two faces: the record's date, and the document's where it differs. What was not
yet on record on the as-of date is left out; of the headline visits the document's face stays,
because the document spoke of them before they were due.
"""

import datetime as dt
from collections.abc import Collection, Sequence

import pandas as pd

from entente.dates.edtf import first_day, known_from, span
from entente.vocabulary import DOCUMENT_DAY

# The visits that the document is built on, with names that give away no outcome.
HEADLINE_VISITS = {"e036": "Erdoğan in Islamabad", "e042": "Aliyev in Islamabad"}
# Events that a reader finds others by; few, so that the names stay apart on a phone.
LANDMARKS = {
    "e043": "May conflict",
    "e047": "Lachin summit",
    "e051": "Framework signed",
    "e053": "TRIPP agreed",
    "e055": "Pakistan–Armenia ties",
    "e061": "Saudi–Pakistani pact",
    "e078": "US–Iran talks",
    "e088": "Hormuz shut",
}
NOT_YET_KNOWN = "not-yet-known"
NOT_YET_KNOWN_LABEL = "Not yet known"


def events_in_view(
    *,
    events: pd.DataFrame,
    event_actors: pd.DataFrame,
    themes: Collection[str],
    actors: Collection[str],
    lens: str,
    as_of: dt.date,
) -> pd.DataFrame:
    """The events that a view has, oldest first.

    Args:
        events: The table of that name.
        event_actors: The table of that name.
        themes: Theme codes that are wanted.
        actors: Actors of whom at least one must have taken part.
        lens: `document`, `record` or `both`.
        as_of: The day whose knowledge counts.

    Returns:
        The rows of `events` in view, with `shows_record` and `shows_document` (bool): which of the
        two dates are to be drawn. Where only the document spoke by then, `title`, `summary` and
        `status_code` say no more than was known.
    """
    taking_part = event_actors.loc[event_actors["actor_id"].isin(list(actors)), "event_id"]
    wanted = events["theme_code"].isin(list(themes)) & events["event_id"].isin(taking_part)
    shown = _with_faces(events[wanted], lens=lens, as_of=as_of)
    shown = shown[shown["shows_record"] | shown["shows_document"]]
    return in_order(_without_hindsight(shown, as_of=as_of))


def in_order(events: pd.DataFrame, *, key: str = "event_id") -> pd.DataFrame:
    """Rows by the first day that their drawn date may mean, then by `key`; numbered from 0."""
    order = sorted(
        range(len(events)),
        key=lambda row: (first_day(shown_date(events.iloc[row])), events.iloc[row][key]),
    )
    return events.iloc[order].reset_index(drop=True)


def shown_date(event: pd.Series) -> str:
    """The date by which an event in view is sorted: the record's, if the view shows it."""
    return str(event["date_edtf"] if event["shows_record"] else event["document_date_edtf"])


def dates_that_differ(events: pd.DataFrame) -> pd.DataFrame:
    """Those events for which the document has another date than the record."""
    return events[events["document_date_edtf"].notna()]


def neighbours(order: Sequence[str], event_id: str | None) -> tuple[str | None, str | None]:
    """The ids before and after `event_id`; from outside the order, its last and its first."""
    if not order:
        return None, None
    if event_id is None or event_id not in order:
        return order[-1], order[0]
    place = list(order).index(event_id)
    before = order[place - 1] if place else None
    after = order[place + 1] if place + 1 < len(order) else None
    return before, after


def days_early(event: pd.Series) -> int:
    """By how many days the document's first possible day precedes the record's; 0 when unknown."""
    if pd.isna(event["document_date_edtf"]):
        return 0
    record, document = span(event["date_edtf"]).first, span(event["document_date_edtf"]).first
    return (record - document).days if record and document else 0


def _with_faces(events: pd.DataFrame, *, lens: str, as_of: dt.date) -> pd.DataFrame:
    known = events["date_edtf"].map(lambda text: known_from(text) <= as_of).astype(bool)
    differs = events["document_date_edtf"].notna()
    spoken = (as_of >= DOCUMENT_DAY) & (known | events["event_id"].isin(HEADLINE_VISITS))
    if lens == "document":
        referred = events["is_in_document"] & spoken
        return events.assign(shows_record=referred & ~differs, shows_document=referred & differs)
    if lens == "record":
        return events.assign(shows_record=known, shows_document=False)
    return events.assign(shows_record=known, shows_document=differs & spoken)


def _without_hindsight(events: pd.DataFrame, *, as_of: dt.date) -> pd.DataFrame:
    """Events with the words of later days taken out."""
    later = events["date_edtf"].map(lambda text: known_from(text) > as_of).astype(bool)
    return events.assign(
        title=events["title"].mask(later, events["event_id"].map(HEADLINE_VISITS)),
        summary=events["summary"].mask(later, "On this date the record did not have it yet."),
        status_code=events["status_code"].mask(later, NOT_YET_KNOWN),
    )
