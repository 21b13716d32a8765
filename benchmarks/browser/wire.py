"""Bytes over the wire of a first and a second visit to each page, HTTP and WebSocket together."""

import time

from playwright.sync_api import BrowserContext

from benchmarks.browser.chromium import chromium, new_reader
from benchmarks.link import Link, link
from benchmarks.processes import pack, replica
from benchmarks.server import PAGES
from benchmarks.table import Row, at_most
from tools.browsing import IDLE

# What a script of ours writes last: one that has not begun is not running either.
LAST = ".e-sheet"
# Every figure is drawn that is near enough to be seen.
DRAWN = """() => [...document.querySelectorAll('.e-figure')].every(
  (place) => ['drawn', 'far'].includes(place.dataset.state))"""
MOST_KB = {"first": 1300, "second": 25}
QUIET_S = 0.5


def rows() -> list[Row]:
    """Two rows a page: what a browser gets the first time, and when it comes again."""
    pack()
    found = []
    with replica() as app, link(app.port) as wire, chromium() as browser:
        for page in PAGES:
            context = new_reader(browser)
            for visit, most in MOST_KB.items():
                down, up = _visited(context, wire, page)
                found.append(
                    Row(
                        what=f"{visit} visit, {page or 'briefing'}",
                        ours=down,
                        unit="kB",
                        bars=(at_most(most, is_of_ours=True),),
                        note=f"and {up:.0f} kB sent",
                    )
                )
            context.close()
    return found


def _visited(context: BrowserContext, wire: Link, page: str) -> tuple[float, float]:
    """Kilobytes got and sent from opening a tab to everything drawn."""
    time.sleep(QUIET_S)  # what the tab before it still had to say is not of this visit
    before = wire.down, wire.up
    tab = context.new_page()
    tab.goto(f"http://127.0.0.1:{wire.port}/{page}")
    tab.wait_for_selector(LAST, state="attached")
    tab.wait_for_selector(IDLE)
    tab.wait_for_load_state("networkidle")
    tab.wait_for_function(DRAWN)
    time.sleep(QUIET_S)  # what still comes after everything is drawn is of this visit
    after = wire.down, wire.up
    tab.close()
    return (after[0] - before[0]) / 1000, (after[1] - before[1]) / 1000
