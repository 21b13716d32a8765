"""The items of a view of the timeline: which it has, and how they read as rows and as a list."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

from entente.address.views import TimelineView
from entente.dates import BEFORE_THE_RECORD, in_words, span
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.record.chronology import EXPECTATION, STATUS_LABELS, find_shown_date, list_items
from entente.timeline.scale import Days, may_meet

Record = dict[str, Any]


def find_items(dossier: Dossier, view: TimelineView) -> pd.DataFrame:
    """The items of a view, oldest first, as :func:`entente.record.chronology.list_items` has them.

    A view with a zoom has those of which a shown date may mean one of its days.
    """
    return _find_items(dossier, view=forget_display(view))


def forget_display(view: TimelineView) -> TimelineView:
    """The view without what does not decide which items it has, to look up derived tables by."""
    return replace(view, mode="lanes", pick=None)


@cached
def _find_items(dossier: Dossier, *, view: TimelineView) -> pd.DataFrame:
    items = list_items(
        dossier.tables,
        themes=view.themes,
        actors=view.actors,
        lens=view.lens,
        as_of=view.as_of,
    )
    return keep_within(items, find_days(dossier, view.zoom))


def find_days(dossier: Dossier, zoom: str) -> Days | None:
    """First and last day of a zoom; None for the one that has all days.

    A zoom without a last day reaches to that of the newest source.
    """
    zoomed = dossier.document.timeline_spans[zoom]
    if zoomed.first is None and zoomed.last is None:
        return None
    first = zoomed.first or dossier.earliest
    return first, zoomed.last or max(dossier.horizon, first)


def keep_within(items: pd.DataFrame, days: Days | None) -> pd.DataFrame:
    """The items of which a shown date may mean one of the days; rows numbered from 0.

    Args:
        items: With `date_edtf`, `document_date_edtf`, `shows_record`, `shows_document`.
        days: First and last day; None for all there are.
    """
    if days is None:
        return items
    faces = ("record", "document")
    dates = [[pick_date(item, face) for face in faces] for item in items.to_dict("records")]
    is_inside = [any(text and may_meet(text, days) for text in own) for own in dates]
    return items[pd.Series(is_inside, index=items.index, dtype=bool)].reset_index(drop=True)


def pick_date(item: Record, face: str) -> str:
    """The date of an item by the `record` or the `document`; empty where the view hides it."""
    column = "date_edtf" if face == "record" else "document_date_edtf"
    return str(item[column]) if item[f"shows_{face}"] else ""


def label_statuses(dossier: Dossier) -> dict[str, str]:
    """Status code to label, with those that only a past day or an expectation has."""
    return {**dossier.labels("event_statuses"), **STATUS_LABELS}


def list_sources(dossier: Dossier, items: pd.DataFrame) -> tuple[str, ...]:
    """Sources of all events among the items."""
    links = dossier["event_sources"]
    return tuple(links.loc[links["event_id"].isin(items["item_id"]), "source_id"].unique())


@cached
def list_rows(dossier: Dossier, *, view: TimelineView) -> pd.DataFrame:
    """The items of a view as rows for readers, oldest first."""
    items = find_items(dossier, view)
    dates, others = (
        [pick_date(item, face) for item in items.to_dict("records")]
        for face in ("record", "document")
    )
    return pd.DataFrame(
        {
            "Date": [in_words(text) if text else "" for text in dates],
            "Event": list(items["title"]),
            "Theme": list(items["theme_code"].map(dossier.labels("themes"))),
            "Status": list(items["status_code"].map(label_statuses(dossier))),
            "Place": list(items["place"]),
            "The document’s date": [in_words(text) if text else "" for text in others],
            "Date (EDTF)": dates,
            "Id": list(items["item_id"]),
        }
    )


def list_years(
    dossier: Dossier, items: pd.DataFrame, *, link: Callable[[str], str], pick: str | None
) -> list[Record]:
    """The items of a view by year, in the same order, each as a record for the list.

    Args:
        dossier: For labels.
        items: What :func:`find_items` returns.
        link: Gives the address at which an item is picked.
        pick: The item that is picked.
    """
    years: list[Record] = []
    for item in items.to_dict("records"):
        first = span(find_shown_date(item)).first
        year = str(first.year) if first else BEFORE_THE_RECORD.capitalize()
        if not years or years[-1]["year"] != year:
            years.append({"year": year, "rows": []})
        item_id = item["item_id"]
        row = {"href": link(item_id), "is_picked": item_id == pick, **_row(dossier, item)}
        years[-1]["rows"].append(row)
    return years


def _row(dossier: Dossier, item: Record) -> Record:
    document = pick_date(item, "document") if item["shows_record"] else ""
    came = item["outcome_id"] if item["kind"] == EXPECTATION else ""
    titles = dossier["events"].set_index("event_id")["title"]
    return {
        "item_id": item["item_id"],
        "title": item["title"],
        "date": in_words(find_shown_date(item)),
        "edtf": find_shown_date(item),
        "is_expectation": item["kind"] == EXPECTATION,
        "is_document_only": not item["shows_record"],
        "theme": dossier.labels("themes")[item["theme_code"]],
        "theme_code": item["theme_code"],
        "status": label_statuses(dossier)[item["status_code"]],
        "document": in_words(document) if document else "",
        "came": titles[came] if came else "",
        "outcome_edtf": in_words(item["outcome_edtf"]) if came else "",
        "is_awaited": bool(item["is_awaited"]),
    }
