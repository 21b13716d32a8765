"""Leverage: exact Shapley values of transit actors, over all coalitions of those that matter.

The players are found, not chosen. Start with the best way without a veto; let each actor on it
deny transit; take the best way that any of them forces, and so on until no coalition forces a new
one. An actor on none of these ways is a null player: whatever others do, the way that they force
avoids it. So its value is nothing, and coalitions of the players alone decide. The value of any
coalition is that of the first of these ways that it leaves open.

A coalition that leaves no way has no finite loss. It counts as much as the largest finite loss of
any coalition, or as the whole of the best way when that is more; such coalitions are counted, and
the smallest of them named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import factorial
from operator import or_

import numpy as np

from entente.routes.network.denials import ones
from entente.routes.network.graph import MILLIONTHS, Floats, Whole
from entente.routes.network.search import Finder
from entente.routes.network.ways import Way

# What the comment and its critics ask about.
PRESETS = {
    "Ankara alone": ("TUR",),
    "Baku alone": ("AZE",),
    "Ankara and Baku": ("AZE", "TUR"),
    "Ankara, Baku and Islamabad": ("AZE", "PAK", "TUR"),
    "Tehran": ("IRN",),
    "Moscow": ("RUS",),
}
MOST_PLAYERS = 22


@dataclass(frozen=True, kw_only=True)
class Leverage:
    """Who holds what over traffic between two nodes.

    Attributes:
        players: Actors that matter, by their share, the largest first.
        shares: Their Shapley values, in the unit of the objective.
        grand_loss: Loss when all of them deny transit, capped where that cuts the route; the
            shares add up to it.
        fallback: The loss at which a lost route counts.
        coalition_count: How many coalitions there are.
        lost_count: How many of them leave no way.
        smallest_cuts: The smallest coalitions that leave no way, none of which contains another.
        ways: The ways that coalitions force, best first; the first is that without a veto.
    """

    players: tuple[str, ...]
    shares: tuple[float, ...]
    grand_loss: float
    fallback: float
    coalition_count: int
    lost_count: int
    smallest_cuts: tuple[tuple[str, ...], ...]
    ways: tuple[Way, ...]

    @property
    def share_of(self) -> dict[str, float]:
        """Actor to its share; who is not in it has none."""
        return dict(zip(self.players, self.shares, strict=True))


def leverage(finder: Finder) -> Leverage:
    """Shapley values of all transit actors between two nodes.

    Raises:
        ValueError: there is no route even without a veto.
    """
    if not finder.has_route:
        raise ValueError(f"no route from {finder.origin} to {finder.destination}")
    ways, cuts = forced_ways(finder)
    denials = finder.scenario.transport.denials
    hurt_by = [finder.hurt_by(way) for way in ways]
    players = denials.named(reduce(or_, hurt_by))
    assert len(players) <= MOST_PLAYERS, "coalitions are listed one by one"
    places = [denials.bits([player]) for player in players]
    among = [sum(1 << n for n, bit in enumerate(places) if bits & bit) for bits in hurt_by]
    values = coalition_values(
        [(w.value, bits) for w, bits in zip(ways, among, strict=True)], len(players)
    )
    is_lost = np.isinf(values)
    losses = values - values[0]
    largest = losses[~is_lost].max()
    fallback = max(float(largest), float(values[0]))
    capped = np.where(is_lost, fallback, losses)
    shares = shapley_values(capped)
    order = sorted(range(len(players)), key=lambda n: (-shares[n], players[n]))
    return Leverage(
        players=tuple(players[n] for n in order),
        shares=tuple(float(shares[n] / MILLIONTHS) for n in order),
        grand_loss=float(capped[-1]) / MILLIONTHS,
        fallback=fallback / MILLIONTHS,
        coalition_count=len(values),
        lost_count=int(is_lost.sum()),
        smallest_cuts=tuple(sorted(map(denials.named, cuts), key=lambda cut: (len(cut), cut))),
        ways=ways,
    )


def forced_ways(finder: Finder) -> tuple[tuple[Way, ...], tuple[int, ...]]:
    """Every way that some coalition forces traffic to take, and the smallest that leave none.

    The next way is the best that any coalition forces which denies all ways before it; the smallest
    such coalitions will do, for a larger one never leaves a better way.

    Returns:
        Ways, best first; then bits of coalitions that cut the route and have no part that does.
    """
    best = finder.best()
    ways: list[Way] = [best] if best else []
    known: dict[int, Way | None] = {}
    coalitions = [0]
    while ways:
        coalitions = extended(coalitions, finder.hurt_by(ways[-1]))
        known |= {bits: finder.best(bits) for bits in coalitions if bits not in known}
        left = [way for bits in coalitions if (way := known[bits])]
        if not left:
            break
        ways.append(min(left, key=lambda way: (way.value, way.leg_rows)))
    return tuple(ways), tuple(coalitions)


def extended(coalitions: Sequence[int], hurt_by: int) -> list[int]:
    """The smallest coalitions that deny one way more (Berge's minimal hitting sets).

    Args:
        coalitions: Bits of the smallest coalitions that deny all ways so far.
        hurt_by: Bits of those who can veto the next way.
    """
    denying = [bits for bits in coalitions if bits & hurt_by]
    larger = {bits | one for bits in coalitions if not bits & hurt_by for one in ones(hurt_by)}
    return denying + [bits for bits in sorted(larger) if all(part & ~bits for part in denying)]


def coalition_values(ways: Sequence[tuple[int, int]], players: int) -> Floats:
    """Value of the first way that each coalition leaves open; infinite where none is.

    Args:
        ways: Value and bits of the players that can veto it, for each way, best first.
        players: How many there are.

    Returns:
        Shape (2 ** players,); coalition number 5 is that of the first and the third player.
    """
    values = np.full(1 << players, np.inf)
    waiting = np.arange(1 << players)
    for value, hurt_by in ways:
        is_hit = (waiting & hurt_by) != 0
        values[waiting[~is_hit]] = value
        waiting = waiting[is_hit]
    return values


def shapley_values(losses: Floats) -> list[Fraction]:
    """Exact Shapley values of a game.

    Args:
        losses: Loss of each coalition, whole numbers below 2 ** 53 in all. Shape (2 ** players,).

    Returns:
        One share for each player; they add up to the loss of all of them together.
    """
    players = len(losses).bit_length() - 1
    sizes = _sizes(players)
    orders = [factorial(before) * factorial(players - before - 1) for before in range(players)]
    shares = []
    for player in range(players):
        by_player = losses.reshape(-1, 2, 1 << player)
        added = (by_player[:, 1, :] - by_player[:, 0, :]).ravel()
        others = sizes.reshape(-1, 2, 1 << player)[:, 0, :].ravel()
        by_size = np.bincount(others, weights=added, minlength=players)
        weighed = sum(n * int(size) for n, size in zip(orders, by_size, strict=True))
        shares.append(Fraction(weighed, factorial(players)))
    return shares


def _sizes(players: int) -> Whole:
    """How many players each coalition has. Shape (2 ** players,)."""
    sizes = np.zeros(1, dtype=np.int64)
    for _ in range(players):
        sizes = np.concatenate([sizes, sizes + 1])
    return sizes
