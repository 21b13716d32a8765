"""Corridors: slices in both directions, sums, hindrances, status."""

import datetime as dt

import pandas as pd
import pytest

from entente.dossier.store import Dossier
from entente.routes.network.legs import CHAIN_COLUMNS
from entente.routes.trips import Trip
from entente.routes.valuation.corridors import (
    count_routes_from,
    find_same_legs,
    join_corridors,
    judge_corridors,
    slice_corridors,
)
from entente.routes.valued_corridors import compare_corridors

# The last leg is stored against the direction of the corridor.
LEGS = pd.DataFrame(
    [
        ("L1", "A", "B", "rail", "1435", "1435"),
        ("L2", "B", "C", "road", None, None),
        ("L3", "D", "C", "rail", "1520", "1435"),
    ],
    columns=[
        "leg_id",
        "from_node_id",
        "to_node_id",
        "mode_code",
        "from_gauge_code",
        "to_gauge_code",
    ],
)
CORRIDOR_LEGS = pd.DataFrame(
    [("WAY", 1, "L1"), ("WAY", 2, "L2"), ("WAY", 3, "L3"), ("LAST", 1, "L3")],
    columns=["corridor_id", "sequence", "leg_id"],
)
DAY = dt.date(2021, 6, 15)


def between(origin: str, destination: str) -> pd.DataFrame:
    return slice_corridors(CORRIDOR_LEGS, LEGS, origin=origin, destination=destination)


def test_whole_chains_turn_legs_so_that_they_join() -> None:
    chains = dict(join_corridors(CORRIDOR_LEGS, LEGS))
    ends = [(step.from_node_id, step.to_node_id) for step in chains["WAY"]]
    assert ends == [("A", "B"), ("B", "C"), ("C", "D")]
    turned = chains["WAY"][2]
    assert (turned.from_gauge_code, turned.to_gauge_code) == ("1435", "1520")
    assert turned.is_reversed


def test_slice_counts_from_the_origin() -> None:
    found = between("B", "D")
    assert found["leg_id"].tolist() == ["L2", "L3"]
    assert found["sequence"].tolist() == [1, 2]


def test_slice_the_other_way_round() -> None:
    found = between("D", "B")
    assert found["leg_id"].tolist() == ["L3", "L2"]
    assert found["from_node_id"].tolist() == ["D", "C"]
    assert found["is_reversed"].tolist() == [False, True]


def test_every_corridor_with_both_places_counts() -> None:
    found = between("D", "C")
    assert found["corridor_id"].tolist() == ["WAY", "LAST"]
    assert find_same_legs(found) == {"WAY": "WAY", "LAST": "WAY"}


@pytest.mark.parametrize(("origin", "destination"), [("A", "A"), ("A", "X"), ("X", "Y")])
def test_no_way_gives_no_rows(origin: str, destination: str) -> None:
    found = between(origin, destination)
    assert found.empty
    assert list(found.columns) == CHAIN_COLUMNS


def test_ways_from_counts_different_ways_by_destination() -> None:
    ways = count_routes_from(CORRIDOR_LEGS, LEGS, origin="C", places=["A", "B", "C", "D", "X"])
    assert ways == {"A": 1, "B": 1, "D": 1}


def statuses(**codes: str) -> pd.DataFrame:
    rows = [(leg, f"{leg}-1", code, None, "..", "2025", "Why.") for leg, code in codes.items()]
    names = [
        "leg_id",
        "leg_status_id",
        "status_code",
        "multiplier",
        "since_edtf",
        "as_of_edtf",
        "note",
    ]
    return pd.DataFrame(rows, columns=names)


@pytest.mark.parametrize(
    ("codes", "condition", "leg"),
    [
        ({"L1": "open", "L2": "open"}, "open", None),
        ({"L1": "partial", "L2": "open"}, "partial", "L1"),
        ({"L1": "partial", "L2": "closed", "L3": "suspended"}, "cut", "L2"),
        ({"L1": "closed", "L3": "planned"}, "not-built", "L3"),
    ],
)
def test_status_is_that_of_the_worst_leg(
    codes: dict[str, str], condition: str, leg: str | None
) -> None:
    chains = between("A", "D")
    found = judge_corridors(chains, statuses(**codes)).iloc[0]
    assert found["condition"] == condition
    assert (None if pd.isna(found["leg_id"]) else found["leg_id"]) == leg


def test_what_a_comparison_says_of_each_corridor(dossier: Dossier) -> None:
    found = compare_corridors(dossier, trip=Trip("SU_PORT", "NO_PORT", DAY)).corridors
    rows = found.set_index("corridor_id")
    assert set(rows.index) == {"western", "lake", "river", "round-sea"}
    assert rows.at["western", "states"] == "QSU QTO QVE QNO"
    counts = ["border_count", "transshipment_count", "gauge_break_count"]
    assert rows.loc["western", counts].tolist() == [3, 1, 1]
    assert rows.loc["round-sea", counts].tolist() == [1, 0, 0]
    hills = compare_corridors(dossier, trip=Trip("OR_CITY", "MA_CITY", DAY))
    assert hills.find("hill-line")["condition"] == "not-built"


def test_way_back_takes_as_long(dossier: Dossier) -> None:
    there = compare_corridors(dossier, trip=Trip("SU_PORT", "NO_PORT", DAY))
    back = compare_corridors(dossier, trip=Trip("NO_PORT", "SU_PORT", DAY))
    stages = [t.stages[t.stages["what_code"] != "service-wait"] for t in (there, back)]
    days = [own.groupby("corridor_id")["days_typical"].sum().to_dict() for own in stages]
    assert days[0] == pytest.approx(days[1])
    borders = [
        t.corridors.set_index("corridor_id")["border_count"].to_dict() for t in (there, back)
    ]
    assert borders[0] == borders[1]


def test_slice_is_shorter_and_has_no_published_figures(dossier: Dossier) -> None:
    whole = compare_corridors(dossier, trip=Trip("SU_PORT", "NO_PORT", DAY)).find("western")
    part = compare_corridors(dossier, trip=Trip("SU_PORT", "NO_CITY", DAY)).find("western")
    assert part["distance_km"] < whole["distance_km"]
    assert pd.notna(whole["published_days_typical"])
    assert pd.isna(part["published_days_typical"])
    back = compare_corridors(dossier, trip=Trip("NO_PORT", "SU_PORT", DAY)).find("western")
    assert back["published_days_typical"] == whole["published_days_typical"]


def test_corridors_with_the_same_legs_are_one_way(dossier: Dossier) -> None:
    found = compare_corridors(dossier, trip=Trip("SU_PORT", "TO_MID", DAY))
    assert len(found.ids) == 1
    assert found.settle("lake") == found.ids[0]
    assert "lake" in found.list_alike(found.ids[0])


def test_a_suspended_leg_cuts_the_corridor_from_its_day(dossier: Dossier) -> None:
    def condition(day: str) -> str:
        as_of = dt.date.fromisoformat(day)
        found = compare_corridors(dossier, trip=Trip("SU_PORT", "NO_PORT", as_of))
        return str(found.find("western")["condition"])

    assert condition("2022-06-30") == "open"
    assert condition("2022-08-29") == "partial"
    assert condition("2022-08-30") == "cut"


def test_every_corridor_of_the_dataset_can_be_valued(dossier: Dossier) -> None:
    for corridor in dossier["corridors"].itertuples():
        trip = Trip(corridor.from_node_id, corridor.to_node_id, DAY)
        found = compare_corridors(dossier, trip=trip)
        row = found.find(found.same[corridor.corridor_id])
        for stem in ("days", "cost_usd_per_teu", "co2e_kg_per_teu"):
            low, typical, high = (row[f"{stem}_{part}"] for part in ("p10", "typical", "p90"))
            assert 0 < low <= typical <= high
