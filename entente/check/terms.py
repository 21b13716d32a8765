"""The check of words: no contested term stands in the data without a mark that says whose it is."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pandas as pd

from entente.check.contract import TABLES
from entente.check.faults import Fault, Tables, fault_at

TERMS = "terms"
PATTERNS = ("pattern", "named_by", "stands_as")
# Columns of the table of terms that are about the terms, and so hold them.
ABOUT_TERMS = frozenset(f"{TERMS}.{name}" for name in ("term_id", *PATTERNS, "stands_in", "note"))
FIRST_LINE = 2

_BLANK = r"[\s\-‐-–]+"
_QUOTED = re.compile(r"“[^“”]*”")
_MARK = r"\((?:the )?(?:{})’s (?:own )?(?:word|term|name)s?\)"


@dataclass(frozen=True, kw_only=True)
class Term:
    """A contested term, ready to be looked for.

    Attributes:
        term_id: Its id.
        words: What it looks like.
        stems: Letters of which a text that holds it has some, in lower case: a quick first look.
        stands_in: Columns, as `table.column`, in which it may stand.
        exempt: Phrases as parts of which it may stand; None when there are none.
        marked: What says whose word a quoted one is.
        bracketed: What says so in brackets.
        neutral_label: What to write instead.
    """

    term_id: str
    words: re.Pattern[str]
    stems: tuple[str, ...]
    stands_in: frozenset[str]
    exempt: re.Pattern[str] | None
    marked: re.Pattern[str]
    bracketed: re.Pattern[str]
    neutral_label: str

    def may_be_in(self, lowered: str) -> bool:
        """False when a text, given in lower case, cannot hold the term."""
        return any(stem in lowered for stem in self.stems)


@dataclass(frozen=True, kw_only=True)
class Contested:
    """A contested word that stands without a mark: which, and at what place in the text."""

    term: Term
    words: str
    start: int


def read_term(row: Mapping[str, str]) -> Term:
    """A row of the table of terms, ready to be looked for.

    Args:
        row: `term_id`, `pattern`, `named_by`, `neutral_label`, `stands_in`, `stands_as`; the last
            two may be empty.

    Raises:
        ValueError: A pattern is not written as patterns are.
    """
    naming = compile_phrases(row["named_by"])
    return Term(
        term_id=row["term_id"],
        words=compile_phrases(row["pattern"]),
        stems=tuple(_stem(part) for part in row["pattern"].split("|")),
        stands_in=frozenset(row["stands_in"].split()),
        exempt=compile_phrases(row["stands_as"]) if row["stands_as"] else None,
        marked=naming,
        bracketed=re.compile(_MARK.format(naming.pattern)),
        neutral_label=row["neutral_label"],
    )


@cache
def compile_phrases(pattern: str) -> re.Pattern[str]:
    """What a pattern looks like in a text.

    Raises:
        ValueError: A phrase is empty, or holds something other than words, or an asterisk that
            does not end a word of at least three letters.
    """
    parts = [part.strip() for part in pattern.split("|")]
    if not all(_is_phrase(part) for part in parts):
        raise ValueError(f"{pattern!r} is not a pattern")
    longest_first = sorted(parts, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_expression, longest_first))})(?!\w)")


def find_contested(text: str, terms: Iterable[Term], *, place: str = "") -> Iterator[Contested]:
    """Contested words that stand in `text` without a mark.

    Args:
        text: What a reader would see as one thing: a cell, a paragraph, a heading.
        terms: What to look for.
        place: `table.column` for a cell; empty for any other text.
    """
    lowered = text.lower()
    quoted = [match.span() for match in _QUOTED.finditer(text)] if "“" in text else []
    for term in terms:
        if place in term.stands_in or not term.may_be_in(lowered):
            continue
        if term.bracketed.search(text):
            continue
        free = [match.span() for match in term.exempt.finditer(text)] if term.exempt else []
        free += quoted if term.marked.search(text) else []
        for match in term.words.finditer(text):
            if not any(start <= match.start() and match.end() <= end for start, end in free):
                yield Contested(term=term, words=match[0], start=match.start())


def _stem(phrase: str) -> str:
    """The longest run of letters of a phrase, in lower case."""
    return max(re.findall(r"\w+", phrase), key=len).lower()


def _is_phrase(part: str) -> bool:
    starred = re.findall(r"(\w*)\*(\w?)", part)
    well_starred = all(len(stem) >= 3 and not rest for stem, rest in starred)
    plain = part.replace("*", "")
    return well_starred and bool(re.fullmatch(r"[\w\s\-–,.()’]*\w[\w\s\-–,.()’]*", plain))


def _expression(phrase: str) -> str:
    pieces = []
    for mark in re.sub(r"[\s\-–]+", " ", phrase):
        if mark == " ":
            pieces.append(_BLANK)
        elif mark == "*":
            pieces.append(r"\w*")
        elif mark.islower():
            pieces.append(f"[{mark}{mark.upper()}]")
        else:
            pieces.append(re.escape(mark))
    return "".join(pieces)


def check_words(tables: Tables) -> Iterator[Fault]:
    """Patterns that cannot be read, places that do not exist, contested words without a mark.

    Args:
        tables: The tables of a sound dataset, rows numbered from 0.
    """
    yield from _check_terms(tables)
    terms = read_terms(tables[TERMS])
    for table, frame in tables.items():
        for column in frame:
            if is_for_readers(table, column):
                yield from _check_column(tables, table, column, terms)


def read_terms(table: pd.DataFrame) -> tuple[Term, ...]:
    """Terms whose patterns can all be read; the others are faults."""
    rows = table.fillna("").to_dict("records")
    return tuple(read_term(row) for row in rows if all(_is_pattern(row[name]) for name in PATTERNS))


def is_for_readers(table: str, column: str) -> bool:
    """True for a column whose words readers meet.

    These are all but addresses, choices (words of the program), and those about the terms.
    """
    is_shown = TABLES[table].columns[column].kind not in ("url", "choice")
    return is_shown and f"{table}.{column}" not in ABOUT_TERMS


def _check_column(
    tables: Tables, table: str, column: str, terms: tuple[Term, ...]
) -> Iterator[Fault]:
    cells = [
        (row, cell) for row, cell in enumerate(tables[table][column].tolist()) if type(cell) is str
    ]
    together = "\n".join(cell for _, cell in cells).lower()
    likely = [term for term in terms if term.may_be_in(together)]
    for row, cell in cells if likely else ():
        for found in find_contested(cell, likely, place=f"{table}.{column}"):
            said = f"{found.words} → {found.term.neutral_label}"
            yield _fault_in_row(tables, table, row, "contested_term", column, value=said)


def _check_terms(tables: Tables) -> Iterator[Fault]:
    known = {f"{table}.{column}" for table in TABLES for column in TABLES[table].columns}
    for row, cells in tables[TERMS].fillna("").iterrows():
        for name in PATTERNS:
            if not _is_pattern(cells[name]):
                yield _fault_in_row(tables, TERMS, row, "bad_pattern", name, value=cells[name])
        for missing in sorted(set(cells["stands_in"].split()) - known):
            yield _fault_in_row(tables, TERMS, row, "dangling_id", "stands_in", value=missing)


def _is_pattern(text: str) -> bool:
    """Whether a pattern can be read; there need not be one."""
    try:
        return not text or bool(compile_phrases(text))
    except ValueError:
        return False


def _fault_in_row(
    tables: Tables, table: str, row: Any, code: str, column: str, *, value: str
) -> Fault:
    fault = fault_at(tables, table, row, code, column)
    return replace(fault, line=fault.line + FIRST_LINE, value=value)
