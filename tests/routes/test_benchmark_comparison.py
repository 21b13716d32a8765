"""Published figures beside the model's."""

import datetime as dt
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from entente.__main__ import main
from entente.build.everything import write_valued_benchmarks
from entente.dossier.store import Dossier, read_dossier
from entente.review import check_valuation, review_folder
from entente.routes.valuation.benchmarks import (
    COMPARED_COLUMNS,
    SUMMARY_COLUMNS,
    TESTED_KINDS,
    choose_day,
    compare_benchmarks,
    digest_valuation,
    list_incomparable,
    measure_agreement,
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
    assert set(answer) == {"benchmarks", "summary", "not_comparable", "agreement"}
    assert set(answer["agreement"]) == {"figures", "sections", "others", "model"}
    assert set(answer["benchmarks"][0]) == set(COMPARED_COLUMNS)


def test_the_command_says_when_the_data_is_broken(edit: Edit, capsys) -> None:
    folder = edit("benchmark_legs.csv", lambda text: text.replace("g04", "g99"))
    assert main(["benchmarks", "--data", str(folder)]) == 1
    assert "python -m entente check" in capsys.readouterr().err


def value_one(
    tables: Mapping[str, pd.DataFrame], legs: Sequence[str], metric: str = "days", **columns: Any
) -> float:
    """The typical figure of a benchmark of its own, by these legs."""
    row = (
        tables["benchmarks"]
        .query("part_code.isna() and value.notna() and low.isna() and from_node_id.notna()")
        .head(1)
        .assign(benchmark_id="B99", corridor_id=None, metric_code=metric, value=5.0, **columns)
    )
    chain = pd.DataFrame({"sequence": range(1, len(legs) + 1), "leg_id": legs})
    own = {**tables, "benchmarks": row, "benchmark_legs": chain.assign(benchmark_id="B99")}
    return float(value_benchmarks(own, count=100).at[0, "p50"])


def test_a_figure_may_count_the_port_where_it_begins(dossier: Dossier) -> None:
    """Ship to Mar Harbour, train to Mar City: handling and the wait for a train, not the ship."""
    ends = {"from_node_id": "MA_PORT", "to_node_id": "MA_CITY"}
    rates = dossier["rates"].set_index("rate_id")["typical"]
    train = value_one(dossier.tables, ["g16"], **ends)
    port = rates["HND-PORT"] + rates["HEADWAY-TRAIN"] / 2
    found = value_one(dossier.tables, ["g15", "g16"], part_code="with-port", **ends)
    assert found == pytest.approx(train + port)


def test_a_figure_that_ends_at_a_border_has_no_wait_there(dossier: Dossier) -> None:
    """Nor does one lose anything that reaches no border, or passes one on its way."""
    border = dossier["rates"].set_index("rate_id").at["BRD-ROAD", "typical"]
    to = {"part_code": "to-border"}
    ends = {"from_node_id": "MA_CITY", "to_node_id": "BE_POST"}
    over, before = (value_one(dossier.tables, ["g17"], **ends, **own) for own in ({}, to))
    assert over - before == pytest.approx(border)
    ends = {"from_node_id": "MA_PORT", "to_node_id": "MA_CITY"}
    whole, same = (value_one(dossier.tables, ["g16"], **ends, **own) for own in ({}, to))
    assert whole == pytest.approx(same)
    ends = {"from_node_id": "MA_PORT", "to_node_id": "BE_POST"}
    both = value_one(dossier.tables, ["g16", "g17"], **ends, **to)
    assert both > whole + before, "the change from train to lorry is on the way"


@pytest.mark.parametrize(("metric", "unit"), [("days", 1), ("km", 500), ("usd", 1)])
def test_a_place_beyond_its_node_is_reached_at_the_pace_of_the_leg_that_leads_there(
    dossier: Dossier, metric: str, unit: float
) -> None:
    """The only leg, of 500 km, with 250 more at its end and 100 less at its start."""
    ends = {"from_node_id": "MA_PORT", "to_node_id": "MA_CITY"}

    def value(**beyond: float) -> float:
        return value_one(dossier.tables, ["g16"], metric, **ends, **beyond)

    plain = value()
    assert metric != "km" or plain == pytest.approx(unit)
    assert value(beyond_to_km=250) == pytest.approx(1.5 * plain)
    assert value(beyond_from_km=-100) == pytest.approx(0.8 * plain)
    assert value(beyond_from_km=-100, beyond_to_km=250) == pytest.approx(1.3 * plain)


def test_only_the_leg_at_that_end_is_longer(dossier: Dossier) -> None:
    """By train and on by lorry: each end has a pace of its own."""
    ends = {"from_node_id": "MA_PORT", "to_node_id": "BE_POST"}
    rates = dossier["rates"].set_index("rate_id")["typical"]

    def value(**beyond: float) -> float:
        return value_one(dossier.tables, ["g16", "g17"], **ends, **beyond)

    plain = value()
    assert value(beyond_from_km=250) - plain == pytest.approx(250 / rates["SPD-RAIL"])
    assert value(beyond_to_km=250) - plain == pytest.approx(250 / rates["SPD-ROAD"])


def make_times(*rows: tuple[str, str | None, float, bool, str]) -> pd.DataFrame:
    """Times for one section: source, group, days, whether it informed a rate, and its legs."""
    names = ["source_id", "group_id", "published", "is_calibration", "leg_ids"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(
        quantity="days", kind_code="actual", part_code=None, error=abs(8 / table["published"] - 1)
    )


def test_figures_of_others_are_the_yardstick_of_the_model() -> None:
    """For 4 and 10 days, one way and the other, each is off by the other; the model says 8."""
    found = measure_agreement(
        make_times(("a", None, 4.0, False, "g01 g02"), ("b", None, 10.0, False, "g02 g01"))
    )
    assert (found.figures, found.sections) == (2, 1)
    assert found.others == pytest.approx((1.5 + 0.6) / 2)
    assert found.model == pytest.approx((1.0 + 0.2) / 2)


@pytest.mark.parametrize(
    ("other", "figures"),
    [
        (("b", None, 10.0, False, "g01"), 2),
        (("a", None, 10.0, False, "g01"), 0),
        (("b", "train", 10.0, False, "g01"), 0),
        (("b", None, 10.0, False, "g02"), 0),
        (("b", None, 10.0, True, "g01"), 1),
    ],
)
def test_one_source_one_train_or_another_section_agrees_with_nothing(
    other: tuple[str, str | None, float, bool, str], figures: int
) -> None:
    """What informed a rate is no test of the model, but is what others publish."""
    found = measure_agreement(make_times(("a", "train", 4.0, False, "g01"), other))
    assert found.figures == figures
    assert math.isnan(found.others) == (figures == 0)


@pytest.mark.parametrize(
    "columns", [{"kind_code": "rival"}, {"kind_code": "planned"}, {"quantity": "distance_km"}]
)
def test_promises_and_lengths_are_not_held_against_each_other(columns: dict[str, str]) -> None:
    times = make_times(("a", None, 4.0, False, "g01"), ("b", None, 10.0, False, "g01"))
    assert measure_agreement(times.assign(**columns)).figures == 0


def test_the_summary_tells_long_routes_from_short_ones(live_dossier: Dossier) -> None:
    compared = compare_benchmarks(live_dossier.tables, live_dossier["valued_benchmarks"])
    rows = summarise_comparison(compared).query("group == 'length of days'").set_index("value")
    assert rows.at["all", "count"] == rows["count"].drop("all").sum()
    calibration = live_dossier["calibration"].set_index("quantity").loc["days"]
    assert rows.at["10 and more", "count"] == calibration["long_count"]
    assert rows.at["less than 10", "count"] == calibration["short_count"]
    found = compared[compared["quantity"].eq("days") & compared["kind_code"].isin(TESTED_KINDS)]
    found = found[~found["is_calibration"].astype(bool)]
    assert rows.at["all", "median_error"] == pytest.approx(found["error"].median())


def test_the_command_tells_how_far_figures_lie_apart(dossier: Dossier, data: Path, capsys) -> None:
    found = measure_agreement(compare_benchmarks(dossier.tables, dossier["valued_benchmarks"]))
    assert main(["benchmarks", "--data", str(data)]) == 0
    text = capsys.readouterr().out
    assert f"half of these {found.figures} times lie within {found.others:.0%}" in text
    assert f"and within {found.model:.0%} of the model’s" in text
