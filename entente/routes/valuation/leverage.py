"""Leverage: what it costs everybody else when actors deny transit, and who holds how much of that.

v(S), the loss when all of S deny transit, is the value of the best route left less that of the best
route without a veto: days by the fastest routes, USD by the cheapest. Where no route is left the
route is lost, which is told apart and is not a number.

Shares of that loss are exact Shapley values over all coalitions of those that matter (Shapley, "A
value for n-person games", 1953). The players are found, not chosen. Start with the best route
without a veto; let each actor on it deny transit; take the best route that any of them forces, and
so on until no coalition forces a new one. An actor on none of these routes is a null player:
whatever others do, the route that they force avoids it. So its value is nothing, and coalitions of
the players alone decide. The value of any coalition is that of the first of these routes that it
leaves open.

A coalition that leaves no route has no finite loss. It counts as much as the largest finite loss of
any coalition, or as the whole of the best route when that is more; such coalitions are counted, and
the smallest of them named.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from math import factorial
from operator import or_
from typing import NamedTuple

import numpy as np

from entente.routes.network.alternatives import CutLeg, find_cut
from entente.routes.network.graph import MILLIONTHS, Network
from entente.routes.network.rates import Floats
from entente.routes.network.scenarios import Scenario
from entente.routes.network.search import (
    OBJECTIVES,
    Finder,
    GeneralisedCost,
    Objective,
    Route,
    prepare_search,
)

MOST_PLAYERS = 22


class Traffic(NamedTuple):
    """Trade between two nodes: what is searched, by the objective, by time and by cost."""

    chosen: Finder
    fastest: Finder
    cheapest: Finder


@dataclass(frozen=True, kw_only=True)
class Veto:
    """What follows when some actors deny transit.

    Attributes:
        actors: Who denies, sorted.
        own_trade: Those of them that have no veto, because the trade is theirs.
        loss: By the objective, in its unit; None when the route is lost.
        loss_days: By the fastest routes; None when the route is lost.
        loss_usd: By the cheapest routes; None when the route is lost.
        route: The route that traffic then takes; None when the route is lost.
        parts: What each of the actors could do alone; empty where nobody looked.
    """

    actors: tuple[str, ...]
    own_trade: tuple[str, ...]
    loss: float | None
    loss_days: float | None
    loss_usd: float | None
    route: Route | None
    parts: tuple["Veto", ...] = ()

    @property
    def cuts_route(self) -> bool:
        """Whether no route is left."""
        return self.route is None

    @property
    def parts_that_cut(self) -> tuple[str, ...]:
        """Members that cut the route alone."""
        return tuple(part.actors[0] for part in self.parts if part.cuts_route)

    def sum_parts(self) -> float | None:
        """Losses of its members alone, added; None when one of them cuts the route."""
        losses = [part.loss for part in self.parts if part.loss is not None]
        return sum(losses) if losses and len(losses) == len(self.parts) else None

    @property
    def adds(self) -> float | None:
        """Loss beyond the sum of the parts; None when a part or the whole cuts the route."""
        total = self.sum_parts()
        return None if total is None or self.loss is None else self.loss - total


@dataclass(frozen=True, kw_only=True)
class Shares:
    """Who holds what share of the loss that all could cause together.

    Attributes:
        values: Actors that matter to their Shapley values, in the unit of the objective, the
            largest first.
        grand_loss: Loss when all of them deny transit, capped where that cuts the route; the
            values add up to it.
        fallback: The loss at which a lost route counts.
        coalition_count: How many coalitions there are.
        lost_count: How many of them leave no route.
        smallest_cuts: The smallest coalitions that leave no route, none of which contains another.
        routes: The routes that coalitions force, best first; the first is that without a veto.
    """

    values: Mapping[str, float]
    grand_loss: float
    fallback: float
    coalition_count: int
    lost_count: int
    smallest_cuts: tuple[tuple[str, ...], ...]
    routes: tuple[Route, ...]


class ActorLeverage(NamedTuple):
    """What one actor could do: its veto alone, and its shares by the objective and by time."""

    actor_id: str
    alone: Veto
    share: float
    share_days: float


@dataclass(frozen=True, kw_only=True)
class LeverageResult:
    """Who holds what over traffic between two places.

    Attributes:
        best: The best route without a veto; None when there is none. Then there are no actors, no
            coalitions and no shares.
        cut: The fewest legs whose opening would restore a route, when there is none.
        restored: That route.
        actors: All that matter by the objective, by their share; then those that matter by time
            only.
        coalitions: What each coalition that was asked about costs, by its label.
        shares: The Shapley values with the coalitions behind them.
    """

    best: Route | None
    cut: tuple[CutLeg, ...] = ()
    restored: Route | None = None
    actors: tuple[ActorLeverage, ...] = ()
    coalitions: Mapping[str, Veto]
    shares: Shares | None = None


def prepare_traffic(
    scenario: Scenario,
    *,
    origin: str,
    destination: str,
    objective: Objective | GeneralisedCost = OBJECTIVES["time"],
) -> Traffic:
    """Prepare to put vetoes on traffic between two nodes.

    Raises:
        KeyError: a node that the network does not have.
        ValueError: the two nodes are the same, or the objective is none.
    """
    wanted = (objective, OBJECTIVES["time"], OBJECTIVES["cost"])
    finders = {
        one: prepare_search(scenario, origin=origin, destination=destination, objective=one)
        for one in dict.fromkeys(wanted)
    }
    return Traffic(*(finders[one] for one in wanted))


def assemble_leverage(
    traffic: Traffic, coalitions: Mapping[str, Collection[str]]
) -> LeverageResult:
    """All that is known about leverage over some traffic, with the coalitions asked about."""
    if not traffic.chosen.has_route:
        cut, restored = find_cut(traffic.chosen)
        return LeverageResult(best=None, cut=cut, restored=restored, coalitions={})
    shares = share_losses(traffic.chosen)
    by_days = shares if traffic.fastest is traffic.chosen else share_losses(traffic.fastest)
    others = sorted(set(by_days.values) - set(shares.values))
    return LeverageResult(
        best=traffic.chosen.best(),
        actors=tuple(
            ActorLeverage(
                actor_id,
                price_veto_alone(traffic, [actor_id]),
                shares.values.get(actor_id, 0.0),
                by_days.values.get(actor_id, 0.0),
            )
            for actor_id in (*shares.values, *others)
        ),
        coalitions={label: price_veto(traffic, actors) for label, actors in coalitions.items()},
        shares=shares,
    )


def price_veto(traffic: Traffic, actors: Collection[str]) -> Veto:
    """The price when all of `actors` deny transit together, and what each could do alone.

    Actors that can deny nothing, and those whose own trade it is, change nothing.

    Raises:
        ValueError: there is no route even without a veto.
    """
    together = price_veto_alone(traffic, actors)
    parts = tuple(price_veto_alone(traffic, [actor]) for actor in together.actors)
    return replace(together, parts=parts)


def price_veto_alone(traffic: Traffic, actors: Collection[str]) -> Veto:
    """The price of a veto without a look at its parts.

    Raises:
        ValueError: there is no route even without a veto.
    """
    chosen = traffic.chosen
    if not chosen.has_route:
        raise ValueError(f"no route from {chosen.origin} to {chosen.destination}")
    network = chosen.scenario.network
    bits = network.to_bits(actors)
    route = chosen.best(bits)
    return Veto(
        actors=tuple(sorted(set(actors))),
        own_trade=network.name_actors(bits & chosen.own_trade),
        loss=_measure_loss(chosen, route),
        loss_days=_measure_loss(traffic.fastest, traffic.fastest.best(bits)),
        loss_usd=_measure_loss(traffic.cheapest, traffic.cheapest.best(bits)),
        route=route,
    )


def _measure_loss(finder: Finder, route: Route | None) -> float | None:
    return None if route is None else (route.value - finder.least) / MILLIONTHS


def share_losses(finder: Finder) -> Shares:
    """Shapley values of all transit actors between two nodes.

    Raises:
        ValueError: there is no route even without a veto.
    """
    if not finder.has_route:
        raise ValueError(f"no route from {finder.origin} to {finder.destination}")
    routes, cuts = find_forced_routes(finder)
    network = finder.scenario.network
    players, values = set_up_game(
        network, [(route.value, finder.find_deniers(route)) for route in routes]
    )
    smallest = sorted(map(network.name_actors, cuts), key=lambda cut: (len(cut), cut))
    capped, fallback = cap_losses(values)
    worth = compute_shapley_values(capped)
    order = sorted(range(len(players)), key=lambda n: (-worth[n], players[n]))
    return Shares(
        values={players[n]: float(worth[n] / MILLIONTHS) for n in order},
        grand_loss=float(capped[-1]) / MILLIONTHS,
        fallback=fallback / MILLIONTHS,
        coalition_count=len(values),
        lost_count=int(np.isinf(values).sum()),
        smallest_cuts=tuple(smallest),
        routes=routes,
    )


def set_up_game(
    network: Network, routes: Sequence[tuple[int, int]]
) -> tuple[tuple[str, ...], Floats]:
    """The actors that can veto any of some routes, and what each coalition of them leaves.

    Args:
        network: Names the actors behind bits.
        routes: Value, and bits of the actors that can veto it, for each route, best first.

    Returns:
        The players, sorted, and :func:`value_coalitions` of them.
    """
    players = network.name_actors(reduce(or_, (deniers for _, deniers in routes)))
    assert len(players) <= MOST_PLAYERS, "coalitions are listed one by one"
    places = [network.to_bits([player]) for player in players]
    among = [
        (value, sum(1 << n for n, bit in enumerate(places) if deniers & bit))
        for value, deniers in routes
    ]
    return players, value_coalitions(among, len(players))


def find_forced_routes(finder: Finder) -> tuple[tuple[Route, ...], tuple[int, ...]]:
    """Every route that some coalition forces traffic to take, and the smallest that leave none.

    The next route is the best that any coalition forces which denies all routes before it; the
    smallest such coalitions will do, for a larger one never leaves a better route.

    Returns:
        Routes, best first; then bits of coalitions that cut the route and have no part that does.
    """
    best = finder.best()
    routes: list[Route] = [best] if best else []
    known: dict[int, Route | None] = {}
    coalitions = [0]
    while routes:
        coalitions = extend_coalitions(coalitions, finder.find_deniers(routes[-1]))
        known |= {bits: finder.best(bits) for bits in coalitions if bits not in known}
        left = [route for bits in coalitions if (route := known[bits])]
        if not left:
            break
        routes.append(min(left, key=lambda route: (route.value, route.leg_rows)))
    return tuple(routes), tuple(coalitions)


def extend_coalitions(coalitions: Sequence[int], deniers: int) -> list[int]:
    """The smallest coalitions that deny one route more (Berge's minimal hitting sets).

    Args:
        coalitions: Bits of the smallest coalitions that deny all routes so far.
        deniers: Bits of those who can veto the next route.
    """
    denying = [bits for bits in coalitions if bits & deniers]
    members = [1 << n for n in range(deniers.bit_length()) if deniers >> n & 1]
    larger = {bits | one for bits in coalitions if not bits & deniers for one in members}
    return denying + [bits for bits in sorted(larger) if all(part & ~bits for part in denying)]


def value_coalitions(routes: Sequence[tuple[int, int]], players: int) -> Floats:
    """Value of the first route that each coalition leaves open; infinite where none is.

    Args:
        routes: Value and bits of the players that can veto it, for each route, best first.
        players: How many there are.

    Returns:
        Shape (2 ** players,); coalition number 5 is that of the first and the third player.
    """
    values = np.full(1 << players, np.inf)
    waiting = np.arange(1 << players)
    for value, deniers in routes:
        is_hit = (waiting & deniers) != 0
        values[waiting[~is_hit]] = value
        waiting = waiting[is_hit]
    return values


def cap_losses(values: Floats) -> tuple[Floats, float]:
    """Losses of coalitions, and the loss at which a lost route counts.

    Args:
        values: As :func:`value_coalitions` gives them. Shape (2 ** players,).
    """
    is_lost = np.isinf(values)
    losses = values - values[0]
    fallback = max(float(losses[~is_lost].max()), float(values[0]))
    return np.where(is_lost, fallback, losses), fallback


def compute_shapley_values(losses: Floats) -> list[Fraction]:
    """Exact Shapley values of a game.

    Args:
        losses: Loss of each coalition, whole numbers below 2 ** 53 in all. Shape (2 ** players,).

    Returns:
        One share for each player; they add up to the loss of all of them together.
    """
    players = len(losses).bit_length() - 1
    sizes = np.bitwise_count(np.arange(len(losses)))
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
