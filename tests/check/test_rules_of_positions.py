"""Faults of positions: whose they are, on what, when, by which source, and what they answer."""

import pytest

from entente.review import review_folder
from tests.conftest import Edit
from tests.tables import amend, change_rows

BROKEN = [
    # row, cells, code, column
    ("k06-qor", {"event_id": "valley-clash"}, "position_subject", "claim_id"),
    ("k06-qor", {"claim_id": ""}, "position_subject", "claim_id"),
    ("k06-qor", {"claim_id": "k99"}, "dangling_id", "claim_id"),
    ("k06-qno", {"actor_id": "QOR"}, "position_twice", "actor_id"),
    ("k06-qor", {"actor_id": "", "speaker": "A passer-by"}, "not_the_author", "actor_id"),
    ("k06-qor", {"text": "x" * 201}, "too_long", "text"),
    ("k06-qor", {"source_id": ""}, "empty_cell", "source_id"),
    ("k06-qor", {"source_id": "north-wire-2021-02-05"}, "source_too_early", "source_id"),
    ("k06-qor", {"date_edtf": "2022-10-01"}, "after_horizon", "date_edtf"),
    ("k06-qor", {"date_edtf": "2022"}, "after_horizon", "date_edtf"),
    ("valley-clash-qsu", {"answers_id": "nobody"}, "dangling_id", "answers_id"),
    ("valley-clash-qsu", {"answers_id": "k06-qor"}, "answer_elsewhere", "answers_id"),
    ("valley-clash-qsu", {"date_edtf": "2019-03-03"}, "answer_too_early", "date_edtf"),
    ("valley-clash-qsu", {"date_edtf": "2019-03-01/2019-03-09"}, "answer_too_early", "date_edtf"),
    ("valley-clash-qma", {"answers_id": "valley-clash-qma"}, "answer_to_own_side", "answers_id"),
]


@pytest.mark.parametrize(("row", "cells", "code", "column"), BROKEN)
def test_a_fault_of_a_position_has_place_rule_and_remedy(
    edit: Edit, dossier, row: str, cells: dict[str, str], code: str, column: str
) -> None:
    table = dossier["positions"]
    line = table.index[table["position_id"] == row][0] + 2
    faults = review_folder(edit("positions.csv", change_rows(amend("position_id", row, **cells))))
    (found,) = [fault for fault in faults if fault.code == code]
    assert (found.file, found.line, found.key, found.column) == ("positions.csv", line, row, column)
    assert found.rule
    assert found.remedy


def test_two_positions_cannot_answer_each_other(edit: Edit) -> None:
    def answer_each_other(table: list[dict[str, str]]) -> None:
        amend("position_id", "valley-clash-qor", answers_id="valley-clash-qsu")(table)
        amend("position_id", "valley-clash-qsu", date_edtf="2019-03-04")(table)

    faults = review_folder(edit("positions.csv", change_rows(answer_each_other)))
    assert [(fault.code, fault.key) for fault in faults] == [
        ("answers_in_circles", "valley-clash-qor"),
        ("answers_in_circles", "valley-clash-qsu"),
    ]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("k06-qor", {"source_id": "undated-blog"}),  # nobody knows that it is older
        ("k06-qor", {"source_id": "atlas-2019", "date_edtf": "2019-12-31"}),
        ("valley-clash-qsu", {"date_edtf": "2019-03-04"}),  # on the same day
        ("k06-author", {"answers_id": "k06-qor"}),
    ],
)
def test_what_may_be_so_is_no_fault(edit: Edit, row: str, cells: dict[str, str]) -> None:
    assert (
        review_folder(edit("positions.csv", change_rows(amend("position_id", row, **cells)))) == ()
    )


def test_nobody_need_have_spoken(edit: Edit) -> None:
    assert review_folder(edit("positions.csv", lambda text: text.splitlines()[0] + "\n")) == ()
