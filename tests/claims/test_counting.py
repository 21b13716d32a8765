"""Verdicts counted by claim and by sentence, and the sentence that says so."""

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.claims.ledger import (
    UNJUDGED,
    WORDS,
    judge_claims,
    judge_sentences,
    list_judged,
    say_each_verdict,
    say_score,
    say_trivial,
)
from entente.dossier.store import Dossier
from entente.vocabulary import LEAST_FAVOURABLE_FIRST, SCORE_COUNTS, VERDICTS

CODES = (*LEAST_FAVOURABLE_FIRST, UNJUDGED)
Row = tuple[int, int, str, bool]


def judged(rows: list[Row]) -> pd.DataFrame:
    """Claims as `judge_claims` returns them, from paragraph, sentence, verdict and triviality."""
    frame = pd.DataFrame(rows, columns=["paragraph", "sentence", "code", "is_trivial"])
    ids = [f"c{number:02}" for number in range(1, len(rows) + 1)]
    return frame.astype({"is_trivial": bool}).assign(claim_id=ids, claim=ids, claim_ids=ids)


claims = st.lists(
    st.tuples(st.integers(0, 2), st.integers(1, 3), st.sampled_from(CODES), st.booleans()),
    min_size=1,
    max_size=20,
).map(judged)


@settings(deadline=None)
@given(claims)
def test_every_sentence_counts_once_with_a_verdict_of_its_claims(frame: pd.DataFrame) -> None:
    sentences = judge_sentences(frame)
    own = dict(list(frame.groupby(["paragraph", "sentence"])))
    assert sentences["code"].value_counts().sum() == len(own)
    for row in sentences.itertuples():
        behind = own[(row.paragraph, row.sentence)]
        assert row.claim_ids.split() == list(behind["claim_id"])
        (decides,) = behind[behind["claim_id"] == row.claim_id].itertuples()
        assert (row.code, row.claim) == (decides.code, decides.claim)
        assert CODES.index(row.code) == min(CODES.index(code) for code in behind["code"])
        assert row.is_trivial == behind["is_trivial"].all()


@settings(deadline=None)
@given(claims)
def test_the_numbers_of_a_score_add_up(frame: pd.DataFrame) -> None:
    for count, rows in (("claims", frame), ("sentences", judge_sentences(frame))):
        trivial, counted = rows["is_trivial"].sum(), (~rows["is_trivial"]).sum()
        if counted:
            said, codes = say_score(rows, count=count), rows.loc[~rows["is_trivial"], "code"]
            said = said.replace("None", "0").replace("none", "0")
            full, against = ((codes == code).sum() for code in ("supported", "contradicted"))
            assert [*map(int, re.findall(r"\d+", said))] == [full, counted, against]
            total, *parts = map(int, re.findall(r"\d+", say_each_verdict(rows, count=count)))
            assert total == counted == sum(parts)
        assert re.findall(r"\d+", say_trivial(rows, count=count, noun="report")) == [
            str(trivial)
        ] * bool(trivial)


@settings(deadline=None)
@given(claims, st.randoms(use_true_random=False))
def test_the_order_of_the_claims_decides_no_verdict(frame: pd.DataFrame, chance) -> None:
    order = list(frame.index)
    chance.shuffle(order)
    place = ["paragraph", "sentence"]
    one, two = (
        judge_sentences(rows).set_index(place)[["claim_id", "code", "is_trivial"]].sort_index()
        for rows in (frame, frame.loc[order])
    )
    pd.testing.assert_frame_equal(one, two)


def test_every_verdict_has_its_place_and_its_words() -> None:
    assert sorted(LEAST_FAVOURABLE_FIRST) == sorted(VERDICTS)
    assert sorted(WORDS) == sorted(CODES)


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (
            ["supported"] * 2 + ["partly-supported", "contradicted", "contradicted", "open"],
            "2 of 6 claims hold in full; 2 are contradicted",
        ),
        (["contradicted"], "None of 1 claim holds in full; 1 is contradicted"),
        (["supported", UNJUDGED], "1 of 2 claims holds in full; none is contradicted"),
    ],
)
def test_the_score_in_a_sentence(codes: list[str], said: str) -> None:
    assert say_score(judged([(1, 1, code, False) for code in codes]), count="claims") == said


def test_trivial_claims_are_left_out_and_said_to_be() -> None:
    rows = judged([(1, 1, "supported", True), (1, 2, "open", False), (1, 2, "open", True)])
    assert say_score(rows, count="claims").startswith("None of 1 claim holds in full")
    assert say_trivial(rows, count="claims", noun="report") == (
        "2 trivial claims, which only report what the press wrote or when the report appeared, "
        "are not counted."
    )
    sentences = judge_sentences(rows)
    assert say_trivial(sentences, count="sentences", noun="report").startswith(
        "1 trivial sentence, which only"
    )
    alone = judged([(1, 1, "supported", True)])
    assert say_score(alone, count="sentences") == "There is no sentence to count"


def test_a_claim_without_a_verdict_is_unjudged() -> None:
    frame = judged([(1, 1, "", False), (1, 1, "", False)])
    verdicts = pd.DataFrame({"claim_id": ["c01"], "verdict_code": ["supported"]})
    codes = judge_claims(frame, verdicts)
    assert list(codes["code"]) == ["supported", UNJUDGED]
    assert list(judge_sentences(codes)["code"]) == ["supported"]


def test_the_dossier_counts_all_its_sentences(dossier: Dossier) -> None:
    assert set(SCORE_COUNTS) == {"claims", "sentences"}
    sentences = list_judged(dossier, as_of=dossier.horizon, count="sentences")
    assert len(sentences) == len(dossier["document_sentences"]) == 10
    by_claim = sentences.set_index("claim_ids")["code"]
    assert by_claim["k04 k14 k15"] == "contradicted"
    assert by_claim["k07 k13"] == "supported"
    assert list(sentences.loc[sentences["is_trivial"], "claim_ids"]) == ["k11"]
