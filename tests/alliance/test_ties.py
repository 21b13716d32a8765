"""Which ties hold on a day, through which lens, and with how much evidence."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from entente.address.views import MapView, default_view
from entente.alliance.ties import (
    add_evidence,
    count_themes,
    filter_by_actors,
    filter_by_lens,
    find_ends,
    find_touching,
    list_in_force,
    list_ties,
)
from entente.dossier.store import Dossier

DAY = dt.date(2025, 8, 31)


@pytest.fixture
def ties() -> pd.DataFrame:
    rows = [
        ("a-ever", "AZE", "PAK", "diplomacy", "..", None, False),
        ("b-ended", "PAK", "ARM", "recognition", "..", "2025-08-31", False),
        ("c-begun", "PAK", "ARM", "recognition", "2025-08-31", None, False),
        ("d-month", "TUR", "PAK", "defence", "2025-09", None, False),
        ("e-alone", "PAK", "TUR", "nuclear", "..", None, True),
        ("f-year", "TUR", "ISR", "diplomacy", "2024", "2025", False),
    ]
    columns = ["tie_id", "from_actor_id", "to_actor_id", "theme_code", "start_edtf", "end_edtf"]
    return pd.DataFrame(rows, columns=[*columns, "is_asserted_only"])


@pytest.fixture
def links() -> dict[str, pd.DataFrame]:
    return {
        "tie_claims": pd.DataFrame(
            {"tie_id": ["e-alone", "a-ever", "a-ever"], "claim_id": ["c37", "c09", "c08"]}
        ),
        "tie_events": pd.DataFrame(
            {"tie_id": ["a-ever", "a-ever", "c-begun"], "event_id": ["e2", "e1", "e3"]}
        ),
        "events": pd.DataFrame(
            {"event_id": ["e1", "e2", "e3"], "date_edtf": ["1992", "2026-01-30", "2025-08-31"]}
        ),
    }


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2025, 8, 30), {"a-ever", "b-ended", "e-alone", "f-year"}),
        (dt.date(2025, 8, 31), {"a-ever", "c-begun", "e-alone", "f-year"}),
        (dt.date(2025, 9, 29), {"a-ever", "c-begun", "e-alone", "f-year"}),
        (dt.date(2025, 9, 30), {"a-ever", "c-begun", "d-month", "e-alone", "f-year"}),
        (dt.date(2024, 12, 30), {"a-ever", "b-ended", "e-alone"}),
        (dt.date(2024, 12, 31), {"a-ever", "b-ended", "e-alone", "f-year"}),
        (dt.date(2025, 12, 31), {"a-ever", "c-begun", "d-month", "e-alone"}),
        (dt.date(1950, 1, 1), {"a-ever", "b-ended", "e-alone"}),
    ],
)
def test_a_tie_holds_from_the_day_by_which_it_began_until_that_of_its_end(
    ties: pd.DataFrame, day: dt.date, expected: set[str]
) -> None:
    assert set(list_in_force(ties, day)["tie_id"]) == expected


def test_events_after_the_day_do_not_count(ties: pd.DataFrame, links: dict) -> None:
    found = add_evidence(ties, links, as_of=DAY).set_index("tie_id")
    assert found.at["a-ever", "claim_ids"] == "c08 c09"
    assert found.at["a-ever", "event_ids"] == "e1"
    assert found.at["a-ever", "claim_count"] == 2
    assert found.at["d-month", "event_count"] == 0
    assert "claim_ids" not in ties


@pytest.mark.parametrize(
    ("lens", "expected"),
    [
        ("document", {"a-ever", "e-alone"}),
        ("record", {"a-ever", "b-ended", "c-begun", "d-month", "f-year"}),
        ("both", {"a-ever", "b-ended", "c-begun", "d-month", "e-alone", "f-year"}),
    ],
)
def test_a_lens_shows_one_side(
    ties: pd.DataFrame, links: dict, lens: str, expected: set[str]
) -> None:
    evident = add_evidence(ties, links, as_of=DAY)
    assert set(filter_by_lens(evident, lens=lens)["tie_id"]) == expected


def test_one_actor_has_all_its_ties_and_several_those_among_them(ties: pd.DataFrame) -> None:
    assert set(filter_by_actors(ties, actors=["TUR"])["tie_id"]) == {"d-month", "e-alone", "f-year"}
    assert set(filter_by_actors(ties, actors=["TUR", "PAK"])["tie_id"]) == {"d-month", "e-alone"}
    assert filter_by_actors(ties, actors=[]).empty


def test_a_view_without_ties_is_an_empty_frame_with_all_columns(dossier: Dossier) -> None:
    nothing = replace(default_view(MapView, dossier), themes=())
    assert list_ties(dossier, nothing).empty
    assert {"claim_ids", "event_count", "strength"} <= set(list_ties(dossier, nothing))
    assert count_themes(dossier, nothing) == []


def test_a_pick_touches_itself_or_its_ends(ties: pd.DataFrame) -> None:
    assert find_touching(ties, "ISR") == {"f-year"}
    assert find_touching(ties, "a-ever") == {"a-ever"}
    assert find_touching(ties, None) == frozenset()
    assert find_ends(ties) == {"AZE", "PAK", "ARM", "TUR", "ISR"}


def test_themes_are_counted_apart_by_whose_word_it_is(dossier: Dossier) -> None:
    view = default_view(MapView, dossier)
    shown = list_ties(dossier, view)
    counts = {row["code"]: row for row in count_themes(dossier, view)}
    assert set(counts) == set(shown["theme_code"])
    for code, ties in shown.groupby("theme_code"):
        alone = int(ties["is_asserted_only"].sum())
        assert (counts[code]["recorded"], counts[code]["asserted"]) == (len(ties) - alone, alone)
