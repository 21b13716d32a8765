"""Strands: branches that share a trunk lie side by side, from end to end."""

import geopandas as gpd
import numpy as np
import pytest
from shapely import LineString, Point

from entente.routes.charts.strands import CLOSE_DEG, Stretch, lay_strands

GAP = 0.2
NODES = {"south": (50.0, 30.0), "fork": (50.0, 40.0), "north": (50.0, 50.0)}


def lay(aside: float) -> dict[str, list[Stretch]]:
    """Two branches with a trunk, then each by a line of its own, so far apart in the middle."""
    own = LineString([(50, 40), (50, 41), (50 + aside, 45), (50, 49), (50, 50)])
    legs = [
        ("one", "trunk", "south", LineString([(50, 30), (50, 40)])),
        ("one", "straight", "fork", LineString([(50, 40), (50, 50)])),
        ("other", "trunk", "south", LineString([(50, 30), (50, 40)])),
        ("other", "round", "fork", own),
    ]
    chains = gpd.GeoDataFrame(
        {
            "branch_id": [leg[0] for leg in legs],
            "leg_id": [leg[1] for leg in legs],
            "from_node_id": [leg[2] for leg in legs],
            "mode_code": "rail",
            "status_code": "",
        },
        geometry=[leg[3] for leg in legs],
        crs=4326,
    )
    found: dict[str, list[Stretch]] = {"one": [], "other": []}
    for stretch in lay_strands(chains, NODES, gap=GAP):
        found[stretch.branch_id].append(stretch)
    return found


def test_strands_meet_at_both_ends_and_keep_apart_between_them() -> None:
    laid = lay(aside=0.1)
    lines = {
        name: LineString(np.concatenate([one.points for one in own])) for name, own in laid.items()
    }
    for line in lines.values():
        assert line.coords[0] == NODES["south"]
        assert line.coords[-1] == NODES["north"]
    for lat in (35.0, 40.0, 45.0):
        across = LineString([(49, lat), (51, lat)])
        one, other = (line.intersection(across) for line in lines.values())
        assert isinstance(one, Point)
        assert isinstance(other, Point)
        apart = abs(one.x - other.x) * np.cos(np.radians(lat))
        assert apart > GAP * 0.6, f"one strand covers the other at {lat}"


@pytest.mark.parametrize(("aside", "is_shared"), [(CLOSE_DEG / 2, True), (4 * CLOSE_DEG, False)])
def test_legs_whose_lines_would_cover_one_another_are_a_trunk(
    aside: float, is_shared: bool
) -> None:
    for own in lay(aside).values():
        assert [one.is_shared for one in own] == [True, is_shared]


def test_corners_and_changes_of_lane_are_round() -> None:
    for own in lay(aside=3.0).values():
        steps = np.diff(np.concatenate([own[0].points, own[1].points[1:]]), axis=0)
        turns = np.diff(np.unwrap(np.arctan2(steps[:, 1], steps[:, 0])))
        assert np.degrees(np.abs(turns)).max() < 45
