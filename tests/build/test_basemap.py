"""The basemap has what plotly.js asks for, is small, and leaves disputed areas to nobody."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from entente.build.basemap import draw_hatching, find_borders

ROOT = Path(__file__).resolve().parents[2]
BASEMAP = ROOT / "assets" / "topojson" / "world_50m.json"
LARGEST_BYTES = 450_000
AREAS = tuple(pd.read_csv(ROOT / "data" / "areas.csv")["area_id"])
LAYERS = {"countries", "lakes", "land"}


@pytest.fixture(scope="module")
def topology() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(BASEMAP.read_text(encoding="utf-8"))
    return loaded


def test_basemap_is_small_enough() -> None:
    assert BASEMAP.stat().st_size <= LARGEST_BYTES


def test_basemap_has_every_layer_that_plotly_reads(topology: dict[str, Any]) -> None:
    assert set(topology["objects"]) == LAYERS


def test_basemap_is_quantised(topology: dict[str, Any]) -> None:
    assert topology["transform"]["scale"]
    numbers = (value for arc in topology["arcs"] for point in arc for value in point)
    assert all(isinstance(value, int) for value in numbers)


def test_countries_and_areas_of_nobody_are_there_once(topology: dict[str, Any]) -> None:
    ids = [country["id"] for country in topology["objects"]["countries"]["geometries"]]
    assert len(ids) == len(set(ids))
    actors = {"TUR", "AZE", "PAK", "ARM", "IND", "IRN", "RUS", "CHN", "GEO", "GRC", "CYP", "ISR"}
    assert actors | set(AREAS) <= set(ids)


def test_outer_rings_run_clockwise(topology: dict[str, Any]) -> None:
    for name in ("countries", "land", "lakes"):
        for geometry in topology["objects"][name]["geometries"]:
            polygons = geometry["arcs"] if "Multi" in geometry["type"] else [geometry["arcs"]]
            for outer, *holes in polygons:
                assert signed_area(outer, topology) < 0, (name, geometry.get("id"))
                assert all(signed_area(hole, topology) > 0 for hole in holes)


def test_neighbours_share_their_border(topology: dict[str, Any]) -> None:
    shared = arcs_of("XJK", topology) & arcs_of("PAK", topology)
    assert shared, "Pakistan and Jammu and Kashmir have no line in common"
    assert arcs_of("AZE", topology) & arcs_of("ARM", topology)


def test_hatching_covers_each_area_and_stays_inside() -> None:
    areas = (ROOT / "data" / "geo" / "disputed_areas.geojson").read_text(encoding="utf-8")
    features = json.loads(areas)["features"]
    kinds = {(f["properties"]["area_id"], f["properties"]["kind"]) for f in features}
    assert kinds == {(area, kind) for area in AREAS for kind in ("outline", "hatch", "border")}
    shapely = pytest.importorskip("shapely")
    shapes = {
        (f["properties"]["area_id"], f["properties"]["kind"]): shapely.geometry.shape(f["geometry"])
        for f in features
    }
    for area in AREAS:
        assert shapes[area, "outline"].is_valid
        assert shapes[area, "outline"].buffer(0.005).covers(shapes[area, "hatch"])
        assert len(shapes[area, "hatch"].geoms) >= 3


def test_the_borders_of_an_area_make_up_its_outline() -> None:
    shapely = pytest.importorskip("shapely")
    areas = (ROOT / "data" / "geo" / "disputed_areas.geojson").read_text(encoding="utf-8")
    for area in AREAS:
        own = [f for f in json.loads(areas)["features"] if f["properties"]["area_id"] == area]
        (outline,) = [f["geometry"] for f in own if f["properties"]["kind"] == "outline"]
        drawn = [f["geometry"] for f in own if f["properties"]["kind"] == "border"]
        length = sum(shapely.geometry.shape(line).length for line in drawn)
        assert length == pytest.approx(shapely.geometry.shape(outline).boundary.length, rel=0.01)
        assert {f["properties"]["neighbour_id"] for f in own} > {"", "CHN"}


def test_a_border_is_what_two_shapes_share() -> None:
    shapely = pytest.importorskip("shapely")
    shapes = {
        "A": shapely.box(0, 0, 2, 2),
        "B": shapely.box(2, 0, 4, 2),
        "C": shapely.box(2, 2, 4, 4),
    }
    assert {name: line.length for name, line in find_borders("A", shapes).items()} == {"B": 2}


def test_hatch_lines_of_a_square_are_evenly_spaced() -> None:
    shapely = pytest.importorskip("shapely")
    lines = draw_hatching(shapely.box(0, 0, 10, 10), spacing=1.0).geoms
    offsets = sorted(line.coords[0][1] - line.coords[0][0] for line in lines)
    steps = [after - before for before, after in pairwise(offsets)]
    assert steps == pytest.approx([2**0.5] * len(steps))


def arcs_of(country: str, topology: dict[str, Any]) -> set[int]:
    geometries = topology["objects"]["countries"]["geometries"]
    geometry = next(entry for entry in geometries if entry["id"] == country)
    return {number if number >= 0 else ~number for number in flat(geometry["arcs"])}


def flat(value: Any) -> list[int]:
    return [value] if isinstance(value, int) else [n for part in value for n in flat(part)]


def signed_area(ring: list[int], topology: dict[str, Any]) -> float:
    points: list[tuple[int, int]] = []
    for number in ring:
        arc = absolute(topology["arcs"][number if number >= 0 else ~number])
        points += arc if number >= 0 else arc[::-1]
    turned = [*points[1:], points[0]]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, turned, strict=True))


def absolute(arc: list[list[int]]) -> list[tuple[int, int]]:
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x, y))
    return points
