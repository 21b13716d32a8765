"""The timeline as a calendar and as rows: what each entry says, and that it is always the same."""

import csv
import datetime as dt
import io

import pandas as pd
import pytest
from icalendar import Calendar

from entente.address.views import TimelineView, default_view
from entente.dossier.store import Dossier
from entente.export.files.timeline import write_calendar, write_rows
from entente.export.files.writing import inert, plain
from entente.timeline.items import find_items
from tests.fake_dossier import FakeDossier

AS_OF = dt.date(2026, 7, 1)
OUTLET = {"e1": [("An outlet", "https://example.org/a;b,c")]}


def item(item_id: str, date: str, document: str = "", **more: object) -> dict:
    plain_item = {
        "item_id": item_id,
        "kind": "event",
        "title": f"Title of {item_id}",
        "summary": "What is known.",
        "theme_code": "diplomacy",
        "status_code": "occurred",
        "place": "Baku",
        "date_edtf": date,
        "document_date_edtf": document,
        "shows_record": True,
        "shows_document": bool(document),
        "claim_ids": "c01 c02",
        "outcome_id": "",
    }
    return {**plain_item, **more}


def calendar_of(*items: dict) -> Calendar:
    table = pd.DataFrame(items or None, columns=None if items else list(item("e1", "2025")))
    return Calendar.from_ical(write_calendar(FakeDossier(OUTLET), table, as_of=AS_OF))


def entries(*items: dict) -> dict[str, dict]:
    return {str(entry["uid"]): entry for entry in calendar_of(*items).walk("VEVENT")}


@pytest.mark.parametrize(
    ("date", "first", "after", "said"),
    [
        ("2025-05-28", (2025, 5, 28), (2025, 5, 29), "Occurred: 28 May 2025."),
        ("2025-02-12/2025-02-13", (2025, 2, 12), (2025, 2, 14), "Occurred: 12–13 February 2025."),
        ("2025-05", (2025, 5, 1), (2025, 6, 1), "The exact day is not known"),
        ("2025-23", (2025, 9, 1), (2025, 12, 1), "The exact day is not known"),
        ("2025-10-13~", (2025, 10, 13), (2025, 10, 14), "The day is not certain"),
        ("2025-10-28/..", (2025, 10, 28), (2025, 10, 29), "Only one end is known"),
    ],
)
def test_an_entry_covers_whole_days_and_says_how_exact_it_is(
    date: str, first: tuple, after: tuple, said: str
) -> None:
    entry = entries(item("e1", date))["e1@entente"]
    assert entry["dtstart"].dt == dt.date(*first)
    assert entry["dtend"].dt == dt.date(*after)
    assert said in str(entry["description"])


def test_an_entry_names_document_claims_and_sources() -> None:
    entry = entries(item("e1", "2025-02-12", "2025-01-12"))["e1@entente"]
    for words in (
        "What is known.",
        "The document’s date: 12 January 2025.",
        "Claims: c01, c02",
        "Source: An outlet, https://example.org/a;b,c",
    ):
        assert words in str(entry["description"])
    assert str(entry["location"]) == "Baku"
    assert str(entry["transp"]) == "TRANSPARENT"
    assert entry["dtstamp"].dt == dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


def test_plans_and_expectations_do_not_pass_for_events() -> None:
    found = entries(
        item("e1", "2025-04-26", status_code="planned-not-held"),
        item(
            "x1",
            "",
            "2025-04",
            kind="expectation",
            status_code="expected",
            shows_record=False,
            place="",
        ),
    )
    assert str(found["e1@entente"]["status"]) == "CANCELLED"
    assert str(found["x1@entente"]["status"]) == "TENTATIVE"
    assert str(found["x1@entente"]["summary"]).startswith("Expected by the document: ")
    assert "location" not in found["x1@entente"]


def test_no_items_make_a_calendar_without_entries() -> None:
    assert entries() == {}


def test_what_has_no_date_at_all_stands_in_no_calendar() -> None:
    assert list(entries(item("e1", ".."), item("e2", "2025"))) == ["e2@entente"]


def view_of(dossier: Dossier, **more: object) -> TimelineView:
    whole = default_view(TimelineView, dossier)
    return TimelineView(**{**vars(whole), **more})


def test_the_same_view_gives_the_same_bytes(dossier: Dossier) -> None:
    view = view_of(dossier, zoom="visits")
    items = find_items(dossier, view)
    one, other = (write_calendar(dossier, items, as_of=AS_OF) for _ in range(2))
    assert one == other
    assert write_rows(dossier, items) == write_rows(dossier, items)


def test_lines_are_folded_as_the_format_wants(dossier: Dossier) -> None:
    view = view_of(dossier)
    raw = write_calendar(dossier, find_items(dossier, view), as_of=AS_OF)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert raw.startswith(b"BEGIN:VCALENDAR\r\n")
    assert raw.endswith(b"END:VCALENDAR\r\n")
    raw.decode("utf-8")


def test_rows_tell_dates_in_words_and_in_days() -> None:
    dossier = FakeDossier({"e1": [("An outlet", "https://a.example"), ("Another", "b")]})
    content = write_rows(dossier, pd.DataFrame([item("e1", "2025-05", "2025-04")])).decode()
    (row,) = csv.DictReader(io.StringIO(content))
    assert (row["date"], row["date_edtf"]) == ("May 2025", "2025-05")
    assert (row["first_day"], row["last_day"]) == ("2025-05-01", "2025-05-31")
    assert (row["document_date"], row["document_date_edtf"]) == ("April 2025", "2025-04")
    assert row["sources"] == "An outlet, https://a.example | Another, b"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", " =1+1"])
def test_no_cell_runs_in_a_spreadsheet(text: str) -> None:
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "plain", "a = b", "2025-04-10", "12–13 February"])
def test_other_cells_are_left_alone(text: str) -> None:
    assert inert(text) == text


def test_control_characters_do_not_reach_a_calendar() -> None:
    assert plain("a\r\nb\rc\x00\x1b\x85d\u2028") == "a\nb\ncd"
