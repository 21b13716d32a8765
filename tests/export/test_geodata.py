"""A map as geodata is what the map shows, and other programs read it."""

import json
from pathlib import Path

import geopandas as gpd
import plotly.graph_objects as go
import pyogrio

from entente.content import has_map
from entente.export.files.geodata import geojson, geopackage, map_features


def a_map() -> go.Figure:
    return go.Figure(
        [
            go.Scattergeo(
                lon=[35.0, 40.0, None, 50.0, 51.0],
                lat=[39.0, 40.0, None, 30.0, 31.0],
                mode="lines+markers",
                customdata=[["tie", "a-b", "e1 c2"]] * 5,
                hovertext="<b>A &amp; B</b><br>a tie",
            ),
            go.Scattergeo(
                lon=[35.0, 69.0],
                lat=[39.0, 30.0],
                mode="markers",
                customdata=[["actor", "TUR"], ["actor", "PAK"]],
                hovertext=["Türkiye", "<i>Pakistan</i>"],
            ),
            go.Scatter(x=[1], y=[1]),
        ]
    )


def test_lines_and_points_carry_their_ids_and_words() -> None:
    rows = map_features(a_map())
    assert rows["layer"].tolist() == ["lines", "points", "points"]
    assert rows["id"].tolist() == ["a-b", "TUR", "PAK"]
    assert rows["related_ids"].tolist() == ["e1 c2", "", ""]
    assert rows["label"].tolist() == ["A & B  a tie", "Türkiye", "Pakistan"]
    assert rows.geometry.geom_type.tolist() == ["MultiLineString", "Point", "Point"]
    assert rows.crs == "EPSG:4326"


def test_geojson_is_read_back() -> None:
    found = json.loads(geojson(a_map()))
    assert [feature["properties"]["id"] for feature in found["features"]] == ["a-b", "TUR", "PAK"]
    assert found["features"][1]["geometry"]["coordinates"] == [35.0, 39.0]


def test_gdal_opens_the_geopackage(tmp_path: Path) -> None:
    path = tmp_path / "map.gpkg"
    path.write_bytes(geopackage(a_map(), released="2026-11-24"))
    assert {name for name, _ in pyogrio.list_layers(path)} == {"lines", "points"}
    points = gpd.read_file(path, layer="points")
    assert points["id"].tolist() == ["TUR", "PAK"]
    assert points.crs == "EPSG:4326"


def test_the_same_map_gives_the_same_file() -> None:
    assert geopackage(a_map(), released="2026-11-24") == geopackage(a_map(), released="2026-11-24")


def test_a_figure_without_a_map_has_no_features() -> None:
    bare = go.Figure(go.Scatter(x=[1], y=[1]))
    assert not has_map(bare)
    assert not has_map(None)
    assert map_features(bare).empty
    assert geopackage(bare, released="2026-11-24") == b""
