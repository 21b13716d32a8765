"""The check of words: no contested term stands in the data without a mark that says whose it is."""

from collections.abc import Iterator
from functools import cache, partial

import pandas as pd

from entente.check.faults import Fault
from entente.check.neutrality import Term, contested, phrases, term_of
from entente.check.tables import TABLES
from entente.check.within import columns_of, row_key
from entente.dossier.store import Dossier

TERMS = "terms"
PATTERNS = ("pattern", "named_by", "stands_as")
# Columns of the table of terms that are about the terms, and so hold them.
ABOUT_TERMS = frozenset(f"{TERMS}.{name}" for name in ("term_id", *PATTERNS, "stands_in", "note"))
FIRST_LINE = 2


def faults_of_words(dossier: Dossier) -> Iterator[Fault]:
    """Patterns that cannot be read, places that do not exist, contested words without a mark."""
    yield from _faults_of_terms(dossier[TERMS])
    terms = readable_terms(dossier[TERMS])
    for table in dossier.tables:
        yield from _contested_in(dossier[table], table, terms)


def readable_terms(table: pd.DataFrame) -> tuple[Term, ...]:
    """Terms whose patterns can all be read; the others are faults."""
    rows = table.fillna("").to_dict("records")
    return tuple(
        term_of(row)
        for row in rows
        if all(_is_pattern(row[name]) for name in PATTERNS if row[name])
    )


def is_of_words(table: str, column: str) -> bool:
    """True for a column whose words readers meet: all but addresses and those about the terms."""
    return _kinds(table)[column] != "url" and f"{table}.{column}" not in ABOUT_TERMS


@cache
def _kinds(table: str) -> dict[str, str]:
    return {name: about["kind"] for name, about in columns_of(TABLES[table]).items()}


def _contested_in(frame: pd.DataFrame, table: str, terms: tuple[Term, ...]) -> Iterator[Fault]:
    words = frame.select_dtypes(exclude=["number", "bool"])
    for column in words.columns:
        if not is_of_words(table, column):
            continue
        cells = words[column].dropna()
        together = "\n".join(map(str, cells)).lower()
        likely = [term for term in terms if term.may_be_in(together)]
        for place, cell in cells.items() if likely else ():
            for found in contested(str(cell), likely, place=f"{table}.{column}"):
                said = f"{found.words} → {found.term.neutral_label}"
                yield _fault(
                    frame,
                    int(str(place)),
                    table=table,
                    code="contested_term",
                    column=column,
                    value=said,
                )


def _faults_of_terms(frame: pd.DataFrame) -> Iterator[Fault]:
    known = {f"{table}.{column}" for table in TABLES for column in columns_of(TABLES[table])}
    term_fault = partial(_fault, frame, table=TERMS)
    for place, row in enumerate(frame.fillna("").to_dict("records")):
        for name in PATTERNS:
            if row[name] and not _is_pattern(row[name]):
                yield term_fault(place, code="bad_pattern", column=name, value=row[name])
        for missing in sorted(set(row["stands_in"].split()) - known):
            yield term_fault(place, code="dangling_id", column="stands_in", value=missing)


def _is_pattern(text: str) -> bool:
    try:
        phrases(text)
    except ValueError:
        return False
    return True


def _fault(
    frame: pd.DataFrame, place: int, *, table: str, code: str, column: str, value: str
) -> Fault:
    return Fault(
        file=f"{table}.csv",
        line=place + FIRST_LINE,
        code=code,
        key=row_key(frame, place, TABLES[table]),
        column=column,
        value=value,
    )
