"""A reader's session on the WebSocket of a Streamlit server."""

import socket
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from entente.address import pages as registry

ROOT = Path(__file__).resolve().parent.parent
PAGES = tuple(page.path for page in registry.PAGES)


class Session:
    """One reader: opens the stream, asks for reruns, and waits for each to finish."""

    def __init__(self, port: int) -> None:
        self._open = ExitStack()
        self._socket: ClientConnection = self._open.enter_context(
            connect(
                f"ws://localhost:{port}/_stcore/stream",
                subprotocols=["streamlit"],  # type: ignore[list-item]
                max_size=None,
            )
        )
        self.bytes_received = 0
        self.sliders: dict[str, str] = {}
        self.address = ""
        self._kept: dict[str, None] = {}

    def rerun(
        self,
        *,
        page: str = "",
        query: str = "",
        moved: Mapping[str, float] | None = None,
        remembers: bool = False,
    ) -> float:
        """Seconds from asking for a run of a page to its last message.

        Args:
            page: Its name; the first page when empty.
            query: Its address beyond the name.
            moved: Label of a slider to where it now stands; those of `sliders` are known.
            remembers: Whether to say which large messages are known, as browsers do; for those
                only a reference comes.
        """
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        if remembers:
            message.rerun_script.cached_message_hashes.extend(self._kept)
        for label, value in (moved or {}).items():
            state = message.rerun_script.widget_states.widgets.add(id=self.sliders[label])
            state.double_array_value.data.append(value)
        started = time.perf_counter()
        self._socket.send(message.SerializeToString())
        while True:
            # Acknowledge at once: the kernel may otherwise hold an answer back for 40 ms, which
            # drowns what is measured, in the floor more than in ours.
            self._socket.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            raw = self._socket.recv()
            self.bytes_received += len(raw)
            answer = ForwardMsg()
            answer.ParseFromString(raw if isinstance(raw, bytes) else raw.encode())
            if answer.WhichOneof("type") == "script_finished":
                return time.perf_counter() - started
            self._note(answer)

    def _note(self, answer: ForwardMsg) -> None:
        """Remember large messages, the page's address and its sliders, as a browser does."""
        if answer.metadata.cacheable:
            self._kept[answer.hash] = None
        if answer.HasField("page_info_changed"):
            self.address = answer.page_info_changed.query_string
        slider = answer.delta.new_element.slider
        if slider.id:
            self.sliders[slider.label] = slider.id

    def close(self) -> None:
        """Hang up."""
        self._open.close()
