"""Laws of leverage under uncertain rates."""

import datetime as dt
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.dossier.store import Dossier
from entente.routes.network.scenarios import allow_services, build_scenario
from entente.routes.network.search import prepare_search, reweigh
from entente.routes.valuation.leverage import prepare_traffic, price_veto
from entente.routes.valuation.leverage_draws import (
    BY_QUANTITY,
    DRAWS,
    LeverageDraws,
    RateDraws,
    draw_leverage,
    draw_rates,
    weigh_draw,
)
from tests.laws import OF, examples
from tests.routes.networks import DAYS, PAIRS, at, known_pairs, network, some_actors, tables

often = settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
# What leverage is asked of takes a second each: in `make test`, laws share a few such questions.
IS_SHORT = examples(OF) < OF
days = st.sampled_from(DAYS[2:4] if IS_SHORT else DAYS)
pairs = st.sampled_from(PAIRS[1:5:3]) if IS_SHORT else known_pairs
COALITIONS = [["AZE"], ["TUR"], ["AZE", "TUR"], ["AZE", "PAK", "TUR"], ["IRN"], ["RUS"]]
MOST_WRONG = 0.1  # share of values that a search would improve, and by how much on average
MEAN_ERROR = 0.004


@cache
def variants() -> dict[str, list[str]]:
    rows = tables()["network_variant_services"]
    return rows.groupby("variant_id", sort=False)["service_code"].agg(list).to_dict()


@cache
def rates(day: dt.date) -> RateDraws:
    return draw_rates(at(day))


@cache
def leverage(day: dt.date, pair: tuple[str, str]) -> LeverageDraws | None:
    """Leverage between two places; None where there is no route."""
    scenario = at(day)
    has_route = prepare_traffic(scenario, origin=pair[0], destination=pair[1]).chosen.has_route
    if not has_route:
        return None
    return draw_leverage(
        scenario,
        rates(day),
        origin=pair[0],
        destination=pair[1],
        variants=variants(),
        coalitions=COALITIONS,
    )


def test_the_median_worth_of_a_rate_is_its_typical_one() -> None:
    """Its luck is even on both sides; the error of a state is independent of it."""
    drawn, scenario = rates(DAYS[2]), at(DAYS[2])
    _, first = np.unique(drawn.cells, return_index=True)
    typical = scenario.rates.typical[scenario.network.usage.rates[first]]
    medians = np.median(drawn.worth, axis=1) / typical
    assert abs(np.log(medians)).mean() < 0.1
    assert drawn.worth.shape[1] == DRAWS


def test_a_rate_has_one_luck_and_an_error_in_each_state() -> None:
    drawn, scenario = rates(DAYS[2]), at(DAYS[2])
    use = scenario.network.usage
    rate = scenario.rates.places["BRD-ROAD"]
    rows = np.unique(drawn.cells[use.rates == rate])
    assert len(rows) > 3
    logs = np.log(drawn.worth[rows])
    alike = np.corrcoef(logs)[np.triu_indices(len(rows), 1)]
    low, _, high = np.log(scenario.rates.worth[rate])
    luck = ((high - low) / (2 * 1.645)) ** 2
    assert alike.mean() == pytest.approx(luck / (luck + 0.25), abs=0.12)


@given(day=days, pair=pairs, actors=some_actors)
@often
def test_percentiles_ascend_and_shares_are_shares(day, pair, actors) -> None:
    found = leverage(day, pair)
    if found is None:
        return
    veto = found.measure_losses(actors)
    for quantity in found.values:
        for variant in (None, *range(len(found.variants))):
            told = veto.find_range(quantity, variant)
            assert 0 <= told.p10 <= told.p50 <= told.p90
            assert 0 <= veto.share_without_loss(quantity, variant) <= 1
            assert 0 <= veto.share_lost_route(variant) <= 1


@given(day=days, pair=pairs, part=some_actors, more=some_actors)
@often
def test_a_coalition_never_loses_less_than_its_member_in_any_draw(day, pair, part, more) -> None:
    found = leverage(day, pair)
    if found is None:
        return
    fewer, all_of_them = found.measure_losses(part), found.measure_losses([*part, *more])
    for quantity in found.values:
        assert (all_of_them.losses[quantity] >= fewer.losses[quantity]).all()


@given(day=days, pair=pairs)
@often
def test_who_is_on_no_candidate_loses_nobody_anything(day, pair) -> None:
    found = leverage(day, pair)
    if found is None:
        return
    for actor in set(network().actors) - set(found.actors):
        veto = found.measure_losses([actor])
        assert veto.share_without_loss("days") == veto.share_without_loss("usd") == 1
        assert veto.find_range("usd") == (0, 0, 0)


@given(day=days, pair=pairs)
@often
def test_nobody_loses_others_anything_in_trade_of_its_own(day, pair) -> None:
    found = leverage(day, pair)
    if found is None:
        return
    own = [network().states[node] for node in pair]
    veto = found.measure_losses(own)
    assert set(veto.own_trade) == set(own) & set(network().actors)
    assert veto.share_without_loss("days") == 1


@given(day=days, pair=pairs, draw=st.data())
@often
def test_a_route_is_lost_when_a_search_finds_none(day, pair, draw) -> None:
    """However many deny transit."""
    found = leverage(day, pair)
    if found is None:
        return
    spared = st.sets(st.sampled_from(found.actors or ("none",)), max_size=6)
    for spare in draw.draw(st.lists(spared, min_size=8, max_size=8)):
        actors = set(found.actors) - spare
        veto = found.measure_losses(actors)
        for place, variant in enumerate(found.variants):
            own = allow_services(at(day), variants()[variant])
            alone = price_veto(prepare_traffic(own, origin=pair[0], destination=pair[1]), actors)
            assert veto.share_lost_route(place) == float(alone.cuts_route)


@given(day=days, pair=pairs, start=st.integers(0, 9))
@often
def test_values_are_never_below_a_search_and_seldom_above(day, pair, start) -> None:
    """The routes valued are enough: in draws that were searched for none, too."""
    found = leverage(day, pair)
    if found is None:
        return
    bits = [0, *map(network().to_bits, COALITIONS)]
    errors = []
    for place, variant in enumerate(found.variants):
        own = allow_services(at(day), variants()[variant])
        for quantity, objective in list(BY_QUANTITY.items())[:2]:
            plain = prepare_search(own, origin=pair[0], destination=pair[1], objective=objective)
            values = [found.find_values(one, quantity)[place] for one in bits]
            for draw in range(start, DRAWS, 10):
                finder = reweigh(plain, weigh_draw(own, rates(day), draw, quantity))
                for one, known in zip(bits, values, strict=True):
                    route = finder.best(one)
                    if route is None:
                        assert np.isinf(known[draw])
                    else:
                        errors.append(known[draw] / (route.value / 1e6) - 1)
    assert min(errors) > -1e-5
    assert np.mean(np.array(errors) > 1e-4) < MOST_WRONG
    assert np.mean(errors) < MEAN_ERROR


def test_the_same_seed_gives_the_same_figures(dossier: Dossier) -> None:
    scenario = build_scenario(dossier.tables, as_of=dt.date(2021, 6, 15))

    def draw(seed: int) -> LeverageDraws:
        rates = draw_rates(scenario, count=50, seed=seed)
        return draw_leverage(
            scenario,
            rates,
            origin="SU_PORT",
            destination="NO_CITY",
            variants={"all": ["container", "lorry", "other"], "rail": ["container"]},
            coalitions=[["QTO"]],
        )

    first, again, other = draw(1), draw(1), draw(2)
    assert [route.edges for route in first.routes] == [route.edges for route in again.routes]
    losses = [one.measure_losses(["QTO"]).losses["days"] for one in (first, again, other)]
    np.testing.assert_array_equal(losses[0], losses[1])
    assert (losses[0] != losses[2]).any()


def test_without_uncertainty_all_draws_are_the_typical_loss(dossier: Dossier, monkeypatch) -> None:
    monkeypatch.setattr("entente.routes.valuation.leverage_draws.STATE_ERROR", 0.0)
    table = dossier["rates"]
    certain = {**dossier.tables, "rates": table.assign(low=table["typical"], high=table["typical"])}
    scenario = build_scenario(certain, as_of=dt.date(2021, 6, 15))
    found = draw_leverage(
        scenario,
        draw_rates(scenario, count=5),
        origin="SU_PORT",
        destination="NO_CITY",
        variants={"all": ["container", "lorry", "other"]},
        coalitions=[],
    )
    traffic = prepare_traffic(scenario, origin="SU_PORT", destination="NO_CITY")
    for actors in (["QTO"], ["QVE"], ["QMA", "QVE"]):
        losses, typical = found.measure_losses(actors).losses, price_veto(traffic, actors)
        np.testing.assert_allclose(losses["days"], typical.loss_days, atol=1e-4)
        np.testing.assert_allclose(losses["usd"], typical.loss_usd, atol=1e-2)


def test_no_route_in_any_variant_is_an_error(dossier: Dossier) -> None:
    scenario = build_scenario(dossier.tables, as_of=dt.date(2021, 6, 15))
    with pytest.raises(ValueError, match="no route"):
        draw_leverage(
            scenario,
            draw_rates(scenario, count=5),
            origin="SU_PORT",
            destination="NO_CITY",
            variants={"none": []},
            coalitions=[],
        )
