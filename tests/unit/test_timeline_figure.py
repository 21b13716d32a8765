"""The timeline as a figure: every date in its place, in its shape, with its words."""

import datetime as dt
import json
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
import pytest

from entente.analysis.chronology import HEADLINE_VISITS, LANDMARKS, events_in_view
from entente.figures.theme import canonical
from entente.figures.timeline import rows_of, timeline, timeline_alt
from entente.figures.timeline_dates import window_of
from entente.figures.timeline_layout import HEADLINE_LANE, Layout, layout_of
from entente.palette import DARK, LIGHT
from entente.store import Dossier

HORIZON = dt.date(2026, 7, 1)
LANES = {"diplomacy": "Diplomacy", "energy": "Energy"}
STATUSES = {
    "occurred": "Occurred",
    "announced": "Announced",
    "disputed": "Disputed",
    "planned-not-held": "Planned, not held",
    "not-yet-known": "Not yet known",
}


def event(event_id: str, date: str, document: str | None = None, **more: object) -> dict:
    plain = {
        "event_id": event_id,
        "date_edtf": date,
        "document_date_edtf": document,
        "title": f"Title of {event_id}",
        "theme_code": "diplomacy",
        "status_code": "occurred",
        "place": "Baku",
        "shows_record": True,
        "shows_document": document is not None,
    }
    return {**plain, **more}


def draw(*events: dict, as_of: dt.date = HORIZON, **more: object) -> go.Figure:
    options = {"lanes": LANES, "statuses": STATUSES, "pinned": {}, "landmarks": {}, **more}
    return timeline(
        events=pd.DataFrame(events or None, columns=None if events else list(event("e1", "2025"))),
        event_sources=pd.DataFrame({"event_id": ["e1", "e1"], "source_id": ["s1", "s2"]}),
        event_claims=pd.DataFrame({"event_id": ["e1", "e1"], "claim_id": ["c02", "c01"]}),
        as_of=as_of,
        horizon=HORIZON,
        palette=LIGHT,
        **options,
    )


def place(*events: dict, as_of: dt.date = HORIZON, pinned: tuple[str, ...] = ()) -> Layout:
    return layout_of(
        pd.DataFrame(events),
        lanes={HEADLINE_LANE: "Headline visits", **LANES},
        pinned=pinned,
        first_in_lane=(),
        window=window_of(as_of=as_of, horizon=HORIZON),
    )


def marks(figure: go.Figure) -> dict[str, dict]:
    """Event id and face to symbol, x and hover of each mark."""
    found = {}
    for trace in figure.data:
        for number, data in enumerate(trace.customdata if trace.customdata is not None else ()):
            face = "document" if "The document:" in trace.hovertext[number] else "record"
            found[f"{data[1]} {face}"] = {
                "symbol": trace.marker.symbol[number],
                "fill": trace.marker.color[number],
                "x": trace.x[number],
                "y": trace.y[number],
                "hover": trace.hovertext[number],
                "data": list(data),
            }
    return found


def bars(figure: go.Figure) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.mode == "lines" and trace.opacity < 1]


def test_a_day_is_a_point() -> None:
    figure = draw(event("e1", "2025-05-28"))
    assert marks(figure)["e1 record"]["x"] == "2025-05-28T12:00:00"
    assert bars(figure) == []


def test_a_month_is_a_bar_over_all_its_days() -> None:
    (bar,) = bars(draw(event("e1", "2025-05")))
    assert list(bar.x)[:2] == ["2025-05-01T00:00:00", "2025-06-01T00:00:00"]
    assert bar.line.dash is None


def test_an_approximate_date_is_broken() -> None:
    (bar,) = bars(draw(event("e1", "2025-05~")))
    assert bar.line.dash


def test_an_uncertain_date_has_a_question_mark() -> None:
    figure = draw(event("e1", "2025-05-28?"))
    assert [list(trace.text) for trace in figure.data if trace.mode == "text"] == [["?"]]


def test_an_open_end_is_an_arrow_and_runs_to_the_as_of_day() -> None:
    figure = draw(event("e1", "2025-05-28/.."), as_of=dt.date(2025, 12, 31))
    assert bars(figure)[0].x[1] == "2026-01-01T00:00:00"
    assert [list(trace.text) for trace in figure.data if trace.mode == "text"] == [["→"]]


def test_status_is_a_shape_and_not_held_is_hollow() -> None:
    shown = marks(
        draw(
            event("e1", "2025-01-01"),
            event("e2", "2025-03-01", status_code="announced"),
            event("e3", "2025-05-01", status_code="disputed"),
            event("e4", "2025-07-01", status_code="planned-not-held"),
        )
    )
    symbols = [shown[f"e{n} record"]["symbol"] for n in (1, 2, 3, 4)]
    assert symbols == ["circle", "triangle-up", "diamond", "circle"]
    assert shown["e4 record"]["fill"] == LIGHT.paper
    assert shown["e1 record"]["fill"] == LIGHT.themes["diplomacy"]


def test_the_two_dates_of_an_event_are_joined_in_one_row() -> None:
    figure = draw(event("e1", "2025-02-12/2025-02-13", "2025-01-12"))
    shown = marks(figure)
    assert shown["e1 document"]["symbol"] == "square"
    assert shown["e1 document"]["y"] == shown["e1 record"]["y"]
    (join,) = [t for t in figure.data if t.mode == "lines" and t.line.color == LIGHT.accent]
    assert list(join.x)[:2] == [shown["e1 document"]["x"], shown["e1 record"]["x"]]


def test_a_month_of_the_document_is_a_hollow_bar() -> None:
    boxes = [
        shape
        for shape in draw(event("e1", "2025-07-04", "2025-04")).layout.shapes
        if shape.line.color == LIGHT.accent and shape.type == "rect"
    ]
    assert [(box.x0, box.x1) for box in boxes] == [("2025-04-01T00:00:00", "2025-05-01T00:00:00")]


def test_events_of_one_day_are_stacked() -> None:
    figure = draw(*(event(f"e{n}", "2025-05-28") for n in range(4)))
    assert len({mark["y"] for mark in marks(figure).values()}) == 4


def test_what_came_before_the_scale_stands_in_order() -> None:
    layout = place(event("e1", "1992-06-09"), event("e2", "2017"), event("e3", "2025-01-01"))
    assert [mark.panel for mark in layout.marks] == ["early", "early", "recent"]
    assert [mark.middle for mark in layout.marks[:2]] == [1.0, 2.0]


def test_an_early_day_moves_the_scale() -> None:
    layout = place(event("e1", "2021-06-15"), as_of=dt.date(2022, 5, 1))
    assert layout.marks[0].panel == "recent"
    assert layout.window.first == dt.date(2021, 1, 1)


def test_pinned_events_have_a_row_for_each_date_in_the_uppermost_lane() -> None:
    layout = place(
        event("e1", "2025-02-12", "2025-01-12"), event("e2", "2024-08-01"), pinned=("e1",)
    )
    assert [lane.code for lane in layout.lanes] == [HEADLINE_LANE, "diplomacy"]
    heights = {(mark.event_id, mark.face): mark.y for mark in layout.marks}
    assert heights["e1", "document"] < heights["e1", "record"] < heights["e2", "record"]


def test_marks_carry_ids() -> None:
    figure = draw(event("e1", "2025-05-28"), event("e2", "2025-08-28"))
    assert marks(figure)["e1 record"]["data"] == ["event", "e1", "c01 c02"]
    assert marks(figure)["e2 record"]["data"] == ["event", "e2", ""]


def test_a_hover_says_date_title_status_place_and_sources_without_markup() -> None:
    title = "<b>Talks</b> of <script>alert(1)</script> & more"
    hover = marks(draw(event("e1", "2025-02-12/2025-02-13", title=title)))["e1 record"]["hover"]
    for words in ("12–13 February 2025", "Occurred", "Baku", "2 sources", "&lt;script&gt;"):
        assert words in hover
    assert "<script" not in hover


def test_the_publication_line_comes_with_the_document() -> None:
    words = [a.text for a in draw(event("e1", "2025-01-01")).layout.annotations]
    assert any("10 Apr 2025" in text for text in words)
    early = draw(event("e1", "2025-01-01"), as_of=dt.date(2025, 3, 1)).layout
    assert not any("10 Apr 2025" in note.text for note in early.annotations)


def test_a_past_day_has_a_line_and_a_sentence() -> None:
    words = [
        note.text
        for note in draw(event("e1", "2025-01-01"), as_of=dt.date(2025, 9, 1)).layout.annotations
    ]
    assert any("not yet known" in text for text in words)
    horizon = draw(event("e1", "2025-01-01")).layout.annotations
    assert not any("not yet known" in note.text for note in horizon)


def test_nothing_to_draw_is_said() -> None:
    figure = draw()
    assert "No event" in figure.layout.annotations[0].text
    assert rows_of(figure) == 0
    alt = timeline_alt(
        events=pd.DataFrame(columns=list(event("e1", "2025"))),
        lanes=LANES,
        as_of=HORIZON,
        pinned={},
    )
    assert "without events" in alt


def real(dossier: Dossier, *, lens: str, as_of: dt.date, **more: object) -> go.Figure:
    events = in_view(dossier, lens=lens, as_of=as_of)
    options = {"palette": LIGHT, "pick": None, **more}
    return timeline(
        events=events,
        event_sources=dossier["event_sources"],
        event_claims=dossier["event_claims"],
        lanes=dossier.labels("themes"),
        statuses=STATUSES,
        pinned=HEADLINE_VISITS,
        landmarks=LANDMARKS,
        as_of=as_of,
        horizon=HORIZON,
        **options,
    )


def in_view(dossier: Dossier, *, lens: str, as_of: dt.date) -> pd.DataFrame:
    return events_in_view(
        events=dossier["events"],
        event_actors=dossier["event_actors"],
        themes=tuple(dossier.labels("themes")),
        actors=tuple(dossier["actors"]["actor_id"]),
        lens=lens,
        as_of=as_of,
    )


@pytest.mark.parametrize("as_of", [HORIZON, dt.date(2025, 4, 10), dt.date(2021, 1, 1)])
@pytest.mark.parametrize("lens", ["both", "document", "record"])
def test_every_date_in_view_is_drawn_once(dossier: Dossier, lens: str, as_of: dt.date) -> None:
    events = in_view(dossier, lens=lens, as_of=as_of)
    drawn = marks(real(dossier, lens=lens, as_of=as_of))
    assert len(drawn) == events["shows_record"].sum() + events["shows_document"].sum()
    assert {name.split()[0] for name in drawn} == set(events["event_id"])


def test_no_two_marks_of_the_scale_meet(dossier: Dossier) -> None:
    rows: dict[float, list[dt.datetime]] = {}
    for name, mark in marks(real(dossier, lens="record", as_of=HORIZON)).items():
        if isinstance(mark["x"], str) and name.endswith("record"):
            rows.setdefault(mark["y"], []).append(dt.datetime.fromisoformat(mark["x"]))
    for days in rows.values():
        days.sort()
        gaps = [after - before for before, after in pairwise(days)]
        assert all(gap >= dt.timedelta(days=14) for gap in gaps)


def test_the_figure_is_light_and_the_same_each_time(dossier: Dossier) -> None:
    first, second = (real(dossier, lens="both", as_of=HORIZON) for _ in range(2))
    assert len(first.to_json()) < 150_000
    assert json.loads(first.to_json()) == json.loads(second.to_json())
    assert canonical(first).keys() == canonical(second).keys()
    assert first.layout.uirevision == "timeline"


def test_a_pick_is_ringed_and_the_dark_look_has_its_own_colours(dossier: Dossier) -> None:
    figure = real(dossier, lens="both", as_of=HORIZON, palette=DARK, pick="e036")
    rings = [trace for trace in figure.data if trace.marker.color == DARK.ink]
    assert len(rings) == 2
    assert figure.layout.paper_bgcolor == DARK.paper


def test_the_alternative_text_tells_the_two_visits(dossier: Dossier) -> None:
    alt = timeline_alt(
        events=in_view(dossier, lens="both", as_of=HORIZON),
        lanes=dossier.labels("themes"),
        as_of=HORIZON,
        pinned=HEADLINE_VISITS,
    )
    assert "12 January 2025" in alt
    assert "12–13 February 2025" in alt
    assert "not held" in alt
