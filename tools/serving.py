"""Programs that run beside this one: started, ready when they say so, ended with their block."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread

from entente.settings import HOME

APP = HOME / "app.py"


def free_port() -> int:
    """A port that nobody listens at now."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def background_process(
    command: Sequence[str],
    *,
    ready: str,
    folder: Path = HOME,
    environment: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """Run a command from the first line that says it is ready to the end of the block.

    Args:
        command: What to run.
        ready: Regular expression that is looked for in each line of what it prints.
        folder: Where it runs.
        environment: All its variables; ours when None.

    Yields:
        What the first group of `ready` matched.

    Raises:
        RuntimeError: It ended without being ready; the message holds what it printed.
    """
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        printed = []
        for line in process.stdout:
            printed.append(line)
            if found := re.search(ready, line):
                break
        else:
            raise RuntimeError(f"{command[0]} did not start:\n" + "".join(printed))
        # What it prints later is read too: a full pipe would stop it.
        Thread(target=process.stdout.read, daemon=True).start()
        yield found[1]
    finally:
        process.terminate()
        process.wait()


def streamlit_command(script: Path | str, *, port: int = 0) -> list[str]:
    """The command that serves a script: offline and without a watcher, in any folder.

    Args:
        script: What to serve.
        port: Where it listens; a free port when 0.
    """
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    command += ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
    return [*command, "--browser.serverAddress", "localhost", "--server.fileWatcherType", "none"]


@contextmanager
def serve_script(
    script: Path,
    *,
    folder: Path = HOME,
    environment: Mapping[str, str] | None = None,
    port: int = 0,
) -> Iterator[int]:
    """Serve a script with Streamlit; yields the port.

    Args:
        script: What to serve.
        folder: Where it runs; in ours Streamlit has our settings, elsewhere those it comes with.
        environment: Variables beyond ours.
        port: Where it listens; a free port when 0.
    """
    with background_process(
        streamlit_command(script, port=port),
        ready=r"://[^:/\s]+:(\d+)",
        folder=folder,
        environment={**os.environ, "PYTHONPATH": str(HOME), **(environment or {})},
    ) as found:
        yield int(found)


@contextmanager
def serve_app(*, data: Path = HOME / "data", script: Path = APP, port: int = 0) -> Iterator[str]:
    """Serve the app, or another script of its kind; yields its address.

    Args:
        data: Folder of the dossier.
        script: What to serve.
        port: Where it listens; a free port when 0.
    """
    with serve_script(script, environment={"ENTENTE_DATA": str(data)}, port=port) as found:
        yield f"http://localhost:{found}"
