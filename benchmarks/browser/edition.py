"""How soon the static edition shows its first map, against the app and against Dash."""

import functools
import http.server
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.browser.chromium import MAP, chromium, medians
from benchmarks.peers import serve_dash, share_figure
from benchmarks.processes import pack, replica
from benchmarks.table import Row, at_most
from entente.briefing.scenes import choose_scenes
from entente.dossier.store import data_folder, read_dossier
from entente.export.files.writing import write_all
from entente.export.html.edition import site_files

ROUNDS = 5


def rows(*, rounds: int = ROUNDS) -> list[Row]:
    """From the address to the drawn map with nothing cached."""
    pack()
    dossier = read_dossier(data_folder())
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        site, shared = Path(folder) / "site", Path(folder) / "shared"
        write_all(site, site_files(choose_scenes(dossier), dossier=dossier))
        shared.mkdir()
        host = stack.enter_context(_plain_host(site))
        ours = stack.enter_context(replica())
        dash = stack.enter_context(serve_dash(share_figure(shared)))
        browser = stack.enter_context(chromium())
        pages = {
            "edition": (f"{host}/#ties", MAP),
            "the app": (f"http://127.0.0.1:{ours.port}/alliance_map", MAP),
            "Dash": (f"http://127.0.0.1:{dash.port}/", MAP),
        }
        taken = medians(browser, pages, rounds=rounds)
    return [
        Row(
            what=f"first map, edition (floor: {name})",
            ours=taken["edition"],
            floor=taken[name],
            unit="s",
            bars=bars,
        )
        for name, bars in (("the app", ()), ("Dash", (at_most(0.45),)))
    ]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def _plain_host(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
