"""What the table of published figures may say."""

import pytest

from entente.check.rules_of_network import WAITS
from entente.dossier.store import Dossier
from entente.review import review_folder
from entente.routes.valuation.benchmarks import compare_benchmarks
from entente.routes.valuation.figures import PARTS
from tests.conftest import Edit


@pytest.mark.parametrize(
    ("name", "before", "after", "code"),
    [
        ("benchmarks.csv", "TO_EDGE,TO_EDGE,border", "TO_EDGE,VE_CITY,border", "wait_between"),
        ("benchmarks.csv", "TO_EDGE,TO_EDGE,border", "TO_EDGE,TO_EDGE,", "wait_between"),
        ("benchmarks.csv", "NO_DELTA,carriage", "NO_DELTA,ferry-wait", "wait_between"),
        ("benchmarks.csv", "TO_EDGE,TO_EDGE,border", "NO_CITY,NO_CITY,border", "no_way"),
        ("benchmark_legs.csv", "B13,2,g05", "B13,2,g06", "no_way"),
        ("benchmark_legs.csv", "B13,1,g04\nB13,2,g05\n", "", "no_way"),
        ("benchmarks.csv", "TO_EDGE,TO_EDGE,border", "TO_EDGE,TO_EDGE,lunch", "unknown_word"),
        ("benchmarks.csv", ",SU_PORT,NO_PORT,", ",SU_PORT,,", "not_compared"),
        ("benchmarks.csv", ",SU_PORT,NO_PORT,", ",SU_PORT,MA_CITY,", "no_way"),
        ("benchmarks.csv", "A difference, not a figure.", "", "not_compared"),
        ("benchmark_legs.csv", "B5,2,g05", "B5,2,g06", "no_way"),
        ("benchmark_legs.csv", "B5,2,g05", "B5,2,g99", "dangling_id"),
        ("benchmarks.csv", "TO_MID,VE_CITY,,,,", "TO_MID,VE_CITY,,-480,,", "beyond_leg"),
        ("benchmarks.csv", "TO_MID,VE_CITY,,,,", "TO_MID,VE_CITY,,,-300,", "beyond_leg"),
        ("benchmarks.csv", "SU_PORT,NO_PORT,,,,", "SU_PORT,NO_PORT,,-1,,", "beyond_leg"),
    ],
)
def test_a_figure_that_cannot_be_compared_is_a_fault(
    edit: Edit, name: str, before: str, after: str, code: str
) -> None:
    folder = edit(name, lambda text: text.replace(before, after, 1))
    assert code in {fault.code for fault in review_folder(folder)}


def test_a_figure_may_begin_along_its_first_leg_and_end_beyond_its_last(edit: Edit) -> None:
    """Only the figures that rest on the table are stale then."""
    row = ("TO_MID,VE_CITY,,,,", "TO_MID,VE_CITY,,-479,5000,")
    folder = edit("benchmarks.csv", lambda text: text.replace(*row, 1))
    found = {fault.code for fault in review_folder(folder)}
    assert found == {"stale_calibration", "stale_valuation"}


def test_the_waits_of_the_check_are_those_of_the_comparison() -> None:
    assert set(WAITS) == set(PARTS)


def test_a_part_is_compared_with_its_stages_alone(dossier: Dossier) -> None:
    found = compare_benchmarks(dossier.tables, dossier["valued_benchmarks"]).set_index(
        "benchmark_id"
    )
    rates = dossier["rates"].set_index("rate_id")
    sailing = 1000 / rates.loc["SPD-FERRY", ["high", "low"]]
    assert found.loc["B14", ["lowest", "highest"]].tolist() == pytest.approx(sailing.tolist())
    for row, rate_id in (("B13", "BRD-RAIL-BREAK"), ("B16", "WAIT-FERRY")):
        bounds = rates.loc[rate_id, ["low", "high"]].tolist()
        assert found.loc[row, ["lowest", "highest"]].tolist() == pytest.approx(bounds), row
    assert found.at["B13", "mode_code"] == "border"


def test_every_wait_of_today_is_found(live_dossier: Dossier) -> None:
    benchmarks = live_dossier["benchmarks"]
    waits = benchmarks[benchmarks["part_code"].isin(WAITS)]
    found = set(live_dossier["valued_benchmarks"]["benchmark_id"])
    assert len(waits) > 10
    assert set(waits["benchmark_id"]) <= found
