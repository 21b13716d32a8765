"""`python -m benchmarks`: print one table of figures, each with its floor and the ratio wanted."""

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

from streamlit.testing.v1 import AppTest

from benchmarks import exports, routes, valuation
from benchmarks.server import ROOT, Session, served
from entente.review import review_folder
from entente.store import data_folder

PAGES = ("", "alliance_map", "timeline", "trade_routes", "claims", "data")
EMPTY = "import streamlit as st\nst.write('empty')\n"
SAME_IMPORTS = """\
import edtf, geopandas, jinja2, numpy, pandas, pandera.pandas
import plotly.graph_objects, pyproj, rustworkx
import streamlit as st
app = st.App("empty.py")
"""
SLIDERS = {"weights": "show=weights", "best way by a mix": "show=ways&by=mix"}
ENDS = "from=IN_NSA&to=RU_LED"
HEAVIEST = 10
ROUNDS = 15
STARTS = 3


def main() -> None:
    """Measure and print."""
    rows = [*starting(), *reruns(), *sizes(), checking(), *exports.rows()]
    rows += [*routes.rows(), *valuation.rows()]
    width = max(len(row[0]) for row in rows)
    for name, value, floor, ratio, wanted in rows:
        print(f"{name:<{width}}  {value:>12}  {floor:>12}  {ratio:>6}  {wanted}")


def starting() -> list[tuple[str, str, str, str, str]]:
    """Process start to the first answer on its health route, against a bare app."""
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(SAME_IMPORTS, encoding="utf-8")
        (Path(folder) / "empty.py").write_text(EMPTY, encoding="utf-8")
        ours, floor = [], []
        for _ in range(STARTS):
            floor.append(_seconds_to_healthy(bare, "_stcore/health"))
            ours.append(_seconds_to_healthy(ROOT / "app.py", "health"))
    return [_ratio_row("start to healthy", ours, floor, unit="s", wanted="≤ 1.5")]


def _seconds_to_healthy(script: Path, path: str) -> float:
    started = time.perf_counter()
    with served(script) as port, urlopen(f"http://localhost:{port}/{path}") as answer:
        answer.read()
        return time.perf_counter() - started


def reruns() -> list[tuple[str, str, str, str, str]]:
    """A warm rerun of each page, against an empty script on a server of its own."""
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY, encoding="utf-8")
        with served(empty) as floor_port, served(ROOT / "app.py") as port:
            pages = [_rerun_row(page, port, floor_port) for page in PAGES]
            return [*pages, *(_slider_row(name, port, floor_port) for name in SLIDERS)]


def _rerun_row(page: str, port: int, floor_port: int) -> tuple[str, str, str, str, str]:
    ours, floor = Session(port), Session(floor_port)
    for _ in range(3):
        ours.rerun(page=page)
        floor.rerun()
    pairs = [(ours.rerun(page=page), floor.rerun()) for _ in range(ROUNDS)]
    row = _ratio_row(
        f"rerun {page or 'briefing'}",
        [pair[0] for pair in pairs],
        [pair[1] for pair in pairs],
        unit="ms",
        wanted="≤ 3",
    )
    ours.close()
    floor.close()
    return row


def _slider_row(name: str, port: int, floor_port: int) -> tuple[str, str, str, str, str]:
    """A slider of the trade routes page moved to weights that were never asked for before."""
    ours, floor = Session(port), Session(floor_port)
    ours.rerun(page="trade_routes", query=f"{SLIDERS[name]}&{ENDS}")
    floor.rerun()
    weights = dict.fromkeys(ours.sliders, float(HEAVIEST // 2))

    def touch(turn: int) -> float:
        label = list(weights)[turn % len(weights)]
        weights[label] = float((7 * turn + 3) % (HEAVIEST + 1))
        return ours.rerun(page="trade_routes", query=ours.address, moved=weights)

    pairs = [(touch(turn), floor.rerun()) for turn in range(3 + ROUNDS)][3:]
    row = _ratio_row(
        f"slider, {name}",
        [pair[0] for pair in pairs],
        [pair[1] for pair in pairs],
        unit="ms",
        wanted="≤ 2",
    )
    ours.close()
    floor.close()
    return row


def _ratio_row(
    name: str, ours: list[float], floor: list[float], *, unit: str, wanted: str
) -> tuple[str, str, str, str, str]:
    scale = 1000 if unit == "ms" else 1
    value, base = statistics.median(ours), statistics.median(floor)
    return (
        name,
        f"{value * scale:.1f} {unit}",
        f"{base * scale:.1f} {unit}",
        f"{value / base:.2f}",
        wanted,
    )


def sizes() -> list[tuple[str, str, str, str, str]]:
    """Figure specs of the pages' default views, and the outlines, before compression."""
    rows = []
    for page in PAGES:
        at = AppTest.from_file(str(ROOT / "pages" / "router.py"), default_timeout=60).run()
        if page:
            at.switch_page(f"{page}.py").run()
        for chart in at.get("plotly_chart"):
            spec = len(chart.proto.spec.encode())
            rows.append((f"spec {page or 'briefing'}", f"{spec / 1000:.0f} kB", "", "", "≤ 150 kB"))
    outlines = (ROOT / "assets" / "topojson" / "world_50m.json").stat().st_size
    return [*rows, ("outlines", f"{outlines / 1000:.0f} kB", "", "", "≤ 450 kB")]


def checking() -> tuple[str, str, str, str, str]:
    """Loading and checking the whole dataset, once in a fresh process and once warm."""
    return (
        "load and check",
        f"{_seconds(lambda: review_folder(data_folder())):.2f} s",
        f"{_seconds(_bare_read):.3f} s",
        "",
        "≤ 1 s (floor: reading the bytes)",
    )


def _bare_read() -> None:
    for path in sorted(data_folder().rglob("*.csv")):
        path.read_bytes()
    for path in sorted(data_folder().rglob("*.geojson")):
        json.loads(path.read_bytes())


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
