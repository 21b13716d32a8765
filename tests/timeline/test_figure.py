"""The timeline as a figure: every date in its place, in its shape, with its words."""

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest

from entente.address.views import TimelineView, default_view
from entente.dossier.store import Dossier, read_dossier
from entente.style.palette import DARK, LIGHT
from entente.style.theme import READING_ORDER
from entente.timeline.content import make_lanes, shown_panels
from entente.timeline.figure import (
    EARLY_DOMAIN,
    WHOLE_DOMAIN,
    describe_timeline,
    draw_timeline,
)
from entente.timeline.items import find_days, find_items
from entente.timeline.layout import HEADLINE_LANE, Layout, lay_out
from entente.timeline.scale import Window, find_window

HORIZON = dt.date(2026, 7, 1)
PUBLISHED = dt.date(2025, 4, 10)
# Days of the small dossier: its last, and that of its document.
NEWEST = dt.date(2022, 9, 30)
DOCUMENT_DAY = dt.date(2021, 6, 15)
ZOOMS = ("all", "visits", "year", "since")
LANES = {"diplomacy": "Diplomacy", "energy": "Energy"}
STATUSES = {
    "occurred": "Occurred",
    "announced": "Announced",
    "disputed": "Disputed",
    "planned-not-held": "Planned, not held",
    "not-yet-known": "Not yet known",
    "expected": "Expected by the document",
}


def item(item_id: str, date: str, document: str | None = None, **more: object) -> dict:
    plain = {
        "item_id": item_id,
        "kind": "event",
        "date_edtf": date,
        "document_date_edtf": document,
        "title": f"Title of {item_id}",
        "theme_code": "diplomacy",
        "status_code": "occurred",
        "place": "Baku",
        "shows_record": True,
        "shows_document": document is not None,
        "claim_ids": "",
        "is_expected": False,
        "is_awaited": False,
        "outcome_id": "",
        "outcome_edtf": "",
    }
    return {**plain, **more}


def expectation(item_id: str, expected: str, **more: object) -> dict:
    own = {
        "kind": "expectation",
        "status_code": "expected",
        "shows_record": False,
        "is_expected": True,
        "place": "",
    }
    return item(item_id, "", expected, **{**own, **more})


def window_of(as_of: dt.date = HORIZON, days: tuple[dt.date, dt.date] | None = None) -> Window:
    return find_window(as_of=as_of, horizon=HORIZON, document_day=PUBLISHED, days=days)


def draw(
    *items: dict,
    as_of: dt.date = HORIZON,
    days: tuple[dt.date, dt.date] | None = None,
    **more: object,
) -> go.Figure:
    options = {
        "lanes": LANES,
        "statuses": STATUSES,
        "pinned": {},
        "landmarks": {},
        "names": {},
        "palette": LIGHT,
        **more,
    }
    return draw_timeline(
        author="Lowland",
        items=pd.DataFrame(items or None, columns=None if items else list(item("e1", "2025"))),
        event_sources=pd.DataFrame({"event_id": ["e1", "e1"], "source_id": ["s1", "s2"]}),
        window=window_of(as_of, days),
        **options,
    )


def place(
    *items: dict,
    as_of: dt.date = HORIZON,
    pinned: dict[str, str] | None = None,
    names: dict[str, str] | None = None,
    days: tuple[dt.date, dt.date] | None = None,
) -> Layout:
    return lay_out(
        pd.DataFrame(items),
        lanes=LANES,
        pinned=pinned or {},
        first_in_lane=(),
        names=names or {},
        window=window_of(as_of, days),
    )


def marks(figure: go.Figure) -> dict[str, dict]:
    """Item id and face to symbol, x and hover of each mark."""
    found = {}
    for trace in figure.data:
        for number, data in enumerate(trace.customdata if trace.hovertext is not None else ()):
            hover = trace.hovertext[number]
            is_document = hover.startswith("<b>Lowland ")
            found[f"{data[1]} {'document' if is_document else 'record'}"] = {
                "symbol": trace.marker.symbol[number],
                "fill": trace.marker.color[number],
                "x": trace.x[number],
                "y": trace.y[number],
                "hover": hover,
                "data": list(data),
            }
    return found


def links(figure: go.Figure) -> list[go.Scatter]:
    """Lines between two dates, with or without an arrow head."""
    return [t for t in figure.data if t.mode == "lines+markers"]


def bars(figure: go.Figure) -> list[go.Scatter]:
    return [
        trace
        for trace in figure.data
        if trace.mode == "lines" and trace.opacity and trace.opacity < 1
    ]


def test_a_day_is_a_point() -> None:
    figure = draw(item("e1", "2025-05-28"))
    assert marks(figure)["e1 record"]["x"] == "2025-05-28T12:00:00"
    assert bars(figure) == []


def test_a_month_is_a_bar_over_all_its_days() -> None:
    (bar,) = bars(draw(item("e1", "2025-05")))
    assert list(bar.x)[:2] == ["2025-05-01T00:00:00", "2025-06-01T00:00:00"]
    assert bar.line.dash is None


def test_an_approximate_date_is_broken() -> None:
    (bar,) = bars(draw(item("e1", "2025-05~")))
    assert bar.line.dash


def test_an_uncertain_date_has_a_question_mark() -> None:
    figure = draw(item("e1", "2025-05-28?"))
    assert [list(trace.text) for trace in figure.data if trace.mode == "text"] == [["?"]]


def test_an_open_end_is_an_arrow_and_runs_to_the_as_of_day() -> None:
    figure = draw(item("e1", "2025-05-28/.."), as_of=dt.date(2025, 12, 31))
    assert bars(figure)[0].x[1] == "2026-01-01T00:00:00"
    assert [list(trace.text) for trace in figure.data if trace.mode == "text"] == [["→"]]


def test_status_is_a_shape_and_not_held_is_hollow() -> None:
    shown = marks(
        draw(
            item("e1", "2025-01-01"),
            item("e2", "2025-03-01", status_code="announced"),
            item("e3", "2025-05-01", status_code="disputed"),
            item("e4", "2025-07-01", status_code="planned-not-held"),
        )
    )
    symbols = [shown[f"e{n} record"]["symbol"] for n in (1, 2, 3, 4)]
    assert symbols == ["circle", "triangle-up", "diamond", "circle"]
    assert shown["e4 record"]["fill"] == LIGHT.paper
    assert shown["e1 record"]["fill"] == LIGHT.themes["diplomacy"]


def test_the_two_dates_of_an_event_are_joined_in_one_row() -> None:
    figure = draw(item("e1", "2025-02-12/2025-02-13", "2025-01-12"))
    shown = marks(figure)
    assert shown["e1 document"]["symbol"] == "square"
    assert shown["e1 document"]["y"] == shown["e1 record"]["y"]
    (join,) = links(figure)
    assert list(join.x) == [shown["e1 document"]["x"], shown["e1 record"]["x"]]
    assert max(join.marker.size) == 0
    assert join.customdata[0][1] == "e1"


def test_a_month_of_the_document_is_a_hollow_bar() -> None:
    boxes = [
        shape
        for shape in draw(item("e1", "2025-07-04", "2025-04")).layout.shapes
        if shape.line.color == LIGHT.accent and shape.type == "rect"
    ]
    assert [(box.x0, box.x1) for box in boxes] == [("2025-04-01T00:00:00", "2025-05-01T00:00:00")]


def test_keys_go_lane_by_lane_and_by_date() -> None:
    figure = draw(
        item("late", "2025-06-01"),
        item("gas", "2025-02-01", theme_code="energy"),
        item("early", "2025-01-10"),
        item("old", "2001-01-10", theme_code="energy"),
        item("both", "2025-05-01", "2025-03-01"),
        expectation("x1", "2025-04-20"),
        item("visit", "2025-12-01"),
        pinned={"visit": "Visit"},
    )
    order = ["visit", "early", "both", "x1", "late", "old", "gas"]
    assert [name.split()[1] for name in figure.layout.meta[READING_ORDER]] == order


def test_events_of_one_day_are_stacked() -> None:
    figure = draw(*(item(f"e{n}", "2025-05-28") for n in range(4)))
    assert len({mark["y"] for mark in marks(figure).values()}) == 4


def test_what_came_before_the_scale_stands_in_order() -> None:
    layout = place(item("e1", "1992-06-09"), item("e2", "2017"), item("e3", "2025-01-01"))
    assert [mark.panel for mark in layout.marks] == ["early", "early", "recent"]
    assert [mark.middle for mark in layout.marks[:2]] == [1.0, 2.0]


def test_an_early_day_moves_the_scale() -> None:
    layout = place(item("e1", "2021-06-15"), as_of=dt.date(2022, 5, 1))
    assert layout.marks[0].panel == "recent"
    assert layout.window.first == dt.date(2021, 1, 1)


def test_pinned_events_have_a_row_for_each_date_in_the_uppermost_lane() -> None:
    layout = place(
        item("e1", "2025-02-12", "2025-01-12"), item("e2", "2024-08-01"), pinned={"e1": "A visit"}
    )
    assert [lane.code for lane in layout.lanes] == [HEADLINE_LANE, "diplomacy"]
    heights = {(mark.item_id, mark.face): mark.y for mark in layout.marks}
    assert heights["e1", "document"] < heights["e1", "record"] < heights["e2", "record"]


def test_every_trace_carries_ids(dossier: Dossier) -> None:
    for zoom in ZOOMS:
        figure = real(dossier, zoom=zoom, pick="winter-visit")
        assert all(trace.customdata is not None for trace in figure.data)
        kinds = {data[0] for trace in figure.data for data in trace.customdata}
        assert kinds == ({"event"} if zoom == "visits" else {"event", "expectation"})
    drawn = draw(item("e1", "2025-05-28", claim_ids="c01 c02"))
    assert marks(drawn)["e1 record"]["data"] == ["event", "e1", "c01 c02"]


def test_a_hover_says_date_title_status_place_and_sources_without_markup() -> None:
    title = "<b>Talks</b> of <script>alert(1)</script> & more"
    hover = marks(draw(item("e1", "2025-02-12/2025-02-13", title=title)))["e1 record"]["hover"]
    for words in ("12–13 February 2025", "Occurred", "Baku", "2 sources", "&lt;script&gt;"):
        assert words in hover
    assert "<script" not in hover


def test_the_publication_line_comes_with_the_document() -> None:
    words = [a.text for a in draw(item("e1", "2025-01-01")).layout.annotations]
    assert any("10 Apr 2025" in text for text in words)
    early = draw(item("e1", "2025-01-01"), as_of=dt.date(2025, 3, 1)).layout
    assert not any("10 Apr 2025" in note.text for note in early.annotations)


def test_a_past_day_has_a_line_and_a_sentence() -> None:
    words = [
        note.text
        for note in draw(item("e1", "2025-01-01"), as_of=dt.date(2025, 9, 1)).layout.annotations
    ]
    assert any("not yet known" in text for text in words)
    horizon = draw(item("e1", "2025-01-01")).layout.annotations
    assert not any("not yet known" in note.text for note in horizon)


def test_nothing_to_draw_is_said() -> None:
    figure = draw()
    assert "Nothing known on this date matches" in figure.layout.annotations[0].text
    assert not figure.layout.yaxis.range
    alt = describe_timeline(
        items=pd.DataFrame(columns=list(item("e1", "2025"))),
        lanes=LANES,
        lens="both",
        as_of=HORIZON,
        pinned={},
    )
    assert "without events" in alt


def real(dossier: Dossier, *, appearance: str = "light", **options: object) -> go.Figure:
    """The timeline of the dataset; options are those of the page's view."""
    return make_lanes(dossier, view=choose(dossier, **options), appearance=appearance).figure


def _move_early_days(events: str) -> str:
    return re.sub(r"^([\w-]+),20(?:1\d|20)[^,]*,[^,]*,", r"\1,2021-05-01,,", events, flags=re.M)


def choose(dossier: Dossier, **options: object) -> TimelineView:
    whole = replace(
        default_view(TimelineView, dossier),
        themes=tuple(dossier.labels("themes")),
        actors=tuple(dossier["actors"]["actor_id"]),
        as_of=NEWEST,
    )
    return replace(whole, **options)


def test_an_early_panel_stands_where_the_dossier_has_something_early(
    dossier: Dossier, edit: Callable[..., Path]
) -> None:
    late_only = next(
        theme
        for theme in dossier.labels("themes")
        if all(
            isinstance(mark["x"], str) for mark in marks(real(dossier, themes=(theme,))).values()
        )
    )
    assert real(dossier, themes=(late_only,)).layout.xaxis.domain == EARLY_DOMAIN
    edit("pledge_steps.csv", lambda text: text.replace("2018-11~", "2021-05-01"))
    recent = read_dossier(edit("events.csv", _move_early_days))
    figure = real(recent)
    assert figure.layout.xaxis.domain is None
    assert figure.layout.xaxis2.domain == WHOLE_DOMAIN
    assert not any("Earlier" in label.text for label in figure.layout.annotations)


@pytest.mark.parametrize("as_of", [NEWEST, DOCUMENT_DAY, dt.date(2019, 1, 1)])
@pytest.mark.parametrize("lens", ["both", "document", "record"])
def test_every_date_in_view_is_drawn_once(dossier: Dossier, lens: str, as_of: dt.date) -> None:
    items = find_items(dossier, choose(dossier, lens=lens, as_of=as_of))
    drawn = marks(real(dossier, lens=lens, as_of=as_of))
    assert len(drawn) == items["shows_record"].sum() + items["shows_document"].sum()
    assert {name.split()[0] for name in drawn} == set(items["item_id"])


def test_no_two_marks_of_the_scale_meet(dossier: Dossier) -> None:
    rows: dict[float, list[dt.datetime]] = {}
    for name, mark in marks(real(dossier, lens="record")).items():
        if isinstance(mark["x"], str) and name.endswith("record"):
            rows.setdefault(mark["y"], []).append(dt.datetime.fromisoformat(mark["x"]))
    for days in rows.values():
        days.sort()
        gaps = [after - before for before, after in pairwise(days)]
        assert all(gap >= dt.timedelta(days=14) for gap in gaps)


@pytest.mark.parametrize("zoom", ZOOMS)
def test_the_figure_is_light_and_the_same_each_time(dossier: Dossier, zoom: str) -> None:
    view = choose(dossier, zoom=zoom)
    draw_anew = make_lanes.__wrapped__  # the cache would give one figure twice
    first, second = (draw_anew(dossier, view=view, appearance="light").figure for _ in range(2))
    assert first is not second
    assert len(first.to_json()) < 150_000
    assert json.loads(first.to_json()) == json.loads(second.to_json())
    assert first.layout.uirevision == "timeline"


def test_a_pick_is_ringed_and_the_dark_look_has_its_own_colours(dossier: Dossier) -> None:
    figure = real(dossier, appearance="dark", pick="joint-drill")
    rings = [trace for trace in figure.data if trace.marker.color == DARK.ink]
    assert len(rings) == 2
    assert figure.layout.paper_bgcolor == DARK.paper


def test_the_page_shows_the_same_figure_whatever_is_picked(dossier: Dossier) -> None:
    texts = {
        shown_panels(dossier, choose(dossier, pick=pick), "light")[0].figure_text
        for pick in (None, "joint-drill", "winter-visit")
    }
    assert len(texts) == 1


def test_the_alternative_text_says_lens_span_day_and_counts(dossier: Dossier) -> None:
    alt = make_lanes(dossier, view=choose(dossier, zoom="visits"), appearance="light").alt
    for words in (
        "the document says January 2021",
        "the record says 5 February 2021",
        "not held",
        "2 events",
        "from 1 January 2021 to 31 August 2021",
        "as known on 30 September 2022",
        "beside the record’s",
    ):
        assert words in alt


def test_an_expectation_is_hollow_with_an_arrow_to_what_came() -> None:
    figure = draw(
        expectation("x1", "2025-01-10", outcome_id="e1", outcome_edtf="2025-07-04"),
        item("e1", "2025-07-04"),
    )
    shown = marks(figure)
    assert shown["x1 document"]["symbol"] == "square"
    assert shown["x1 document"]["fill"] == LIGHT.paper
    assert shown["x1 document"]["data"][0] == "expectation"
    assert shown["x1 document"]["y"] == shown["e1 record"]["y"]
    (arrow,) = links(figure)
    assert arrow.marker.symbol[-1] == "arrow"
    assert arrow.marker.size[-1] > 0
    assert arrow.x[-1] == shown["e1 record"]["x"]
    assert "Outcome" in shown["x1 document"]["hover"]


def test_what_has_not_come_points_on_to_the_as_of_day() -> None:
    figure = draw(expectation("x1", "2025-04-10/..", is_awaited=True), as_of=dt.date(2025, 12, 31))
    (arrow,) = links(figure)
    assert arrow.line.dash != "solid"
    assert arrow.x[-1] == "2026-01-01T00:00:00"


def test_a_visit_that_was_not_held_is_joined_and_still_awaited() -> None:
    figure = draw(
        item(
            "e1",
            "2025-07-26",
            "2025-04",
            status_code="planned-not-held",
            is_expected=True,
            is_awaited=True,
            outcome_id="e1",
        )
    )
    assert sorted(link.line.dash != "solid" for link in links(figure)) == [False, True]


VISITS = (dt.date(2025, 1, 1), dt.date(2025, 7, 31))


def test_a_date_off_the_scale_of_a_zoom_is_pointed_to() -> None:
    figure = draw(item("e1", "2024-09-25", "2025-04"), days=VISITS)
    assert set(marks(figure)) == {"e1 document"}
    (line,) = links(figure)
    assert line.x[-1] == "2025-01-01T00:00:00"
    assert "On record: 25 September 2024" in marks(figure)["e1 document"]["hover"]


def test_a_zoom_has_no_early_panel_and_names_its_months() -> None:
    figure = draw(item("e1", "2025-05-28"), days=VISITS)
    assert figure.layout.xaxis2.domain == (0, 1)
    assert [text[:3] for text in figure.layout.xaxis2.ticktext] == [
        *("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul")
    ]


@pytest.mark.parametrize(
    ("first", "last", "starts"),
    [
        ("2025-01-01", "2025-12-31", 12),
        ("2024-07-01", "2026-08-02", 9),
        ("2022-10-01", "2026-08-02", 8),
        ("2016-01-01", "2026-08-02", 11),
        ("1998-03-01", "2026-08-02", 6),
    ],
)
def test_a_longer_scale_has_fewer_lines(first: str, last: str, starts: int) -> None:
    days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    ticks = draw(item("e1", "2025-05-28"), days=days).layout.xaxis2
    assert len(ticks.tickvals) == len(ticks.ticktext) == starts
    assert all(time >= first for time in ticks.tickvals)


def test_names_get_room_of_their_own_under_a_zoom() -> None:
    rows = [item(f"e{n}", f"2025-05-{10 + n}") for n in range(4)]
    names = {f"e{n}": "A name of thirty characters or so"[:30] for n in range(4)}
    layout = place(*rows, names=names, days=VISITS)
    assert len(layout.names) == 4
    assert len({name.y for name in layout.names}) == 4


@pytest.mark.parametrize("zoom", ZOOMS)
@pytest.mark.parametrize("as_of", [NEWEST, DOCUMENT_DAY, dt.date(2021, 8, 1)])
def test_no_name_meets_a_mark_or_another_name(dossier: Dossier, zoom: str, as_of: dt.date) -> None:
    items = find_items(dossier, choose(dossier, zoom=zoom, as_of=as_of))
    named, expected = dossier["event_names"], dossier["expectations"]
    names = {
        **dict(zip(named["event_id"], named["name"], strict=True)),
        **dict(zip(expected["expectation_id"], expected["label"], strict=True)),
    }
    layout = lay_out(
        items,
        lanes=dossier.labels("themes"),
        pinned=dossier.document.visits,
        first_in_lane=list(dossier.document.landmarks),
        names=names,
        window=find_window(
            as_of=as_of,
            horizon=NEWEST,
            document_day=DOCUMENT_DAY,
            days=find_days(dossier, zoom),
        ),
    )
    assert len(layout.names) > 3 or zoom == "visits"
    for name in layout.names:
        others = [other for other in layout.names if other is not name and other.y == name.y]
        assert not any(name.start < other.end and other.start < name.end for other in others)
        marks_there = [m for m in layout.marks if m.y == name.y and m.panel == "recent"]
        apart = [m for m in marks_there if m.group != name.mark.group]
        assert not any(name.start < m.end and m.start < name.end for m in apart)


def test_under_a_zoom_every_item_but_the_pinned_has_its_name(dossier: Dossier) -> None:
    for zoom in ("visits", "year", "since"):
        shown = {
            data[1]
            for trace in real(dossier, zoom=zoom).data
            if trace.mode == "text" and "names-wide" in str(trace.textfont.family)
            for data in trace.customdata
        }
        items = find_items(dossier, choose(dossier, zoom=zoom))
        missing = set(items["item_id"]) - shown - set(dossier.document.visits)
        assert len(missing) <= 1, missing  # one line may tell an expectation and its outcome


def test_the_document_alone_tells_no_outcome(dossier: Dossier) -> None:
    figure = real(dossier, lens="document", zoom="visits")
    assert links(figure) == []
    said = " ".join(mark["hover"] for mark in marks(figure).values())
    assert "did not take place" not in said
    assert "On record" not in said
