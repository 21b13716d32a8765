"""Words on and about the timeline: hover labels, labels of marks, the alternative text."""

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from entente.figures.theme import literal, wrapped
from entente.figures.timeline_dates import Mark
from entente.schema.dates_in_words import day_in_words, in_words


def hover_text(event: pd.Series, face: str, *, status: str, sources: int) -> str:
    """The hover label of one mark, as lines that hold no markup from data."""
    counted = f"{sources} source{'' if sources == 1 else 's'}"
    lines = [f"<b>{literal(_dated(event, face))}</b>", wrapped(event["title"])]
    if face == "document":
        other = event["date_edtf"] if event["shows_record"] else None
        lines.append(f"On record: {in_words(other)}" if other else "The document’s date")
    lines.append(f"{literal(status)} · {literal(event['place'])} · {counted}")
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
    *, events: pd.DataFrame, lanes: Mapping[str, str], as_of: dt.date, pinned: Mapping[str, str]
) -> str:
    """What the timeline shows, in a few sentences, for those who do not see it.

    Args:
        events: What :func:`entente.analysis.chronology.events_in_view` returns.
        lanes: Theme code to label, in order.
        as_of: The day whose knowledge is shown.
        pinned: Event id to name of the events with a lane of their own.
    """
    if events.empty:
        return "Timeline without events: none fits the filters on this date."
    counts = events["theme_code"].value_counts()
    by_lane = [f"{label} {counts[code]}" for code, label in lanes.items() if code in counts]
    said = [
        f"{pinned[event['event_id']]}: {_faces(event)}."
        for event in events.to_dict("records")
        if event["event_id"] in pinned
    ]
    since, until = in_words(str(events["date_edtf"].iloc[0])), day_in_words(as_of)
    return " ".join(
        [
            f"Timeline of {len(events)} events from {since}, as known on {until}.",
            f"Lanes by theme: {', '.join(by_lane)}.",
            *said,
            "The earliest stand at the left, in order, not to scale.",
            "The table below has every event.",
        ]
    )


def _dated(event: pd.Series, face: str) -> str:
    if face == "document":
        return f"The document: {in_words(event['document_date_edtf'])}"
    when = in_words(event["date_edtf"])
    return when[:1].upper() + when[1:]


def _faces(event: Mapping[str, object]) -> str:
    said = []
    if event["shows_document"]:
        said.append(f"the document has {in_words(str(event['document_date_edtf']))}")
    if event["shows_record"]:
        held = "not held on " if event["status_code"] == "planned-not-held" else ""
        said.append(f"the record has {held}{in_words(str(event['date_edtf']))}")
    return ", ".join(said)


def _not_held(mark: Mark) -> bool:
    return mark.status == "planned-not-held"
