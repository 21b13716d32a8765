"""Draws and what corridors come to under them."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from entente.dossier.store import Dossier
from entente.routes.network.rates import read_rates
from entente.routes.network.scenarios import read_statuses
from entente.routes.valuation.calibration import Calibration, ErrorModel
from entente.routes.valuation.corridors import QUANTITIES, slice_corridors, value_stages
from entente.routes.valuation.simulation import (
    RANK_CORRELATION,
    Simulation,
    compare_pairs,
    draw_figures,
    draw_normal,
    draw_routes,
    find_quantiles,
    measure_log_variance,
    profile_stages,
    share_variance,
    simulate,
    summarise,
)

PROVISIONAL = Calibration(
    {
        "days": ErrorModel(floor=0.33, unit=0.5, exponent=1.0),
        "cost_usd_per_teu": ErrorModel(floor=0.35),
    }
)


def staged_between(dossier: Dossier, origin: str, destination: str, day: dt.date) -> pd.DataFrame:
    statuses = read_statuses(dossier["leg_statuses"], as_of=day)
    ends = {"origin": origin, "destination": destination}
    chains = slice_corridors(dossier["corridor_legs"], dossier["legs"], **ends)
    rates = read_rates(dossier.tables, as_of=day)
    return value_stages(chains, dossier.tables, statuses=statuses, rates=rates)


@pytest.fixture(scope="module")
def staged(dossier: Dossier) -> pd.DataFrame:
    return staged_between(dossier, "SU_PORT", "NO_PORT", dt.date(2021, 6, 15))


@pytest.fixture(scope="module")
def valued(staged: pd.DataFrame) -> Simulation:
    return simulate(staged)


def figures(*rows: tuple[str, str, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["name", "correlation_group", "low", "typical", "high"])


def ranks(row: np.ndarray) -> np.ndarray:
    return np.argsort(np.argsort(row))


def test_a_class_shares_half_of_its_luck_and_strangers_none() -> None:
    table = figures(*((f"leg {n}", f"class {n // 6}", 1, 2, 6) for n in range(12)))
    found = np.corrcoef([ranks(row) for row in draw_figures(table)])
    same = np.equal.outer(np.arange(12) // 6, np.arange(12) // 6) & ~np.eye(12, dtype=bool)
    assert found[same] == pytest.approx(np.full(same.sum(), RANK_CORRELATION), abs=0.03)
    assert np.abs(found[~same & ~np.eye(12, dtype=bool)]).max() < 0.04


def test_each_figure_by_itself_is_met_exactly() -> None:
    (row,) = draw_figures(figures(("leg", "class", 2, 3, 7)))
    assert np.percentile(row, [5, 50, 95]) == pytest.approx([2, 3, 7], rel=1e-3)
    logs = np.log(row / 3)
    for half, bound in ((logs[logs < 0], 2), (logs[logs > 0], 7)):
        assert np.sqrt(np.mean(half**2)) == pytest.approx(abs(np.log(bound / 3)) / 1.645, rel=0.01)


@pytest.mark.parametrize("bounds", [(3.0, 3.0, 3.0), (0.0, 0.0, 0.0)])
def test_what_is_certain_is_drawn_as_it_is(bounds: tuple[float, float, float]) -> None:
    assert (draw_figures(figures(("leg", "class", *bounds))) == bounds[0]).all()
    assert (find_quantiles(np.array([-1.0, 1.0]), *bounds) == bounds[0]).all()


@pytest.mark.parametrize("typical", [1.0, 5.0])
def test_a_typical_figure_at_either_end_is_drawn(typical: float) -> None:
    (row,) = draw_figures(figures(("leg", "class", 1, typical, 5)))
    assert np.percentile(row, [5, 50, 95]) == pytest.approx([1, typical, 5], rel=1e-3)


def test_a_figure_that_may_be_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="has no logarithm"):
        draw_figures(figures(("leg", "class", 0, 1, 5)))


def test_luck_hangs_on_name_and_seed_alone() -> None:
    alone = draw_figures(figures(("b", "class", 1, 2, 3)))
    among = draw_figures(figures(("a", "class", 1, 2, 3), ("b", "class", 1, 2, 3)))
    assert (alone[0] == among[1]).all()
    assert (draw_normal("b", 100, 1) != draw_normal("b", 100, 2)).any()


def test_percentiles_are_in_order(valued: Simulation) -> None:
    values = summarise(valued, PROVISIONAL)
    for quantity in QUANTITIES[:2]:
        ends = ("calibrated_p10", "p10", "typical", "p90", "calibrated_p90")
        steps = values[[f"{quantity}_{end}" for end in ends]].diff(axis=1).iloc[:, 1:]
        assert (steps >= 0).all(axis=None)
    assert values["co2e_kg_per_teu_calibrated_p90"].isna().all(), "nothing is published of it"
    assert (values["reliability_days"] == values["days_p90"] - values["days_typical"]).all()


def test_typical_is_the_sum_of_the_stages(staged: pd.DataFrame, valued: Simulation) -> None:
    values = summarise(valued, PROVISIONAL).set_index("corridor_id")
    for quantity in QUANTITIES:
        sums = staged.groupby("corridor_id")[f"{quantity}_typical"].sum()
        typical = values[f"{quantity}_typical"]
        assert typical.to_numpy() == pytest.approx(sums[typical.index].to_numpy())
        assert np.median(valued.totals[quantity], axis=1) == pytest.approx(typical.to_numpy())


def test_the_same_seed_gives_the_same_figures(staged: pd.DataFrame, valued: Simulation) -> None:
    again = summarise(simulate(staged), PROVISIONAL)
    pd.testing.assert_frame_equal(again, summarise(valued, PROVISIONAL))
    pairs = compare_pairs(valued, PROVISIONAL)
    pd.testing.assert_frame_equal(compare_pairs(simulate(staged), PROVISIONAL), pairs)
    other = summarise(simulate(staged, seed=1), PROVISIONAL)
    assert (other["days_typical"] == again["days_typical"]).all()
    assert (other["days_p90"] != again["days_p90"]).all()
    assert other["days_p90"].to_numpy() == pytest.approx(again["days_p90"].to_numpy(), rel=0.02)


def test_the_error_of_a_route_widens_its_draws_to_the_sigma_asked_for(valued: Simulation) -> None:
    sigma = 0.7
    calibration = Calibration({"days": ErrorModel(floor=1.0, route=sigma)})
    draws = draw_routes(valued, calibration, "days")
    assert np.sqrt(measure_log_variance(draws)) == pytest.approx(sigma, rel=0.03)
    assert draw_routes(valued, Calibration(), "days") is valued.totals["days"]


def test_routes_err_together_as_far_as_they_share_their_days(staged: pd.DataFrame) -> None:
    """Weights are roots of shares, so the correlation of two errors is Σ √(share · share)."""
    fixed = staged.assign(**{f"days_{bound}": staged["days_typical"] for bound in ("low", "high")})
    valued = simulate(fixed)
    calibration = Calibration({"days": ErrorModel(floor=0.5, route=0.5)})
    found = np.corrcoef(np.log(draw_routes(valued, calibration, "days")))
    shares = (
        valued.stages.pivot_table(
            index="corridor_id", columns="name", values="days_typical", aggfunc="sum"
        )
        .reindex(list(valued.corridor_ids))
        .fillna(0)
    )
    roots = np.sqrt(shares.div(shares.sum(axis=1), axis=0).to_numpy())
    assert found == pytest.approx(roots @ roots.T, abs=0.04)
    assert (found[~np.eye(len(found), dtype=bool)] > 0.1).any()


def test_one_box_makes_odds_less_sure(valued: Simulation) -> None:
    pairs = compare_pairs(valued, PROVISIONAL)
    days = pairs[pairs["quantity"] == "days"]
    sure = days[days["wins"] > 0.55]
    assert len(sure)
    assert (sure["box_wins"] < sure["wins"]).all()
    assert (sure["box_wins"] > 0.45).all()
    emissions = pairs[pairs["quantity"] == "co2e_kg_per_teu"]
    assert (emissions["box_wins"] == emissions["wins"]).all()


def test_a_corridor_is_valued_alike_whatever_stands_beside_it(
    staged: pd.DataFrame, valued: Simulation
) -> None:
    one = valued.corridor_ids[3]
    alone = summarise(simulate(staged[staged["corridor_id"] == one]), PROVISIONAL)
    beside = summarise(valued, PROVISIONAL).query("corridor_id == @one").reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, beside, rtol=1e-12)


def test_a_shared_stage_has_the_same_draws_in_both(valued: Simulation) -> None:
    west, east = "western", "lake"
    rows = {one: valued.stages.iloc[valued.find_rows(one)].reset_index() for one in (west, east)}
    places = {one: table.index[table["leg_id"] == "g03"][0] for one, table in rows.items()}
    draws = [valued.find_draws(one, "days")[place] for one, place in places.items()]
    assert (draws[0] == draws[1]).all()


def test_sea_legs_of_a_voyage_share_all_their_luck(valued: Simulation) -> None:
    own = valued.stages.iloc[valued.find_rows("round-sea")]
    deep = valued.find_draws("round-sea", "days")[(own["what_code"] == "deep-sea").to_numpy()]
    orders = [ranks(row) for row in deep]
    assert len(orders) >= 2
    assert all((order == orders[0]).all() for order in orders)


def test_stages_sum_to_the_total_but_for_one_factor(valued: Simulation) -> None:
    for place, one in enumerate(valued.corridor_ids):
        for quantity in QUANTITIES:
            total = valued.totals[quantity][place]
            factors = total / valued.find_draws(one, quantity).sum(axis=0)
            assert factors == pytest.approx(factors[0])
            assert factors[0] == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_shares_of_variance_sum_to_one(valued: Simulation, quantity: str) -> None:
    sums = share_variance(valued, quantity=quantity).groupby("corridor_id")["share"].sum()
    assert sums.to_numpy() == pytest.approx(np.ones(len(valued.corridor_ids)))


def test_wins_and_ties_of_a_pair_sum_to_one(valued: Simulation) -> None:
    table = compare_pairs(valued, PROVISIONAL).set_index(["quantity", "corridor_id", "other_id"])
    for (quantity, one, other), row in table.iterrows():
        back = table.loc[(quantity, other, one)]
        assert row["wins"] + back["wins"] + row["ties"] == pytest.approx(1)
        assert row["ties"] == back["ties"]
    assert len(table) == len(QUANTITIES) * 4 * 3


def test_a_slower_copy_never_wins(staged: pd.DataFrame) -> None:
    own = staged[staged["corridor_id"] == "western"]
    slower = own.assign(
        corridor_id="slower",
        **{name: own[name] * 1.2 for name in own if name.startswith("days_")},
    )
    table = compare_pairs(simulate(pd.concat([own, slower])), PROVISIONAL).set_index("corridor_id")
    days = table[table["quantity"] == "days"]
    assert days.at["western", "wins"] == 1
    assert days.at["slower", "wins"] == 0


def test_exposure_counts_actors_and_is_missing_when_nobody_asked(valued: Simulation) -> None:
    vetoes = {one: ["QTO", "QVE", "QTO"] for one in valued.corridor_ids}
    assert (summarise(valued, PROVISIONAL, vetoes=vetoes)["veto_count"] == 2).all()
    assert summarise(valued, PROVISIONAL)["veto_count"].isna().all()


def test_bands_end_at_the_total(valued: Simulation) -> None:
    values = summarise(valued, PROVISIONAL).set_index("corridor_id")
    profiles = profile_stages(valued)
    for one, own in profiles.groupby("corridor_id"):
        for quantity in ("days", "cost_usd_per_teu"):
            last = own.iloc[-1]
            assert last[f"{quantity}_high"] == pytest.approx(values.at[one, f"{quantity}_p90"])
            assert last[f"{quantity}_low"] == pytest.approx(values.at[one, f"{quantity}_p10"])
            assert last[f"{quantity}_typical"] == pytest.approx(
                values.at[one, f"{quantity}_typical"]
            )
            assert own[f"{quantity}_typical"].is_monotonic_increasing


def test_no_corridors_give_empty_tables(staged: pd.DataFrame) -> None:
    nothing = simulate(staged.iloc[:0])
    assert summarise(nothing, PROVISIONAL).empty
    assert compare_pairs(nothing, PROVISIONAL).empty
    assert share_variance(nothing).empty
    assert profile_stages(nothing).empty
