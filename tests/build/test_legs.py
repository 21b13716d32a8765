"""Every leg has a line that joins its nodes, says where it comes from, and is of sane length."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pyproj import Geod

from entente.build.everything import WAYS
from entente.build.leg_geometry import (
    LICENCES,
    Network,
    draw_leg,
    length_km,
    read_table,
    shortest_way,
)

DATA = Path(__file__).resolve().parents[2] / "data"
GEOD = Geod(ellps="WGS84")
LARGEST_DIFFERENCE = 0.2


@pytest.fixture(scope="module")
def features() -> list[dict[str, Any]]:
    text = (DATA / "geo" / "legs.geojson").read_text(encoding="utf-8")
    loaded: list[dict[str, Any]] = json.loads(text)["features"]
    return loaded


@pytest.fixture(scope="module")
def legs() -> pd.DataFrame:
    return read_table(DATA / "legs.csv")


def test_each_leg_has_one_line_in_order(features: list[dict[str, Any]], legs: pd.DataFrame) -> None:
    ids = [feature["properties"]["leg_id"] for feature in features]
    assert ids == sorted(legs["leg_id"])


def test_lines_start_and_end_at_their_nodes(
    features: list[dict[str, Any]], legs: pd.DataFrame
) -> None:
    nodes = read_table(DATA / "nodes.csv").set_index("node_id")
    ends = legs.set_index("leg_id")[["from_node_id", "to_node_id"]]
    for feature in features:
        leg_id, line = feature["properties"]["leg_id"], feature["geometry"]["coordinates"]
        for node_id, point in zip(ends.loc[leg_id], (line[0], line[-1]), strict=True):
            node = nodes.loc[node_id]
            assert point == [float(node["lon"]), float(node["lat"])], (leg_id, node_id)


def test_properties_are_complete_and_known(features: list[dict[str, Any]]) -> None:
    for feature in features:
        properties = feature["properties"]
        assert set(properties) == {"leg_id", "basis_code", "computed_km", "licence", "note"}
        assert properties["licence"] == LICENCES[properties["basis_code"]]
        assert properties["note"] or properties["basis_code"] != "geodesic"


def test_lengths_are_sane(features: list[dict[str, Any]]) -> None:
    for feature in features:
        line = feature["geometry"]["coordinates"]
        direct = GEOD.line_length(*zip(line[0], line[-1], strict=True)) / 1000
        drawn = GEOD.line_length(*zip(*line, strict=True)) / 1000
        km = feature["properties"]["computed_km"]
        assert direct - 0.1 <= km <= max(2.6 * direct, 10), feature["properties"]["leg_id"]
        assert drawn <= km * 1.01 + 0.2, feature["properties"]["leg_id"]


def test_file_is_small_enough() -> None:
    assert (DATA / "geo" / "legs.geojson").stat().st_size <= 600_000


def test_each_differing_length_has_been_looked_at(
    features: list[dict[str, Any]], legs: pd.DataFrame
) -> None:
    built = [feature["properties"] for feature in features]
    computed = {about["leg_id"]: about["computed_km"] for about in built}
    ratio = legs["leg_id"].map(computed) / legs["distance_km"].astype(float)
    off = legs[(ratio - 1).abs() > LARGEST_DIFFERENCE]
    assert off.loc[off["geometry_note"] == "", "leg_id"].tolist() == []


def test_set_ways_belong_to_legs_that_exist(legs: pd.DataFrame) -> None:
    ways = read_table(DATA / WAYS)
    assert ways["leg_id"].is_unique
    assert set(ways["leg_id"]) <= set(legs["leg_id"])
    assert (ways["reason"] != "").all()


def line_of_four() -> Network:
    points = np.array([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [3.0, 0.0]])
    neighbours = [{1: 111.3}, {0: 111.3, 2: 111.3}, {1: 111.3, 3: 111.3}, {2: 111.3}]
    return Network(points=points, neighbours=neighbours, reach_km=15, connector_weight=3)


def test_shortest_way_follows_the_network_and_keeps_both_ends() -> None:
    way = shortest_way(line_of_four(), (0.0, 0.05), (3.0, 0.05))
    assert way == [(0.0, 0.05), (0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, 0.0), (3.0, 0.05)]


def test_shortest_way_is_none_where_the_network_is_apart() -> None:
    apart = Network(
        points=np.array([[0.0, 0.0], [9.0, 0.0]] * 4),
        neighbours=[{} for _ in range(8)],
        reach_km=15,
        connector_weight=3,
    )
    assert shortest_way(apart, (0.0, 0.0), (9.0, 0.0)) is None


def test_leg_without_network_is_a_geodesic_through_its_via_points() -> None:
    set_way = {"basis_code": "geodesic", "via": "1 5; 2 5", "reason": "Set."}
    drawn = draw_leg("ferry", [(0.0, 0.0), (3.0, 0.0)], set_way)
    assert drawn.basis_code == "geodesic"
    assert drawn.note == "Set."
    assert (1.0, 5.0) in drawn.way and (2.0, 5.0) in drawn.way
    assert drawn.way[0] == (0.0, 0.0) and drawn.way[-1] == (3.0, 0.0)
    assert length_km(drawn.way) > 1000
