"""Firefox without a driver: its own WebDriver BiDi, spoken over a WebSocket.

https://www.w3.org/TR/webdriver-bidi/ . Only what a page that needs no server is asked for: to open
it, to run an expression in it, and what it asked for and said meanwhile.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tools.serving import background_process

LISTENING = r"WebDriver BiDi listening on (ws://\S+)"
EVENTS = ["network.beforeRequestSent", "log.entryAdded"]


class Firefox:
    """One tab."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket, self._numbers = socket, count(1)
        self.asked: list[str] = []
        self.said: list[str] = []
        self.command("session.new", capabilities={})
        self.command("session.subscribe", events=EVENTS)
        tree = self.command("browsingContext.getTree")
        self._tab = tree["contexts"][0]["context"]

    def command(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and wait for its result, noting the events that come before it."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(timeout=120))
            if message["type"] == "event":
                self._note(message["method"], message["params"])
            elif message.get("id") == number:
                assert message["type"] == "success", message
                return dict(message["result"])

    def _note(self, event: str, params: dict[str, Any]) -> None:
        if event == "network.beforeRequestSent":
            self.asked.append(params["request"]["url"])
        else:
            self.said.append(str(params.get("text")))

    def open(self, url: str) -> None:
        """Go there and wait for its `load` event."""
        self.command("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def run(self, expression: str) -> Any:
        """The value of an expression, awaited if it is a promise."""
        answer = self.command(
            "script.evaluate",
            expression=expression,
            target={"context": self._tab},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer
        return answer["result"].get("value")


@contextmanager
def firefox(profile: Path) -> Iterator[Firefox]:
    """A headless Firefox that is offline, with a new profile."""
    # Offline before it starts: nothing that the browser does of its own goes out either.
    (profile / "user.js").write_text(
        'user_pref("network.manage-offline-status", false);\nuser_pref("network.online", false);\n'
        'user_pref("browser.shell.checkDefaultBrowser", false);\n',
        encoding="utf-8",
    )
    command = ["firefox-esr", "--headless", "--remote-debugging-port", "0", "--profile"]
    with (
        background_process([*command, str(profile)], ready=LISTENING) as address,
        connect(f"{address}/session", max_size=None) as socket,
    ):
        yield Firefox(socket)
