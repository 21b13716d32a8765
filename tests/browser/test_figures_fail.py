"""A figure that cannot be drawn says so in words where it would stand, with its table below it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, open_table

Start = Callable[..., Visit]
WORDS = "This figure can’t be drawn here. Its table shows the same data."
SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        pytest.param("**/plotly-*.js", None, id="no bundle"),
        pytest.param("**/plotly-*.js", "<!doctype html>", id="a broken bundle", marks=SLOW),
        pytest.param("**/world_50m.json", None, id="no outlines", marks=SLOW),
        pytest.param("**/world_50m.json", "{}", id="broken outlines", marks=SLOW),
    ],
)
def test_it_says_so_in_words(small: str, visit: Start, asked: str, answer: str | None) -> None:
    visiting = visit()
    visiting.page.route(
        asked, lambda route: route.fulfill(body=answer) if answer else route.abort()
    )
    page = visiting.open(f"{small}/alliance_map")
    figure = page.locator(".st-key-figure-alliance-map .e-figure")
    expect(figure).to_have_attribute("data-state", "failed")
    expect(figure).to_have_text(WORDS)
    assert figure.bounding_box()["height"] > 100
    open_table(page)


@pytest.mark.slow
def test_the_rest_of_the_page_still_draws(small: str, visit: Start) -> None:
    visiting = visit()
    visiting.page.route("**/world_50m.json", lambda route: route.abort())
    visiting.open(f"{small}/alliance_map")
    page = visiting.page
    page.get_by_role("link", name="Timeline", exact=True).first.click()
    page.wait_for_url("**/timeline**")
    visiting.settle()
    expect(page.locator(".st-key-figure-timeline .e-figure")).to_have_attribute(
        "data-state", "drawn"
    )
