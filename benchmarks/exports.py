"""What is taken away: how long files take, and how large the one for a stick is."""

import statistics
import time
from collections.abc import Callable

from benchmarks.table import Row, at_most
from entente.app.export_menu import make_file
from entente.briefing.scenes import choose_scenes
from entente.dossier.store import data_folder, read_dossier
from entente.export.deck.deck import deck
from entente.export.html.edition import briefing_html
from entente.server.packed import compress

ROUNDS = 5
CODING = "gzip"
MOST_MB, MOST_PACKED_MB = 3.2, 1.1


def rows(*, rounds: int = ROUNDS) -> list[Row]:
    """Both files of the whole briefing, the second asking for one of them, and its size."""
    dossier = read_dossier(data_folder())
    scenes = choose_scenes(dossier)

    def make_page() -> bytes:
        return make_file(dossier, kind="html", view=None, base="", made_on=dossier.horizon)

    page = make_page()
    return [
        _row("HTML file", lambda: briefing_html(scenes, dossier=dossier), most=3, rounds=rounds),
        _row("deck", lambda: deck(scenes, dossier=dossier), most=5, rounds=rounds),
        _row("HTML file again", make_page, most=0.2, rounds=rounds),
        _size("HTML file", page, MOST_MB),
        _size("HTML file, packed", compress(page, CODING), MOST_PACKED_MB),
    ]


def _size(what: str, content: bytes, most: float) -> Row:
    size = len(content) / 1e6
    return Row(what=f"size, {what}", ours=size, unit="MB", bars=(at_most(most, is_of_ours=True),))


def _row(what: str, work: Callable[[], object], *, most: float, rounds: int) -> Row:
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return Row(
        what=f"export, {what}",
        ours=statistics.median(taken),
        unit="s",
        bars=(at_most(most, is_of_ours=True),),
    )
