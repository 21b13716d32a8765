"""Leg status: the row that holds on a day, and since when the present condition lasts."""

import datetime as dt

import pandas as pd
import pytest

from entente.routes.network.scenarios import STATUS_COLUMNS, read_statuses

ROWS = [
    ("A-1", "A", "..", "open", 1.0),
    ("A-2", "A", "2025-06-15", "closed", None),
    ("A-3", "A", "2025-07~", "suspended", None),
    ("A-4", "A", "2026-01", "partial", 1.5),
    ("B-1", "B", "2024-05-20", "open", 1.0),
]


def table(rows: list[tuple[str, str, str, str, float | None]] = ROWS) -> pd.DataFrame:
    names = ["leg_status_id", "leg_id", "from_edtf", "status_code", "multiplier"]
    return pd.DataFrame(rows, columns=names).assign(as_of_edtf="2026", note="Why.")


def on(day: str) -> dict[str, str]:
    found = read_statuses(table(), as_of=dt.date.fromisoformat(day))
    return dict(zip(found["leg_id"], found["status_code"], strict=True))


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2020-01-01", "open"),
        ("2025-06-14", "open"),
        ("2025-06-15", "closed"),
        ("2025-07-30", "closed"),
        ("2025-07-31", "suspended"),
        ("2026-01-30", "suspended"),
        ("2026-01-31", "partial"),
    ],
)
def test_last_row_that_has_begun_holds(day: str, status: str) -> None:
    assert on(day)["A"] == status


def test_leg_without_a_row_by_then_is_absent() -> None:
    assert "B" not in on("2024-05-19")
    assert on("2024-05-20")["B"] == "open"


def test_cut_lasts_from_the_first_of_consecutive_closures() -> None:
    found = read_statuses(table(), as_of=dt.date(2025, 8, 1)).set_index("leg_id")
    assert found.at["A", "since_edtf"] == "2025-06-15"
    assert found.at["A", "leg_status_id"] == "A-3"


def test_order_of_rows_does_not_matter_and_nothing_is_changed() -> None:
    shuffled = table(ROWS[::-1])
    before = shuffled.copy()
    found = read_statuses(shuffled, as_of=dt.date(2025, 8, 1))
    expected = read_statuses(table(), as_of=dt.date(2025, 8, 1))
    pd.testing.assert_frame_equal(found, expected)
    pd.testing.assert_frame_equal(shuffled, before)


def test_no_rows_give_no_rows() -> None:
    found = read_statuses(table()[:0], as_of=dt.date(2025, 8, 1))
    assert found.empty
    assert list(found.columns) == STATUS_COLUMNS
