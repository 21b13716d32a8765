"""Real processes: replicas of the app, nginx before them, and readers. All on this machine."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from entente.settings import settings
from tests.browser.conftest import (  # noqa: F401 - fixtures
    browser,
    kept_pages,
    server,
    small,
    visit,
)
from tests.conftest import ROOT
from tools.serving import free_port

PATIENCE = 60
OPEN, LEFT = "01", "08"  # as /proc/net/tcp has them


class Replica:
    """One process of the app, as deployed."""

    def __init__(self, log: Path, *, prefix: tuple[str, ...] = (), **environment: str) -> None:
        self.port = free_port()
        self.log = log
        self.prefix = prefix
        self.environment = environment
        self.start()

    def start(self) -> None:
        """Start it; returns when it is healthy."""
        command = [sys.executable, "-m", "entente", "serve", "--port", str(self.port)]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [*self.prefix, *command],
                cwd=ROOT,
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **self.environment},
                stdout=log,
                stderr=log,
            )
        wait_for(self.is_healthy, f"port {self.port}: {self.log.read_text()[-2000:]}")

    def is_healthy(self) -> bool:
        """Whether it answers."""
        return status(f"http://127.0.0.1:{self.port}/_stcore/health") == 200

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Send it a signal and wait for its end; gives the exit status."""
        self.process.send_signal(how)
        return self.process.wait(timeout=PATIENCE)

    def sockets(self) -> int:
        """How many connections it holds: open ones, and those that only the other side has left."""
        held = 0
        for table in ("tcp", "tcp6"):
            for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
                _, local, _, state, *_ = line.split()
                held += local.endswith(f":{self.port:04X}") and state in {OPEN, LEFT}
        return held

    def megabytes(self) -> float:
        """Its resident memory."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def status(address: str) -> int:
    """The status of an answer; 0 when there is none."""
    try:
        with urlopen(address, timeout=20) as answer:
            return int(answer.status)
    except URLError as error:
        return int(getattr(error, "code", 0))
    except (TimeoutError, ConnectionError):
        return 0


def wait_for(what: Callable[[], bool], otherwise: str) -> None:
    """Ask again and again until it holds."""
    until = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > until:
            raise TimeoutError(otherwise)
        time.sleep(0.05)  # between two looks at a process that tells nobody when it has changed


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[Callable[..., Replica]]:
    started: list[Replica] = []

    def start(*, prefix: tuple[str, ...] = (), **environment: str) -> Replica:
        found = Replica(tmp_path / f"{len(started)}.log", prefix=prefix, **environment)
        started.append(found)
        return found

    yield start
    for each in started:
        if each.process.poll() is None:
            each.end(signal.SIGKILL)


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """nginx before some replicas, by deploy/front.sh; gives its address."""
    started: list[subprocess.Popen[bytes]] = []

    def start(replicas: list[Replica], **environment: str) -> str:
        port = free_port()
        values = {
            "APPS": " ".join(f"127.0.0.1:{each.port}" for each in replicas),
            "LISTEN": f"127.0.0.1:{port}",
            "FILES": str(settings().static.resolve()),
            "RUN": str(tmp_path / "front"),
            **environment,
        }
        with (tmp_path / "front.log").open("w") as log:
            command = ["sh", str(ROOT / "deploy" / "front.sh")]
            started.append(
                subprocess.Popen(command, env={**os.environ, **values}, stdout=log, stderr=log)
            )
        address = f"http://127.0.0.1:{port}"
        wait_for(lambda: status(f"{address}/front-health") == 204, "the front did not start")
        return address

    yield start
    for each in started:
        each.terminate()
        each.wait(timeout=PATIENCE)
