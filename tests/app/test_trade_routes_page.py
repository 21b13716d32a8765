"""The trade routes page as a reader meets it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.charts import list_charts
from tests.opening import title_of

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


def test_default_view_says_who_can_close_the_route() -> None:
    page = opened()
    assert title_of(page).startswith("Torvia can close the Long route")
    captions = " ".join(str(item.value) for item in page.caption)
    assert "Model estimates" in captions
    assert "where 8 of 10 published times" in captions


def test_one_line_says_what_is_shown() -> None:
    text = words(opened(at="2021-06-15"))
    assert "Sund Harbour → Norland Harbour" in text
    assert "15 June 2021" in text
    assert "all services" not in text
    assert "container" in words(opened(at="2021-06-15", services="container"))


def test_map_and_days_stand_first_with_alt_text() -> None:
    page = opened()
    charts = list_charts(page)
    assert len(charts) == 2
    assert all(len(chart.alt) > 40 for chart in charts)


@pytest.mark.parametrize(("built", "charts"), [("time", 3), ("cost", 3), ("found", 4), ("legs", 2)])
def test_how_a_route_is_built_is_drawn_when_it_is_opened(built: str, charts: int) -> None:
    page = opened(built=built)
    assert len(list_charts(page)) == charts
    assert page.query_params["built"] in (built, [built])


def test_all_figures_are_a_table_that_says_that_they_are_estimates() -> None:
    text = words(opened(built="table"))
    assert "These are estimates" in text
    assert 'href="data"' in text


def test_picked_corridor_is_shown_leg_by_leg() -> None:
    page = opened(pick="lake", at="2021-06-15", built="legs")
    assert "The route, by ferry and rail, leg by leg" in words(page)
    assert "Lakeshore" in words(page)


def test_pick_that_does_not_join_the_places_gives_way() -> None:
    page = opened(pick="hill-line", built="legs")
    assert "leg by leg" in words(page)
    assert "The hill line, leg by leg" not in words(page)


@pytest.mark.parametrize(
    ("start", "end"), [("SU_PORT", "SU_PORT"), ("SU_PORT", "BE_POST"), ("BE_POST", "SU_PORT")]
)
def test_no_corridor_says_so_and_links_to_others(start: str, end: str) -> None:
    page = opened(**{"from": start, "to": end})
    assert f"from={start}" in words(page)
    charts = [chart.alt for chart in list_charts(page)]
    assert not any("branches" in alt for alt in charts)


def test_cut_corridor_says_where_since_when_and_who_controls_it() -> None:
    text = words(opened(at="2022-09-15", built="table"))
    assert "Norland City, since 30 August 2022" in text
    assert "controlled by Vestia, Norland" in text


def test_unknown_places_leave_a_notice() -> None:
    page = opened(**{"from": "<script>", "to": "NOWHERE"})
    assert "About this address" in words(page)
    assert title_of(page).startswith("Torvia can close")
