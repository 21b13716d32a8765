"""Questions on which sources disagree."""

import datetime as dt

from entente.claims.sources import describe_disagreements
from entente.dossier.store import Dossier

DAY = dt.date(2022, 9, 30)


def test_sources_of_one_position_stand_together(dossier: Dossier) -> None:
    questions = describe_disagreements(dossier, as_of=DAY)
    (shots,) = [row for row in questions if row["disagreement_id"] == "valley-shots"]
    assert [
        ([source["source_id"] for source in position["sources"]], bool(position["is_followed"]))
        for position in shots["positions"]
    ] == [(["sundria-survey-2020"], False), (["orania-gazette-2021-08"], False)]


def test_a_question_needs_two_positions_by_the_day(dossier: Dossier) -> None:
    early = describe_disagreements(dossier, as_of=dt.date(2021, 8, 19))
    assert all(len(question["positions"]) > 1 for question in early)
    assert len(early) < len(describe_disagreements(dossier, as_of=DAY))


def test_a_claim_shares_the_questions_of_its_events(dossier: Dossier) -> None:
    about = describe_disagreements(dossier, as_of=DAY, claim_id="k12")
    assert "visit-day" in {question["disagreement_id"] for question in about}
    assert describe_disagreements(dossier, as_of=DAY, claim_id="k03") == []
