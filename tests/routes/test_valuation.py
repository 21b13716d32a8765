"""Draws and what corridors come to under them."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from entente.dossier.store import Dossier
from entente.routes.network.rates import read_rates
from entente.routes.network.scenarios import read_statuses
from entente.routes.valuation.corridors import QUANTITIES, slice_corridors, value_stages
from entente.routes.valuation.simulation import (
    RANK_CORRELATION,
    Simulation,
    compare_pairs,
    draw_normal,
    draw_triangular,
    find_triangular_quantiles,
    profile_stages,
    share_variance,
    simulate,
    summarise,
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
    found = np.corrcoef([ranks(row) for row in draw_triangular(table)])
    same = np.equal.outer(np.arange(12) // 6, np.arange(12) // 6) & ~np.eye(12, dtype=bool)
    assert found[same] == pytest.approx(np.full(same.sum(), RANK_CORRELATION), abs=0.03)
    assert np.abs(found[~same & ~np.eye(12, dtype=bool)]).max() < 0.04


def test_each_figure_by_itself_is_met_exactly() -> None:
    (row,) = draw_triangular(figures(("leg", "class", 2, 3, 7)))
    assert row.mean() == pytest.approx((2 + 3 + 7) / 3, abs=1e-3)
    variance = (4 + 9 + 49 - 6 - 14 - 21) / 18
    assert row.var() == pytest.approx(variance, rel=1e-2)
    assert row.min() >= 2
    assert row.max() <= 7


@pytest.mark.parametrize("bounds", [(3.0, 3.0, 3.0), (0.0, 0.0, 0.0)])
def test_what_is_certain_is_drawn_as_it_is(bounds: tuple[float, float, float]) -> None:
    assert (draw_triangular(figures(("leg", "class", *bounds))) == bounds[0]).all()
    assert (find_triangular_quantiles(np.array([0.1, 0.9]), *bounds) == bounds[0]).all()


@pytest.mark.parametrize("typical", [1.0, 5.0])
def test_a_peak_at_either_end_is_drawn(typical: float) -> None:
    (row,) = draw_triangular(figures(("leg", "class", 1, typical, 5)))
    assert row.mean() == pytest.approx((6 + typical) / 3, abs=1e-3)


def test_luck_hangs_on_name_and_seed_alone() -> None:
    alone = draw_triangular(figures(("b", "class", 1, 2, 3)))
    among = draw_triangular(figures(("a", "class", 1, 2, 3), ("b", "class", 1, 2, 3)))
    assert (alone[0] == among[1]).all()
    assert (draw_normal("b", 100, 1) != draw_normal("b", 100, 2)).any()


def test_percentiles_are_in_order(valued: Simulation) -> None:
    values = summarise(valued)
    for quantity in QUANTITIES:
        low, middle, high = (values[f"{quantity}_{name}"] for name in ("p10", "p50", "p90"))
        assert (low <= middle).all()
        assert (middle <= high).all()
    assert (values["reliability_days"] == values["days_p90"] - values["days_p50"]).all()


def test_the_same_seed_gives_the_same_figures(staged: pd.DataFrame, valued: Simulation) -> None:
    again = summarise(simulate(staged))
    pd.testing.assert_frame_equal(again, summarise(valued))
    other = summarise(simulate(staged, seed=1))
    assert (other["days_p50"] != again["days_p50"]).all()
    assert other["days_p50"].to_numpy() == pytest.approx(again["days_p50"].to_numpy(), rel=0.02)


def test_a_corridor_is_valued_alike_whatever_stands_beside_it(
    staged: pd.DataFrame, valued: Simulation
) -> None:
    one = valued.corridor_ids[3]
    alone = summarise(simulate(staged[staged["corridor_id"] == one]))
    beside = summarise(valued).query("corridor_id == @one").reset_index(drop=True)
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


def test_stages_sum_to_the_total(staged: pd.DataFrame, valued: Simulation) -> None:
    for place, one in enumerate(valued.corridor_ids):
        sums = staged[staged["corridor_id"] == one].sum(numeric_only=True)
        for quantity in QUANTITIES:
            total = valued.totals[quantity][place]
            assert valued.find_draws(one, quantity).sum(axis=0) == pytest.approx(total)
            assert total.min() >= sums[f"{quantity}_low"] - 1e-9
            assert total.max() <= sums[f"{quantity}_high"] + 1e-9


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_shares_of_variance_sum_to_one(valued: Simulation, quantity: str) -> None:
    sums = share_variance(valued, quantity=quantity).groupby("corridor_id")["share"].sum()
    assert sums.to_numpy() == pytest.approx(np.ones(len(valued.corridor_ids)))


def test_wins_and_ties_of_a_pair_sum_to_one(valued: Simulation) -> None:
    table = compare_pairs(valued).set_index(["quantity", "corridor_id", "other_id"])
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
    table = compare_pairs(simulate(pd.concat([own, slower]))).set_index("corridor_id")
    days = table[table["quantity"] == "days"]
    assert days.at["western", "wins"] == 1
    assert days.at["slower", "wins"] == 0


def test_exposure_counts_actors_and_is_missing_when_nobody_asked(valued: Simulation) -> None:
    vetoes = {one: ["QTO", "QVE", "QTO"] for one in valued.corridor_ids}
    assert (summarise(valued, vetoes=vetoes)["veto_count"] == 2).all()
    assert summarise(valued)["veto_count"].isna().all()


def test_bands_end_at_the_total(valued: Simulation) -> None:
    values = summarise(valued).set_index("corridor_id")
    profiles = profile_stages(valued)
    for one, own in profiles.groupby("corridor_id"):
        for quantity in ("days", "cost_usd_per_teu"):
            last = own.iloc[-1]
            assert last[f"{quantity}_high"] == pytest.approx(values.at[one, f"{quantity}_p90"])
            assert last[f"{quantity}_low"] == pytest.approx(values.at[one, f"{quantity}_p10"])
            assert own[f"{quantity}_typical"].is_monotonic_increasing


def test_no_corridors_give_empty_tables(staged: pd.DataFrame) -> None:
    nothing = simulate(staged.iloc[:0])
    assert summarise(nothing).empty
    assert compare_pairs(nothing).empty
    assert share_variance(nothing).empty
    assert profile_stages(nothing).empty
