"""Weights: corridors in the order of a reader's priorities, and how firm that order is.

Five criteria, of each less is better. A score is the weighted mean of the criteria after each was
put on a scale from 0 (best on screen) to 1 (worst on screen).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

# Criterion to the column of `simulation.summarise` that states it.
CRITERIA = {
    "time": "days_typical",
    "cost": "cost_usd_per_teu_typical",
    "emissions": "co2e_kg_per_teu_typical",
    "reliability": "reliability_days",
    "exposure": "veto_count",
}
EQUAL = dict.fromkeys(CRITERIA, 1.0)
SAMPLE = 2**15
LEVEL = 1e-12  # scores no further apart are the same
SCORE_COLUMNS = ["corridor_id", "rank", "score", *CRITERIA]


@dataclass(frozen=True, kw_only=True)
class SmallestChange:
    """The least that must be moved between weights before another corridor is in front.

    Attributes:
        winner_id: In front under the reader's weights.
        rival_id: In front as soon as any more is moved; None when no weights put another in front.
        moved: Share of all weight that must change hands, 0 to 1: half the sum of all changes.
        weights: The weights at that point, where the two are level; summing to 1.
    """

    winner_id: str
    rival_id: str | None
    moved: float
    weights: Mapping[str, float]


def scale_criteria(values: pd.DataFrame) -> Numbers:
    """Each criterion from 0 (least) to 1 (most) over the corridors; 0 where all are equal.

    Computed at every touch of a slider. Tables of a few rows cost a hundred times their arithmetic,
    hence arrays here.

    Args:
        values: Rows of `corridor_id` and the columns that `CRITERIA` names. A criterion that is
            missing for any corridor counts for none.

    Returns:
        Shape (corridors, criteria).
    """
    raw = np.column_stack([values[column].to_numpy(dtype=float) for column in CRITERIA.values()])
    if not len(raw):
        return raw
    known = np.where(np.isnan(raw).any(axis=0), 0.0, raw)
    span = np.ptp(known, axis=0)
    scaled: Numbers = (known - known.min(axis=0)) / np.where(span > 0, span, 1.0)
    return scaled


def normalise_weights(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights of all criteria, summing to 1; equal when the reader gave none.

    Raises:
        ValueError: a weight is negative or not finite, or belongs to no criterion.
    """
    unknown = set(weights) - set(CRITERIA)
    if unknown or not all(0 <= weight < np.inf for weight in weights.values()):
        raise ValueError(f"weights must be numbers from 0 for {', '.join(CRITERIA)}")
    total = sum(weights.values())
    given = weights if total > 0 else EQUAL
    return {name: given.get(name, 0.0) / (total or len(EQUAL)) for name in CRITERIA}


def rank_corridors(values: pd.DataFrame, weights: Mapping[str, float]) -> pd.DataFrame:
    """Corridors in order of score, best first.

    Args:
        values: As for :func:`scale_criteria`.
        weights: Criterion to weight; any sum.

    Returns:
        Rows of `SCORE_COLUMNS`: `rank` counts from 1, the same for equals; `score` from 0 to 1; and
        what each criterion adds to it.
    """
    parts = scale_criteria(values) * _as_array(weights)
    score = parts.sum(axis=1)
    rank = 1 + (score[:, None] > score[None, :] + LEVEL).sum(axis=1)
    order = np.argsort(rank, kind="stable")
    columns = (values["corridor_id"].to_numpy(), rank, score, *parts.T)
    return pd.DataFrame(
        {name: column[order] for name, column in zip(SCORE_COLUMNS, columns, strict=True)}
    )


def _as_array(weights: Mapping[str, float]) -> Numbers:
    return np.array(list(normalise_weights(weights).values()))


def measure_winning_shares(values: pd.DataFrame) -> pd.Series:
    """Share of all weightings under which each corridor comes first, by corridor; sums to 1.

    Measured on 32,768 evenly strewn points of the simplex (see :func:`spread_weightings`), to about
    half a percentage point. Corridors that are level share a point.
    """
    scores = scale_criteria(values) @ spread_weightings(len(CRITERIA)).T
    first = scores <= scores.min(axis=0) + LEVEL
    shares = (first / first.sum(axis=0)).mean(axis=1)
    return pd.Series(shares, index=values["corridor_id"], name="share")


def find_winners(
    values: pd.DataFrame, *, criteria: tuple[str, str, str], steps: int
) -> pd.DataFrame:
    """Who comes first on a grid of weights of three criteria, the others counting for nothing.

    Returns:
        One row a point: the three weights, summing to 1, and `corridor_id`, the first on screen of
        those in front.
    """
    grid = [(a, b, steps - a - b) for a in range(steps + 1) for b in range(steps + 1 - a)]
    weights = np.array(grid, dtype=float) / steps
    columns = [list(CRITERIA).index(criterion) for criterion in criteria]
    scores = weights @ scale_criteria(values)[:, columns].T
    first = (scores <= scores.min(axis=1, keepdims=True) + LEVEL).argmax(axis=1)
    return pd.DataFrame(weights, columns=list(criteria)).assign(
        corridor_id=values["corridor_id"].to_numpy()[first]
    )


@cache
def spread_weightings(criteria: int) -> Numbers:
    """Points spread evenly over all weightings, shape (`SAMPLE`, criteria), each summing to 1.

    Roberts' additive recurrence in the cube; the gaps between its sorted coordinates are uniform on
    the simplex. No chance is involved: the points are always the same.
    """
    root = 2.0  # above 1, of x to the power of `criteria` = x + 1: the golden ratio generalised
    for _ in range(60):
        root = (1 + root) ** (1 / criteria)
    pace = root ** -np.arange(1.0, criteria)
    cube = (0.5 + np.arange(1, SAMPLE + 1)[:, None] * pace) % 1.0
    ends = np.zeros((SAMPLE, 1)), np.ones((SAMPLE, 1))
    points = np.diff(np.hstack([ends[0], np.sort(cube, axis=1), ends[1]]), axis=1)
    points.flags.writeable = False
    return points


def find_smallest_change(values: pd.DataFrame, weights: Mapping[str, float]) -> SmallestChange:
    """The least change of weights that unseats the winner.

    Exact. Against one rival this is a linear programme with one condition, whose solution is
    greedy: weight goes to the criterion that favours the rival most, from those that favour it
    least. The nearest rival is the answer.
    """
    scale, own = scale_criteria(values), _as_array(weights)
    ids = values["corridor_id"].tolist()
    score = scale @ own
    winner = int((score <= score.min() + LEVEL).argmax())
    best: tuple[str | None, float, Numbers] = (None, 1.0, own)
    for rival in range(len(ids)):
        found = _levelled(own, scale[winner] - scale[rival]) if rival != winner else None
        if found is not None and (best[0] is None or found[0] < best[1] - LEVEL):
            best = (str(ids[rival]), *found)
    level = dict(zip(CRITERIA, best[2].tolist(), strict=True))
    return SmallestChange(
        winner_id=str(ids[winner]), rival_id=best[0], moved=best[1], weights=level
    )


def _levelled(weights: Numbers, favour: Numbers) -> tuple[float, Numbers] | None:
    """How much must move, and the weights then, until `favour` weighs nothing; None when it cannot.

    Args:
        weights: Summing to 1.
        favour: By how much each criterion is better for the rival; weighing less than 0 now.
    """
    target = int(favour.argmax())
    if favour[target] <= LEVEL:
        return None
    missing, moved, level = max(0.0, -float(weights @ favour)), 0.0, weights.copy()
    for source in np.argsort(favour, kind="stable"):
        gain = float(favour[target] - favour[source])
        if missing <= 0 or gain <= 0:
            break
        part = min(float(weights[source]), missing / gain)
        level[source] -= part
        level[target] += part
        moved, missing = moved + part, missing - part * gain
    return moved, level
