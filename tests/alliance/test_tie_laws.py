"""Laws of strength and of comparison that hold for any ties, events, weights and days."""

import datetime as dt
from dataclasses import replace

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.address.views import MapView, default_view
from entente.alliance.ties import (
    add_strength,
    compare_days,
    list_ties,
)
from entente.dates import first_day
from entente.dossier.store import Dossier
from entente.vocabulary import EVIDENCE_KINDS, HEAVIEST
from tests.laws import examples

WEIGHTS = st.tuples(*[st.integers(0, HEAVIEST)] * len(EVIDENCE_KINDS))
quick = settings(max_examples=examples(40), deadline=None)
unhurried = settings(deadline=None)
DAYS = st.dates(dt.date(1991, 1, 1), dt.date(2026, 7, 1))
KINDS = st.dictionaries(
    st.sampled_from([f"e{n}" for n in range(9)]), st.sampled_from(list(EVIDENCE_KINDS))
)
EVENTS = st.lists(st.sampled_from([f"e{n}" for n in range(9)]), unique=True)


def strengths(
    events: list[list[str]], kinds: dict[str, str], weights: tuple[int, ...]
) -> list[int]:
    ties = pd.DataFrame({"event_ids": [" ".join(ids) for ids in events]})
    found: list[int] = add_strength(ties, kind_of=kinds, weights=weights)["strength"].tolist()
    return found


@unhurried
@given(events=st.lists(EVENTS, min_size=1), kinds=KINDS, weights=WEIGHTS, place=st.integers(0, 3))
def test_raising_a_weight_never_lowers_a_strength(
    events: list[list[str]], kinds: dict[str, str], weights: tuple[int, ...], place: int
) -> None:
    raised = tuple(weight + (number == place) for number, weight in enumerate(weights))
    pairs = zip(strengths(events, kinds, weights), strengths(events, kinds, raised), strict=True)
    assert all(before <= after for before, after in pairs)


@unhurried
@given(events=EVENTS, more=EVENTS, kinds=KINDS, weights=WEIGHTS)
def test_more_events_never_weaken(
    events: list[str], more: list[str], kinds: dict[str, str], weights: tuple[int, ...]
) -> None:
    ties = pd.DataFrame({"event_ids": [" ".join(events), " ".join({*events, *more})]})
    found = add_strength(ties, kind_of=kinds, weights=weights)
    assert found["strength"].is_monotonic_increasing
    assert found["step"].is_monotonic_increasing


@unhurried
@given(kinds=KINDS, weights=WEIGHTS)
def test_no_evidence_is_no_strength(kinds: dict[str, str], weights: tuple[int, ...]) -> None:
    assert strengths([[]], kinds, weights) == [0]


def seen(dossier: Dossier, day: dt.date, weights: tuple[int, ...]) -> pd.DataFrame:
    everyone = tuple(dossier["actors"]["actor_id"])
    view = replace(default_view(MapView, dossier), as_of=day, weights=weights, actors=everyone)
    return list_ties(dossier, view)


@quick
@given(day=DAYS, weights=WEIGHTS)
def test_events_after_the_day_never_count(
    dossier: Dossier, day: dt.date, weights: tuple[int, ...]
) -> None:
    dates = dossier["events"].set_index("event_id")["date_edtf"]
    ties = seen(dossier, day, weights)
    counted = {event for ids in ties["event_ids"] for event in ids.split()}
    assert all(first_day(str(dates[event])) <= day for event in counted)


@quick
@given(days=st.tuples(DAYS, DAYS).map(sorted), weights=WEIGHTS)
def test_between_two_days_nothing_gets_weaker_and_nothing_is_lost(
    dossier: Dossier, days: list[dt.date], weights: tuple[int, ...]
) -> None:
    then, now = (seen(dossier, day, weights) for day in days)
    table = compare_days(now, then)
    assert set(table["tie_id"]) == {*now["tie_id"], *then["tie_id"]}
    assert not table["tie_id"].duplicated().any()
    lasting = table[table["change_code"] != "ended"]
    assert (lasting["strength"] >= lasting["strength_then"]).all()
    same = set(table[table["change_code"] == "same"]["tie_id"])
    assert same <= {*now["tie_id"]} & {*then["tie_id"]}
