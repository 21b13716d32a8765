"""A real server and a real browser, on what ships: today’s dataset.

Every request that leaves the host is written down.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from entente.dossier.store import Dossier
from tests.conftest import SMALL
from tools import browsing
from tools.serving import serve_app

TABLE = '[class*="st-key-fold-table"]'
Scheme = Literal["light", "dark"]


@pytest.fixture(scope="session")
def data(live_data: Path) -> Path:
    return live_data


@pytest.fixture(scope="session")
def dossier(live_dossier: Dossier) -> Dossier:
    return live_dossier


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with serve_app() as address:
        yield address


@pytest.fixture(scope="session")
def small() -> Iterator[str]:
    """The app with the small dossier of the tests."""
    with serve_app(data=SMALL) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with browsing.open_browser() as started:
        yield started


@dataclass
class Visit:
    """A browser page, and what it did behind our back."""

    page: Page
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        """Go there and wait until the script has run and every chart has been drawn."""
        browsing.visit(self.page, address)
        return self.page

    def settle(self) -> Page:
        """Wait until nothing runs and nothing is being drawn."""
        browsing.settle(self.page)
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


def open_table(page: Page) -> None:
    """Open the table under the first figure and wait for its rows."""
    page.locator(f"{TABLE} summary").first.click()
    page.locator(f"{TABLE} tbody tr").first.wait_for()


def _note(url: str, visit: Visit) -> None:
    if not re.match(r"(https?|wss?)://(localhost|127\.0\.0\.1)[:/]|data:|blob:|about:", url):
        visit.foreign.append(url)
