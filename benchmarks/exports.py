"""What is taken away: how long files take, and how soon the static edition shows its first map."""

import functools
import http.server
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.browsers import MAP, chromium, medians
from benchmarks.server import ROOT, served
from benchmarks.table import Row, at_most
from entente.app.export_menu import make_file
from entente.briefing.scenes import choose_scenes
from entente.dossier.store import Dossier, data_folder, read_dossier
from entente.export.deck.deck import deck
from entente.export.files.writing import write_all
from entente.export.html.edition import briefing_html, site_files

ROUNDS = 5


def rows() -> list[Row]:
    """Making a file warm, handing out the same again, and the first map, cold, in Chromium."""
    dossier = read_dossier(data_folder())
    return [*files(dossier), first_map(dossier)]


def files(dossier: Dossier) -> list[Row]:
    """Both files of the whole briefing, and the second asking for one of them."""
    scenes = choose_scenes(dossier)
    make_file(dossier, kind="html", view=None, base="", made_on=dossier.horizon)
    return [
        _row("HTML file", lambda: briefing_html(scenes, dossier=dossier), most=3),
        _row("deck", lambda: deck(scenes, dossier=dossier), most=5),
        _row(
            "HTML file again",
            lambda: make_file(dossier, kind="html", view=None, base="", made_on=dossier.horizon),
            most=0.2,
        ),
    ]


def first_map(dossier: Dossier) -> Row:
    """From the address to the drawn map with nothing cached: the edition against the app."""
    with tempfile.TemporaryDirectory() as folder, served(ROOT / "app.py") as port:
        write_all(Path(folder), site_files(choose_scenes(dossier), dossier=dossier))
        with _plain_host(folder) as host, chromium() as browser:
            app = f"http://localhost:{port}/alliance_map"
            pages = {"edition": (f"{host}/#ties", MAP), "app": (app, MAP)}
            taken = medians(browser, pages, rounds=ROUNDS)
    return Row(
        what="first map, edition (floor: the app)",
        ours=taken["edition"],
        floor=taken["app"],
        unit="s",
        bars=(at_most(0.7),),
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


def _row(what: str, work: Callable[[], object], *, most: float) -> Row:
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return Row(
        what=f"export, {what}",
        ours=statistics.median(taken),
        unit="s",
        bars=(at_most(most, is_of_ours=True),),
    )
