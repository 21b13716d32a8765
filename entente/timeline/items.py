"""The items of a view of the timeline, as rows and as a list, and one of them in full."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pandas as pd

from entente.address.pages import link_mark
from entente.address.views import TimelineView
from entente.dates import BEFORE_THE_RECORD, day_in_words, in_words, known_from, span
from entente.dossier.store import Dossier, cached
from entente.record.chronology import (
    EXPECTATION,
    NOT_HELD,
    NOT_YET_KNOWN,
    STATUS_LABELS,
    find_shown_date,
    list_items,
)
from entente.record.evidence import find_verdicts
from entente.record.positions import describe_positions
from entente.style.palette import NO_VERDICT, verdict_record
from entente.timeline.scale import Days, may_meet

OPEN_VERDICT = "open"
Record = dict[str, Any]


def find_items(dossier: Dossier, view: TimelineView) -> pd.DataFrame:
    """The items of a view, oldest first, as :func:`entente.record.chronology.list_items` has them.

    A view with a zoom has those of which a shown date may mean one of its days.
    """
    return _find_items(dossier, view=forget_display(view))


def forget_display(view: TimelineView) -> TimelineView:
    """The view without what does not decide which items it has, to look up derived tables by."""
    return replace(view, mode="lanes", pick=None)


@cached
def _find_items(dossier: Dossier, *, view: TimelineView) -> pd.DataFrame:
    items = list_items(
        dossier.tables,
        themes=view.themes,
        actors=view.actors,
        lens=view.lens,
        as_of=view.as_of,
    )
    if dossier.document.timeline_spans[view.zoom].has_visits_only:
        is_visit = items["item_id"].isin(dossier.document.visits)
        items = items[is_visit].reset_index(drop=True)
    return keep_within(items, find_days(dossier, view.zoom))


def find_days(dossier: Dossier, zoom: str) -> Days | None:
    """First and last day of a zoom; None for the one that has all days.

    A zoom without a last day reaches to that of the newest source.
    """
    zoomed = dossier.document.timeline_spans[zoom]
    if zoomed.first is None and zoomed.last is None:
        return None
    first = zoomed.first or dossier.earliest
    return first, zoomed.last or max(dossier.horizon, first)


def keep_within(items: pd.DataFrame, days: Days | None) -> pd.DataFrame:
    """The items of which a shown date may mean one of the days; rows numbered from 0.

    Args:
        items: With `date_edtf`, `document_date_edtf`, `shows_record`, `shows_document`.
        days: First and last day; None for all there are.
    """
    if days is None:
        return items
    dates = [
        (pick_date(item, "record"), pick_date(item, "document"))
        for item in items.to_dict("records")
    ]
    is_inside = [any(text and may_meet(text, days) for text in own) for own in dates]
    return items[pd.Series(is_inside, index=items.index, dtype=bool)].reset_index(drop=True)


def pick_date(item: Record, face: str) -> str:
    """The date of an item by the `record` or the `document`; empty where the view hides it."""
    column = "date_edtf" if face == "record" else "document_date_edtf"
    return str(item[column]) if item[f"shows_{face}"] else ""


def label_statuses(dossier: Dossier) -> dict[str, str]:
    """Status code to label, with those that only a past day or an expectation has."""
    return {**dossier.labels("event_statuses"), **STATUS_LABELS}


def list_sources(dossier: Dossier, items: pd.DataFrame) -> tuple[str, ...]:
    """Sources of all events among the items."""
    links = dossier["event_sources"]
    return tuple(links.loc[links["event_id"].isin(items["item_id"]), "source_id"].unique())


def list_rows(dossier: Dossier, items: pd.DataFrame) -> pd.DataFrame:
    """The items of a view as rows for readers, in the same order."""
    dates, others = (
        [pick_date(item, face) for item in items.to_dict("records")]
        for face in ("record", "document")
    )
    return pd.DataFrame(
        {
            "Date": [in_words(text) if text else "" for text in dates],
            "Event": list(items["title"]),
            "Theme": list(items["theme_code"].map(dossier.labels("themes"))),
            "Status": list(items["status_code"].map(label_statuses(dossier))),
            "Place": list(items["place"]),
            "The document’s date": [in_words(text) if text else "" for text in others],
            "Date (EDTF)": dates,
            "Id": list(items["item_id"]),
        }
    )


def list_years(
    dossier: Dossier, items: pd.DataFrame, *, link: Callable[[str], str], pick: str | None
) -> list[Record]:
    """The items of a view by year, in the same order, each as a record for the list.

    Args:
        dossier: For labels.
        items: What :func:`find_items` returns.
        link: Gives the address at which an item is picked.
        pick: The item that is picked.
    """
    themes, statuses = dossier.labels("themes"), label_statuses(dossier)
    titles = dossier["events"].set_index("event_id")["title"]
    years: dict[str, list[Record]] = {}
    for item in items.to_dict("records"):
        shown, first = find_shown_date(item), span(find_shown_date(item)).first
        document = pick_date(item, "document") if item["shows_record"] else ""
        came = item["outcome_id"] if item["kind"] == EXPECTATION else ""
        row = {
            **item,
            "href": link(item["item_id"]),
            "is_picked": item["item_id"] == pick,
            "date": in_words(shown),
            "edtf": shown,
            "theme": themes[item["theme_code"]],
            "status": statuses[item["status_code"]],
            "document": in_words(document) if document else "",
            "came": f"{in_words(item['outcome_edtf'])}, {titles[came]}" if came else "",
        }
        year = str(first.year) if first else BEFORE_THE_RECORD.capitalize()
        years.setdefault(year, []).append(row)
    return [{"year": year, "rows": rows} for year, rows in years.items()]


def list_differing_dates(dossier: Dossier, items: pd.DataFrame, *, as_of: dt.date) -> list[Record]:
    """The items in view for which the document's date is drawn, with what stands against it.

    The visits that the document is built on come first, expectations without an event last.
    """
    visits = dossier.document.visits
    rows = items[items["shows_document"]].to_dict("records")
    rows.sort(key=lambda row: (row["kind"] == EXPECTATION, row["item_id"] not in visits))
    return [
        {
            **row,
            "document": in_words(row["document_date_edtf"]),
            "record": _say_record(dossier, row, as_of),
        }
        for row in rows
    ]


def _say_record(dossier: Dossier, row: Record, as_of: dt.date) -> str:
    """What the record has beside the document's date."""
    if row["shows_record"]:
        date = in_words(row["date_edtf"])
        return f"planned for {date}, not held" if row["status_code"] == NOT_HELD else date
    if row["outcome_id"]:
        titles = dossier["events"].set_index("event_id")["title"]
        return f"{in_words(row['outcome_edtf'])}: {titles[row['outcome_id']]}"
    if row["status_code"] == NOT_YET_KNOWN:
        return STATUS_LABELS[NOT_YET_KNOWN].lower()
    return f"nothing by {day_in_words(as_of)}" if row["is_awaited"] else ""


@cached
def describe_event(
    dossier: Dossier, event_id: str, *, as_of: dt.date, lens: str = "both"
) -> Record:
    """One event in full, as a template shows it; of a later one, no more than was known."""
    document = dossier.document
    event = dossier["events"].set_index("event_id").loc[event_id].to_dict()
    is_later = known_from(event["date_edtf"]) > as_of
    is_said = as_of >= document.day and (not is_later or event_id in document.visits)
    has_date = isinstance(event["document_date_edtf"], str) and is_said
    says = event["document_says"] if isinstance(event["document_says"], str) and is_said else ""
    hidden = document.visits.get(event_id, STATUS_LABELS[NOT_YET_KNOWN])
    links, actors = dossier["event_claims"], dossier["event_actors"]
    claims = [] if is_later else sorted(links.loc[links["event_id"] == event_id, "claim_id"])
    said = describe_positions(dossier, event_id=event_id, as_of=as_of, lens=lens)
    return {
        **event,
        "title": hidden if is_later else event["title"],
        "date": "" if is_later else in_words(event["date_edtf"]),
        "document_date": in_words(event["document_date_edtf"]) if has_date else "",
        "document_says": says,
        "theme": dossier.labels("themes")[event["theme_code"]],
        "status": dossier.labels("event_statuses")[event["status_code"]],
        "confidence": dossier.labels("confidences")[event["confidence_code"]],
        "actors": _name_actors(dossier, actors.loc[actors["event_id"] == event_id, "actor_id"]),
        "claims": _list_claims(dossier, claims, as_of=as_of),
        "positions": [] if is_later else said,
        "day": day_in_words(as_of),
        "is_later": is_later,
    }


@cached
def describe_expectation(dossier: Dossier, expectation_id: str, *, as_of: dt.date) -> Record:
    """One expectation in full; what came of it only once that is known."""
    row = dossier["expectations"].set_index("expectation_id").loc[expectation_id].to_dict()
    claim = dossier["claims"].set_index("claim_id").loc[row["claim_id"]]
    events = dossier["events"].set_index("event_id")
    (told,) = _list_claims(dossier, [row["claim_id"]], as_of=as_of)
    outcome = row["outcome_event_id"] if isinstance(row["outcome_event_id"], str) else ""
    is_known = bool(outcome) and known_from(events.at[outcome, "date_edtf"]) <= as_of
    is_decided = told["verdict"]["code"] not in (NO_VERDICT["code"], OPEN_VERDICT)
    actors = dossier["claim_actors"]
    own_actors = actors.loc[actors["claim_id"] == row["claim_id"], "actor_id"]
    return {
        **row,
        "date": in_words(row["expected_edtf"]),
        "basis": dossier.labels("timing_bases")[row["basis_code"]].lower(),
        "theme": dossier.labels("themes")[claim["theme_code"]],
        "theme_code": claim["theme_code"],
        "actors": _name_actors(dossier, own_actors),
        "claim": told,
        "note": row["note"] if is_decided and isinstance(row["note"], str) else "",
        "outcome_id": outcome if is_known else "",
        "outcome": events.at[outcome, "title"] if is_known else "",
        "outcome_date": in_words(events.at[outcome, "date_edtf"]) if is_known else "",
        "day": day_in_words(as_of),
        "is_later": as_of < dossier.document.day,
    }


def _name_actors(dossier: Dossier, actor_ids: Iterable[str]) -> str:
    labels = dossier.labels("actors")
    return ", ".join(labels[actor_id] for actor_id in actor_ids)


def _list_claims(dossier: Dossier, claim_ids: list[str], *, as_of: dt.date) -> list[Record]:
    """Claims with the verdict of the day and their address."""
    claims = dossier["claims"].set_index("claim_id")
    verdicts = find_verdicts(dossier["assessments"], as_of).set_index("claim_id")["verdict_code"]
    day = None if as_of == dossier.horizon else as_of
    return [
        {
            "claim_id": claim_id,
            "claim": claims.at[claim_id, "claim"],
            "href": link_mark("claims", claim_id, day=day),
            "verdict": verdict_record(dossier, verdicts.get(claim_id)),
        }
        for claim_id in claim_ids
    ]
