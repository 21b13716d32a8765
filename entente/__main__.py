"""Commands: `entente COMMAND` or `python -m entente COMMAND`, made by modules of `entente.cli`."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from entente.progress import bars_on_terminal

MODULES = (
    *("export", "operations", "claim", "routes", "leverage"),
    *("benchmarks", "versions", "sources", "verify_document", "read", "new", "import_tables"),
)
MISUSED = 2


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}", file=sys.stderr)
        sys.exit(MISUSED)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    The exit status is 0 when all is well, 1 when the data is not, 2 when the command was misused.
    """
    options = make_parser().parse_args(arguments)
    with bars_on_terminal():
        return int(options.run(options))


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = _Parser(prog="python -m entente", description="Entente's commands.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name in MODULES:
        import_module(f"entente.cli.{name}").add(commands)
    return parser


def run() -> NoReturn:
    """Run the command that was given, and end the process with its status."""
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader of the output has seen enough
        sys.stderr.close()
        sys.exit(1)


if __name__ == "__main__":
    run()
