"""Whatever the bounds, draws keep to their median and ranges hold what they should."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.routes.valuation.calibration import Calibration, ErrorModel, calibrate_range
from entente.routes.valuation.simulation import (
    compare_pairs,
    draw_figures,
    draw_routes,
    share_variance,
    simulate,
    summarise,
)
from tests.laws import examples

sizes = st.floats(0.125, 1e4, allow_nan=False, width=32)
bounds = st.tuples(sizes, sizes, sizes).map(sorted) | st.just([0.0, 0.0, 0.0])
sigmas = st.floats(0, 2)
errors = st.builds(ErrorModel, floor=sigmas, unit=sigmas, exponent=st.floats(0, 3), route=sigmas)
QUANTITIES = ("days", "cost_usd_per_teu", "co2e_kg_per_teu")
DRAWS = 300


@st.composite
def staged(draw: st.DrawFn) -> pd.DataFrame:
    """Up to four corridors that share legs of a small pool, with waits between."""
    figures = {f"L{n}": [draw(bounds) for _ in QUANTITIES] for n in range(4)}
    figures |= {f"N{n}": [draw(bounds) for _ in QUANTITIES] for n in range(3)}
    ways = draw(
        st.lists(st.lists(st.sampled_from(sorted(figures)), min_size=1), min_size=1, max_size=4)
    )
    rows = []
    for corridor, way in enumerate(ways):
        for stage, place in enumerate(way, start=1):
            carriage = place.startswith("L")
            row = {
                "corridor_id": f"c{corridor}",
                "stage": stage,
                "kind": "carriage" if carriage else "stop",
                "what_code": "rail" if carriage else "border",
                "leg_id": place if carriage else None,
                "node_id": None if carriage else place,
                "actor_id": "AZE" if place.endswith(("0", "1")) else "IRN",
                "to_km": 10.0 * stage,
                "rate_ids": "R",
            }
            for quantity, three in zip(QUANTITIES, figures[place], strict=True):
                for name, value in zip(("low", "typical", "high"), three, strict=True):
                    row[f"{quantity}_{name}"] = float(value)
            rows.append(row)
    return pd.DataFrame(rows)


@st.composite
def calibrations(draw: st.DrawFn) -> Calibration:
    return Calibration({name: draw(errors) for name in QUANTITIES[:2]})


@given(three=bounds, name=st.text(max_size=8), seed=st.integers(0, 2**31))
@settings(max_examples=examples(80), deadline=None)
def test_bounds_are_percentiles_and_typical_is_the_median(
    three: list[float], name: str, seed: int
) -> None:
    low, typical, high = three
    table = pd.DataFrame(
        [(name, "class", low, typical, high)],
        columns=["name", "correlation_group", "low", "typical", "high"],
    )
    (row,) = draw_figures(table, count=DRAWS, seed=seed)
    if not typical:
        assert not row.any()
        return
    found, spread = np.percentile(np.log(row), [5, 50, 95]), np.log(high / low)
    assert found == pytest.approx(np.log([low, typical, high]), abs=0.03 * spread + 1e-9)


@given(table=staged(), calibration=calibrations(), seed=st.integers(0, 2**31))
@settings(max_examples=examples(40), deadline=None)
def test_laws_of_valuation(table: pd.DataFrame, calibration: Calibration, seed: int) -> None:
    valued = simulate(table, count=DRAWS, seed=seed)
    values = summarise(valued, calibration)
    stages = table.groupby("corridor_id", sort=False).sum(numeric_only=True)
    for quantity in QUANTITIES:
        typical = values[f"{quantity}_typical"]
        assert typical.to_numpy() == pytest.approx(stages[f"{quantity}_typical"].to_numpy())
        for draws in (valued.totals[quantity], draw_routes(valued, calibration, quantity)):
            assert np.median(draws, axis=1) == pytest.approx(typical.to_numpy())
        for low, high in (("p10", "p90"), ("calibrated_p10", "calibrated_p90")):
            if quantity in calibration or low == "p10":
                assert (values[f"{quantity}_{low}"] <= typical).all()
                assert (values[f"{quantity}_{high}"] >= typical).all()
        sums = share_variance(valued, quantity=quantity).groupby("corridor_id")["share"].sum()
        certain = valued.totals[quantity].std(axis=1) < 1e-9
        assert (np.isclose(sums.loc[list(valued.corridor_ids)], 1) | certain).all()
    again = summarise(simulate(table, count=DRAWS, seed=seed), calibration)
    pd.testing.assert_frame_equal(values, again)


@given(
    typical=st.floats(0.01, 1e5),
    variance=st.floats(0, 2),
    error=errors,
    part=st.sampled_from(["floor", "unit", "route"]),
    more=sigmas,
)
@settings(max_examples=examples(200), deadline=None)
def test_a_wider_error_never_narrows_a_range(
    typical: float, variance: float, error: ErrorModel, part: str, more: float
) -> None:
    wider = replace(error, **{part: getattr(error, part) + more})
    (low, high), (lower, higher) = (
        calibrate_range(typical, variance, one) for one in (error, wider)
    )
    assert lower <= low <= typical <= high <= higher


@given(table=staged(), calibration=calibrations())
@settings(max_examples=examples(30), deadline=None)
def test_one_of_three_things_happens_to_a_pair(
    table: pd.DataFrame, calibration: Calibration
) -> None:
    pairs = compare_pairs(simulate(table, count=DRAWS), calibration).set_index(
        ["quantity", "corridor_id", "other_id"]
    )
    for (quantity, one, other), row in pairs.iterrows():
        back = pairs.loc[(quantity, other, one)]
        assert row["wins"] + back["wins"] + row["ties"] == pytest.approx(1)
        assert row["box_wins"] + back["box_wins"] + row["box_ties"] == pytest.approx(1)
