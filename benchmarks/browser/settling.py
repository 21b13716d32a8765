"""From a press of the mouse until the page it changes has settled.

Settled means: the script on the server is not running, and nothing has changed in the page for
eight turns of 50 ms. What counts is the frame in which the last change was painted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.browser.chromium import PATIENCE_MS, new_reader

TASKS = "TaskDuration"
WATCH = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Settled:
    """What a click took.

    Attributes:
        seconds: From the press to the frame that shows the last change.
        busy_s: Processor time of the browser's main thread meanwhile, which hardly depends on what
            else the machine does.
    """

    seconds: float
    busy_s: float


class Tab:
    """A tab of a new reader, watched from its first document on."""

    def __init__(self, browser: Browser) -> None:
        self._context = new_reader(browser)
        self._context.add_init_script(WATCH)
        self._page = self._context.new_page()
        self._metrics = self._context.new_cdp_session(self._page)
        self._metrics.send("Performance.enable", {"timeDomain": "threadTicks"})

    def open(self, address: str, *, sign: str) -> None:
        """Go to an address and wait until it has settled.

        Args:
            address: Where to go.
            sign: Selector of what a script writes last: one that has not begun is not running
                either.
        """
        self._page.goto(address)
        self._page.wait_for_selector(sign, state="attached")
        self._page.evaluate("settling.settled()")

    def come_forward(self) -> None:
        """Be the tab that is looked at: others are not painted."""
        self._page.bring_to_front()

    def click(self, target: str) -> None:
        """Click on an element and wait until the page has settled."""
        self._press(target)
        self._page.evaluate("settling.settled()")

    def time_click(
        self, target: str, *, before: Sequence[str] = (), share: float | None = None
    ) -> Settled:
        """Click on an element and measure.

        Args:
            target: Its selector.
            before: What has to be clicked first to come at it, such as the box of a list.
            share: Where on its width it is clicked, from 0 to 1; in its middle when None.

        Raises:
            RuntimeError: The click asked the server for nothing.
        """
        for selector in before:
            self.click(selector)
        self._page.evaluate("settling.forget()")
        busy_s = self._busy_s()
        self._press(target, share=share)
        seen = self._page.evaluate("settling.settled()")
        busy_s = self._busy_s() - busy_s
        if not seen["asked"] or seen["pressed"] is None:
            raise RuntimeError(f"a click on {target} at {self._page.url} asked for nothing")
        return Settled(seconds=(seen["shown"] - seen["pressed"]) / 1000, busy_s=busy_s)

    def close(self) -> None:
        """Close it, with all that its reader has kept."""
        self._context.close()

    def _press(self, target: str, *, share: float | None = None) -> None:
        """Press the mouse; by force, for marks of a figure lie below a sheet that takes it."""
        place, position = self._page.locator(target), None
        if share is not None and (box := place.bounding_box()):
            position = {"x": share * box["width"], "y": box["height"] / 2}
        place.click(force=True, no_wait_after=True, position=position, timeout=PATIENCE_MS / 3)

    def _busy_s(self) -> float:
        found = self._metrics.send("Performance.getMetrics")["metrics"]
        return float(next(metric["value"] for metric in found if metric["name"] == TASKS))
