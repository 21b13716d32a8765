"""The timeline page: finding, controls, figure, table, and the picked event."""

import json
import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import Open


def html_of(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def events_of(app: AppTest) -> set[str]:
    spec = json.loads(app.get("plotly_chart")[0].proto.spec)
    found: list[Any] = [trace.get("customdata", []) for trace in spec["data"]]
    return {mark[1] for trace in found for mark in trace}


def button(app: AppTest, label: str) -> Any:
    return next(found for found in app.button if found.label == label)


def test_the_title_states_the_finding(open_page: Open) -> None:
    title = open_page("timeline").title[0].value
    assert "a month early" in title
    assert "did not happen" in title


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"at": "2025-04-10"}, "Aliyev still to come"),
        ({"lens": "document"}, "The document refers to"),
        ({"lens": "record", "at": "2021-03-01"}, "on record by 1 March 2021"),
        ({"theme": "energy"}, "on record by"),
        ({"lens": "document", "at": "2025-01-01"}, "came out on 10 April 2025"),
        ({"theme": "none"}, "No event fits"),
    ],
)
def test_the_title_follows_the_view(open_page: Open, settings: dict, words: str) -> None:
    app = open_page("timeline", **settings)
    assert not app.exception
    assert words in app.title[0].value


def test_a_day_takes_later_events_out(open_page: Open) -> None:
    before = events_of(open_page("timeline", at="2025-08-30"))
    assert "e055" not in before
    assert "e055" in events_of(open_page("timeline", at="2025-08-31"))


def test_the_table_has_every_event_of_the_figure(open_page: Open) -> None:
    app = open_page("timeline")
    table = next(e.proto.body for e in app.get("html") if "<caption>" in e.proto.body)
    assert set(re.findall(r"<td>(e\d+)</td>", table)) == events_of(app)
    assert "12–13 February 2025" in table
    assert "2025-02-12/2025-02-13" in table


def test_a_pick_opens_its_dossier(open_page: Open) -> None:
    app = open_page("timeline", pick="e036")
    shown = html_of(app)
    for words in ("12–13 February 2025", "12 January 2025", "Confidence", "Sources (", "Türkiye"):
        assert words in shown
    assert 'href="claims?pick=c69"' in shown
    assert "Contradicted" in shown


def test_links_of_a_past_day_keep_the_day(open_page: Open) -> None:
    assert "claims?pick=c69&amp;at=2025-06-01" in html_of(
        open_page("timeline", pick="e036", at="2025-06-01")
    )


def test_a_pick_that_is_not_drawn_says_why(open_page: Open) -> None:
    assert "Later than 1 May 2025" in html_of(open_page("timeline", pick="e055", at="2025-05-01"))
    assert "by the filters" in html_of(open_page("timeline", pick="e036", theme="energy"))


def test_next_previous_and_close_set_the_pick(open_page: Open) -> None:
    app = open_page("timeline", pick="e036")
    title = "seventh strategic council"
    assert title in html_of(app)
    later = button(app, "Later →").click().run()
    assert f"<h2>{title}" not in html_of(later)
    assert later.session_state["TimelineView.pick"] not in (None, "e036")
    back = button(later, "← Earlier").click().run()
    assert back.session_state["TimelineView.pick"] == "e036"
    closed = button(back, "Close").click().run()
    assert closed.session_state["TimelineView.pick"] is None
    assert "Where the dates differ" in html_of(closed)


def test_the_first_event_has_none_before_it(open_page: Open) -> None:
    app = open_page("timeline", pick="e001")
    assert button(app, "← Earlier").disabled
    assert not button(app, "Later →").disabled


def test_an_event_with_other_dates_is_picked_by_button(open_page: Open) -> None:
    app = open_page("timeline")
    app.button(key="differs-e042").click().run()
    assert app.session_state["TimelineView.pick"] == "e042"


def test_the_record_alone_has_no_dates_that_differ(open_page: Open) -> None:
    assert "Where the dates differ" not in html_of(open_page("timeline", lens="record"))
