"""Every command, option, target, variable, path and link that the documentation names exists."""

import argparse
import re
import shlex
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from entente.__main__ import make_parser
from entente.check.contract import TABLES
from entente.settings import HOME, READERS, Settings
from tests.conftest import ROOT
from tests.docs.pages import (
    DOCS,
    NAMES,
    list_anchors,
    list_blocks,
    list_code,
    list_links,
    list_pictures,
    list_spans,
    read,
)

PROGRAM = re.compile(r"(?:\S*python3? -m )?entente((?: .+)?)\Z")
MODULE = re.compile(r"(?:\S*python3? -m )((?:tools|benchmarks)[\w.]*)((?: .+)?)\Z")
PLACEHOLDER = re.compile(r"[A-Z]+\Z")
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", read("Makefile"), re.M))
SUFFIXES = (
    *(".py", ".toml", ".csv", ".md", ".json", ".txt", ".yaml", ".jinja", ".css", ".js", ".sh"),
    *(".webp", ".png", ".lock", ".template", ".jsonl"),
)
# Where a variable may be read, other than by the settings.
READS = [
    ROOT / "Makefile",
    *(path for path in (ROOT / "deploy").rglob("*") if path.is_file() and path.suffix != ".md"),
]
EACH_PAGE = pytest.mark.parametrize("name", NAMES)


def list_flags(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Options of a parser and of those below it."""
    for action in parser._actions:
        yield from action.option_strings
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from list_flags(below)


FLAGS = set(list_flags(make_parser()))


def source_of(module: str) -> str:
    """The source of a module, or of all modules of a package."""
    spec = find_spec(module)
    assert spec is not None, f"there is no {module}"
    places = [Path(place) for place in spec.submodule_search_locations or ()]
    files = [path for place in places for path in place.rglob("*.py")] or [Path(str(spec.origin))]
    return "".join(path.read_text(encoding="utf-8") for path in files)


def find_fault(words: list[str]) -> str:
    """What is wrong with the words behind the program's name; empty when nothing is."""
    parser = make_parser()
    while words:
        below = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
        if not below or PLACEHOLDER.match(words[0]) or words[0].startswith("-"):
            break
        if words[0] not in below[0].choices:
            return f"no command {words[0]!r}"
        parser, words = below[0].choices[words[0]], words[1:]
    known = set(list_flags(parser))
    given = [word.split("=")[0] for word in words if word.startswith("-") and word != "-"]
    return "; ".join(f"no option {flag!r}" for flag in given if flag not in known)


@EACH_PAGE
def test_commands_and_their_options_exist(name: str) -> None:
    faults = {
        code: fault
        for code in list_code(read(name))
        if (found := PROGRAM.match(code)) and (fault := find_fault(shlex.split(found[1])))
    }
    assert faults == {}


@EACH_PAGE
def test_tools_and_their_options_exist(name: str) -> None:
    missing = [
        (module, flag)
        for code in list_code(read(name))
        if (found := MODULE.match(code))
        for module in [found[1]]
        for flag in ["", *re.findall(r"--[\w-]+", found[2])]
        if f'"{flag}"' not in source_of(module) and flag
    ]
    assert missing == []


@EACH_PAGE
def test_options_named_by_themselves_exist(name: str) -> None:
    ours = source_of("benchmarks") + source_of("tools")
    flags = {span.split()[0] for span in list_spans(read(name)) if span.startswith("--")}
    assert {flag for flag in flags if flag not in FLAGS and f'"{flag}"' not in ours} == set()


@EACH_PAGE
def test_targets_exist(name: str) -> None:
    named = {
        word
        for code in list_code(read(name))
        if code.split(" ")[0] == "make"
        for word in code.split()[1:]
        if "=" not in word and not word.startswith("-")
    }
    assert named <= TARGETS


@EACH_PAGE
def test_variables_exist(name: str) -> None:
    read_elsewhere = "".join(path.read_text(encoding="utf-8") for path in READS)
    named = set(re.findall(r"\bENTENTE_[A-Z_]+\b", read(name)))
    named |= {span for span in list_spans(read(name)) if span == "PORT"}
    known = set(READERS) | set(re.findall(r"\b(?:ENTENTE_[A-Z_]+|PORT)\b", read_elsewhere))
    assert named <= known


def test_the_table_of_settings_has_each_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(ENTENTE_\w+)` \|.*\| ([^|]+) \|$", read("docs/serve.md"), re.M))
    assert set(rows) == set(READERS)
    for variable, (field, _) in READERS.items():
        default = getattr(Settings(), field)
        if isinstance(default, Path):
            assert Path(rows[variable].strip("`")) == default.relative_to(HOME), variable
        elif not default:
            assert not rows[variable].startswith("`"), variable
        else:
            assert rows[variable].strip("`") == str(default).strip("'"), variable


def is_ignored(path: str) -> bool:
    """Whether it is among what is made here and belongs to nobody's copy: it need not be there."""
    made = [line.rstrip("/") for line in read(".gitignore").splitlines()]
    return path.partition("/")[0] in made


def is_column(name: str) -> bool:
    table, _, column = name.partition(".")
    return table in TABLES and column in TABLES[table].columns


def looks_like_path(span: str) -> bool:
    is_made_of = re.fullmatch(r"[\w.*][\w.*-]*(?:/[\w.*-]+)*/?", span)
    has_letters = re.search("[A-Za-z]", span)  # others are dates
    return bool(is_made_of and has_letters) and ("/" in span or span.endswith(SUFFIXES))


def is_there(path: str, *, beside: Path) -> bool:
    return any(list(place.glob(path.rstrip("/"))) for place in (ROOT, beside))


@EACH_PAGE
def test_paths_exist(name: str) -> None:
    paths = [span for span in list_spans(read(name)) if looks_like_path(span)]
    missing = {
        path
        for path in paths
        if not (is_ignored(path) or is_column(path) or is_there(path, beside=(ROOT / name).parent))
    }
    assert missing == set()


@EACH_PAGE
def test_links_lead_somewhere(name: str) -> None:
    dead = []
    for target in list_links(read(name)):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        path = ((ROOT / name).parent / file).resolve() if file else ROOT / name
        if not path.exists() or (anchor and anchor not in list_anchors(path)):
            dead.append(target)
    assert dead == []


@EACH_PAGE
def test_pictures_have_words(name: str) -> None:
    assert all(words.strip() for words, _ in list_pictures(read(name)))


def test_every_page_is_in_the_index() -> None:
    linked = {target.partition("#")[0] for target in list_links(read("docs/README.md"))}
    assert {path.name for path in DOCS.glob("*.md")} - {"README.md"} <= linked


def test_the_readme_is_short() -> None:
    assert len(read("README.md").splitlines()) <= 70


def test_the_tree_has_every_part_of_the_package_and_no_other() -> None:
    (tree,) = (
        block.text for block in list_blocks(read("docs/code.md")) if block.language == "text"
    )
    top = set(re.findall(r"^([\w.]+)", tree, re.M))
    below = set(re.findall(r"^  ([a-z][\w.]*)", tree, re.M))
    assert {part for part in top if not (ROOT / part).exists()} == set()
    package = {
        path.name
        for path in (ROOT / "entente").iterdir()
        if not path.name.startswith("_") and (path.suffix == ".py" or any(path.glob("*.py")))
    }
    assert below == package


def test_every_pinned_package_is_explained() -> None:
    pins = {
        pin
        for path in ROOT.glob("requirements*.txt")
        for pin in re.findall(r"^([\w-]+)==", path.read_text(encoding="utf-8"), re.M)
    }
    words = set(
        re.findall(r"[\w-]+", read("docs/code.md").partition("What each package is for")[2])
    )
    assert pins - words == set()
