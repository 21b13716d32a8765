"""The outlines are read from JavaScript as text, and lines across the antimeridian stay whole."""

from pathlib import Path

import pytest

from entente.build.basemap import cache_folder, fetch_outlines, read_layer, read_topology

SCRIPT = """\
  var require_tiny = __commonJS({
    "dist/topojson/tiny.json"(exports, module) {
      module.exports = { type: "Topology", arcs: [[[0, 0], [2, 0], [0, 2]], [[2, 2], [-2, -2]]], \
objects: { countries: { type: "GeometryCollection", geometries: [{ type: "Polygon", \
arcs: [[0, 1]], id: "AAA", properties: { ct: [1, 1] } }] }, rivers: { \
type: "GeometryCollection", geometries: [{ type: "LineString", arcs: [-2] }] } }, \
transform: { scale: [179, 1], translate: [-179, 0] } };
    }
  });
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "assets.js"
    path.write_text(SCRIPT, encoding="utf-8")
    return path


def test_topology_is_read_from_script(script: Path) -> None:
    topology = read_topology(script, name="tiny")
    (entry, shape), *others = read_layer(topology, name="countries")
    assert (entry["id"], entry["properties"], others) == ("AAA", {"ct": [1, 1]}, [])
    assert list(shape.exterior.coords) == [(181, 0), (179, 0), (179, 2), (181, 0)]


def test_negative_arcs_run_backwards(script: Path) -> None:
    [(_, shape)] = read_layer(read_topology(script, name="tiny"), name="rivers")
    assert list(shape.coords) == [(181, 0), (179, 2)]


def test_unknown_topology_is_an_error(script: Path) -> None:
    with pytest.raises(ValueError, match="no topology world_50m"):
        read_topology(script)


def test_other_file_in_the_cache_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plotly-geo-assets-4.1.1.js").write_text("other", encoding="utf-8")
    with pytest.raises(ValueError, match="delete it"):
        fetch_outlines(tmp_path)


def test_cache_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ENTENTE_BUILD_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
