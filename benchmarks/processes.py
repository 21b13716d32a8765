"""Processes of this machine that a benchmark starts and ends: replicas, peers, the front."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.server import ROOT
from tools.serving import free_port

PEERS = Path(__file__).resolve().parent / "peers"
PATIENCE = 60


@dataclass(frozen=True)
class Running:
    """A process that answers.

    Attributes:
        port: Where it listens.
        pid: Its id.
    """

    port: int
    pid: int

    def megabytes(self) -> float:
        """Its resident memory."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text(encoding="utf-8").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def busy_s(self) -> float:
        """Processor time that it has used."""
        said = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8")
        user, system = said.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def running(
    command: Sequence[str],
    *,
    port: int,
    health: str,
    folder: Path = ROOT,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Running]:
    """Run a command from its first good answer to the end.

    Args:
        command: What to run.
        port: Where it will listen.
        health: Path that it answers when it is ready.
        folder: Where it runs.
        environment: Variables beyond ours.

    Raises:
        RuntimeError: It ended, or did not answer in time; with the end of what it said.
    """
    # What is said goes to a file: a pipe that nobody reads would fill and stop the process.
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdout=said,
            stderr=said,
        )
        try:
            if not _is_up(process, f"http://127.0.0.1:{port}/{health}"):
                said.seek(0)
                raise RuntimeError(f"{' '.join(command)} did not start:\n{said.read()[-2000:]}")
            yield Running(port, process.pid)
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _is_up(process: subprocess.Popen[bytes], address: str) -> bool:
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            with urlopen(address, timeout=PATIENCE):
                return True
        except (URLError, ConnectionError, TimeoutError):
            # Another process says nothing when it is up: it is asked again and again.
            time.sleep(0.05)
    return False


def pack() -> None:
    """Compress what is served as it is, as before any serving; quick when that was done."""
    subprocess.run(
        [sys.executable, "-m", "entente", "pack"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )


@contextmanager
def replica() -> Iterator[Running]:
    """One process of the app, as deployed."""
    port = free_port()
    command = [sys.executable, "-m", "entente", "serve", "--port", str(port)]
    with running(command, port=port, health="_stcore/health") as found:
        yield found
