"""Marks that answer: to keys in reading order, to the mouse, and to fingers that miss a little."""

from collections.abc import Callable
from itertools import pairwise
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.matrix import mostly_slow
from tools.browsing import IDLE

Start = Callable[..., Visit]
# Page to the key of a figure whose marks can be picked.
FIGURES = {
    "alliance_map": "alliance-map",
    "timeline": "timeline",
    "trade_routes": "corridor-map",
}


def find_spot(figure: Locator) -> tuple[float, float]:
    """Where the first mark that is a point is on screen, as its ring shows."""
    figure.get_by_role("application").focus()
    figure.page.keyboard.press("Home")
    spots = figure.locator(".e-ring-at circle")
    for _ in range(30):
        if spots.count():
            break
        figure.page.keyboard.press("ArrowRight")
    box = spots.first.bounding_box()
    assert box
    figure.page.keyboard.press("Escape")
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def open_figure(visiting: Visit, address: str, key: str) -> Locator:
    page = visiting.open(address)
    figure = page.locator(f".st-key-figure-{key} .e-figure")
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_attribute("data-state", "drawn")
    return figure


def pick_of(page: Page) -> str:
    return parse_qs(urlparse(page.url).query)["pick"][0]


def ring(figure: Locator, kind: str) -> Locator:
    return figure.locator(f".e-ring-{kind}")


@pytest.mark.parametrize("path", mostly_slow(FIGURES, "trade_routes"))
def test_keys_go_from_mark_to_mark_and_pick(small: str, visit: Start, path: str) -> None:
    visiting = visit()
    figure = open_figure(visiting, f"{small}/{path}", FIGURES[path])
    page, said = visiting.page, figure.get_by_role("status")
    assert figure.get_by_role("application").count() == 1
    figure.get_by_role("application").focus()
    expect(said).to_be_empty()
    heard = []
    for key in ("Home", "ArrowRight", "ArrowRight", "ArrowLeft", "End", "ArrowRight", "Home"):
        page.keyboard.press(key)
        expect(ring(figure, "at")).to_have_count(1)
        heard.append(said.inner_text())
    first, second, third, back, last, beyond, home = heard
    assert len({first, second, third}) == 3
    assert (back, beyond, home) == (second, last, first)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "pick=" in url and "pick=none" not in url)
    visiting.settle()
    assert visiting.errors == []


def hear(figure: Locator) -> list[list[str]]:
    """What is said of each mark, in lines, from the first to the last."""
    figure.get_by_role("application").focus()
    said, key, heard = figure.get_by_role("status"), "Home", []
    while True:
        figure.page.keyboard.press(key)
        text = said.inner_text()
        if heard and heard[-1] == text:
            return [one.splitlines() for one in heard]
        heard.append(text)
        key = "ArrowRight"


def test_keys_go_from_a_state_along_its_tie_to_the_other(small: str, visit: Start) -> None:
    figure = open_figure(visit(), f"{small}/alliance_map", "alliance-map")
    (first, *_), (tie, *_), (second, *_), (next_tie, *_), *_ = hear(figure)
    assert set(tie.split("–")) == {first, second}
    assert second in next_tie.split("–")


@pytest.mark.slow
def test_keys_go_along_a_corridor_leg_by_leg(small: str, visit: Start) -> None:
    address = f"{small}/trade_routes?from=SU_PORT&to=NO_PORT&pick=river"
    figure = open_figure(visit(), address, "corridor-map")
    legs = [(lines[0], *lines[1].split(" – ")) for lines in hear(figure) if len(lines) > 2]
    own = [leg for leg in legs if leg[0] == legs[0][0]]
    assert len(own) > 3
    assert legs[: len(own)] == own
    assert all(one[2] == other[1] for one, other in pairwise(own))


@pytest.mark.slow
def test_each_date_of_an_event_is_a_stop(small: str, visit: Start) -> None:
    figure = open_figure(visit(), f"{small}/timeline", "timeline")
    first, second, *_ = hear(figure)
    assert first[0] != second[0]
    assert first[1] == second[1]


@pytest.mark.parametrize(
    ("path", "camera"),
    mostly_slow(
        [("alliance_map", "8_52_41"), ("timeline", "2021-01-15_2021-03-15")],
        ("alliance_map", "8_52_41"),
    ),
)
def test_keys_go_to_what_is_in_sight(small: str, visit: Start, path: str, camera: str) -> None:
    visiting = visit()
    address = (
        f"{small}/{path}?frame=all&actor=all&" if path == "alliance_map" else f"{small}/{path}?"
    )
    whole = hear(open_figure(visiting, address, FIGURES[path]))
    visiting.page.goto("about:blank")
    part = hear(open_figure(visiting, f"{address}camera={camera}", FIGURES[path]))
    assert 0 < len(part) < len(whole)
    assert [one for one in whole if one in part] == part


@pytest.mark.parametrize("path", mostly_slow(FIGURES, "timeline"))
def test_a_figure_is_one_stop_that_says_what_it_is(small: str, visit: Start, path: str) -> None:
    visiting = visit()
    figure = open_figure(visiting, f"{small}/{path}", FIGURES[path])
    assert len(figure.get_attribute("aria-label") or "") > 40
    assert figure.get_attribute("role") == "figure"
    stop = figure.get_by_role("application")
    stop.focus()
    visiting.page.keyboard.press("End")
    visiting.page.keyboard.press("Escape")
    expect(figure.get_by_role("status")).to_be_empty()
    expect(ring(figure, "at")).to_have_count(0)
    expect(stop).to_be_focused()
    visiting.page.keyboard.press("Tab")
    expect(stop).not_to_be_focused()
    assert figure.evaluate("(of) => !of.contains(document.activeElement)")


@pytest.mark.slow
def test_figures_without_picks_are_no_stop(small: str, visit: Start) -> None:
    page = visit().open(f"{small}/timeline?show=tempo")
    expect(page.locator(".e-figure")).to_have_attribute("data-state", "drawn")
    scenes = visit().open(f"{small}/?present=1")
    assert scenes.locator(".e-figure [tabindex]").count() == 0


def test_the_live_region_says_hover_texts_as_text(small: str, visit: Start) -> None:
    figure = open_figure(visit(), f"{small}/alliance_map", "alliance-map")
    figure.get_by_role("application").focus()
    figure.page.keyboard.press("Home")
    heard = figure.get_by_role("status").inner_text()
    assert heard
    assert "<" not in heard
    hostile = "<b>Bold</b> &lt;img src=x onerror=alert(1)&gt;<img src=y>"
    figure.locator(".e-plot").evaluate(
        "(plot, text) => plot.data.forEach((trace) => { trace.hovertext = text; })", hostile
    )
    figure.locator(".e-plot").evaluate("(plot) => window.Plotly.redraw(plot)")
    figure.page.keyboard.press("End")
    expect(figure.get_by_role("status")).to_have_text("Bold <img src=x onerror=alert(1)>")
    assert figure.locator("img").count() == 0


def test_a_tap_beside_a_mark_picks_it_and_says_what_it_is(small: str, visit: Start) -> None:
    visiting = visit(width=390, height=844, has_touch=True)
    figure = open_figure(visiting, f"{small}/alliance_map", "alliance-map")
    x, y = find_spot(figure)
    visiting.page.touchscreen.tap(x - 12, y + 12)
    visiting.page.wait_for_url(lambda url: "pick=" in url and "pick=none" not in url)
    visiting.settle()
    assert figure.get_by_role("status").inner_text() != ""
    assert visiting.errors == []


@pytest.mark.slow
def test_the_mouse_sees_a_hand_and_a_ring_over_a_mark(small: str, visit: Start) -> None:
    visiting = visit()
    figure = open_figure(visiting, f"{small}/alliance_map", "alliance-map")
    address = visiting.page.url
    x, y = find_spot(figure)
    visiting.page.mouse.move(x, y, steps=3)
    expect(ring(figure, "over")).to_have_count(1)
    cursor = "([x, y]) => getComputedStyle(document.elementFromPoint(x, y)).cursor"
    assert visiting.page.evaluate(cursor, [x, y]) == "pointer"
    assert visiting.page.url == address
    visiting.page.mouse.click(x, y)
    visiting.page.wait_for_url(lambda url: "pick=" in url and "pick=none" not in url)
    expect(ring(figure, "picked")).to_have_count(1)


def test_a_row_that_is_picked_has_one_box_around_its_marks(small: str, visit: Start) -> None:
    visiting = visit()
    figure = open_figure(visiting, f"{small}/trade_routes", "corridor-ranges")
    first = pick_of(visiting.page)
    expect(ring(figure, "picked")).to_have_count(0)  # what is put forward unasked has none
    figure.get_by_role("application").focus()
    visiting.page.keyboard.press("End")
    visiting.page.keyboard.press("Enter")
    visiting.page.wait_for_url(lambda url: f"pick={first}" not in url)
    visiting.page.wait_for_selector(IDLE)
    expect(ring(figure, "picked").locator("path")).to_have_count(1)
    expect(ring(figure, "picked").locator("circle")).to_have_count(0)
    assert visiting.errors == []
