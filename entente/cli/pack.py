"""`python -m entente pack`: compress once what is served as it is."""

import argparse
from pathlib import Path
from typing import Any

from entente.settings import settings

ABOUT = "compress Streamlit's scripts and our assets once, for this app or any static server"


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("pack", help=ABOUT, description=ABOUT)
    command.add_argument("--to", type=Path, default=settings().static, help="the folder to write")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Pack, and say how much was written."""
    from entente.server.packed import pack

    written = sum(1 for _ in pack(options.to))
    print(f"{written} files packed in {options.to}")
    return 0
