"""What a reader has moved to stands in the address, and a second reader sees the same part."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit

Start = Callable[..., Visit]
FIGURES = {"alliance_map": "alliance-map", "timeline": "timeline"}
LOOK = """(plot) => {
  const {geo, xaxis, xaxis2} = plot._fullLayout;
  return geo ? [geo.projection.scale, geo.center.lon, geo.center.lat]
    : [xaxis2, xaxis].find((of) => of?.type === 'date').range.map((day) => day.slice(0, 10));
}"""


def open_figure(visiting: Visit, address: str, path: str) -> Locator:
    figure = visiting.open(address).locator(f".st-key-figure-{FIGURES[path]} .e-figure")
    expect(figure).to_have_attribute("data-state", "drawn")
    return figure


def look(figure: Locator) -> list[object]:
    found: list[object] = figure.locator(".e-plot").evaluate(LOOK)
    return found


def in_address(visiting: Visit) -> str:
    visiting.page.wait_for_url(re.compile("camera="))
    visiting.settle()
    return visiting.page.url


@pytest.mark.parametrize("path", FIGURES)
def test_a_link_shows_the_same_part(small: str, visit: Start, path: str) -> None:
    visiting = visit()
    figure = open_figure(visiting, f"{small}/{path}", path)
    named = look(figure)
    expect(figure.get_by_role("button", name="Reset view")).to_be_hidden()
    figure.get_by_role("button", name="Enlarge").click()
    first = in_address(visiting)
    box = figure.locator(".e-plot").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 3
    visiting.page.mouse.move(x, y)
    visiting.page.mouse.down()
    visiting.page.mouse.move(x - 60, y - 30, steps=4)
    visiting.page.mouse.up()
    visiting.page.wait_for_url(lambda address: "camera=" in address and address != first)
    link = in_address(visiting)
    assert "pick=none" in link
    moved = look(figure)
    assert moved != named
    again = visit()
    other = open_figure(again, link, path)
    assert look(other) == moved
    assert again.page.url == link
    other.get_by_role("button", name="Reset view").click()
    again.page.wait_for_url(lambda address: "camera=" not in address)
    assert look(other) == named
    assert visiting.errors == again.errors == []


def test_another_span_is_seen_as_it_is_named(small: str, visit: Start) -> None:
    visiting = visit()
    open_figure(visiting, f"{small}/timeline?camera=2021-03-01_2021-09-01", "timeline")
    in_address(visiting)
    visiting.page.locator(".st-key-TimelineView-zoom").get_by_role("radio").last.click()
    visiting.page.wait_for_url(lambda address: "camera=" not in address)


def test_a_camera_beyond_the_earth_is_said(small: str, visit: Start) -> None:
    visiting = visit()
    open_figure(visiting, f"{small}/alliance_map?camera=4_500_20", "alliance_map")
    expect(visiting.page.get_by_text("“4_500_20” shows no part of the map")).to_be_visible()
    assert "camera" not in visiting.page.url


def test_keys_enlarge_and_reset(small: str, visit: Start) -> None:
    visiting = visit()
    figure = open_figure(visiting, f"{small}/alliance_map", "alliance_map")
    figure.get_by_role("application").focus()
    visiting.page.keyboard.press("+")
    in_address(visiting)
    visiting.page.keyboard.press("0")
    visiting.page.wait_for_url(lambda address: "camera=" not in address)
