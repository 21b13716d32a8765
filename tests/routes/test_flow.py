"""Laws of the flow: what becomes of many boxes when routes fill up, and cases done by hand."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.dossier.store import Dossier
from entente.routes.network.scenarios import (
    Hindrance,
    Scenario,
    build_scenario,
    find_blocks,
    find_rations,
    hinder,
)
from entente.routes.network.search import (
    OBJECTIVES,
    GeneralisedCost,
    prepare_search,
)
from entente.routes.valuation.flow import (
    NO_ROOM_USD,
    Capacity,
    Flow,
    Limit,
    assign_flow,
    list_limits,
    ration_limits,
    read_capacities,
    split_by_logit,
)
from tests.laws import examples
from tests.routes.networks import actors, any_pair, find, legs, nodes, often, scenarios
from tests.routes.test_stage_rules import as_tables, networks

DAY = dt.date(2021, 6, 15)
BOXES = 60.0
LITTLE = 1e-5  # what a solver may round, as a part of the whole
values_of_time = st.sampled_from([8.0, 140.0, 1800.0])
rooms = st.sampled_from([0.5, 5.0, 20.0, 50.0, 500.0])
capacities = st.lists(
    st.one_of(
        st.builds(lambda leg, room: ("", leg, None, room), legs, rooms),
        st.builds(lambda node, room: ("", None, node, room), nodes, rooms),
    ),
    max_size=30,
    unique_by=lambda drawn: drawn[1] or drawn[2],
).map(lambda drawn: [make_capacity(leg, node, room) for _, leg, node, room in drawn])


def make_capacity(leg_id: str | None, node_id: str | None, room: float) -> Capacity:
    return Capacity(f"of-{leg_id or node_id}", leg_id, node_id, (room, room, room), 0.0)


def assign(
    known: Scenario,
    pair: tuple[str, str],
    usd: float,
    own: Sequence[Capacity],
    hindered: Sequence[Hindrance] = (),
) -> Flow:
    """The flow of `BOXES` a day under capacities and hindrances."""
    under = hinder(known, hindered, origin=pair[0], destination=pair[1])
    limits = list_limits(known.network, own)
    gates = find_rations(known.network, hindered, origin=pair[0], destination=pair[1])
    limits += ration_limits(gates, limits, teu_per_day=BOXES)
    return assign_flow(
        find(under, pair, GeneralisedCost(usd)),
        teu_per_day=BOXES,
        limits=limits,
        vetoes=find_blocks(known.network, hindered),
    )


def is_no_better(worse: Flow, better: Flow) -> bool:
    """Whether boxes without room and the cost of all are no less than in the other flow."""
    return (
        worse.share_without_room >= better.share_without_room - LITTLE
        and worse.value >= better.value - max(0.1, 1e-7 * better.value)
    )


def measure_loads(flow: Flow, limits: Sequence[Limit]) -> np.ndarray:
    """Boxes a day at each limit."""
    return np.array(
        [
            sum(np.isin(limit.edges, one.route.edges).sum() * one.share for one in flow.routes)
            * flow.teu_per_day
            for limit in limits
        ]
    )


@given(known=scenarios, pair=any_pair, usd=values_of_time)
@often
def test_without_limits_all_take_the_single_best_route(known, pair, usd) -> None:
    best = find(known, pair, GeneralisedCost(usd)).best()
    flow = assign(known, pair, usd, [])
    if best is None:
        assert (flow.routes, flow.share_without_room, flow.days) == ((), 1.0, None)
        return
    assert [(one.route.edges, one.share) for one in flow.routes] == [(best.edges, 1.0)]
    assert (flow.days, flow.usd) == (best.days, best.usd)
    assert (flow.share_without_room, flow.bottlenecks) == (0.0, ())


@given(known=scenarios, pair=any_pair, usd=values_of_time, own=capacities)
@often
def test_one_box_takes_the_single_best_route_where_that_has_room(known, pair, usd, own) -> None:
    finder = find(known, pair, GeneralisedCost(usd))
    best = finder.best()
    flow = assign_flow(finder, teu_per_day=0.1, limits=list_limits(known.network, own))
    assert [one.route for one in flow.routes] == ([best] if best else [])


@given(known=scenarios, pair=any_pair, usd=values_of_time, own=capacities)
@often
def test_shares_add_up_and_nothing_is_over_full(known, pair, usd, own) -> None:
    flow = assign(known, pair, usd, own)
    shares = [one.share for one in flow.routes]
    assert sum(shares) + flow.share_without_room == pytest.approx(1.0, abs=1e-12)
    assert all(share > 0 for share in shares)
    assert shares == pytest.approx(sorted(shares, reverse=True), abs=LITTLE)
    limits = list_limits(known.network, own)
    loads, room = measure_loads(flow, limits), np.array([limit.room for limit in limits])
    assert (loads <= room + LITTLE * BOXES).all()
    for one in flow.bottlenecks:
        own_load = measure_loads(flow, [one.limit])[0]
        assert own_load == pytest.approx(one.limit.room, abs=LITTLE * BOXES), "a bottleneck is full"


@given(known=scenarios, pair=any_pair, usd=values_of_time, own=capacities, which=st.integers(0, 29))
@often
def test_more_capacity_never_raises_the_cost(known, pair, usd, own, which) -> None:
    if not own:
        return
    place = which % len(own)
    wider = make_capacity(own[place].leg_id, own[place].node_id, 2 * own[place].teu_per_day[0])
    more = [*own[:place], wider, *own[place + 1 :]]
    assert is_no_better(assign(known, pair, usd, own), assign(known, pair, usd, more))
    fewer = [*own[:place], *own[place + 1 :]]
    assert is_no_better(assign(known, pair, usd, own), assign(known, pair, usd, fewer))


@given(known=scenarios, pair=any_pair, usd=values_of_time, own=capacities, actor=actors)
@settings(often, max_examples=examples(25))
def test_scarcer_never_makes_it_better_and_nothing_is_a_veto(known, pair, usd, own, actor) -> None:
    flows = [
        assign(known, pair, usd, own, [Hindrance(actor, "rations", amount, "share")])
        for amount in (0.8, 0.1, 1e-6, 0.0)
    ]
    for better, worse in zip([assign(known, pair, usd, own), *flows], flows, strict=False):
        assert is_no_better(worse, better)
    denied = assign(known, pair, usd, own, [Hindrance(actor, "blocks")])
    assert flows[-1] == denied
    assert flows[-2].share_without_room == pytest.approx(denied.share_without_room, abs=1e-4)
    assert flows[-2].value == pytest.approx(denied.value, rel=1e-3)


@given(known=scenarios, pair=any_pair, usd=values_of_time, own=capacities, actor=actors)
@often
def test_slower_and_dearer_never_makes_the_flow_better(known, pair, usd, own, actor) -> None:
    plain = assign(known, pair, usd, own)
    slowed = assign(known, pair, usd, own, [Hindrance(actor, "slows", 48.0)])
    both = [Hindrance(actor, "slows", 48.0), Hindrance(actor, "charges", 200.0)]
    assert is_no_better(slowed, plain)
    assert is_no_better(assign(known, pair, usd, own, both), slowed)


@given(known=scenarios, pair=any_pair, usd=values_of_time, own=capacities)
@often
def test_the_same_input_gives_the_same_flow(known, pair, usd, own) -> None:
    first, again = (assign(known, pair, usd, own) for _ in range(2))
    assert first == again


@given(drawn=networks, room=rooms, volume=st.sampled_from([1.0, 30.0, 400.0]))
@settings(often, max_examples=examples(50))
def test_a_flow_on_random_networks_is_as_cheap_as_filling_up_by_hand(drawn, room, volume) -> None:
    """Where each leg of the best route is full, what is left goes as if that leg were shut."""
    known = build_scenario(as_tables(drawn), as_of=dt.date(2026, 1, 1))
    own = [make_capacity(leg_id, None, room) for leg_id in known.network.leg_ids]
    finder = find(known, ("A", "E"), GeneralisedCost(60.0))
    best = finder.best()
    flow = assign_flow(finder, teu_per_day=volume, limits=list_limits(known.network, own))
    if best is None:
        assert flow.share_without_room == 1.0
        return
    # Every leg has the same room, so disjoint routes found greedily are one way to send boxes.
    left, value, costs = volume, 0.0, known.costs.copy()
    while left > 0:
        route = find(replace(known, costs=costs), ("A", "E"), GeneralisedCost(60.0)).best()
        if route is None:
            break
        passes = max(route.leg_rows.count(row) for row in route.leg_rows)
        taken = min(left, room / passes)
        left, value = left - taken, value + taken * route.value / 1e6
        costs[np.isin(known.network.leg_of, route.leg_rows)] = np.inf
    greedy = (value + left * NO_ROOM_USD) / volume
    assert flow.value <= greedy * (1 + LITTLE)
    assert flow.share_without_room <= left / volume + LITTLE


@pytest.fixture(scope="module")
def known(dossier: Dossier) -> Scenario:
    return build_scenario(dossier.tables, as_of=DAY)


PAIR = ("SU_PORT", "NO_CITY")


def test_what_finds_no_room_on_the_best_route_takes_the_next(known: Scenario) -> None:
    """The best route takes a third of the boxes, the next one the rest."""
    finder = find(known, PAIR, GeneralisedCost(500.0))
    best = finder.best()
    assert best
    leg_id = best.leg_ids[-1]
    flow = assign(known, PAIR, 500.0, [make_capacity(leg_id, None, 20.0)])
    other = find(replace(known, costs=shut(known, leg_id)), PAIR, GeneralisedCost(500.0)).best()
    assert other
    shares = {one.route.leg_ids: one.share for one in flow.routes}
    assert shares == pytest.approx({best.leg_ids: 1 / 3, other.leg_ids: 2 / 3})
    (full,) = flow.bottlenecks
    assert (full.limit.leg_id, full.limit.to_node_id) == (leg_id, "NO_CITY")
    assert full.price == pytest.approx((other.value - best.value) / 1e6)
    assert flow.days == pytest.approx((best.days + 2 * other.days) / 3)
    assert flow.usd == pytest.approx((best.usd + 2 * other.usd) / 3)


def shut(known: Scenario, leg_id: str) -> np.ndarray:
    costs = known.costs.copy()
    costs[known.network.leg_of == known.network.leg_ids.index(leg_id)] = np.inf
    return costs


def test_boxes_without_room_are_told(known: Scenario) -> None:
    """A quarter finds room at the destination; one more there would let one more through."""
    flow = assign(known, PAIR, 60.0, [make_capacity(None, "NO_CITY", 15.0)])
    assert flow.share_without_room == pytest.approx(0.75)
    assert sum(one.share for one in flow.routes) == pytest.approx(0.25)
    (full,) = flow.bottlenecks
    assert (full.limit.node_id, full.price) == ("NO_CITY", None)
    best = find(known, PAIR, GeneralisedCost(60.0)).best()
    assert best
    assert flow.days == pytest.approx(best.days), "an average of the boxes that find room"


def test_present_traffic_and_the_range_of_a_capacity(dossier: Dossier, known: Scenario) -> None:
    own = read_capacities(dossier.tables)
    typical = {one.capacity_id: one for one in list_limits(known.network, own)}
    low = {one.capacity_id: one for one in list_limits(known.network, own, bound="low")}
    high = {one.capacity_id: one for one in list_limits(known.network, own, bound="high")}
    assert [one["g20-road"].room for one in (low, typical, high)] == pytest.approx([24, 40, 60])
    assert typical["TO_BAY-port"].room == pytest.approx(150)


def test_each_way_of_a_leg_has_its_own_room(dossier: Dossier, known: Scenario) -> None:
    own = [one for one in read_capacities(dossier.tables) if one.leg_id == "g04"]
    there, back = list_limits(known.network, own)
    assert (there.from_node_id, there.to_node_id) == (back.to_node_id, back.from_node_id)
    assert not set(there.edges) & set(back.edges)
    both = {*there.edges, *back.edges}
    row = known.network.leg_ids.index("g04")
    assert both == set(np.flatnonzero(known.network.leg_of == row).tolist())


def test_a_port_limits_what_is_handled_there_once(known: Scenario) -> None:
    """Shipped, landed or passed on: each box counts once at each node of its route."""
    own = [make_capacity(None, node, 1e9) for node in sorted(known.network.states)]
    limits = list_limits(known.network, own)
    for destination in ("NO_CITY", "MA_CITY", "VE_CITY"):
        best = find(known, ("SU_PORT", destination), GeneralisedCost(60.0)).best()
        assert best
        counts = {
            limit.node_id: int(np.isin(limit.edges, best.edges).sum())
            for limit in limits
            if np.isin(limit.edges, best.edges).any()
        }
        assert counts == dict.fromkeys(best.node_ids, 1)


def test_a_ration_cuts_a_capacity_for_all_traffic(known: Scenario) -> None:
    """Of 40 lorries a day with two boxes each, the tenth that present traffic leaves is ours."""
    half = [Capacity("road", "g18", None, (200.0, 200.0, 200.0), 0.9)]
    limits = list_limits(known.network, half)
    for ration, room in (
        (Hindrance("QVE", "rations", 40.0, "lorries"), 8.0),
        (Hindrance("QVE", "rations", 50.0, "teu"), 5.0),
        (Hindrance("QVE", "rations", 0.25, "share"), 5.0),
    ):
        gates = find_rations(known.network, [ration], origin="SU_PORT", destination="NO_PORT")
        found = {one.leg_id: one for one in ration_limits(gates, limits, teu_per_day=BOXES)}
        assert found["g18"].room == pytest.approx(room)
        assert found["g18"].actor == "QVE"


def test_where_no_capacity_is_known_a_share_is_of_these_boxes(known: Scenario) -> None:
    """At all such gates together, or two of them would let all through."""
    half = Hindrance("QVE", "rations", 0.5, "share")
    gates = find_rations(known.network, [half], origin="SU_PORT", destination="NO_PORT")
    (share,) = ration_limits(gates, [], teu_per_day=BOXES)
    assert share.room == pytest.approx(BOXES / 2)
    assert set(share.edges) == {edge for gate in gates for edge in gate.edges.tolist()}
    assert (share.leg_id, share.node_id, share.actor) == (None, None, "QVE")


def test_logit_sends_more_by_the_cheaper_route(known: Scenario) -> None:
    routes = [
        route
        for actor in ((), ("QTO",))
        if (route := find(known, PAIR, GeneralisedCost(60.0)).best(known.network.to_bits(actor)))
    ]
    split = split_by_logit(routes, 60.0)
    assert sum(one.share for one in split) == pytest.approx(1.0)
    costs = [one.route.usd + 60.0 * one.route.days for one in split]
    assert split[0].share / split[1].share == pytest.approx((costs[0] / costs[1]) ** -5)
    assert split_by_logit([], 60.0) == ()


def test_a_flow_needs_a_generalised_cost_and_boxes(known: Scenario) -> None:
    finder = prepare_search(
        known, origin=PAIR[0], destination=PAIR[1], objective=OBJECTIVES["time"]
    )
    with pytest.raises(ValueError, match="generalised cost"):
        assign_flow(finder, teu_per_day=1.0)
    for boxes in (0.0, -1.0, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="some boxes"):
            assign_flow(find(known, PAIR, GeneralisedCost(60.0)), teu_per_day=boxes)


def test_the_solver_is_silent(known: Scenario, capfd: pytest.CaptureFixture[str]) -> None:
    """What a command prints as JSON must not begin with a banner."""
    assign(known, PAIR, 60.0, [make_capacity(None, "NO_CITY", 15.0)])
    assert capfd.readouterr() == ("", "")
