"""What a reader has moved to stands in the address, and a second reader sees the same part."""

import datetime as dt
import io
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import CDPSession, Locator, expect

from entente.address.codec import quote
from tests.browser.conftest import Visit
from tests.matrix import mostly_slow

Start = Callable[..., Visit]
FIGURES = {"alliance_map": "alliance-map", "timeline": "timeline"}
LOOK = """(plot) => {
  const {geo, xaxis, xaxis2} = plot._fullLayout;
  return geo ? [geo.projection.scale, geo.center.lon, geo.center.lat]
    : [xaxis2, xaxis].find((of) => of?.type === 'date').range.map((day) => day.slice(0, 10));
}"""
SMOOTHING = 96  # of 256 shades
MOVED_FROM = f"""([before, key]) => {{
  const plot = document.querySelector(`.st-key-figure-${{key}} .e-plot`);
  return JSON.stringify(({LOOK})(plot)) !== JSON.stringify(before);
}}"""


def open_figure(visiting: Visit, address: str, path: str) -> Locator:
    figure = visiting.open(address).locator(f".st-key-figure-{FIGURES[path]} .e-figure")
    expect(figure).to_have_attribute("data-state", "drawn")
    return figure


def look(figure: Locator) -> list[Any]:
    found: list[Any] = figure.locator(".e-plot").evaluate(LOOK)
    return found


def picture(figure: Locator) -> Image.Image:
    """The figure as it is on screen once nothing moves, without where mouse and focus are."""
    page = figure.page
    page.evaluate("document.activeElement.blur()")
    expect(figure.locator(".e-rings")).to_be_empty()
    expect(page.locator(".hoverlayer > *")).to_have_count(0)
    shots = [b"", figure.locator(".e-plot").screenshot(animations="disabled")]
    while shots[-1] != shots[-2]:
        shots.append(figure.locator(".e-plot").screenshot(animations="disabled"))
    return Image.open(io.BytesIO(shots[-1])).convert("RGB")


def is_alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures are the same but for how the edges of letters are smoothed."""
    ends = ImageChops.difference(one, other).getextrema()
    return one.size == other.size and max(most for _, most in ends) < SMOOTHING


def in_address(visiting: Visit) -> str:
    visiting.page.wait_for_url(re.compile("camera="))
    visiting.settle()
    return visiting.page.url


@pytest.mark.parametrize("path", mostly_slow(FIGURES, "alliance_map"))
def test_a_link_shows_the_same_part(small: str, visit: Start, path: str) -> None:
    visiting = visit()
    figure = open_figure(visiting, f"{small}/{path}", path)
    named = look(figure)
    expect(figure.get_by_role("button", name="Reset view")).to_be_hidden()
    figure.get_by_role("button", name="Zoom in").click()
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
    visiting.page.mouse.move(0, 0)
    again = visit()
    other = open_figure(again, link, path)
    assert look(other) == moved
    assert is_alike(picture(other), picture(figure))
    assert again.page.url == link
    shown = picture(other)
    other.get_by_role("button", name="Reset view").click()
    again.page.wait_for_url(lambda address: "camera=" not in address)
    assert look(other) == named
    assert not is_alike(picture(other), shown)
    assert visiting.errors == again.errors == []


@pytest.mark.slow
def test_another_span_is_seen_as_it_is_named(small: str, visit: Start) -> None:
    visiting = visit()
    open_figure(visiting, f"{small}/timeline?camera=2021-03-01_2021-09-01", "timeline")
    in_address(visiting)
    visiting.page.locator(".st-key-TimelineView-zoom").get_by_role("radio").last.click()
    visiting.page.wait_for_url(lambda address: "camera=" not in address)


@pytest.mark.parametrize(
    ("path", "camera", "said"),
    mostly_slow(
        [
            ("alliance_map", "4_500_20", "shows no part of the map"),
            ("alliance_map", "<b>", "shows no part of the map"),
            ("timeline", "2021-01-01_soon", "shows no part of the timeline"),
            ("timeline", "1021-01-01_1022-01-01", "shows no part of the timeline"),
        ],
        ("alliance_map", "<b>", "shows no part of the map"),
    ),
)
def test_a_camera_that_shows_nothing_is_said(
    small: str, visit: Start, path: str, camera: str, said: str
) -> None:
    visiting = visit()
    figure = open_figure(visiting, f"{small}/{path}?camera={camera}", path)
    expect(visiting.page.get_by_text(f"“{quote(camera)}” {said}")).to_be_visible()
    assert "camera" not in visiting.page.url
    expect(figure.get_by_role("button", name="Reset view")).to_be_hidden()


@pytest.mark.parametrize("path", mostly_slow(FIGURES, "timeline"))
def test_keys_enlarge_move_and_reset(small: str, visit: Start, path: str) -> None:
    visiting = visit()
    figure, press = open_figure(visiting, f"{small}/{path}", path), visiting.page.keyboard.press
    named = look(figure)
    stop = figure.get_by_role("application", name="Shift with arrow keys moves the view")
    stop.focus()
    press("+")
    in_address(visiting)
    enlarged = look(figure)
    press("Shift+ArrowRight")
    visiting.page.wait_for_function(MOVED_FROM, arg=[enlarged, FIGURES[path]])
    moved = look(figure)
    if path == "timeline":
        assert str(named[0]) < str(enlarged[0]) < str(moved[0])
    else:
        assert moved[0] == enlarged[0] > named[0]
        assert moved[1] > enlarged[1]
        press("Shift+ArrowDown")
        visiting.page.wait_for_function(MOVED_FROM, arg=[moved, FIGURES[path]])
        assert look(figure)[2] < moved[2]
    expect(stop).to_be_focused()
    press("0")
    visiting.page.wait_for_url(lambda address: "camera=" not in address)
    assert look(figure) == named


@pytest.mark.slow
def test_no_key_comes_nearer_than_a_week(small: str, visit: Start) -> None:
    visiting = visit()
    figure = open_figure(visiting, f"{small}/timeline?camera=2021-03-01_2021-03-12", "timeline")
    figure.get_by_role("application").focus()
    for _ in range(4):
        visiting.page.keyboard.press("+")
    visiting.page.wait_for_url(lambda address: "camera=2021-03-01_2021-03-12" not in address)
    link = in_address(visiting)
    first, last = map(dt.date.fromisoformat, look(figure))
    assert last - first == dt.timedelta(days=7)
    assert f"camera={first}_{last}" in link


Spots = Sequence[tuple[float, float]]


def touch(session: CDPSession, kind: str, spots: Spots) -> None:
    points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(spots)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def middle_of(figure: Locator) -> tuple[float, float]:
    box = figure.locator(".e-plot").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + min(box["height"] / 2, 200)


@pytest.mark.slow
@pytest.mark.parametrize("path", mostly_slow(FIGURES, "alliance_map"))
def test_two_fingers_enlarge_the_figure_and_not_the_page(
    small: str, visit: Start, path: str
) -> None:
    visiting = visit(width=390, height=844, has_touch=True)
    figure = open_figure(visiting, f"{small}/{path}", path)
    named = look(figure)
    session = visiting.page.context.new_cdp_session(visiting.page)
    x, y = middle_of(figure)
    touch(session, "touchStart", [(x - 30, y)])
    touch(session, "touchStart", [(x - 30, y), (x + 30, y)])
    for step in range(1, 5):
        touch(session, "touchMove", [(x - 30 - 15 * step, y), (x + 30 + 15 * step, y)])
    touch(session, "touchEnd", [])
    link = in_address(visiting)
    if path == "timeline":
        assert str(named[0]) < str(look(figure)[0]) < str(look(figure)[1]) < str(named[1])
    else:
        assert look(figure)[0] == pytest.approx(3, abs=0.05)
    assert visiting.page.evaluate("visualViewport.scale") == 1
    assert "pick=none" in link
    x, y = middle_of(figure)
    touch(session, "touchStart", [(x - 120, y)])
    touch(session, "touchStart", [(x - 120, y), (x + 120, y)])
    for step in range(1, 5):
        touch(session, "touchMove", [(x - 120 + 22 * step, y), (x + 120 - 22 * step, y)])
    touch(session, "touchEnd", [])
    visiting.page.wait_for_url(lambda address: "camera=" not in address)
    assert look(figure) == named
    assert visiting.errors == []


@pytest.mark.slow
@pytest.mark.parametrize("path", mostly_slow(FIGURES, "alliance_map"))
def test_one_finger_scrolls_the_page_over_an_enlarged_figure(
    small: str, visit: Start, path: str
) -> None:
    visiting = visit(width=390, height=844, has_touch=True)
    camera = {"alliance_map": "3_53_37", "timeline": "2021-02-01_2021-11-30"}[path]
    figure = open_figure(visiting, f"{small}/{path}?camera={camera}", path)
    before = look(figure)
    session = visiting.page.context.new_cdp_session(visiting.page)
    x, y = middle_of(figure)
    touch(session, "touchStart", [(x, y)])
    for step in range(1, 16):
        touch(session, "touchMove", [(x, y - 10 * step)])
    touch(session, "touchEnd", [])
    visiting.page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop > 50")
    assert look(figure) == before
    assert f"camera={camera}" in visiting.page.url


@pytest.mark.parametrize(
    ("scene", "seen"), [("change", [2, 50, 38]), ("lanes", ["2021-01-01", "2021-09-30"])]
)
def test_the_presenter_looks_where_the_scene_does(
    small: str, visit: Start, scene: str, seen: list[Any]
) -> None:
    page = visit().open(f"{small}/?present=1&scene={scene}")
    assert look(page.locator(".e-figure")) == seen
    expect(page.get_by_role("button", name="Zoom in")).to_have_count(0)
