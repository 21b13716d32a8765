"""A real server and a real browser, on what ships: today’s dataset.

Every request that leaves the host is written down.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from entente.dossier.store import Dossier
from tests.shared_servers import address_of
from tools import browsing

TABLE = '[class*="st-key-fold-table"]'
Scheme = Literal["light", "dark"]
Screen = tuple[int, int, Scheme, bool]  # width, height, appearance, whether it is touched


@pytest.fixture(scope="session")
def data(live_data: Path) -> Path:
    return live_data


@pytest.fixture(scope="session")
def dossier(live_dossier: Dossier) -> Dossier:
    return live_dossier


@pytest.fixture(scope="session")
def server() -> str:
    return address_of("live")


@pytest.fixture(scope="session")
def small() -> str:
    """The app with the small dossier of the tests."""
    return address_of("small")


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


@pytest.fixture(scope="session")
def kept_contexts() -> dict[Screen, BrowserContext]:
    """A context of the browser for each kind of screen, kept to the end of the run.

    So scripts and fonts are fetched and compiled once, as by a reader who comes back.
    """
    return {}


@pytest.fixture
def visit(
    browser: Browser, kept_contexts: dict[Screen, BrowserContext], server: str, small: str
) -> Iterator[Callable[..., Visit]]:
    """Readers of the app, of whom none knows anything of another, or of those of other tests."""
    with ExitStack() as ending:

        def open_context(screen: Screen) -> BrowserContext:
            kept = kept_contexts.get(screen)
            if kept and not kept.pages:
                return kept
            width, height, scheme, has_touch = screen
            size: ViewportSize = {"width": width, "height": height}
            made = browser.new_context(viewport=size, color_scheme=scheme, has_touch=has_touch)
            if kept:  # by another reader of this test
                ending.callback(made.close)
            else:
                kept_contexts[screen] = made
            return made

        def start(
            *,
            width: int = 1280,
            height: int = 720,
            scheme: Scheme = "light",
            has_touch: bool = False,
        ) -> Visit:
            context = open_context((width, height, scheme, has_touch))
            page = context.new_page()
            ending.callback(_close_pages, context)
            _forget(page, server, small)
            visit = Visit(page)
            page.set_default_timeout(60_000)
            page.on("request", lambda request: _note(request.url, visit))
            page.on("pageerror", lambda error: visit.errors.append(str(error)))
            return visit

        yield start


def _close_pages(context: BrowserContext) -> None:
    for page in context.pages:
        page.close()


def _forget(page: Page, *addresses: str) -> None:
    """Have a page's context lose what these sites stored in it, but for files."""
    session = page.context.new_cdp_session(page)
    for address in addresses:
        stored = {"origin": address, "storageTypes": "cookies,local_storage"}
        session.send("Storage.clearDataForOrigin", stored)
    session.detach()


def open_table(page: Page) -> None:
    """Open the table under the first figure and wait for its rows."""
    page.locator(f"{TABLE} summary").first.click()
    page.locator(f"{TABLE} tbody tr").first.wait_for()


def _note(url: str, visit: Visit) -> None:
    if not re.match(r"(https?|wss?)://(localhost|127\.0\.0\.1)[:/]|data:|blob:|about:", url):
        visit.foreign.append(url)
