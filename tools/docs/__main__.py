"""`python -m tools.docs`: write the pages of `docs/` that are made."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from entente.settings import HOME
from tools.docs import tables
from tools.docs.commands import Command, Word, list_commands, list_targets

FOLDER = HOME / "docs"
TEMPLATES = Path(__file__).parent
T = TypeVar("T")
NOTE = "<!-- Made by `make docs`; what is written by hand stands in {} -->\n\n"


def make_pages() -> dict[str, str]:
    """Name of each page that is made, and its text."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 (it is Markdown)
    )
    pages = {"commands.md": _words_of_commands(), "data.md": _words_of_data()}
    made = {}
    for name, words in pages.items():
        template = f"{name}.jinja"
        note = NOTE.format((TEMPLATES / template).relative_to(HOME))
        made[name] = note + environment.get_template(template).render(words)
    return made


def _words_of_data() -> dict[str, object]:
    return {
        "kinds": list(tables.list_kinds()),
        "groups": tables.list_groups(),
        "faults": tables.list_faults(),
        "describe": tables.describe,
        "is_always_needed": tables.is_always_needed,
        "say_kind": tables.say_kind,
        "uses": tables.list_uses,
        "link": tables.link,
        "cell": _cell,
    }


def _words_of_commands() -> dict[str, object]:
    commands = {command.name: command for command in list_commands()}
    targets = {target.written: target for target in list_targets()}
    return {
        "command": _taking(commands, _show_command),
        "other_commands": lambda: "\n".join(map(_show_command, commands.values())),
        "target": _taking(targets, _show_target),
        "other_targets": lambda: "\n".join(map(_show_target, targets.values())),
    }


def _taking(there: dict[str, T], show: Callable[[T], str]) -> Callable[[str], str]:
    """What shows one of them by name and takes it out, so that in the end the others are left."""
    return lambda name: show(there.pop(name))


def _show_command(command: Command) -> str:
    about = command.about[:1].upper() + command.about[1:]
    lines = [f"### {command.name}", "", f"{about}.", "", f"    {command.usage}", ""]
    return "\n".join([*lines, *_show_words([*command.arguments, *command.options])])


def _show_words(words: Iterable[Word]) -> list[str]:
    rows = [f"| `{_cell(word.written)}` | {_cell(word.about)} |" for word in words]
    return ["| word | means |", "|---|---|", *rows, ""] if rows else []


def _show_target(target: Word) -> str:
    return f"| `make {target.written}` | {_cell(target.about)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def main() -> None:
    """Write all of them, and say which."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in make_pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print((FOLDER / name).relative_to(HOME))


if __name__ == "__main__":
    main()
