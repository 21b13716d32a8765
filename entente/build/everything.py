"""Build all that is built, and tell whether what is committed is still what the inputs give.

A manifest holds what the slow builds were made from, so that a test can tell without their
networks.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from entente.build import basemap, datapackage, leg_geometry, plotly_bundle
from entente.dossier.store import read_dossier
from entente.progress import follow
from entente.routes.valuation.benchmarks import digest_valuation, value_benchmarks
from entente.routes.valuation.estimation import estimate_calibration
from entente.settings import HOME
from entente.style import bundle
from entente.style.palette import DARK, LIGHT

MANIFEST = "geo/build.json"
BASEMAP = f"topojson/{basemap.FILE_NAME}"
LEGS = "geo/legs.geojson"
AREAS = "geo/disputed_areas.geojson"
REGION = "geo/basemap_region.csv"  # the part of the earth that the basemap covers, in degrees
WAYS = "geo/leg_ways.csv"  # courses that somebody has set, where no network goes
SETTINGS = "config.toml"
# Tables that the slow builds read, and of which columns.
READ = {
    "nodes": ["node_id", "lat", "lon"],
    "legs": ["leg_id", "from_node_id", "to_node_id", "mode_code"],
    "areas": ["area_id"],
}
REQUIREMENTS = HOME / "requirements-build.txt"
CALIBRATION = "calibration.csv"
VALUED = "valued_benchmarks.csv"
DIGITS = 8  # after the point: fewer than those in which machines differ

Manifest = dict[str, dict[str, str]]


def build_all(data: Path, assets: Path, settings: Path) -> list[Path]:
    """Build basemap, hatching, leg geometry, errors, valued figures, script, package and settings.

    Gives their paths.

    Args:
        data: the dataset folder; `areas.csv`, `nodes.csv`, `legs.csv`, the tables of courses and of
            the region in `geo/`, and the tables that the data package is about must be in it.
        assets: the folder of assets, for the basemap and the script that draws figures.
        settings: the folder of Streamlit's configuration.
    """
    files = list_built_files(data, assets)
    topology = basemap.read_topology(basemap.fetch_outlines(basemap.cache_folder()))
    region = basemap.make_region(*pd.read_csv(data / REGION).iloc[0])
    countries = basemap.simplify_countries(topology, region)
    areas = basemap.draw_areas(countries, list(leg_geometry.read_table(data / "areas.csv").area_id))
    tables = [leg_geometry.read_table(data / name) for name in ("nodes.csv", "legs.csv", WAYS)]
    cache = basemap.cache_folder()
    steps: list[Callable[[], Path]] = [
        lambda: plotly_bundle.build_bundle(cache, assets / bundle.FOLDER.name),
        lambda: _write(
            files["basemap"], basemap.format_basemap(basemap.build_basemap(topology, region))
        ),
        lambda: _write(files["disputed_areas"], basemap.format_geojson(areas)),
        lambda: _write(files["legs"], basemap.format_geojson(leg_geometry.draw_legs(*tables))),
        lambda: write_calibration(data, as_of=dt.date.today()),
        lambda: write_valued_benchmarks(data),
        lambda: _write(data / MANIFEST, write_manifest(data, assets)),
        lambda: _write(data / datapackage.FILE_NAME, datapackage.package_text(data)),
        lambda: _write(settings / SETTINGS, make_settings()),
    ]
    return [step() for step in follow(steps, "Built files", len(steps))]


def write_manifest(data: Path, assets: Path) -> str:
    """The text of the manifest for what stands on disk now."""
    return json.dumps(describe_build(data, list_built_files(data, assets)), indent=2) + "\n"


def list_stale(data: Path, assets: Path, settings: Path) -> list[str]:
    """One sentence for each thing that is not what the inputs give; needs no network, is fast."""
    known = json.loads(_read(data / MANIFEST) or "{}")
    now = describe_build(data, list_built_files(data, assets))
    faults = [
        f"{name} has changed since the last build."
        for part, hashes in now.items()
        for name in sorted(hashes.keys() | known.get(part, {}).keys())
        if hashes.get(name) != known.get(part, {}).get(name)
    ]
    if _read(data / datapackage.FILE_NAME) != datapackage.package_text(data):
        faults.append(f"{datapackage.FILE_NAME} is not what the models give.")
    if _read(settings / SETTINGS) != make_settings():
        faults.append(f"{SETTINGS} is not what the palette gives.")
    return faults


def list_built_files(data: Path, assets: Path) -> dict[str, Path]:
    """The files that the slow builds write, by the name under which the manifest knows them."""
    plotly = assets / bundle.FOLDER.name
    scripts = sorted(plotly.glob(bundle.PATTERN))
    return {
        "basemap": assets / BASEMAP,
        "disputed_areas": data / AREAS,
        "legs": data / LEGS,
        "plotly": scripts[0] if scripts else plotly / bundle.PATTERN,
        "plotly_licences": plotly / plotly_bundle.LICENCES,
    }


def describe_build(data: Path, outputs: dict[str, Path]) -> Manifest:
    """The manifest for what stands on disk now: SHA-256 by name of inputs and outputs.

    Args:
        data: the dataset folder.
        outputs: built files by the name under which the manifest knows them; the hash of one that
            is missing is empty.
    """
    hashes = {
        name: _hash(path.read_bytes()) if path.exists() else "" for name, path in outputs.items()
    }
    return {"inputs": hash_inputs(data), "outputs": dict(sorted(hashes.items()))}


def hash_inputs(data: Path) -> dict[str, str]:
    """SHA-256 by name of everything that the slow builds depend on."""
    files = {
        "build/basemap.py": Path(basemap.__file__),
        "build/leg_geometry.py": Path(leg_geometry.__file__),
        "build/plotly_bundle.py": Path(plotly_bundle.__file__),
        **{f"build/plotly/{path.name}": path for path in plotly_bundle.list_sources()},
        "leg_ways": data / WAYS,
        "region": data / REGION,
    }
    hashes = {
        name: _hash(path.read_bytes().replace(b"\r\n", b"\n")) for name, path in files.items()
    }
    for name, columns in READ.items():
        table = leg_geometry.read_table(data / f"{name}.csv")[columns]
        rows = sorted(table.itertuples(index=False, name=None))
        hashes[name] = _hash(json.dumps(rows).encode())
    # The pins themselves: comments, blank lines and included files do not matter.
    pins = sorted(line for line in _read(REQUIREMENTS).splitlines() if "==" in line)
    hashes["traces"] = _hash("\n".join(bundle.TRACES).encode())
    hashes["requirements"] = _hash("\n".join(pins).encode())
    return dict(sorted(hashes.items()))


def make_settings() -> str:
    """Streamlit’s configuration: what offline use and safety need, and the palette as theme."""
    text = _read(Path(__file__).with_name(SETTINGS))
    for palette in (LIGHT, DARK):
        values = {
            "primaryColor": palette.ink,
            "backgroundColor": palette.paper,
            "secondaryBackgroundColor": palette.raised,
            "textColor": palette.ink,
            "linkColor": palette.ink,
            "borderColor": palette.rule,
        }
        lines = "".join(f'{name} = "{value}"\n' for name, value in values.items())
        text += f"\n[theme.{palette.name}]\n{lines}"
    return text


def write_calibration(data: Path, *, as_of: dt.date) -> Path:
    """Estimate the errors from the dataset in the folder `data`, and write them; give the path.

    Args:
        data: The dataset folder. Its table of errors may be empty, but must be there.
        as_of: The day of the estimate; one that was made from the same tables keeps its own.

    Raises:
        BrokenDataset: The dataset has faults.
    """
    table = estimate_calibration(read_dossier(data).tables, as_of=as_of)
    table["is_calibrated"] = table["is_calibrated"].map({True: "true", False: "false"})
    return _write_table(table, data / CALIBRATION)


def write_valued_benchmarks(data: Path) -> Path:
    """Find what the model says of published figures, and write it; give the path.

    Args:
        data: The dataset folder. The table may be empty or old, but must be there; that of errors
            must be new.

    Raises:
        BrokenDataset: The dataset has faults.
    """
    tables = read_dossier(data).tables
    valued = value_benchmarks(tables)
    figures = valued.select_dtypes("float").columns
    valued[figures] = valued[figures].map(_print_plainly)
    return _write_table(valued.assign(inputs_digest=digest_valuation(tables)), data / VALUED)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _write_table(table: pd.DataFrame, path: Path) -> Path:
    return _write(path, table.to_csv(index=False, lineterminator="\n"))


def _print_plainly(figure: float) -> str:
    return f"{figure:.{DIGITS}f}".rstrip("0").rstrip(".")
