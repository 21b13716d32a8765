"""Events by quarter: counted once, honestly, and drawn with their ids."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import pytest

from entente.address.views import TimelineView, default_view
from entente.dossier.store import Dossier
from entente.style.palette import DARK, LIGHT
from entente.timeline.content import count_events, make_tempo
from entente.timeline.items import find_items
from entente.timeline.tempo import (
    CERTAINTIES,
    count_by_quarter,
    describe_tempo,
    draw_tempo,
    find_busiest,
    list_partial_quarters,
    list_quarters,
    quarter_in_words,
    quarter_of,
)

SINCE = dt.date(2025, 1, 1)
LANES = {"diplomacy": "Diplomacy", "energy": "Energy"}


def item(item_id: str, date: str, **more: object) -> dict:
    plain = {
        "item_id": item_id,
        "kind": "event",
        "date_edtf": date,
        "document_date_edtf": "2025-10",
        "shows_record": True,
        "theme_code": "diplomacy",
        "status_code": "occurred",
        "claim_ids": "c01",
    }
    return {**plain, **more}


def counted(*items: dict) -> dict[tuple[str, str, str], str]:
    table = count_by_quarter(pd.DataFrame(items), since=SINCE)
    return {(r.quarter, r.theme_code, r.certainty): r.event_ids for r in table.itertuples()}


@pytest.mark.parametrize(
    ("date", "quarter", "certainty"),
    [
        ("2025-05-28", "2025-Q2", "within"),
        ("2025-05", "2025-Q2", "within"),
        ("2025-04-01/2025-06-30", "2025-Q2", "within"),
        ("2025-23", "2025-Q3", "beyond"),
        ("2025", "2025-Q1", "beyond"),
        ("2025-06-23/2025-07-01", "2025-Q2", "beyond"),
        ("2025-04-10/..", "2025-Q2", "beyond"),
        ("1992-06-09", "earlier", "within"),
        ("..", "earlier", "beyond"),
    ],
)
def test_an_event_counts_in_the_quarter_of_its_first_possible_day(
    date: str, quarter: str, certainty: str
) -> None:
    assert counted(item("e1", date)) == {(quarter, "diplomacy", certainty): "e1"}


def test_what_was_not_held_is_told_apart_and_an_expectation_is_no_event() -> None:
    found = counted(
        item("e1", "2025-04-26", status_code="planned-not-held"),
        item("e2", "2025-04-27"),
        item("e3", "", shows_record=False, status_code="not-yet-known"),
        item("x1", "2025-04-28", kind="expectation"),
    )
    assert found == {
        ("2025-Q2", "diplomacy", "not-held"): "e1",
        ("2025-Q2", "diplomacy", "within"): "e2",
        ("2025-Q4", "diplomacy", "not-held"): "e3",
    }


def test_quarters() -> None:
    assert quarter_of(dt.date(2025, 4, 1)) == "2025-Q2"
    assert list_quarters(dt.date(2024, 11, 5), dt.date(2025, 4, 1)) == [
        *("2024-Q4", "2025-Q1", "2025-Q2")
    ]
    assert quarter_in_words("2025-Q2") == "April–June 2025"


def test_quarters_that_lack_days_are_known() -> None:
    assert list_partial_quarters(dt.date(2025, 1, 1), dt.date(2025, 12, 31)) == set()
    assert list_partial_quarters(dt.date(2025, 4, 10), dt.date(2025, 12, 31)) == {"2025-Q2"}
    assert list_partial_quarters(dt.date(2025, 1, 1), dt.date(2025, 7, 31)) == {"2025-Q3"}


def test_the_busiest_quarter_counts_neither_plans_nor_what_came_earlier() -> None:
    held = [item(f"e{n}", "2025-05-01") for n in range(2)]
    plans = [item(f"p{n}", "2025-08-01", status_code="planned-not-held") for n in range(3)]
    early = [item(f"q{n}", "1999-01-01") for n in range(5)]
    counts = count_by_quarter(pd.DataFrame([*held, *plans, *early]), since=SINCE)
    assert find_busiest(counts) == ("2025-Q2", 2)
    assert find_busiest(counts.head(0)) is None


def choose(dossier: Dossier, **more: object) -> TimelineView:
    whole = replace(
        default_view(TimelineView, dossier),
        themes=tuple(dossier.labels("themes")),
        actors=tuple(dossier["actors"]["actor_id"]),
    )
    return replace(whole, **more)


@pytest.mark.parametrize("zoom", ["all", "visits", "year", "since"])
@pytest.mark.parametrize("lens", ["both", "document", "record"])
def test_the_bars_and_numbers_hold_every_event_once(dossier: Dossier, zoom: str, lens: str) -> None:
    view = choose(dossier, zoom=zoom, lens=lens)
    shown = make_tempo(dossier, view=view, appearance="light")
    items = find_items(dossier, view)
    events = sorted(items.loc[items["kind"] == "event", "item_id"])
    numbers = next(trace for trace in shown.figure.data if trace.type == "scatter")
    half = len(events)
    in_totals = [name for data in numbers.customdata for name in data[1].split()]
    assert len(in_totals) == 2 * half  # once in its theme, once in the row of all
    assert sorted(set(in_totals)) == events
    by_table = [name for ids in shown.table["Ids"] for name in ids.split()]
    assert sorted(by_table) == events
    assert shown.table["Events"].sum() == half
    assert len(shown.figure.to_json()) < 150_000


def test_a_bar_is_full_hatched_or_hollow_and_carries_ids(dossier: Dossier) -> None:
    shown = make_tempo(dossier, view=choose(dossier), appearance="dark")
    bars = [trace for trace in shown.figure.data if trace.type == "bar"]
    assert len(bars) == len(CERTAINTIES)
    shapes = [trace.marker.pattern.shape for trace in bars]
    assert shapes[1] == "/"
    assert bars[1].marker.pattern.bgcolor == DARK.paper
    assert set(bars[1].marker.color) <= {*DARK.themes.values(), DARK.ink}
    counts = count_events(dossier, view=choose(dossier))
    recent = counts[counts["quarter"] != "earlier"]
    for trace, certainty in zip(bars, CERTAINTIES, strict=True):
        own = recent.loc[recent["certainty"] == certainty, "event_ids"]
        drawn = {name for data in trace.customdata for name in data[1].split()}
        assert drawn == {name for ids in own for name in ids.split()}
    assert bars[2].marker.color == DARK.paper
    claims = set(dossier["claims"]["claim_id"])
    for trace in bars:
        for kind, ids, claim_ids in trace.customdata:
            assert kind == "event"
            assert ids.split()
            assert set(claim_ids.split()) <= claims
    assert shown.figure.layout.paper_bgcolor == DARK.paper


def test_the_words_say_lens_span_day_and_counts(dossier: Dossier) -> None:
    alt = make_tempo(dossier, view=choose(dossier, zoom="since"), appearance="light").alt
    for words in ("from 15 June 2021", "as known on 30 September 2022", "By quarter:", "beside"):
        assert words in alt


def draw(counts: pd.DataFrame) -> go.Figure:
    return draw_tempo(
        counts=counts,
        lanes=LANES,
        days=(SINCE, dt.date(2025, 6, 30)),
        document_day=dt.date(2025, 4, 10),
        as_of=dt.date(2025, 6, 30),
        palette=LIGHT,
    )


def test_an_event_after_the_last_quarter_of_a_zoom_has_a_column() -> None:
    events = pd.DataFrame([item("e1", "2025-02-01"), item("e2", "2026-01-15")])
    figure = draw(count_by_quarter(events, since=SINCE))
    assert list(figure.layout.xaxis.ticktext) == ["Q1<br>2025", "Q2", "Q1<br>2026"]
    drawn = {data[1] for trace in figure.data for data in trace.customdata}
    assert {"e1", "e2"} <= drawn


def test_nothing_to_count_is_said() -> None:
    empty = count_by_quarter(pd.DataFrame([item("x1", "2025", kind="expectation")]), since=SINCE)
    figure = draw(empty)
    assert "No event" in figure.layout.annotations[0].text
    assert not figure.layout.yaxis.range
    alt = describe_tempo(counts=empty, lanes=LANES, lens="both", days=None, as_of=SINCE)
    assert "without any" in alt
