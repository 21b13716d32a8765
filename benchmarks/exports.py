"""What is taken away: how long files take, how large they are, and the edition's first map."""

import functools
import gzip
import http.server
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.browsers import MAP, chromium, medians
from benchmarks.server import ROOT, served
from benchmarks.table import Row, at_most
from benchmarks.visits import dash, share_figure
from entente.app.export_menu import make_file
from entente.briefing.scenes import choose_scenes
from entente.dossier.store import Dossier, data_folder, read_dossier
from entente.export.deck.deck import deck
from entente.export.files.writing import write_all
from entente.export.html.edition import briefing_html, site_files

ROUNDS = 5


def rows() -> list[Row]:
    """Making a file warm, handing out the same again, sizes, and the first map in Chromium."""
    dossier = read_dossier(data_folder())
    return [*files(dossier), *sizes(dossier), *first_map(dossier)]


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


def sizes(dossier: Dossier) -> list[Row]:
    """The HTML file of the whole briefing as it is, and as a host or a mail packs it."""
    content = briefing_html(choose_scenes(dossier), dossier=dossier)
    packed = gzip.compress(content)
    return [
        Row(what=what, ours=size / 1000, unit="kB", bars=(at_most(most, is_of_ours=True),))
        for what, size, most in (
            ("size, HTML file", len(content), 3200),
            ("size, HTML file packed", len(packed), 1100),
        )
    ]


def first_map(dossier: Dossier) -> list[Row]:
    """From the address to the drawn map with nothing kept: the edition against the app and Dash."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        edition = Path(folder) / "edition"
        write_all(edition, site_files(choose_scenes(dossier), dossier=dossier))
        port = stack.enter_context(served(ROOT / "app.py"))
        peer = stack.enter_context(dash(share_figure(Path(folder))))
        host = stack.enter_context(_plain_host(str(edition)))
        pages = {
            "edition": (f"{host}/#ties", MAP),
            "app": (f"http://localhost:{port}/alliance_map", MAP),
            "Dash": (f"http://127.0.0.1:{peer.port}/", MAP),
        }
        taken = medians(stack.enter_context(chromium()), pages, rounds=ROUNDS)
    return [
        Row(
            what=f"first map, edition (floor: {floor})",
            ours=taken["edition"],
            floor=taken[name],
            unit="s",
            bars=(at_most(most),),
        )
        for name, floor, most in (("app", "the app", 0.7), ("Dash", "Dash", 0.45))
    ]


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
