"""Faults of sources: tiers, languages, origins, locators, disagreements."""

import pytest

from entente.review import review_folder
from tests.conftest import Edit
from tests.tables import amend, change_rows, drop

BROKEN = [
    # file, key column, row, cells, code, column
    (
        *("sources", "source_id", "bank-report-2022", {"published_edtf": "2022-10-01"}),
        *("after_horizon", "published_edtf"),
    ),
    ("sources", "source_id", "bank-report-2022", {"tier_code": ""}, "empty_cell", "tier_code"),
    (
        "sources",
        "source_id",
        "bank-report-2022",
        {"tier_code": "gossip"},
        "unknown_code",
        "tier_code",
    ),
    (
        *("sources", "source_id", "bank-report-2022", {"language_code": "xx"}),
        *("unknown_code", "language_code"),
    ),
    (
        *("sources", "source_id", "bank-report-2022"),
        {"origin_id": "nobody-2020", "origin_note": "Same story"},
        *("dangling_id", "origin_id"),
    ),
    (
        *("sources", "source_id", "bank-report-2022"),
        {"origin_id": "bank-report-2022", "origin_note": "Itself"},
        *("origin_in_circles", "origin_id"),
    ),
    (
        *("sources", "source_id", "bank-report-2022", {"origin_id": "rail-study-2020"}),
        *("origin_unexplained", "origin_note"),
    ),
    ("claims", "claim_id", "k01", {"sentence": "39"}, "no_sentence", "sentence"),
    (
        *("document_sentences", "digest", "FIRST", {"digest": "a sentence of words"}),
        *("bad_digest", "digest"),
    ),
    (
        *("disagreements", "disagreement_id", "valley-shots", {"event_id": "", "claim_id": ""}),
        *("no_dispute", "disagreement_id"),
    ),
]


@pytest.mark.parametrize(("table", "key", "row", "cells", "code", "column"), BROKEN)
def test_a_fault_of_sources_has_place_rule_and_remedy(
    edit: Edit, dossier, table: str, key: str, row: str, cells: dict[str, str], code, column
) -> None:
    row = dossier[table].at[0, key] if row == "FIRST" else row
    line = dossier[table].index[dossier[table][key] == row][0] + 2
    faults = review_folder(edit(f"{table}.csv", change_rows(amend(key, row, **cells))))
    (found,) = [fault for fault in faults if fault.code == code]
    assert (found.file, found.line, found.column) == (f"{table}.csv", line, column)
    assert found.rule
    assert found.remedy


def test_origins_that_run_in_a_circle_are_found_at_each_of_them(edit: Edit) -> None:
    def round_and_round(table: list[dict[str, str]]) -> None:
        amend("source_id", "bank-report-2022", origin_id="rail-study-2020", origin_note="x")(table)
        amend("source_id", "rail-study-2020", origin_id="bank-report-2022", origin_note="x")(table)

    faults = review_folder(edit("sources.csv", change_rows(round_and_round)))
    assert sorted((fault.code, fault.key) for fault in faults) == [
        ("origin_in_circles", "bank-report-2022"),
        ("origin_in_circles", "rail-study-2020"),
    ]


def test_a_disagreement_of_one_position_is_found(edit: Edit) -> None:
    folder = edit("disagreement_sources.csv", change_rows(drop("source_id", "sundria-survey-2020")))
    assert [(f.code, f.key) for f in review_folder(folder)] == [("no_dispute", "valley-shots")]


def test_two_positions_cannot_both_be_followed(edit: Edit) -> None:
    change = change_rows(amend("source_id", "comment-2021-06-15", is_followed="true"))
    faults = review_folder(edit("disagreement_sources.csv", change))
    assert [(fault.code, fault.key) for fault in faults] == [("two_followed", "visit-day")]


def test_every_disputed_event_but_those_of_one_side_has_its_positions(live_dossier) -> None:
    """e013 answers e012; for e045 only one side's sources are known."""
    events = live_dossier["events"]
    disputed = set(events.loc[events["status_code"] == "disputed", "event_id"])
    assert disputed - set(live_dossier["disagreements"]["event_id"]) == {"e013", "e045"}
