"""Laws of the network: what must hold for any two places, day, scenario, objective and vetoes."""

import datetime as dt
from collections.abc import Collection

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.check.rules_of_network import USABLE
from entente.routes.network.alternatives import find_alternatives, find_cut
from entente.routes.network.search import OBJECTIVES, prepare_search
from tests.laws import examples
from tests.routes.networks import (
    any_pair,
    at,
    find_best_route,
    legs,
    network,
    objectives,
    pairs,
    resting_scenarios,
    scenarios,
    single_objectives,
    some_actors,
    some_legs,
    stage_sums,
    switched,
    tables,
    value,
)

often = settings(
    max_examples=examples(80),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
DOCUMENT_DAY, LAST_DAY = dt.date(2025, 4, 10), dt.date(2026, 7, 1)


@given(known=scenarios, pair=any_pair, objective=objectives, closed=some_legs)
@often
def test_closing_never_makes_the_best_value_better(known, pair, objective, closed) -> None:
    shut = switched(known, closed, "closed")
    assert value(shut, pair, objective) >= value(known, pair, objective)


@given(known=scenarios, pair=any_pair, objective=objectives, opened=some_legs)
@often
def test_opening_never_makes_the_best_value_worse(known, pair, objective, opened) -> None:
    wide = switched(known, opened, "open")
    assert value(wide, pair, objective) <= value(known, pair, objective)


@given(known=scenarios, pair=any_pair, objective=objectives, vetoes=some_actors, more=some_actors)
@often
def test_a_veto_never_makes_the_best_value_better(known, pair, objective, vetoes, more) -> None:
    before = value(known, pair, objective, vetoes)
    assert value(known, pair, objective, [*vetoes, *more]) >= before


@given(known=scenarios, pair=any_pair, objective=objectives, vetoes=some_actors, more=some_actors)
@often
def test_a_veto_that_touches_nothing_on_the_way_changes_nothing(
    known, pair, objective, vetoes, more
) -> None:
    found = prepare_search(known, origin=pair[0], destination=pair[1], objective=objective)
    bits = network().to_bits(vetoes)
    way = found.search(bits)
    idle = network().to_bits(more) & ~(found.find_deniers(way) if way else 0)
    again = found.search(bits | idle)
    assert (again and again.value) == (way and way.value)


@given(known=scenarios, pair=any_pair, objective=objectives, vetoes=some_actors)
@often
def test_the_way_joins_and_holds_no_shut_and_no_denied_leg(known, pair, objective, vetoes) -> None:
    way = find_best_route(
        known, origin=pair[0], destination=pair[1], objective=objective, vetoes=vetoes
    )
    if way is None:
        return
    assert (way.node_ids[0], way.node_ids[-1]) == pair
    for before, after in zip(way.steps, way.steps[1:], strict=False):
        assert before.to_node_id == after.from_node_id
    kinds = tables()["nodes"].set_index("node_id")["kind_code"]
    called = [node for node in way.node_ids if kinds[node] not in ("chokepoint", "canal")]
    assert len(set(called)) == len(called), "a strait may be passed twice, no place is called at"
    statuses = dict(zip(known.statuses["leg_id"], known.statuses["status_code"], strict=True))
    assert all(statuses[leg_id] in USABLE for leg_id in way.leg_ids)
    own = {network().states[node] for node in pair}
    denied = set(vetoes) - own
    on_record = tables()["leg_actors"]
    able = on_record[on_record["is_denier"] & on_record["leg_id"].isin(way.leg_ids)]
    assert not denied & set(able["actor_id"])
    places = tables()["nodes"].set_index("node_id").loc[list(way.node_ids)]
    passed = places[places["kind_code"] != "chokepoint"]
    assert not denied & set(passed["actor_id"])


@given(known=scenarios, pair=any_pair, objective=objectives, vetoes=some_actors)
@often
def test_the_way_is_worth_the_sum_of_its_stages_to_the_last_digit(
    known, pair, objective, vetoes
) -> None:
    way = find_best_route(
        known, origin=pair[0], destination=pair[1], objective=objective, vetoes=vetoes
    )
    if way:
        sums = stage_sums(way, known)
        assert sums == {name: round(getattr(way, name) * 1e6) for name in sums}


@given(known=resting_scenarios, pair=any_pair, objective=single_objectives)
@often
def test_there_and_back_cost_the_same(known, pair, objective) -> None:
    """But for waits for a departure, which depend on what is boarded.

    And unless a leg says otherwise, by a gauge that differs between its ends; none does today.
    """
    assert value(known, pair, objective) == value(known, pair[::-1], objective)


@given(known=scenarios, pair=any_pair, mix=objectives)
@often
def test_no_other_best_way_beats_the_best_by_a_mix(known, pair, mix) -> None:
    found = prepare_search(known, origin=pair[0], destination=pair[1], objective=mix)
    for objective in OBJECTIVES.values():
        other = find_best_route(known, origin=pair[0], destination=pair[1], objective=objective)
        if other:
            assert found.best().value <= int(found.weights[list(other.edges)].sum())


@given(known=scenarios, pair=any_pair, objective=objectives, vetoes=some_actors)
@often
def test_bounds_change_no_answer(known, pair, objective, vetoes) -> None:
    """The reduced weights of the search, and what it remembers, against a search without either."""
    import rustworkx as rx

    found = prepare_search(known, origin=pair[0], destination=pair[1], objective=objective)
    bits = network().to_bits(vetoes)
    plain = [
        float("inf") if denied & bits else weight
        for denied, weight in zip(found.denied_by, found.weights, strict=True)
    ]
    start, end = found.ends
    graph = known.network.graph
    least = rx.dijkstra_shortest_path_lengths(graph, start, plain.__getitem__, goal=end)
    way = found.best(bits)
    assert (least[end] if end in least else float("inf")) == (way.value if way else float("inf"))


def km(leg_ids: Collection[str]) -> float:
    lengths = tables()["legs"].set_index("leg_id")["distance_km"]
    return float(lengths.loc[list(leg_ids)].sum())


@given(known=scenarios, pair=any_pair, objective=objectives, vetoes=some_actors)
@often
def test_alternatives_really_differ_and_stay_the_same(known, pair, objective, vetoes) -> None:
    found = prepare_search(known, origin=pair[0], destination=pair[1], objective=objective)
    bits = network().to_bits(vetoes)
    ways = find_alternatives(found, vetoes=bits, most=4)
    assert [way.value for way in ways] == sorted(way.value for way in ways)
    for place, way in enumerate(ways):
        assert not found.find_deniers(way) & bits & ~found.own_trade
        for other in ways[:place]:
            common = km(set(way.leg_ids) & set(other.leg_ids))
            assert common <= 0.7 * min(km(way.leg_ids), km(other.leg_ids))
    again = prepare_search(known, origin=pair[0], destination=pair[1], objective=objective)
    assert [way.leg_ids for way in find_alternatives(again, vetoes=bits, most=4)] == [
        way.leg_ids for way in ways
    ]


@given(known=scenarios, pair=pairs, vetoes=some_actors, leg=legs)
@settings(often, max_examples=examples(150))
def test_a_cut_is_what_must_be_opened_and_no_more(known, pair, vetoes, leg) -> None:
    objective = OBJECTIVES["time"]
    found = prepare_search(known, origin=pair[0], destination=pair[1], objective=objective)
    bits = network().to_bits(vetoes)
    legs_to_open, restored = find_cut(found, vetoes=bits)
    if found.best(bits):
        assert not legs_to_open
        return
    assert restored is not None, "all 140 nodes hang together"
    assert legs_to_open
    lifted = [actor for own in legs_to_open for actor in own.vetoed_by]
    if not set(lifted) <= set(vetoes):
        return  # a standing veto, which only its own scenario lifts
    kept = [actor for actor in vetoes if actor not in lifted]
    shut = [own.leg_id for own in legs_to_open if own.is_shut]
    opened = switched(known, shut, "open") if shut else known
    assert value(opened, pair, objective, kept) < float("inf")
    if len(legs_to_open) > 1:
        assert value(switched(known, [leg], "open"), pair, objective, vetoes) == float("inf")


@pytest.mark.parametrize("day", [DOCUMENT_DAY, LAST_DAY])
@pytest.mark.parametrize("pair", [("IN_NSA", "RU_LED"), ("PK_KHI", "IQ_FAW"), ("IR_BND", "IN_MUN")])
def test_a_closed_hormuz_is_on_no_way(day: dt.date, pair: tuple[str, str]) -> None:
    known = at(day, ("close-hormuz",))
    for objective in OBJECTIVES.values():
        found = prepare_search(known, origin=pair[0], destination=pair[1], objective=objective)
        for way in find_alternatives(found, most=9):
            assert "CP_HOR" not in way.node_ids


@given(days=st.sampled_from([DOCUMENT_DAY, LAST_DAY]), objective=objectives)
@settings(often, max_examples=examples(20))
def test_with_iran_closed_no_way_of_indian_trade_touches_it(days, objective) -> None:
    way = find_best_route(
        at(days), origin="IN_NSA", destination="RU_MOW", objective=objective, vetoes=["IRN"]
    )
    states = {network().states[node] for node in way.node_ids}
    assert "IRN" not in states
