"""Whatever the corridors and weights: ranking, shares and smallest change hold together."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from entente.routes.valuation.weights import (
    CRITERIA,
    SAMPLE,
    find_smallest_change,
    find_winners,
    measure_winning_shares,
    normalise_weights,
    rank_corridors,
    scale_criteria,
    spread_weightings,
)
from tests.laws import examples

figures = st.integers(0, 8).map(float)
row = st.lists(figures, min_size=len(CRITERIA), max_size=len(CRITERIA))
corridors = st.lists(row, min_size=1, max_size=5)
weights = st.fixed_dictionaries({name: st.integers(0, 5).map(float) for name in CRITERIA})
quick = settings(max_examples=examples(60), deadline=None)


def table(rows: list[list[float]]) -> pd.DataFrame:
    values = pd.DataFrame(rows, columns=list(CRITERIA.values()))
    return values.assign(corridor_id=[f"c{n}" for n in range(len(rows))])


def scale(values: pd.DataFrame) -> pd.DataFrame:
    """Scaled criteria by corridor and name."""
    return pd.DataFrame(scale_criteria(values), values["corridor_id"], list(CRITERIA))


@given(rows=corridors, given_weights=weights)
@quick
def test_the_winner_under_the_weights_is_in_front(
    rows: list[list[float]], given_weights: dict[str, float]
) -> None:
    ranked = rank_corridors(table(rows), given_weights)
    assert ranked["rank"].iloc[0] == 1
    assert ranked["score"].iloc[0] == pytest.approx(ranked["score"].min())
    assert ranked["score"].between(0, 1 + 1e-9).all()
    assert ranked["rank"].is_monotonic_increasing


@given(rows=corridors)
@quick
def test_shares_sum_to_one(rows: list[list[float]]) -> None:
    shares = measure_winning_shares(table(rows))
    assert shares.sum() == pytest.approx(1)
    assert (shares >= 0).all()


@given(rows=corridors, draw=st.data())
@quick
def test_a_better_corridor_never_loses_share(rows: list[list[float]], draw: st.DataObject) -> None:
    which = draw.draw(st.integers(0, len(rows) - 1))
    criterion = draw.draw(st.integers(0, len(CRITERIA) - 1))
    better = [list(one) for one in rows]
    better[which][criterion] -= draw.draw(st.integers(1, 4))
    before, after = (measure_winning_shares(table(each)) for each in (rows, better))
    assert after.iloc[which] >= before.iloc[which] - 1e-9


@given(rows=st.lists(row, min_size=2, max_size=5), given_weights=weights)
@quick
def test_the_smallest_change_unseats_the_winner(
    rows: list[list[float]], given_weights: dict[str, float]
) -> None:
    values = table(rows)
    found = find_smallest_change(values, given_weights)
    assert sum(found.weights.values()) == pytest.approx(1)
    assert min(found.weights.values()) >= -1e-12
    if found.rival_id is None:
        assert (scale(values).loc[found.winner_id] <= scale(values) + 1e-12).all(axis=None)
        return
    own = normalise_weights(given_weights)
    moved = sum(abs(found.weights[name] - own[name]) for name in CRITERIA) / 2
    assert moved == pytest.approx(found.moved, abs=1e-9)
    favour = scale(values).loc[found.winner_id] - scale(values).loc[found.rival_id]
    assert sum(found.weights[name] * favour[name] for name in CRITERIA) >= -1e-9
    # A grain more of what favours the rival, and it is in front of the former winner.
    grain = {name: 0.999 * weight for name, weight in found.weights.items()}
    grain[favour.idxmax()] += 0.001
    scores = rank_corridors(values, grain).set_index("corridor_id")["score"]
    assert scores[found.rival_id] < scores[found.winner_id]


@given(rows=st.lists(row, min_size=2, max_size=4), given_weights=weights, draw=st.data())
@quick
def test_no_smaller_change_unseats_the_winner(
    rows: list[list[float]], given_weights: dict[str, float], draw: st.DataObject
) -> None:
    values = table(rows)
    found = find_smallest_change(values, given_weights)
    assume(found.rival_id is not None and found.moved > 1e-6)
    other = normalise_weights(draw.draw(weights))
    own = normalise_weights(given_weights)
    away = sum(abs(other[name] - own[name]) for name in CRITERIA) / 2
    assume(away > 0)
    step = min(1.0, 0.99 * found.moved / away)
    mixed = {name: own[name] + step * (other[name] - own[name]) for name in CRITERIA}
    scores = rank_corridors(values, mixed).set_index("corridor_id")["score"]
    assert scores[found.winner_id] <= scores.min() + 1e-9


def test_the_points_are_spread_evenly_over_the_simplex() -> None:
    points = spread_weightings(len(CRITERIA))
    assert points.shape == (SAMPLE, len(CRITERIA))
    assert points.sum(axis=1) == pytest.approx(np.ones(SAMPLE))
    assert points.min() >= 0
    assert points.mean(axis=0) == pytest.approx(np.full(5, 1 / 5), abs=1e-3)
    assert points.var(axis=0) == pytest.approx(np.full(5, 4 / 150), rel=1e-2)


def test_shares_known_in_closed_form_are_met() -> None:
    """One of two is best by time alone: it wins where time weighs more than all the rest."""
    rows = [[0, 1, 1, 1, 1], [1, 0, 0, 0, 0]]
    shares = measure_winning_shares(table([[float(n) for n in each] for each in rows]))
    assert shares["c0"] == pytest.approx(0.5**4, abs=0.005)


def test_a_criterion_that_is_missing_or_level_counts_for_nothing() -> None:
    values = table([[1, 5, 5, 5, np.nan], [2, 5, 5, 5, 1]])
    assert (scale(values)[["cost", "emissions", "reliability", "exposure"]] == 0).all(axis=None)
    found = find_smallest_change(values, {})
    assert (found.winner_id, found.rival_id) == ("c0", None)


@pytest.mark.parametrize("bad", [{"time": -1.0}, {"speed": 1.0}, {"time": float("nan")}])
def test_weights_that_mean_nothing_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="weights must be numbers from 0"):
        normalise_weights(bad)


def test_no_weights_are_equal_weights() -> None:
    assert set(normalise_weights({}).values()) == {0.2}
    assert set(normalise_weights(dict.fromkeys(CRITERIA, 0.0)).values()) == {0.2}


def test_the_triangle_has_the_winners_in_its_corners() -> None:
    values = table([[0, 2, 2, 0, 0], [2, 0, 2, 0, 0], [2, 2, 0, 0, 0]])
    points = find_winners(values, criteria=("time", "cost", "emissions"), steps=10)
    assert len(points) == 66
    for n, name in enumerate(("time", "cost", "emissions")):
        assert points.loc[points[name] == 1, "corridor_id"].item() == f"c{n}"
