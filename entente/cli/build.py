"""`python -m entente build`: build what is built from data and outlines."""

import argparse
from pathlib import Path
from typing import Any

from entente.dossier.store import data_folder
from entente.settings import HOME

ABOUT = "build outlines, leg geometry and the data package"


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("build", help=ABOUT, description=ABOUT)
    command.add_argument("--data", type=Path, default=data_folder(), help="the data folder")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Build, and say which files were written."""
    from entente.build.everything import build_all  # needs packages that the app does without

    for path in build_all(options.data, HOME / "assets", HOME / ".streamlit"):
        print(path.relative_to(HOME) if path.is_relative_to(HOME) else path)
    return 0
