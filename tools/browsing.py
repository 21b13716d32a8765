"""Pages as a headless browser shows them, for the tools, tests and benchmarks that look at them."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Whoever drives a browser has it note where errors come from, for which V8 would parse the
    # whole of Plotly anew. No reader waits for that.
    "--js-flags=--no-enable-lazy-source-positions",
]
IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
# What a script writes last: the head of a printed sheet, the presenter's keys, the way out of a
# frame, or the fault report. A script that has not begun is not running either.
LAST = ".e-sheet, .st-key-present-go button, .e-open-whole, .e-faults"
# Every figure is drawn that is near enough to be seen; every figure at all is drawn.
DRAWN = """() => [...document.querySelectorAll('[data-testid^="stBidiComponent"]')].every(
  (of) => of.querySelector(':is([data-state=drawn], [data-state=far], [data-state=failed])'))"""
ALL_DRAWN = """() => [...document.querySelectorAll('.e-figure')].every(
  (place) => place.dataset.state === 'drawn')"""
# Everything was asked for and has come: nothing new for half a second. Playwright’s own count of
# open requests was seen to stay above none on a page that was whole.
QUIET = """() => {
  const count = performance.getEntriesByType('resource').length, now = performance.now();
  if (document.readyState !== 'complete' || window.quietCount !== count) {
    window.quietCount = count;
    window.quietSince = now;
  }
  const isQuiet = now - window.quietSince > 500;
  if (isQuiet) delete window.quietCount;  // who waits again begins anew
  return isQuiet;
}"""
WAIT_MS = 180_000


@contextmanager
def open_browser(flags: Sequence[str] = FLAGS) -> Iterator[Browser]:
    """Chromium without a window.

    Raises:
        FileNotFoundError: There is no Chromium.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        raise FileNotFoundError("Chromium is missing: sh tests/browser/install-chromium.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield browser
        browser.close()


def visit(page: Page, address: str) -> None:
    """Open an address and wait until what can be seen is there."""
    page.goto(address)
    settle(page)


def settle(page: Page) -> None:
    """Wait until no script runs and every figure is drawn that is near enough to be seen."""
    page.wait_for_selector(LAST, state="attached")
    page.wait_for_selector(IDLE)
    page.wait_for_function(QUIET)
    page.wait_for_selector(IDLE)  # after a click the script begins a moment later
    page.locator('[data-testid="stSkeleton"]').first.wait_for(state="detached")
    page.wait_for_function(DRAWN)


def draw_all(page: Page) -> None:
    """Have figures drawn that are far below, as before printing."""
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.wait_for_function(ALL_DRAWN)
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
