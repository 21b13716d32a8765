"""The trade routes page as a reader meets it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.charts import list_charts

ROUTER = Path(__file__).resolve().parent.parent.parent / "pages" / "router.py"


def opened(**parameters: str) -> AppTest:
    page = AppTest.from_file(str(ROUTER), default_timeout=60)
    for name, value in parameters.items():
        page.query_params[name] = value
    page.switch_page("trade_routes.py")
    page.run()
    assert not page.exception
    return page


def words(page: AppTest) -> str:
    parts = [item.proto.body for item in page.get("html")]
    return " ".join([*(item.value for item in page.title), *parts])


def test_default_view_counts_ways_and_says_that_they_are_estimates() -> None:
    page = opened()
    assert page.title[0].value.startswith("Four ways from Sund Harbour to Norland Harbour")
    assert "These are estimates" in words(page)
    assert 'href="data"' in words(page)


def test_document_day_has_its_own_count() -> None:
    page = opened(at="2021-06-15")
    assert "all were open" in page.title[0].value


def test_every_figure_has_alt_text() -> None:
    page = opened()
    charts = list_charts(page)
    assert len(charts) == 6
    assert all(len(chart.alt) > 40 for chart in charts)


def test_picked_corridor_is_shown_leg_by_leg() -> None:
    page = opened(pick="lake", at="2021-06-15")
    assert "The route, by ferry and rail, leg by leg" in words(page)
    assert "Lakeshore" in words(page)


def test_pick_that_does_not_join_the_places_gives_way() -> None:
    page = opened(pick="hill-line")
    assert "leg by leg" in words(page)
    assert "The hill line, leg by leg" not in words(page)


@pytest.mark.parametrize(
    ("start", "end"), [("SU_PORT", "SU_PORT"), ("SU_PORT", "BE_POST"), ("BE_POST", "SU_PORT")]
)
def test_no_corridor_says_so_and_links_to_others(start: str, end: str) -> None:
    page = opened(**{"from": start, "to": end})
    assert page.title[0].value.startswith("No curated corridor joins")
    assert f"from={start}" in words(page)
    assert not list_charts(page)


def test_cut_corridor_says_where_since_when_and_in_whose_hands() -> None:
    text = words(opened(at="2022-09-15"))
    assert "Norland City, since 30 August 2022" in text
    assert "in the hands of Vestia, Norland" in text


def test_unknown_places_leave_a_notice() -> None:
    page = opened(**{"from": "<script>", "to": "NOWHERE"})
    assert "About this address" in words(page)
    assert page.title[0].value.startswith("Four ways")
