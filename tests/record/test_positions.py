"""What each side says: known by the day, answers directly below what they answer."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.dossier.store import Dossier
from entente.record.positions import describe_positions, order_by_answers

DAY = dt.date(2022, 9, 30)


def _ids(dossier: Dossier, **options: object) -> list[str]:
    asked = {"as_of": DAY, "lens": "both", **options}
    return [row["position_id"] for row in describe_positions(dossier, **asked)]


def test_an_answer_follows_what_it_answers(dossier: Dossier) -> None:
    assert _ids(dossier, event_id="valley-clash") == [
        *("valley-clash-qor", "valley-clash-qsu", "valley-clash-qma")
    ]
    answers = [
        row["answers"]
        for row in describe_positions(dossier, event_id="valley-clash", as_of=DAY, lens="both")
    ]
    assert answers == ["", "Orania", ""]


def test_a_statement_names_side_day_and_source(dossier: Dossier) -> None:
    first, author, _ = describe_positions(dossier, claim_id="k06", as_of=DAY, lens="record")
    assert (first["side"], first["date"]) == ("Orania", "20 June 2021")
    assert first["source"]["url"] == "https://blog.example/valley"
    assert (author["side"], author["speaker"]) == ("The author", "Lowland Institute")


def test_nothing_is_told_of_things_without_positions(dossier: Dossier) -> None:
    assert _ids(dossier, claim_id="k01") == []
    assert _ids(dossier, event_id="canal-jam") == []


@pytest.mark.parametrize(
    ("day", "count"), [("2021-06-19", 0), ("2021-06-20", 1), ("2022-05-31", 2), ("2022-06-01", 3)]
)
def test_a_statement_is_told_from_its_day(dossier: Dossier, day: str, count: int) -> None:
    assert len(_ids(dossier, claim_id="k06", as_of=dt.date.fromisoformat(day))) == count


def test_the_document_alone_has_no_statements(dossier: Dossier) -> None:
    assert _ids(dossier, claim_id="k06", lens="document") == []
    assert len(_ids(dossier, claim_id="k06", lens="record")) == 3


@st.composite
def _chains(draw: st.DrawFn) -> pd.DataFrame:
    """Positions in any order of the file, each answering an earlier one or none."""
    count = draw(st.integers(0, 8))
    days = sorted(draw(st.lists(st.integers(1, 28), min_size=count, max_size=count)))
    rows = [
        {
            "position_id": f"p{number}",
            "answers_id": draw(st.sampled_from([None, *(f"p{n}" for n in range(number))])),
            "date_edtf": f"2021-03-{day:02}",
        }
        for number, day in enumerate(days)
    ]
    columns = ["position_id", "answers_id", "date_edtf"]
    return pd.DataFrame(draw(st.permutations(rows)), columns=columns)


@given(rows=_chains(), last=st.integers(0, 28))
def test_no_statement_is_lost_and_no_answer_stands_alone(rows: pd.DataFrame, last: int) -> None:
    """On any day: an answer comes after its cause, with nothing but answers between them."""
    known = rows[rows["date_edtf"] <= f"2021-03-{last:02}"]
    ordered = list(order_by_answers(known))
    ids = [row["position_id"] for row in ordered]
    assert sorted(ids) == sorted(known["position_id"])
    for place, row in enumerate(ordered):
        if row["answers_id"]:
            cause = ids.index(row["answers_id"])
            assert all(between["answers_id"] for between in ordered[cause + 1 : place + 1])
    roots = [row["date_edtf"] for row in ordered if not row["answers_id"]]
    assert roots == sorted(roots)


def test_an_answer_to_a_statement_that_is_not_shown_stands_by_itself(dossier: Dossier) -> None:
    rows = dossier["positions"]
    answer = rows[rows["answers_id"].notna()].iloc[[0]]
    assert [row["position_id"] for row in order_by_answers(answer)] == answer[
        "position_id"
    ].tolist()
