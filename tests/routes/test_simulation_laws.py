"""Whatever the bounds, draws keep to them and percentiles keep their order."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.routes.valuation.simulation import (
    compare_pairs,
    draw_triangular,
    share_variance,
    simulate,
    summarise,
)

sizes = st.floats(0, 1e4, allow_nan=False, width=32)
bounds = st.tuples(sizes, sizes, sizes).map(sorted)
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


@given(three=bounds, name=st.text(max_size=8), seed=st.integers(0, 2**31))
@settings(max_examples=80, deadline=None)
def test_draws_lie_between_low_and_high(three: list[float], name: str, seed: int) -> None:
    low, typical, high = three
    table = pd.DataFrame(
        [(name, "class", low, typical, high)],
        columns=["name", "correlation_group", "low", "typical", "high"],
    )
    (row,) = draw_triangular(table, count=DRAWS, seed=seed)
    assert row.min() >= low - 1e-9 * max(high, 1)
    assert row.max() <= high + 1e-9 * max(high, 1)
    assert row.mean() == pytest.approx((low + typical + high) / 3, abs=0.01 * (high - low) + 1e-9)


@given(table=staged(), seed=st.integers(0, 2**31))
@settings(max_examples=40, deadline=None)
def test_laws_of_valuation(table: pd.DataFrame, seed: int) -> None:
    valued = simulate(table, count=DRAWS, seed=seed)
    values = summarise(valued)
    for quantity in QUANTITIES:
        low, middle, high = (values[f"{quantity}_{name}"] for name in ("p10", "p50", "p90"))
        assert (low <= middle).all()
        assert (middle <= high).all()
        sums = share_variance(valued, quantity=quantity).groupby("corridor_id")["share"].sum()
        certain = valued.totals[quantity].std(axis=1) < 1e-9
        assert (np.isclose(sums.loc[list(valued.corridor_ids)], 1) | certain).all()
    again = summarise(simulate(table, count=DRAWS, seed=seed))
    pd.testing.assert_frame_equal(values, again)


@given(table=staged())
@settings(max_examples=30, deadline=None)
def test_one_of_three_things_happens_to_a_pair(table: pd.DataFrame) -> None:
    pairs = compare_pairs(simulate(table, count=DRAWS)).set_index(
        ["quantity", "corridor_id", "other_id"]
    )
    for (quantity, one, other), row in pairs.iterrows():
        back = pairs.loc[(quantity, other, one)]
        assert row["wins"] + back["wins"] + row["ties"] == pytest.approx(1)
