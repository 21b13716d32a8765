"""Valuing corridors, against the same draws made one by one in plain Python."""

import datetime as dt
import random
import statistics
import time
from collections.abc import Callable

import pandas as pd

from benchmarks.table import Row, as_text, at_most
from entente.dossier.store import Dossier, data_folder, read_dossier
from entente.routes.network.rates import read_rates
from entente.routes.network.scenarios import read_statuses
from entente.routes.valuation.benchmarks import value_benchmarks
from entente.routes.valuation.calibration import read_calibration
from entente.routes.valuation.corridors import QUANTITIES, slice_corridors, value_stages
from entente.routes.valuation.simulation import DRAWS, SEED, compare_pairs, simulate, summarise
from entente.routes.valuation.weights import (
    find_smallest_change,
    measure_winning_shares,
    spread_weightings,
)

ENDS = {"origin": "IN_NSA", "destination": "RU_LED"}
DAY = dt.date(2025, 4, 10)
ROUNDS = 9


def rows() -> list[Row]:
    """Valuation of all corridors of a pair, the ranking's stability, and all benchmarks."""
    dossier = read_dossier(data_folder())
    staged = _staged(dossier)
    calibration = read_calibration(dossier.tables)
    values = summarise(simulate(staged), calibration)
    spread_weightings(5)
    count = staged["corridor_id"].nunique()
    ours = _milliseconds(lambda: summarise(simulate(staged), calibration))
    floor = _milliseconds(lambda: _plain_values(staged), rounds=1)
    return [
        Row(
            what=f"value {count} corridors, {DRAWS:,} draws",
            ours=ours,
            floor=floor,
            unit="ms",
            bars=(at_most(100, is_of_ours=True),),
            note="floor: uncorrelated draws in plain Python",
        ),
        _row(
            "chances of all pairs",
            lambda: compare_pairs(simulate(staged), calibration),
            "with the valuation",
        ),
        _row(
            "stability of the ranking", lambda: measure_winning_shares(values), "32,768 weightings"
        ),
        _row("smallest change of weights", lambda: find_smallest_change(values, {}), "exact"),
        _row("all benchmarks", lambda: value_benchmarks(dossier.tables), "build only", 1),
    ]


def _staged(dossier: Dossier) -> pd.DataFrame:
    statuses = read_statuses(dossier["leg_statuses"], as_of=DAY)
    chains = slice_corridors(dossier["corridor_legs"], dossier["legs"], **ENDS)
    return value_stages(
        chains,
        dossier.tables,
        statuses=statuses,
        rates=read_rates(dossier.tables, as_of=DAY),
    )


def _plain_values(staged: pd.DataFrame) -> list[list[float]]:
    """Deciles of every corridor and quantity, each draw of each stage by itself."""
    generator = random.Random(SEED)
    found = []
    for _, own in staged.groupby("corridor_id", sort=False):
        for quantity in QUANTITIES:
            names = [f"{quantity}_{bound}" for bound in ("low", "high", "typical")]
            bounds = own[names].to_numpy().tolist()
            totals = [
                sum(generator.triangular(low, high, typical) for low, high, typical in bounds)
                for _ in range(DRAWS)
            ]
            found.append(statistics.quantiles(totals, n=10))
    return found


def _row(what: str, work: Callable[[], object], note: str, rounds: int = ROUNDS) -> Row:
    return Row(what=what, ours=_milliseconds(work, rounds=rounds), unit="ms", note=note)


def _milliseconds(work: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


if __name__ == "__main__":
    print(as_text(rows()))
