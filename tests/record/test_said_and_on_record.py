"""Laws of knowledge: a later day never un-knows, and no day knows of a later one."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.claims.forecasts import judge_forecasts
from entente.claims.pledges import build_ladder, list_steps
from entente.dates import first_day
from entente.dossier.store import Dossier
from entente.record.evidence import count_known, state_claim
from entente.vocabulary import LENSES
from tests.laws import examples

FIRST, LAST = dt.date(2024, 1, 1), dt.date(2026, 7, 1)
days = st.dates(FIRST, LAST)
two_days = st.tuples(days, days).map(sorted)
laws = settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
RANK = {"missing": 0, "replaced": 0, "passed": 1, "unconfirmed": 1, "reached": 2}


@given(two=two_days)
@laws
def test_a_later_day_never_un_knows(two: list[dt.date], dossier: Dossier) -> None:
    early, late = (judge_forecasts(dossier.tables, as_of=day) for day in two)
    decided = early.dropna(subset=["decision_id"]).set_index("claim_id")["decision_id"]
    later = late.set_index("claim_id")["decision_id"]
    assert (later.loc[decided.index] == decided).all()
    known = [set(list_steps(dossier, as_of=day)["pledge_step_id"]) for day in two]
    assert known[0] <= known[1]
    counts = [count_known(dossier.tables, as_of=day, horizon=LAST) for day in two]
    for name in ("judged", "events_known", "ties_begun", "sources_out"):
        assert counts[0][name] <= counts[1][name]


@given(two=two_days)
@laws
def test_no_rung_is_climbed_down(two: list[dt.date], dossier: Dossier) -> None:
    early, late = (
        build_ladder(dossier, as_of=day).set_index(["pledge_id", "stage_code"])["state"]
        for day in two
    )
    for place, state in early.items():
        # A pledge that was replaced has no further stages.
        assert RANK[late.get(place, "replaced")] >= RANK[state]


@given(day=days, lens=st.sampled_from(sorted(LENSES)), draw=st.data())
@laws
def test_no_statement_knows_of_a_later_day(
    day: dt.date, lens: str, draw: st.DataObject, dossier: Dossier
) -> None:
    claim_id = draw.draw(st.sampled_from(list(dossier["claims"]["claim_id"])))
    found = state_claim(dossier.tables, claim_id, as_of=day, lens=lens)
    rows = dossier["assessments"]
    own = rows[rows["claim_id"] == claim_id]
    later = own[own["from_edtf"].map(first_day) > day]
    assert not found.since_edtf or first_day(found.since_edtf) <= day
    for note in set(later["note"]) - set(own.drop(later.index)["note"]):
        assert note not in found.record
    assert bool(found.document) == (lens != "record")
    assert bool(found.record) == (lens != "document")
    assert found == state_claim(dossier.tables, claim_id, as_of=day, lens=lens)


@given(day=days)
@laws
def test_no_step_and_no_decision_is_of_a_later_day(day: dt.date, dossier: Dossier) -> None:
    known = list_steps(dossier, as_of=day)
    assert all(first_day(text) <= day for text in known["date_edtf"])
    assert all(found <= day for found in known["known_from"])
    rows = judge_forecasts(dossier.tables, as_of=day)
    assert all(first_day(text) <= day for text in rows["decided_edtf"].dropna())
    assert (rows["decided_edtf"].isna() == (rows["verdict_code"] == "open")).all()
