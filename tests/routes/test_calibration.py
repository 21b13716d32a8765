"""The errors of the model: fitted to what is published, tested on sources that were left out."""

import datetime as dt
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from entente.__main__ import main
from entente.build.everything import write_calibration, write_valued_benchmarks
from entente.dossier.store import Dossier, read_dossier
from entente.review import review_folder
from entente.routes.valuation.benchmarks import LONG_DAYS, TESTED_KINDS, digest_inputs
from entente.routes.valuation.calibration import Calibration, ErrorModel, read_calibration
from entente.routes.valuation.estimation import (
    LEAST_COUNT,
    MOST_LONG_SIGMA,
    estimate_calibration,
    fit_errors,
    list_residuals,
)
from tests.conftest import Edit

DAY, LATER = dt.date(2026, 11, 26), dt.date(2027, 1, 1)


def draw_residuals(count: int, *, seed: int = 1, wild: float = 0.0) -> pd.DataFrame:
    """Figures with an error of 0.3 on long routes and of 0.9 for one day; some of them wild."""
    luck = np.random.default_rng(seed)
    typicals = np.exp(luck.uniform(np.log(0.5), np.log(40), count))
    sigmas = np.maximum(0.3, 0.9 * typicals**-0.5)
    residuals = luck.normal(size=count) * sigmas
    residuals[: round(wild * count)] *= 10
    return pd.DataFrame(
        {
            "typical": typicals,
            "residual": residuals,
            "stage_log_variance": 0.01,
            "group": np.arange(count) // 2,
        }
    )


@pytest.mark.parametrize("wild", [0.0, 0.05])
def test_a_known_error_is_found_again_even_among_wild_figures(wild: float) -> None:
    error, _ = fit_errors(draw_residuals(600, wild=wild))
    for typical, sigma in ((1, 0.9), (4, 0.45), (20, 0.3)):
        assert error.find_sigma(typical) == pytest.approx(sigma, rel=0.2)
    assert error.is_calibrated


def test_no_figure_has_a_say_in_the_error_that_it_is_held_against() -> None:
    residuals = draw_residuals(40)
    own = residuals["group"] == 7
    changed = residuals.assign(residual=residuals["residual"].mask(own, 5.0))
    (whole, before), (other, after) = (fit_errors(table) for table in (residuals, changed))
    assert all(before[place] == after[place] for place in residuals.index[own])
    assert whole != other


def test_long_ranges_are_never_too_wide_to_tell_anything() -> None:
    residuals = draw_residuals(100)
    error, _ = fit_errors(residuals.assign(residual=residuals["residual"] * 5))
    assert error.find_sigma(LONG_DAYS) <= MOST_LONG_SIGMA
    assert error.find_sigma(LONG_DAYS) > 0.9 * MOST_LONG_SIGMA


def test_only_independent_figures_that_are_no_promises_are_used(dossier: Dossier) -> None:
    found = list_residuals(dossier.tables)
    rows = dossier["benchmarks"].set_index("benchmark_id").loc[found["benchmark_id"]]
    assert not rows["is_calibration"].any()
    assert rows["kind_code"].isin(TESTED_KINDS).all()
    assert {"B11", "B7"}.isdisjoint(rows.index), "one informed a rate, the other is a promise"


@pytest.mark.slow
def test_figures_of_one_source_or_one_train_are_left_out_together(live_dossier: Dossier) -> None:
    """About today's dataset: it has trains that several sources tell of."""
    found = list_residuals(live_dossier.tables)
    rows = live_dossier["benchmarks"].set_index("benchmark_id").loc[found["benchmark_id"]]
    group = found.set_index("benchmark_id")["group"]
    for column in ("source_id", "group_id"):
        known = rows[rows[column].notna()]
        assert (group[known.index].groupby(known[column]).nunique() == 1).all()
    assert group.nunique() < len(group)


def test_few_figures_leave_the_error_provisional(dossier: Dossier) -> None:
    table = estimate_calibration(dossier.tables, as_of=DAY).set_index("quantity")
    assert (table["figure_count"] < LEAST_COUNT).all()
    assert not table["is_calibrated"].any()
    assert table["note"].str.startswith("Provisional").all()
    calibration = read_calibration(dossier.tables)
    assert calibration.keys() == {"days", "cost_usd_per_teu"}
    assert not calibration["days"].is_calibrated


def test_nothing_published_leaves_no_error() -> None:
    empty = Calibration()
    assert empty["days"].find_sigma(10) == 0
    assert empty["days"].find_route_sigma(10) == 0
    assert not empty["days"].is_calibrated


def test_route_and_figure_make_up_the_error() -> None:
    calibration = Calibration({"days": ErrorModel(floor=0.33, unit=0.9, exponent=0.5)})
    for typical in (0.1, 1, 5, 30):
        route = calibration["days"].find_route_sigma(typical)
        figure = calibration["days"].find_figure_sigma(typical, stage_log_variance=0.01)
        assert math.hypot(route, figure) == pytest.approx(calibration["days"].find_sigma(typical))
    assert calibration["days"].find_route_sigma(30) == 0.2
    assert calibration["days"].find_figure_sigma(30, stage_log_variance=0.5) == 0


def test_the_estimate_of_a_day_keeps_its_day_while_the_tables_stay(dossier: Dossier) -> None:
    first = estimate_calibration(dossier.tables, as_of=DAY)
    tables = {**dossier.tables, "calibration": first}
    pd.testing.assert_frame_equal(estimate_calibration(tables, as_of=LATER), first)
    rates = dossier["rates"].assign(high=dossier["rates"]["high"] * 1.1)
    changed = estimate_calibration({**tables, "rates": rates}, as_of=LATER)
    assert (changed["estimated_edtf"] == LATER.isoformat()).all()


def test_a_changed_figure_makes_the_estimate_stale_and_a_remark_does_not(edit: Edit) -> None:
    folder = edit("benchmarks.csv", lambda text: text.replace("Three trains.", "Four trains."))
    assert review_folder(folder) == ()
    edit("benchmarks.csv", lambda text: text.replace("hours,60", "hours,66"))
    fault, _ = review_folder(folder)
    assert fault.code == "stale_calibration"
    assert "python -m entente build" in fault.remedy
    write_calibration(folder, as_of=DAY)
    write_valued_benchmarks(folder)
    assert review_folder(folder) == ()


def test_a_dataset_without_errors_is_told_to_build_them(edit: Edit, capsys) -> None:
    folder = edit("calibration.csv", lambda text: text.splitlines()[0] + "\n")
    assert "stale_calibration" in {fault.code for fault in review_folder(folder)}
    assert main(["build", "--only-calibration", "--data", str(folder)]) == 0
    assert "calibration.csv" in capsys.readouterr().out
    assert review_folder(folder) == ()


@pytest.mark.slow
def test_the_estimate_is_committed_as_the_tables_give_it(live_dossier: Dossier) -> None:
    """About today's dataset, and slow: the table is what a build would write."""
    table = live_dossier["calibration"]
    assert (table["inputs_digest"] == digest_inputs(live_dossier.tables)).all()
    again = estimate_calibration(live_dossier.tables, as_of=DAY)
    pd.testing.assert_frame_equal(again, table, check_dtype=False)


def test_eight_of_ten_published_times_fall_into_their_ranges(live_dossier: Dossier) -> None:
    """About today's dataset: coverage of sources that were left out, and widths."""
    days = live_dossier["calibration"].set_index("quantity").loc["days"]
    assert days["is_calibrated"]
    assert days["long_count"] >= LEAST_COUNT
    assert days["short_count"] >= LEAST_COUNT
    assert 0.7 <= days["long_coverage_80"] <= 0.9
    assert 0.7 <= days["short_coverage_80"] <= 0.9
    assert days["long_width"] <= 2.6


def test_a_build_reads_the_same_back(copy_of_data: Path) -> None:
    path = write_calibration(copy_of_data, as_of=DAY)
    before = path.read_bytes()
    write_calibration(copy_of_data, as_of=LATER)
    assert path.read_bytes() == before
    assert read_dossier(copy_of_data)["calibration"]["figure_count"].tolist() == [7, 1]
