"""Strength of ties: what an event counts as, and how the sum comes about."""

import pandas as pd
import pytest

from entente.alliance.ties import (
    LAST_STEP,
    STEP_ENDS,
    add_strength,
    classify_evidence,
    count_evidence,
    find_step,
)
from entente.dossier.store import Dossier
from entente.vocabulary import EVIDENCE_KINDS, EVIDENCE_WEIGHTS

KINDS = pd.DataFrame(
    {
        "event_kind_code": ["visit", "contract", "finance"],
        "evidence_kind_code": ["contacts", "binding", "deeds"],
    }
)


@pytest.fixture
def events() -> pd.DataFrame:
    rows = [
        ("e1", "visit", "occurred"),
        ("e2", "contract", "occurred"),
        ("e3", "finance", "announced"),
        ("e4", "contract", "disputed"),
        ("e5", "visit", "planned-not-held"),
        ("e6", "finance", "occurred"),
    ]
    return pd.DataFrame(rows, columns=["event_id", "kind_code", "status_code"])


@pytest.fixture
def ties() -> pd.DataFrame:
    return pd.DataFrame({"tie_id": ["t1", "t2", "t3"], "event_ids": ["e1 e2 e3 e4 e5", "", "e6"]})


def test_what_was_only_said_counts_as_words_and_what_was_not_held_as_nothing(events) -> None:
    assert classify_evidence(events, KINDS) == {
        "e1": "contacts",
        "e2": "binding",
        "e3": "words",
        "e4": "words",
        "e6": "deeds",
    }


def test_events_are_counted_by_kind(events, ties) -> None:
    counts = count_evidence(ties, classify_evidence(events, KINDS))
    assert list(counts.columns) == list(EVIDENCE_KINDS)
    assert counts.to_numpy().tolist() == [[1, 0, 1, 2], [0, 0, 0, 0], [0, 1, 0, 0]]


def test_strength_is_the_sum_of_counts_times_weights(events, ties) -> None:
    strong = add_strength(ties, kind_of=classify_evidence(events, KINDS), weights=(8, 7, 4, 2))
    assert strong["strength"].tolist() == [8 + 4 + 2 * 2, 0, 7]
    assert strong["step"].tolist() == [2, 0, 1]
    assert "strength" not in ties


def test_no_tie_at_all_has_no_strength(events, ties) -> None:
    none = add_strength(ties[:0], kind_of={}, weights=EVIDENCE_WEIGHTS)
    assert none.empty
    assert {"strength", "step", *EVIDENCE_KINDS} <= set(none)


def test_steps_end_where_they_say() -> None:
    assert find_step(0) == 0
    assert [find_step(end) for end in STEP_ENDS] == [1, 2, 3]
    assert [find_step(end + 1) for end in STEP_ENDS] == [2, 3, LAST_STEP]


def test_words_of_the_code_are_those_of_the_data(dossier: Dossier) -> None:
    assert dossier.labels("evidence_kinds") == EVIDENCE_KINDS
    assert len(EVIDENCE_WEIGHTS) == len(EVIDENCE_KINDS)
    assert set(dossier["event_kind_evidence"]["evidence_kind_code"]) == set(EVIDENCE_KINDS)
