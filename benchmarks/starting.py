"""Process start to the first answer on its health route, against a bare app of the same imports."""

import statistics
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from benchmarks.processes import PEERS
from benchmarks.table import Row, at_most
from tools.serving import APP, serve_script

SAME_IMPORTS = """\
import edtf, geopandas, jinja2, numpy, pandas, pandera.pandas
import plotly.graph_objects, pyproj, rustworkx
import streamlit as st
app = st.App({empty!r})
"""
ROUNDS = 3


def rows() -> list[Row]:
    """One row."""
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(SAME_IMPORTS.format(empty=str(PEERS / "empty.py")), encoding="utf-8")
        ours, floor = [], []
        for _ in range(ROUNDS):
            floor.append(_seconds_to_healthy(bare, "_stcore/health"))
            ours.append(_seconds_to_healthy(APP, "health"))
    return [
        Row(
            what="start to healthy",
            ours=statistics.median(ours),
            floor=statistics.median(floor),
            unit="s",
            bars=(at_most(1.5),),
        )
    ]


def _seconds_to_healthy(script: Path, path: str) -> float:
    started = time.perf_counter()
    with serve_script(script) as port, urlopen(f"http://localhost:{port}/{path}") as answer:
        answer.read()
        return time.perf_counter() - started
