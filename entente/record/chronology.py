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


EVENT, EXPECTATION = "event", "expectation"
EXPECTED, EXPECTED_LABEL = "expected", "Expected by the document"
NOT_HELD = "planned-not-held"


def timeline_items(
    *,
    shown_events: pd.DataFrame,
    events: pd.DataFrame,
    event_claims: pd.DataFrame,
    expectations: pd.DataFrame,
    claims: pd.DataFrame,
    claim_actors: pd.DataFrame,
    themes: Collection[str],
    actors: Collection[str],
    lens: str,
    as_of: dt.date,
) -> pd.DataFrame:
    """Events and expectations of a view as rows of one kind, oldest first.

    Args:
        shown_events: What :func:`entente.analysis.chronology.events_in_view` returns.
        events: The table of that name; says when outcomes became known.
        event_claims: The table of that name.
        expectations: The table of that name.
        claims: The table of that name; the theme of a claim is its expectation's.
        claim_actors: The table of that name; its actors likewise.
        themes: Theme codes that are wanted.
        actors: Actors of whom at least one must be concerned.
        lens: `document`, `record` or `both`; the record has no expectations.
        as_of: The day whose knowledge counts.

    Returns:
        The columns of `shown_events`, and: `item_id`; `kind` (`event` or `expectation`);
        `claim_ids` (sorted, joined by blanks); `is_expected` (bool: the document's date is an
        expectation); `is_awaited` (bool: it was due, or has no end, and nothing has come of it);
        `outcome_id` and `outcome_edtf` (the event that came of it and is known, else empty).
    """
    spoken = lens != "record" and as_of >= DOCUMENT_DAY
    rows = _with_claims(expectations, claims) if spoken else expectations.head(0).assign(theme="")
    is_told = lens == "both"
    known = _known_outcomes(rows, events, as_of=as_of) if is_told else ""
    rows = rows.assign(outcome_id=known)
    own = _event_items(shown_events, rows, event_claims, as_of=as_of if is_told else None)
    taken = set(own.loc[own["is_expected"], "item_id"])
    concerned = claim_actors.loc[claim_actors["actor_id"].isin(list(actors)), "claim_id"]
    wanted = rows["theme"].isin(list(themes)) & rows["claim_id"].isin(concerned)
    extra = _expectation_items(rows[wanted & ~rows["outcome_event_id"].isin(taken)], events.columns)
    extra["is_awaited"] = [
        is_told and not outcome and is_over_due(text, as_of)
        for outcome, text in extra[["outcome_id", "document_date_edtf"]].to_numpy()
    ]
    own = own if is_told else _without_outcome(own, rows)
    items = pd.concat([own, extra], ignore_index=True) if len(extra) else own
    dates = {"": "", **dict(zip(events["event_id"], events["date_edtf"], strict=True))}
    items = items.assign(outcome_edtf=items["outcome_id"].map(dates))
    return in_order(items, key="item_id")


def is_over_due(text: str, as_of: dt.date) -> bool:
    """True when the last day that was expected has passed, or when no last day was named."""
    days = span(text)
    return (days.last or days.first or as_of) < as_of


def _with_claims(expectations: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    themes = claims.set_index("claim_id")["theme_code"]
    return expectations.assign(theme=expectations["claim_id"].map(themes))


def _known_outcomes(rows: pd.DataFrame, events: pd.DataFrame, *, as_of: dt.date) -> list[str]:
    """The outcome of each expectation that is on record by `as_of`, else empty text."""
    dates = events.set_index("event_id")["date_edtf"]
    return [
        event_id if isinstance(event_id, str) and known_from(dates[event_id]) <= as_of else ""
        for event_id in rows["outcome_event_id"]
    ]


def _event_items(
    shown: pd.DataFrame, rows: pd.DataFrame, event_claims: pd.DataFrame, *, as_of: dt.date | None
) -> pd.DataFrame:
    """Events as items; those whose document's date is an expectation say so.

    Without a day, as under a lens that tells no outcome, nothing is awaited.
    """
    links = event_claims.sort_values("claim_id").groupby("event_id")["claim_id"].agg(" ".join)
    due = set(zip(rows["outcome_event_id"], rows["expected_edtf"], strict=True))
    dated = zip(shown["event_id"], shown["document_date_edtf"], strict=True)
    expected = pd.Series([pair in due for pair in dated], index=shown.index, dtype=bool)
    expected &= shown["shows_document"].astype(bool)
    unmet = ~shown["shows_record"].astype(bool) | (shown["status_code"] == NOT_HELD)
    awaited = [
        bool(flag) and as_of is not None and is_over_due(text, as_of)
        for flag, text in zip(expected & unmet, shown["document_date_edtf"], strict=True)
    ]
    return shown.assign(
        item_id=shown["event_id"],
        kind=EVENT,
        claim_ids=[str(links.get(event_id, "")) for event_id in shown["event_id"]],
        is_expected=expected,
        is_awaited=pd.Series(awaited, index=shown.index, dtype=bool),
        outcome_id=shown["event_id"].where(expected & shown["shows_record"], ""),
    )


def _without_outcome(own: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Events that stand for an expectation alone, in its words and not in those of later days."""
    labels = rows.dropna(subset=["outcome_event_id"]).set_index("outcome_event_id")["label"]
    alone = own["is_expected"]
    return own.assign(
        title=own["title"].mask(alone, own["item_id"].map(labels)),
        summary=own["summary"].mask(alone, own["document_says"]),
        status_code=own["status_code"].mask(alone, EXPECTED),
    )


def _expectation_items(rows: pd.DataFrame, columns: pd.Index) -> pd.DataFrame:
    """Expectations as items; what only events have stays empty."""
    blank = pd.DataFrame({name: pd.Series("", index=rows.index, dtype="str") for name in columns})
    return blank.assign(
        document_date_edtf=rows["expected_edtf"],
        title=rows["label"],
        summary=rows["note"],
        theme_code=rows["theme"],
        status_code=EXPECTED,
        is_in_document=True,
        shows_record=False,
        shows_document=True,
        item_id=rows["expectation_id"],
        kind=EXPECTATION,
        claim_ids=rows["claim_id"],
        is_expected=True,
        is_awaited=False,
        outcome_id=rows["outcome_id"],
    )
