"""The scoreboard of forecasts: what came of them, by day, in words and as a figure."""

import datetime as dt
import json

import pandas as pd
import pytest

from entente.claims.forecasts import (
    OUTCOMES,
    describe_board,
    draw_forecasts,
    judge_forecasts,
    list_forecasts,
    say_outcomes,
    sort_forecasts,
)
from entente.dossier.store import Dossier, read_dossier
from entente.style.palette import DARK, LIGHT, Palette
from entente.vocabulary import VERDICTS
from tests.conftest import Edit

START, AUTUMN, NEWEST = dt.date(2021, 6, 15), dt.date(2021, 9, 1), dt.date(2022, 9, 30)
SENTENCES = [
    ("2021-06-14", "No forecast had been made by 2021-06-14"),
    ("2021-06-15", "Of 5 forecasts, none had come true by 2021-06-15; 5 open"),
    (
        "2021-09-01",
        "Of 5 forecasts, none had come true by 2021-09-01; 1 came true in part, "
        "1 contradicted, 3 open",
    ),
    (
        "2022-09-30",
        "Of 5 forecasts, none had come true by 2022-09-30; 1 came true in part, "
        "1 contradicted, 1 did not happen, 1 open",
    ),
]


def on(dossier: Dossier, day: dt.date) -> pd.DataFrame:
    return judge_forecasts(dossier.tables, as_of=day)


def board(dossier: Dossier, day: dt.date, palette: Palette = LIGHT, **changes: object) -> object:
    tables = {
        "forecasts": list_forecasts(dossier, as_of=day),
        "labels": dossier.labels("assessment_verdicts"),
        "start": START,
        "as_of": day,
        "horizon": NEWEST,
    }
    return draw_forecasts(palette=palette, **(tables | changes))


@pytest.mark.parametrize(("day", "sentence"), SENTENCES)
def test_the_scoreboard_in_a_sentence(dossier: Dossier, day: str, sentence: str) -> None:
    assert say_outcomes(on(dossier, dt.date.fromisoformat(day)), day=day) == sentence


def test_a_forecast_that_comes_true_is_counted_first() -> None:
    rows = pd.DataFrame({"verdict_code": ["supported", "open", "supported"]})
    assert say_outcomes(rows, day="30 September 2022") == (
        "Of 3 forecasts, 2 had come true by 30 September 2022; 1 open"
    )


def test_a_forecast_is_open_until_something_decides_it(dossier: Dossier) -> None:
    before = on(dossier, dt.date(2021, 8, 31)).set_index("claim_id").loc["k02"]
    after = on(dossier, AUTUMN).set_index("claim_id").loc["k02"]
    assert before["verdict_code"] == "open"
    assert pd.isna(before["decided_edtf"])
    assert (after["verdict_code"], after["decided_edtf"]) == ("partly-supported", "2021-09-01")


def test_the_decision_is_the_first_assessment_that_is_not_open(dossier: Dossier) -> None:
    row = on(dossier, NEWEST).set_index("claim_id").loc["k10"]
    assert (row["decision_id"], row["decided_edtf"]) == ("k10-2", "2022-06")


def test_a_forecast_without_a_short_name_has_its_claim(edit: Edit) -> None:
    folder = edit("document/forecast_names.csv", lambda text: text.splitlines()[0] + "\n")
    rows = list_forecasts(read_dossier(folder), as_of=NEWEST)
    assert len(rows) == 5
    assert list(rows["name"]) == list(rows["claim"])


def test_every_forecast_of_the_document_has_a_short_name(dossier: Dossier) -> None:
    claims = dossier["claims"]
    assert set(claims[claims["kind_code"] == "forecast"]["claim_id"]) == set(
        dossier.document.forecast_names
    )
    assert set(OUTCOMES) == set(VERDICTS)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("day", [START, AUTUMN, NEWEST])
def test_every_mark_of_the_board_names_its_claim(
    dossier: Dossier, day: dt.date, palette: Palette
) -> None:
    figure = board(dossier, day, palette)
    marks = [trace for trace in figure.data if trace.mode == "markers"]
    shown = [mark for trace in marks for mark in trace.customdata]
    names = sorted(dossier.document.forecast_names)
    assert sorted(shown) == [["claim", name, name] for name in names]
    assert all(max(trace.x) <= day for trace in figure.data)


def test_open_forecasts_end_in_an_arrow_on_the_day(dossier: Dossier) -> None:
    figure = board(dossier, AUTUMN)
    arrows = [t for t in figure.data if t.marker.symbol == "triangle-right-open"]
    assert [trace.customdata[0][1] for trace in arrows] == ["k08", "k10", "k15"]
    assert {trace.x[0] for trace in arrows} == {AUTUMN}
    assert "Not yet known" in [note.text for note in figure.layout.annotations]


def test_verdicts_are_told_by_word_and_shape(dossier: Dossier) -> None:
    figure = board(dossier, NEWEST)
    texts = [note.text for note in figure.layout.annotations]
    assert "Partly supported, 1 Sept 2021" in texts
    assert len({t.marker.symbol for t in figure.data if t.mode == "markers"}) == 5


def test_no_line_of_the_grid_runs_through_words(dossier: Dossier) -> None:
    figure = board(dossier, AUTUMN)
    words = [note for note in figure.layout.annotations if note.yref != "paper"]
    assert len(words) >= 2
    assert {note.bgcolor for note in words} == {figure.layout.paper_bgcolor}


def test_the_order_of_the_input_does_not_matter(dossier: Dossier) -> None:
    rows = list_forecasts(dossier, as_of=NEWEST)
    one, two = board(dossier, NEWEST), board(dossier, NEWEST, forecasts=rows.iloc[::-1])
    dump = [
        json.dumps(figure.to_plotly_json(), sort_keys=True, default=str) for figure in (one, two)
    ]
    assert dump[0] == dump[1]
    decided = list(sort_forecasts(rows)["decided"])
    assert decided == [*sorted(day for day in decided if day), None]


def test_markup_shows_as_text(dossier: Dossier) -> None:
    loud = list_forecasts(dossier, as_of=NEWEST).assign(name="<script>", claim="<img src=x>")
    spec = str(board(dossier, NEWEST, forecasts=loud).to_plotly_json())
    assert "<script" not in spec
    assert "<img" not in spec


def test_the_text_alternative_names_every_verdict(dossier: Dossier) -> None:
    labels = dossier.labels("assessment_verdicts")
    text = describe_board(
        forecasts=list_forecasts(dossier, as_of=AUTUMN), labels=labels, as_of=AUTUMN
    )
    assert text.startswith("5 forecasts as of 1 September 2021")
    assert "k02 partly supported, 1 sept 2021" in text
    assert text.endswith("k15 open.")


def test_before_the_document_the_board_says_so(dossier: Dossier) -> None:
    nothing = list_forecasts(dossier, as_of=dt.date(2021, 6, 14))
    figure = board(dossier, dt.date(2021, 6, 14), forecasts=nothing)
    assert "No forecast" in figure.layout.annotations[0].text
    alt = describe_board(forecasts=nothing, labels={}, as_of=dt.date(2021, 6, 14))
    assert "no forecast" in alt
