"""Best ways and leverage, against the same computations in networkx, which is pure Python.

Same graph, same weights, same coalitions, and the same answers: that is checked before anything is
timed. The leverage table has two floors: a search in networkx for every coalition, as the
definition has it; and our own steps, which need few searches, with networkx and loops inside. The
best way is measured warm, with the bounds of a destination known, as on a page on which a reader
tries one veto after another; preparing them is a row of its own.
"""

import datetime as dt
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from itertools import pairwise
from math import factorial
from typing import Any
from unittest import mock

import networkx as nx
import numpy as np

from benchmarks.table import Bar, Row, as_text, at_least, at_most
from entente.dossier.store import data_folder, read_dossier
from entente.routes.network.graph import MILLIONTHS
from entente.routes.network.scenarios import Scenario, build_scenario
from entente.routes.network.search import OBJECTIVES, Finder, Route, make_route, prepare_search
from entente.routes.valuation import leverage as leverage_module
from entente.routes.valuation.leverage import (
    prepare_traffic,
    price_veto,
    price_veto_alone,
    share_losses,
)

PAIRS = (
    ("IN_NSA", "RU_LED"),
    ("IN_NSA", "RU_MOW"),
    ("IN_NSA", "UZ_TAS"),
    ("PK_KHI", "TR_IST"),
    ("CN_XIY", "TR_IST"),
)
COALITIONS = (("TUR",), ("AZE",), ("AZE", "TUR"), ("AZE", "PAK", "TUR"), ("IRN",), ("RUS",))
DAY = dt.date(2025, 4, 10)
ROUNDS = 5
TABLE_BARS = (at_least(10), at_most(300, is_of_ours=True))


class PlainFinder:
    """The best route by networkx: Dijkstra's algorithm over our graph, vetoed edges hidden."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._denied = finder.denied_by.tolist()
        self._weights = finder.weights.tolist()
        self.graph = nx.MultiDiGraph()
        network = finder.scenario.network
        ends = zip(network.sources.tolist(), network.targets.tolist(), strict=True)
        for number, (source, target) in enumerate(ends):
            self.graph.add_edge(source, target, key=number)

    def search(self, vetoes: int) -> Route | None:
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
            for a, b in pairwise(path)
        ]
        return make_route(self._finder.scenario, edges, self._finder.weights)


def rows() -> list[Row]:
    """Ours, and networkx as the floor."""
    known = build_scenario(read_dossier(data_folder()).tables, as_of=DAY)
    return [*_best_ways(known), *_leverage_tables(known)]


def _best_ways(known: Scenario) -> list[Row]:
    """The best way of each pair, alone and under each preset of vetoes."""
    finders = [_fastest(known, *pair) for pair in PAIRS]
    plain = [PlainFinder(found) for found in finders]
    bits = [0, *(known.network.to_bits(actors) for actors in COALITIONS)]
    for ours, theirs in zip(finders, plain, strict=True):
        for vetoes in bits:
            assert _value(ours.search(vetoes)) == _value(theirs.search(vetoes)), "equal answers"
    count = len(PAIRS) * len(bits)
    ours_s = _seconds(lambda: [found.search(vetoes) for found in finders for vetoes in bits])
    theirs_s = _seconds(lambda: [found.search(vetoes) for found in plain for vetoes in bits])
    made = _seconds(lambda: [_fastest(known, *pair) for pair in PAIRS]) / len(PAIRS)
    return [
        _row("best way, warm", ours_s / count, theirs_s / count, at_least(10)),
        Row(what="  bounds of a destination", ours=made * 1000, unit="ms", note="once for each"),
    ]


def _leverage_tables(known: Scenario) -> Iterator[Row]:
    """Shapley values, every actor alone and the presets, for each pair, from nothing."""
    for origin, destination in PAIRS:

        def table(origin: str = origin, destination: str = destination) -> Any:
            return _table(prepare_traffic(known, origin=origin, destination=destination))

        ours, ours_s = table(), _seconds(table)
        started = time.perf_counter()
        assert by_the_book(known, origin, destination) == ours[:3], "equal answers"
        book_s = time.perf_counter() - started
        with _in_networkx():
            assert table() == ours, "equal answers"
            steps_s = _seconds(table, rounds=3)
        yield _row(f"leverage {origin}–{destination}", ours_s, book_s, *TABLE_BARS)
        yield _row("  same steps, networkx", ours_s, steps_s)


def by_the_book(known: Scenario, origin: str, destination: str) -> Any:
    """Players, shares and lost coalitions, by a search in networkx for every coalition."""
    fastest = _fastest(known, origin, destination)
    players = tuple(sorted(share_losses(fastest).values))
    bits = [known.network.to_bits([player]) for player in players]
    plain = PlainFinder(fastest)
    values = []
    for coalition in range(1 << len(players)):
        way = plain.search(sum(bit for n, bit in enumerate(bits) if coalition >> n & 1))
        values.append(way.value if way else np.inf)
    losses = [value - values[0] for value in values]
    most = max(values[0], *(loss for loss in losses if loss < np.inf))
    shares = plain_shapley([min(loss, most) for loss in losses])
    order = sorted(range(len(players)), key=lambda n: (-shares[n], players[n]))
    lost = sum(value == np.inf for value in values)
    return (
        tuple(players[n] for n in order),
        tuple(float(shares[n] / MILLIONTHS) for n in order),
        lost,
    )


@contextmanager
def _in_networkx() -> Iterator[None]:
    """Let every finder search with networkx, and count coalitions in plain Python.

    The graph is built once for each objective, in the run that is checked and not timed.
    """
    made: dict[tuple[str, str, float], PlainFinder] = {}

    def search(self: Finder, vetoes: int) -> Route | None:
        key = (self.origin, self.destination, self.least)
        if key not in made:
            made[key] = PlainFinder(self)
        return made[key].search(vetoes)

    with (
        mock.patch.object(Finder, "search", search),
        mock.patch.object(leverage_module, "value_coalitions", plain_values),
        mock.patch.object(leverage_module, "compute_shapley_values", plain_shapley),
    ):
        yield


def plain_values(ways: list[tuple[int, int]], players: int) -> Any:
    """Value of the best way that each coalition leaves open, one by one."""
    return np.array(
        [
            next((value for value, hurt_by in ways if not hurt_by & coalition), np.inf)
            for coalition in range(1 << players)
        ]
    )


def plain_shapley(losses: Any) -> list[Fraction]:
    """Shapley values, coalition by coalition."""
    known = [int(loss) for loss in losses]
    players = len(known).bit_length() - 1
    sizes = [coalition.bit_count() for coalition in range(len(known))]
    shares = []
    for player in range(players):
        bit, added = 1 << player, [0] * players
        for coalition, loss in enumerate(known):
            if not coalition & bit:
                added[sizes[coalition]] += known[coalition | bit] - loss
        orders = [factorial(n) * factorial(players - n - 1) for n in range(players)]
        weighed = sum(a * b for a, b in zip(orders, added, strict=True))
        shares.append(Fraction(weighed, factorial(players)))
    return shares


def _table(traffic: Any) -> Any:
    """The whole leverage table, as the command gives it."""
    shared = share_losses(traffic.chosen)
    alone = [price_veto_alone(traffic, [actor]) for actor in shared.values]
    together = [price_veto(traffic, actors) for actors in COALITIONS]
    losses = [(one.actors, one.loss_days, one.loss_usd) for one in (*alone, *together)]
    return tuple(shared.values), tuple(shared.values.values()), shared.lost_count, losses


def _fastest(known: Scenario, origin: str, destination: str) -> Finder:
    return prepare_search(
        known, origin=origin, destination=destination, objective=OBJECTIVES["time"]
    )


def _value(way: Route | None) -> int | None:
    return way.value if way else None


def _seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median of a few rounds."""
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def _row(what: str, ours: float, theirs: float, *bars: Bar) -> Row:
    return Row(
        what=what,
        ours=ours * 1000,
        floor=theirs * 1000,
        unit="ms",
        is_speedup=True,
        bars=bars,
    )


if __name__ == "__main__":
    print(as_text(rows()))
