"""The way back: what a click on a mark opens lists claims or events, and sources."""

import datetime as dt
from dataclasses import replace

import pytest

from entente.address.views import MapView, default_view, pickable_on_map, tied_actors
from entente.alliance.details import describe_pick
from entente.claims.ledger import describe_claim
from entente.dossier.store import Dossier
from entente.routes.compare_tables import describe_corridor as corridor_record
from entente.routes.trips import Trip
from entente.timeline.items import describe_event, describe_expectation

DOCUMENT_DAY = dt.date(2021, 6, 15)


def test_dossiers_of_the_map_list_what_is_behind_them_and_sources(dossier: Dossier) -> None:
    view = replace(default_view(MapView, dossier), actors=tied_actors(dossier))
    for pick in pickable_on_map(dossier):
        _, record, cited = describe_pick(dossier, view=replace(view, pick=pick))
        assert record["claims"] or record["events"], pick
        assert cited, pick


def test_events_and_expectations_list_their_claims(dossier: Dossier) -> None:
    day = dossier.horizon
    links = dossier["event_claims"].groupby("event_id")["claim_id"].agg(set)
    for event_id in dossier["events"]["event_id"]:
        shown = describe_event(dossier, event_id, as_of=day)["claims"]
        assert {claim["claim_id"] for claim in shown} == links.get(event_id, set()), event_id
    assert set(dossier["events"]["event_id"]) == set(dossier["event_sources"]["event_id"])
    for row in dossier["expectations"].itertuples():
        told = describe_expectation(dossier, row.expectation_id, as_of=day)["claim"]
        assert told["claim_id"] == row.claim_id


def test_claims_list_their_marks_and_sources(dossier: Dossier) -> None:
    reasons = dossier["claims"].set_index("claim_id")["undrawn_reason"]
    for claim_id, reason in reasons.items():
        record = describe_claim(dossier, str(claim_id), as_of=dossier.horizon, lens="both")
        assert bool(record["pages"]) != isinstance(reason, str), claim_id
        assert any(found["tiers"] for found in record["assessments"]), claim_id


@pytest.mark.parametrize(
    ("day", "expected"),
    [(DOCUMENT_DAY, ["k07", "k08", "k09"]), (DOCUMENT_DAY - dt.timedelta(days=1), [])],
)
def test_a_corridor_lists_the_claims_about_it_once_there_are_any(
    day: dt.date, expected: list[str], dossier: Dossier
) -> None:
    found = corridor_record(dossier, trip=Trip("SU_PORT", "NO_PORT", day), pick="western")
    assert [claim["claim_id"] for claim in found["claims"]] == expected
    assert found["source_ids"]


def test_marks_that_were_not_there_on_a_day_are_counted_and_not_listed(dossier: Dossier) -> None:
    before = describe_claim(dossier, "k02", as_of=dt.date(2020, 2, 1), lens="both")
    labels = {page["label"] for page in before["pages"]}
    assert "Scoreboard" not in labels
    assert before["later_marks"] > 0
    now = describe_claim(dossier, "k02", as_of=dossier.horizon, lens="both")
    (rows,) = [page["marks"] for page in now["pages"] if page["label"] == "Scoreboard"]
    assert [row["href"] for row in rows] == ["claims?show=scoreboard"] * 3
