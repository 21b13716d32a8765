"""How many readers one process holds, and two and three: 95 of 100 reruns within a second.

The readers are a process of their own, on the same cores as the replicas, and go straight to
replicas as the front would send them. The largest crowd is found by doubling, then by halving the
gap between the last that was held and the first that was not.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field

from benchmarks.processes import replica
from benchmarks.readers import LATE_S, THINKING_S, Window
from benchmarks.server import PAGES, ROOT, Session
from benchmarks.table import Row, at_least

REPLICAS = (1, 2, 3)
# One process: no fewer than before figures were drawn by an element of our own.
BARS = {1: (at_least(120),), 3: (at_least(1.7),)}
WINDOW_S, BUDGET_S = 20, 90
LONGEST_STEP_S = WINDOW_S + 10
FINE_ENOUGH = 0.08
LEAST = 8
# Where to begin: how busy a process then is, and how much more several hold than one.
BUSY, MORE = 0.3, 1.5
Watch = Callable[[int], Window]


@dataclass
class Search:
    """The largest crowd that is held, so far.

    Attributes:
        size: What to try next.
        held: The largest that was.
        failed: The smallest that was not; None as long as all were.
        p95: Seconds within which 95 of 100 were answered, of the largest that was held.
    """

    size: int
    held: int = 0
    failed: int | None = None
    p95: float = field(default=0, kw_only=True)

    def learn(self, found: Window) -> None:
        """Take in what came of the crowd that was tried."""
        if found.p95 < LATE_S and not found.broken:
            self.held, self.p95 = self.size, found.p95
        else:
            self.failed = self.size
        self.size = self.held * 2 if self.failed is None else (self.held + self.failed) // 2

    @property
    def is_over(self) -> bool:
        """Whether the gap is small enough."""
        if self.failed is None:
            return False
        return self.size < LEAST or self.failed - self.held <= self.failed * FINE_ENOUGH


def rows() -> list[Row]:
    """One row a number of replicas."""
    with ExitStack() as stack:
        ports = [stack.enter_context(replica()).port for _ in range(max(REPLICAS))]
        rerun_s = max(_warmed(port) for port in ports)
        found: dict[int, Search] = {}
        for count in REPLICAS:
            first = found[1].held * MORE if found else THINKING_S / rerun_s * BUSY
            with _readers(ports[:count]) as watch:
                found[count] = _largest(watch, first=max(int(first), LEAST))
    return [_row(count, found[count], found[1]) for count in REPLICAS]


def _row(count: int, found: Search, one: Search) -> Row:
    beyond = f"{found.failed} not" if found.failed else "not tried beyond"
    return Row(
        what=f"readers held by {count} process{'es' if count > 1 else ' (floor of the next)'}",
        ours=found.held,
        floor=one.held if count > 1 else None,
        bars=BARS.get(count, ()),
        note=f"p95 {found.p95 * 1000:.0f} ms; {beyond}",
    )


def _warmed(port: int) -> float:
    """Mean seconds of a warm rerun, after each page was shown twice."""
    with closing(Session(port)) as session:
        for page in PAGES * 2:
            session.rerun(page=page)
        return sum(session.rerun(page=page) for page in PAGES) / len(PAGES)


def _largest(watch: Watch, *, first: int) -> Search:
    """Try crowds within a budget of time, which matters more than the last reader."""
    found, until = Search(first), time.monotonic() + BUDGET_S
    while not found.is_over and time.monotonic() + LONGEST_STEP_S / 2 < until:
        window = watch(found.size)
        _say(found.size, window)
        found.learn(window)
    return found


def _say(size: int, window: Window) -> None:
    said = f"p50 {window.p50:.3f} s, p95 {window.p95:.3f} s, {window.broken} broken"
    print(f"  {size} readers: {window.asked} reruns, {said}", file=sys.stderr, flush=True)


@contextmanager
def _readers(ports: list[int]) -> Iterator[Watch]:
    """A crowd before these replicas."""
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.readers", *map(str, ports)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asking, answers = process.stdin, process.stdout

        def watch(readers: int) -> Window:
            print(json.dumps({"readers": readers, "seconds": WINDOW_S}), file=asking, flush=True)
            return Window(**json.loads(answers.readline()))

        yield watch
        process.kill()
