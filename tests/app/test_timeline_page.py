"""The timeline page: finding, controls, figure, table, and the picked event."""

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import Open
from tests.charts import list_charts
from tests.opening import open_folds, plain, title_of


def html_of(app: AppTest) -> str:
    return plain(" ".join(element.proto.body for element in app.get("html")))


def events_of(app: AppTest) -> set[str]:
    spec = list_charts(app)[0].spec
    found: list[Any] = [trace.get("customdata", []) for trace in spec["data"]]
    return {name for trace in found for mark in trace for name in mark[1].split()}


def button(app: AppTest, label: str) -> Any:
    return next(found for found in app.button if found.label == label)


def test_the_title_states_the_finding(open_page: Open) -> None:
    title = title_of(open_page("timeline"))
    assert "came to Oran City later" in title
    assert "put the visit off" in title


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"at": "2021-06-15"}, "was still awaited"),
        ({"lens": "document"}, "The document refers to"),
        ({"lens": "record", "at": "2019-03-05"}, "on record by 5 March 2019"),
        ({"theme": "energy"}, "on record by"),
        ({"lens": "document", "at": "2021-01-01"}, "came out on 15 June 2021"),
        ({"theme": "defence", "actor": "QTO"}, "No event matches these filters"),
        ({"zoom": "since"}, "on record from 15 June 2021 to 30 September 2022"),
        ({"zoom": "since", "at": "2021-09-01"}, "to 1 September 2021"),
        ({"zoom": "visits", "lens": "document"}, "gives a time for 1"),
        ({"show": "tempo"}, "busiest quarter"),
        ({"show": "tempo", "theme": "defence", "actor": "QTO"}, "No event matches these filters"),
        ({"show": "list", "zoom": "visits"}, "came to Oran City later"),
    ],
)
def test_the_title_follows_the_view(open_page: Open, settings: dict, words: str) -> None:
    app = open_page("timeline", **settings)
    assert not app.exception
    assert words in title_of(app)


def test_a_day_takes_later_events_out(open_page: Open) -> None:
    before = events_of(open_page("timeline", at="2022-02-09"))
    assert "relations" not in before
    assert "relations" in events_of(open_page("timeline", at="2022-02-10"))


def test_the_table_has_every_event_of_the_figure(open_page: Open) -> None:
    app = open_folds(open_page("timeline"))
    table = next(e.proto.body for e in app.get("html") if "<caption>" in e.proto.body)
    assert set(re.findall(r"<td>([a-z]+(?:-[a-z]+)+|[a-z]+|y\d+)</td>", table)) >= events_of(app)
    assert "20–22 July 2021" in table
    assert "2021-07-20/2021-07-22" in table


def test_a_pick_opens_its_dossier(open_page: Open) -> None:
    app = open_page("timeline", pick="winter-visit")
    shown = html_of(app)
    for words in ("5 February 2021", "January 2021", "Confidence", "Sources (", "Marland"):
        assert words in shown
    assert 'href="claims?pick=k01"' in shown
    assert "Contradicted" in shown


def test_a_picked_event_has_what_each_side_says(open_page: Open) -> None:
    shown = html_of(open_page("timeline", pick="valley-clash"))
    told = shown.partition("<h3>What each side says</h3>")[2]
    asked, answer = told.index("<strong>Orania</strong>"), told.index("<strong>Sundria</strong>")
    assert asked < answer < told.index("<strong>Marland</strong>")
    assert '<li class="e-answer"><strong>Sundria</strong> answers Orania' in told
    assert "Survey of Sundria" in told


@pytest.mark.parametrize(
    ("settings", "count"),
    [
        ({"at": "2019-03-03"}, 0),
        ({"at": "2019-03-04"}, 1),
        ({"at": "2019-03-01"}, 0),
        ({"lens": "document"}, 0),
        ({"lens": "record"}, 3),
    ],
)
def test_statements_follow_day_and_lens(open_page: Open, settings: dict, count: int) -> None:
    shown = html_of(open_page("timeline", pick="valley-clash", **settings))
    assert shown.count("e-side-source") == count
    assert ("What each side says" in shown) == bool(count)


def test_links_of_a_past_day_keep_the_day(open_page: Open) -> None:
    assert "claims?pick=k01&amp;at=2021-09-01" in html_of(
        open_page("timeline", pick="winter-visit", at="2021-09-01")
    )


def test_a_pick_that_is_not_drawn_says_why(open_page: Open) -> None:
    assert "Not yet known on 1 May 2021" in html_of(
        open_page("timeline", pick="relations", at="2021-05-01")
    )
    assert "with the current filters" in html_of(
        open_page("timeline", pick="winter-visit", theme="energy")
    )


def test_next_previous_and_close_set_the_pick(open_page: Open) -> None:
    app = open_page("timeline", pick="winter-visit")
    title = "The president of Marland visits Orania"
    assert title in html_of(app)
    later = button(app, "Next event").click().run()
    assert f"<h2>{title}" not in html_of(later)
    assert later.session_state["TimelineView.pick"] not in (None, "winter-visit")
    back = button(later, "Previous event").click().run()
    assert back.session_state["TimelineView.pick"] == "winter-visit"
    closed = button(back, "Close").click().run()
    assert closed.session_state["TimelineView.pick"] is None
    assert "Where the dates differ" in html_of(closed)


def test_the_first_event_has_none_before_it(open_page: Open) -> None:
    app = open_page("timeline", pick="before-record")
    assert button(app, "Previous event").disabled
    assert not button(app, "Next event").disabled


def test_an_event_with_other_dates_is_picked_by_button(open_page: Open) -> None:
    app = open_page("timeline")
    app.button(key="differs-summer-visit").click().run()
    assert app.session_state["TimelineView.pick"] == "summer-visit"


def test_a_zoom_has_fewer_events_and_the_list_has_the_same(open_page: Open) -> None:
    drawn = events_of(open_page("timeline", zoom="visits"))
    assert drawn < events_of(open_page("timeline"))
    listed = html_of(open_page("timeline", zoom="visits", show="list"))
    assert set(re.findall(r'"timeline\?[^"]*pick=([a-z0-9-]+)&amp;', listed)) - {"none"} == drawn


def test_the_list_is_ordered_by_year_and_marks_the_pick(open_page: Open) -> None:
    app = open_page("timeline", show="list", pick="winter-visit")
    shown = html_of(app)
    years = re.findall(r'<h2 id="year-\d+">(\d{4})</h2>', shown)
    assert years == sorted(years)
    assert shown.count('aria-current="true"') == 1
    assert "the document says January 2021" in shown
    assert not list_charts(app)
    button(app, "Next event").click().run()
    assert app.session_state["TimelineView.pick"] not in (None, "winter-visit")


def test_links_of_the_list_keep_the_view(open_page: Open) -> None:
    shown = html_of(open_page("timeline", show="list", zoom="year", at="2021-09-01"))
    link = re.search(r'href="(timeline\?[^"]*pick=winter-visit[^"]*)"', shown)
    assert link
    for part in ("zoom=year", "show=list", "at=2021-09-01"):
        assert part in link[1]


def test_the_tempo_counts_the_events_of_the_list(open_page: Open) -> None:
    app = open_page("timeline", show="tempo", zoom="year")
    lanes = events_of(open_page("timeline", zoom="year"))
    assert events_of(app) == {name for name in lanes if not re.fullmatch(r"y\d+", name)}
    assert "Incomplete quarter" in app.caption[0].value


@pytest.mark.parametrize(
    "settings",
    [
        {"zoom": "century"},
        {"show": "spiral"},
        {"zoom": "all", "pick": "y99"},
        {"zoom": "<b>"},
        {"show": ""},
    ],
)
def test_a_bad_value_is_said_and_left_out(open_page: Open, settings: dict) -> None:
    app = open_page("timeline", **settings)
    assert not app.exception
    assert "About this address" in html_of(app)
    assert events_of(app)


def test_an_expectation_can_be_picked_and_leads_to_what_came(open_page: Open) -> None:
    app = open_page("timeline", pick="y04")
    shown = html_of(app)
    assert "implied by the text" in shown
    assert 'href="claims?pick=k15"' in shown
    app.button(key="outcome").click().run()
    assert app.session_state["TimelineView.pick"] == "relations"


def test_an_expectation_of_a_past_day_has_no_outcome(open_page: Open) -> None:
    app = open_page("timeline", pick="y04", at="2021-09-01")
    assert "Nothing on record by 1 September 2021" in html_of(app)
    assert not [found for found in app.button if found.key == "outcome"]


def test_what_is_on_screen_can_be_taken_away(open_page: Open) -> None:
    app = open_page("timeline", zoom="visits")
    found = {element.proto.label: element.proto for element in app.get("download_button")}
    assert not found["Calendar (.ics)"].disabled
    assert not found["Rows (.csv)"].disabled


def test_an_empty_view_has_nothing_to_download_and_says_so(open_page: Open) -> None:
    app = open_page("timeline", theme="defence", actor="QTO")
    found = {element.proto.label: element.proto for element in app.get("download_button")}
    assert found["Calendar (.ics)"].disabled
    assert found["Rows (.csv)"].disabled
    assert any("no events on screen" in caption.value for caption in app.caption)


def test_the_steps_have_keys(open_page: Open) -> None:
    app = open_page("timeline")
    keys = {found.label: found.proto.shortcut for found in app.button}
    assert keys["Previous event"] == "p"
    assert keys["Next event"] == "n"


def test_the_list_of_events_gives_nothing_later_away(open_page: Open) -> None:
    app = open_page("timeline", at="2021-06-15")
    (events,) = [box for box in app.selectbox if box.label == "Event"]
    assert not any("was to visit" in option for option in events.options)


def test_the_record_alone_has_no_dates_that_differ(open_page: Open) -> None:
    assert "Where the dates differ" not in html_of(open_page("timeline", lens="record"))
