"""The score of verdicts."""

import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from entente.claims.score import (
    UNJUDGED,
    describe_verdicts,
    draw_score,
    judge_claims,
    name_verdicts,
)
from entente.style.palette import DARK, LIGHT, NO_VERDICT, Palette

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


def draw(verdicts: pd.DataFrame, claims: pd.DataFrame, palette: Palette = LIGHT) -> go.Figure:
    words = name_verdicts(LABELS)
    hues = {**palette.verdicts, UNJUDGED: palette.rule}
    judged = judge_claims(claims, verdicts)
    return draw_score(claims=judged, words=words, hues=hues, palette=palette)


def _marks(figure: object) -> list[list[str]]:
    return [mark for trace in figure.data for mark in trace.customdata]  # type: ignore[attr-defined]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_claim_is_one_brick(
    palette: Palette, claims: pd.DataFrame, verdicts: pd.DataFrame
) -> None:
    figure = draw(verdicts, claims, palette)
    assert sorted(_marks(figure)) == [["claim", name, name] for name in claims["claim_id"]]
    assert [len(trace.y) for trace in figure.data] == [1, 3, 2]
    assert [note.text for note in figure.layout.annotations] == ["<b>1</b>", "<b>3</b>", "<b>2</b>"]


def test_rows_have_words_and_symbols_and_hues(claims: pd.DataFrame, verdicts: pd.DataFrame) -> None:
    figure = draw(verdicts, claims)
    words = list(figure.layout.yaxis.ticktext)
    assert [word.split()[0] for word in words] == ["No", "Contradicted", "Supported"]
    assert "✕" in words[1]
    assert figure.data[1].marker.color == LIGHT.verdicts["contradicted"]


def test_the_order_of_rows_in_the_input_does_not_matter(
    claims: pd.DataFrame, verdicts: pd.DataFrame
) -> None:
    one = draw(verdicts, claims)
    two = draw(verdicts.iloc[::-1], claims.iloc[::-1])
    assert json.dumps(one.to_plotly_json(), sort_keys=True) == json.dumps(
        two.to_plotly_json(), sort_keys=True
    )


def test_markup_in_a_claim_shows_as_text(claims: pd.DataFrame, verdicts: pd.DataFrame) -> None:
    loud = claims.assign(claim="<script>alert(1)</script>")
    figure = draw(verdicts, loud)
    assert "<script" not in str(figure.to_plotly_json())


def test_alt_counts_most_first(claims: pd.DataFrame, verdicts: pd.DataFrame) -> None:
    text = describe_verdicts(claims=judge_claims(claims, verdicts), labels=LABELS)
    assert "6 claims" in text
    assert text.index("contradicted 3") < text.index("supported 2")
    assert f"{NO_VERDICT['label'].lower()} 1" in text


def test_nothing_to_draw_says_so(claims: pd.DataFrame, verdicts: pd.DataFrame) -> None:
    nothing = judge_claims(claims.iloc[:0], verdicts)
    figure = draw(verdicts, claims.iloc[:0])
    assert "No claim" in figure.layout.annotations[0].text
    assert "no claim" in describe_verdicts(claims=nothing, labels=LABELS)


def test_before_any_verdict_all_bricks_stand_in_one_row(
    claims: pd.DataFrame, verdicts: pd.DataFrame
) -> None:
    figure = draw(verdicts.iloc[:0], claims)
    assert len(figure.data) == 1
    assert len(_marks(figure)) == len(claims)
