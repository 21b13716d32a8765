"""Commands: `python -m entente check` and `python -m entente build`."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from entente.schema.faults import Fault
from entente.store import HOME, data_folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 when all is well and 1 when the data is not."""
    options = _parser().parse_args(arguments)
    return int(options.run(options))


def check(options: argparse.Namespace) -> int:
    """Print every fault of the dataset, or how much of it there is."""
    from entente.review import review_folder  # the full check needs geopandas: only when asked for

    faults = review_folder(options.data)
    if options.json:
        print(json.dumps([fault.as_dict() for fault in faults], ensure_ascii=False, indent=2))
    else:
        _print_report(faults, options.data)
    return 1 if faults else 0


def build(options: argparse.Namespace) -> int:
    """Build what is built from data and outlines; say which files were written."""
    from entente.build.everything import build_all

    for path in build_all(options.data, HOME / "assets", HOME / ".streamlit"):
        print(path.relative_to(HOME) if path.is_relative_to(HOME) else path)
    return 0


def _print_report(faults: Sequence[Fault], folder: Path) -> None:
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults in {folder}" if faults else f"No faults in {folder}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m entente", description="Entente's commands.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, about in (
        ("check", check, "find every fault in the dataset"),
        ("build", build, "build outlines, leg geometry and the data package"),
    ):
        command = commands.add_parser(name, help=about, description=about)
        command.add_argument("--data", type=Path, default=data_folder(), help="the data folder")
        command.set_defaults(run=run)
        if name == "check":
            command.add_argument("--json", action="store_true", help="print the faults as JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
