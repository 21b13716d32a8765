"""Contested words: how they are matched, how they are marked, and that none stands unmarked."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from entente.check.terms import (
    Term,
    compile_phrases,
    find_contested,
    is_for_readers,
    read_term,
    read_terms,
)
from entente.dossier.store import Dossier
from entente.review import review_folder
from tests.conftest import ROOT, Edit

Said = tuple[str, int, str]  # file, line, text


def term(**cells: str) -> Term:
    given = {
        "term_id": "aggression",
        "pattern": "aggression | aggressor*",
        "named_by": "author | comment",
        "neutral_label": "war",
        "stands_in": "",
        "stands_as": "",
    }
    return read_term({**given, **cells})


def found(text: str, place: str = "", **cells: str) -> list[str]:
    return [item.words for item in find_contested(text, [term(**cells)], place=place)]


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    [
        ("aggressor*", "An Aggressor’s aggressors", ["Aggressor", "aggressors"]),
        ("ally", "allying allies", []),
        ("PoK", "pok PoK epoK PoKs", ["PoK"]),
        ("south Tibet", "South Tibet, south-Tibet, south tibet", ["South Tibet", "south-Tibet"]),
        ("alliance", "alliance_map, alliances", []),
        ("Marka-e-Haq", "Marka e Haq", ["Marka e Haq"]),
        ("one | one nation", "one nation", ["one nation"]),
    ],
)
def test_how_a_pattern_matches(pattern: str, text: str, words: list[str]) -> None:
    assert [match[0] for match in compile_phrases(pattern).finditer(text)] == words


@pytest.mark.parametrize("pattern", ["", " | ", "a |", "*", "ab*", "fo*o", "a[b]", "(?i)x", "a\\b"])
def test_what_is_no_pattern(pattern: str) -> None:
    with pytest.raises(ValueError, match="not a pattern"):
        compile_phrases(pattern)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("An aggression.", ["aggression"]),
        ("An “aggression”.", ["aggression"]),
        ("The author’s “aggression”.", []),
        ("The author speaks of aggression.", ["aggression"]),
        ("The author’s “war” was an aggression.", ["aggression"]),
        ("An aggression (the author’s word).", []),
        ("An aggression (their word).", ["aggression"]),
    ],
)
def test_what_marks_a_word_as_the_authors(text: str, words: list[str]) -> None:
    assert found(text) == words


def test_columns_and_proper_names_in_which_a_word_may_stand() -> None:
    assert found("aggression", "claims.hedge_words", stands_in="claims.hedge_words") == []
    assert found("aggression", "claims.claim", stands_in="claims.hedge_words") == ["aggression"]
    exempt = {"stands_as": "Treaty on aggression"}
    assert found("The Treaty on aggression, and aggression", **exempt) == ["aggression"]


def test_a_contested_word_in_the_data_is_a_fault(edit: Edit) -> None:
    folder = edit("events.csv", lambda text: text.replace("the Upper Valley", "the free valley"))
    (fault,) = review_folder(folder)
    assert (fault.file, fault.line, fault.code) == ("events.csv", 6, "contested_term")
    assert (fault.key, fault.column) == ("valley-clash", "title")
    assert "Upper Valley" in fault.value
    assert "data/terms.csv" in fault.remedy


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("free valley |", "f* |", "bad_pattern"),
        ("claims.hedge_words", "claims.colour", "dangling_id"),
    ],
)
def test_a_term_that_cannot_be_used_is_a_fault(
    edit: Edit, before: str, after: str, code: str
) -> None:
    folder = edit("terms.csv", lambda text: text.replace(before, after, 1))
    assert code in {fault.code for fault in review_folder(folder)}


# Every string that the app can show -----------------------------------------------------------


def cells(dossier: Dossier) -> Iterator[tuple[Said, str]]:
    for table, frame in dossier.tables.items():
        for column in frame.select_dtypes(exclude=["number", "bool"]):
            if is_for_readers(table, column):
                for line, cell in enumerate(frame[column].fillna(""), start=2):
                    yield (f"data/{table}.csv", line, str(cell)), f"{table}.{column}"


def literals(path: Path) -> Iterator[Said]:
    """String literals, the parts of an f-string together; docstrings only where they are shown."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    is_shown = path.name == "tables.py"
    skipped = set() if is_shown else {id(node) for node in docstrings(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part for part in node.values if isinstance(part, ast.Constant)]
            skipped |= {id(part) for part in parts}
            yield (
                str(path.relative_to(ROOT)),
                node.lineno,
                "\N{BULLET}".join(str(part.value) for part in parts),
            )
        elif is_text(node) and id(node) not in skipped:
            yield str(path.relative_to(ROOT)), node.lineno, node.value


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


BLOCKS = re.compile(
    r"</?(?:p|li|td|th|h\d|tr|caption|summary|div|section|dt|dd|ul|ol|table|nav|tbody|thead)\b[^>]*>"
)


def pieces(path: Path, boundary: re.Pattern[str]) -> Iterator[Said]:
    """The pieces of a text between boundaries, each with the line on which it starts."""
    text = path.read_text(encoding="utf-8")
    ends = [*(match.start() for match in boundary.finditer(text)), len(text)]
    for start, end in zip([0, *ends], ends, strict=False):
        yield str(path.relative_to(ROOT)), text.count("\n", 0, start) + 1, text[start:end]


def notes_on_geometry(path: Path) -> Iterator[Said]:
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        for value in feature["properties"].values():
            yield str(path.relative_to(ROOT)), 1, str(value)


PARAGRAPHS = re.compile(r"\n\s*\n|\n(?=\s*[-*#|]|\s*\d+\. )")
PYTHON = [*(ROOT / "entente").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]
TEMPLATES = [p for p in (ROOT / "entente").rglob("templates/**/*") if p.suffix in {".html", ".txt"}]
PROSE = [
    *(ROOT / "assets").glob("*.md"),
    *(ROOT / "docs").glob("*.md"),
    *(ROOT / "deploy").glob("*.md"),
    ROOT / "README.md",
    ROOT / "data" / "CHANGELOG.md",
]
DRAWN = [*(ROOT / "assets").glob("*.svg")]
SCRIPTS = [*(ROOT / "entente").rglob("*.js"), *(ROOT / "assets").glob("*.webmanifest")]
LINES = re.compile(r"\n")


def texts() -> Iterator[Said]:
    for path in PYTHON:
        yield from literals(path)
    for path in (*TEMPLATES, *DRAWN):
        yield from pieces(path, BLOCKS)
    for path in SCRIPTS:
        yield from pieces(path, LINES)
    for path in PROSE:
        yield from pieces(path, PARAGRAPHS)
    for path in (ROOT / "data" / "geo").glob("*.geojson"):
        yield from notes_on_geometry(path)


def unmarked(said: Said, terms: tuple[Term, ...], place: str = "") -> Iterator[str]:
    file, line, text = said
    for item in find_contested(text, terms, place=place):
        at = line + text.count("\n", 0, item.start)
        yield f"{file}:{at}: “{item.words}” ({item.term.term_id}): {item.term.neutral_label}"


def test_no_string_that_the_app_can_show_holds_a_contested_word_unmarked(
    live_dossier: Dossier,
) -> None:
    """About today’s dataset and the program’s own words."""
    dossier = live_dossier
    terms = read_terms(dossier["terms"])
    in_data = [line for said, place in cells(dossier) for line in unmarked(said, terms, place)]
    in_texts = [line for said in texts() for line in unmarked(said, terms)]
    assert not in_data + in_texts, "\n".join(in_data + in_texts)


def test_the_walk_reaches_what_readers_see(dossier: Dossier) -> None:
    seen = [text for _, _, text in texts()]
    for phrase in ("Alliance map", "Contested words", "never fitted to", "First edition"):
        assert any(phrase in text for text in seen), phrase
    claims = [text for (_, _, text), place in cells(dossier) if place == "claims.claim"]
    assert claims == list(dossier["claims"]["claim"])
    module = ROOT / "entente" / "datapage" / "content.py"
    assert any("two or more independent origins" in text for _, _, text in literals(module))


def test_a_finding_names_file_line_term_and_label() -> None:
    (line,) = unmarked(("a.md", 3, "One.\nAn aggression."), (term(),))
    assert line == "a.md:4: “aggression” (aggression): war"


def test_words_of_the_program_are_not_looked_at() -> None:
    """Cells that hold one of a column's own words are never shown as they are."""
    assert not is_for_readers("document/pinned_events", "kind")
    assert is_for_readers("document/texts", "text")
