"""From which day something counts: one rule for map, timeline, routes, verdicts and counts."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from entente.address.views import MapView, default_view
from entente.alliance.details import describe_tie
from entente.alliance.details import list_events as list_events_on_map
from entente.alliance.ties import add_evidence, list_in_force
from entente.claims.forecasts import judge_forecasts
from entente.dates import known_from
from entente.dossier.store import Dossier
from entente.record.chronology import list_events
from entente.record.evidence import count_known, find_verdicts
from entente.routes.network.scenarios import read_statuses, select_standing_vetoes
from tests.marks import beginnings

HORIZON, PUBLISHED = dt.date(2026, 7, 1), dt.date(2025, 4, 10)
# A date, the day from which it counts.
DATES = [
    ("2025-09-14", dt.date(2025, 9, 14)),
    ("2025-09-14~", dt.date(2025, 9, 14)),
    ("2025-09", dt.date(2025, 9, 30)),
    ("2025-09~", dt.date(2025, 9, 30)),
    ("2025-23", dt.date(2025, 11, 30)),
    ("2025", dt.date(2025, 12, 31)),
    ("2025-09-14/2025-10-02", dt.date(2025, 9, 14)),
    ("2025-09/2025-10", dt.date(2025, 9, 30)),
    ("2025-09-14/..", dt.date(2025, 9, 14)),
    ("2025-09/..", dt.date(2025, 9, 30)),
]


def event_table(text: str) -> pd.DataFrame:
    row = {
        "event_id": "e1",
        "date_edtf": text,
        "document_date_edtf": None,
        "title": "An event",
        "summary": "What happened.",
        "theme_code": "defence",
        "status_code": "occurred",
        "is_in_document": False,
    }
    return pd.DataFrame([row])


def on_the_timeline(text: str, day: dt.date) -> bool:
    tables = {
        "events": event_table(text),
        "event_actors": pd.DataFrame({"event_id": ["e1"], "actor_id": ["A"]}),
        "document/document": pd.DataFrame({"published_edtf": [PUBLISHED.isoformat()]}),
        "document/pinned_events": pd.DataFrame(columns=["event_id", "name", "kind", "sequence"]),
    }
    shown = list_events(tables, themes=("defence",), actors=("A",), lens="record", as_of=day)
    return len(shown) == 1


def behind_a_tie(text: str, day: dt.date) -> bool:
    found = add_evidence(
        pd.DataFrame({"tie_id": ["t1"], "end_edtf": [None]}),
        {
            "tie_claims": pd.DataFrame({"tie_id": [], "claim_id": []}, dtype="str"),
            "tie_events": pd.DataFrame({"tie_id": ["t1"], "event_id": ["e1"]}),
            "events": event_table(text),
        },
        as_of=day,
    )
    return bool(found.at[0, "event_ids"] == "e1")


def tie_begun(text: str, day: dt.date) -> bool:
    return len(list_in_force(pd.DataFrame({"start_edtf": [text], "end_edtf": [None]}), day)) == 1


def tie_over(text: str, day: dt.date) -> bool:
    return list_in_force(pd.DataFrame({"start_edtf": [".."], "end_edtf": [text]}), day).empty


def veto(begin: str, end: str | None, day: dt.date) -> bool:
    row = {"from_edtf": begin, "to_edtf": end, "lifted_by_scenario_id": None}
    return len(select_standing_vetoes(pd.DataFrame([row]), as_of=day, scenario_ids=())) == 1


def leg_status_begun(text: str, day: dt.date) -> bool:
    names = ["leg_status_id", "leg_id", "from_edtf", "status_code", "multiplier"]
    rows = [("l-1", "l", "..", "open", 1.0), ("l-2", "l", text, "closed", None)]
    table = pd.DataFrame(rows, columns=names).assign(as_of_edtf="2026", note="Why.")
    return bool(read_statuses(table, as_of=day).at[0, "leg_status_id"] == "l-2")


def verdict_table(text: str) -> pd.DataFrame:
    names = ["assessment_id", "claim_id", "from_edtf", "verdict_code"]
    rows = [("v1", "c1", "2020-01-01", "open"), ("v2", "c1", text, "supported")]
    return pd.DataFrame(rows, columns=names).assign(note="Why.")


def verdict_given(text: str, day: dt.date) -> bool:
    return bool(find_verdicts(verdict_table(text), day).at[0, "assessment_id"] == "v2")


def forecast_decided(text: str, day: dt.date) -> bool:
    claims = pd.DataFrame({"claim_id": ["c1"], "claim": ["It will."], "kind_code": ["forecast"]})
    tables = {"claims": claims, "assessments": verdict_table(text)}
    found = judge_forecasts(tables, as_of=day)
    return bool(found.at[0, "decision_id"] == "v2")


def counted(text: str, day: dt.date, *, name: str) -> bool:
    tables = {
        "claims": pd.DataFrame({"claim_id": ["c1"]}),
        "assessments": verdict_table(text),
        "events": event_table(text),
        "ties": pd.DataFrame({"tie_id": ["t1"], "start_edtf": [text]}),
        "sources": pd.DataFrame({"source_id": ["s1"], "published_edtf": [text]}),
    }
    return count_known(tables, as_of=day, horizon=HORIZON)[name] == 1


WHERE: dict[str, Callable[[str, dt.date], bool]] = {
    "timeline": on_the_timeline,
    "evidence of a tie": behind_a_tie,
    "start of a tie": tie_begun,
    "end of a tie": tie_over,
    "start of a standing veto": lambda text, day: veto(text, None, day),
    "end of a standing veto": lambda text, day: not veto("..", text, day),
    "status of a leg": leg_status_begun,
    "verdict": verdict_given,
    "decision of a forecast": forecast_decided,
    "count of events": lambda text, day: counted(text, day, name="events_known"),
    "count of ties": lambda text, day: counted(text, day, name="ties_begun"),
    "count of sources": lambda text, day: counted(text, day, name="sources_out"),
}


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize(("text", "day"), DATES)
def test_everything_counts_from_the_day_by_which_it_must_have_begun(
    where: str, text: str, day: dt.date
) -> None:
    assert not WHERE[where](text, day - dt.timedelta(days=1))
    assert WHERE[where](text, day)


@pytest.mark.parametrize(("text", "day"), [*DATES, ("..", dt.date.min), ("../2025", dt.date.min)])
def test_the_rule(text: str, day: dt.date) -> None:
    assert known_from(text) == day


def test_what_is_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="not an EDTF date"):
        known_from("soon")


def test_a_note_on_a_tie_is_told_from_the_day_by_which_it_holds(dossier: Dossier) -> None:
    ties = dossier["ties"].dropna(subset=["note", "note_from_edtf"])
    view = default_view(MapView, dossier)
    for tie in ties.itertuples():
        day = known_from(tie.note_from_edtf)
        before, after = (
            describe_tie(dossier, replace(view, as_of=one), tie.tie_id)["note"]
            for one in (day - dt.timedelta(days=1), day)
        )
        assert (before, after) == ("", tie.note)


def test_map_timeline_and_counts_agree_on_every_event_and_day(dossier: Dossier) -> None:
    events = dossier["events"]
    begins = beginnings(dossier.tables)
    days = sorted({known_from(text) for text in events["date_edtf"]})
    around = {day + dt.timedelta(days=shift) for day in days for shift in (-1, 0)}
    for day in sorted(around):
        shown = list_events(
            dossier.tables,
            themes=tuple(dossier.labels("themes")),
            actors=tuple(dossier["actors"]["actor_id"]),
            lens="record",
            as_of=day,
        )
        on_timeline = set(shown["event_id"])
        on_map = {line["id"] for line in list_events_on_map(dossier, day, events["event_id"])}
        assert on_timeline == on_map
        assert on_timeline == {row for row in events["event_id"] if begins[row] <= day}
        counts = count_known(dossier.tables, as_of=day, horizon=HORIZON)
        assert counts["events_known"] == len(on_timeline)
