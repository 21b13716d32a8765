"""Hindrances: what an actor can do to others' trade short of a veto, and up to it.

An actor blocks, slows by hours, charges USD for each TEU, or rations to so many a day. It does so
at its gates, where a load comes into its hands. Its hands are the legs that it holds: those that it
controls (`leg_actors`), and those that touch its own places; a strait or a cape is nobody's, so
that there only those count that control a leg in fact.

An edge of the graph is a gate of an actor when three things hold:

1. the actor holds its leg;
2. it does not start at a place of the actor's own, for there the load is in its hands already;
3. the load may have come to where the edge starts by a leg that the actor does not hold, or begins
   its route there.

So a gate is a leg across a land border into a state, a leg that lands at its port or terminal or
enters its canal, or the leg by which a ship comes to a strait that it controls, whichever comes
first; on the way through the strait to a port of the same actor there is no second gate. The state
of a load in a strait or canal says where it came from, so that this is exact there. A load that
leaves an actor's places for another's port or border station, and comes back from it, enters again.

Where a treaty leaves passage free, as in some straits, an actor can neither block nor ration, but
it can slow, by rules of navigation and checks, and charge. So there are two sets of gates: of what
the actor holds, and of what it can deny. Every route that a veto of the actor would cut has at
least one gate of the latter, and no other route has any. So a search needs no states of its own for
hindrances, and rationing to nothing is a veto.

Nobody hinders its own trade, to or from its own places. Hindrances of several actors add up.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

import numpy as np

from entente.routes.network.graph import MILLIONTHS, OF_NOBODY, Network, Whole
from entente.routes.network.legs import LAND, Step
from entente.routes.network.rates import DAYS, USD
from entente.routes.network.scenarios import Scenario

Degree = Literal["blocks", "slows", "charges", "rations"]
Unit = Literal["teu", "lorries", "trains", "share"]

HOURS_PER_DAY = 24.0
# A lorry carries one forty-foot container, a block train fifty: what is usual on the continent.
TEU_PER = {"teu": 1.0, "lorries": 2.0, "trains": 100.0}
MODE_OF = {"lorries": "road", "trains": "rail"}


class Hindrance(NamedTuple):
    """What one actor does to others' trade.

    Attributes:
        actor: Who.
        degree: What it does.
        amount: Hours of delay, USD per TEU, or how much a day it lets through each of its gates; a
            share is a part of one. None of them is negative. A block has none.
        unit: Of a ration. Lorries are rationed on roads only, trains on railways only.
    """

    actor: str
    degree: Degree
    amount: float = 0.0
    unit: Unit = "teu"

    @property
    def days(self) -> float:
        """What it takes at each gate."""
        return self.amount / HOURS_PER_DAY if self.degree == "slows" else 0.0

    @property
    def usd(self) -> float:
        """What it costs a TEU at each gate."""
        return self.amount if self.degree == "charges" else 0.0

    @property
    def is_block(self) -> bool:
        """Whether nothing gets through: by a block, or by a ration to nothing of anything."""
        to_nothing = self.degree == "rations" and self.amount == 0 and self.unit not in MODE_OF
        return self.degree == "blocks" or to_nothing


class RationedGate(NamedTuple):
    """A place where an actor rations.

    Attributes:
        hindrance: The ration.
        leg_id: The leg, where the gate is on land.
        node_id: The port, canal or strait, where it is not.
        nodes: Places whose capacities limit it: the node, or both ends of the leg.
        edges: Edges of the graph that lead through it.
    """

    hindrance: Hindrance
    leg_id: str | None
    node_id: str | None
    nodes: tuple[str, ...]
    edges: Whole


def find_gates(network: Network, actor: str, *, is_denying: bool = False) -> Whole:
    """The gates of an actor: edges by which a load comes into its hands, in order.

    With `is_denying` only legs that the actor can deny are in its hands, as for blocks and rations;
    else all that it holds, as for delays and charges.
    """
    is_leg = network.leg_of >= 0
    holders = network.leg_deniers if is_denying else network.leg_holders
    is_held = is_leg & ((np.append(holders, 0)[network.leg_of] & network.to_bits([actor])) != 0)
    count = len(network.vertices)
    arriving = np.bincount(network.targets[is_leg], minlength=count)
    from_its_hands = np.bincount(network.targets[is_held], minlength=count)
    is_inside = (arriving > 0) & (arriving == from_its_hands)
    is_inside |= np.array(
        [
            _is_own(network, vertex if isinstance(vertex, str) else vertex.node_id, actor)
            for vertex in network.vertices
        ]
    )
    return np.flatnonzero(is_held & ~is_inside[network.sources])


def trace(network: Network, steps: Sequence[Step]) -> tuple[int, ...]:
    """The edges that a load takes which follows legs in that order, one for each of them.

    Raises:
        ValueError: the legs do not join, or make a turn that no ship makes.
    """
    edges: list[int] = []
    vertex = network.starts[steps[0].from_node_id]
    for step in steps:
        onward = (edge for *_, edge in network.graph.out_edges(vertex))
        found = next((edge for edge in onward if network.steps[edge] == step), None)
        if found is None:
            raise ValueError(f"no way to take {step.leg_id} from {step.from_node_id}")
        edges.append(found)
        vertex = int(network.targets[found])
    return tuple(edges)


def hinder(
    scenario: Scenario, hindrances: Iterable[Hindrance], *, origin: str, destination: str
) -> Scenario:
    """A scenario in which gates take longer and cost more for the trade between two nodes.

    Blocks and rations are left to the search (`find_blocks`) and to the flow (`find_rations`): one
    box finds room as long as anything is let through.
    """
    costs = scenario.costs.copy()
    for one in _list_others(scenario.network, hindrances, origin, destination):
        gates = find_gates(scenario.network, one.actor)
        costs[gates, DAYS] += round(one.days * MILLIONTHS)
        costs[gates, USD] += round(one.usd * MILLIONTHS)
    return replace(scenario, costs=costs)


def find_blocks(network: Network, hindrances: Iterable[Hindrance]) -> int:
    """Bits of the actors that let nothing through, as a search takes vetoes."""
    return network.to_bits(one.actor for one in hindrances if one.is_block)


def find_rations(
    network: Network, hindrances: Iterable[Hindrance], *, origin: str, destination: str
) -> list[RationedGate]:
    """The places where the trade between two nodes is rationed, sorted by place.

    Rations to nothing are blocks, and not among them.
    """
    found: list[RationedGate] = []
    for one in _list_others(network, hindrances, origin, destination):
        if one.degree == "rations" and not one.is_block:
            found += _group_gates(network, one)
    return found


def _list_others(
    network: Network, hindrances: Iterable[Hindrance], origin: str, destination: str
) -> Iterator[Hindrance]:
    """Those hindrances that are not of the trade of the actor itself."""
    own = {network.states[origin], network.states[destination]}
    return (one for one in hindrances if one.actor not in own)


def _group_gates(network: Network, ration: Hindrance) -> list[RationedGate]:
    """Gates of an actor by place."""
    mode = MODE_OF.get(ration.unit)
    places: dict[tuple[str, str, tuple[str, ...]], list[int]] = {}
    for edge in find_gates(network, ration.actor, is_denying=True).tolist():
        step = network.steps[edge]
        if step and mode in (None, step.mode_code):
            places.setdefault(_find_place(network, step, ration.actor), []).append(edge)
    return [
        RationedGate(ration, leg_id or None, node_id or None, nodes, np.array(edges))
        for (leg_id, node_id, nodes), edges in sorted(places.items())
    ]


def _find_place(network: Network, step: Step, actor: str) -> tuple[str, str, tuple[str, ...]]:
    """Where a gate is: a leg, or a node; then the nodes whose capacities limit it."""
    ends = (step.to_node_id, step.from_node_id)
    if step.mode_code not in LAND:
        for node in ends:
            if network.kinds[node] in OF_NOBODY or _is_own(network, node, actor):
                return "", node, (node,)
    return step.leg_id, "", ends


def _is_own(network: Network, node: str, actor: str) -> bool:
    return network.states[node] == actor and network.kinds[node] not in OF_NOBODY
