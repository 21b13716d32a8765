"""Sends the browser what a run of a page shows in one go.

Streamlit sends each element as soon as the script has made it, and the browser renders the page
again for each handful that arrives. Here the elements of a run wait for its end, or for `HOLD_S`
seconds if it takes longer.
"""

import asyncio
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOLD_S = 0.1
# An element, or a reference to one that the browser still has.
ELEMENTS = frozenset({"delta", "ref_hash"})
# Which page it is goes ahead of the query that the page writes: together, the browser would give
# the query to the page before. None: the connection is accepted or closed.
SENT_AT_ONCE = frozenset({"navigation", "script_finished", None})

NameKind = Callable[[bytes], str | None]


class Batches:
    """ASGI middleware: holds back the elements that go over a WebSocket.

    Args:
        app: What is inside.
        name_kind: Which of Streamlit's messages some bytes are; None if they are none of them.
    """

    def __init__(self, app: ASGIApp, name_kind: NameKind) -> None:
        self.app = app
        self.name_kind = name_kind

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; what still waits when the connection ends is dropped."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        outbox = Outbox(send, self.name_kind)
        try:
            await self.app(scope, receive, outbox.put)
        finally:
            outbox.stop()


class Outbox:
    """The messages of one connection, sent in their order.

    Args:
        send: Sends one.
        name_kind: See `Batches`.
    """

    def __init__(self, send: Send, name_kind: NameKind) -> None:
        self._send = send
        self._name_kind = name_kind
        self._waiting: list[Message] = []
        self._sending = asyncio.Lock()
        self._timer: asyncio.Task[None] | None = None
        self._failure: Exception | None = None

    async def put(self, message: Message) -> None:
        """Take a message: elements wait, and so does most of what comes after them.

        Raises:
            Exception: Whatever `send` raised for a message that had waited.
        """
        if self._failure:
            raise self._failure
        kind = self._name_kind(message.get("bytes") or b"")
        self._waiting.append(message)
        if kind in SENT_AT_ONCE or not (self._timer or kind in ELEMENTS):
            self.stop()
            await self._send_all()
        elif self._timer is None:
            self._timer = asyncio.create_task(self._send_later())

    def stop(self) -> None:
        """Leave what waits to a later message."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def _send_later(self) -> None:
        await asyncio.sleep(HOLD_S)
        self._timer = None
        try:
            await self._send_all()
        except Exception as failure:  # raised by the next `put`
            self._failure = failure

    async def _send_all(self) -> None:
        async with self._sending:
            messages, self._waiting = self._waiting, []
            for message in messages:
                await self._send(message)
