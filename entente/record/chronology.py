"""Events and expectations in the order of time: which a view has, by whose date, and what came.

An event has up to two faces: the record's date, and the document's where it differs. What was not
yet on record on the as-of day is left out; of the visits that the document is built on its own face
stays, because the document spoke of them before they were due.

An item is an event or an expectation. Where an event bears the date that was expected of it as the
document's date, that date is the expectation's mark, and no second one is made.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from entente.dates import first_day, known_from, span

EVENT, EXPECTATION = "event", "expectation"
# Status codes: one of an event that fell through, and two of items of which no more is known.
NOT_HELD, NOT_YET_KNOWN, EXPECTED = "planned-not-held", "not-yet-known", "expected"
STATUS_LABELS = {NOT_YET_KNOWN: "Not yet known", EXPECTED: "Expected by the document"}


def list_items(
    tables: Mapping[str, pd.DataFrame],
    *,
    visits: Mapping[str, str],
    document_day: dt.date,
    themes: Collection[str],
    actors: Collection[str],
    lens: str,
    as_of: dt.date,
) -> pd.DataFrame:
    """Events and expectations of a view as rows of one kind, oldest first.

    Args:
        tables: `events`, `event_actors`, `event_claims`, `expectations`, `claims`, `claim_actors`.
            The theme and the actors of a claim are those of its expectation.
        visits: Event to a name that gives away no outcome, for those that the document is built on.
        document_day: The day on which the document came out.
        themes: Theme codes that are wanted.
        actors: Actors of whom at least one must be concerned.
        lens: `document`, `record` or `both`; the record has no expectations.
        as_of: The day whose knowledge counts.

    Returns:
        The columns of :func:`list_events`, and: `item_id`; `kind` (`event` or `expectation`);
        `claim_ids` (sorted, joined by blanks); `is_expected` (bool: the document's date is an
        expectation); `is_awaited` (bool: it was due, or has no end, and nothing has come of it);
        `outcome_id` and `outcome_edtf` (the event that came of it and is known, else empty).
    """
    events, expectations = tables["events"], tables["expectations"]
    shown = list_events(
        events,
        tables["event_actors"],
        visits=visits,
        document_day=document_day,
        themes=themes,
        actors=actors,
        lens=lens,
        as_of=as_of,
    )
    is_told = lens == "both"
    dates = dict(zip(events["event_id"], events["date_edtf"], strict=True))
    theme_by_claim = tables["claims"].set_index("claim_id")["theme_code"]
    rows = expectations if lens != "record" and as_of >= document_day else expectations.head(0)
    rows = rows.assign(
        theme=rows["claim_id"].map(theme_by_claim),
        outcome_id=[
            outcome if is_told and _is_known(dates.get(outcome), as_of) else ""
            for outcome in rows["outcome_event_id"]
        ],
    )
    own = _event_items(shown, rows, tables["event_claims"], as_of=as_of if is_told else None)
    taken = set(own.loc[own["is_expected"], "item_id"])
    about = tables["claim_actors"]
    concerned = about.loc[about["actor_id"].isin(list(actors)), "claim_id"]
    wanted = rows["theme"].isin(list(themes)) & rows["claim_id"].isin(concerned)
    extra = _expectation_items(rows[wanted & ~rows["outcome_event_id"].isin(taken)], events.columns)
    extra["is_awaited"] = [
        is_told and not outcome and is_overdue(text, as_of)
        for outcome, text in extra[["outcome_id", "document_date_edtf"]].to_numpy()
    ]
    own = own if is_told else _without_outcome(own, rows)
    items = pd.concat([own, extra], ignore_index=True) if len(extra) else own
    items = items.assign(outcome_edtf=items["outcome_id"].map({"": "", **dates}))
    return _sort_by_time(items, key="item_id")


def list_events(
    events: pd.DataFrame,
    event_actors: pd.DataFrame,
    *,
    visits: Mapping[str, str],
    document_day: dt.date,
    themes: Collection[str],
    actors: Collection[str],
    lens: str,
    as_of: dt.date,
) -> pd.DataFrame:
    """The events that a view has, oldest first.

    Args:
        events: The table of that name.
        event_actors: The table of that name.
        visits: Event to a name that gives away no outcome, for those that the document is built on.
        document_day: The day on which the document came out.
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
    rows = events[events["theme_code"].isin(list(themes)) & events["event_id"].isin(taking_part)]
    known = rows["date_edtf"].map(lambda text: _is_known(text, as_of)).astype(bool)
    differs = rows["document_date_edtf"].notna()
    spoken = (as_of >= document_day) & (known | rows["event_id"].isin(list(visits)))
    if lens == "document":
        referred = rows["is_in_document"] & spoken
        by_record, by_document = referred & ~differs, referred & differs
    else:
        by_record, by_document = known, differs & spoken & (lens == "both")
    faced = rows.assign(
        shows_record=by_record,
        shows_document=by_document,
        title=rows["title"].where(known, rows["event_id"].map(visits)),
        summary=rows["summary"].where(known, "On this date the record did not have it yet."),
        status_code=rows["status_code"].where(known, NOT_YET_KNOWN),
    )
    return _sort_by_time(faced[by_record | by_document], key="event_id")


def find_shown_date(item: Mapping[str, object] | pd.Series) -> str:
    """The date by which an item in view is sorted: the record's, if the view shows it."""
    return str(item["date_edtf"] if item["shows_record"] else item["document_date_edtf"])


def find_neighbours(order: Sequence[str], item_id: str | None) -> tuple[str | None, str | None]:
    """The ids before and after `item_id`; from outside the order, its last and its first."""
    if not order:
        return None, None
    if item_id is None or item_id not in order:
        return order[-1], order[0]
    place = list(order).index(item_id)
    before = order[place - 1] if place else None
    after = order[place + 1] if place + 1 < len(order) else None
    return before, after


def count_days_early(event: pd.Series) -> int:
    """By how many days the document's first possible day precedes the record's; 0 when unknown."""
    if pd.isna(event["document_date_edtf"]):
        return 0
    record, document = span(event["date_edtf"]).first, span(event["document_date_edtf"]).first
    return (record - document).days if record and document else 0


def is_overdue(text: str, as_of: dt.date) -> bool:
    """Whether the last day that was expected has passed; true, too, when no last day was named."""
    days = span(text)
    return (days.last or days.first or as_of) < as_of


def _is_known(text: object, as_of: dt.date) -> bool:
    return isinstance(text, str) and known_from(text) <= as_of


def _sort_by_time(rows: pd.DataFrame, *, key: str) -> pd.DataFrame:
    """Rows by the first day that their drawn date may mean, then by `key`; numbered from 0."""
    order = sorted(
        range(len(rows)),
        key=lambda row: (first_day(find_shown_date(rows.iloc[row])), rows.iloc[row][key]),
    )
    return rows.iloc[order].reset_index(drop=True)


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
        bool(flag) and as_of is not None and is_overdue(text, as_of)
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
