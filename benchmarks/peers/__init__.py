"""What the app is held against: the same map in other frameworks, and an empty page."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.processes import PEERS, Running, running
from benchmarks.server import ROOT
from entente.briefing.scenes import make_scene_of_address
from entente.dossier.store import data_folder, read_dossier
from entente.style.theme import CONFIG
from tools.serving import free_port, streamlit_command


def share_figure(folder: Path) -> dict[str, str]:
    """Write the figure with which our map opens into a folder; gives the environment of peers."""
    scene = make_scene_of_address(read_dossier(data_folder()), "/alliance_map")
    figure = scene.content.panels[0].figure
    assert figure is not None, "the page opens with a map"
    held = {"figure": json.loads(figure.to_json()), "config": CONFIG}
    path = folder / "figure.json"
    path.write_text(json.dumps(held), encoding="utf-8")
    return {"FIGURE": str(path), "ASSETS": str(ROOT / "assets")}


@contextmanager
def serve_streamlit(script: str, environment: dict[str, str]) -> Iterator[Running]:
    """A peer in Streamlit as it comes, away from our settings."""
    port = free_port()
    command = streamlit_command(script, port=port)
    with running(
        command, port=port, health="_stcore/health", folder=PEERS, environment=environment
    ) as found:
        yield found


@contextmanager
def serve_dash(environment: dict[str, str]) -> Iterator[Running]:
    """The peer in Dash, behind a server meant for use."""
    port = free_port()
    command = [sys.executable, "-m", "waitress", f"--listen=127.0.0.1:{port}", "dash_app:server"]
    with running(command, port=port, health="", folder=PEERS, environment=environment) as found:
        yield found
