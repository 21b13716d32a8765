"""Zooms of the timeline: which days each covers, and which items it has."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pandas as pd

from entente.address.views import TimelineView, horizon
from entente.dates.edtf import span
from entente.dates.words import BEFORE_THE_RECORD, in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.record import chronology
from entente.record.chronology import (
    EXPECTATION,
    EXPECTED,
    EXPECTED_LABEL,
    NOT_YET_KNOWN,
    NOT_YET_KNOWN_LABEL,
    shown_date,
)
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


Record = dict[str, Any]


def statuses(dossier: Dossier) -> dict[str, str]:
    """Status code to label, with those that only a past day or an expectation has."""
    return {
        **dossier.labels("event_statuses"),
        NOT_YET_KNOWN: NOT_YET_KNOWN_LABEL,
        EXPECTED: EXPECTED_LABEL,
    }


def timeline_table(dossier: Dossier, items: pd.DataFrame) -> pd.DataFrame:
    """The items of a view as rows for readers, in the same order."""
    dates = [date_by(item, "record") for item in items.to_dict("records")]
    others = [date_by(item, "document") for item in items.to_dict("records")]
    return pd.DataFrame(
        {
            "Date": [in_words(text) if text else "" for text in dates],
            "Event": list(items["title"]),
            "Theme": list(items["theme_code"].map(dossier.labels("themes"))),
            "Status": list(items["status_code"].map(statuses(dossier))),
            "Place": list(items["place"]),
            "The document’s date": [in_words(text) if text else "" for text in others],
            "Date (EDTF)": dates,
            "Id": list(items["item_id"]),
        }
    )


def years_of(
    dossier: Dossier, items: pd.DataFrame, *, link: Callable[[str], str], pick: str | None
) -> list[Record]:
    """The items of a view by year, in the same order, each as a record for the list.

    Args:
        dossier: For labels.
        items: What :func:`entente.analysis.chronology.timeline_items` returns.
        link: Gives the address at which an item is picked.
        pick: The item that is picked.
    """
    labels = dossier.labels("themes"), statuses(dossier)
    outcomes = dossier["events"].set_index("event_id")["title"]
    years: list[Record] = []
    for _, item in items.iterrows():
        year = _year(shown_date(item))
        if not years or years[-1]["year"] != year:
            years.append({"year": year, "rows": []})
        came = outcomes.get(item["outcome_id"], "") if item["kind"] == EXPECTATION else ""
        row = _row(item, *labels, came=str(came))
        is_picked = item["item_id"] == pick
        years[-1]["rows"].append({**row, "href": link(item["item_id"]), "is_picked": is_picked})
    return years


def date_by(item: Record, face: str) -> str:
    """The date of an item by the record or the document, if the view shows it."""
    column = "date_edtf" if face == "record" else "document_date_edtf"
    return str(item[column]) if item[f"shows_{face}"] else ""


def _row(item: pd.Series, themes: dict[str, str], words: dict[str, str], *, came: str) -> Record:
    document = date_by(item, "document") if item["shows_record"] else ""
    return {
        "item_id": item["item_id"],
        "title": item["title"],
        "date": in_words(shown_date(item)),
        "edtf": shown_date(item),
        "is_expectation": item["kind"] == EXPECTATION,
        "is_document_only": not item["shows_record"],
        "theme": themes[item["theme_code"]],
        "theme_code": item["theme_code"],
        "status": words[item["status_code"]],
        "document": in_words(document) if document else "",
        "came": came,
        "outcome_edtf": in_words(item["outcome_edtf"]) if came else "",
        "is_awaited": bool(item["is_awaited"]),
    }


def _year(text: str) -> str:
    first = span(text).first
    return str(first.year) if first else BEFORE_THE_RECORD.capitalize()


def choices(view: TimelineView) -> dict[str, Any]:
    """What of a view decides which items it has: plain options for the functions of this module."""
    return {
        "lens": view.lens,
        "as_of": view.as_of,
        "themes": view.themes,
        "actors": view.actors,
        "zoom": view.zoom,
    }


def items_of(dossier: Dossier, view: TimelineView) -> pd.DataFrame:
    """The items of a view, oldest first."""
    items: pd.DataFrame = items_on(dossier, **choices(view))
    return items


@cached
def items_on(dossier: Dossier, *, zoom: str, **options: Any) -> pd.DataFrame:
    """The items that a view has; `options` are those of the analyses."""
    shown = chronology.events_in_view(
        events=dossier["events"], event_actors=dossier["event_actors"], **options
    )
    items = chronology.timeline_items(
        shown_events=shown,
        events=dossier["events"],
        event_claims=dossier["event_claims"],
        expectations=dossier["expectations"],
        claims=dossier["claims"],
        claim_actors=dossier["claim_actors"],
        **options,
    )
    return within(items, days_of(zoom, horizon=horizon(dossier)))


@cached
def table_on(dossier: Dossier, **options: Any) -> pd.DataFrame:
    """The items of a view as rows for readers."""
    return timeline_table(dossier, items_on(dossier, **options))


def cited(dossier: Dossier, items: pd.DataFrame) -> tuple[str, ...]:
    """Sources of all events among the items."""
    links = dossier["event_sources"]
    return tuple(links.loc[links["event_id"].isin(items["item_id"]), "source_id"])
