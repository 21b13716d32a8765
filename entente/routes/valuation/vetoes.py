"""Vetoes: what it costs everybody else when actors deny transit, alone or together.

v(S), the loss when all of S deny transit, is the value of the best way left less that of the best
way without a veto: days by the fastest ways, USD by the cheapest. Where no way is left the route
is lost, which is told apart and is no number.
"""

from collections.abc import Collection
from dataclasses import dataclass

from entente.routes.network.graph import MILLIONTHS
from entente.routes.network.objectives import OBJECTIVES, Objective
from entente.routes.network.scenarios import Scenario
from entente.routes.network.search import Finder, finder
from entente.routes.network.ways import Way


@dataclass(frozen=True, kw_only=True)
class Trade:
    """Traffic between two nodes: what is searched, by the objective, by time and by cost."""

    chosen: Finder
    fastest: Finder
    cheapest: Finder


@dataclass(frozen=True, kw_only=True)
class Veto:
    """What follows when some actors deny transit.

    Attributes:
        actors: Who denies, sorted.
        own_trade: Those of them that have no veto, because the trade is theirs.
        cuts_route: True when no way is left.
        loss: By the objective, in its unit; None when the route is lost.
        loss_days: By the fastest ways; None when the route is lost.
        loss_usd: By the cheapest ways; None when the route is lost.
        way: The way that traffic then takes; None when the route is lost.
        sum_of_parts: Losses of its members alone, added; None when one of them cuts the route.
        adds: Loss beyond that sum; None when a part or the whole cuts the route.
        parts_that_cut: Members that cut the route alone.
    """

    actors: tuple[str, ...]
    own_trade: tuple[str, ...]
    cuts_route: bool
    loss: float | None
    loss_days: float | None
    loss_usd: float | None
    way: Way | None
    sum_of_parts: float | None = None
    adds: float | None = None
    parts_that_cut: tuple[str, ...] = ()


def trade(
    scenario: Scenario, *, origin: str, destination: str, objective: Objective = OBJECTIVES["time"]
) -> Trade:
    """Prepare to put vetoes on traffic between two nodes.

    Raises:
        KeyError: a node that the network does not have.
        ValueError: the two nodes are the same, or the objective is none.
    """
    made: dict[Objective, Finder] = {}
    for wanted in (objective, OBJECTIVES["time"], OBJECTIVES["cost"]):
        if wanted not in made:
            made[wanted] = finder(
                scenario, origin=origin, destination=destination, objective=wanted
            )
    return Trade(
        chosen=made[objective], fastest=made[OBJECTIVES["time"]], cheapest=made[OBJECTIVES["cost"]]
    )


def veto(traffic: Trade, actors: Collection[str]) -> Veto:
    """The price when all of `actors` deny transit together, and what that adds over its parts.

    Actors that can deny nothing, and those whose own trade it is, change nothing.

    Raises:
        ValueError: there is no route even without a veto.
    """
    together = veto_alone(traffic, actors)
    parts = [veto_alone(traffic, [actor]) for actor in together.actors]
    losses = [part.loss for part in parts if part.loss is not None]
    whole = len(losses) == len(parts)
    total = sum(losses) if whole else None
    adds = None if total is None or together.loss is None else together.loss - total
    return Veto(
        **{name: getattr(together, name) for name in _OUTCOME},
        sum_of_parts=total,
        adds=adds,
        parts_that_cut=tuple(part.actors[0] for part in parts if part.cuts_route),
    )


_OUTCOME = ("actors", "own_trade", "cuts_route", "loss", "loss_days", "loss_usd", "way")


def veto_alone(traffic: Trade, actors: Collection[str]) -> Veto:
    """The same without a look at its parts."""
    denials = traffic.chosen.scenario.transport.denials
    bits = denials.bits(actors)
    way = traffic.chosen.best(bits)
    return Veto(
        actors=tuple(sorted(set(actors))),
        own_trade=denials.named(bits & traffic.chosen.own_trade),
        cuts_route=way is None,
        loss=loss(traffic.chosen, bits, way),
        loss_days=loss(traffic.fastest, bits, way if traffic.fastest is traffic.chosen else None),
        loss_usd=loss(traffic.cheapest, bits, way if traffic.cheapest is traffic.chosen else None),
        way=way,
    )


def loss(finder: Finder, vetoes: int, way: Way | None = None) -> float | None:
    """Value of the best way under vetoes less that without; None when the route is lost.

    Args:
        finder: Origin, destination, objective and scenario.
        vetoes: Bits of those that deny transit.
        way: The best way under those vetoes, when it is known.

    Raises:
        ValueError: there is no route even without a veto.
    """
    if not finder.has_route:
        raise ValueError(f"no route from {finder.origin} to {finder.destination}")
    way = way or finder.best(vetoes)
    return None if way is None else (way.value - finder.least) / MILLIONTHS
