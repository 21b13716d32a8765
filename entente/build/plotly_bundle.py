"""The part of plotly.js that draws our figures, bundled by esbuild out of its npm package.

What goes into it stands in `plotly/`: the script that bundles, and all packages with their hashes.
Beside the script its licences are written, as each of the packages in it has them.
"""

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

from entente.style.bundle import PATTERN, TRACES

SOURCES = Path(__file__).with_name("plotly")
LICENCES = "licences.txt"
LARGEST_BYTES = 1_100_000
DIGEST_IN_NAME = 10
_LICENCE = re.compile(r"^(licen[cs]e|copying)(\.\w+)?$", re.IGNORECASE)


def build_bundle(cache: Path, folder: Path) -> Path:
    """Bundle what `TRACES` names and write it, with its licences, to `folder`; gives the script.

    Args:
        cache: Where the packages are put; about 150 MB.
        folder: What it held before of bundles is removed.

    Raises:
        ValueError: The bundle has grown too large.
        subprocess.CalledProcessError: npm or node fails.
    """
    work = cache / "plotly"
    work.mkdir(parents=True, exist_ok=True)
    for source in list_sources():
        shutil.copy2(source, work)
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--silent")
    subprocess.run(["npm", "ci", *quiet], cwd=work, check=True)
    command = ["node", "build.mjs", "plotly.js", make_banner(work / "node_modules"), *TRACES]
    subprocess.run(command, cwd=work, check=True)
    packages: list[str] = json.loads((work / "plotly.js.json").read_text(encoding="utf-8"))
    licences = gather_licences(work / "node_modules", packages)
    return write_bundle((work / "plotly.js").read_bytes(), licences, folder)


def list_sources() -> list[Path]:
    """All that decides what is in the bundle, but for the names of the traces."""
    return sorted(path for path in SOURCES.iterdir() if path.is_file())


def make_banner(modules: Path) -> str:
    """The comment at the top of the script: what it is, whose, and where its licences stand."""
    about = _describe(modules / "plotly.js")
    return (
        f"/*! plotly.js {about['version']}, cut down to {', '.join(TRACES)}. "
        f"Copyright Plotly, Inc. and the authors of its parts; licences: {LICENCES} beside it. */"
    )


def gather_licences(modules: Path, packages: list[str]) -> str:
    """The licence of each package in full, by name; its kind where the package carries no text."""
    parts = []
    for name in packages:
        about = _describe(modules / name)
        texts = [path for path in sorted((modules / name).iterdir()) if _LICENCE.match(path.name)]
        text = texts[0].read_text(encoding="utf-8") if texts else f"Licence: {about['license']}"
        lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
        parts.append(f"{name} {about['version']} ({about['license']})\n\n{lines}\n")
    return f"\n{'-' * 72}\n\n".join(parts)


def write_bundle(script: bytes, licences: str, folder: Path) -> Path:
    """Write the script under a name with its digest, in place of others, and the licences.

    Raises:
        ValueError: The script has grown too large.
    """
    if len(script) > LARGEST_BYTES:
        raise ValueError(f"The bundle has {len(script)} bytes; {LARGEST_BYTES} are allowed.")
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(PATTERN):
        old.unlink()
    digest = hashlib.sha256(script).hexdigest()[:DIGEST_IN_NAME]
    path = folder / PATTERN.replace("*", digest)
    path.write_bytes(script)
    (folder / LICENCES).write_text(licences, encoding="utf-8", newline="\n")
    return path


def _describe(package: Path) -> dict[str, str]:
    described: dict[str, str] = json.loads((package / "package.json").read_text(encoding="utf-8"))
    return described
