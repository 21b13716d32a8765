"""`python -m entente keep`: keep a released version, so that later ones can be compared with it."""

import argparse
import sys
from pathlib import Path
from typing import Any

from entente.dossier.store import check_texts, data_folder, read_texts
from entente.dossier.versions import (
    CURRENT,
    is_kept_as_is,
    kept_file,
    pack_tables,
    read_version,
    read_version_number,
)

ABOUT = "keep the tables of the dataset, as they are, as the version that they say they are"
BROKEN, MISUSED = 1, 2


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("keep", help=ABOUT, description=ABOUT)
    command.add_argument("--data", type=Path, default=data_folder(), help="the data folder")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write `versions/<version>.zip`; a version that is kept with other content stays as it is."""
    faults = check_texts(read_texts(options.data))
    if faults:
        print(f"{len(faults)} faults: run `python -m entente check`", file=sys.stderr)
        return BROKEN
    version = read_version_number(read_version(options.data, CURRENT))
    path, content = kept_file(options.data, version), pack_tables(options.data)
    if path.exists() and not is_kept_as_is(options.data, version):
        said = f"version {version} is kept already and differs: give the dataset a new version"
        print(f"python -m entente keep: {said}", file=sys.stderr)
        return MISUSED
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    print(f"{path}: {len(content):,} bytes")
    return 0
