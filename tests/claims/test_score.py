"""The score of verdicts."""

import json

import pandas as pd
import pytest

from entente.claims.score import UNJUDGED_LABEL, describe_verdicts, draw_verdicts
from entente.style.palette import DARK, LIGHT, Palette

LABELS = {"supported": "Supported", "contested": "Contested", "contradicted": "Contradicted"}


@pytest.fixture
def claims() -> pd.DataFrame:
    ids = [f"c{number:02}" for number in range(1, 7)]
    return pd.DataFrame({"claim_id": ids, "claim": [f"Says {name}." for name in ids]})


@pytest.fixture
def verdicts() -> pd.DataFrame:
    codes = ["supported", "contradicted", "contradicted", "supported", "contradicted"]
    ids = [f"c{number:02}" for number in range(1, 6)]
    return pd.DataFrame({"claim_id": ids, "verdict_code": codes})


def _marks(figure: object) -> list[list[str]]:
    return [mark for trace in figure.data for mark in trace.customdata]  # type: ignore[attr-defined]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_claim_is_one_brick(
    palette: Palette, claims: pd.DataFrame, verdicts: pd.DataFrame
) -> None:
    figure = draw_verdicts(palette=palette, verdicts=verdicts, claims=claims, labels=LABELS)
    assert sorted(_marks(figure)) == [["claim", name, name] for name in claims["claim_id"]]
    assert [len(trace.y) for trace in figure.data] == [1, 3, 2]
    assert [note.text for note in figure.layout.annotations] == ["<b>1</b>", "<b>3</b>", "<b>2</b>"]


def test_rows_have_words_and_symbols_and_hues(claims: pd.DataFrame, verdicts: pd.DataFrame) -> None:
    figure = draw_verdicts(palette=LIGHT, verdicts=verdicts, claims=claims, labels=LABELS)
    words = list(figure.layout.yaxis.ticktext)
    assert [word.split()[0] for word in words] == ["No", "Contradicted", "Supported"]
    assert "✕" in words[1]
    assert figure.data[1].marker.color == LIGHT.verdicts["contradicted"]


def test_the_order_of_rows_in_the_input_does_not_matter(
    claims: pd.DataFrame, verdicts: pd.DataFrame
) -> None:
    one = draw_verdicts(palette=LIGHT, verdicts=verdicts, claims=claims, labels=LABELS)
    two = draw_verdicts(
        palette=LIGHT, verdicts=verdicts.iloc[::-1], claims=claims.iloc[::-1], labels=LABELS
    )
    assert json.dumps(one.to_plotly_json(), sort_keys=True) == json.dumps(
        two.to_plotly_json(), sort_keys=True
    )


def test_markup_in_a_claim_shows_as_text(claims: pd.DataFrame, verdicts: pd.DataFrame) -> None:
    loud = claims.assign(claim="<script>alert(1)</script>")
    figure = draw_verdicts(palette=LIGHT, verdicts=verdicts, claims=loud, labels=LABELS)
    assert "<script" not in str(figure.to_plotly_json())


def test_alt_counts_most_first(claims: pd.DataFrame, verdicts: pd.DataFrame) -> None:
    text = describe_verdicts(verdicts=verdicts, claims=claims, labels=LABELS)
    assert "6 claims" in text
    assert text.index("contradicted 3") < text.index("supported 2")
    assert f"{UNJUDGED_LABEL.lower()} 1" in text


def test_nothing_to_draw_says_so(claims: pd.DataFrame, verdicts: pd.DataFrame) -> None:
    nothing = {"verdicts": verdicts.iloc[:0], "claims": claims.iloc[:0], "labels": LABELS}
    figure = draw_verdicts(palette=LIGHT, **nothing)
    assert "No claim" in figure.layout.annotations[0].text
    assert "no claim" in describe_verdicts(**nothing)


def test_before_any_verdict_all_bricks_stand_in_one_row(
    claims: pd.DataFrame, verdicts: pd.DataFrame
) -> None:
    figure = draw_verdicts(palette=LIGHT, verdicts=verdicts.iloc[:0], claims=claims, labels=LABELS)
    assert len(figure.data) == 1
    assert len(_marks(figure)) == len(claims)
