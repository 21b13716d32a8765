"""The app as it is served, and as a headless browser shows it: what tools that look at it share."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from entente.settings import HOME

IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
# What a script writes last: the head of a printed sheet, the presenter's keys, the way out of a
# frame, or the fault report.
LAST = ".e-sheet, .st-key-present-more-keys button, .e-open-whole, .e-faults"
# Every figure is drawn that is near enough to be seen; every figure at all is drawn.
DRAWN = """() => [...document.querySelectorAll('[data-testid^="stBidiComponent"]')].every(
  (of) => of.querySelector(':is([data-state=drawn], [data-state=far], [data-state=failed])'))"""
ALL_DRAWN = """() => [...document.querySelectorAll('.e-figure')].every(
  (place) => place.dataset.state === 'drawn')"""
# Everything was asked for and has come: nothing new for half a second.
QUIET = """() => {
  const count = performance.getEntriesByType('resource').length, now = performance.now();
  if (document.readyState !== 'complete' || window.quietCount !== count) {
    window.quietCount = count;
    window.quietSince = now;
  }
  return now - window.quietSince > 500;
}"""
WAIT_MS = 180_000


@contextmanager
def serve_app() -> Iterator[str]:
    """Serve the app with its own dataset on a free port; yields its address once it listens.

    Raises:
        RuntimeError: It did not start; the message holds what it printed.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "0"],
        cwd=HOME,
        env={**os.environ, "ENTENTE_DATA": str(HOME / "data")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        printed = []
        for line in process.stdout:
            printed.append(line)
            if found := re.search(r"://[^:/\s]+:(\d+)", line):
                yield f"http://localhost:{found[1]}"
                return
        raise RuntimeError("the server did not start:\n" + "".join(printed))
    finally:
        process.terminate()
        process.wait()


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Chromium without a window.

    Raises:
        FileNotFoundError: There is no Chromium.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        raise FileNotFoundError("Chromium is missing: sh tests/browser/install-chromium.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
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
    page.locator('[data-testid="stSkeleton"]').first.wait_for(state="detached")
    page.wait_for_function(DRAWN)


def draw_all(page: Page) -> None:
    """Have figures drawn that are far below, as before printing."""
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.wait_for_function(ALL_DRAWN)
