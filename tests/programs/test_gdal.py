"""A map as GeoPackage and as GeoJSON, opened by GDAL's own program."""

import json
import subprocess
from pathlib import Path

import pytest

from entente.briefing.scenes import make_scene
from entente.dossier.store import Dossier
from entente.export.files.geodata import geojson, geopackage, map_features

MAPS = ("ties", "compare")


def opened(path: Path) -> dict[str, dict]:
    """Layers by name, as `ogrinfo` describes them."""
    ran = subprocess.run(
        ["ogrinfo", "-json", "-ro", "-features", str(path)], check=True, capture_output=True
    )
    return {layer["name"]: layer for layer in json.loads(ran.stdout)["layers"]}


@pytest.mark.parametrize("scene_id", MAPS)
def test_a_geopackage_has_every_line_and_point(
    dossier: Dossier, scene_id: str, tmp_path: Path
) -> None:
    figure = make_scene(dossier, scene_id).content.panels[0].figure
    path = tmp_path / "map.gpkg"
    path.write_bytes(geopackage(figure, released="2026-11-24"))
    layers = opened(path)
    features = map_features(figure)
    assert {name: layer["featureCount"] for name, layer in layers.items()} == (
        features["layer"].value_counts().to_dict()
    )
    for layer in layers.values():
        (geometry,) = layer["geometryFields"]
        assert geometry["coordinateSystem"]["projjson"]["id"]["code"] == 4326
        west, south, east, north = geometry["extent"]
        assert -180 <= west < east <= 180
        assert -90 <= south < north <= 90


@pytest.mark.parametrize("scene_id", MAPS)
def test_geojson_says_the_same(dossier: Dossier, scene_id: str, tmp_path: Path) -> None:
    figure = make_scene(dossier, scene_id).content.panels[0].figure
    path = tmp_path / "map.geojson"
    path.write_bytes(geojson(figure))
    (layer,) = opened(path).values()
    ids = {feature["properties"]["id"] for feature in layer["features"]}
    assert layer["featureCount"] == len(map_features(figure))
    assert ids == set(map_features(figure)["id"])
