"""Apps that every process of a test run asks: started once, where a test in a browser will run.

A plugin (`-p tests.shared_servers`), since only plugins are loaded in the process that hands out
the tests, which outlives those that run them. These find the addresses in their environment.
"""

import os
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import pytest

from tools.serving import free_port, serve_app

ROOT = Path(__file__).resolve().parent.parent
DATA = {"live": ROOT / "data", "small": ROOT / "tests" / "fixtures" / "small"}
NEED_THEM = "tests/browser/"
PORT = "ENTENTE_TESTS_{}_PORT"


def address_of(name: str) -> str:
    """Where the app with a dossier of `DATA` is served."""
    return f"http://localhost:{os.environ[PORT.format(name.upper())]}"


class SharedServers:
    """Starts the apps when the first test that needs them is collected; ends them with the run."""

    def __init__(self) -> None:
        """Nothing runs yet."""
        self._running = ExitStack()
        self._has_started = False
        for name in DATA:
            os.environ[PORT.format(name.upper())] = str(free_port())

    def _start(self, tests: Iterable[str]) -> None:
        if self._has_started or not any(test.startswith(NEED_THEM) for test in tests):
            return
        self._has_started = True
        for name, data in DATA.items():
            port = int(os.environ[PORT.format(name.upper())])
            self._running.enter_context(serve_app(data=data, port=port))

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """In a run of one process."""
        self._start(item.nodeid for item in session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """In a run of many, before any of them gets a test."""
        self._start(ids)

    def pytest_unconfigure(self) -> None:
        """At the end, however it came."""
        self._running.close()


def pytest_configure(config: pytest.Config) -> None:
    """Only the process that hands out tests has servers."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(SharedServers(), "shared-servers")
