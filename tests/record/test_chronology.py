"""Which events a view has, and by whose date."""

import datetime as dt

import pandas as pd
import pytest

from entente.dates import known_from
from entente.dossier.store import Dossier
from entente.record.chronology import NOT_YET_KNOWN, count_days_early, find_neighbours, list_events

AFTER = dt.date(2026, 1, 1)
DOCUMENT_DAY = dt.date(2025, 4, 10)
VISITS = {"e036": "A visit in winter", "e042": "A visit in spring"}


def event(event_id: str, date: str, **more: object) -> dict[str, object]:
    plain = {
        "event_id": event_id,
        "date_edtf": date,
        "document_date_edtf": None,
        "title": f"Title of {event_id}",
        "summary": "What came of it.",
        "theme_code": "diplomacy",
        "status_code": "occurred",
        "is_in_document": False,
    }
    return {**plain, **more}


EVENTS = pd.DataFrame(
    [
        event("e042", "2025-04-26/2025-04-27", document_date_edtf="2025-04", is_in_document=True),
        event(
            "e036", "2025-02-12/2025-02-13", document_date_edtf="2025-01-12", is_in_document=True
        ),
        event("e009", "2025-07-04", document_date_edtf="2025-04", is_in_document=True),
        event("e003", "2024-11-08", is_in_document=True, theme_code="energy"),
        event("e002", "2025-23"),
        event("e001", "2025-10-28/2026-04-26"),
    ]
).astype({"document_date_edtf": "str"})
TABLES = {
    "events": EVENTS,
    "event_actors": pd.DataFrame(
        {
            "event_id": EVENTS.event_id,
            "actor_id": EVENTS.event_id.map(lambda name: "AZE" if name == "e042" else "TUR"),
        }
    ),
    "document/document": pd.DataFrame({"published_edtf": [DOCUMENT_DAY.isoformat()]}),
    "document/pinned_events": pd.DataFrame(
        {"event_id": VISITS.keys(), "name": VISITS.values(), "kind": "visit", "sequence": [1, 2]}
    ),
}


def view(lens: str = "both", as_of: dt.date = AFTER, **more: object) -> pd.DataFrame:
    choices = {"themes": ("diplomacy", "energy"), "actors": ("TUR", "AZE"), **more}
    return list_events(TABLES, lens=lens, as_of=as_of, **choices)


def test_events_stand_in_the_order_of_time() -> None:
    assert list(view().event_id) == ["e003", "e036", "e042", "e009", "e002", "e001"]


def test_both_lenses_show_both_dates_where_they_differ() -> None:
    shown = view().set_index("event_id")
    assert list(shown.index[shown.shows_document]) == ["e036", "e042", "e009"]
    assert shown.shows_record.all()


def test_the_record_has_no_dates_of_the_document() -> None:
    assert not view("record").shows_document.any()


def test_the_document_has_only_what_it_refers_to_at_its_own_dates() -> None:
    shown = view("document").set_index("event_id")
    assert list(shown.index) == ["e003", "e036", "e009", "e042"]
    assert list(shown.shows_record) == [True, False, False, False]


def test_before_it_came_out_the_document_has_nothing() -> None:
    assert view("document", DOCUMENT_DAY - dt.timedelta(days=1)).empty
    assert not view("both", DOCUMENT_DAY - dt.timedelta(days=1)).shows_document.any()


def test_an_awaited_visit_shows_the_document_alone_and_no_outcome() -> None:
    shown = view(as_of=DOCUMENT_DAY).set_index("event_id")
    assert set(shown.index) == {"e003", "e036", "e042"}
    assert not shown.at["e042", "shows_record"]
    assert shown.at["e042", "shows_document"]
    assert shown.at["e042", "status_code"] == NOT_YET_KNOWN
    assert shown.at["e042", "title"] == VISITS["e042"]
    assert "came" not in shown.at["e042", "summary"]


def test_filters_by_theme_and_by_any_actor() -> None:
    assert list(view(themes=("energy",)).event_id) == ["e003"]
    assert list(view(actors=("AZE",)).event_id) == ["e042"]
    assert view(themes=()).empty
    assert view(actors=()).empty


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-04-10", dt.date(2025, 4, 10)),
        ("2025-10-28/2026-04-26", dt.date(2025, 10, 28)),
        ("2025-04", dt.date(2025, 4, 30)),
        ("2025-23", dt.date(2025, 11, 30)),
        ("2025-04-10/..", dt.date(2025, 4, 10)),
        ("..", dt.date.min),
    ],
)
def test_nothing_is_known_before_it_can_have_happened(text: str, day: dt.date) -> None:
    assert known_from(text) == day


def test_neighbours_in_an_order() -> None:
    order = ["a", "b", "c"]
    assert find_neighbours(order, "b") == ("a", "c")
    assert find_neighbours(order, "a") == (None, "b")
    assert find_neighbours(order, "c") == ("b", None)
    assert find_neighbours(order, "x") == ("c", "a")
    assert find_neighbours([], "a") == (None, None)


def test_days_early() -> None:
    rows = EVENTS.set_index("event_id")
    assert count_days_early(rows.loc["e036"]) == 31
    assert count_days_early(rows.loc["e001"]) == 0


def test_nothing_given_is_changed() -> None:
    before = EVENTS.copy(deep=True)
    view("document")
    pd.testing.assert_frame_equal(EVENTS, before)


def test_the_visits_of_the_document_have_both_dates(dossier: Dossier) -> None:
    events = dossier["events"].set_index("event_id")
    assert events.loc[list(dossier.document.visits), "document_date_edtf"].notna().all()
    early, awaited = dossier.document.visits
    assert events.at[early, "document_date_edtf"] < events.at[early, "date_edtf"]
    assert events.at[awaited, "status_code"] == "planned-not-held"
