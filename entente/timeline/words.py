"""Words on and about the timeline: hover labels, labels of marks, the alternative text."""

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from entente.dates.words import day_in_words, in_words
from entente.style.theme import literal, wrapped
from entente.timeline.dates import Days, Mark

LENS_WORDS = {
    "both": "the document’s dates beside the record’s",
    "document": "the document’s dates alone",
    "record": "the record’s dates alone",
}


def hover_text(item: pd.Series, face: str, *, status: str, sources: int, outcome: str = "") -> str:
    """The hover label of one mark, as lines that hold no markup from data."""
    lines = [f"<b>{literal(_dated(item, face))}</b>", wrapped(item["title"])]
    if face == "document":
        lines.append(_other_face(item, outcome))
    if item["kind"] == "expectation":
        return "<br>".join([*lines, literal(status)])
    counted = f"{sources} source{'' if sources == 1 else 's'}"
    lines.append(f"{literal(status)} · {literal(item['place'])} · {counted}")
    return "<br>".join(lines)


def pinned_label(mark: Mark) -> str:
    """What stands beside a mark of a pinned event; the axis says the year."""
    when = in_words(mark.edtf, is_short=True)
    years = {day.year for day in (mark.span.first, mark.span.last) if day}
    if len(years) == 1:
        when = when.removesuffix(f" {years.pop()}")
    if mark.face == "document":
        return literal(f"{when}, says the document")
    return literal(f"{when}: not held" if _not_held(mark) else f"{when}, on record")


def as_of_label(as_of: dt.date) -> str:
    """The sentence in the shade to the right of the as-of line."""
    return f"Later than {day_in_words(as_of, is_short=True)}: not yet known"


def published_label(day: dt.date) -> str:
    """The label of the publication line."""
    return f"Document, {day_in_words(day, is_short=True)}"


def timeline_alt(
    *,
    items: pd.DataFrame,
    lanes: Mapping[str, str],
    lens: str,
    as_of: dt.date,
    pinned: Mapping[str, str],
    days: Days | None = None,
) -> str:
    """What the timeline shows, in a few sentences, for those who do not see it.

    Args:
        items: What :func:`entente.analysis.expectations.timeline_items` returns, within `days`.
        lanes: Theme code to label, in order.
        lens: Whose dates are shown.
        as_of: The day whose knowledge is shown.
        pinned: Event id to name of the events with a lane of their own.
        days: First and last day of a zoom, if any.
    """
    if items.empty:
        return (
            f"Timeline without events: none fits the filters, {span_words(days)}, as known on "
            f"{day_in_words(as_of)}."
        )
    counts = items["theme_code"].value_counts()
    by_lane = [f"{label} {counts[code]}" for code, label in lanes.items() if code in counts]
    rows = items.to_dict("records")
    said = [f"{pinned[r['item_id']]}: {faces(r)}." for r in rows if r["item_id"] in pinned]
    expected = [f"{r['title']}: {expectation_words(r)}." for r in rows if _is_expectation(r)]
    early = ["The earliest stand at the left, in order, not to scale."] if days is None else []
    return " ".join(
        [
            f"Timeline of {counted(items)}, {span_words(days)}, {LENS_WORDS[lens]}, "
            f"as known on {day_in_words(as_of)}.",
            f"Lanes by theme: {', '.join(by_lane)}.",
            *said,
            *expected,
            *early,
            "The table below and the reading “List” have every one of them.",
        ]
    )


def counted(items: pd.DataFrame) -> str:
    """How many events and expectations there are, in words."""
    events = int((items["kind"] == "event").sum())
    expectations = len(items) - events
    said = f"{events} event{'' if events == 1 else 's'}"
    if not expectations:
        return said
    return f"{said} and {expectations} expectation{'' if expectations == 1 else 's'}"


def span_words(days: Days | None) -> str:
    """The days of a zoom, in words."""
    if days is None:
        return "over all years"
    return f"from {day_in_words(days[0])} to {day_in_words(days[1])}"


def faces(item: Mapping[str, object]) -> str:
    """The dates of an event by the document and by the record, in words."""
    said = []
    if item["shows_document"]:
        said.append(f"the document has {in_words(str(item['document_date_edtf']))}")
    if item["shows_record"]:
        held = "not held on " if item["status_code"] == "planned-not-held" else ""
        said.append(f"the record has {held}{in_words(str(item['date_edtf']))}")
    return ", ".join(said)


def expectation_words(item: Mapping[str, object]) -> str:
    """When something was expected, and whether anything has come of it."""
    when = f"expected for {in_words(str(item['document_date_edtf']))}"
    if "/" in str(item["document_date_edtf"]):
        when = f"expected {in_words(str(item['document_date_edtf']))}"
    return f"{when}, nothing of it on record by then" if item["is_awaited"] else when


def _is_expectation(item: Mapping[str, object]) -> bool:
    return item["kind"] == "expectation"


def _dated(item: pd.Series, face: str) -> str:
    if face == "document":
        verb = "Expected" if item["is_expected"] else "The document"
        return f"{verb}: {in_words(item['document_date_edtf'])}"
    when = in_words(item["date_edtf"])
    return when[:1].upper() + when[1:]


def _other_face(item: pd.Series, outcome: str) -> str:
    """What stands against the document's date: the record's, or what came, or nothing yet."""
    if item["shows_record"]:
        return f"On record: {in_words(item['date_edtf'])}"
    if outcome:
        return f"What came: {wrapped(outcome)}"
    return "Nothing of it on record" if item["is_awaited"] else "The document’s date"


def _not_held(mark: Mark) -> bool:
    return mark.status == "planned-not-held"
