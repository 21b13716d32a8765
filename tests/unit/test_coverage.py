"""Where claims are drawn, or why they are not."""

import pandas as pd

from entente.analysis.coverage import PLACE_COLUMNS, coverage_of_claims, places_of_claims
from entente.store import Dossier


def _tables() -> dict[str, pd.DataFrame]:
    return {
        "claims": pd.DataFrame(
            {
                "claim_id": ["c1", "c2", "c3", "c4"],
                "theme_code": ["diplomacy", "transport", "domestic", "transport"],
                "undrawn_reason": [None, None, "A state of mind.", "No leg of it is on record."],
            }
        ),
        "ties": pd.DataFrame({"tie_id": ["t"], "label": ["Tie"], "start_edtf": ["1992"]}),
        "tie_claims": pd.DataFrame({"tie_id": ["t"], "claim_id": ["c1"]}),
        "events": pd.DataFrame(
            {
                "event_id": ["e1", "e2"],
                "title": ["Late", "Soon"],
                "date_edtf": ["2025-05-01", "2025-04-01"],
            }
        ),
        "event_claims": pd.DataFrame({"event_id": ["e1", "e2"], "claim_id": ["c1", "c1"]}),
    }


def test_places_by_claim_page_and_date() -> None:
    places = places_of_claims(**_tables())
    assert list(places.columns) == PLACE_COLUMNS
    found = [(row.claim_id, row.page_code, row.mark_id) for row in places.iloc[:3].itertuples()]
    assert found == [
        ("c1", "alliance_map", "t"),
        ("c1", "timeline", "e2"),
        ("c1", "timeline", "e1"),
    ]


def test_claims_about_transport_are_drawn_on_the_routes_unless_they_say_no() -> None:
    places = places_of_claims(**_tables())
    on_routes = places[places["page_code"] == "trade_routes"]
    assert list(on_routes["claim_id"]) == ["c2"]
    assert on_routes["mark_id"].isna().all()


def test_what_is_not_drawn_says_why() -> None:
    tables = _tables()
    coverage = coverage_of_claims(tables["claims"], places_of_claims(**tables))
    assert coverage["is_drawn"].tolist() == [True, True, False, False]
    assert coverage["reason"].isna().tolist() == [True, True, False, False]
    assert coverage.at[2, "reason"] == "A state of mind."


def test_in_the_dataset_every_claim_is_drawn_or_says_why(dossier: Dossier) -> None:
    names = ("claims", "ties", "tie_claims", "events", "event_claims")
    places = places_of_claims(**{name: dossier[name] for name in names})
    coverage = coverage_of_claims(dossier["claims"], places)
    assert len(coverage) == len(dossier["claims"])
    assert (coverage["is_drawn"] == coverage["reason"].isna()).all()
