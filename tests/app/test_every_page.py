"""What holds for every page: it runs, it has one title, it survives any address."""

from typing import Any

import pytest

from tests.app.conftest import Open
from tests.charts import list_charts
from tests.opening import plain, title_of

PAGES = ["briefing", "alliance_map", "timeline", "trade_routes", "claims", "data"]


def text_of(app) -> str:
    return plain(" ".join(element.proto.body for element in app.get("html")))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_runs_and_says_one_thing_in_its_title(open_page: Open, name: str) -> None:
    app = open_page(name)
    assert not app.exception
    assert len(app.title) == 1
    assert len(title_of(app)) > 10


@pytest.mark.parametrize("name", PAGES)
def test_every_chart_has_an_alternative_text(open_page: Open, name: str) -> None:
    for chart in list_charts(open_page(name)):
        assert len(chart.alt) > 40
        assert "topojsonURL" in chart.spec["config"]


HOSTILE = [
    {"pick": "<img src=x onerror=alert(1)>"},
    {"at": "NaN"},
    {"at": "2025-02-30"},
    {"theme": "." * 50},
    {"lens": "\x00\u202e"},
    {"q": "=cmd|' /C calc'!A0"},
    {"x" * 200: "y" * 10_000},
    {"pick": ["k01", "k02"]},
    {"v": "999", "d": "0.0.0"},
    {"from": "Ã¼", "to": "%00"},
]


def each_page() -> list[Any]:
    """Every address with one page in turn, and with all others when there is time."""
    return [
        pytest.param(name, given, marks=() if n == place % len(PAGES) else pytest.mark.slow)
        for place, given in enumerate(HOSTILE)
        for n, name in enumerate(PAGES)
    ]


@pytest.mark.parametrize(("name", "parameters"), each_page())
def test_any_address_gives_a_notice_and_the_page(
    open_page: Open, name: str, parameters: dict
) -> None:
    app = open_page(name, **parameters)
    assert not app.exception
    assert len(app.title) == 1
    assert "About this address" in text_of(app)
    assert "<img" not in text_of(app)
