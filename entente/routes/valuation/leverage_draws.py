"""Leverage under uncertain rates: what a veto costs in each of many draws of what rates are worth.

In a draw each rate has one luck everywhere, a two-piece log-normal with low and high as its 5th
and 95th percentiles and typical as its median, and besides an error in each state, log-normal with
a standard deviation of one half. Ships at sea are in no state.

A route is a sum of amounts of rates, so its value in all draws is one product of matrices. The
routes valued are those that any coalition forces at typical rates, the best through each leg in the
widest variant, and the best of some of the draws, without a veto and under each single veto and
each coalition asked about. The value of a coalition in a draw is that of the best of these that it
leaves open: never less than what a search in the draw would find, and seldom more. Whether any
route is left is exact.

All this is done in each variant of the network, for which services there are is as uncertain as
what they take.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from entente.routes.network.alternatives import list_candidates
from entente.routes.network.graph import MILLIONTHS, Network, Whole
from entente.routes.network.rates import CO2E, QUANTITIES, Floats
from entente.routes.network.scenarios import Scenario, allow_services
from entente.routes.network.search import OBJECTIVES, Finder, Route, prepare_search, reweigh
from entente.routes.valuation.leverage import (
    cap_losses,
    compute_shapley_values,
    find_forced_routes,
    set_up_game,
)
from entente.routes.valuation.simulation import draw_normal, find_quantiles, list_scores

DRAWS = 400
SEED = 20250410
# How many of the draws are searched for routes to value in all of them.
SEARCHED = 32
EVERY = 8  # draw of which Shapley values are computed: each takes some milliseconds
TYPICAL, BESIDE = -1, -2  # in place of a draw: typical rates, and other good routes at these
STATE_ERROR = 0.5
SAME_RANK = 0.8
# Losses too small to print.
LEAST = {"days": 0.05, "usd": 5.0, "co2e": 5.0}
# Quantity to the objective that has least of it.
BY_QUANTITY = {"days": OBJECTIVES["time"], "usd": OBJECTIVES["cost"], "co2e": OBJECTIVES["co2e"]}
PLACES = {name: place for place, name in enumerate(BY_QUANTITY)}

Flags = npt.NDArray[np.bool_]


class Range(NamedTuple):
    """Percentiles of a loss; infinite where the route is lost."""

    p10: float
    p50: float
    p90: float


def find_range(losses: Floats) -> Range:
    """Percentiles of losses, whatever their shape."""
    return Range(*np.percentile(losses, [10, 50, 90], method="inverted_cdf").tolist())


@dataclass(frozen=True, kw_only=True)
class RateDraws:
    """What rates may be worth in each state.

    Attributes:
        cells: For each entry of the network's usage, the rate in a state that it takes, by its row
            in `worth`. Shape (entries,).
        worth: What a unit is worth in each draw. Shape (rates in states, draws).
    """

    cells: Whole
    worth: Floats


@dataclass(frozen=True, kw_only=True)
class LossDraws:
    """What a veto costs in each draw.

    Attributes:
        actors: Who denies transit, sorted.
        own_trade: Those of them that have no veto, because the trade is theirs.
        losses: Quantity to the loss in each variant and draw; infinite where the route is lost.
            Shape (variants, draws).
    """

    actors: tuple[str, ...]
    own_trade: tuple[str, ...]
    losses: Mapping[str, Floats]

    def find_range(self, quantity: str, variant: int | None = None) -> Range:
        """Percentiles of the loss in one variant, by its place, or in all of them together."""
        return find_range(self._choose(quantity, variant))

    def share_without_loss(self, quantity: str, variant: int | None = None) -> float:
        """Share of the draws in which the veto costs nothing that would be printed."""
        return float((self._choose(quantity, variant) < LEAST[quantity]).mean())

    def share_lost_route(self, variant: int | None = None) -> float:
        """Share of the draws in which no route is left."""
        return float(np.isinf(self._choose(next(iter(self.losses)), variant)).mean())

    def _choose(self, quantity: str, variant: int | None) -> Floats:
        losses = self.losses[quantity]
        return losses if variant is None else losses[variant]


class ShareDraws(NamedTuple):
    """The Shapley value of an actor over draws.

    Attributes:
        actor_id: The actor.
        range: Percentiles of its value.
        is_robust: Whether its value is no nothing in nine of ten draws, and its rank the same in
            eight of ten.
    """

    actor_id: str
    range: Range
    is_robust: bool


@dataclass(frozen=True, kw_only=True)
class LeverageDraws:
    """Routes between two nodes with what they take in each draw.

    Attributes:
        network: The network.
        own_trade: Bits of those that have no veto here.
        variants: Variants of the network in which there is a route.
        without_route: The others.
        routes: The routes that are valued.
        deniers: For each route, bits of those that could veto it. Shape (routes,).
        allowed: Whether a variant has the services of a route. Shape (variants, routes).
        values: Quantity to what each route takes in each draw. Shape (routes, draws).
    """

    network: Network
    own_trade: int
    variants: tuple[str, ...]
    without_route: tuple[str, ...]
    routes: tuple[Route, ...]
    deniers: Whole
    allowed: Flags
    values: Mapping[str, Floats]

    @property
    def actors(self) -> tuple[str, ...]:
        """Those that could veto any of the routes, sorted."""
        return self.network.name_actors(int(np.bitwise_or.reduce(self.deniers, initial=0)))

    def measure_losses(self, actors: Collection[str]) -> LossDraws:
        """What it costs in each variant and draw when all of `actors` deny transit together."""
        bits = self.network.to_bits(actors)
        return LossDraws(
            actors=tuple(sorted(set(actors))),
            own_trade=self.network.name_actors(bits & self.own_trade),
            losses={
                name: self.find_values(bits, name) - self.find_values(0, name)
                for name in self.values
            },
        )

    def find_values(self, bits: int, quantity: str) -> Floats:
        """What the best route takes that a coalition leaves open; infinite where none is.

        Shape (variants, draws).
        """
        values = self.values[quantity]
        is_open = self.allowed & ((self.deniers & bits) == 0)
        return np.array([values[rows].min(axis=0, initial=np.inf) for rows in is_open])


def draw_rates(scenario: Scenario, *, count: int = DRAWS, seed: int = SEED) -> RateDraws:
    """Draw what rates are worth in each state.

    Each luck and each error is spread evenly over its distribution and hangs on the name of the
    rate and the seed alone, so that it is the same on every day and in every variant.

    Args:
        scenario: Network and rates of a day.
        count: How many draws.
        seed: Another seed gives other draws.
    """
    use, rates = scenario.network.usage, scenario.rates
    states, state_of = np.unique(use.states, return_inverse=True)
    kinds, cells = np.unique(use.rates * len(states) + state_of, return_inverse=True)

    def draw(name: str) -> Floats:
        luck = np.empty(count)
        luck[np.argsort(draw_normal(name, count, seed))] = list_scores(count)
        return luck

    worth = np.empty((len(kinds), count))
    everywhere: dict[int, Floats] = {}
    for row, kind in zip(worth, kinds.tolist(), strict=True):
        rate, state = divmod(kind, len(states))
        rate_id = rates.rate_ids[rate]
        if rate not in everywhere:
            everywhere[rate] = find_quantiles(draw(f"worth|{rate_id}"), *rates.worth[rate].tolist())
        error = STATE_ERROR * draw(f"error|{rate_id}|{states[state]}")
        row[:] = everywhere[rate] * np.exp(error)
    return RateDraws(cells=cells, worth=worth)


def draw_leverage(
    scenario: Scenario,
    rates: RateDraws,
    *,
    origin: str,
    destination: str,
    variants: Mapping[str, Collection[str]],
    coalitions: Sequence[Collection[str]],
    quantities: Sequence[str] = ("days", "usd"),
) -> LeverageDraws:
    """Value the routes between two nodes in all draws and variants.

    Args:
        scenario: The network on a day.
        rates: As :func:`draw_rates` gives them for it.
        origin: The node where routes start.
        destination: The node where they end.
        variants: Variant to its services.
        coalitions: Sets of actors whose joint veto will be asked about.
        quantities: Keys of `BY_QUANTITY`.

    Raises:
        KeyError: a node that the network does not have.
        ValueError: the two nodes are the same, or there is a route in no variant.
    """
    network = scenario.network
    asked = [network.to_bits(actors) for actors in coalitions]
    found: dict[tuple[int, ...], tuple[Route, int]] = {}
    joined: dict[str, Collection[str]] = {}
    own_trade = 0
    known: list[_Searched] = []
    draws = np.unique(np.linspace(0, rates.worth.shape[1] - 1, SEARCHED).astype(int)).tolist()
    for variant, services in variants.items():
        own = allow_services(scenario, services)
        for quantity in quantities:
            finder = prepare_search(
                own, origin=origin, destination=destination, objective=BY_QUANTITY[quantity]
            )
            if not finder.has_route:
                break
            joined[variant], own_trade = services, finder.own_trade
            search = _Searched(quantity=quantity, services=frozenset(services), routes={})
            alike = [one for one in known if one.quantity == quantity]
            wider = [one for one in alike if one.services >= search.services]
            for draw in (*([] if wider else [BESIDE]), TYPICAL, *draws):
                search.routes[draw] = _reuse(network, wider, search, draw) or [
                    (route, finder.find_deniers(route))
                    for route in _list_routes(finder, quantity, rates, draw, asked)
                ]
                found |= {route.edges: (route, bits) for route, bits in search.routes[draw]}
            known.append(search)
    if not joined:
        raise ValueError(f"no route from {origin} to {destination}")
    routes = tuple(route for route, _ in found.values())
    taken = _take_rates(scenario, routes, rates)
    needs = [_name_services(network, route) for route in routes]
    return LeverageDraws(
        network=network,
        own_trade=own_trade,
        variants=tuple(joined),
        without_route=tuple(variant for variant in variants if variant not in joined),
        routes=routes,
        deniers=np.array([bits for _, bits in found.values()]),
        allowed=np.array([[need <= set(own) for need in needs] for own in joined.values()]),
        values={quantity: taken[PLACES[quantity]] @ rates.worth for quantity in quantities},
    )


class _Searched(NamedTuple):
    """Routes found by one quantity in a variant, with those that could veto them, by draw."""

    quantity: str
    services: frozenset[str]
    routes: dict[int, list[tuple[Route, int]]]


def _reuse(
    network: Network, wider: Sequence[_Searched], search: _Searched, draw: int
) -> list[tuple[Route, int]]:
    """The routes of a draw in a variant with more services, if they need none but these."""
    for other in wider:
        routes = other.routes.get(draw, [])
        if all(_name_services(network, route) <= search.services for route, _ in routes):
            return routes
    return []


def _name_services(network: Network, route: Route) -> set[str]:
    return {network.leg_services[row] for row in route.leg_rows}


def draw_shares(found: LeverageDraws, quantity: str) -> tuple[ShareDraws, ...]:
    """Shapley values in every eighth draw of all variants, the largest median first.

    A lost route counts in each draw as :func:`leverage.share_losses` has it at typical rates.
    `quantity` is a key of `found.values`.
    """
    actors = found.actors
    if not actors:
        return ()
    shares = np.array(
        [
            _share_losses(found, values[draw], actors)
            for is_allowed in found.allowed
            for values in [np.where(is_allowed[:, None], found.values[quantity], np.inf).T]
            for draw in range(0, len(values), EVERY)
        ]
    )
    ranks = np.argsort(np.argsort(-shares, axis=1, kind="stable"), axis=1)
    told = [
        ShareDraws(
            actor,
            find_range(own),
            bool(
                np.percentile(own, 10) >= LEAST[quantity]
                and np.bincount(rank).max() >= SAME_RANK * len(rank)
            ),
        )
        for actor, own, rank in zip(actors, shares.T, ranks.T, strict=True)
    ]
    return tuple(sorted(told, key=lambda one: (-one.range.p50, -one.range.p90, one.actor_id)))


def _share_losses(found: LeverageDraws, values: Floats, actors: Sequence[str]) -> list[float]:
    """Shapley values of actors in one draw; only routes that some coalition forces matter."""
    forced: list[tuple[int, int]] = []
    for place in np.argsort(values, kind="stable").tolist():
        bits = int(found.deniers[place])
        if np.isfinite(values[place]) and all(other & ~bits for _, other in forced):
            forced.append((round(float(values[place]) * MILLIONTHS), bits))
    players, values_left = set_up_game(found.network, forced)
    capped, _ = cap_losses(values_left)
    worth = dict(zip(players, compute_shapley_values(capped), strict=True))
    return [float(worth.get(actor, 0) / MILLIONTHS) for actor in actors]


def weigh_draw(scenario: Scenario, rates: RateDraws, draw: int, quantity: str) -> Floats:
    """What each edge takes in one draw, in whole millionths, as if no leg were shut."""
    use = scenario.network.usage
    is_own = use.quantities == PLACES[quantity]
    worth = _scale_amounts(scenario)[is_own] * rates.worth[rates.cells[is_own], draw]
    count = len(scenario.network.leg_of)
    return np.rint(np.bincount(use.edges[is_own], worth, minlength=count) * MILLIONTHS)


def _scale_amounts(scenario: Scenario) -> Floats:
    """Amounts of rates with the factors on moving; a shut leg has none."""
    use, network = scenario.network.usage, scenario.network
    factors = np.nan_to_num(np.append(scenario.factors, 1.0)[network.leg_of], nan=1.0)
    return use.amounts * np.where(use.moves & (use.quantities != CO2E), factors[use.edges], 1.0)


def _list_routes(
    finder: Finder, quantity: str, rates: RateDraws, draw: int, asked: Sequence[int]
) -> list[Route]:
    """The best routes in a draw; at typical rates those that coalitions force, or others beside."""
    if draw == BESIDE:
        return list(list_candidates(finder))
    if draw == TYPICAL:
        return list(find_forced_routes(finder)[0])
    weights = weigh_draw(finder.scenario, rates, draw, quantity)
    return list(_force_routes(reweigh(finder, weights), asked))


def _force_routes(finder: Finder, asked: Sequence[int]) -> Iterator[Route]:
    """The best routes without a veto, under each single one that hurts, and under coalitions."""
    best = finder.best()
    assert best is not None, "whether there is a route does not hang on rates"
    deniers = finder.find_deniers(best)
    singles = [1 << place for place in range(deniers.bit_length()) if deniers >> place & 1]
    for bits in dict.fromkeys([0, *singles, *(bits & deniers and bits for bits in asked)]):
        route = finder.best(bits)
        if route:
            yield route


def _take_rates(scenario: Scenario, routes: Sequence[Route], rates: RateDraws) -> Floats:
    """How many units of each rate in a state routes take. Shape (quantities, routes, cells)."""
    use, amounts = scenario.network.usage, _scale_amounts(scenario)
    order = np.argsort(use.edges, kind="stable")
    starts = np.searchsorted(use.edges[order], np.arange(len(scenario.network.leg_of) + 1))
    taken = np.zeros((len(QUANTITIES), len(routes), len(rates.worth)))
    for place, route in enumerate(routes):
        entries = np.concatenate([order[starts[edge] : starts[edge + 1]] for edge in route.edges])
        np.add.at(
            taken[:, place], (use.quantities[entries], rates.cells[entries]), amounts[entries]
        )
    return taken
