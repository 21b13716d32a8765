"""Where claims are drawn, or why they are not."""

import datetime as dt

import pandas as pd

from entente.dossier.store import Dossier
from entente.record.coverage import (
    PLACE_COLUMNS,
    count_by_page,
    find_coverage,
    list_places,
)

CLAIMS = (
    ("c1", "reported-event", None),
    ("c2", "characterisation", None),
    ("c3", "characterisation", "A state of mind."),
    ("c4", "forecast", None),
)
EVENTS = (
    ("e1", "Late", "2025-05", None),
    ("e2", "Soon", "2025-04-01", None),
    ("e3", "Expected too soon", "2025-06-01", "2025-04"),
)
EXPECTATIONS = (
    ("x1", "c4", "2025-04", "Meeting", "e3"),  # the event bears that date: no mark of its own
    ("x2", "c4", "2025", "Money", None),
)


def _tables() -> dict[str, pd.DataFrame]:
    places = [("IN", "IND"), ("RU", "RUS")]
    corridor = [("K", "The way", "IN", "RU")]
    return {
        "document/document": pd.DataFrame({"published_edtf": ["2025-04-10"]}),
        "claims": pd.DataFrame(CLAIMS, columns=["claim_id", "kind_code", "undrawn_reason"]),
        "claim_actors": pd.DataFrame(
            [("c2", "IND"), ("c2", "IRN")], columns=["claim_id", "actor_id"]
        ),
        "ties": pd.DataFrame({"tie_id": ["t"], "label": ["Tie"], "start_edtf": ["1992"]}),
        "tie_claims": pd.DataFrame({"tie_id": ["t"], "claim_id": ["c1"]}),
        "events": pd.DataFrame(
            EVENTS, columns=["event_id", "title", "date_edtf", "document_date_edtf"]
        ),
        "event_claims": pd.DataFrame({"event_id": ["e1", "e2"], "claim_id": ["c1", "c1"]}),
        "expectations": pd.DataFrame(
            EXPECTATIONS,
            columns=["expectation_id", "claim_id", "expected_edtf", "label", "outcome_event_id"],
        ),
        "corridors": pd.DataFrame(
            corridor, columns=["corridor_id", "label", "from_node_id", "to_node_id"]
        ),
        "corridor_claims": pd.DataFrame({"corridor_id": ["K"], "claim_id": ["c2"]}),
        "corridor_legs": pd.DataFrame({"corridor_id": ["K"], "leg_id": ["L1"]}),
        "leg_actors": pd.DataFrame(
            {
                "leg_id": ["L1", "L1", "L1"],
                "actor_id": ["IND", "IRN", "TUR"],
                "is_denier": [True, True, False],
            }
        ),
        "nodes": pd.DataFrame(places, columns=["node_id", "actor_id"]),
        "pledges": pd.DataFrame({"pledge_id": ["p"], "claim_id": ["c1"], "label": ["A road"]}),
        "pledge_steps": pd.DataFrame({"pledge_id": ["p", "p"], "date_edtf": ["2025", "2024"]}),
    }


def found(claim_id: str) -> list[tuple[object, ...]]:
    rows = list_places(_tables())
    own = rows[rows["claim_id"] == claim_id]
    keys = ["page_code", "kind", "mark_id", "known_from"]
    return [tuple(row) for row in own[keys].astype(object).where(own[keys].notna(), None).values]


def test_places_by_claim_page_and_date() -> None:
    assert list(list_places(_tables()).columns) == PLACE_COLUMNS
    assert found("c1") == [
        ("alliance_map", "tie", "t", dt.date(1992, 12, 31)),
        ("claims", "claim", "c1", dt.date(2024, 12, 31)),
        ("timeline", "event", "e2", dt.date(2025, 4, 1)),
        ("timeline", "event", "e1", dt.date(2025, 5, 31)),
    ]


def test_a_claim_about_a_corridor_is_behind_vetoes_of_those_whom_it_names() -> None:
    always = dt.date.min
    assert found("c2") == [
        ("trade_routes", "corridor", "K", always),
        ("trade_routes", "veto", None, always),
    ]
    rows = list_places(_tables()).set_index("kind")
    assert rows.at["corridor", "settings"] == "from=IN&to=RU"
    assert rows.at["veto", "settings"] == "show=leverage&from=IN&to=RU"


def test_nobody_vetoes_its_own_trade() -> None:
    tables = _tables()
    tables["claim_actors"] = tables["claim_actors"].iloc[:1]
    assert "veto" not in set(list_places(tables)["kind"])


def test_an_expectation_has_a_mark_unless_that_of_an_event_stands_for_it() -> None:
    published = dt.date(2025, 4, 10)
    assert found("c4") == [
        ("claims", "claim", "c4", published),
        ("timeline", "expectation", "x2", published),
    ]


def test_what_is_not_drawn_says_why() -> None:
    tables = _tables()
    coverage = find_coverage(tables["claims"], list_places(tables))
    assert coverage["is_drawn"].tolist() == [True, True, False, True]
    assert coverage["reason"].isna().tolist() == [True, True, False, True]
    assert coverage.at[2, "reason"] == "A state of mind."


def test_claims_are_counted_once_a_page() -> None:
    counts = {"alliance_map": 1, "timeline": 2, "trade_routes": 1, "claims": 2}
    assert count_by_page(list_places(_tables())) == counts


def test_in_the_dataset_every_claim_is_drawn_or_says_why(dossier: Dossier) -> None:
    coverage = find_coverage(dossier["claims"], list_places(dossier.tables))
    assert len(coverage) == len(dossier["claims"])
    assert (coverage["is_drawn"] == dossier["claims"]["undrawn_reason"].isna()).all()
