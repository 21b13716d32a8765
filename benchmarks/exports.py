"""What is taken away: how long files take, and how soon the static edition shows its first map."""

import functools
import http.server
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.server import ROOT, served
from entente.export.deck import deck
from entente.export.edition import briefing_html, site_files
from entente.export.writing import write_all
from entente.plates.briefing import chosen_scenes
from entente.store import Dossier, data_folder, read_dossier
from entente.ui import take_away

ROUNDS = 5
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
MAP = "main .geo path, [data-testid='stPlotlyChart'] .geo path"
Row = tuple[str, str, str, str, str]


def rows() -> list[Row]:
    """Making a file warm, handing out the same again, and the first map, cold, in Chromium."""
    dossier = read_dossier(data_folder())
    return [*files(dossier), first_map(dossier)]


def files(dossier: Dossier) -> list[Row]:
    """Both files of the whole briefing, and the second asking for one of them."""
    scenes = chosen_scenes(dossier)
    take_away.briefing_page(dossier, base="")
    html = _median(lambda: briefing_html(scenes, dossier=dossier))
    slides = _median(lambda: deck(scenes, dossier=dossier))
    again = _median(lambda: take_away.briefing_page(dossier, base=""))
    return [
        ("export, HTML file", f"{html:.2f} s", "", "", "≤ 3 s"),
        ("export, deck", f"{slides:.2f} s", "", "", "≤ 5 s"),
        ("export, HTML file again", f"{again:.4f} s", "", "", "≤ 0.2 s"),
    ]


def first_map(dossier: Dossier) -> Row:
    """From the address to the drawn map with nothing cached: the edition against the app."""
    with tempfile.TemporaryDirectory() as folder, served(ROOT / "app.py") as port:
        write_all(Path(folder), site_files(chosen_scenes(dossier), dossier=dossier))
        with _plain_host(folder) as host, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=FLAGS
            )
            app = f"http://localhost:{port}/alliance_map"
            _seconds_to_map(browser, app)
            pairs = [
                (_seconds_to_map(browser, f"{host}/#ties"), _seconds_to_map(browser, app))
                for _ in range(ROUNDS)
            ]
            browser.close()
    ours, floor = (statistics.median(side) for side in zip(*pairs, strict=True))
    return (
        "first map, edition (floor: the app)",
        f"{ours:.2f} s",
        f"{floor:.2f} s",
        f"{ours / floor:.2f}",
        "≤ 0.7",
    )


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def _plain_host(folder: str) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _seconds_to_map(browser: Browser, address: str) -> float:
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(MAP, state="attached", timeout=60_000)
    taken = time.perf_counter() - started
    context.close()
    return taken


def _median(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)
