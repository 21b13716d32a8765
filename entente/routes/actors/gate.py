"""Gate: the branches of a route, the states that all of them cross, and what actors do to it.

A route is made of the corridors between two places that cross a state on the way; those by sea
alone stand beside it. What actors do to it is measured on the routes of the draws that go through
the gate: the same routes and draws as those of the mode that tells who can block it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from entente.dossier.store import Dossier, cached
from entente.routes.actors.effects import ADDS, CUTS, NARROW, NOTHING, UNSURE, classify
from entente.routes.network.legs import PASSED_AT_SEA
from entente.routes.network.rates import Floats
from entente.routes.network.scenarios import Hindrance, find_gates
from entente.routes.network.search import Route
from entente.routes.trips import (
    Trip,
    find_draws,
    find_exposures,
    find_leverage,
    find_scenario,
    label_places,
    list_own_trade,
    read_statuses_under,
)
from entente.routes.valuation.corridors import find_land_states, judge_corridors, list_states
from entente.routes.valuation.leverage_draws import LEAST, LeverageDraws, find_range
from entente.routes.valued_corridors import find_chains
from entente.routes.words import USABLE, say_days, say_span

MEASURED = ("days", "usd")
BUILT = ("open", "partial", "cut")


class Gate(NamedTuple):
    """What lies between two places.

    Attributes:
        name: The route, as it stands within a sentence.
        branches: Its corridors, built or not cut by nature; none where all go by sea.
        actors: States that every branch crosses, and each of which can close it.
    """

    name: str
    branches: tuple[str, ...]
    actors: tuple[str, ...]


def find_gate(dossier: Dossier, *, trip: Trip) -> Gate:
    """The route of a trip, whatever its vetoes and hindrances."""
    return _find_gate(dossier, trip=trip.free)


@cached
def _find_gate(dossier: Dossier, *, trip: Trip) -> Gate:
    network = find_scenario(dossier, trip).network
    ends = {network.states[node] for node in (trip.origin, trip.destination)}
    chains, states = read_built_chains(dossier, trip=trip), find_land_states(dossier["nodes"])
    crossed = {}
    for name, chain in chains.groupby("corridor_id", sort=False):
        nodes = [chain["from_node_id"].iloc[0], *chain["to_node_id"]]
        own = set(list_states(nodes, states)) - ends
        if own:
            crossed[str(name)] = own
    places = label_places(dossier)
    plain = f"the overland route from {places[trip.origin]} to {places[trip.destination]}"
    if not crossed:
        return Gate(plain, (), ())
    exposed = find_exposures(dossier, chains, trip)
    common = set.intersection(*(own & set(exposed[one]) for one, own in crossed.items()))
    signs = dossier.document.corridor_signs
    names = {signs[one].route_name if one in signs else "" for one in crossed}
    (name,) = names if len(names) == 1 else ("",)
    return Gate(name or plain, tuple(crossed), tuple(sorted(common)))


def read_built_chains(dossier: Dossier, *, trip: Trip) -> pd.DataFrame:
    """The legs of the corridors of a trip that are built, with `condition` under its scenarios."""
    return _read_built_chains(dossier, trip=trip._replace(hindrances=()))


@cached
def _read_built_chains(dossier: Dossier, *, trip: Trip) -> pd.DataFrame:
    chains, _ = find_chains(
        dossier, origin=trip.origin, destination=trip.destination, services=trip.services
    )
    judged = judge_corridors(chains, read_statuses_under(dossier, trip))
    conditions = dict(zip(judged["corridor_id"], judged["condition"], strict=True))
    chains = chains.assign(condition=chains["corridor_id"].map(conditions))
    return chains[chains["condition"].isin(BUILT)].reset_index(drop=True)


def list_asked_actors(dossier: Dossier, *, trip: Trip) -> tuple[str, ...]:
    """The actors that the document asks about, in the order of its questions.

    Those whose own trade it is are left out, for a country cannot block its own trade.
    """
    own = list_own_trade(dossier, trip)
    asked = [
        actor
        for role in ("beside", "alone", "asked", "wider")
        for preset in dossier.document.presets_as(role)
        for actor in preset.actor_ids
    ]
    return tuple(dict.fromkeys(actor for actor in asked if actor not in own))


@cached
def list_toggled_actors(dossier: Dossier, *, trip: Trip) -> tuple[str, ...]:
    """The actors that the document asks about, those that could do most to the route first."""
    gates = find_gate(dossier, trip=trip).actors

    def weigh(actor: str) -> tuple[bool, float]:
        losses = measure_block(dossier, trip=trip, actors=[actor])
        return actor not in gates, -find_range(losses).p90 if losses.size else 0.0

    return tuple(sorted(list_asked_actors(dossier, trip=trip), key=weigh))


@cached
def measure_losses(
    dossier: Dossier, *, trip: Trip, hindrances: tuple[Hindrance, ...]
) -> Mapping[str, Floats]:
    """What actors cost the route through the gate, in each variant and draw.

    Args:
        dossier: The dataset.
        trip: Between which places; its vetoes and hindrances are left aside.
        hindrances: Who does what.

    Returns:
        `days` and `usd`: the best route left less the best one without them. Shape (variants,
        draws); infinite where none is left. Variants without a route through the gate are left
        out; empty arrays where there is none in any, or none between the places.
    """
    nothing = {quantity: np.empty((0, 0)) for quantity in MEASURED}
    if not trip.is_two_places or find_leverage(dossier, trip=trip, objective="time").best is None:
        return nothing
    through = _find_through(dossier, trip=trip.free)
    if not through.routes:
        return nothing
    bits, worse = _apply(through, hindrances)
    losses = {}
    for quantity in MEASURED:
        best, left = through.find_values(0, quantity), worse.find_values(bits, quantity)
        has_route = np.isfinite(best).all(axis=1)
        losses[quantity] = left[has_route] - best[has_route]
    return losses


def measure_block(dossier: Dossier, *, trip: Trip, actors: Collection[str]) -> Floats:
    """Days that the route through the gate loses when actors block it: see `measure_losses`."""
    hindrances = tuple(Hindrance(actor, "blocks") for actor in sorted(actors))
    return measure_losses(dossier, trip=trip, hindrances=hindrances)["days"]


@cached
def _find_through(dossier: Dossier, *, trip: Trip) -> LeverageDraws:
    draws = find_draws(dossier, trip=trip, objective="time")
    return _select_through(draws, set(find_gate(dossier, trip=trip).actors))


def _select_through(draws: LeverageDraws, gates: set[str]) -> LeverageDraws:
    """The draws with only those routes that cross all gates on land."""
    network = draws.network

    def crosses(route: Route) -> bool:
        entered = {
            network.states[node]
            for node in route.node_ids
            if network.kinds[node] not in PASSED_AT_SEA
        }
        return entered >= gates

    kept = np.array([crosses(route) for route in draws.routes], dtype=bool)
    return replace(
        draws,
        routes=tuple(route for route, is_kept in zip(draws.routes, kept, strict=True) if is_kept),
        deniers=draws.deniers[kept],
        allowed=draws.allowed[:, kept],
        values={quantity: values[kept] for quantity, values in draws.values.items()},
    )


def _apply(draws: LeverageDraws, hindrances: Collection[Hindrance]) -> tuple[int, LeverageDraws]:
    """Bits of those that block, and the draws in which the others take their time and money."""
    network = draws.network
    others = [one for one in hindrances if not network.to_bits([one.actor]) & draws.own_trade]
    bits = network.to_bits(one.actor for one in others if one.is_block)
    added = {quantity: np.zeros(len(draws.routes)) for quantity in MEASURED}
    for one in others:
        if one.days or one.usd:
            gates = set(find_gates(network, one.actor).tolist())
            counts = np.array([sum(edge in gates for edge in r.edges) for r in draws.routes])
            added["days"] += one.days * counts
            added["usd"] += one.usd * counts
    values = {q: draws.values[q] + added[q][:, None] for q in MEASURED}
    return bits, replace(draws, values=values)


def say_slowing(losses: Floats) -> str:
    """By how many days a route slows, as far as it can be told: "by about two days (1–3)".

    It follows *can slow it* or *may slow it*.
    """
    p10, p50, p90 = find_range(losses)
    if p10 < LEAST["days"]:
        return f"by up to {say_days(p90)}"
    if p90 <= NARROW * p10:
        span = say_span(p10, p90)
        return f"by about {say_days(p50)}" + (f" ({span})" if "–" in span else "")
    return f"by {say_span(p10, p90)} days"


def state_gate(dossier: Dossier, *, trip: Trip) -> str:
    """Who can close the route and who can slow it, in a sentence without a full stop.

    It follows the draws of the day. Empty where no corridor crosses a state on the way, or where
    none of them could be used.
    """
    gate, chains = find_gate(dossier, trip=trip), read_built_chains(dossier, trip=trip.free)
    usable = chains[chains["condition"].isin(USABLE)]
    if not usable["corridor_id"].isin(gate.branches).any():
        return ""
    labels, governments = dossier.labels("actors"), dossier.document.governments
    if gate.actors:
        who = " and ".join(labels[actor] for actor in gate.actors)
        parts = [f"{who} can {'each ' if len(gate.actors) > 1 else ''}close {gate.name}"]
    else:
        parts = [f"No one country lies on every branch of {gate.name}"]
    told = [
        (actor, classify(losses, "days"), losses)
        for preset in dossier.document.presets_as("alone")
        for actor in preset.actor_ids
        if actor not in gate.actors and actor in list_toggled_actors(dossier, trip=trip)
        for losses in [measure_block(dossier, trip=trip, actors=[actor])]
        if losses.size
    ]
    order = (CUTS, ADDS, UNSURE, NOTHING)
    told.sort(key=lambda one: order.index(one[1]))
    clauses: list[str] = []
    for actor, kind, losses in told:
        clauses.append(_say_clause(governments.get(actor, labels[actor]), kind, losses, clauses))
    return "; ".join([*parts, ", ".join(clauses)]) if clauses else parts[0]


def _say_clause(who: str, kind: str, losses: Floats, before: Sequence[str]) -> str:
    is_first = not any("slow it" in clause for clause in before)
    if kind == CUTS:
        return f"{who} can close it too"
    if kind == NOTHING:
        never = bool((losses < LEAST["days"]).all())
        if is_first:
            return f"{who} cannot slow it" if never else f"{who} can hardly slow it"
        return f"{who} {'not at all' if never else 'hardly at all'}"
    if np.isinf(find_range(losses).p90):
        return f"whether {who} can close it is unclear"
    verb = "can slow it" if kind == ADDS else "may slow it"
    parts = [who, verb if is_first or kind == UNSURE else "", say_slowing(losses)]
    return " ".join(filter(None, parts))
