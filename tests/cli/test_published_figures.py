"""`benchmarks --against`: published figures of anybody's own."""

import csv
import datetime as dt
import io
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.dossier.lookup import NotUnderstood
from entente.dossier.store import Dossier
from entente.routes.published.figures import MOST_ROWS, answer_file, summarise_answers
from tests.conftest import Run
from tests.laws import examples

HEADER = (
    "origin_node,destination_node,via,mode,quantity,low,typical,high,unit,date_of_figure"
    ",figure_kind"
)
NAMES = HEADER.split(",")
Ask = Callable[..., dict[str, Any]]
GOOD = {
    "origin_node": "TO_BAY",
    "destination_node": "NO_CITY",
    "mode": "rail",
    "quantity": "days",
    "typical": "14",
    "unit": "days",
    "date_of_figure": "2021",
    "figure_kind": "observed",
}


def _write(path: Path, *rows: dict[str, str]) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, NAMES, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


@pytest.fixture
def ask(run: Run, tmp_path: Path, data: Path) -> Ask:
    def ask(**changes: str) -> dict[str, Any]:
        path = _write(tmp_path / "figures.csv", GOOD | changes)
        status, out, _ = run("benchmarks", "--data", data, "--against", path, "--json")
        assert status == 0
        answer = json.loads(out, parse_constant=pytest.fail)
        (figure,) = answer["figures"]
        return figure

    return ask


def test_a_figure_has_the_ranges_of_the_model(ask: Ask) -> None:
    found = ask()
    assert found["placed"]
    assert found["id"] == "1"
    assert found["reason"] is None
    assert found["legs"] == ["g03", "g04", "g05", "g06", "g07"]
    ends = ("p10", "stage_p10", "p50", "stage_p90", "p90")
    assert [found[end] for end in ends] == sorted(found[end] for end in ends)
    for name, low, high in (
        ("inside_stage_range", "stage_p10", "stage_p90"),
        ("inside_calibrated_range", "p10", "p90"),
    ):
        assert found[name] == (found[low] <= 14 <= found[high])


@pytest.mark.parametrize(
    ("via", "legs"),
    [
        ("", ["g03", "g04", "g05", "g06", "g07"]),
        ("TO_MID>TO_EDGE>VE_CITY>VE_EDGE", ["g03", "g04", "g05", "g06", "g07"]),
        ("TO_BAY>TO_MID>NO_CITY", ["g03", "g04", "g05", "g06", "g07"]),
        ("to_bay > VE_CITY > no_city", ["g03", "g04", "g05", "g06", "g07"]),
        ("TO_BAY>TO_MID>TO_SHORE>NO_DELTA>NO_CITY", ["g03", "g09", "g10", "g12"]),
    ],
)
def test_via_may_have_the_ends_or_not_and_gaps_are_filled(ask: Ask, via: str, legs) -> None:
    mode = "rail" if "SHORE" not in via else "mixed"
    assert ask(via=via, mode=mode)["legs"] == legs


@pytest.mark.parametrize(
    ("changes", "published", "unit"),
    [
        ({"typical": "336", "unit": "hours", "quantity": "transit time"}, 336, "hours"),
        ({"typical": "2", "unit": "weeks", "quantity": ""}, 2, "weeks"),
        ({"typical": "", "low": "12", "high": "16"}, 14, "days"),
        ({"typical": "12–16"}, 14, "days"),
        ({"typical": "14,0", "unit": "d"}, 14, "days"),
        ({"quantity": "price", "typical": "1,450", "unit": "USD per TEU"}, 1450, "USD per TEU"),
        ({"quantity": "usd", "typical": "2.900,00", "unit": "per FEU"}, 2900, "USD per 40 ft"),
        ({"quantity": "cost", "typical": "2 900", "unit": "USD / 40 ft"}, 2900, "USD per 40 ft"),
        ({"quantity": "distance", "typical": "4220", "unit": "km"}, 4220, "km"),
        ({"quantity": "length", "typical": "2278", "unit": "nm"}, 2278, "nautical miles"),
    ],
)
def test_a_figure_is_read_as_people_write_it(ask: Ask, changes, published, unit) -> None:
    found = ask(**changes)
    assert found["placed"], found["reason"]
    assert (found["published"], found["unit"]) == (published, unit)
    in_days = ask()
    if unit in ("hours", "weeks"):
        factor = {"hours": 24, "weeks": 1 / 7}[unit]
        assert found["p50"] == pytest.approx(in_days["p50"] * factor, abs=1e-3)
        assert found["inside_stage_range"] == in_days["inside_stage_range"]


def test_a_forty_foot_container_costs_two(ask: Ask) -> None:
    price = {"quantity": "price", "typical": "1450"}
    assert ask(**price, unit="USD per FEU")["p50"] == pytest.approx(
        2 * ask(**price, unit="USD per TEU")["p50"], rel=1e-4
    )


@pytest.mark.parametrize(
    "text", ["2021", "2021-07-02", "2021-01/2021-12", "2 July 2021", "02.07.2021", "July 2021", ""]
)
def test_a_date_is_edtf_or_plain(ask: Ask, text: str) -> None:
    found = ask(date_of_figure=text)
    assert found["placed"], found["reason"]
    if text:
        day = dt.date.fromisoformat(found["as_of"])
        assert (day.year, found["remark"]) == (2021, None)
    else:
        assert "newest day" in found["remark"]


@pytest.mark.parametrize(
    ("changes", "legs"),
    [
        ({"origin_node": "TO_EDGE", "destination_node": "TO_EDGE", "mode": "border"}, "g05"),
        ({"origin_node": "TO_EDGE", "destination_node": "VE_CITY", "mode": "rail border"}, "g05"),
        ({"origin_node": "TO_EDGE", "destination_node": "", "mode": "rail"}, "g05"),
        ({"origin_node": "TO_SHORE", "destination_node": "TO_SHORE", "mode": "ferry wait"}, "g10"),
        ({"origin_node": "TO_SHORE", "destination_node": "TO_SHORE", "mode": "ferry"}, "g10"),
        ({"origin_node": "TO_BAY", "destination_node": "TO_BAY", "mode": "port"}, "g03"),
        ({"origin_node": "TO_BAY", "destination_node": "TO_BAY", "quantity": "port dwell"}, "g03"),
    ],
)
def test_a_wait_is_a_dwell_time_at_its_node(ask: Ask, changes: dict[str, str], legs: str) -> None:
    found = ask(**changes, typical="2")
    assert found["placed"], found["reason"]
    assert legs in found["legs"]
    assert len(found["legs"]) <= 2
    assert found["p50"] < 8


def test_a_border_without_a_mode_is_that_of_the_road(ask: Ask) -> None:
    place = {"origin_node": "OR_CITY", "destination_node": "OR_CITY", "typical": "1"}
    found = ask(**place, mode="border")
    assert found["placed"], found["reason"]
    assert found["legs"] == ask(**place, mode="road border")["legs"]
    rail = {"origin_node": "TO_EDGE", "destination_node": "VE_CITY", "typical": "1"}
    assert ask(**rail, mode="border")["legs"] == ["g05"]


def test_a_crossing_in_hours_is_sailing_alone(ask: Ask) -> None:
    crossing = {"origin_node": "TO_SHORE", "destination_node": "NO_DELTA", "mode": "ferry"}
    hours = ask(**crossing, typical="40", unit="hours", quantity="hours")
    days = ask(**crossing, typical="4")
    assert hours["p50"] / 24 < days["p50"]
    assert "sailing alone" in hours["remark"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"origin_node": "NOWHERE"}, "NOWHERE"),
        ({"origin_node": "", "destination_node": ""}, "neither origin nor destination"),
        ({"destination_node": "TO_BAY", "mode": "border"}, "no such wait"),
        ({"origin_node": "NO_CITY"}, "no wait there is named"),
        ({"via": "TO_MID>X>Y"}, "unknown node 'X'"),
        ({"mode": "camel"}, "mode 'camel' is not known"),
        ({"mode": "sea"}, "no way by"),
        ({"quantity": "tonnes", "unit": "kt"}, "not a time, a price or a length"),
        ({"quantity": "price", "unit": "USD per truck"}, "not one of a container"),
        ({"quantity": "price", "unit": "EUR per TEU"}, "not in US dollars"),
        ({"typical": "soon"}, "is not a number"),
        ({"typical": "-3"}, "below zero"),
        ({"typical": "0"}, "above zero"),
        ({"typical": "9" * 400}, "above zero"),
        ({"typical": "", "low": ""}, "no figure"),
        ({"date_of_figure": "when I was young"}, "cannot be read"),
        ({"origin_node": "OR_CITY", "destination_node": "TO_MINE", "mode": "road"}, "no way by"),
    ],
)
def test_a_row_that_cannot_be_placed_says_why(ask: Ask, changes, reason: str) -> None:
    found = ask(**changes)
    assert not found["placed"]
    assert reason in found["reason"]
    ranges = ("p10", "p50", "p90", "stage_p10", "stage_p90", "inside_stage_range")
    assert [found[name] for name in ranges] == [None] * len(ranges)


def test_coverage_counts_long_and_short_ones_apart(tmp_path: Path, dossier: Dossier) -> None:
    rows = [
        GOOD,
        GOOD | {"destination_node": "TO_MID", "typical": "3"},
        GOOD | {"typical": "2", "figure_kind": "promise"},
        GOOD | {"quantity": "price", "typical": "1500", "unit": "USD"},
        GOOD | {"quantity": "km", "typical": "4000", "unit": "km"},
        GOOD | {"origin_node": "X"},
    ]
    answers = answer_file(_write(tmp_path / "f.csv", *rows), dossier)
    found = summarise_answers(answers)["all figures"]
    counts = {name: own["count"] for name, own in found.items()}
    assert list(counts.values()) == [4, 3, 2, 1, 1]
    for name, ends in (
        ("stage_coverage", ("p10", "p90")),
        ("calibrated_coverage", ("calibrated_p10", "calibrated_p90")),
    ):
        inside = [one.is_inside(*ends) for one in answers]
        assert found["all"][name] == sum(map(bool, inside)) / 4
    told = summarise_answers(answers)["without promises"]
    assert told["days"]["count"] == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"a,b,c\n1,2,3\n", b"\xff\xfe\x00", b"\x00" * 50, b"origin_node\nTO_BAY\n"],
)
def test_a_file_that_is_no_such_table_is_misuse(
    run: Run, content: bytes, tmp_path: Path, data: Path
) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(content)
    status, out, err = run("benchmarks", "--data", data, "--against", path)
    assert (status, out, len(err.splitlines())) == (2, "", 1)


def test_a_file_that_is_not_there_or_too_long_is_misuse(
    run: Run, tmp_path: Path, data: Path
) -> None:
    long = tmp_path / "long.csv"
    long.write_text(HEADER + "\n" + "a,b\n" * (MOST_ROWS + 1), encoding="utf-8")
    for path in (tmp_path / "none.csv", tmp_path, long):
        status, _, err = run("benchmarks", "--data", data, "--against", path)
        assert (status, len(err.splitlines())) == (2, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encoding_and_delimiter_are_found(
    encoding: str, delimiter: str, tmp_path: Path, dossier: Dossier
) -> None:
    cells = [GOOD.get(name, "") for name in NAMES[:-1]]
    text = "\r\n".join(map(delimiter.join, (NAMES, [*cells, "Beförderung"])))
    path = tmp_path / "f.csv"
    path.write_bytes(text.encode(encoding))
    (answer,) = answer_file(path, dossier)
    assert answer.valued
    assert answer.kind == "Beförderung"


def test_the_table_has_a_row_for_each_figure(run: Run, tmp_path: Path, data: Path) -> None:
    path = _write(tmp_path / "f.csv", GOOD, GOOD | {"mode": "camel"})
    status, text, _ = run("benchmarks", "--data", data, "--against", path)
    assert status == 0
    assert "not placed: mode 'camel' is not known" in text
    assert "1 of 2 figures are placed." in text
    assert "nan" not in text.casefold()


CELL = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["TO_BAY", "NO_CITY", "TO_MID>VE_CITY", "rail", "border", "days", "price"]),
    st.sampled_from(
        ["1e999", "12-", "3,4.5,6", "2021-99", "0000", "XXXX", "=1+1", "-", ">>", "nan"]
    ),
    st.floats().map(str),
)


@settings(
    deadline=None,
    max_examples=examples(40),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=st.lists(st.lists(CELL, max_size=13), max_size=5))
def test_nothing_that_a_row_holds_raises(rows, tmp_path: Path, dossier: Dossier) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([NAMES, *rows])
    path = tmp_path / "f.csv"
    path.write_text(text.getvalue(), encoding="utf-8", errors="replace")
    for answer in answer_file(path, dossier):
        assert bool(answer.valued) != bool(answer.reason)
        if answer.valued:
            assert math.isfinite(answer.published)
            assert 0 < answer.valued.p50 < math.inf


@settings(
    deadline=None,
    max_examples=examples(40),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(content=st.binary(max_size=300))
def test_no_bytes_raise(content: bytes, tmp_path: Path, dossier: Dossier) -> None:
    path = tmp_path / "f.csv"
    for start in (b"", HEADER.encode() + b"\n"):
        path.write_bytes(start + content)
        try:
            answers = answer_file(path, dossier)
        except NotUnderstood:
            continue
        assert all(answer.valued or answer.reason for answer in answers)
