"""Print every word that a reader can be shown, with the file and line where it stands.

    python -m tools.words [PART…]

Parts are the features (`routes`), the pages of the app (`app/pages/claims`), the exports, the
command line, scripts, the texts of the document and the method page; without one, all are printed.
Words from Python are string literals that read as words, docstrings apart: a name in braces stands
for a value. Rows of the record (claims, events, sources) are data and are not listed.
"""

import argparse
import ast
import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import jinja2
from jinja2 import nodes

ROOT = Path(__file__).resolve().parent.parent
TABLES = ("document/*", "codes/*", "scenes", "findings", "moments", "network_variants", "scenarios")
PROSE_COLUMNS = re.compile(
    "alt|(card|map)_.*|desc.*|detail|.*label|head.*|name|narr.*|notes?|pic.*|text|title"
)
ATTRIBUTES = {"alt", "aria-label", "aria-description", "content", "placeholder", "title"}
PHRASE = re.compile(r"[^\W\d_]{2,}[,;:.’]*\s+[(“*]?[^\W\d_]+|^\s?[A-ZÀ-Þ][^\W\d_]{2,}[.…:]?\s?$")
NOT_PROSE = re.compile(
    r"[;{]\s*[\w-]+:|clamp\(|use strict|^(top|middle|bottom) (left|center|right)$|serif$|px\)"
    r"|<[apc]:|^(Multi)?(LineString|Polygon)$|^Feature|^[A-Z]\w*[a-z][A-Z]\w*$|-scale=|^[A-Z]{3,}$"
)
SCRIPT_STRING = re.compile(r"""(?<![\w\\])(["'`])((?:\\.|(?!\1)[^\\])*)\1""", re.DOTALL)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
JINJA = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)


class Words(NamedTuple):
    """A string that can be shown: its file relative to the project, its line and its text."""

    file: str
    line: int
    text: str

    @property
    def part(self) -> str:
        """The feature or page that shows the words."""
        names = [n for n in Path(self.file).with_suffix("").parts if n != "entente"]
        depth = {"app": 3 if names[1:2] == ["pages"] else 2, "export": 2}.get(names[0], 1)
        return "/".join(names[:depth])


def is_prose(text: str) -> bool:
    """Tell words for a reader from codes, patterns, selectors and markup."""
    return bool(PHRASE.search(TAG.sub(" ", text))) and not NOT_PROSE.search(text)


def _write(value: ast.expr) -> str:
    """Write a part of an f-string: its text, or its expression in braces."""
    if isinstance(value, ast.FormattedValue):
        return f"{{{ast.unparse(value.value)}}}"
    return str(value.value) if isinstance(value, ast.Constant) else ""


def read_python(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of each string literal, docstrings and parts of f-strings apart."""
    tree = ast.parse(source)
    skipped = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(node.value)
        if isinstance(node, ast.JoinedStr):
            skipped.update(v for v in node.values if isinstance(v, ast.Constant))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(_write(value) for value in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in skipped:
            yield node.lineno, node.value


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(self.getpos()[0], v) for name, v in attrs if v and name in ATTRIBUTES]

    def handle_data(self, data: str) -> None:
        self.found.append((self.getpos()[0] + data[: -len(data.lstrip())].count("\n"), data))


def read_template(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of what a template shows or reads out, and of its strings."""
    parser = _Text()
    parser.feed(JINJA.sub(lambda m: "…" + "\n" * m[0].count("\n"), source))
    yield from parser.found
    for node in jinja2.Environment(autoescape=True).parse(source).find_all(nodes.Const):
        if isinstance(node.value, str):
            yield node.lineno, node.value


def read_script(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of each string of a script or a TOML file, comments apart."""
    bare = re.sub(r"(?m)/\*.*?\*/|(?<![:\"'`])//.*$", lambda m: "\n" * m[0].count("\n"), source)
    for match in SCRIPT_STRING.finditer(bare):
        yield bare.count("\n", 0, match.start()) + 1, match[2]


def read_table(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of each cell of a table's columns of prose."""
    rows = csv.reader(source.splitlines(keepends=True))
    header = next(rows)
    line = rows.line_num + 1
    for row in rows:
        yield from (
            (line, c) for n, c in zip(header, row, strict=True) if PROSE_COLUMNS.fullmatch(n)
        )
        line = rows.line_num + 1


def collect() -> list[Words]:
    """Gather all words of the project, sorted by file and line."""
    readers = [
        (read_python, [*ROOT.glob("entente/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "app.py"]),
        (read_template, ROOT.glob("entente/**/*.html")),
        (read_script, [*ROOT.glob("assets/*.js"), *ROOT.glob("entente/**/*.js")]),
        (read_table, [p for t in TABLES for p in ROOT.glob(f"data/{t}.csv")]),
        (read_script, (ROOT / "entente/check").glob("*.toml")),
        (lambda source: enumerate(source.splitlines(), 1), [ROOT / "assets/method.md"]),
    ]
    found = {
        Words(str(path.relative_to(ROOT)), line, " ".join(text.split()))
        for reader, paths in readers
        for path in paths
        for line, text in reader(path.read_text(encoding="utf-8"))
        if is_prose(text)
    }
    return sorted(found)


def main() -> None:
    """Print the words of the parts that are asked for, then how many there are in each."""
    parser = argparse.ArgumentParser(description="Print every word that a reader can be shown.")
    parser.add_argument("part", nargs="*", help="only these parts: routes, app/pages/claims …")
    only = parser.parse_args().part
    parts = defaultdict(list)
    for words in collect():
        parts[words.part].append(words)
    unknown = set(only) - set(parts)
    if unknown:
        sys.exit(
            f"No part is called {', '.join(sorted(unknown))}. Parts: {', '.join(sorted(parts))}"
        )
    shown = {part: parts[part] for part in sorted(only or parts)}
    for part, strings in shown.items():
        print(f"\n{part}\n{'=' * len(part)}")
        for words in strings:
            print(f"{words.file}:{words.line}\t{words.text}")
    print("\nPart                     strings   words")
    for part, strings in shown.items():
        print(f"{part:24} {len(strings):7} {sum(len(w.text.split()) for w in strings):7}")


if __name__ == "__main__":
    main()
