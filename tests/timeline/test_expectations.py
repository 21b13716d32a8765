"""What the document expected, as items beside events, by day and by lens."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from entente.address.views import TimelineView, default_view
from entente.dossier.store import Dossier
from entente.record.chronology import is_overdue
from entente.review import review_folder
from entente.timeline.items import (
    describe_event,
    describe_expectation,
    find_items,
    list_years,
)
from tests.conftest import Edit
from tests.tables import put_in_line

NEWEST = dt.date(2022, 9, 30)
PUBLISHED = dt.date(2021, 6, 15)


def items(dossier: Dossier, *, lens: str = "both", as_of: dt.date = NEWEST, **more) -> pd.DataFrame:
    options = {
        "themes": tuple(dossier.labels("themes")),
        "actors": tuple(dossier["actors"]["actor_id"]),
        **more,
    }
    view = replace(default_view(TimelineView, dossier), lens=lens, as_of=as_of, **options)
    return find_items(dossier, view).set_index("item_id")


def test_on_the_day_of_the_document_its_expectations_are_open(dossier: Dossier) -> None:
    shown = items(dossier, as_of=PUBLISHED)
    assert {"y01", "y02", "y03"} <= set(shown.index)
    own = shown[shown["kind"] == "expectation"]
    assert not own["is_awaited"].any()
    assert (own["outcome_id"] == "").all()


def test_once_the_season_is_over_it_is_awaited_and_then_it_comes(dossier: Dossier) -> None:
    assert not items(dossier, as_of=dt.date(2021, 8, 31)).at["y04", "is_awaited"]
    assert items(dossier, as_of=dt.date(2021, 9, 1)).at["y04", "is_awaited"]
    come = items(dossier, as_of=dt.date(2022, 2, 10)).loc["y04"]
    assert not come["is_awaited"]
    assert come["outcome_id"] == "relations"


def test_an_event_with_the_expected_date_is_the_expectation_itself(dossier: Dossier) -> None:
    before = items(dossier, as_of=dt.date(2021, 8, 19))
    after = items(dossier, as_of=dt.date(2021, 8, 20))
    assert "y01" in before.index
    assert "credit" not in before.index
    assert "y01" not in after.index
    assert after.at["credit", "is_expected"]
    assert "k02" in after.at["credit", "claim_ids"].split()


def test_a_plan_that_fell_through_is_still_awaited(dossier: Dossier) -> None:
    assert items(dossier).at["summer-visit", "is_awaited"]
    assert not items(dossier, as_of=PUBLISHED).at["summer-visit", "is_awaited"]


def test_what_never_came_stays_awaited(dossier: Dossier) -> None:
    assert items(dossier).at["y02", "is_awaited"]


def test_the_record_expects_nothing_and_the_document_tells_no_outcome(dossier: Dossier) -> None:
    assert set(items(dossier, lens="record")["kind"]) == {"event"}
    alone = items(dossier, lens="document")
    assert "y04" in alone.index
    assert (alone["outcome_id"] == "").all()
    assert not alone["is_awaited"].any()
    assert alone.at["summer-visit", "title"] == "A second visit in summer"
    assert alone.at["summer-visit", "status_code"] == "expected"


def test_before_the_document_nothing_was_expected(dossier: Dossier) -> None:
    assert set(items(dossier, as_of=dt.date(2021, 6, 14))["kind"]) == {"event"}


def test_filters_hold_for_expectations(dossier: Dossier) -> None:
    assert "y02" not in items(dossier, themes=("recognition",)).index
    assert "y04" in items(dossier, themes=("recognition",)).index
    assert "y02" in items(dossier, actors=("QSU",)).index
    assert "y04" not in items(dossier, actors=("QSU",)).index


def test_every_expectation_is_in_view_or_stands_in_its_event(dossier: Dossier) -> None:
    shown = items(dossier)
    for row in dossier["expectations"].to_dict("records"):
        if row["expectation_id"] not in shown.index:
            assert shown.at[row["outcome_event_id"], "is_expected"]
            assert row["claim_id"] in shown.at[row["outcome_event_id"], "claim_ids"].split()


@pytest.mark.parametrize(
    ("text", "day", "due"),
    [
        ("2025-04", dt.date(2025, 4, 30), False),
        ("2025-04", dt.date(2025, 5, 1), True),
        ("2025-04-10/..", dt.date(2025, 4, 10), False),
        ("2025-04-10/..", dt.date(2025, 4, 11), True),
    ],
)
def test_overdue(text: str, day: dt.date, due: bool) -> None:
    assert is_overdue(text, day) is due


def test_a_picked_expectation_tells_only_what_was_known(dossier: Dossier) -> None:
    early = describe_expectation(dossier, "y04", as_of=dt.date(2022, 2, 9))
    assert (early["outcome_id"], early["note"]) == ("", "")
    late = describe_expectation(dossier, "y04", as_of=NEWEST)
    assert late["outcome_id"] == "relations"
    assert late["note"]
    assert late["claim"]["claim_id"] == "k15"


def test_a_picked_event_of_a_later_day_gives_nothing_away(dossier: Dossier) -> None:
    awaited = describe_event(dossier, "summer-visit", as_of=PUBLISHED)
    assert awaited["title"] == "Vestia in Oran City"
    assert awaited["document_date"] == "July 2021"
    assert awaited["claims"] == []
    assert describe_event(dossier, "relations", as_of=PUBLISHED)["title"] == "Not yet known"


def test_the_list_tells_the_same_in_the_same_order(dossier: Dossier) -> None:
    shown = items(dossier).reset_index()
    years = list_years(dossier, shown, link=lambda item_id: f"?pick={item_id}", pick="winter-visit")
    rows = [row for year in years for row in year["rows"]]
    assert [row["item_id"] for row in rows] == list(shown["item_id"])
    told = {row["item_id"]: row for row in rows}
    assert told["winter-visit"]["document"] == "January 2021"
    assert told["winter-visit"]["is_picked"]
    assert told["y02"]["is_awaited"]
    assert "relations" in told["y04"]["came"]
    assert [int(year["year"]) for year in years] == sorted({int(y["year"]) for y in years})
    assert all(row["edtf"].startswith(year["year"]) for year in years for row in year["rows"])


@pytest.mark.parametrize(
    ("column", "value", "code", "line"),
    [
        ("claim_id", "k01", "not_a_forecast", 2),
        ("claim_id", "k99", "dangling_id", 2),
        ("expected_edtf", "..", "no_first_day", 2),
        ("expected_edtf", "soon", "bad_date", 2),
        ("outcome_event_id", "nowhere", "dangling_id", 2),
        ("basis_code", "guessed", "unknown_code", 2),
        ("note", "", "no_outcome", 4),
        ("label", "=1+1", "formula", 2),
    ],
)
def test_the_check_finds_a_bad_expectation(
    edit: Edit, column: str, value: str, code: str, line: int
) -> None:
    folder = edit("expectations.csv", put_in_line(line, column, value))
    found = [fault for fault in review_folder(folder) if fault.code == code]
    assert [(fault.file, fault.line) for fault in found] == [("expectations.csv", line)]


def test_names_are_short_and_each_event_has_one(dossier: Dossier) -> None:
    names = dossier["event_names"]
    assert set(names["event_id"]) == set(dossier["events"]["event_id"])
    assert names["name"].str.len().max() <= 31
    assert names["name"].is_unique
