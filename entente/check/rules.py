"""What the rules across tables are made of, and the list of them.

A rule takes the tables twice, indexed by line, and yields faults. `tables` are typed and lack the
rows that are faulty in themselves; `texts` are as written and lack none. A rule judges the rows of
the first, and looks up in the second whether something exists: so one broken cell does not bury the
report under faults that follow from it.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from entente import dates
from entente.check.contract import TABLES
from entente.check.faults import Fault

Tables = Mapping[str, pd.DataFrame]
Rule = Callable[[Tables, Tables], Iterator[Fault]]

RULES: list[tuple[frozenset[str], Rule]] = []


def needs(*names: str) -> Callable[[Rule], Rule]:
    """Decorate a rule: it runs when all tables of these names could be read."""

    def register(rule: Rule) -> Rule:
        RULES.append((frozenset(names), rule))
        return rule

    return register


def row_key(name: str, frame: pd.DataFrame, line: int) -> str:
    """The key of the row on `line` of a table, its parts joined by a blank."""
    return " ".join(str(frame.at[line, part]) for part in TABLES[name].key if part in frame)


def list_values(texts: Tables, name: str, column: str) -> set[str]:
    """What stands in a column, as written; nothing where the table or the column is missing."""
    return set(texts[name].get(column, ())) if name in texts else set()


def stand_in(rows: pd.DataFrame, others: pd.DataFrame, columns: list[str]) -> pd.Series:
    """Which of `rows` have, in all these columns, what some row of `others` has as text."""
    own, known = (pd.MultiIndex.from_frame(part[columns].astype(str)) for part in (rows, others))
    return pd.Series(own.isin(known), index=rows.index, dtype=bool)


def fault_at(tables: Tables, name: str, line: Any, code: str, column: str) -> Fault:
    """The fault of one cell."""
    frame = tables[name]
    value = frame.at[line, column]
    return Fault(
        file=f"{name}.csv",
        line=int(line),
        code=code,
        key=row_key(name, frame, line),
        column=column,
        value="" if pd.isna(value) else str(value),
    )


def faults_where(
    tables: Tables, name: str, mask: pd.Series, code: str, column: str
) -> Iterator[Fault]:
    """One fault for each row in which `mask` is true; it may cover some of the rows only."""
    for line in mask.index[mask]:
        yield fault_at(tables, name, line, code, column)


def faults_of_same_start(tables: Tables, name: str, owner: str) -> Iterator[Fault]:
    """Rows of one owner whose possible first days meet, so that nobody can tell which is first."""
    for _, rows in tables[name].groupby(owner, sort=True):
        ordered = sorted(rows.index, key=lambda line: dates.first_day(rows.at[line, "from_edtf"]))
        for before, after in pairwise(ordered):
            earlier = dates.span(rows.at[before, "from_edtf"])
            later = dates.span(rows.at[after, "from_edtf"])
            if later.first is None or (earlier.last and later.first <= earlier.last):
                yield fault_at(tables, name, after, "same_start", "from_edtf")
