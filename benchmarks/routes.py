"""Best ways and leverage, against the same computations in networkx, which is pure Python.

Same graph, same weights, same coalitions, and the same answers: that is checked before anything is
timed. Ours is measured warm, with the bounds of a destination known, as on a page on which a reader
tries one veto after another; what preparing them costs is a row of its own.
"""

import datetime as dt
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest import mock

import networkx as nx
import numpy as np

from entente.analysis.leverage import PRESETS, leverage
from entente.analysis.objectives import OBJECTIVES
from entente.analysis.scenarios import Scenario, scenario
from entente.analysis.search import Finder, Way, finder, way_of
from entente.analysis.vetoes import trade, veto, veto_alone
from entente.store import data_folder, read_dossier

PAIRS = (
    ("IN_NSA", "RU_LED"),
    ("IN_NSA", "RU_MOW"),
    ("IN_NSA", "UZ_TAS"),
    ("PK_KHI", "TR_IST"),
    ("CN_XIY", "TR_IST"),
)
DAY = dt.date(2025, 4, 10)
ROUNDS = 5
Row = tuple[str, str, str, str, str]


class PlainFinder:
    """The same search in networkx: Dijkstra's algorithm over the same graph, vetoes hidden."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._denied = finder.denied_by.tolist()
        self._weights = finder.weights.tolist()
        self.graph = nx.MultiDiGraph()
        for number, edge in enumerate(finder.scenario.transport.graph.edges):
            self.graph.add_edge(edge.source, edge.target, key=number)

    def best(self, vetoes: int = 0) -> Way | None:
        """The best way when the actors behind those bits deny transit."""

        def weight(source: int, target: int, joining: dict[int, Any]) -> float | None:
            left = [self._weights[n] for n in joining if not self._denied[n] & vetoes]
            least = min(left, default=np.inf)
            return least if least < np.inf else None

        try:
            path = nx.dijkstra_path(self.graph, *self._finder.ends, weight=weight)
        except nx.NetworkXNoPath:
            return None
        edges = [
            min(
                (n for n in self.graph[a][b] if not self._denied[n] & vetoes),
                key=self._weights.__getitem__,
            )
            for a, b in zip(path, path[1:], strict=False)
        ]
        return way_of(self._finder.scenario, edges, self._finder.weights)


def rows() -> list[Row]:
    """Name, ours, networkx, ratio, what is wanted."""
    known = scenario(read_dossier(data_folder()).tables, as_of=DAY)
    return [*_best_ways(known), *_leverage_tables(known)]


def _best_ways(known: Scenario) -> list[Row]:
    """The best way of each pair, alone and under each preset of vetoes."""
    finders = [_fastest(known, *pair) for pair in PAIRS]
    plain = [PlainFinder(found) for found in finders]
    bits = [0, *(known.transport.denials.bits(actors) for actors in PRESETS.values())]
    for ours, theirs in zip(finders, plain, strict=True):
        for vetoes in bits:
            assert _value(ours.best(vetoes)) == _value(theirs.best(vetoes)), "equal answers"
    count = len(PAIRS) * len(bits)
    ours_s = _seconds(lambda: [found.best(vetoes) for found in finders for vetoes in bits])
    theirs_s = _seconds(lambda: [found.best(vetoes) for found in plain for vetoes in bits])
    made = _seconds(lambda: [_fastest(known, *pair) for pair in PAIRS]) / len(PAIRS)
    return [
        _row("best way, warm", ours_s / count, theirs_s / count, "≥ 10"),
        ("  bounds of a destination", f"{made * 1000:.2f} ms", "", "", "once for a destination"),
    ]


def _leverage_tables(known: Scenario) -> Iterator[Row]:
    """Shapley values, every actor alone and the presets, for each pair."""
    for origin, destination in PAIRS:
        traffic = trade(known, origin=origin, destination=destination)
        slow = replace(traffic)  # the same, to be searched by networkx
        ours = _table(traffic)
        with _in_networkx():
            assert _table(slow) == ours, "equal answers"
            theirs_s = _seconds(lambda slow=slow: _table(slow), rounds=1)
        ours_s = _seconds(lambda traffic=traffic: _table(traffic))
        wanted = "≥ 10, ours ≤ 300 ms"
        yield _row(f"leverage {origin}–{destination}", ours_s, theirs_s, wanted)


@contextmanager
def _in_networkx() -> Iterator[None]:
    """Let every finder search with networkx; the graph of each is built once, beforehand."""
    made: dict[int, PlainFinder] = {}

    def best(self: Finder, vetoes: int = 0) -> Way | None:
        if id(self) not in made:
            made[id(self)] = PlainFinder(self)
        return made[id(self)].best(vetoes)

    with mock.patch.object(Finder, "best", best):
        yield


def _table(traffic: Any) -> Any:
    """The whole leverage table, as the command gives it."""
    shared = leverage(traffic.chosen)
    alone = [veto_alone(traffic, [actor]) for actor in shared.players]
    together = [veto(traffic, actors) for actors in PRESETS.values()]
    losses = [(one.actors, one.loss_days, one.loss_usd) for one in (*alone, *together)]
    return shared.players, shared.shares, shared.lost_count, losses


def _fastest(known: Scenario, origin: str, destination: str) -> Finder:
    return finder(known, origin=origin, destination=destination, objective=OBJECTIVES["time"])


def _value(way: Way | None) -> int | None:
    return way.value if way else None


def _seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median of a few rounds."""
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def _row(name: str, ours: float, theirs: float, wanted: str) -> Row:
    value, floor = f"{ours * 1000:.2f} ms", f"{theirs * 1000:.2f} ms"
    return name, value, floor, f"{theirs / ours:.1f}", wanted


if __name__ == "__main__":
    for line in rows():
        print("  ".join(f"{cell:<26}" for cell in line))
