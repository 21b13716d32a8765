"""What `python -m entente` and `make` can do, read from the parsers and from the Makefile."""

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from entente.__main__ import make_parser
from entente.settings import HOME

PROGRAM = "python -m entente"
_TARGET = re.compile(r"^([a-z][a-z-]*):[^=\n]*?##\s*(.+)$", re.M)


@dataclass(frozen=True, kw_only=True)
class Word:
    """An argument or an option of a command.

    Attributes:
        written: How it is written, such as `--as-of DATE`.
        about: What it is for.
    """

    written: str
    about: str


@dataclass(frozen=True, kw_only=True)
class Command:
    """One command.

    Attributes:
        name: What follows the program's name, such as `export html`.
        about: What it does.
        arguments: What it must be given, in order.
        options: What it may be given.
    """

    name: str
    about: str
    arguments: tuple[Word, ...]
    options: tuple[Word, ...]

    @property
    def usage(self) -> str:
        """How it is called."""
        parts = [PROGRAM, self.name, *(word.written for word in self.arguments)]
        return " ".join([*parts, "[options]"] if self.options else parts)


def list_commands(parser: argparse.ArgumentParser | None = None) -> tuple[Command, ...]:
    """All commands, in the order of their names; each form of a command is one."""
    found = _walk(parser or make_parser(), ())
    return tuple(sorted(found, key=lambda command: command.name))


def _walk(parser: argparse.ArgumentParser, path: tuple[str, ...]) -> Iterator[Command]:
    choices = [action for action in parser._actions if _is_choice_of_commands(action)]
    for action in choices:
        assert isinstance(action.choices, dict)
        for name, below in action.choices.items():
            yield from _walk(below, (*path, name))
    if path and not choices:
        given = [action for action in parser._actions if action.dest != "help"]
        yield Command(
            name=" ".join(path),
            about=" ".join((parser.description or "").split()).rstrip("."),
            arguments=tuple(_describe(action) for action in given if not action.option_strings),
            options=tuple(_describe(action) for action in given if action.option_strings),
        )


def _is_choice_of_commands(action: argparse.Action) -> bool:
    return isinstance(action, argparse._SubParsersAction)


def _describe(action: argparse.Action) -> Word:
    flags = ", ".join(action.option_strings)
    value = "" if action.nargs == 0 else _name_value(action)
    about = argparse.HelpFormatter(PROGRAM)._expand_help(action) if action.help else ""
    if action.option_strings and action.choices:
        about = f"{about}: {', '.join(f'`{choice}`' for choice in action.choices)}"
    return Word(written=f"{flags} {value}".strip(), about=about + _say_default(action))


def _name_value(action: argparse.Action) -> str:
    # Where argparse would list the choices, the words about the option do.
    name = action.metavar or action.dest.upper()
    assert isinstance(name, str)
    return f"{name} …" if action.nargs in ("+", "*") else name


def _say_default(action: argparse.Action) -> str:
    """The default in brackets. That of a folder depends on where one is: words about it say it."""
    default = action.default
    if isinstance(default, list) and len(default) == 1:
        default = default[0]
    is_said = isinstance(default, Path) or "default" in (action.help or "")
    if is_said or default in (None, False, "", argparse.SUPPRESS) or default == []:
        return ""
    return f" (default: `{default}`)"


def list_targets(makefile: Path = HOME / "Makefile") -> tuple[Word, ...]:
    """The targets of `make` that say what they do, in the order of the file."""
    found = _TARGET.findall(makefile.read_text(encoding="utf-8"))
    return tuple(Word(written=name, about=about) for name, about in found)
