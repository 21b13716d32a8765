"""A link of known width and delay between a browser and a server on this machine, and its meter.

Everything passes it, the WebSocket too, which a browser's own throttling leaves alone. All
connections share the width of a direction, as on a phone's link. Delay is added once each way.
"""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

PIECE = 16_384
BITS = 8
Pieces = asyncio.Queue[tuple[float, bytes]]


@dataclass(kw_only=True)
class Link:
    """A link that is up.

    Attributes:
        to: Port of the server.
        seconds_a_byte: How long the link is busy with each; 0 when it is as wide as it goes.
        one_way_s: Delay of each direction in seconds.
        port: Where browsers connect.
        down: Bytes that browsers have got so far, as they went over the wire.
        up: Bytes that they have sent.
    """

    to: int
    seconds_a_byte: float = 0
    one_way_s: float = 0
    port: int = 0
    down: int = 0
    up: int = 0
    _free_at: dict[str, float] = field(default_factory=lambda: {"down": 0.0, "up": 0.0})

    async def open(self) -> None:
        """Begin to listen."""
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Let go of every connection, so that none is left when the loop is gone."""
        held = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in held:
            task.cancel()
        await asyncio.gather(*held, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.CancelledError):  # the link is closed; asyncio would complain
            server_reader, server_writer = await asyncio.open_connection("127.0.0.1", self.to)
            await asyncio.gather(
                self._carry(reader, server_writer, "up"), self._carry(server_reader, writer, "down")
            )

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: str
    ) -> None:
        """Take in no more than the link holds: the sender has to wait, as it would."""
        loop, pieces = asyncio.get_running_loop(), Pieces()
        handing_on = asyncio.create_task(_deliver(pieces, writer))
        with suppress(ConnectionError):
            while piece := await reader.read(PIECE):
                through = self._passed(piece, way, loop.time())
                await pieces.put((through + self.one_way_s, piece))
                if (ahead := through - loop.time()) > 0:
                    await asyncio.sleep(ahead)
        await pieces.put((loop.time() + self.one_way_s, b""))
        await asyncio.gather(handing_on, return_exceptions=True)

    def _passed(self, piece: bytes, way: str, now: float) -> float:
        """Count a piece; gives when it is through the narrow part."""
        setattr(self, way, getattr(self, way) + len(piece))
        begins = max(now, self._free_at[way])
        self._free_at[way] = begins + len(piece) * self.seconds_a_byte
        return self._free_at[way]


async def _deliver(pieces: Pieces, writer: asyncio.StreamWriter) -> None:
    """Hand on each piece when it is due."""
    loop = asyncio.get_running_loop()
    while True:
        due, piece = await pieces.get()
        if (wait := due - loop.time()) > 0:
            await asyncio.sleep(wait)
        if not piece:
            break
        writer.write(piece)
        await writer.drain()
    writer.close()


@contextmanager
def link(to: int, *, megabits: float = 0, one_way_s: float = 0) -> Iterator[Link]:
    """Put a link before a port of this machine.

    Args:
        to: Port of the server.
        megabits: Width of each direction in Mbit/s; 0 for as wide as it goes.
        one_way_s: Delay of each direction in seconds; half of a round trip.
    """
    seconds_a_byte = BITS / (megabits * 1e6) if megabits else 0
    found = Link(to=to, seconds_a_byte=seconds_a_byte, one_way_s=one_way_s)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(found.open(), loop).result()
        yield found
    finally:
        asyncio.run_coroutine_threadsafe(found.close(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
