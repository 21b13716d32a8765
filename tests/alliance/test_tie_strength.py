"""Strength of ties: what an event counts as, and how the sum comes about."""

import pandas as pd
import pytest

from entente.alliance.ties import (
    STEP_ENDS,
    add_strength,
    classify_evidence,
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
    kind_of = classify_evidence(events, KINDS)
    found = add_strength(ties, kind_of=kind_of, weights=EVIDENCE_WEIGHTS)
    counts = found[list(EVIDENCE_KINDS)].to_numpy().tolist()
    assert counts == [
        [1, 0, 1, 2],
        [0, 0, 0, 0],
        [0, 1, 0, 0],
    ]


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
    strengths = (0, 1, *STEP_ENDS, *(end + 1 for end in STEP_ENDS))
    ties = pd.DataFrame({"event_ids": ["e " * number for number in strengths]})
    found = add_strength(ties, kind_of={"e": "words"}, weights=(0, 0, 0, 1))
    assert found["step"].tolist() == [0, 1, 1, 2, 3, 2, 3, 4]


def test_words_of_the_code_are_those_of_the_data(live_dossier: Dossier) -> None:
    """About today’s dataset: its words for kinds of evidence are those that stand in the code."""
    dossier = live_dossier
    assert dossier.labels("evidence_kinds") == EVIDENCE_KINDS
    assert len(EVIDENCE_WEIGHTS) == len(EVIDENCE_KINDS)
    assert set(dossier["event_kind_evidence"]["evidence_kind_code"]) == set(EVIDENCE_KINDS)
