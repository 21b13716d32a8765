"""The main tasks by keyboard alone; at every stop one sees where one is, and none is a trap."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

Start = Callable[..., Visit]
FIRST = "Skip to main content"
# The most stops on the way to anything that a task needs.
FAR = 90
PAGES = [
    "",
    "alliance_map?pick=TUR",
    "timeline?pick=e036",
    "timeline?show=list",
    "trade_routes",
    "claims?q=Armenia",
    "claims?pick=c63&q=Armenia",
    "claims?show=scoreboard",
    "data",
    "?present=1&scene=gate&notes=on",
]
FOCUSABLE = "a[href], button, input, summary, [tabindex]"
# What has the focus, whether a reader sees it, and whether what had it before looks otherwise now.
STOP = """() => {
  const edges = (of) => {
    const {outlineStyle, outlineColor, boxShadow, borderColor} = getComputedStyle(of);
    return [outlineStyle === 'none' ? '' : outlineColor, boxShadow, borderColor];
  };
  const look = (of) => {  // a field in a frame shows the focus by its frame
    const frames = [of, of.parentElement, of.parentElement?.parentElement].filter(Boolean);
    return JSON.stringify(frames.map(edges));
  };
  const isSeen = (of) => {
    const box = of.getBoundingClientRect(), {visibility, opacity} = getComputedStyle(of);
    const points = [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]].map(
      ([across, down]) => [box.x + box.width * across, box.y + box.height * down]);
    const isUncovered = ([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top && (of.contains(top) || top.contains(of));
    };
    return box.width > 1 && box.height > 1 && visibility === 'visible' && opacity > 0
      && points.some(isUncovered);
  };
  const before = window.keyboardStop, of = document.activeElement;
  const wasMarked = !before?.of.isConnected || before.look !== look(before.of);
  const isStuck = !!before && before.of === of;
  const isEnd = !of || of === document.body;
  window.keyboardStop = isEnd ? null : {of, look: look(of)};
  const name = (of?.getAttribute('aria-label') || of?.innerText || of?.tagName).trim();
  return {isEnd, isStuck, wasMarked, isSeen: isEnd || isSeen(of), name: name.slice(0, 60)};
}"""


@dataclass
class Keyboard:
    """A reader without a mouse, who looks where the focus is at every stop."""

    visiting: Visit
    before: str = ""
    passed: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.visiting.page

    def open(self, address: str) -> None:
        # A transition would be looked at half way.
        self.page.emulate_media(reduced_motion="reduce")
        self.visiting.open(address)

    def tab(self, key: str = "Tab") -> bool:
        """Go on by one; False at the end of the page."""
        self.page.keyboard.press(key)
        stop = self.page.evaluate(STOP)
        assert not stop["isStuck"], f"{self.before!r} keeps the focus for itself"
        assert stop["wasMarked"], f"nothing shows that the focus is on {self.before!r}"
        assert stop["isSeen"], f"{stop['name']!r} has the focus and cannot be seen"
        self.before = stop["name"]
        self.passed.append(stop["name"])
        return not stop["isEnd"]

    def tab_to(self, name: str) -> None:
        """Go on until what has the focus is called so; one step further and back, to compare."""
        self.passed.clear()
        for _ in range(FAR):
            if self.tab() and re.search(name, self.before):
                break
        else:
            raise AssertionError(f"{name!r} is not reached: {self.passed}")
        self.tab()
        self.tab("Shift+Tab")
        assert re.search(name, self.before)

    def tab_through(self, key: str) -> None:
        """Go on to the end of the page, in no more steps than there is to step on."""
        most = self.page.locator(FOCUSABLE).count() + 1
        for _ in range(most):
            if not self.tab(key) or (key == "Shift+Tab" and self.before == FIRST):
                return
        raise AssertionError(f"no end after {most} stops, of late {self.passed[-5:]}")

    def press(self, key: str, *, until: str) -> None:
        """Press a key and wait until the address says what it did."""
        self.page.keyboard.press(key)
        self.page.wait_for_url(re.compile(until))
        self.visiting.settle()

    def is_at(self, name: str) -> bool:
        """Whether the focus has stayed where it was, though the page was written anew."""
        return bool(re.search(name, self.page.evaluate(STOP)["name"]))


@pytest.fixture
def keyboard(visit: Start) -> Keyboard:
    """In a new page: one that was tabbed through keeps where the focus of the browser is."""
    return Keyboard(visit(is_new=True))


def test_from_home_to_a_verdict_and_its_sources(server: str, keyboard: Keyboard) -> None:
    keyboard.open(server)
    keyboard.tab_to(FIRST)
    keyboard.page.keyboard.press("Enter")
    keyboard.tab_to("^c63$")
    keyboard.press("Enter", until="pick=c63")
    verdict = keyboard.page.locator(".e-assessments .e-verdict").first
    expect(verdict).to_have_text(re.compile("Supported"))
    source = keyboard.page.locator(".e-cited a").first
    keyboard.tab_to(f"^{re.escape(source.inner_text())}")
    assert source.evaluate("link => link === document.activeElement")


def test_a_lens_and_a_dossier_on_the_map(server: str, keyboard: Keyboard) -> None:
    keyboard.open(f"{server}/alliance_map")
    title = keyboard.page.locator("h1").inner_text()
    keyboard.tab_to("^Claim and record$")
    keyboard.page.keyboard.press("ArrowRight")
    keyboard.press("Space", until="lens=document")
    expect(keyboard.page.locator("h1")).not_to_have_text(title)
    keyboard.tab_to("^Details of$")
    keyboard.page.keyboard.press("ArrowDown")
    expect(keyboard.page.get_by_role("listbox")).to_be_visible()
    keyboard.page.keyboard.press("ArrowDown")
    keyboard.press("Enter", until=r"pick=(?!none)\w+")
    expect(keyboard.page.locator(".e-dossier h2").first).to_be_visible()
    assert keyboard.is_at("^Details of$")
    keyboard.tab_to(r"Table \(")


def test_a_briefing_is_begun_led_and_left(server: str, keyboard: Keyboard) -> None:
    keyboard.open(f"{server}/timeline")
    keyboard.tab_to("^Present$")
    keyboard.press("Enter", until="present=1")
    keyboard.tab_to("^Next ›")
    for scene in ("promises", "armenia"):  # from the scene of the page on
        keyboard.press("Enter", until=rf"scene={scene}\b")
        assert keyboard.is_at("^Next ›")
    keyboard.tab_to("^Exit")
    keyboard.page.keyboard.press("Enter")
    expect(keyboard.page.locator(".st-key-present-keys")).to_have_count(0)


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_every_stop_is_seen_and_marked_and_none_is_a_trap(
    server: str, keyboard: Keyboard, name: str
) -> None:
    keyboard.open(f"{server}/{name}")
    keyboard.tab_through("Tab")
    keyboard.tab_through("Shift+Tab")


@pytest.mark.slow
def test_so_it_is_in_a_narrow_window(server: str, visit: Start) -> None:
    keyboard = Keyboard(visit(width=320, height=568, is_new=True))
    keyboard.open(f"{server}/alliance_map")
    keyboard.tab_through("Tab")
    keyboard.tab_through("Shift+Tab")
