"""What changed between two days, for ties and for claims."""

import datetime as dt

import pandas as pd

from entente.alliance.ties import (
    add_evidence,
    compare_days,
    count_changes,
    filter_by_frame,
)
from entente.dossier.store import Dossier


def strong(**strengths: int) -> pd.DataFrame:
    return pd.DataFrame({"tie_id": list(strengths), "strength": list(strengths.values())})


def test_ties_are_new_ended_stronger_or_the_same() -> None:
    table = compare_days(strong(a=8, b=10, c=0), strong(b=4, c=0, d=6)).set_index("tie_id")
    assert table["change_code"].to_dict() == {
        "a": "new",
        "b": "stronger",
        "c": "same",
        "d": "ended",
    }
    assert table["strength_then"].to_dict() == {"a": 0, "b": 4, "c": 0, "d": 6}
    assert count_changes(table) == {"new": 1, "ended": 1, "stronger": 1}


def test_a_day_compared_with_an_empty_one_is_all_new_and_the_other_way_round() -> None:
    ties = strong(a=8, b=0)
    assert set(compare_days(ties, ties[:0])["change_code"]) == {"new"}
    assert set(compare_days(ties[:0], ties)["change_code"]) == {"ended"}
    assert compare_days(ties[:0], ties[:0]).empty


def test_nothing_compared_is_all_the_same() -> None:
    assert set(compare_days(strong(a=8), strong(a=8))["change_code"]) == {"same"}


def test_an_end_that_lies_ahead_is_not_known() -> None:
    ties = pd.DataFrame({"tie_id": ["a", "b"], "end_edtf": ["2025-08-31", None]})
    names = {"tie_claims": ["tie_id", "claim_id"], "tie_events": ["tie_id", "event_id"]}
    tables = {name: pd.DataFrame(columns=columns, dtype="str") for name, columns in names.items()}
    tables["events"] = pd.DataFrame(columns=["event_id", "date_edtf"], dtype="str")
    before, after = (add_evidence(ties, tables, as_of=dt.date(2025, 8, day)) for day in (30, 31))
    assert before["end_edtf"].isna().all()
    assert after["end_edtf"].tolist()[0] == "2025-08-31"
    assert after["end_edtf"].isna().tolist() == [False, True]


def test_frames_keep_the_ties_that_belong_there(dossier: Dossier) -> None:
    rows = [
        ("inside", "QMA", "QOR", "defence", "cooperation"),
        ("one end", "QVE", "QTO", "transport", "ambivalent"),
        ("both", "QVE", "QOR", "diplomacy", "cooperation"),
        ("far", "QHA", "QSU", "nuclear", "cooperation"),
        ("against", "QSU", "QOR", "rivalry", "rivalry"),
    ]
    columns = ["tie_id", "from_actor_id", "to_actor_id", "theme_code", "valence_code"]
    ties = pd.DataFrame(rows, columns=columns)

    def kept(frame: str, pick: str | None = None, side: str = "both") -> list[str]:
        view = dossier.document.map_views[frame]
        return list(filter_by_frame(ties, frame=view, side=side, pick=pick)["tie_id"])

    assert kept("all") == ["inside", "one end", "both", "far", "against"]
    assert kept("three") == ["inside", "both", "against"]
    assert kept("three", side="partners") == ["inside", "both"]
    assert kept("three", side="rivals") == ["against"]
    assert kept("north") == ["one end", "both"]
    assert kept("routes") == ["one end"]
    assert kept("three", "far", "partners") == ["inside", "both", "far"]
    assert kept("three", "QHA~QSU", "partners") == ["inside", "both", "far"]
    assert kept("three", "QOR~QSU", "partners") == ["inside", "both", "against"]
