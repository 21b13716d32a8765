"""Denials: which legs an actor takes out when it denies transit.

An actor denies the legs that it controls (`leg_actors`) and those that touch its own places, for
whoever passes a place uses one of them. Open straits and capes belong to nobody: there only those
count that control a leg in fact. A state has no veto over its own trade, to or from its places.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

OF_NOBODY = ("chokepoint",)
MOST_ACTORS = 62


@dataclass(frozen=True, kw_only=True)
class Denials:
    """Who can deny what, as bits.

    Attributes:
        actors: Those that can deny anything, sorted; the first has bit 1, the next bit 2, then 4 …
        by_leg: For each leg in file order, the bits of those that can deny it. Shape (legs,).
        states: Node to the state in which it lies.
    """

    actors: tuple[str, ...]
    by_leg: npt.NDArray[np.int64]
    states: Mapping[str, str]

    def bits(self, actors: Iterable[str]) -> int:
        """A set of actors as bits; those that can deny nothing have none."""
        return sum(1 << self.actors.index(actor) for actor in set(actors) & set(self.actors))

    def named(self, bits: int) -> tuple[str, ...]:
        """The actors behind bits, sorted."""
        return tuple(actor for n, actor in enumerate(self.actors) if bits >> n & 1)

    def own_trade(self, origin: str, destination: str) -> int:
        """Bits of the states that have no veto between two nodes, because it is their trade."""
        return self.bits({self.states[origin], self.states[destination]})


def build_denials(*, legs: pd.DataFrame, nodes: pd.DataFrame, leg_actors: pd.DataFrame) -> Denials:
    """Read off the tables of those names who can deny which leg."""
    holders: dict[str, set[str]] = {leg_id: set() for leg_id in legs["leg_id"]}
    for leg_id, actor in zip(leg_actors["leg_id"], leg_actors["actor_id"], strict=True):
        holders[leg_id].add(actor)
    states = dict(zip(nodes["node_id"], nodes["actor_id"], strict=True))
    owned = find_owners(nodes)
    for leg in legs.itertuples():
        ends = (leg.from_node_id, leg.to_node_id)
        holders[leg.leg_id] |= {owned[node] for node in ends if node in owned}
    actors = tuple(sorted(set().union(*holders.values())))
    assert len(actors) <= MOST_ACTORS, "actors are bits of one whole number"
    bit = {actor: 1 << n for n, actor in enumerate(actors)}
    by_leg = [sum(bit[actor] for actor in holders[leg_id]) for leg_id in legs["leg_id"]]
    return Denials(actors=actors, by_leg=np.array(by_leg, dtype=np.int64), states=states)


def find_owners(nodes: pd.DataFrame) -> dict[str, str]:
    """Node to the state that can deny passage; without straits and capes, which are nobody's."""
    owned = nodes[~nodes["kind_code"].isin(OF_NOBODY)]
    return dict(zip(owned["node_id"], owned["actor_id"], strict=True))


def split_bits(bits: int) -> Iterator[int]:
    """The single bits of a whole number, lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest
        bits ^= lowest
