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

from entente.dates import OPEN, are_known, first_day, span
from entente.dossier.document import Document

EVENT, EXPECTATION = "event", "expectation"
# Status codes: one of an event that fell through, and two of items of which no more is known.
NOT_HELD, NOT_YET_KNOWN, EXPECTED = "planned-not-held", "not-yet-known", "expected"
STATUS_LABELS = {NOT_YET_KNOWN: "Not yet known", EXPECTED: "Expected by the document"}


def list_items(
    tables: Mapping[str, pd.DataFrame],
    *,
    themes: Collection[str],
    actors: Collection[str],
    lens: str,
    as_of: dt.date,
) -> pd.DataFrame:
    """Events and expectations of a view as rows of one kind, oldest first.

    Args:
        tables: Those of :func:`list_events`, and `event_claims`, `expectations`, `claims`,
            `claim_actors`. The theme and the actors of a claim are those of its expectation.
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
    shown = list_events(tables, themes=themes, actors=actors, lens=lens, as_of=as_of)
    expected = _list_expectations(tables, lens=lens, as_of=as_of)
    own = _list_event_items(shown, expected, tables["event_claims"], lens=lens)
    about = tables["claim_actors"]
    concerned = about.loc[about["actor_id"].isin(list(actors)), "claim_id"]
    extra = expected[
        expected["theme_code"].isin(list(themes))
        & expected["claim_id"].isin(concerned)
        & ~expected["outcome_event_id"].isin(own.loc[own["is_expected"], "item_id"])
    ]
    extra = _list_expectation_items(extra, tables["events"].columns)
    items = pd.concat([own, extra], ignore_index=True) if len(extra) else own
    dates = tables["events"].set_index("event_id")["date_edtf"].to_dict()
    awaited_until = items["document_date_edtf"].fillna(OPEN)
    is_due = awaited_until.map(lambda text: is_overdue(text, as_of)).astype(bool)
    items = items.assign(
        is_awaited=items["is_awaited"] & is_due if lens == "both" else False,
        outcome_edtf=items["outcome_id"].map({"": "", **dates}),
    )
    return _sort_by_time(items, key="item_id")


def list_events(
    tables: Mapping[str, pd.DataFrame],
    *,
    themes: Collection[str],
    actors: Collection[str],
    lens: str,
    as_of: dt.date,
) -> pd.DataFrame:
    """The events that a view has, oldest first.

    Args:
        tables: `events`, `event_actors`, and what is said of the document: its day, and names that
            give away no outcome for the visits that it is built on.
        themes: Theme codes that are wanted.
        actors: Actors of whom at least one must have taken part.
        lens: `document`, `record` or `both`.
        as_of: The day whose knowledge counts.

    Returns:
        The rows of `events` in view, with `shows_record` and `shows_document` (bool): which of the
        two dates are to be drawn. Where only the document spoke by then, `title`, `summary` and
        `status_code` say no more than was known.
    """
    document, events, links = Document(tables), tables["events"], tables["event_actors"]
    taking_part = links.loc[links["actor_id"].isin(list(actors)), "event_id"]
    rows = events[events["theme_code"].isin(list(themes)) & events["event_id"].isin(taking_part)]
    known = are_known(rows["date_edtf"], as_of)
    differs = rows["document_date_edtf"].notna()
    spoken = (as_of >= document.day) & (known | rows["event_id"].isin(list(document.visits)))
    if lens == "document":
        referred = rows["is_in_document"] & spoken
        by_record, by_document = referred & ~differs, referred & differs
    else:
        by_record, by_document = known, differs & spoken & (lens == "both")
    faced = rows.assign(
        shows_record=by_record,
        shows_document=by_document,
        title=rows["title"].where(known, rows["event_id"].map(document.visits)),
        summary=rows["summary"].where(known, "Not yet on record on this date."),
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


def _sort_by_time(rows: pd.DataFrame, *, key: str) -> pd.DataFrame:
    """Rows by the first day that their drawn date may mean, then by `key`; numbered from 0."""
    dates = rows["date_edtf"].where(rows["shows_record"], rows["document_date_edtf"])
    order = rows.assign(day=dates.map(first_day)).sort_values(["day", key])
    return order.drop(columns="day").reset_index(drop=True)


def _list_expectations(
    tables: Mapping[str, pd.DataFrame], *, lens: str, as_of: dt.date
) -> pd.DataFrame:
    """Expectations that a lens shows on a day, with `theme_code` and the known `outcome_id`."""
    rows, events = tables["expectations"], tables["events"]
    if lens == "record" or as_of < Document(tables).day:
        rows = rows.head(0)
    known = events.loc[are_known(events["date_edtf"], as_of) & (lens == "both"), "event_id"]
    outcomes = rows["outcome_event_id"]
    return rows.assign(
        theme_code=rows["claim_id"].map(tables["claims"].set_index("claim_id")["theme_code"]),
        outcome_id=outcomes.where(outcomes.isin(known), ""),
    )


def _list_event_items(
    shown: pd.DataFrame, expected: pd.DataFrame, event_claims: pd.DataFrame, *, lens: str
) -> pd.DataFrame:
    """Events as items; those whose document's date is an expectation say so.

    Under the document's lens such an event stands for the expectation alone, in its words and not
    in those of later days.
    """
    links = event_claims.sort_values("claim_id").groupby("event_id")["claim_id"].agg(" ".join)
    due = pd.MultiIndex.from_frame(expected[["outcome_event_id", "expected_edtf"]])
    dated = pd.MultiIndex.from_frame(shown[["event_id", "document_date_edtf"]])
    is_expected = shown["shows_document"] & dated.isin(due)
    items = shown.assign(
        item_id=shown["event_id"],
        kind=EVENT,
        claim_ids=[links.get(event_id, "") for event_id in shown["event_id"]],
        is_expected=is_expected,
        is_awaited=is_expected & (~shown["shows_record"] | (shown["status_code"] == NOT_HELD)),
        outcome_id=shown["event_id"].where(is_expected & shown["shows_record"], ""),
    )
    if lens == "both":
        return items
    labels = expected.dropna(subset="outcome_event_id").set_index("outcome_event_id")["label"]
    return items.assign(
        title=items["title"].mask(is_expected, items["item_id"].map(labels)),
        summary=items["summary"].mask(is_expected, items["document_says"]),
        status_code=items["status_code"].mask(is_expected, EXPECTED),
    )


def _list_expectation_items(rows: pd.DataFrame, columns: pd.Index) -> pd.DataFrame:
    """Expectations as items; what only events have stays empty."""
    blank = pd.DataFrame("", index=rows.index, columns=columns, dtype="str")
    return blank.assign(
        document_date_edtf=rows["expected_edtf"],
        title=rows["label"],
        summary=rows["note"],
        theme_code=rows["theme_code"],
        status_code=EXPECTED,
        is_in_document=True,
        shows_record=False,
        shows_document=True,
        item_id=rows["expectation_id"],
        kind=EXPECTATION,
        claim_ids=rows["claim_id"],
        is_expected=True,
        is_awaited=rows["outcome_id"] == "",
        outcome_id=rows["outcome_id"],
    )
