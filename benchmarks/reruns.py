"""A warm rerun of each page, against an empty script on a server of its own.

The empty script runs in Streamlit as it comes, which collects garbage after each run. Our settings
switch that off, so a row of its own says what an empty script costs under them.
"""

import statistics
from collections.abc import Callable
from contextlib import closing

from benchmarks.processes import PEERS
from benchmarks.server import PAGES, Session
from benchmarks.table import Bar, Row, at_most
from tools.serving import APP, serve_script

SLIDERS = {"weights": "show=weights", "best way by a mix": "show=ways&by=mix"}
ENDS = "from=IN_NSA&to=RU_LED"
WEIGHTS = ".weights."  # in the ids of their sliders; the day has one too
HEAVIEST = 10
WARM, ROUNDS = 3, 15


def rows() -> list[Row]:
    """One row a page, and one a way of moving sliders."""
    empty = PEERS / "empty.py"
    with (
        serve_script(empty, folder=PEERS) as floor_port,
        serve_script(empty) as settled_port,
        serve_script(APP) as port,
    ):
        return [
            _empty_row(settled_port, floor_port),
            *(_page_row(page, port, floor_port) for page in PAGES),
            *(_slider_row(name, port, floor_port) for name in SLIDERS),
        ]


def _empty_row(port: int, floor_port: int) -> Row:
    with closing(Session(port)) as ours, closing(Session(floor_port)) as floor:
        return _row("rerun of an empty script, our settings", lambda _: ours.rerun(), floor.rerun)


def _page_row(page: str, port: int, floor_port: int) -> Row:
    with closing(Session(port)) as ours, closing(Session(floor_port)) as floor:
        return _row(
            f"rerun {page or 'briefing'}",
            lambda _: ours.rerun(page=page),
            floor.rerun,
            at_most(2.5),
        )


def _slider_row(name: str, port: int, floor_port: int) -> Row:
    """A slider of the trade routes page moved to weights that were never asked for before."""
    with closing(Session(port)) as ours, closing(Session(floor_port)) as floor:
        ours.rerun(page="trade_routes", query=f"{SLIDERS[name]}&{ENDS}")
        floor.rerun()
        own = [label for label, id_ in ours.sliders.items() if WEIGHTS in id_]
        weights = dict.fromkeys(own, float(HEAVIEST // 2))

        def touch(turn: int) -> float:
            label = list(weights)[turn % len(weights)]
            weights[label] = float((7 * turn + 3) % (HEAVIEST + 1))
            return ours.rerun(page="trade_routes", query=ours.address, moved=weights)

        return _row(f"slider, {name}", touch, floor.rerun, at_most(2))


def _row(what: str, ours: Callable[[int], float], floor: Callable[[], float], *bars: Bar) -> Row:
    """Both in turn, so that what else the machine does meets both; the first turns do not count."""
    pairs = [(ours(turn), floor()) for turn in range(WARM + ROUNDS)][WARM:]
    value, base = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
    return Row(what=what, ours=value, floor=base, unit="ms", bars=bars)
