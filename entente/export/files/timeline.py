"""What the timeline shows, as a calendar (iCalendar, RFC 5545) and as rows for a spreadsheet.

The same items of the same dataset give the same bytes: an entry is named after its item, and its
time stamp is the day on which the dataset was released.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pandas as pd
from icalendar import Calendar, Event

from entente.dates import day_in_words, first_day, in_words, span
from entente.dossier.store import Dossier
from entente.export.files.writing import inert, plain
from entente.record.chronology import (
    EXPECTATION,
    EXPECTED,
    NOT_HELD,
    NOT_YET_KNOWN,
    find_shown_date,
)
from entente.timeline.items import label_statuses, pick_date

DOMAIN = "entente"
STATUSES = {NOT_HELD: "CANCELLED", NOT_YET_KNOWN: "TENTATIVE", EXPECTED: "TENTATIVE"}
ONE_DAY = dt.timedelta(days=1)
COLUMNS = (
    *("id", "kind", "title", "theme", "status", "place", "date", "date_edtf"),
    *("first_day", "last_day", "document_date", "document_date_edtf", "came_of_it"),
    *("claims", "summary", "sources"),
)


def write_calendar(dossier: Dossier, items: pd.DataFrame, *, as_of: dt.date) -> bytes:
    """The items of a view as a calendar of all-day entries, in their order.

    Args:
        dossier: For labels, sources, the version and its day.
        items: What :func:`entente.timeline.items.find_items` returns. One without any bound to its
            date cannot stand in a calendar and is left out.
        as_of: The day whose knowledge the view shows.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Entente//Timeline {dossier.version}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Entente timeline, as known on {day_in_words(as_of)}")
    released = first_day(str(dossier["dataset"].at[0, "released_edtf"]))
    stamp = dt.datetime.combine(released, dt.time(), tzinfo=dt.UTC)
    for item in _label_items(dossier, items):
        days = span(item["shown"])
        first, last = days.first or days.last, days.last or days.first  # of an open date, one end
        if first is None or last is None:
            continue
        entry = Event()
        expected = "Expected by the document: " if item["kind"] == EXPECTATION else ""
        entry.add("uid", f"{item['item_id']}@{DOMAIN}")
        entry.add("dtstamp", stamp)
        entry.add("dtstart", first)
        entry.add("dtend", last + ONE_DAY)
        entry.add("summary", plain(f"{expected}{item['title']}"))
        if item["place"]:
            entry.add("location", plain(item["place"]))
        entry.add("categories", [plain(item["theme"])])
        entry.add("status", STATUSES.get(item["status_code"], "CONFIRMED"))
        entry.add("transp", "TRANSPARENT")
        entry.add("description", _describe(item))
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def write_rows(dossier: Dossier, items: pd.DataFrame) -> bytes:
    """The items of a view as CSV (UTF-8, a header row), one a row.

    Args:
        dossier: For labels and sources.
        items: What :func:`entente.timeline.items.find_items` returns.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in _label_items(dossier, items):
        days = span(item["shown"])
        record, document = pick_date(item, "record"), pick_date(item, "document")
        cells = (
            *(item["item_id"], item["kind"], item["title"], item["theme"], item["status"]),
            *(item["place"], in_words(record) if record else "", record),
            *(days.first or "", days.last or ""),
            *(in_words(document) if document else "", document),
            *(item["outcome_id"], item["claim_ids"], item["summary"], " | ".join(item["sources"])),
        )
        writer.writerow([inert(plain(cell)) for cell in cells])
    return out.getvalue().encode("utf-8")


def _label_items(dossier: Dossier, items: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Items with the date they are sorted by, their labels, and a line of text for each source."""
    themes, statuses = dossier.labels("themes"), label_statuses(dossier)
    links = dossier["event_sources"].merge(dossier["sources"], on="source_id")
    lines = links["publisher"] + ", " + links["url"]
    by_event = {name: list(own) for name, own in lines.groupby(links["event_id"])}
    for item in items.to_dict("records"):
        yield {
            **item,
            "shown": find_shown_date(item),
            "theme": themes[item["theme_code"]],
            "status": statuses[item["status_code"]],
            "summary": item["summary"] if isinstance(item["summary"], str) else "",
            "sources": by_event.get(item["item_id"], []),
        }


def _describe(item: dict[str, Any]) -> str:
    """What is known, how exact the date is, the document's date, claims and sources."""
    lines = [f"{item['status']}: {in_words(item['shown'])}.{_say_exactness(item['shown'])}"]
    lines += [item["summary"]] if item["summary"] else []
    if item["shows_document"] and item["shows_record"]:
        lines.append(f"The document’s date: {in_words(item['document_date_edtf'])}.")
    if item["claim_ids"]:
        lines.append(f"Claims: {', '.join(item['claim_ids'].split())}")
    lines += [f"Source: {source}" for source in item["sources"]]
    return plain("\n".join(lines))


def _say_exactness(text: str) -> str:
    """A warning where an entry over several days does not mean that it took them all."""
    days = span(text)
    is_rough = days.is_approximate or days.is_uncertain
    if days.is_open:
        return " Only one end is known; the entry is on that day."
    if "/" in text and not is_rough:
        return ""
    if not days.is_day:
        return " The exact day is not known; the entry covers all possible days."
    return " The day is not certain." if is_rough else ""
