"""Faults of grounds: memory in place of a source, figures without reasons, ties at odds."""

from collections.abc import Callable

import pytest

from entente.check.rules_of_record import NOTES
from entente.dossier.store import Dossier
from entente.review import review_folder
from tests.conftest import Edit
from tests.tables import amend, change_rows, drop


@pytest.mark.parametrize("table", NOTES)
@pytest.mark.parametrize("words", ["From general knowledge.", "Written down from memory only."])
def test_memory_is_no_ground(edit: Edit, dossier: Dossier, table: str, words: str) -> None:
    key, column = dossier[table].columns[0], NOTES[table]
    row = dossier[table].at[0, key]
    (fault,) = review_folder(edit(f"{table}.csv", change_rows(amend(key, row, **{column: words}))))
    assert (fault.code, fault.key, fault.column) == ("no_ground", row, column)
    assert fault.rule
    assert fault.remedy


def test_knowledge_and_memory_may_be_spoken_of(edit: Edit) -> None:
    words = "A memorial; the knowledge of it is general, and came from memory-keepers."
    assert review_folder(
        edit("assessments.csv", change_rows(amend("assessment_id", "k05-1", note=words)))
    )
    words = "A memorial, of which the public knows in general."
    change = change_rows(amend("assessment_id", "k05-1", note=words))
    assert review_folder(edit("assessments.csv", change)) == ()


@pytest.mark.parametrize(
    ("table", "key", "row"),
    [
        ("assessment_sources", "assessment_id", "k05-1"),
        ("leg_status_sources", "leg_status_id", "g07-2"),
        ("standing_veto_sources", "standing_veto_id", ""),
    ],
)
def test_verdicts_statuses_and_vetoes_have_sources(
    edit: Edit, dossier: Dossier, table: str, key: str, row: str
) -> None:
    row = row or dossier[table].at[0, key]
    found = [f.code for f in review_folder(edit(f"{table}.csv", change_rows(drop(key, row))))]
    assert found == ["no_source"]


def test_an_estimate_gives_its_reasons(edit: Edit) -> None:
    (fault,) = review_folder(edit("rates.csv", change_rows(amend("rate_id", "HND-PORT", note=""))))
    assert (fault.code, fault.key, fault.column) == ("no_reasoning", "HND-PORT", "note")


def twin(valence: str, start: str, end: str) -> Callable[[list[dict[str, str]]], object]:
    """Add a tie between the ends of the first one, the other way round; both are dated."""

    def change(table: list[dict[str, str]]) -> None:
        first = table[0]
        first.update(start_edtf="2015-03", end_edtf="2018-06", valence_code="cooperation")
        other = {**first, "tie_id": "twin", "valence_code": valence}
        ends = {"from_actor_id": first["to_actor_id"], "to_actor_id": first["from_actor_id"]}
        table.append({**other, **ends, "start_edtf": start, "end_edtf": end})

    return change


@pytest.mark.parametrize(
    ("valence", "start", "end", "is_fault"),
    [
        ("rivalry", "..", "", True),
        ("rivalry", "2016", "", True),
        ("rivalry", "2016", "2017", True),
        ("rivalry", "2018-05-31", "", True),
        ("rivalry", "2018-06-01", "", False),  # perhaps on the day on which the other ended
        ("rivalry", "2018", "", False),  # perhaps after the other had ended
        ("rivalry", "..", "2015-03", False),
        ("rivalry", "..", "2015-04-01", True),
        ("cooperation", "2016", "", False),
        ("ambivalent", "2016", "", False),
    ],
)
def test_a_pair_does_not_help_and_oppose_each_other_at_once(
    edit: Edit, valence: str, start: str, end: str, is_fault: bool
) -> None:
    found = review_folder(edit("ties.csv", change_rows(twin(valence, start, end))))
    opposite = [(f.key, f.column) for f in found if f.code == "opposite_ties"]
    assert opposite == ([("twin", "valence_code")] if is_fault else [])
