"""Laws of vetoes and of Shapley values."""

import datetime as dt
from fractions import Fraction
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.routes.network.scenarios import build_scenario
from entente.routes.network.search import OBJECTIVES, prepare_search
from entente.routes.valuation.leverage import (
    compute_shapley_values,
    prepare_traffic,
    price_veto,
    share_losses,
)
from tests.laws import examples
from tests.routes.networks import (
    any_pair,
    at,
    known_pairs,
    network,
    scenarios,
    single_objectives,
    some_actors,
    tables,
)

often = settings(
    max_examples=examples(30),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
games = st.integers(1, 4).flatmap(
    lambda players: st.lists(
        st.integers(0, 10**9), min_size=1 << players, max_size=1 << players
    ).map(lambda losses: np.array([0, *losses[1:]], dtype=float))
)


@given(losses=games)
@settings(max_examples=examples(100), deadline=None)
def test_shapley_values_are_the_mean_over_all_orders(losses) -> None:
    players = len(losses).bit_length() - 1
    shares = [Fraction(0)] * players
    orders = list(permutations(range(players)))
    for order in orders:
        coalition = 0
        for player in order:
            added = losses[coalition | 1 << player] - losses[coalition]
            shares[player] += Fraction(int(added), len(orders))
            coalition |= 1 << player
    assert compute_shapley_values(losses) == shares
    assert sum(compute_shapley_values(losses)) == int(losses[-1])


@given(known=scenarios, pair=any_pair, objective=single_objectives)
@often
def test_shares_add_up_to_the_loss_of_all_together(known, pair, objective) -> None:
    found = prepare_search(known, origin=pair[0], destination=pair[1], objective=objective)
    if found.has_route:
        shared = share_losses(found)
        assert sum(shared.values.values()) == pytest.approx(shared.grand_loss, abs=1e-6)
        assert all(share >= 0 for share in shared.values.values()), "no veto ever helps"
        assert (shared.lost_count > 0) == bool(shared.smallest_cuts)


@given(known=scenarios, pair=known_pairs, vetoes=some_actors, draw=st.data())
@often
def test_every_coalition_is_worth_what_a_search_for_it_finds(known, pair, vetoes, draw) -> None:
    found = prepare_search(known, origin=pair[0], destination=pair[1], objective=OBJECTIVES["time"])
    if not found.has_route:
        return
    shared = share_losses(found)
    players = draw.draw(st.lists(st.sampled_from(list(shared.values) or ["USA"]), unique=True))
    bits = network().to_bits([*players, *vetoes])
    way = found.search(bits)
    left = [one.value for one in shared.routes if not found.find_deniers(one) & bits]
    assert (way.value if way else None) == (min(left) if left else None)
    cut_by = [set(cut) for cut in shared.smallest_cuts if set(cut) <= {*players, *vetoes}]
    assert (way is None) == bool(cut_by)


@given(known=scenarios, pair=known_pairs, vetoes=some_actors)
@often
def test_who_does_not_matter_changes_no_coalition(known, pair, vetoes) -> None:
    found = prepare_search(known, origin=pair[0], destination=pair[1], objective=OBJECTIVES["cost"])
    if not found.has_route:
        return
    players = share_losses(found).values
    bits = network().to_bits([actor for actor in vetoes if actor in players])
    others = network().to_bits(set(network().actors) - set(players))
    with_others, without = found.search(bits | others), found.search(bits)
    assert (with_others and with_others.value) == (without and without.value)


@pytest.mark.parametrize("pair", [("IN_NSA", "RU_LED"), ("IN_NSA", "UZ_TAS")])
def test_equal_actors_get_equal_shares(pair: tuple[str, str]) -> None:
    """A twin of the United States controls the very same legs."""
    held = tables()["leg_actors"]
    twin = held[held["actor_id"] == "USA"].assign(actor_id="TWIN")
    own = {**tables(), "leg_actors": pd.concat([held, twin], ignore_index=True)}
    known = build_scenario(own, as_of=dt.date(2026, 7, 1))
    found = prepare_search(known, origin=pair[0], destination=pair[1], objective=OBJECTIVES["time"])
    shares = share_losses(found).values
    assert shares["USA"] == shares["TWIN"] > 0


@given(known=scenarios, pair=known_pairs, first=some_actors, second=some_actors)
@often
def test_a_joint_veto_costs_no_less_than_any_of_its_parts(known, pair, first, second) -> None:
    traffic = prepare_traffic(known, origin=pair[0], destination=pair[1])
    if not traffic.chosen.has_route:
        return
    part, whole = price_veto(traffic, first), price_veto(traffic, [*first, *second])
    lost = float("inf")
    for name in ("loss_days", "loss_usd"):
        losses = [getattr(one, name) for one in (part, whole)]
        assert losses[0] is None or losses[0] >= 0
        assert (lost if losses[1] is None else losses[1]) >= (
            lost if losses[0] is None else losses[0]
        )
    assert part.cuts_route <= whole.cuts_route


@given(pair=any_pair, vetoes=some_actors)
@often
def test_nobody_has_a_veto_over_its_own_trade(pair, vetoes) -> None:
    own = [network().states[node] for node in pair]
    traffic = prepare_traffic(at(dt.date(2025, 4, 10)), origin=pair[0], destination=pair[1])
    if traffic.chosen.has_route:
        with_own, without = (
            price_veto(traffic, [*vetoes, *own]),
            price_veto(traffic, [actor for actor in vetoes if actor not in own]),
        )
        assert with_own.loss == without.loss
        assert price_veto(traffic, own).loss == 0
