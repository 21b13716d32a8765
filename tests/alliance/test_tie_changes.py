"""What changed between two days, for ties and for claims."""

import datetime as dt

import pandas as pd

from entente.alliance.ties import (
    compare_days,
    count_changes,
    hide_later_ends,
    list_changed_verdicts,
    list_ended,
    mark_unchanged,
)
from entente.alliance.views import filter_by_frame
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
    assert set(mark_unchanged(strong(a=8))["change_code"]) == {"same"}


def test_claims_without_an_earlier_verdict_were_not_decided_otherwise() -> None:
    rows = [
        ("c1-1", "c1", "2025-04-10", "open", ""),
        ("c1-2", "c1", "2025-05-01", "contradicted", ""),
        ("c2-1", "c2", "2025-05-01", "supported", ""),
        ("c3-1", "c3", "2025-04-10", "supported", ""),
        ("c4-1", "c4", "2025-04-10", "open", ""),
        ("c4-2", "c4", "2025-06-01", "supported", ""),
    ]
    columns = ["assessment_id", "claim_id", "from_edtf", "verdict_code", "note"]
    assessments = pd.DataFrame(rows, columns=columns)
    found = list_changed_verdicts(
        assessments,
        claim_ids=["c1", "c2", "c3"],
        since=dt.date(2025, 4, 10),
        as_of=dt.date(2026, 7, 1),
    )
    assert found.to_numpy().tolist() == [["c1", "open", "contradicted"]]


def test_an_end_that_lies_ahead_is_not_known() -> None:
    ties = pd.DataFrame({"tie_id": ["a", "b"], "end_edtf": ["2025-08-31", None]})
    before, after = (hide_later_ends(ties, dt.date(2025, 8, day)) for day in (30, 31))
    assert before["end_edtf"].isna().all()
    assert after["end_edtf"].tolist()[0] == "2025-08-31"
    assert list(list_ended(ties, dt.date(2025, 8, 31))["tie_id"]) == ["a"]


def test_frames_keep_the_ties_that_belong_there(dossier: Dossier) -> None:
    rows = [
        ("three", "TUR", "PAK", "defence"),
        ("caucasus", "AZE", "IRN", "transport"),
        ("asia", "USA", "IND", "transport"),
        ("far", "USA", "ISR", "nuclear"),
    ]
    columns = ["tie_id", "from_actor_id", "to_actor_id", "theme_code"]
    ties = pd.DataFrame(rows, columns=columns)

    def kept(frame: str, pick: str | None = None) -> list[str]:
        return list(
            filter_by_frame(ties, frame=dossier.document.map_views[frame], pick=pick)["tie_id"]
        )

    assert kept("all") == ["three", "caucasus", "asia", "far"]
    assert kept("tripartite") == ["three"]
    assert kept("caucasus") == ["caucasus"]
    assert kept("south-asia") == ["three", "asia"]
    assert kept("corridors") == ["caucasus", "asia"]
    assert kept("tripartite", "far") == ["three", "far"]
