"""What a reader feels: from a click to the settled page, warm, in Chromium.

The floor is a click of the same kind on a plain Streamlit page with one chart, made in turn with
ours. A first round, in which everything is drawn for the first time, does not count.
"""

import statistics
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.browser.chromium import chromium
from benchmarks.browser.journeys import (
    DAY,
    LAST,
    SHARES,
    Click,
    Journey,
    list_journeys,
    mark,
    option_of,
    page_link,
)
from benchmarks.browser.settling import Tab
from benchmarks.peers import serve_streamlit, share_figure
from benchmarks.processes import Running, pack, replica
from benchmarks.table import Row, at_most

ROUNDS = 5
MOST_OF_FLOOR = 1.2
FLOOR_SIGN = ".last"
FLOORS = {
    "page": [Click("", page_link(name)) for name in ("Second", "First")],
    "choice": [Click("", option_of("choice", number)) for number in (1, 0)],
    "slider": [Click("", DAY, share=share) for share in SHARES],
    "mark": [Click("", mark(".st-key-chart", number)) for number in (8, 16)],
}


@dataclass(frozen=True)
class Kind:
    """What clicks of a kind are held to.

    Attributes:
        most_s: Seconds from the click to the settled page.
        floor: Which click of the plain page is of this kind.
    """

    most_s: float
    floor: str


KINDS = {
    "page": Kind(0.6, "page"),
    "mode": Kind(0.5, "choice"),
    "lens": Kind(0.3, "choice"),
    "day": Kind(0.3, "slider"),
    "theme": Kind(0.3, "choice"),
    "pick": Kind(0.3, "mark"),
    "hindrance": Kind(0.5, "choice"),
}


@dataclass(frozen=True)
class Taken:
    """What one click took: see `Settled`; and what the server computed meanwhile, in seconds."""

    seconds: float
    browser_s: float
    server_s: float


def rows(kind: str, *, rounds: int = ROUNDS) -> list[Row]:
    """A row for each thing that clicks of a kind lead to.

    Args:
        kind: One of `KINDS`.
        rounds: How often each click is timed; once more before that.
    """
    pack()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        environment = {**share_figure(Path(folder)), "SCRIPT": "plain_clicks.py"}
        plain = stack.enter_context(serve_streamlit("plain_streamlit.py", environment))
        ours = stack.enter_context(replica())
        browser = stack.enter_context(chromium())
        floor = Traveller(browser, plain, _make_floor(KINDS[kind].floor), sign=FLOOR_SIGN)
        found: list[Row] = []
        for journey in list_journeys():
            if journey.kind == kind:
                with closing(Traveller(browser, ours, journey, sign=LAST)) as traveller:
                    found += _compare(traveller, floor, rounds=rounds)
        return found


def _make_floor(name: str) -> Journey:
    """The clicks of the plain page that are a floor."""
    return Journey(kind="floor", start="", clicks=tuple(FLOORS[name]))


class Traveller:
    """Makes the clicks of a journey in a tab of its own, round by round."""

    def __init__(self, browser: Browser, app: Running, journey: Journey, *, sign: str) -> None:
        self.journey = journey
        self._tab, self._app, self._sign = Tab(browser), app, sign
        self._rounds, self._opened = 0, ""

    def go_round(self) -> dict[str, list[Taken]]:
        """Make every click once; gives what each took by the row that it counts for."""
        self._tab.come_forward()
        self._rounds += 1
        path = self.journey.start.format(turn=self._rounds)
        address = f"http://127.0.0.1:{self._app.port}/{path}"
        if address != self._opened:
            self._tab.open(address, sign=self._sign)
            for selector in self.journey.opening:
                self._tab.click(selector)
            self._opened = address
        taken = defaultdict(list)
        for one in self.journey.clicks:
            taken[one.what].append(self._take(one))
        return taken

    def _take(self, one: Click) -> Taken:
        before = self._app.busy_s()
        found = self._tab.time_click(one.target, before=one.before, share=one.share)
        server_s = self._app.busy_s() - before
        return Taken(found.seconds, found.busy_s, server_s)

    def close(self) -> None:
        """Close the tab."""
        self._tab.close()


def _compare(ours: Traveller, floor: Traveller, *, rounds: int) -> list[Row]:
    """Both in turn, so that what else the machine does meets both; the first round warms up."""
    taken: dict[str, list[Taken]] = defaultdict(list)
    base: list[Taken] = []
    for turn in range(1 + rounds):
        found, plain = ours.go_round(), floor.go_round()
        if turn:
            for what, ones in found.items():
                taken[what] += ones
            base += chain.from_iterable(plain.values())
    most = KINDS[ours.journey.kind].most_s
    return [
        Row(
            what=f"click, {what}",
            ours=_median(ones, "seconds"),
            floor=_median(base, "seconds"),
            unit="s",
            bars=(at_most(most, is_of_ours=True), at_most(MOST_OF_FLOOR)),
            note=f"processor time {_work(ones)} s; floor {_work(base)}",
        )
        for what, ones in taken.items()
    ]


def _work(ones: Sequence[Taken]) -> str:
    """Processor time of the browser's main thread and of the server."""
    return f"{_median(ones, 'browser_s'):.2f} + {_mean(ones, 'server_s'):.2f}"


def _median(ones: Sequence[Taken], name: str) -> float:
    return statistics.median(getattr(one, name) for one in ones)


def _mean(ones: Sequence[Taken], name: str) -> float:
    """For what is counted in steps of 10 ms, of which a median could only be a whole number."""
    return statistics.fmean(getattr(one, name) for one in ones)
