"""`python -m entente check`: find every fault in the dataset."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from entente.check.faults import Fault
from entente.dossier.store import data_folder

ABOUT = "find every fault in the dataset"


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("check", help=ABOUT, description=ABOUT)
    command.add_argument("--data", type=Path, default=data_folder(), help="the data folder")
    command.add_argument("--json", action="store_true", help="print the faults as JSON")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print every fault of the dataset, or that there is none; 1 when there is any."""
    from entente.review import review_folder  # the full check needs geopandas: only when asked for

    faults = review_folder(options.data)
    if options.json:
        print(json.dumps([fault.as_dict() for fault in faults], ensure_ascii=False, indent=2))
    else:
        _print_report(faults, options.data)
    return 1 if faults else 0


def _print_report(faults: Sequence[Fault], folder: Path) -> None:
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults in {folder}" if faults else f"No faults in {folder}")
