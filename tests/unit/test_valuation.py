"""Draws and what corridors come to under them."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from entente.dossier.store import Dossier
from entente.routes.network.chains import chains_between
from entente.routes.network.leg_status import statuses_at
from entente.routes.valuation.corridors import corridor_sums
from entente.routes.valuation.simulation import (
    RANK_CORRELATION,
    normal_draws,
    triangular_draws,
    triangular_quantiles,
)
from entente.routes.valuation.stages import QUANTITIES, network, stages
from entente.routes.valuation.valuation import (
    Valuation,
    bands,
    chances,
    corridor_values,
    kind_shares,
    stage_shares,
    valuation,
)


def staged_between(dossier: Dossier, origin: str, destination: str, day: dt.date) -> pd.DataFrame:
    statuses = statuses_at(dossier["leg_statuses"], as_of=day)
    known = network(
        legs=dossier["legs"], nodes=dossier["nodes"], rates=dossier["rates"], statuses=statuses
    )
    ends = {"origin": origin, "destination": destination}
    return stages(chains_between(dossier["corridor_legs"], dossier["legs"], **ends), known)


@pytest.fixture(scope="module")
def staged(dossier: Dossier) -> pd.DataFrame:
    return staged_between(dossier, "IN_NSA", "RU_LED", dt.date(2025, 4, 10))


@pytest.fixture(scope="module")
def valued(staged: pd.DataFrame) -> Valuation:
    return valuation(staged)


def figures(*rows: tuple[str, str, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["name", "luck_class", "low", "typical", "high"])


def ranks(row: np.ndarray) -> np.ndarray:
    return np.argsort(np.argsort(row))


def test_a_class_shares_half_of_its_luck_and_strangers_none() -> None:
    table = figures(*((f"leg {n}", f"class {n // 6}", 1, 2, 6) for n in range(12)))
    found = np.corrcoef([ranks(row) for row in triangular_draws(table)])
    same = np.equal.outer(np.arange(12) // 6, np.arange(12) // 6) & ~np.eye(12, dtype=bool)
    assert found[same] == pytest.approx(np.full(same.sum(), RANK_CORRELATION), abs=0.03)
    assert np.abs(found[~same & ~np.eye(12, dtype=bool)]).max() < 0.04


def test_each_figure_by_itself_is_met_exactly() -> None:
    (row,) = triangular_draws(figures(("leg", "class", 2, 3, 7)))
    assert row.mean() == pytest.approx((2 + 3 + 7) / 3, abs=1e-3)
    variance = (4 + 9 + 49 - 6 - 14 - 21) / 18
    assert row.var() == pytest.approx(variance, rel=1e-2)
    assert row.min() >= 2
    assert row.max() <= 7


@pytest.mark.parametrize("bounds", [(3.0, 3.0, 3.0), (0.0, 0.0, 0.0)])
def test_what_is_certain_is_drawn_as_it_is(bounds: tuple[float, float, float]) -> None:
    assert (triangular_draws(figures(("leg", "class", *bounds))) == bounds[0]).all()
    assert (triangular_quantiles(np.array([0.1, 0.9]), *bounds) == bounds[0]).all()


@pytest.mark.parametrize("typical", [1.0, 5.0])
def test_a_peak_at_either_end_is_drawn(typical: float) -> None:
    (row,) = triangular_draws(figures(("leg", "class", 1, typical, 5)))
    assert row.mean() == pytest.approx((6 + typical) / 3, abs=1e-3)


def test_luck_hangs_on_name_and_seed_alone() -> None:
    alone = triangular_draws(figures(("b", "class", 1, 2, 3)))
    among = triangular_draws(figures(("a", "class", 1, 2, 3), ("b", "class", 1, 2, 3)))
    assert (alone[0] == among[1]).all()
    assert (normal_draws("b", 100, 1) != normal_draws("b", 100, 2)).any()


def test_percentiles_are_in_order(valued: Valuation) -> None:
    values = corridor_values(valued)
    for quantity in QUANTITIES:
        low, middle, high = (values[f"{quantity}_{name}"] for name in ("p10", "p50", "p90"))
        assert (low <= middle).all()
        assert (middle <= high).all()
    assert (values["reliability_days"] == values["days_p90"] - values["days_p50"]).all()


def test_the_same_seed_gives_the_same_figures(staged: pd.DataFrame, valued: Valuation) -> None:
    again = corridor_values(valuation(staged))
    pd.testing.assert_frame_equal(again, corridor_values(valued))
    other = corridor_values(valuation(staged, seed=1))
    assert (other["days_p50"] != again["days_p50"]).all()
    assert other["days_p50"].to_numpy() == pytest.approx(again["days_p50"].to_numpy(), rel=0.02)


def test_a_corridor_is_valued_alike_whatever_stands_beside_it(
    staged: pd.DataFrame, valued: Valuation
) -> None:
    one = valued.corridor_ids[3]
    alone = corridor_values(valuation(staged[staged["corridor_id"] == one]))
    beside = corridor_values(valued).query("corridor_id == @one").reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, beside, rtol=1e-12)


def test_a_shared_stage_has_the_same_draws_in_both(valued: Valuation) -> None:
    west, east = "INSTC-W", "INSTC-ES"
    rows = {one: valued.stages.iloc[valued.rows_of(one)].reset_index() for one in (west, east)}
    places = {one: table.index[table["leg_id"] == "L035"][0] for one, table in rows.items()}
    draws = [valued.stage_draws(one, "days")[place] for one, place in places.items()]
    assert (draws[0] == draws[1]).all()


def test_sea_legs_of_a_voyage_share_all_their_luck(valued: Valuation) -> None:
    own = valued.stages.iloc[valued.rows_of("SUEZ-LED")]
    deep = valued.stage_draws("SUEZ-LED", "days")[(own["what_code"] == "deep-sea").to_numpy()]
    orders = [ranks(row) for row in deep]
    assert len(orders) > 2
    assert all((order == orders[0]).all() for order in orders)


def test_stages_sum_to_the_total(dossier: Dossier, staged: pd.DataFrame, valued: Valuation) -> None:
    chains = chains_between(
        dossier["corridor_legs"], dossier["legs"], origin="IN_NSA", destination="RU_LED"
    )
    sums = corridor_sums(chains, staged, nodes=dossier["nodes"]).set_index("corridor_id")
    for place, one in enumerate(valued.corridor_ids):
        own = staged[staged["corridor_id"] == one]
        for quantity in QUANTITIES:
            assert own[f"{quantity}_typical"].sum() == pytest.approx(
                sums.at[one, f"{quantity}_typical"]
            )
            total = valued.totals[quantity][place]
            assert valued.stage_draws(one, quantity).sum(axis=0) == pytest.approx(total)
            assert total.min() >= sums.at[one, f"{quantity}_low"] - 1e-9
            assert total.max() <= sums.at[one, f"{quantity}_high"] + 1e-9


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_shares_of_variance_sum_to_one(valued: Valuation, quantity: str) -> None:
    for table in (stage_shares(valued, quantity=quantity), kind_shares(valued, quantity=quantity)):
        sums = table.groupby("corridor_id")["share"].sum()
        assert sums.to_numpy() == pytest.approx(np.ones(len(valued.corridor_ids)))


def test_wins_and_ties_of_a_pair_sum_to_one(valued: Valuation) -> None:
    table = chances(valued).set_index(["quantity", "corridor_id", "other_id"])
    for (quantity, one, other), row in table.iterrows():
        back = table.loc[(quantity, other, one)]
        assert row["wins"] + back["wins"] + row["ties"] == pytest.approx(1)
        assert row["ties"] == back["ties"]
    assert len(table) == len(QUANTITIES) * 7 * 6


def test_a_slower_copy_never_wins(staged: pd.DataFrame) -> None:
    own = staged[staged["corridor_id"] == "INSTC-W"]
    slower = own.assign(
        corridor_id="slower",
        **{name: own[name] * 1.2 for name in own if name.startswith("days_")},
    )
    table = chances(valuation(pd.concat([own, slower]))).set_index("corridor_id")
    days = table[table["quantity"] == "days"]
    assert days.at["INSTC-W", "wins"] == 1
    assert days.at["slower", "wins"] == 0


def test_exposure_counts_actors_and_is_missing_when_nobody_asked(valued: Valuation) -> None:
    vetoes = {one: ["IRN", "AZE", "IRN"] for one in valued.corridor_ids}
    assert (corridor_values(valued, vetoes=vetoes)["veto_count"] == 2).all()
    assert corridor_values(valued)["veto_count"].isna().all()


def test_bands_end_at_the_total(valued: Valuation) -> None:
    values = corridor_values(valued).set_index("corridor_id")
    for one in valued.corridor_ids:
        last = bands(valued, corridor_id=one).iloc[-1]
        assert last["p90"] == pytest.approx(values.at[one, "days_p90"])
        assert last["p10"] == pytest.approx(values.at[one, "days_p10"])
        assert bands(valued, corridor_id=one)["p50"].is_monotonic_increasing


def test_no_corridors_give_empty_tables(staged: pd.DataFrame) -> None:
    nothing = valuation(staged.iloc[:0])
    assert corridor_values(nothing).empty
    assert chances(nothing).empty
    assert stage_shares(nothing).empty
    assert kind_shares(nothing).empty
