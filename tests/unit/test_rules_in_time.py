"""Faults of time: verdicts without ground or order, moments off the record, pledges out of step."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from entente.review import review_folder

Edit = Callable[[str, Callable[[str], str]], Path]
Rows = list[dict[str, str]]


def rows(change: Callable[[Rows], object]) -> Callable[[str], str]:
    """Rewrite a table by a change of its rows."""

    def rewrite(text: str) -> str:
        table = list(csv.DictReader(io.StringIO(text)))
        change(table)
        out = io.StringIO()
        writer = csv.DictWriter(out, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
        return out.getvalue()

    return rewrite


def put(key: str, row_id: str, **cells: str) -> Callable[[Rows], object]:
    """Put values into the row with that id."""
    return lambda table: next(row for row in table if row[key] == row_id).update(cells)


def drop(key: str, row_id: str) -> Callable[[Rows], object]:
    """Take out the rows with that id."""

    def change(table: Rows) -> None:
        table[:] = [row for row in table if row[key] != row_id]

    return change


BREAKAGES = [
    # file, change, code, key, column
    (
        "assessment_sources",
        drop("assessment_id", "c63-1"),
        ("no_source", "c63-1", "assessment_id"),
    ),
    (
        "assessments",
        put("assessment_id", "c63-2", from_edtf="2025-04-10"),
        ("same_start", "c63-2", "from_edtf"),
    ),
    (
        "assessments",
        put("assessment_id", "c69-1", from_edtf="2025-04-09"),
        ("judged_too_early", "c69-1", "from_edtf"),
    ),
    (
        "assessments",
        put("assessment_id", "c02-3", verdict_code="open"),
        ("reopened", "c02-3", "verdict_code"),
    ),
    (
        "moments",
        put("moment_id", "tianjin", date_edtf="2025-09-02"),
        ("event_disagrees", "tianjin", "date_edtf"),
    ),
    (
        "moments",
        put("moment_id", "tianjin", date_edtf="2025-08"),
        ("moment_outside", "tianjin", "date_edtf"),
    ),
    (
        "moments",
        put("moment_id", "hormuz", date_edtf="2027-02-28", event_id=""),
        ("moment_outside", "hormuz", "date_edtf"),
    ),
    ("moments", put("moment_id", "lachin", event_id="e999"), ("dangling_id", "lachin", "event_id")),
    ("pledges", put("pledge_id", "jf17", claim_id=""), ("empty_cell", "jf17", "claim_id")),
    ("pledges", put("pledge_id", "jf17", claim_id="c99"), ("dangling_id", "jf17", "claim_id")),
    (
        "pledge_steps",
        put("pledge_step_id", "two-billion-4", date_edtf="2024-01-05", event_id=""),
        ("steps_out_of_order", "two-billion-4", "date_edtf"),
    ),
    (
        "pledge_steps",
        put("pledge_step_id", "jf17-2", date_edtf="2024-09-27"),
        ("event_disagrees", "jf17-2", "date_edtf"),
    ),
    (
        "pledge_steps",
        put("pledge_step_id", "m6-banks-1", unit=""),
        ("amount_without_unit", "m6-banks-1", "unit"),
    ),
    (
        "pledge_steps",
        put("pledge_step_id", "jf17-2", stage_code="rumoured"),
        ("unknown_code", "jf17-2", "stage_code"),
    ),
    (
        "pledge_step_sources",
        drop("pledge_step_id", "jf17-2"),
        ("no_source", "jf17-2", "pledge_step_id"),
    ),
    (
        "pledge_steps",
        drop("pledge_id", "jf17-forty"),
        ("no_step", "jf17-forty", "pledge_id"),
    ),
]


@pytest.mark.parametrize(
    ("table", "change", "fault"), BREAKAGES, ids=[f"{b[0]}-{b[2][0]}-{b[2][1]}" for b in BREAKAGES]
)
def test_what_does_not_hold_in_time_is_a_fault(
    edit: Edit, table: str, change: Callable[[Rows], object], fault: tuple[str, str, str]
) -> None:
    folder = edit(f"{table}.csv", rows(change))
    found = review_folder(folder)
    assert fault in {(one.code, one.key, one.column) for one in found}
    assert all(one.rule and one.remedy for one in found)


def test_a_step_on_the_day_of_the_earlier_stage_is_in_order(edit: Edit) -> None:
    change = put("pledge_step_id", "two-billion-4", date_edtf="2024-07-11", event_id="")
    assert review_folder(edit("pledge_steps.csv", rows(change))) == ()


def test_a_retired_claim_may_not_be_used_again(edit: Edit) -> None:
    folder = edit("retired.csv", lambda text: f"{text}claims,c63,2026-02-01,Merged into c64.\n")
    assert "retired_id" in {fault.code for fault in review_folder(folder)}
