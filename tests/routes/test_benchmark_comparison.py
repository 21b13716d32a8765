"""Published figures beside the model's."""

import datetime as dt
import json
from pathlib import Path

import pandas as pd
import pytest

from entente.__main__ import main
from entente.build.calibration import write_valued_benchmarks
from entente.dossier.store import Dossier, read_dossier
from entente.review import check_valuation, review_folder
from entente.routes.valuation.benchmarks import (
    COMPARED_COLUMNS,
    SUMMARY_COLUMNS,
    choose_day,
    compare_benchmarks,
    digest_valuation,
    list_incomparable,
    summarise_comparison,
    value_benchmarks,
)
from tests.conftest import Edit


@pytest.fixture(scope="module")
def compared(dossier: Dossier) -> pd.DataFrame:
    return compare_benchmarks(dossier.tables, dossier["valued_benchmarks"])


@pytest.fixture(scope="module")
def by_id(compared: pd.DataFrame) -> pd.DataFrame:
    return compared.set_index("benchmark_id")


def test_every_figure_is_compared_or_says_why_not(dossier: Dossier, compared: pd.DataFrame) -> None:
    rest = list_incomparable(dossier["benchmarks"], compared)
    assert sorted([*compared["benchmark_id"], *rest["benchmark_id"]]) == sorted(
        dossier["benchmarks"]["benchmark_id"]
    )
    assert list(compared.columns) == COMPARED_COLUMNS
    assert rest["not_comparable_reason"].str.len().min() > 10


def test_the_worst_come_first(compared: pd.DataFrame) -> None:
    assert compared["error"].is_monotonic_decreasing
    bad = compared["is_bad"].astype(bool)
    outside = compared["is_inside_calibrated"].eq(False)
    assert (bad == (outside | (compared["error"] > 0.5))).all()


def test_percentiles_and_range_are_in_order(compared: pd.DataFrame) -> None:
    for columns in (
        ["lowest", "p10", "p50", "p90", "highest"],
        ["calibrated_p10", "p10"],
        ["p90", "calibrated_p90"],
    ):
        steps = compared[columns].diff(axis=1).iloc[:, 1:]
        assert (steps >= -1e-9).all(axis=None), columns
    lengths = compared[compared["quantity"] == "distance_km"]
    assert (lengths["lowest"] == lengths["highest"]).all()
    assert lengths["is_inside"].isna().all()


def test_units_become_days_and_usd_per_teu(by_id: pd.DataFrame) -> None:
    assert by_id.at["B5", "published"] == pytest.approx(60 / 24)  # hours
    assert by_id.at["B4", "published"] == 2900 / 2  # by 40 ft
    assert by_id.at["B1", "published"] == 22
    assert (by_id.at["B1", "published_low"], by_id.at["B1", "published_high"]) == (14, 30)


def test_statuses_are_those_of_the_figures_own_day(by_id: pd.DataFrame) -> None:
    assert by_id.at["B2", "condition"] == "cut", "the canal was blocked in March 2020"
    assert by_id.at["B3", "condition"] == "open"
    assert by_id.at["B8", "condition"] == "partial"
    assert by_id.at["B9", "condition"] == "not-built"
    assert by_id.at["B1", "p50"] < by_id.at["B8", "p50"]


def test_a_sailing_is_compared_from_port_to_port(dossier: Dossier, by_id: pd.DataFrame) -> None:
    """No handling at the end ports: the model's lowest is sailing, canal and calls alone."""
    legs = dossier["legs"].set_index("leg_id")["distance_km"]
    rates = dossier["rates"].set_index("rate_id")["low"]
    fastest = dossier["rates"].set_index("rate_id").at["SPD-SEA-DEEP", "high"]
    sailing = legs.loc[["g13", "g14"]].sum() / fastest
    assert by_id.at["B2", "lowest"] == pytest.approx(
        sailing + rates["CANAL-SUEZ"] + rates["LINER-CALLS"]
    )


@pytest.mark.parametrize(
    ("edtf", "day"),
    [
        ("2025-04-10", dt.date(2025, 4, 10)),
        ("2025", dt.date(2025, 7, 2)),
        ("2016-09-20/2016-10-12", dt.date(2016, 10, 1)),
    ],
)
def test_a_figure_of_a_year_is_held_against_the_middle_of_it(edtf: str, day: dt.date) -> None:
    assert choose_day(edtf) == day


def test_a_date_without_a_day_is_refused() -> None:
    with pytest.raises(ValueError, match="has no day"):
        choose_day("..")


def test_the_summary_counts_independent_figures_apart(compared: pd.DataFrame) -> None:
    summary = summarise_comparison(compared)
    assert list(summary.columns) == SUMMARY_COLUMNS
    free = summary[summary["group"] == "quantity"].set_index("value")
    whole = summary[summary["group"] == "quantity, all"].set_index("value")
    assert (free["count"] < whole["count"]).all()
    assert whole["count"].sum() == len(compared)
    days = compared[(compared["quantity"] == "days") & ~compared["is_calibration"].astype(bool)]
    assert free.at["days", "coverage"] == pytest.approx(days["is_inside"].astype(bool).mean())
    assert free.at["days", "median_error"] == pytest.approx(days["error"].median())
    assert pd.isna(free.at["distance_km", "coverage"])


def test_a_figure_that_no_build_has_valued_is_left_out(dossier: Dossier) -> None:
    valued = dossier["valued_benchmarks"]
    gone = valued["benchmark_id"].iloc[0]
    kept = dossier["benchmarks"]["benchmark_id"] != gone
    tables = {**dossier.tables, "benchmarks": dossier["benchmarks"][kept]}
    found = compare_benchmarks(tables, valued[:-1])["benchmark_id"]
    assert sorted(found) == sorted(valued["benchmark_id"][1:-1])


@pytest.mark.slow
def test_the_table_is_committed_as_the_model_gives_it(live_dossier: Dossier) -> None:
    """About today's dataset, and slow: the table is what a build would write."""
    table, tables = live_dossier["valued_benchmarks"], live_dossier.tables
    assert (table["inputs_digest"] == digest_valuation(tables)).all()
    again = value_benchmarks(tables)
    pd.testing.assert_frame_equal(table[list(again.columns)], again, check_dtype=False, rtol=1e-7)


def test_a_build_writes_the_same_again_and_cures_what_is_stale(edit: Edit) -> None:
    folder = edit("benchmarks.csv", lambda text: text.replace("hours,60", "hours,66"))
    assert [fault.code for fault in review_folder(folder)] == [
        "stale_calibration",
        "stale_valuation",
    ]
    assert main(["build", "--only-calibration", "--data", str(folder)]) == 0
    assert review_folder(folder) == ()
    path = folder / "valued_benchmarks.csv"
    before = path.read_bytes()
    write_valued_benchmarks(folder)
    assert path.read_bytes() == before


def test_other_errors_alone_make_the_valued_figures_stale(edit: Edit) -> None:
    folder = edit("calibration.csv", lambda text: text.replace("days,false,0.37", "days,false,0.5"))
    (fault,) = review_folder(folder)
    assert fault.code == "stale_valuation"
    assert "python -m entente build" in fault.remedy


def test_a_figure_that_went_leaves_a_sound_dossier_that_a_build_cures(edit: Edit) -> None:
    def drop(text: str) -> str:
        return "\n".join(line for line in text.split("\n") if not line.startswith("B14,"))

    folder = edit("benchmarks.csv", drop)
    edit("benchmark_legs.csv", drop)
    assert "B14" in set(read_dossier(folder)["valued_benchmarks"]["benchmark_id"])
    assert {fault.code for fault in review_folder(folder)} == {
        "stale_calibration",
        "stale_valuation",
    }
    assert main(["build", "--only-calibration", "--data", str(folder)]) == 0
    assert "B14" not in set(read_dossier(folder)["valued_benchmarks"]["benchmark_id"])
    assert review_folder(folder) == ()


def test_without_published_figures_nothing_is_valued(dossier: Dossier) -> None:
    names = ("benchmarks", "benchmark_legs", "valued_benchmarks")
    tables = {**dossier.tables, **{name: dossier[name].iloc[:0] for name in names}}
    assert value_benchmarks(tables).empty
    assert compare_benchmarks(tables, tables["valued_benchmarks"]).empty
    assert list(check_valuation(tables)) == []
    lacking = {**dossier.tables, "valued_benchmarks": tables["valued_benchmarks"]}
    assert [fault.code for fault in check_valuation(lacking)] == ["stale_valuation"]


def test_the_command_prints_the_table_and_the_summary(data: Path, capsys) -> None:
    assert main(["benchmarks", "--data", str(data)]) == 0
    text = capsys.readouterr().out
    assert "Torvia Junction – Vest City" in text
    assert "median error" in text
    assert "NaN" not in text
    assert "nan" not in text.split("have nothing")[0].split("figures")[1]


def test_the_command_prints_json(data: Path, capsys) -> None:
    assert main(["benchmarks", "--data", str(data), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert set(answer) == {"benchmarks", "summary", "not_comparable"}
    assert set(answer["benchmarks"][0]) == set(COMPARED_COLUMNS)


def test_the_command_says_when_the_data_is_broken(edit: Edit, capsys) -> None:
    folder = edit("benchmark_legs.csv", lambda text: text.replace("g04", "g99"))
    assert main(["benchmarks", "--data", str(folder)]) == 1
    assert "python -m entente check" in capsys.readouterr().err


def test_a_figure_may_count_the_port_where_it_begins(dossier: Dossier) -> None:
    """Ship to Mar Harbour, train to Mar City: handling and the wait for a train, not the ship."""
    tables = dossier.tables
    row = (
        tables["benchmarks"]
        .query("part_code.isna() and value.notna() and low.isna() and from_node_id.notna()")
        .head(1)
    )
    ends = {"from_node_id": "MA_PORT", "to_node_id": "MA_CITY", "corridor_id": None}
    row = row.assign(**ends, metric_code="days", unit="days", value=5.0)
    legs = pd.DataFrame({"sequence": [1, 2], "leg_id": ["g15", "g16"]})

    def value_days(part_code: str | None, chain: pd.DataFrame) -> float:
        own = {
            **tables,
            "benchmarks": row.assign(benchmark_id="B99", part_code=part_code),
            "benchmark_legs": chain.assign(benchmark_id="B99"),
        }
        found = value_benchmarks(own, count=100).iloc[0]
        assert found["mode_code"] == "rail"
        return float(found["p50"])

    stages = tables["rates"].set_index("rate_id")["typical"]
    train = value_days(None, legs[1:])
    port = stages["HND-PORT"] + stages["HEADWAY-TRAIN"] / 2
    assert value_days("with-port", legs) == pytest.approx(train + port)
