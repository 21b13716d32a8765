"""The three main tasks by keyboard alone, and at every stop one sees where one is."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

Start = Callable[..., Visit]
MOST_STOPS = 120
# What stands where the keyboard is: its name, whether it can be seen, and whether it or what frames
# it, looks otherwise than without the keyboard.
HERE = """() => {
  const of = document.activeElement;
  if (!of || of === document.body) return null;
  of.scrollIntoView({block: 'nearest'});
  const box = of.getBoundingClientRect();
  const frames = [of];
  while (frames.length < 5 && frames.at(-1).parentElement) frames.push(frames.at(-1).parentElement);
  const looks = () => JSON.stringify(frames.map(one => {
    const {outline, boxShadow, borderColor, backgroundColor} = getComputedStyle(one);
    return [outline, boxShadow, borderColor, backgroundColor];
  }));
  const withKeyboard = looks();
  of.blur();
  const without = looks();
  of.focus();
  return {
    name: (of.getAttribute('aria-label') || of.textContent || of.tagName).trim().slice(0, 60),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    marked: withKeyboard !== without,
  };
}"""


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until what has the focus is named so; every stop on the way can be seen."""
    page.emulate_media(reduced_motion="reduce")  # or a look is compared half way to its change
    seen = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here is None:
            continue
        seen.append(here["name"])
        assert here["seen"], f"{here['name']!r} has the focus and cannot be seen"
        assert here["marked"], f"{here['name']!r} has the focus and shows nothing"
        if re.search(wanted, here["name"]):
            return
    raise AssertionError(f"{wanted!r} is not reached: {seen}")


def test_from_home_to_a_verdict_and_its_sources(server: str, visit: Start) -> None:
    visiting = visit()
    page = visiting.open(server)
    tab_to(page, r"^Claims$")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/claims"))
    visiting.settle()
    tab_to(page, r"^c01$")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"pick=c01"))
    visiting.settle()
    expect(page.locator(".e-assessments li").first).to_contain_text("Supported")
    tab_to(page, r"Business Recorder")


def test_the_lens_and_a_dossier_on_the_map(server: str, visit: Start) -> None:
    visiting = visit()
    page = visiting.open(f"{server}/alliance_map")
    tab_to(page, r"^(Both|Document)$")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.wait_for_url(re.compile(r"lens=document"))
    visiting.settle()
    tab_to(page, r"Dossier of")
    page.keyboard.type("Türkiye")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"pick=TUR"))


def test_a_briefing_is_begun_led_and_left(server: str, visit: Start) -> None:
    visiting = visit()
    page = visiting.open(f"{server}/timeline")
    tab_to(page, r"^Present$")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"present=1"))
    for scene in ("held", "visits", "promises"):
        visiting.settle()
        page.keyboard.press("ArrowRight")
        page.wait_for_url(re.compile(rf"scene={scene}\b"))
    visiting.settle()
    page.keyboard.press("n")
    expect(page.locator(".e-present-notes")).to_be_visible()
    visiting.settle()
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-present-keys")).to_have_count(0)
