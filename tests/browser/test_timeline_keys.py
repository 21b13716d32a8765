"""The timeline by keyboard: from event to event, in the figure and in the list."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

Start = Callable[..., Visit]
NAMES = '.st-key-figure-timeline text[style*="names-{}"]'


def pick_of(page: Page) -> str:
    return parse_qs(urlparse(page.url).query)["pick"][0]


def press(visiting: Visit, key: str, *, until: str) -> None:
    visiting.page.keyboard.press(key)
    visiting.page.wait_for_url(f"**pick={until}**")
    visiting.settle()


def test_keys_step_through_the_events_and_back(server: str, visit: Start) -> None:
    visiting = visit()
    page = visiting.open(f"{server}/timeline?zoom=year&pick=e036")
    expect(page.get_by_text("Shortcut N").or_(page.get_by_label("Shortcut N"))).to_be_visible()
    press(visiting, "n", until="e037")
    expect(page.locator("article.e-event h2")).to_contain_text("Shehbaz Sharif in Baku")
    press(visiting, "p", until="e036")
    expect(page.locator("article.e-event h2")).to_contain_text("seventh strategic council")
    assert visiting.errors == []


def test_what_is_picked_is_told_on_the_first_screen(server: str, visit: Start) -> None:
    width, height = 1280, 720
    page = visit(width=width, height=height).open(f"{server}/timeline?pick=e036")
    box = page.locator("article.e-event h2").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= height, box


@pytest.mark.slow
def test_keys_work_from_the_list(server: str, visit: Start) -> None:
    visiting = visit()
    page = visiting.open(f"{server}/timeline?zoom=year&show=list&pick=e036")
    press(visiting, "n", until="e037")
    expect(page.locator('li[aria-current="true"]')).to_contain_text("Shehbaz Sharif in Baku")
    page.locator('li a:has-text("Jabbarov")').click()
    page.wait_for_url("**pick=e040**")
    visiting.settle()
    expect(page.locator('li[aria-current="true"]')).to_contain_text("Jabbarov")


@pytest.mark.slow
def test_letters_that_are_typed_do_not_step(server: str, visit: Start) -> None:
    visiting = visit()
    page = visiting.open(f"{server}/timeline?zoom=year&pick=e036")
    page.get_by_role("button", name="Change", exact=True).click()
    page.get_by_role("combobox").first.click()
    page.keyboard.type("pn")
    page.keyboard.press("Escape")
    visiting.settle()
    assert pick_of(page) == "e036"


@pytest.mark.slow
def test_names_stand_where_there_is_room_for_them(server: str, visit: Start) -> None:
    wide = visit().open(f"{server}/timeline?zoom=year")
    expect(wide.locator(NAMES.format("wide")).first).to_be_visible()
    expect(wide.locator(NAMES.format("narrow")).first).to_be_hidden()
    narrow = visit(width=390, height=844).open(f"{server}/timeline?zoom=year")
    expect(narrow.locator(NAMES.format("narrow")).first).to_be_visible()
    expect(narrow.locator(NAMES.format("wide")).first).to_be_hidden()


def test_no_two_names_overlap_on_screen(server: str, visit: Start) -> None:
    for zoom in ("all", "year", "since"):
        page = visit(width=1280).open(f"{server}/timeline?zoom={zoom}")
        expect(page.locator(NAMES.format("wide")).first).to_be_visible()
        boxes = page.eval_on_selector_all(
            NAMES.format("wide"),
            "found => found.map(e => e.getBoundingClientRect()).map(b => [b.x, b.y, b.right, "
            "b.bottom])",
        )
        assert len(boxes) > 10
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                apart = (
                    one[2] <= other[0]
                    or other[2] <= one[0]
                    or one[3] <= other[1] + 4
                    or other[3] <= one[1] + 4
                )
                assert apart, (zoom, one, other)
