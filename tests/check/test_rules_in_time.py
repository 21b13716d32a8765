"""Faults of time: verdicts without ground or order, moments off the record, pledges out of step."""

from collections.abc import Callable

import pytest

from entente.review import review_folder
from tests.conftest import Edit
from tests.tables import Rows, amend, change_rows, drop

BREAKAGES = [
    # file, change, code, key, column
    (
        "assessment_sources",
        drop("assessment_id", "k04-2"),
        ("no_source", "k04-2", "assessment_id"),
    ),
    (
        "assessments",
        amend("assessment_id", "k04-2", from_edtf="2021-06-15"),
        ("same_start", "k04-2", "from_edtf"),
    ),
    (
        "assessments",
        amend("assessment_id", "k05-1", from_edtf="2021-06-14"),
        ("judged_too_early", "k05-1", "from_edtf"),
    ),
    (
        "assessments",
        amend("assessment_id", "k04-2", verdict_code="open"),
        ("reopened", "k04-2", "verdict_code"),
    ),
    (
        "moments",
        amend("moment_id", "relations", date_edtf="2022-02-12"),
        ("event_disagrees", "relations", "date_edtf"),
    ),
    (
        "moments",
        amend("moment_id", "relations", date_edtf="2022-02"),
        ("moment_outside", "relations", "date_edtf"),
    ),
    (
        "moments",
        amend("moment_id", "strike", date_edtf="2027-02-28", event_id=""),
        ("moment_outside", "strike", "date_edtf"),
    ),
    (
        "moments",
        amend("moment_id", "publication", event_id="nothing"),
        ("dangling_id", "publication", "event_id"),
    ),
    (
        "assessment_sources",
        amend("assessment_id", "k09-1", source_id="bank-report-2022"),
        ("source_after_verdict", "k09-1 bank-report-2022", "source_id"),
    ),
    (
        "sources",
        amend("source_id", "north-wire-2021-02-05", published_edtf="2021-06-23"),
        ("source_after_verdict", "k06-1 north-wire-2021-02-05", "source_id"),
    ),
    (
        "reviews",
        amend("review_id", "autumn-2022", wrong_count="18"),
        ("more_than_drawn", "autumn-2022", "row_count"),
    ),
    (
        "pledges",
        amend("pledge_id", "frigate", claim_id=""),
        ("empty_cell", "frigate", "claim_id"),
    ),
    (
        "pledges",
        amend("pledge_id", "frigate", claim_id="k99"),
        ("dangling_id", "frigate", "claim_id"),
    ),
    (
        "pledge_steps",
        amend("pledge_step_id", "credit-two-3", date_edtf="2019-01-05", event_id=""),
        ("steps_out_of_order", "credit-two-3", "date_edtf"),
    ),
    (
        "pledge_steps",
        amend("pledge_step_id", "frigate-1", date_edtf="2018-10-01"),
        ("event_disagrees", "frigate-1", "date_edtf"),
    ),
    (
        "pledge_steps",
        amend("pledge_step_id", "road-money-1", unit=""),
        ("amount_without_unit", "road-money-1", "unit"),
    ),
    (
        "pledge_steps",
        amend("pledge_step_id", "frigate-1", stage_code="rumoured"),
        ("unknown_code", "frigate-1", "stage_code"),
    ),
    (
        "pledge_step_sources",
        drop("pledge_step_id", "frigate-1"),
        ("no_source", "frigate-1", "pledge_step_id"),
    ),
    (
        "pledge_steps",
        drop("pledge_id", "road-money"),
        ("no_step", "road-money", "pledge_id"),
    ),
]


@pytest.mark.parametrize(
    ("table", "change", "fault"), BREAKAGES, ids=[f"{b[0]}-{b[2][0]}-{b[2][1]}" for b in BREAKAGES]
)
def test_what_does_not_hold_in_time_is_a_fault(
    edit: Edit, table: str, change: Callable[[Rows], object], fault: tuple[str, str, str]
) -> None:
    folder = edit(f"{table}.csv", change_rows(change))
    found = review_folder(folder)
    assert fault in {(one.code, one.key, one.column) for one in found}
    assert all(one.rule and one.remedy for one in found)


def test_a_step_on_the_day_of_the_earlier_stage_is_in_order(edit: Edit) -> None:
    change = amend("pledge_step_id", "credit-two-3", date_edtf="2021-02-05", event_id="")
    assert review_folder(edit("pledge_steps.csv", change_rows(change))) == ()


def test_a_retired_claim_may_not_be_used_again(edit: Edit) -> None:
    folder = edit("retired.csv", lambda text: f"{text}claims,k04,2022-02-01,Merged into k05.\n")
    assert "retired_id" in {fault.code for fault in review_folder(folder)}


# A table that cannot be read, and a fault of another table that the same rule judges.
BESIDE = [
    (
        "scenario_legs",
        "leg_statuses",
        amend("leg_status_id", "g01-1", multiplier=""),
        "multiplier_mismatch",
    ),
    (
        "rate_periods",
        "assessments",
        amend("assessment_id", "k04-2", from_edtf="2021-06-15"),
        "same_start",
    ),
    (
        "document/forecast_names",
        "expectations",
        amend("expectation_id", "y01", claim_id="k01"),
        "not_a_forecast",
    ),
    (
        "positions",
        "document/document",
        lambda rows: rows[0].update(short_name="A name too long for a headline"),
        "too_long",
    ),
]


@pytest.mark.parametrize(("broken", "table", "change", "code"), BESIDE)
def test_a_table_that_cannot_be_read_hides_no_fault_of_another(
    edit: Edit, broken: str, table: str, change: Callable[[Rows], object], code: str
) -> None:
    edit(f"{broken}.csv", lambda _: "")
    found = review_folder(edit(f"{table}.csv", change_rows(change)))
    assert {"empty_file", code} <= {fault.code for fault in found}
