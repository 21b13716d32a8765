"""The presenter's screen: driven by keys through all scenes, nothing cut off, at both sizes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from entente.address.views import scenes
from entente.dossier.store import Dossier
from tests.browser.conftest import Visit

Start = Callable[..., Visit]
SIZES = [(1280, 720), pytest.param(1920, 1080, marks=pytest.mark.slow)]
WHOLE = """() => {
  const main = document.querySelector('[data-testid=stMain]'), out = [];
  if (main.scrollHeight > main.clientHeight) out.push('page too high');
  if (main.scrollWidth > main.clientWidth) out.push('page too wide');
  const keys = document.querySelector('.st-key-present-keys').getBoundingClientRect();
  if (keys.bottom > innerHeight || keys.right > innerWidth) out.push('keys cut off');
  const shown = document.querySelector('.st-key-present .js-plotly-plot, .st-key-present table');
  const box = shown.getBoundingClientRect();
  if (box.bottom > keys.top + 1) out.push('figure runs under the keys');
  if (box.height < innerHeight * 0.1) out.push('figure too small');
  const beside = document.querySelector('.e-present-beside')?.getBoundingClientRect();
  if (beside && !(beside.left >= box.right - 1 || beside.top >= box.bottom - 1))
    out.push('key runs into the figure');
  if (beside && beside.bottom > keys.top + 1) out.push('key runs under the keys');
  return out;
}"""
# The smallest letter on screen as a share of its height: the last row of a room must read it.
SMALLEST = """() => Math.min(...[...document.querySelectorAll(
    '.st-key-present .js-plotly-plot text, .e-present-head *, .e-present-beside *, .e-table *')]
  .filter(of => of.textContent.trim() && of.getClientRects().length
                && !of.closest('.e-unseen'))
  .map(of => {
    const plot = of.closest('.js-plotly-plot');
    const by = plot ? plot.getBoundingClientRect().width / plot.offsetWidth : 1;
    return parseFloat(getComputedStyle(of).fontSize) * by;
  })) / innerHeight"""
LEAST_SHARE = 1 / 60


def at_scene(page: Page, scene_id: str) -> None:
    """Wait until the address and the heading are those of a scene."""
    page.wait_for_url(re.compile(rf"scene={scene_id}\b"))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_keys_lead_through_all_scenes_and_nothing_is_cut_off(
    server: str, visit: Start, dossier: Dossier, width: int, height: int
) -> None:
    visiting = visit(width=width, height=height)
    page = visiting.open(f"{server}/?present=1")
    titles = dossier["scenes"].set_index("scene_id")["title"]
    order = scenes(dossier)
    for number, scene_id in enumerate(order, start=1):
        at_scene(page, scene_id)
        expect(page.locator("h1")).to_have_text(titles[scene_id])
        expect(page.locator(".e-present-count")).to_contain_text(f"{number} of {len(order)}")
        visiting.settle()
        assert page.evaluate(WHOLE) == [], scene_id
        assert page.evaluate(SMALLEST) >= LEAST_SHARE, scene_id
        assert page.locator('[data-testid="stException"]').count() == 0
        page.keyboard.press(["ArrowRight", "PageDown", "Space"][number % 3])
    page.keyboard.press("PageUp")
    at_scene(page, order[-2])
    visiting.settle()
    page.keyboard.press("ArrowLeft")
    at_scene(page, order[-3])
    assert visiting.foreign == []
    assert visiting.errors == []


def test_the_room_gets_a_key_and_the_names_of_numbered_ways(server: str, visit: Start) -> None:
    page = visit().open(f"{server}/?present=1&scene=ties")
    expect(page.locator(".e-present-key li", has_text="Diplomacy").locator("img")).to_be_visible()
    page.goto(f"{server}/?present=1&scene=route")
    ways = page.locator(".e-present-routes tbody tr")
    expect(ways).to_have_count(7)
    expect(ways.first).to_contain_text("Suez")


def test_notes_black_screen_and_the_way_out(server: str, visit: Start) -> None:
    visiting = visit()
    page = visiting.open(f"{server}/?present=1&scene=gate")
    page.keyboard.press("n")
    expect(page.locator(".e-present-notes")).to_be_visible()
    expect(page.locator(".e-sources li").first).to_be_attached()
    visiting.settle()
    page.keyboard.press("b")
    expect(page.locator(".e-present-black")).to_be_attached()
    visiting.settle()
    page.keyboard.press("b")
    expect(page.locator(".e-present-black")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-present-keys")).to_have_count(0)
    expect(page.get_by_test_id("stTopNavLink").first).to_be_visible()


def test_a_scene_is_reached_from_the_list(server: str, visit: Start) -> None:
    page = visit().open(f"{server}/?present=1")
    page.get_by_role("button", name="Scenes").click()
    page.get_by_role("button", name=re.compile("Who could close it")).click()
    at_scene(page, "gate")


LETTERS_ON_BARS = """() => {
  const bars = [...document.querySelectorAll('.barlayer path')]
    .map((of) => of.getBoundingClientRect()).filter((box) => box.width > 2);
  const isOn = (box) => bars.some((bar) => box.left < bar.right && bar.left < box.right
    && box.top + 4 < bar.bottom && bar.top < box.bottom - 4);
  return [...document.querySelectorAll('.st-key-present .js-plotly-plot text')]
    .filter((of) => of.textContent.trim() && isOn(of.getBoundingClientRect()))
    .map((of) => of.textContent);
}"""


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_with_notes_below_no_name_runs_into_a_bar(
    server: str, visit: Start, width: int, height: int
) -> None:
    page = visit(width=width, height=height).open(f"{server}/?present=1&scene=gate&notes=on")
    assert page.locator(".barlayer path").count() > 2
    assert page.evaluate(LETTERS_ON_BARS) == []
    assert page.locator(".e-present-notes").is_visible()
