"""What the built files were made from, so that a test can tell without the networks.

`data/geo/build.json` holds a SHA-256 for each input of the slow builds and for each file that they
wrote: the columns of nodes and legs that matter, the builder's own files, and the pinned libraries.
"""

import hashlib
import json
from pathlib import Path

import pandas as pd

FILE_NAME = "geo/build.json"
NODE_COLUMNS = ["node_id", "lat", "lon"]
LEG_COLUMNS = ["leg_id", "from_node_id", "to_node_id", "mode_code"]
BUILDERS = (
    "basemap.py",
    "hatching.py",
    "leg_geometry.py",
    "leg_ways.csv",
    "network.py",
    "outlines.py",
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
