"""What a view of the timeline shows, in a sentence."""

import datetime as dt

import pandas as pd

from entente.dates.edtf import known_from
from entente.dates.words import day_in_words
from entente.record.chronology import HEADLINE_VISITS, NOT_YET_KNOWN, days_early
from entente.record.expectations import EVENT
from entente.timeline.dates import Days
from entente.timeline.tempo import busiest
from entente.timeline.tempo_figure import quarter_words
from entente.timeline.words import span_words
from entente.vocabulary import DOCUMENT_DAY

ERDOGAN, ALIYEV = HEADLINE_VISITS
A_MONTH = range(28, 32)


def finding(items: pd.DataFrame, *, lens: str, as_of: dt.date, days: Days | None = None) -> str:
    """What the lanes or the list of a view show.

    Args:
        items: What :func:`entente.analysis.expectations.timeline_items` returns.
        lens: The lens of the view.
        as_of: The day of the view.
        days: First and last day of its zoom, if any.
    """
    day = day_in_words(as_of)
    if items.empty:
        is_early = lens == "document" and as_of < DOCUMENT_DAY
        return (
            f"The document came out on {day_in_words(DOCUMENT_DAY)}; before, it says nothing"
            if is_early
            else f"No event fits these filters by {day}"
        )
    visits = _visits(items) if lens == "both" else ""
    return visits or _counted(items, lens=lens, as_of=as_of, days=days)


def tempo_finding(counts: pd.DataFrame, *, as_of: dt.date) -> str:
    """Which quarter the tempo has as its busiest.

    Args:
        counts: What :func:`entente.analysis.tempo.events_by_quarter` returns.
        as_of: The day of the view.
    """
    found = busiest(counts)
    if found is None:
        return f"No event fits these filters by {day_in_words(as_of)}"
    quarter, count = found
    held = int(counts.loc[counts["certainty"] != "not-held", "event_count"].sum())
    share = f"{count} of {_number(held)}"
    return (
        f"The busiest quarter is {quarter_words(quarter)}: {share}, not counting plans that "
        "fell through"
    )


def _visits(items: pd.DataFrame) -> str:
    """The finding on the two headline visits; empty when the view or the data has it otherwise."""
    rows = items.set_index("item_id")
    if not {ERDOGAN, ALIYEV} <= set(rows.index) or not rows.at[ERDOGAN, "shows_document"]:
        return ""
    days = days_early(rows.loc[ERDOGAN])
    if days <= 0:
        return ""
    early = "a month early" if days in A_MONTH else f"{days} days early"
    outcomes = {
        "planned-not-held": "an Aliyev visit that did not happen",
        NOT_YET_KNOWN: "Aliyev still to come",
    }
    outcome = outcomes.get(str(rows.at[ALIYEV, "status_code"]))
    return f"The document has Erdoğan in Islamabad {early}, and {outcome}" if outcome else ""


def _counted(items: pd.DataFrame, *, lens: str, as_of: dt.date, days: Days | None) -> str:
    events = items[items["kind"] == EVENT]
    total, day = _number(len(events)), day_in_words(as_of)
    if lens == "document":
        expected = int(items["is_expected"].sum())
        tail = f", and gives a time for {expected} that it expects" if expected else ""
        return f"The document refers to {total}{tail}"
    if days is not None:
        return f"{total} on record {span_words((days[0], min(days[1], as_of)))}"
    later = int((events["date_edtf"].map(known_from) > DOCUMENT_DAY).sum())
    tail = f", {later} of them after the document" if 0 < later < len(events) else ""
    return f"{total} on record by {day}{tail}"


def _number(count: int) -> str:
    return f"{count} event{'' if count == 1 else 's'}"
