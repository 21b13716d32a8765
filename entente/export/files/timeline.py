"""What the timeline shows, as an iCalendar file (RFC 5545) of all-day entries.

The same items of the same dataset give the same bytes: an entry is named after its item, and its
time stamp is the day on which the dataset was released.
"""

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence

import pandas as pd
from icalendar import Calendar, Event

from entente.dates.edtf import span
from entente.dates.words import day_in_words, in_words
from entente.export.files.plain_text import plain
from entente.export.files.rows_csv import inert
from entente.record.chronology import EXPECTATION, NOT_HELD, NOT_YET_KNOWN, shown_date

DOMAIN = "entente"
STATUSES = {NOT_HELD: "CANCELLED", NOT_YET_KNOWN: "TENTATIVE", "expected": "TENTATIVE"}
ONE_DAY = dt.timedelta(days=1)


def timeline_calendar(
    items: pd.DataFrame,
    *,
    themes: Mapping[str, str],
    statuses: Mapping[str, str],
    sources: Mapping[str, Sequence[str]],
    version: str,
    released: dt.date,
    as_of: dt.date,
) -> bytes:
    """The items of a view as a calendar, in their order.

    Args:
        items: What :func:`entente.analysis.expectations.timeline_items` returns. One without any
            bound to its date cannot stand in a calendar and is left out.
        themes: Theme code to label.
        statuses: Status code to label.
        sources: Event id to its sources, a line of text each.
        version: Version of the dataset.
        released: Day of that version; the time stamp of every entry.
        as_of: The day whose knowledge the view shows.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Entente//Timeline {version}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Entente timeline, as known on {day_in_words(as_of)}")
    stamp = dt.datetime.combine(released, dt.time(), tzinfo=dt.UTC)
    for _, item in items.iterrows():
        days = _days(shown_date(item))
        if days is not None:
            entry = _entry(item, days, theme=themes[item["theme_code"]], stamp=stamp)
            status = statuses[item["status_code"]]
            lines = sources.get(item["item_id"], ())
            entry.add("description", _description(item, status=status, sources=lines))
            calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _entry(
    item: pd.Series, days: tuple[dt.date, dt.date], *, theme: str, stamp: dt.datetime
) -> Event:
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


def _description(item: pd.Series, *, status: str, sources: Sequence[str]) -> str:
    """What is known, how exact the date is, the document's date, claims and sources."""
    text = shown_date(item)
    lines = [f"{status}: {in_words(text)}.{_exactness(text)}"]
    lines += [item["summary"]] if isinstance(item["summary"], str) and item["summary"] else []
    if item["shows_document"] and item["shows_record"]:
        lines.append(f"The document’s date: {in_words(item['document_date_edtf'])}.")
    if item["claim_ids"]:
        lines.append(f"Claims: {', '.join(item['claim_ids'].split())}")
    lines += [f"Source: {source}" for source in sources]
    return plain("\n".join(lines))


def _exactness(text: str) -> str:
    """A warning where an entry over several days does not mean that it took them all."""
    days = span(text)
    if days.is_open:
        return " One end is not known; the entry stands on the other."
    if "/" in text and not (days.is_approximate or days.is_uncertain):
        return ""
    if not days.is_day:
        return " The day is not known; the entry covers all that may be meant."
    return " The day is not certain." if days.is_approximate or days.is_uncertain else ""


def _days(text: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of an entry; of an open date the end that is known."""
    days = span(text)
    first, last = days.first or days.last, days.last or days.first
    return (first, last) if first and last else None


COLUMNS = (
    *("id", "kind", "title", "theme", "status", "place", "date", "date_edtf"),
    *("first_day", "last_day", "document_date", "document_date_edtf", "came_of_it"),
    *("claims", "summary", "sources"),
)


def timeline_csv(
    items: pd.DataFrame,
    *,
    themes: Mapping[str, str],
    statuses: Mapping[str, str],
    sources: Mapping[str, Sequence[str]],
) -> bytes:
    """The items of a view as CSV (UTF-8, a header row), one a row.

    Args:
        items: What :func:`entente.analysis.expectations.timeline_items` returns.
        themes: Theme code to label.
        statuses: Status code to label.
        sources: Event id to its sources, a line of text each.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for _, item in items.iterrows():
        words = themes[item["theme_code"]], statuses[item["status_code"]]
        cells = _cells(item, *words, sources=sources.get(item["item_id"], ()))
        writer.writerow([inert(plain(cell)) for cell in cells])
    return out.getvalue().encode("utf-8")


def _cells(item: pd.Series, theme: str, status: str, *, sources: Sequence[str]) -> list[str]:
    days = span(shown_date(item))
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
