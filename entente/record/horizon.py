"""How old the record is when it is read, and what may have changed since its newest source.

The record ends with its newest source. What came later is unknown, so a reader has to be told how
long ago that was and, once the record is dated, what was still open or in motion when it ended.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from entente.dates import day_in_words, in_words, known_from
from entente.record.coverage import CLAIMS, ROUTES, TIMELINE
from entente.record.evidence import find_verdicts

DATED_AFTER_DAYS = 90
IN_MOTION_DAYS = 90
OPEN_VERDICT = "open"
BEST_ROUTES = "show=ways"
UNSETTLED_EVENTS = ("announced", "disputed")

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True, kw_only=True)
class Unsettled:
    """What may have changed since: the mark that shows it, and what was last known of it.

    Attributes:
        page_code: Page of the mark.
        mark_id: Id of the mark; None where the settings alone show it.
        setting: Part of an address, beside the pick, that brings it on screen; may be empty.
        label: What it is.
        detail: What was last known of it, and since when.
    """

    page_code: str
    mark_id: str | None
    setting: str = ""
    label: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class Horizon:
    """Where the record ends, and how long ago that is.

    Attributes:
        date: Day of the newest source, as "2 July 2026".
        age: How long ago that was, as :func:`say_age` says it.
        is_dated: Whether more than `DATED_AFTER_DAYS` have passed.
        lists: Headings with what was open or in motion when the record ended; empty unless dated.
    """

    date: str
    age: str
    is_dated: bool
    lists: tuple[tuple[str, tuple[Unsettled, ...]], ...] = ()


def describe_horizon(tables: Tables, *, newest: dt.date, read_on: dt.date | None) -> Horizon:
    """Where the record ends, how long ago that is and, once it is dated, what may have changed.

    Args:
        tables: The dataset.
        newest: Day of the newest source.
        read_on: The day of reading, or of export for a file; None to leave the age out.
    """
    is_dated = read_on is not None and (read_on - newest).days > DATED_AFTER_DAYS
    lists = (
        ("Forecasts still open", _list_open_claims(tables, newest)),
        ("Events announced or disputed", _list_unsettled_events(tables, newest)),
        ("Legs of routes whose status had just changed", _list_changed_legs(tables, newest)),
    )
    return Horizon(
        date=day_in_words(newest),
        age=say_age(newest, read_on),
        is_dated=is_dated,
        lists=tuple((heading, entries) for heading, entries in lists if entries and is_dated),
    )


def say_age(newest: dt.date, read_on: dt.date | None) -> str:
    """How many days the newest source is older than the day of reading, such as "147 days".

    Empty when that day is unknown, or when the reader's clock is behind the record.
    """
    if read_on is None or read_on < newest:
        return ""
    days = (read_on - newest).days
    if days == 0:
        return "less than a day"
    return f"{days} day{'' if days == 1 else 's'}"


def _list_open_claims(tables: Tables, newest: dt.date) -> tuple[Unsettled, ...]:
    """Claims whose latest verdict leaves them open, in their order."""
    verdicts = find_verdicts(tables["assessments"], newest)
    still_open = verdicts.loc[verdicts["verdict_code"] == OPEN_VERDICT, "claim_id"]
    claims = tables["claims"][tables["claims"]["claim_id"].isin(still_open)]
    return tuple(
        Unsettled(
            page_code=CLAIMS,
            mark_id=claim.claim_id,
            label=claim.claim.rstrip("."),
            detail=f"open ({claim.claim_id})",
        )
        for claim in claims.itertuples()
    )


def _list_unsettled_events(tables: Tables, newest: dt.date) -> tuple[Unsettled, ...]:
    """Events of the last days that were announced or disputed, oldest first."""
    events = _keep_recent(tables["events"], "date_edtf", newest)
    events = events[events["status_code"].isin(UNSETTLED_EVENTS)]
    labels = tables["codes/event_statuses"].set_index("code")["label"]
    return tuple(
        Unsettled(
            page_code=TIMELINE,
            mark_id=event.event_id,
            label=event.title,
            detail=f"{str(labels[event.status_code]).lower()}, {in_words(event.date_edtf)}",
        )
        for event in events.itertuples()
    )


def _list_changed_legs(tables: Tables, newest: dt.date) -> tuple[Unsettled, ...]:
    """Legs whose status changed in the last days, by the change; each with its last status.

    A leg has no mark of its own on the page of routes: the first corridor that it belongs to stands
    for it, or else the best routes between its ends.
    """
    recent = _keep_recent(tables["leg_statuses"], "from_edtf", newest)
    last = recent.drop_duplicates("leg_id", keep="last")
    names = tables["nodes"].set_index("node_id")["label"]
    labels = tables["codes/leg_statuses"].set_index("code")["label"]
    rows = last.merge(tables["legs"], on="leg_id").merge(
        tables["corridor_legs"].drop_duplicates("leg_id")[["leg_id", "corridor_id"]],
        on="leg_id",
        how="left",
    )
    ends = {row.corridor_id: _join_ends(row) for row in tables["corridors"].itertuples()}
    return tuple(
        Unsettled(
            page_code=ROUTES,
            mark_id=leg.corridor_id if leg.corridor_id in ends else None,
            setting=ends.get(leg.corridor_id, f"{BEST_ROUTES}&{_join_ends(leg)}"),
            label=f"{names[leg.from_node_id]} – {names[leg.to_node_id]}",
            detail=f"{str(labels[leg.status_code]).lower()} since {in_words(leg.from_edtf)}",
        )
        for leg in rows.itertuples()
    )


def _join_ends(row: Any) -> str:
    """The part of an address that asks for routes between the ends of a leg or a corridor."""
    return f"from={row.from_node_id}&to={row.to_node_id}"


def _keep_recent(rows: pd.DataFrame, column: str, newest: dt.date) -> pd.DataFrame:
    """Rows known since the last `IN_MOTION_DAYS` of the record, in order of time."""
    known = rows[column].map(known_from)
    first = newest - dt.timedelta(days=IN_MOTION_DAYS)
    recent = rows.assign(known=known)[((first <= known) & (known <= newest)).astype(bool)]
    return recent.sort_values("known", kind="stable").drop(columns="known")
