"""The first map, cold, in Chromium: ours, against an empty Streamlit app and the map in others.

All draw the same figure from the same outlines. Each is opened straight, and through a link as
narrow and as slow as a phone's.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.browsers import MAP, chromium, medians
from benchmarks.link import link
from benchmarks.processes import PEERS, Running, free_port, pack, replica, running
from benchmarks.server import ROOT
from benchmarks.table import Bar, Row, at_most
from entente.briefing.scenes import make_scene_of_address
from entente.dossier.store import data_folder, read_dossier
from entente.style.theme import CONFIG

OURS, EMPTY, PLAIN = "ours", "an empty Streamlit app", "a plain Streamlit app"
DASH, SMALL_DASH = "Dash", "Dash that compresses"
SIGN_OF_EMPTY = "[data-testid='stMarkdownContainer'] >> text='empty'"
MEGABITS, ONE_WAY_S = 10, 0.02
ROUNDS = 5
BARS: dict[bool, dict[str, tuple[Bar, ...]]] = {
    False: {DASH: (at_most(0.9),), EMPTY: (at_most(2),)},
    True: {DASH: (at_most(0.6),), EMPTY: (at_most(2),)},
}


def rows() -> list[Row]:
    """One row for each other app and link."""
    pack()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        environment = share_figure(Path(folder))
        apps = {OURS: stack.enter_context(replica())}
        for name, peer in (
            (EMPTY, streamlit("empty.py", environment)),
            (PLAIN, streamlit("plain_streamlit.py", environment)),
            (DASH, dash(environment)),
            (SMALL_DASH, dash({**environment, "COMPRESS": "1"})),
        ):
            apps[name] = stack.enter_context(peer)
        return [*_compared(apps, is_narrow=False), *_compared(apps, is_narrow=True)]


def share_figure(folder: Path) -> dict[str, str]:
    """Write the figure of our page as it opens; what peers are told of it and of the outlines."""
    scene = make_scene_of_address(read_dossier(data_folder()), "/alliance_map")
    figure = scene.content.panels[0].figure
    assert figure is not None, "the page opens with a map"
    held = {"figure": json.loads(figure.to_json()), "config": CONFIG}
    path = folder / "figure.json"
    path.write_text(json.dumps(held), encoding="utf-8")
    return {"FIGURE": str(path), "ASSETS": str(ROOT / "assets")}


@contextmanager
def streamlit(script: str, environment: dict[str, str]) -> Iterator[Running]:
    """A peer in Streamlit as it comes, away from our settings."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    command += ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
    command += ["--browser.serverAddress", "localhost", "--server.fileWatcherType", "none"]
    with running(
        command, port=port, health="_stcore/health", folder=PEERS, environment=environment
    ) as found:
        yield found


@contextmanager
def dash(environment: dict[str, str]) -> Iterator[Running]:
    """The peer in Dash, behind a server meant for use."""
    port = free_port()
    command = [sys.executable, "-m", "waitress", f"--listen=127.0.0.1:{port}", "dash_app:server"]
    with running(command, port=port, health="", folder=PEERS, environment=environment) as found:
        yield found


def _compared(apps: dict[str, Running], *, is_narrow: bool) -> list[Row]:
    with ExitStack() as stack:
        ports = {name: app.port for name, app in apps.items()}
        if is_narrow:
            ports = {
                name: stack.enter_context(link(port, megabits=MEGABITS, one_way_s=ONE_WAY_S)).port
                for name, port in ports.items()
            }
        browser = stack.enter_context(chromium())
        taken = medians(browser, _pages(ports), rounds=ROUNDS)
    way = f"{MEGABITS} Mbit/s, {ONE_WAY_S * 2000:.0f} ms" if is_narrow else "no link"
    return [
        Row(
            what=f"first map, {way} (floor: {name})",
            ours=taken[OURS],
            floor=taken[name],
            unit="s",
            bars=BARS[is_narrow].get(name, ()),
        )
        for name in apps
        if name != OURS
    ]


def _pages(ports: dict[str, int]) -> dict[str, tuple[str, str]]:
    """Address and sign of each app."""
    return {
        name: (
            f"http://127.0.0.1:{port}/{'alliance_map' if name == OURS else ''}",
            SIGN_OF_EMPTY if name == EMPTY else MAP,
        )
        for name, port in ports.items()
    }
