"""Figure specs of the pages' default views, the outlines, and loading and checking the dataset."""

import json
import time
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from benchmarks.server import PAGES, ROOT
from benchmarks.table import Row, at_most
from entente.dossier.store import data_folder
from entente.review import review_folder


def rows() -> list[Row]:
    """Sizes before compression; the dataset loaded and checked whole."""
    return [*_specs(), _outlines(), _checking()]


def _specs() -> list[Row]:
    found = []
    for page in PAGES:
        at = AppTest.from_file(str(ROOT / "pages" / "router.py"), default_timeout=60).run()
        if page:
            at.switch_page(f"{page}.py").run()
        found += [
            _kilobytes(
                f"spec {page or 'briefing'} {number}",
                len(json.loads(chart.proto.json)["text"].encode()),
                150,
            )
            for number, chart in enumerate(at.get("bidi_component"), start=1)
        ]
    return found


def _outlines() -> Row:
    outlines = ROOT / "assets" / "topojson" / "world_50m.json"
    return _kilobytes("outlines", outlines.stat().st_size, 450)


def _kilobytes(what: str, size: int, most: float) -> Row:
    return Row(what=what, ours=size / 1000, unit="kB", bars=(at_most(most, is_of_ours=True),))


def _checking() -> Row:
    return Row(
        what="load and check",
        ours=_seconds(lambda: review_folder(data_folder())),
        floor=_seconds(_bare_read),
        unit="s",
        bars=(at_most(1, is_of_ours=True),),
        note="floor: reading the bytes",
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
