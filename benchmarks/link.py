"""A link of known width and delay between a browser and a server on this machine, and its meter.

Everything passes it, the WebSocket too, which a browser's own throttling leaves alone. All
connections share the width of a direction, as on a phone's link. Delay is added once each way.
"""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

PIECE = 16_384
BITS = 8


@dataclass
class Link:
    """A link that is up.

    Attributes:
        port: Where browsers connect.
        down: Bytes that browsers have got so far, as they went over the wire.
        up: Bytes that they have sent.
    """

    port: int = 0
    down: int = 0
    up: int = 0
    _free_at: dict[str, float] = field(default_factory=lambda: {"down": 0.0, "up": 0.0})

    def _passed(self, way: str, count: int) -> None:
        setattr(self, way, getattr(self, way) + count)


@contextmanager
def link(to: int, *, megabits: float = 0, one_way_s: float = 0) -> Iterator[Link]:
    """Put a link before a port of this machine.

    Args:
        to: Port of the server.
        megabits: Width of each direction in Mbit/s; 0 for as wide as it goes.
        one_way_s: Delay of each direction in seconds; half of a round trip.
    """
    found = Link()
    loop = asyncio.new_event_loop()
    ready = threading.Event()

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: str) -> None:
        """Read without waiting; hand on each piece when the link has let it through."""
        pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                due, piece = await pieces.get()
                if (wait := due - loop.time()) > 0:
                    await asyncio.sleep(wait)
                if not piece:
                    break
                writer.write(piece)
                await writer.drain()
            writer.close()

        handing_on = asyncio.ensure_future(deliver())
        try:
            while piece := await reader.read(PIECE):
                found._passed(way, len(piece))
                begins = max(loop.time(), found._free_at[way])
                took = len(piece) * BITS / (megabits * 1e6) if megabits else 0
                found._free_at[way] = begins + took
                await pieces.put((begins + took + one_way_s, piece))
                # No more than the link holds: the sender has to wait, as it would.
                if (ahead := found._free_at[way] - loop.time()) > 0:
                    await asyncio.sleep(ahead)
        except ConnectionError:
            pass
        await pieces.put((loop.time() + one_way_s, b""))
        await asyncio.gather(handing_on, return_exceptions=True)

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", to)
        await asyncio.gather(
            carry(reader, server_writer, "up"), carry(server_reader, writer, "down")
        )

    async def serve() -> None:
        server = await asyncio.start_server(accept, "127.0.0.1", 0)
        found.port = server.sockets[0].getsockname()[1]

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(serve())
        ready.set()
        loop.run_forever()

    threading.Thread(target=run, daemon=True).start()
    ready.wait()
    try:
        yield found
    finally:
        loop.call_soon_threadsafe(loop.stop)
