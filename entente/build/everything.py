"""Build all that is built, and tell whether what is committed is still what the inputs give.

A manifest holds what the slow builds were made from, so that a test can tell without their
networks.
"""

import hashlib
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from entente.build import basemap, datapackage, leg_geometry
from entente.build.streamlit_config import build_streamlit_config

FILE_NAME = "geo/build.json"
WAYS = "geo/leg_ways.csv"  # courses that somebody has set, where no network goes
NODE_COLUMNS = ["node_id", "lat", "lon"]
AREA_COLUMNS = ["area_id"]
LEG_COLUMNS = ["leg_id", "from_node_id", "to_node_id", "mode_code"]
BUILDERS = (
    "basemap.py",
    "leg_geometry.py",
)
REQUIREMENTS = Path(__file__).parents[2] / "requirements-build.txt"

Manifest = dict[str, dict[str, str]]


def describe_build(data: Path, outputs: dict[str, Path]) -> Manifest:
    """The manifest for what stands on disk now.

    Args:
        data: the dataset folder.
        outputs: built files by the name under which the manifest knows them.
    """
    return {"inputs": input_hashes(data), "outputs": output_hashes(outputs)}


def input_hashes(data: Path) -> dict[str, str]:
    """SHA-256 by name of everything that the slow builds depend on."""
    here = Path(__file__).parent
    hashes = {f"build/{name}": _hash(_lines(here / name)) for name in BUILDERS}
    hashes["nodes"] = _hash(_columns(data / "nodes.csv", NODE_COLUMNS))
    hashes["legs"] = _hash(_columns(data / "legs.csv", LEG_COLUMNS))
    hashes["leg_ways"] = _hash(_lines(data / WAYS))
    hashes["areas"] = _hash(_columns(data / "areas.csv", AREA_COLUMNS))
    hashes["requirements"] = _hash(_pins(REQUIREMENTS))
    return dict(sorted(hashes.items()))


def output_hashes(outputs: dict[str, Path]) -> dict[str, str]:
    """SHA-256 by name of built files; a missing file has an empty one."""
    return {
        name: _hash(path.read_bytes()) if path.exists() else ""
        for name, path in sorted(outputs.items())
    }


def read_manifest(data: Path) -> Manifest:
    """The committed manifest; one without entries when there is no file."""
    path = data / FILE_NAME
    if not path.exists():
        return {"inputs": {}, "outputs": {}}
    manifest: Manifest = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def write_manifest(data: Path, manifest: Manifest) -> Path:
    """Write the manifest into the dataset folder."""
    path = data / FILE_NAME
    path.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8", newline="\n")
    return path


def _lines(path: Path) -> bytes:
    return path.read_bytes().replace(b"\r\n", b"\n")


def _columns(path: Path, columns: list[str]) -> bytes:
    table = pd.read_csv(path, dtype=str, keep_default_na=False)[columns]
    rows = sorted(table.itertuples(index=False, name=None))
    return json.dumps(rows).encode()


def _pins(path: Path) -> bytes:
    """The pins themselves: comments, blank lines and included files do not matter."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(sorted(line for line in lines if "==" in line)).encode()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


BASEMAP = f"topojson/{basemap.FILE_NAME}"
LEGS = "geo/legs.geojson"
AREAS = "geo/disputed_areas.geojson"
SETTINGS = "config.toml"


def built_files(data: Path, assets: Path) -> dict[str, Path]:
    """The files that the slow builds write, by the name under which the manifest knows them."""
    return {"basemap": assets / BASEMAP, "disputed_areas": data / AREAS, "legs": data / LEGS}


def build_all(data: Path, assets: Path, settings: Path) -> list[Path]:
    """Build basemap, hatching, leg geometry, manifest, data package and settings; give their paths.

    Args:
        data: the dataset folder; `areas.csv`, `nodes.csv`, `legs.csv`, `geo/leg_ways.csv`
            and the tables that the data package is about must be in it.
        assets: the folder of assets, for the basemap.
        settings: the folder of Streamlit's configuration.
    """
    files = built_files(data, assets)
    written = [*build_maps(data, files), build_legs(data, files["legs"])]
    written.append(write_manifest(data, describe_build(data, files)))
    written.append(datapackage.write_package(data))
    written.append(build_streamlit_config(settings / SETTINGS))
    return written


def build_maps(data: Path, files: dict[str, Path]) -> list[Path]:
    """Build the basemap and the hatching of disputed areas from the UN outlines."""
    topology = basemap.read_topology(basemap.fetch_outlines(basemap.cache_folder()))
    area_ids = list(leg_geometry.read_table(data / "areas.csv")["area_id"])
    countries = basemap.simplified_countries(topology, basemap.region())
    areas = basemap.disputed_areas(countries, area_ids)
    return [
        basemap.write_basemap(basemap.build_basemap(topology), files["basemap"]),
        basemap.write_geojson(areas, files["disputed_areas"]),
    ]


def build_legs(data: Path, path: Path) -> Path:
    """Build the lines of all legs in the folder `data`, and write them to `path`."""
    nodes = leg_geometry.read_table(data / "nodes.csv")
    legs = leg_geometry.read_table(data / "legs.csv")
    ways = leg_geometry.read_table(data / WAYS)
    return basemap.write_geojson(leg_geometry.leg_features(nodes, legs, ways), path)


def stale(data: Path, assets: Path, settings: Path) -> list[str]:
    """One sentence for each thing that is not what the inputs give; needs no network, is fast."""
    known = read_manifest(data)
    now = describe_build(data, built_files(data, assets))
    faults = [
        f"{name} has changed since the last build."
        for part in ("inputs", "outputs")
        for name in sorted(now[part].keys() | known[part].keys())
        if now[part].get(name) != known[part].get(name)
    ]
    if _text(data / datapackage.FILE_NAME) != datapackage.package_text(data):
        faults.append(f"{datapackage.FILE_NAME} is not what the models give.")
    if _text(settings / SETTINGS) != _settings_text():
        faults.append(f"{SETTINGS} is not what the palette gives.")
    return faults


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _settings_text() -> str:
    with TemporaryDirectory() as folder:
        return _text(build_streamlit_config(Path(folder) / SETTINGS))
