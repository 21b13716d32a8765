"""A real server and a real browser, on what ships: today’s dataset.

Every request that leaves the host is written down.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from entente.dossier.store import Dossier
from tests.conftest import SMALL

ROOT = Path(__file__).resolve().parent.parent.parent
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
TABLE = '[class*="st-key-fold-table"]'
IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
# What a script writes last: the head of a printed sheet, the presenter's keys, the way out of a
# frame, or the fault report. A script that has not begun is not running either.
LAST = ".e-sheet, .st-key-present-more-keys button, .e-open-whole, .e-faults"

# Every figure is drawn that is near enough to be seen.
DRAWN = """() => [...document.querySelectorAll('[data-testid^="stBidiComponent"]')].every(
  (of) => of.querySelector(':is([data-state=drawn], [data-state=far], [data-state=failed])'))"""
ALL_DRAWN = """() => [...document.querySelectorAll('.e-figure')].every(
  (place) => place.dataset.state === 'drawn')"""

Scheme = Literal["light", "dark"]

# Everything was asked for and has come: nothing new for half a second. Playwright’s own count of
# open requests was seen to stay above none on a page that was whole.
QUIET = """() => {
  const count = performance.getEntriesByType('resource').length, now = performance.now();
  if (document.readyState !== 'complete' || window.quietCount !== count) {
    window.quietCount = count;
    window.quietSince = now;
  }
  return now - window.quietSince > 500;
}"""


@contextmanager
def serving(script: Path, **environment: str) -> Iterator[str]:
    """Serve a script on a free port; yields the address that the server prints when it listens."""
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", "0"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if found := re.search(r"://[^:/\s]+:(\d+)", line):
                yield f"http://localhost:{found[1]}"
                break
        else:
            raise RuntimeError("the server did not start:\n" + "".join(lines))
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="session")
def data(live_data: Path) -> Path:
    return live_data


@pytest.fixture(scope="session")
def dossier(live_dossier: Dossier) -> Dossier:
    return live_dossier


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with serving(ROOT / "app.py", ENTENTE_DATA=str(ROOT / "data")) as address:
        yield address


@pytest.fixture(scope="session")
def small() -> Iterator[str]:
    """The app with the small dossier of the tests."""
    with serving(ROOT / "app.py", ENTENTE_DATA=str(SMALL)) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path, "Chromium is missing: sh tests/browser/install-chromium.sh"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@dataclass
class Visit:
    """A browser page, and what it did behind our back."""

    page: Page
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        """Go there and wait until the script has run and every chart has been drawn."""
        self.page.goto(address)
        return self.settle()

    def settle(self) -> Page:
        """Wait until nothing runs and nothing is being drawn."""
        self.page.wait_for_selector(LAST, state="attached")
        self.page.wait_for_selector(IDLE)
        self.page.wait_for_function(QUIET)
        self.page.locator('[data-testid="stSkeleton"]').first.wait_for(state="detached")
        self.page.wait_for_function(DRAWN)
        return self.page


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    contexts = []

    def start(
        *,
        width: int = 1280,
        height: int = 720,
        scheme: Scheme = "light",
        has_touch: bool = False,
    ) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, has_touch=has_touch
        )
        contexts.append(context)
        visit = Visit(context.new_page())
        visit.page.set_default_timeout(60_000)
        visit.page.on("request", lambda request: _note(request.url, visit))
        visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
        return visit

    yield start
    for context in contexts:
        context.close()


def draw_all(page: Page) -> None:
    """Have figures drawn that are far below, as before printing."""
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.wait_for_function(ALL_DRAWN)
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")


def open_table(page: Page) -> None:
    """Open the table under the first figure and wait for its rows."""
    page.locator(f"{TABLE} summary").first.click()
    page.locator(f"{TABLE} tbody tr").first.wait_for()


def _note(url: str, visit: Visit) -> None:
    if not re.match(r"(https?|wss?)://(localhost|127\.0\.0\.1)[:/]|data:|blob:|about:", url):
        visit.foreign.append(url)
