"""Scenarios: the network on a day, under switches and under what actors do to others' trade.

Statuses and switches say which legs can be used, since when and how well. A hindrance is what an
actor can do short of a veto, and up to it.

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

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from entente.check.rules_of_network import USABLE
from entente.dates import known_from
from entente.routes.network.graph import (
    MILLIONTHS,
    OF_NOBODY,
    Network,
    Tables,
    Whole,
    build_network,
)
from entente.routes.network.legs import LAND, Step
from entente.routes.network.rates import DAYS, USD, Floats, RateBook, read_rates

Degree = Literal["blocks", "slows", "charges", "rations"]
Unit = Literal["teu", "lorries", "trains", "share"]

UNBUILT = ("under-construction", "planned")
STATUS_COLUMNS = [
    *("leg_id", "leg_status_id", "status_code", "multiplier", "since_edtf", "as_of_edtf", "note"),
]
HOURS_PER_DAY = 24.0
# A lorry carries one forty-foot container, a block train fifty: what is usual on the continent.
TEU_PER = {"teu": 1.0, "lorries": 2.0, "trains": 100.0}
MODE_OF = {"lorries": "road", "trains": "rail"}


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """The network on a day and under switches.

    Attributes:
        network: What does not change.
        as_of: The day.
        scenario_ids: The switches thrown, sorted.
        statuses: One row per leg, as :func:`apply_scenarios` gives.
        factors: For each leg in file order, the factor on its days and cost; NaN where it cannot
            be used. Shape (legs,).
        variant_id: The variant of the network, which says what services are allowed; None for all.
        is_allowed: For each leg whether its service is. Shape (legs,).
        rates: The rates of the day.
        standing: Pairs of those that deny transit and those to whose trade, on that day.
        costs: For each edge of the network days, USD and CO2e in whole millionths; infinite where
            its leg is shut. Shape (edges, 3).
    """

    network: Network
    as_of: dt.date
    scenario_ids: tuple[str, ...]
    statuses: pd.DataFrame
    factors: Floats
    variant_id: str | None
    is_allowed: npt.NDArray[np.bool_]
    rates: RateBook
    standing: tuple[tuple[str, str], ...]
    costs: Floats

    def find_standing_vetoes(self, origin: str, destination: str) -> int:
        """Bits of those that deny transit to trade between two nodes in any case."""
        ends = {self.network.states[origin], self.network.states[destination]}
        bits = self.network.to_bits(actor for actor, trade_of in self.standing if trade_of in ends)
        return bits & ~self.network.find_own_trade(origin, destination)


def build_scenario(
    tables: Tables,
    *,
    as_of: dt.date,
    scenario_ids: Collection[str] = (),
    variant_id: str | None = None,
    network: Network | None = None,
) -> Scenario:
    """The network of those tables on a day, with switches thrown in any order.

    A leg whose service the variant does not allow cannot be used, whatever its status says; without
    a variant all services are allowed. The network may be handed in where it has been built.

    Raises:
        ValueError: a scenario or a variant that the tables do not have.
    """
    unknown = sorted(set(scenario_ids) - set(tables["scenarios"]["scenario_id"]))
    if unknown:
        raise ValueError(f"no scenario {', '.join(unknown)}")
    recorded = read_statuses(tables["leg_statuses"], as_of=as_of)
    statuses = apply_scenarios(recorded, tables["scenario_legs"], chosen=scenario_ids)
    vetoes = select_standing_vetoes(
        tables["standing_vetoes"], as_of=as_of, scenario_ids=scenario_ids
    )
    network = network or build_network(tables)
    factors = _read_factors(statuses, network)
    rates = read_rates(tables, as_of=as_of)
    scenario = Scenario(
        network=network,
        as_of=as_of,
        scenario_ids=tuple(sorted(set(scenario_ids))),
        statuses=statuses,
        factors=factors,
        variant_id=variant_id,
        is_allowed=np.ones(len(factors), dtype=bool),
        rates=rates,
        standing=tuple(zip(vetoes["actor_id"], vetoes["trade_of_actor_id"], strict=True)),
        costs=network.cost_edges(rates.typical, factors),
    )
    if variant_id is None:
        return scenario
    services = tables["network_variant_services"]
    own = services[services["variant_id"] == variant_id]["service_code"]
    if own.empty:
        raise ValueError(f"no variant {variant_id} of the network")
    return allow_services(scenario, own.tolist())


def read_variants(tables: Tables, *, chosen: str | None = None) -> dict[str, tuple[str, ...]]:
    """Variants of the network in their order, each with the services that it may use.

    Args:
        tables: `network_variants` and `network_variant_services`, by name.
        chosen: The only variant to give; all of them where it is None or the first, which has all
            services.
    """
    order = tables["network_variants"].sort_values("sequence")["variant_id"].tolist()
    services = tables["network_variant_services"].groupby("variant_id")["service_code"].agg(tuple)
    kept = order if chosen is None or chosen == order[0] else [chosen]
    return {variant: services[variant] for variant in kept}


def allow_services(scenario: Scenario, services: Collection[str]) -> Scenario:
    """A scenario in which the legs of all other services are shut.

    Services are codes, as `network_variant_services` lists them for a variant.
    """
    allowed = np.isin(scenario.network.leg_services, list(services))
    if allowed.all():
        return scenario
    factors = np.where(allowed, scenario.factors, np.nan)
    costs = scenario.network.cost_edges(scenario.rates.typical, factors)
    return replace(scenario, factors=factors, costs=costs, is_allowed=scenario.is_allowed & allowed)


def open_everywhere(scenario: Scenario) -> Scenario:
    """A scenario in which every shut leg of an allowed service is open, with no hindrance."""
    opened = np.nan_to_num(scenario.factors, nan=1.0)
    factors = np.where(scenario.is_allowed, opened, np.nan)
    costs = scenario.network.cost_edges(scenario.rates.typical, factors)
    return replace(scenario, factors=factors, costs=costs)


def read_statuses(leg_statuses: pd.DataFrame, *, as_of: dt.date) -> pd.DataFrame:
    """The status of each leg that held on `as_of`.

    Args:
        leg_statuses: The table of that name; rows in any order. A row holds from the day by
            which it must have begun until the next row of the same leg.
        as_of: The day.

    Returns:
        One row per leg, sorted by `leg_id`, with the columns `STATUS_COLUMNS`. `since_edtf` is
        where the present run began: a leg that was closed twice over has been cut since the first
        closure. Legs without a row by then are absent.
    """
    begun = leg_statuses["from_edtf"].map(known_from)
    known = leg_statuses.assign(begun=begun)[begun <= as_of].sort_values(["leg_id", "begun"])
    condition = known["status_code"].where(known["status_code"].isin(USABLE), "cut")
    changed = (known["leg_id"] != known["leg_id"].shift()) | (condition != condition.shift())
    since = known["from_edtf"].where(changed).ffill()
    last = known.assign(since_edtf=since).drop_duplicates("leg_id", keep="last")
    return last[STATUS_COLUMNS].reset_index(drop=True)


def apply_scenarios(
    statuses: pd.DataFrame, scenario_legs: pd.DataFrame, *, chosen: Collection[str]
) -> pd.DataFrame:
    """Statuses of the day, replaced where a chosen scenario says otherwise.

    Where two chosen scenarios touch one leg, shut beats usable and the larger factor the smaller,
    so that their order does not matter.

    Args:
        statuses: One row per leg, as `read_statuses` gives.
        scenario_legs: The table of that name.
        chosen: Ids of scenarios.

    Returns:
        Columns `STATUS_COLUMNS` and `scenario_id` (missing where the record holds),
        sorted by leg. What a scenario sets has no `leg_status_id` and no dates.
    """
    own = scenario_legs[scenario_legs["scenario_id"].isin(set(chosen))]
    ranked = own.assign(usable=own["status_code"].isin(USABLE)).sort_values(
        ["leg_id", "usable", "multiplier", "scenario_id"], ascending=[True, True, False, True]
    )
    switched = ranked.drop_duplicates("leg_id")
    recorded = statuses[~statuses["leg_id"].isin(switched["leg_id"])]
    columns = [*STATUS_COLUMNS, "scenario_id"]
    both = [frame.reindex(columns=columns) for frame in (recorded, switched) if len(frame)]
    if not both:
        return pd.DataFrame(columns=columns)
    return pd.concat(both).sort_values("leg_id").reset_index(drop=True)


def select_standing_vetoes(
    standing_vetoes: pd.DataFrame, *, as_of: dt.date, scenario_ids: Collection[str]
) -> pd.DataFrame:
    """The rows of that table that hold on a day, without those that a scenario lifts."""
    begun, ended = (
        [isinstance(text, str) and known_from(text) <= as_of for text in standing_vetoes[column]]
        for column in ("from_edtf", "to_edtf")
    )
    is_lifted = standing_vetoes["lifted_by_scenario_id"].isin(set(scenario_ids))
    return standing_vetoes[np.array(begun, bool) & ~np.array(ended, bool) & ~is_lifted]


def _read_factors(statuses: pd.DataFrame, network: Network) -> Floats:
    """A leg of which nothing is on record by then is taken as open, as in all comparisons."""
    usable = statuses["status_code"].isin(USABLE)
    factors = statuses["multiplier"].astype(float).where(usable).set_axis(statuses["leg_id"])
    return factors.reindex(list(network.leg_ids), fill_value=1.0).to_numpy()


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
