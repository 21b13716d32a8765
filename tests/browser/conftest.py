"""A real server and a real browser, on what ships: today’s dataset.

Every request that leaves the host is written down.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from entente.dossier.store import Dossier
from tests.shared_servers import address_of
from tools import browsing

TABLE = '[class*="st-key-fold-table"]'
Scheme = Literal["light", "dark"]
Device = tuple[bool, int]  # whether it is touched, and its pixels to one of a style sheet


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

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Write down requests that leave the host, and errors of scripts."""
        watched = {
            "request": lambda request: _note(request.url, self),
            "pageerror": lambda error: self.errors.append(str(error)),
        }
        for event, note in watched.items():
            self.page.on(event, note)
        yield
        for event, note in watched.items():
            self.page.remove_listener(event, note)


@pytest.fixture(scope="session")
def kept_pages() -> dict[Device, list[Page]]:
    """Pages of the browser that no test has at the moment, by the device that shows them.

    Kept to the end of the run, so that scripts and fonts are fetched and compiled once: a new page
    takes twice the time of one that has shown the app before.
    """
    return defaultdict(list)


@pytest.fixture
def visit(
    browser: Browser, kept_pages: dict[Device, list[Page]], server: str, small: str
) -> Iterator[Callable[..., Visit]]:
    """Readers of the app, of whom none knows anything of another, or of those of other tests.

    A test that does to its page what cannot be undone, such as adding a script or taking over a web
    socket, asks for one that is new and goes with it.
    """
    with ExitStack() as ending:

        def put_back(device: Device, page: Page) -> None:
            _forget(page, server, small)
            kept_pages[device].append(page)

        def start(
            *,
            width: int = 1280,
            height: int = 720,
            scheme: Scheme = "light",
            has_touch: bool = False,
            scale: int = 1,
            is_new: bool = False,
        ) -> Visit:
            device = (has_touch, scale)
            if is_new or not kept_pages[device]:
                page = _open_page(browser, device)
            else:
                page = kept_pages[device].pop()
            if is_new:
                ending.callback(page.context.close)
            else:
                ending.callback(put_back, device, page)
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(media="null", color_scheme=scheme, reduced_motion="no-preference")
            visit = Visit(page)
            ending.enter_context(visit.watching())
            return visit

        yield start


def _open_page(browser: Browser, device: Device) -> Page:
    has_touch, scale = device
    page = browser.new_context(has_touch=has_touch, device_scale_factor=scale).new_page()
    page.set_default_timeout(60_000)
    return page


def _forget(page: Page, *addresses: str) -> None:
    """Have a page lose its history and what these sites stored in it, but for files."""
    for other in page.context.pages:
        if other is not page:
            other.close()
    page.unroute_all()
    page.mouse.move(-1, -1)
    for address in addresses:
        page.goto(f"{address}/_stcore/health")
        page.evaluate("sessionStorage.clear(); localStorage.clear()")
    page.context.clear_cookies()
    session = page.context.new_cdp_session(page)
    session.send("Page.resetNavigationHistory")
    session.detach()


def open_table(page: Page) -> None:
    """Open the table under the first figure and wait for its rows."""
    page.locator(f"{TABLE} summary").first.click()
    page.locator(f"{TABLE} tbody tr").first.wait_for()


def _note(url: str, visit: Visit) -> None:
    if not re.match(r"(https?|wss?)://(localhost|127\.0\.0\.1)[:/]|data:|blob:|about:", url):
        visit.foreign.append(url)
