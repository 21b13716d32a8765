"""The ledger and what a reader asks of it."""

import datetime as dt

import pandas as pd
import pytest

from entente.claims.ledger import filter_claims, join_ledger
from entente.dossier.store import Dossier
from entente.record.evidence import find_runs, find_verdicts

DAY = dt.date(2026, 7, 1)


@pytest.fixture(scope="module")
def rows(dossier: Dossier) -> pd.DataFrame:
    return _rows(dossier, DAY)


def _rows(dossier: Dossier, day: dt.date) -> pd.DataFrame:
    verdicts = find_verdicts(dossier["assessments"], day)
    return join_ledger(
        claims=dossier["claims"],
        verdicts=verdicts,
        runs=find_runs(dossier["assessments"], verdicts),
        assessment_sources=dossier["assessment_sources"],
        claim_actors=dossier["claim_actors"],
        actors=dossier["actors"],
    )


def _asked(rows: pd.DataFrame, **changes: object) -> list[str]:
    wanted = {
        "verdicts": tuple(rows["verdict_code"].dropna().unique()),
        "are_all_verdicts": True,
        "kinds": tuple(rows["kind_code"].unique()),
        "themes": tuple(rows["theme_code"].unique()),
        "search": "",
    }
    return list(filter_claims(rows, **(wanted | changes))["claim_id"])


def test_one_row_a_claim_in_the_order_of_the_document(rows: pd.DataFrame, dossier: Dossier) -> None:
    assert list(rows["claim_id"]) == list(dossier["claims"]["claim_id"])
    assert (rows["source_count"] >= 1).all()


def test_without_filters_all_claims_match(rows: pd.DataFrame) -> None:
    assert len(_asked(rows)) == len(rows)


def test_filters_are_met_at_once(rows: pd.DataFrame) -> None:
    found = _asked(rows, verdicts=("overtaken",), are_all_verdicts=False, kinds=("reported-event",))
    chosen = rows.set_index("claim_id").loc[found]
    assert set(chosen["verdict_code"]) == {"overtaken"}
    assert set(chosen["kind_code"]) == {"reported-event"}


@pytest.mark.parametrize("search", ["ARMENIA", "armenia recognition", "c63", "  only  un "])
def test_search_finds_words_in_any_case_and_order(rows: pd.DataFrame, search: str) -> None:
    assert "c63" in _asked(rows, search=search)


@pytest.mark.parametrize("search", ["zzz", "((", "[a-z]+", ".*"])
def test_search_is_plain_text(rows: pd.DataFrame, search: str) -> None:
    assert _asked(rows, search=search) == []


def test_claims_without_a_verdict_show_only_when_all_are_asked_for(dossier: Dossier) -> None:
    early = _rows(dossier, dt.date(2025, 1, 1))
    assert len(_asked(early)) == len(early)
    assert _asked(early, verdicts=("open",), are_all_verdicts=False) == []
