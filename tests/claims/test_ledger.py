"""The ledger and what a reader asks of it."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from entente.address.views import ClaimsView, default_view
from entente.claims.ledger import find_claims, list_claims
from entente.dossier.store import Dossier

DAY = dt.date(2022, 9, 30)


@pytest.fixture(scope="module")
def rows(dossier: Dossier) -> pd.DataFrame:
    return list_claims(dossier, as_of=DAY)


def _asked(dossier: Dossier, **changes: object) -> list[str]:
    view = replace(default_view(ClaimsView, dossier), **({"as_of": DAY} | changes))
    return list(find_claims(dossier, view)["claim_id"])


def test_one_row_a_claim_in_the_order_of_the_document(rows: pd.DataFrame, dossier: Dossier) -> None:
    assert list(rows["claim_id"]) == list(dossier["claims"]["claim_id"])
    assert (rows["source_count"] >= 1).all()


def test_without_filters_all_claims_match(dossier: Dossier) -> None:
    assert _asked(dossier) == list(dossier["claims"]["claim_id"])


def test_filters_are_met_at_once(rows: pd.DataFrame, dossier: Dossier) -> None:
    found = _asked(dossier, verdicts=("overtaken",), kinds=("reported-event",))
    chosen = rows.set_index("claim_id").loc[found]
    assert set(chosen["verdict_code"]) == {"overtaken"}
    assert set(chosen["kind_code"]) == {"reported-event"}


@pytest.mark.parametrize("search", ["BELMARK", "belmark recognition", "k04", "  from  withholds "])
def test_search_finds_words_in_any_case_and_order(dossier: Dossier, search: str) -> None:
    assert "k04" in _asked(dossier, search=search)


@pytest.mark.parametrize("search", ["zzz", "((", "[a-z]+", ".*"])
def test_search_is_plain_text(dossier: Dossier, search: str) -> None:
    assert _asked(dossier, search=search) == []


def test_claims_without_a_verdict_show_only_when_all_are_asked_for(dossier: Dossier) -> None:
    early = dt.date(2021, 1, 1)
    assert len(_asked(dossier, as_of=early)) == len(dossier["claims"])
    assert _asked(dossier, as_of=early, verdicts=("open",)) == []
    every = len(dossier["claims"])
    assert len(_asked(dossier, as_of=early, verdicts=("open",), lens="document")) == every
