"""What the timeline shows, as rows for a spreadsheet, in the same order."""

import csv
import io
from collections.abc import Mapping, Sequence

import pandas as pd

from entente.dates.edtf import span
from entente.dates.words import in_words
from entente.export.files.plain_text import plain
from entente.export.files.rows_csv import inert
from entente.record.chronology import shown_date

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
