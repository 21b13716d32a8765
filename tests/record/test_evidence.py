"""Which verdict holds on a day."""

import datetime as dt

import pandas as pd
import pytest

from entente.dossier.store import Dossier
from entente.record.evidence import (
    VERDICT_COLUMNS,
    compare_verdicts,
    find_runs,
    find_verdicts,
)

ROWS = [
    ("c02-1", "c02", "2025-04-10", "open", "ahead"),
    ("c01-3", "c01", "2026-01-30", "overtaken", "still"),
    ("c01-1", "c01", "2025-04-10", "supported", "true"),
    ("c01-2", "c01", "2025-08", "overtaken", "over"),
]


@pytest.fixture
def assessments() -> pd.DataFrame:
    names = ["assessment_id", "claim_id", "from_edtf", "verdict_code", "note"]
    return pd.DataFrame(ROWS, columns=names)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2025, 4, 9), {}),
        (dt.date(2025, 4, 10), {"c02": "c02-1", "c01": "c01-1"}),
        (dt.date(2025, 8, 30), {"c02": "c02-1", "c01": "c01-1"}),
        (dt.date(2025, 8, 31), {"c02": "c02-1", "c01": "c01-2"}),
        (dt.date(2026, 7, 1), {"c02": "c02-1", "c01": "c01-3"}),
    ],
)
def test_the_latest_verdict_that_has_begun_holds(
    assessments: pd.DataFrame, day: dt.date, expected: dict[str, str]
) -> None:
    found = find_verdicts(assessments, day)
    assert list(found.columns) == VERDICT_COLUMNS
    assert dict(zip(found["claim_id"], found["assessment_id"], strict=True)) == expected


def test_what_was_so_before_the_record_holds_on_any_day(assessments: pd.DataFrame) -> None:
    older = assessments.assign(from_edtf="..").iloc[:1]
    assert len(find_verdicts(older, dt.date(1900, 1, 1))) == 1


def test_no_assessment_no_verdict(assessments: pd.DataFrame) -> None:
    found = find_verdicts(assessments.iloc[:0], dt.date(2026, 7, 1))
    assert found.empty
    assert find_runs(assessments, found).empty


def test_the_input_is_left_alone(assessments: pd.DataFrame) -> None:
    before = assessments.copy()
    find_verdicts(assessments, dt.date(2026, 7, 1))
    pd.testing.assert_frame_equal(assessments, before)


def test_a_confirmed_verdict_holds_since_it_was_first_given(assessments: pd.DataFrame) -> None:
    runs = find_runs(assessments, find_verdicts(assessments, dt.date(2026, 7, 1)))
    rows = {row.claim_id: (row.since_edtf, row.since_note) for row in runs.itertuples()}
    assert rows == {"c02": ("2025-04-10", "ahead"), "c01": ("2025-08", "over")}


def test_claims_without_an_earlier_verdict_were_not_decided_otherwise(
    assessments: pd.DataFrame,
) -> None:
    later = assessments.assign(claim_id=assessments["claim_id"].replace("c02", "c03")).assign(
        from_edtf=assessments["from_edtf"].where(assessments["claim_id"] != "c02", "2025-05-01")
    )
    found = compare_verdicts(later, since=dt.date(2025, 4, 10), as_of=dt.date(2026, 7, 1))
    assert found.to_numpy().tolist() == [["c01", "supported", "overtaken"]]
    same = compare_verdicts(later, since=dt.date(2025, 9, 1), as_of=dt.date(2026, 7, 1))
    assert same.empty


def test_every_claim_has_a_verdict_at_the_horizon(dossier: Dossier) -> None:
    found = find_verdicts(dossier["assessments"], dossier.horizon)
    assert sorted(found["claim_id"]) == sorted(dossier["claims"]["claim_id"])


def test_a_verdict_turns_on_its_very_day(dossier: Dossier) -> None:
    verdicts = {
        day: find_verdicts(dossier["assessments"], day)
        .set_index("claim_id")
        .at["k04", "verdict_code"]
        for day in (dt.date(2022, 2, 9), dt.date(2022, 2, 10))
    }
    assert list(verdicts.values()) == ["supported", "overtaken"]
