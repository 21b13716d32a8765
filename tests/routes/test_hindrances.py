"""Laws of what actors do short of a veto, and cases that can be checked by hand."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.dossier.store import Dossier
from entente.routes.network.graph import NO_LEG, OF_NOBODY, Network
from entente.routes.network.legs import PASSED_AT_SEA
from entente.routes.network.scenarios import (
    Hindrance,
    Scenario,
    build_scenario,
    find_blocks,
    find_gates,
    find_rations,
    hinder,
)
from entente.routes.network.search import (
    OBJECTIVES,
    Finder,
    GeneralisedCost,
    Objective,
    read_objective,
    weigh_edges,
)
from tests.laws import examples
from tests.routes.networks import (
    actors,
    any_pair,
    at,
    find,
    network,
    often,
    scenarios,
    some_actors,
    tables,
)
from tests.routes.test_stage_rules import NODES, as_tables, networks

OPEN_DAY = dt.date(2018, 6, 1)
values_of_time = st.sampled_from([0.0, 8.0, 140.0, 1800.0])
sizes = st.integers(1, 400).map(float)
hindrances = st.lists(
    st.one_of(
        st.builds(Hindrance, actors, st.sampled_from(["slows", "charges"]), sizes),
        st.builds(Hindrance, actors, st.just("blocks")),
    ),
    max_size=4,
)


def value(
    known: Scenario,
    pair: tuple[str, str],
    hindered: Sequence[Hindrance],
    aim: Objective | GeneralisedCost,
) -> float:
    """Value of the best route under hindrances; infinite when there is none."""
    under = hinder(known, hindered, origin=pair[0], destination=pair[1])
    route = find(under, pair, aim).best(find_blocks(known.network, hindered))
    return route.value if route else float("inf")


@given(known=scenarios, pair=any_pair, before=hindrances, more=hindrances, usd=values_of_time)
@often
def test_slower_or_dearer_or_shut_never_makes_the_best_better(
    known, pair, before, more, usd
) -> None:
    for aim in (OBJECTIVES["time"], OBJECTIVES["cost"], GeneralisedCost(usd)):
        assert value(known, pair, [*before, *more], aim) >= value(known, pair, before, aim)


def denies_all_that_it_holds(network: Network, actor: str) -> bool:
    bit = network.to_bits([actor])
    return bool(((network.leg_holders & ~network.leg_deniers & bit) == 0).all())


@given(known=scenarios, pair=any_pair, actor=actors, size=sizes)
@often
def test_more_of_it_never_costs_less_and_never_more_than_a_veto(known, pair, actor, size) -> None:
    for degree, aim in (("slows", OBJECTIVES["time"]), ("charges", OBJECTIVES["cost"])):
        less, more = (
            value(known, pair, [Hindrance(actor, degree, amount)], aim)
            for amount in (size, 2 * size)
        )
        assert less <= more
        if denies_all_that_it_holds(known.network, actor):
            assert more <= value(known, pair, [Hindrance(actor, "blocks")], aim)


@given(known=scenarios, pair=any_pair, actor=actors)
@often
def test_beyond_all_bounds_a_charge_is_a_veto_where_a_way_round_is_left(known, pair, actor) -> None:
    if not denies_all_that_it_holds(known.network, actor):
        return
    beyond = value(known, pair, [Hindrance(actor, "charges", 1e7)], OBJECTIVES["cost"])
    denied = value(known, pair, [Hindrance(actor, "blocks")], OBJECTIVES["cost"])
    assert beyond == denied or denied == float("inf")


@given(known=scenarios, pair=any_pair, vetoes=some_actors)
@often
def test_nobody_hinders_its_own_trade(known, pair, vetoes) -> None:
    own = [known.network.states[node] for node in pair]
    hindered = [Hindrance(actor, degree, 100.0) for actor in own for degree in ("slows", "charges")]
    under = hinder(known, hindered, origin=pair[0], destination=pair[1])
    np.testing.assert_array_equal(under.costs, known.costs)
    rations = [Hindrance(actor, "rations", 1.0) for actor in own]
    assert find_rations(known.network, rations, origin=pair[0], destination=pair[1]) == []


def is_held(network: Network, actor: str) -> np.ndarray:
    """For each edge, whether its leg is one that the actor could deny."""
    deniers = np.append(network.leg_deniers, 0)[network.leg_of]
    return (network.leg_of != NO_LEG) & ((deniers & network.to_bits([actor])) != 0)


def check_gates(found: Finder, actor: str) -> None:
    """Routes that a veto would cut pass a gate, once for each time that they enter; no others do.

    A load that comes from an actor's hands to a port or station of somebody else’s may enter again.
    """
    route = found.best()
    if route is None:
        return
    network = found.scenario.network
    held = is_held(network, actor)
    gates = set(find_gates(network, actor, is_denying=True).tolist())
    if network.states[found.origin] == actor:
        return
    before, entered = False, 0
    for edge in route.edges:
        step = network.steps[edge]
        if step is None:
            break
        is_gate = edge in gates
        assert not is_gate or held[edge]
        if held[edge] and not before:
            assert is_gate, "what comes into the hands of an actor passes its gate"
        if is_gate and before:
            node = step.from_node_id
            assert network.states[node] != actor, "within its places there is no second gate"
            assert network.kinds[node] not in PASSED_AT_SEA, "a strait is entered once"
        entered += is_gate
        before = bool(held[edge])
    bit = network.to_bits([actor])
    assert (entered > 0) == bool(found.find_deniers(route) & bit) or bit & found.own_trade


@given(known=scenarios, pair=any_pair, usd=values_of_time)
@often
def test_a_route_passes_a_gate_where_a_veto_would_cut_it(known, pair, usd) -> None:
    found = find(known, pair, GeneralisedCost(usd))
    for actor in known.network.actors:
        check_gates(found, actor)


@given(drawn=networks)
@settings(often, max_examples=examples(40))
def test_gates_on_random_networks(drawn) -> None:
    known = build_scenario(as_tables(drawn), as_of=dt.date(2026, 1, 1))
    for origin in NODES:
        for destination in NODES:
            if origin != destination:
                found = find(known, (origin, destination), OBJECTIVES["cost"])
                for actor in known.network.actors:
                    check_gates(found, actor)


@given(drawn=networks, amount=sizes)
@settings(often, max_examples=examples(40))
def test_hindrances_on_random_networks(drawn, amount) -> None:
    known = build_scenario(as_tables(drawn), as_of=dt.date(2026, 1, 1))
    for actor in known.network.actors:
        for pair in ((NODES[0], NODES[-1]), (NODES[1], NODES[2])):
            aim = GeneralisedCost(60.0)
            free = value(known, pair, [], aim)
            slowed = value(known, pair, [Hindrance(actor, "slows", amount)], aim)
            both = [Hindrance(actor, "slows", amount), Hindrance(actor, "charges", amount)]
            denied = value(known, pair, [Hindrance(actor, "blocks")], aim)
            assert free <= slowed <= value(known, pair, both, aim) <= denied


@cache
def without_holders() -> Network:
    """The live network, where nobody controls a leg beyond its own places."""
    from entente.routes.network.graph import build_network

    return build_network({**tables(), "leg_actors": tables()["leg_actors"].iloc[:0]})


@given(pair=any_pair, coalition=some_actors)
@often
def test_straits_that_nobody_can_close_change_nothing(pair, coalition) -> None:
    """Where nobody controls a strait, all may hinder what they like: ships pass between straits."""
    plain = without_holders()
    for actor in plain.actors:
        for edge in find_gates(plain, actor).tolist():
            step = plain.steps[edge]
            assert step
            ends = {step.from_node_id, step.to_node_id}
            assert any(
                plain.states[node] == actor and plain.kinds[node] not in OF_NOBODY for node in ends
            )


@given(known=scenarios, pair=any_pair, coalition=some_actors)
@often
def test_a_coalition_that_leaves_a_way_by_sea_cuts_nothing(known, pair, coalition) -> None:
    """Where a way is left over legs at sea that no member can deny, there is a route."""
    aim = OBJECTIVES["cost"]
    found = find(known, pair, aim)
    bits = known.network.to_bits(coalition)
    modes = [step.mode_code if step else None for step in known.network.steps]
    at_sea = np.isin(modes, ["deep-sea", "short-sea"]) | (known.network.leg_of == NO_LEG)
    shut = np.where(at_sea[:, None] & ((found.denied_by & bits) == 0)[:, None], known.costs, np.inf)
    by_sea = find(replace(known, costs=shut), pair, aim).best()
    if by_sea:
        route = found.best(bits)
        assert route
        assert route.value <= by_sea.value


@pytest.fixture(scope="module")
def small(dossier: Dossier) -> Scenario:
    return build_scenario(dossier.tables, as_of=OPEN_DAY)


def list_gates(
    known: Scenario, actor: str, *, is_denying: bool = False
) -> set[tuple[str, str, str]]:
    network = known.network
    gates = find_gates(network, actor, is_denying=is_denying)
    steps = [network.steps[edge] for edge in gates.tolist()]
    return {(step.leg_id, step.from_node_id, step.to_node_id) for step in steps if step}


def test_gates_are_borders_ports_and_straits(small: Scenario) -> None:
    vestia = {("g05", "TO_EDGE", "VE_CITY"), ("g07", "NO_CITY", "VE_EDGE")}
    vestia |= {("g18", "BE_POST", "VE_CITY"), ("g22", "NO_DELTA", "VE_CITY")}
    assert list_gates(small, "QVE") == vestia
    torvia = list_gates(small, "QTO")
    assert ("g01", "SU_PORT", "CP_GATE") in torvia, "the strait is Torvia’s in fact"
    assert ("g20", "OR_CITY", "TO_MID") in torvia
    assert ("g13", "SU_PORT", "HA_CANAL") in list_gates(small, "QHA"), "so is a canal"


def build_strait(dossier: Dossier, *, is_free: bool) -> Scenario:
    """The Gate leads on to Mar Harbour; Torvia can deny it, or a treaty leaves it free."""
    tables = dossier.tables
    legs, statuses, held = (tables[name] for name in ("legs", "leg_statuses", "leg_actors"))
    onward = {"leg_id": "g99", "to_node_id": "MA_PORT", "distance_km": 400}
    opened = {"leg_status_id": "g99-1", "leg_id": "g99"}
    through = {"leg_id": "g99", "actor_id": "QTO", "is_denier": True}
    held = pd.concat([held, pd.DataFrame([through])], ignore_index=True)
    is_strait = held["leg_id"].isin(["g01", "g99"]) & is_free
    own = {
        **tables,
        "legs": pd.concat([legs, legs[legs["leg_id"] == "g02"].assign(**onward)]),
        "leg_statuses": pd.concat(
            [statuses, statuses[statuses["leg_id"] == "g02"].head(1).assign(**opened)]
        ),
        "leg_actors": held.assign(is_denier=held["is_denier"] & ~is_strait),
    }
    return build_scenario(own, as_of=OPEN_DAY)


def test_where_a_treaty_leaves_passage_free_an_actor_only_slows_and_charges(
    dossier: Dossier,
) -> None:
    held, free = (build_strait(dossier, is_free=is_free) for is_free in (False, True))
    pair, aim, entry = ("SU_PORT", "MA_PORT"), OBJECTIVES["time"], ("g01", "SU_PORT", "CP_GATE")
    own = replace(free, costs=free.costs.copy())
    for known in (held, own):  # by the strait or not at all
        shut = [known.network.leg_ids.index(leg_id) for leg_id in ("g13", "g21")]
        known.costs[np.isin(known.network.leg_of, shut)] = np.inf
    best = value(own, pair, [], aim)
    assert best == value(held, pair, [], aim)
    assert entry in list_gates(held, "QTO", is_denying=True)
    assert entry in list_gates(own, "QTO")
    assert entry not in list_gates(own, "QTO", is_denying=True)
    assert ("g02", "CP_GATE", "TO_BAY") in list_gates(own, "QTO", is_denying=True), "its port"
    assert value(own, pair, [Hindrance("QTO", "blocks")], aim) == best
    assert value(held, pair, [Hindrance("QTO", "blocks")], aim) == float("inf")
    slowed = value(own, pair, [Hindrance("QTO", "slows", 48.0)], aim)
    assert slowed == value(held, pair, [Hindrance("QTO", "slows", 48.0)], aim) > best
    rations = [Hindrance("QTO", "rations", 4.0)]
    places = [
        {
            gate.node_id
            for gate in find_rations(known.network, rations, origin=pair[0], destination=pair[1])
        }
        for known in (held, own)
    ]
    assert "CP_GATE" in places[0] - places[1]


def test_a_strait_and_the_port_behind_it_are_one_gate(small: Scenario) -> None:
    pair = ("SU_PORT", "NO_CITY")
    plain = find(small, pair, OBJECTIVES["time"]).best()
    assert plain
    assert {"CP_GATE", "TO_BAY"} <= set(plain.node_ids)
    slowed = hinder(small, [Hindrance("QTO", "slows", 12.0)], origin=pair[0], destination=pair[1])
    found = find(slowed, pair, OBJECTIVES["time"]).best()
    assert found
    assert found.days == pytest.approx(plain.days + 0.5)
    charged = hinder(
        small, [Hindrance("QTO", "charges", 10.0)], origin=pair[0], destination=pair[1]
    )
    again = find(charged, pair, OBJECTIVES["time"]).best()
    assert again
    assert (again.days, again.usd) == pytest.approx((plain.days, plain.usd + 10.0))


def test_rations_of_lorries_are_on_roads_only(small: Scenario) -> None:
    ends = {"origin": "SU_PORT", "destination": "NO_PORT"}
    lorries = Hindrance("QVE", "rations", 10.0, "lorries")
    (gate,) = find_rations(small.network, [lorries], **ends)
    assert (gate.leg_id, gate.node_id, gate.nodes) == ("g18", None, ("VE_CITY", "BE_POST"))
    every = find_rations(small.network, [Hindrance("QVE", "rations", 10.0)], **ends)
    assert {gate.leg_id or gate.node_id for gate in every} == {"g05", "g07", "g18", "VE_CITY"}


@pytest.mark.parametrize(
    ("hindrance", "is_block"),
    [
        (Hindrance("QVE", "blocks"), True),
        (Hindrance("QVE", "rations", 0.0, "share"), True),
        (Hindrance("QVE", "rations", 0.0), True),
        (Hindrance("QVE", "rations", 0.0, "lorries"), False),
        (Hindrance("QVE", "rations", 1.0), False),
        (Hindrance("QVE", "slows", 0.0), False),
    ],
)
def test_rationing_to_nothing_is_a_veto(hindrance: Hindrance, is_block: bool) -> None:
    bits = find_blocks(network(), [hindrance._replace(actor=network().actors[0])])
    assert bool(bits) == is_block == hindrance.is_block


def test_codes_of_generalised_cost() -> None:
    assert read_objective("value-60") == GeneralisedCost(60.0)
    assert read_objective("value-0.5") == GeneralisedCost(0.5)
    assert {code: read_objective(code) for code in OBJECTIVES} == OBJECTIVES
    assert read_objective("mix-5-3-2") == Objective(5.0, 3.0, 2.0)
    for wrong in ("value--3", "value-nan", "value-inf", "value-much", "value-1e9", "value-"):
        with pytest.raises(ValueError, match=r"."):
            read_objective(wrong)


@given(known=scenarios, usd=values_of_time)
@often
def test_days_and_usd_meet_at_the_value_of_time(known, usd) -> None:
    weights = weigh_edges(known.costs, GeneralisedCost(usd))
    is_open = np.isfinite(known.costs[:, 0])
    expected = known.costs[is_open] @ [usd, 1.0, 0.0]
    np.testing.assert_allclose(weights[is_open], expected, atol=1.0)
    assert np.isinf(weights[~is_open]).all()
    if usd == 0:
        np.testing.assert_array_equal(weights, weigh_edges(known.costs, OBJECTIVES["cost"]))


def test_gates_are_few() -> None:
    """A rule that made every leg of an actor a gate would charge a load again and again."""
    known = at(OPEN_DAY)
    for actor in known.network.actors:
        gates = find_gates(known.network, actor)
        assert 0 < len(gates) < is_held(known.network, actor).sum()
