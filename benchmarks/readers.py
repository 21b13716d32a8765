"""A crowd of readers in a process of its own: `python -m benchmarks.readers PORT ...`.

Each reader holds a session, asks for one page after another, and thinks in between for a time that
is drawn. A line `{"readers": 100, "seconds": 20}` on the standard input sets how many there are and
watches them; the answer is a line of what was asked in that time and how long it took.
"""

import asyncio
import itertools
import json
import random
import statistics
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from benchmarks.server import PAGES

THINKING_S, LATE_S = 10, 1
SEED = 20250410
# The message that ends a run is tiny. Large ones are not decoded: the cores are the server's.
SMALL = 1000
SETTLING_S, LOOK_S = 4, 0.5
OPENINGS_A_SECOND = 40
# With this many times the late answers that are allowed, a window need not be watched to its end.
HOPELESS = 2
ALLOWED_LATE = 0.05


@dataclass(frozen=True)
class Window:
    """What was asked in a window.

    Attributes:
        asked: How many reruns.
        p50: Median seconds.
        p95: Seconds within which 95 of 100 were answered; what was not answered took for ever.
        broken: Sessions that broke.
    """

    asked: int
    p50: float
    p95: float
    broken: int


class Crowd:
    """Readers that come and go."""

    def __init__(self, ports: list[int]) -> None:
        self._ports = ports
        self._random = random.Random(SEED)
        self._readers: list[asyncio.Task[None]] = []
        self._numbers = itertools.count()
        self._waiting: dict[int, float] = {}
        self._taken: list[tuple[float, float]] = []
        self._broken = 0

    async def watch(self, readers: int, seconds: float) -> Window:
        """Let there be that many, and see how long what they ask from now on takes."""
        await self._become(readers)
        loop = asyncio.get_running_loop()
        self._taken.clear()
        self._broken, began = 0, loop.time()
        most = HOPELESS * ALLOWED_LATE * readers * seconds / THINKING_S
        while loop.time() < began + seconds and self._late(began) <= most:
            await asyncio.sleep(LOOK_S)
        ended = loop.time()
        await asyncio.sleep(LATE_S)
        return self._window(began, ended)

    async def _become(self, readers: int) -> None:
        """Open what is missing, as fast as people come through a door; hang up what is too much."""
        while len(self._readers) < readers:
            self._readers.append(asyncio.create_task(self._live(next(self._numbers))))
            await asyncio.sleep(1 / OPENINGS_A_SECOND)
        leaving, self._readers = self._readers[readers:], self._readers[:readers]
        for reader in leaving:
            reader.cancel()
        await asyncio.gather(*leaving, return_exceptions=True)
        await asyncio.sleep(SETTLING_S)

    async def _live(self, number: int) -> None:
        """One reader. The front sends each to a replica by a hash of a random cookie."""
        port = self._random.choice(self._ports)
        address = f"ws://127.0.0.1:{port}/_stcore/stream"
        pages = itertools.islice(itertools.cycle(PAGES), number % len(PAGES), None)
        while True:
            try:
                async with connect(
                    address,
                    subprotocols=["streamlit"],  # type: ignore[list-item]
                    max_size=None,
                    ping_interval=None,
                ) as socket:
                    for page in pages:
                        await asyncio.sleep(self._random.expovariate(1 / THINKING_S))
                        await self._ask(number, socket, page)
            except (OSError, WebSocketException):
                self._broken += 1
                await asyncio.sleep(1)

    async def _ask(self, number: int, socket: ClientConnection, page: str) -> None:
        message = BackMsg()
        message.rerun_script.page_name = page
        loop = asyncio.get_running_loop()
        self._waiting[number] = began = loop.time()
        try:
            await socket.send(message.SerializeToString())
            while not _is_end(await socket.recv(decode=False)):
                pass
            self._taken.append((began, loop.time() - began))
        finally:
            del self._waiting[number]

    def _open_since(self, since: float) -> list[float]:
        return [began for began in self._waiting.values() if began >= since]

    def _late(self, since: float) -> int:
        """How many of those asked since then are late by now."""
        now = asyncio.get_running_loop().time()
        answered = sum(took >= LATE_S for began, took in self._taken if began >= since)
        return answered + sum(now - began >= LATE_S for began in self._open_since(since))

    def _window(self, began: float, ended: float) -> Window:
        times = [took for start, took in self._taken if began <= start < ended]
        times += [float("inf") for start in self._open_since(began) if start < ended]
        times.sort()
        p95 = times[int(len(times) * (1 - ALLOWED_LATE))] if times else float("inf")
        p50 = statistics.median_low(times) if times else float("inf")
        return Window(asked=len(times), p50=p50, p95=p95, broken=self._broken)


def _is_end(raw: bytes) -> bool:
    if len(raw) > SMALL:
        return False
    answer = ForwardMsg()
    answer.ParseFromString(raw)
    return (
        answer.WhichOneof("type") == "script_finished"
        and answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
    )


async def obey() -> None:
    """Do what the lines of the standard input say, until it ends."""
    crowd = Crowd([int(port) for port in sys.argv[1:]])
    while line := await asyncio.to_thread(sys.stdin.readline):
        wanted = json.loads(line)
        found = await crowd.watch(wanted["readers"], wanted["seconds"])
        print(json.dumps(asdict(found)), flush=True)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(obey())
