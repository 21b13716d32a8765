"""What a run of a page shows is sent in one go, and nothing is lost or overtaken."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from entente.app.messages import name_kind
from entente.server import batching
from entente.server.batching import Batches, Outbox


def said(kind: str) -> Message:
    """One of Streamlit's messages, as its server sends it."""
    message = ForwardMsg()
    if kind in {"ref_hash", "script_finished"}:
        setattr(message, kind, "abc" if kind == "ref_hash" else ForwardMsg.FINISHED_SUCCESSFULLY)
    else:
        getattr(message, kind).SetInParent()
    return {"type": "websocket.send", "bytes": message.SerializeToString()}


BEGIN, ELEMENT, KNOWN, END = map(said, ("new_session", "delta", "ref_hash", "script_finished"))
OTHER = said("session_status_changed")
CLOSE: Message = {"type": "websocket.close"}
UNREADABLE: Message = {"type": "websocket.send", "bytes": b"\xff\xff"}


def carry_out(steps: Callable[[Outbox, list[Message]], Awaitable[None]]) -> None:
    async def run() -> None:
        sent: list[Message] = []

        async def send(message: Message) -> None:
            await asyncio.sleep(0)  # as a socket that lets others go on
            sent.append(message)

        await steps(Outbox(send, name_kind), sent)

    asyncio.run(run())


def test_the_elements_of_a_run_wait_for_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "HOLD_S", 3600)

    async def steps(outbox: Outbox, sent: list[Message]) -> None:
        await outbox.put(BEGIN)
        assert sent == [BEGIN]
        for message in (ELEMENT, KNOWN, OTHER):
            await outbox.put(message)
            assert sent == [BEGIN]
        await outbox.put(END)
        assert sent == [BEGIN, ELEMENT, KNOWN, OTHER, END]

    carry_out(steps)


def test_a_page_is_named_before_its_query_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "HOLD_S", 3600)

    async def steps(outbox: Outbox, sent: list[Message]) -> None:
        page, query = said("navigation"), said("page_info_changed")
        for message in (BEGIN, ELEMENT, page):
            await outbox.put(message)
        assert sent == [BEGIN, ELEMENT, page]
        for message in (ELEMENT, query):
            await outbox.put(message)
        assert sent == [BEGIN, ELEMENT, page]

    carry_out(steps)


def test_a_long_run_is_sent_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "HOLD_S", 0)

    async def run() -> None:
        sent: asyncio.Queue[Message] = asyncio.Queue()
        outbox = Outbox(sent.put, name_kind)
        for message in (ELEMENT, KNOWN):  # twice: the second part waits for its own time
            await outbox.put(message)
            async with asyncio.timeout(10):
                assert await sent.get() is message

    asyncio.run(run())


@pytest.mark.parametrize("message", [CLOSE, UNREADABLE], ids=["the end", "no message of Streamlit"])
def test_what_is_none_of_streamlits_messages_takes_all_along(
    message: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batching, "HOLD_S", 3600)

    async def steps(outbox: Outbox, sent: list[Message]) -> None:
        await outbox.put(ELEMENT)
        await outbox.put(message)
        assert sent == [ELEMENT, message]

    carry_out(steps)


@given(st.lists(st.sampled_from([BEGIN, ELEMENT, KNOWN, END, OTHER, UNREADABLE])))
def test_nothing_is_lost_or_overtaken(messages: list[Message]) -> None:
    async def steps(outbox: Outbox, sent: list[Message]) -> None:
        await asyncio.gather(*(outbox.put(message) for message in messages))
        await outbox.put(END)
        assert sent == [*messages, END]

    carry_out(steps)


def test_who_sends_is_told_that_the_connection_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "HOLD_S", 0)

    async def run() -> None:
        tried = asyncio.Event()

        async def send(message: Message) -> None:
            tried.set()
            raise OSError("gone")

        outbox = Outbox(send, name_kind)
        await outbox.put(ELEMENT)
        await tried.wait()
        await asyncio.sleep(0)
        with pytest.raises(OSError, match="gone"):
            await outbox.put(ELEMENT)

    asyncio.run(run())


def test_nothing_is_sent_once_a_connection_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "HOLD_S", 0)

    async def run() -> None:
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        async def app(scope: object, receive: object, send: Callable[..., Awaitable[None]]) -> None:
            await send(ELEMENT)

        async def receive() -> Message:
            return CLOSE

        await Batches(app, name_kind)({"type": "websocket"}, receive, send)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*others, return_exceptions=True)
        assert sent == []

    asyncio.run(run())
