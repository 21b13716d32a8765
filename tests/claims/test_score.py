"""The score of verdicts."""

import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from entente.claims.ledger import UNJUDGED, judge_claims, judge_sentences
from entente.claims.score import describe_verdicts, draw_score, name_verdicts
from entente.content import IN_FIGURE
from entente.style.palette import DARK, LIGHT, Palette

LABELS = {"supported": "Supported", "contested": "Contested", "contradicted": "Contradicted"}


@pytest.fixture
def claims() -> pd.DataFrame:
    ids = [f"c{number:02}" for number in range(1, 7)]
    return pd.DataFrame(
        {
            "claim_id": ids,
            "claim": [f"Says {name}." for name in ids],
            "is_trivial": False,
            "paragraph": 1,
            "sentence": [1, 1, 2, 3, 3, 4],
        }
    )


@pytest.fixture
def verdicts() -> pd.DataFrame:
    codes = ["supported", "contradicted", "contradicted", "supported", "contradicted"]
    ids = [f"c{number:02}" for number in range(1, 6)]
    return pd.DataFrame({"claim_id": ids, "verdict_code": codes})


def draw(verdicts: pd.DataFrame, claims: pd.DataFrame, palette: Palette = LIGHT) -> go.Figure:
    words = name_verdicts(LABELS)
    hues = {**palette.verdicts, UNJUDGED: palette.rule}
    judged = judge_claims(claims, verdicts)
    return draw_score(bricks=judged, words=words, hues=hues, palette=palette)


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


def test_alt_counts_each_verdict_in_the_order_of_the_rows(
    claims: pd.DataFrame, verdicts: pd.DataFrame
) -> None:
    text = describe_verdicts(judged=judge_claims(claims, verdicts), count="claims", noun="report")
    assert text == (
        "Score of verdicts on 6 claims: 2 fully supported, 3 contradicted, 1 not yet judged."
    )


def test_nothing_to_draw_says_so(claims: pd.DataFrame, verdicts: pd.DataFrame) -> None:
    nothing = judge_claims(claims.iloc[:0], verdicts)
    figure = draw(verdicts, claims.iloc[:0])
    assert "No claim" in figure.layout.annotations[0].text
    assert "no claim" in describe_verdicts(judged=nothing, count="claims", noun="report")


def test_trivial_bricks_are_hollow_stand_last_and_are_counted_apart(
    claims: pd.DataFrame, verdicts: pd.DataFrame
) -> None:
    loud = claims.assign(is_trivial=claims["claim_id"] == "c02")
    figure = draw(verdicts, loud)
    assert sorted(mark[1] for mark in _marks(figure)) == list(claims["claim_id"])
    (hollow,) = [trace for trace in figure.data if trace.marker.color == LIGHT.paper]
    assert [mark[1] for mark in hollow.customdata] == ["c02"]
    assert hollow.marker.line.color == LIGHT.verdicts["contradicted"]
    filled = figure.data[list(figure.data).index(hollow) - 1]
    assert hollow.base[0] > max(filled.base)
    texts = [note.text for note in figure.layout.annotations if note.name != IN_FIGURE]
    assert texts == ["<b>1</b>", "<b>2</b> + 1", "<b>2</b>"]
    (key,) = [note for note in figure.layout.annotations if note.name == IN_FIGURE]
    assert "not counted" in key.text
    assert figure.layout.yaxis.range[0] < key.y
    alt = describe_verdicts(judged=judge_claims(loud, verdicts), count="claims", noun="report")
    assert "on 5 claims: 2 fully supported, 2 contradicted" in alt
    assert "1 trivial claim, which only reports" in alt


def test_a_sentence_is_one_brick_of_the_claim_that_decides(
    claims: pd.DataFrame, verdicts: pd.DataFrame
) -> None:
    sentences = judge_sentences(judge_claims(claims, verdicts))
    hues = {**LIGHT.verdicts, UNJUDGED: LIGHT.rule}
    figure = draw_score(bricks=sentences, words=name_verdicts(LABELS), hues=hues, palette=LIGHT)
    assert sorted(_marks(figure)) == [
        ["claim", "c02", "c01 c02"],
        ["claim", "c03", "c03"],
        ["claim", "c05", "c04 c05"],
        ["claim", "c06", "c06"],
    ]
    assert "c02, least favourable of c01, c02" in str(figure.to_plotly_json())


def test_before_any_verdict_all_bricks_stand_in_one_row(
    claims: pd.DataFrame, verdicts: pd.DataFrame
) -> None:
    figure = draw(verdicts.iloc[:0], claims)
    assert len(figure.data) == 1
    assert len(_marks(figure)) == len(claims)
