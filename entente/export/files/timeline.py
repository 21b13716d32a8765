"""What the timeline shows, as a calendar (iCalendar, RFC 5545) and as rows for a spreadsheet.

The same items of the same dataset give the same bytes: an entry is named after its item, and its
time stamp is the day on which the dataset was released.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping
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
from entente.timeline.items import label_statuses

Item = Mapping[str, Any]
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
    themes, statuses = dossier.labels("themes"), label_statuses(dossier)
    for item, sources in _with_sources(dossier, items):
        days = _find_days(find_shown_date(item))
        if days is not None:
            entry = _entry(item, days, theme=themes[item["theme_code"]], stamp=stamp)
            status = statuses[item["status_code"]]
            entry.add("description", _describe(item, status=status, sources=sources))
            calendar.add_component(entry)
    return bytes(calendar.to_ical())


def write_rows(dossier: Dossier, items: pd.DataFrame) -> bytes:
    """The items of a view as CSV (UTF-8, a header row), one a row.

    Args:
        dossier: For labels and sources.
        items: What :func:`entente.timeline.items.find_items` returns.
    """
    themes, statuses = dossier.labels("themes"), label_statuses(dossier)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item, sources in _with_sources(dossier, items):
        words = themes[item["theme_code"]], statuses[item["status_code"]]
        writer.writerow([inert(plain(cell)) for cell in _cells(item, *words, sources=sources)])
    return out.getvalue().encode("utf-8")


def _with_sources(dossier: Dossier, items: pd.DataFrame) -> Iterable[tuple[Item, list[str]]]:
    """Each item with its sources, a line of text each."""
    links = dossier["event_sources"].merge(dossier["sources"], on="source_id")
    lines = links["publisher"] + ", " + links["url"]
    by_event = {name: list(own) for name, own in lines.groupby(links["event_id"])}
    return [(item, by_event.get(item["item_id"], [])) for item in items.to_dict("records")]


def _entry(item: Item, days: tuple[dt.date, dt.date], *, theme: str, stamp: dt.datetime) -> Event:
    entry = Event()
    expected = "Expected by the document: " if item["kind"] == EXPECTATION else ""
    entry.add("uid", f"{item['item_id']}@{DOMAIN}")
    entry.add("dtstamp", stamp)
    entry.add("dtstart", days[0])
    entry.add("dtend", days[1] + ONE_DAY)
    entry.add("summary", plain(f"{expected}{item['title']}"))
    if item["place"]:
        entry.add("location", plain(item["place"]))
    entry.add("categories", [plain(theme)])
    entry.add("status", STATUSES.get(item["status_code"], "CONFIRMED"))
    entry.add("transp", "TRANSPARENT")
    return entry


def _describe(item: Item, *, status: str, sources: list[str]) -> str:
    """What is known, how exact the date is, the document's date, claims and sources."""
    text = find_shown_date(item)
    lines = [f"{status}: {in_words(text)}.{_say_exactness(text)}"]
    lines += [item["summary"]] if isinstance(item["summary"], str) and item["summary"] else []
    if item["shows_document"] and item["shows_record"]:
        lines.append(f"The document’s date: {in_words(item['document_date_edtf'])}.")
    if item["claim_ids"]:
        lines.append(f"Claims: {', '.join(item['claim_ids'].split())}")
    lines += [f"Source: {source}" for source in sources]
    return plain("\n".join(lines))


def _say_exactness(text: str) -> str:
    """A warning where an entry over several days does not mean that it took them all."""
    days = span(text)
    if days.is_open:
        return " One end is not known; the entry stands on the other."
    if "/" in text and not (days.is_approximate or days.is_uncertain):
        return ""
    if not days.is_day:
        return " The day is not known; the entry covers all that may be meant."
    return " The day is not certain." if days.is_approximate or days.is_uncertain else ""


def _find_days(text: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of an entry; of an open date the end that is known."""
    days = span(text)
    first, last = days.first or days.last, days.last or days.first
    return (first, last) if first and last else None


def _cells(item: Item, theme: str, status: str, *, sources: list[str]) -> list[str]:
    days = span(find_shown_date(item))
    record = item["date_edtf"] if item["shows_record"] else ""
    document = item["document_date_edtf"] if item["shows_document"] else ""
    return [
        *(item["item_id"], item["kind"], str(item["title"]), theme, status, str(item["place"])),
        *(in_words(record) if record else "", record),
        *(str(days.first or ""), str(days.last or "")),
        *(in_words(document) if document else "", document),
        *(item["outcome_id"], item["claim_ids"]),
        item["summary"] if isinstance(item["summary"], str) else "",
        " | ".join(sources),
    ]
