"""Chromium, and how long it takes from an address to something on the page, with nothing kept."""

import statistics
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager

from playwright.sync_api import Browser, BrowserContext

from tools.browsing import open_browser

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
# Plotly names its element so wherever it draws; paths are there once outlines have come.
MAP = ".js-plotly-plot .geo path"
PATIENCE_MS = 60_000


def chromium() -> AbstractContextManager[Browser]:
    """Debian's Chromium, without a window."""
    return open_browser(FLAGS)


def new_reader(browser: Browser) -> BrowserContext:
    """A browser that has seen nothing yet."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.set_default_timeout(PATIENCE_MS)
    return context


def seconds_to(browser: Browser, address: str, *, sign: str = MAP) -> float:
    """From the address to the sign of what is waited for, as a new reader.

    The page looks for it whenever it is painted: who waits for a selector looks twice a second.
    """
    context = new_reader(browser)
    page = context.new_page()
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function("sign => document.querySelector(sign)", arg=sign)
    taken = time.perf_counter() - started
    context.close()
    return taken


def medians(
    browser: Browser, pages: Mapping[str, tuple[str, str]], *, rounds: int
) -> dict[str, float]:
    """Median seconds of each page, all in turn, so that noise meets all alike.

    Args:
        browser: Where they are opened.
        pages: Name to address and sign.
        rounds: How often each is opened and timed; once more before that.
    """
    taken: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(1 + rounds):
        for name, (address, sign) in pages.items():
            taken[name].append(seconds_to(browser, address, sign=sign))
    return {name: statistics.median(times[1:]) for name, times in taken.items()}
