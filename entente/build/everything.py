"""Build all that is built, and tell whether what is committed is still what the inputs give."""

from pathlib import Path
from tempfile import TemporaryDirectory

from entente.build import basemap, datapackage, hatching, leg_geometry, manifest, outlines
from entente.build.streamlit_config import build_streamlit_config

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
        data: the dataset folder; `nodes.csv`, `legs.csv` and `dataset.csv` must be in it.
        assets: the folder of assets, for the basemap.
        settings: the folder of Streamlit's configuration.
    """
    files = built_files(data, assets)
    written = [*build_maps(files), build_legs(data, files["legs"])]
    written.append(manifest.write_manifest(data, manifest.describe_build(data, files)))
    written.append(datapackage.write_package(data))
    written.append(build_streamlit_config(settings / SETTINGS))
    return written


def build_maps(files: dict[str, Path]) -> list[Path]:
    """Build the basemap and the hatching of disputed areas from the UN outlines."""
    topology = outlines.read_topology(outlines.fetch_outlines(outlines.cache_folder()))
    areas = hatching.disputed_areas(basemap.simplified_countries(topology, basemap.region()))
    return [
        basemap.write_basemap(basemap.build_basemap(topology), files["basemap"]),
        hatching.write_geojson(areas, files["disputed_areas"]),
    ]


def build_legs(data: Path, path: Path) -> Path:
    """Build the lines of all legs in the folder `data`, and write them to `path`."""
    nodes = leg_geometry.read_table(data / "nodes.csv")
    legs = leg_geometry.read_table(data / "legs.csv")
    ways = leg_geometry.read_table(leg_geometry.WAYS)
    return hatching.write_geojson(leg_geometry.leg_features(nodes, legs, ways), path)


def stale(data: Path, assets: Path, settings: Path) -> list[str]:
    """One sentence for each thing that is not what the inputs give; needs no network, is fast."""
    known = manifest.read_manifest(data)
    now = manifest.describe_build(data, built_files(data, assets))
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
