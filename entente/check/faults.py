"""Faults in the data: what is wrong, where it stands, which rule it breaks, how to mend it.

Below stands what rules across tables are made of, and the list of them. A rule takes the tables
twice, indexed by line, and yields faults. `tables` are typed and lack the rows that are faulty in
themselves; `texts` are as written and lack none. A rule judges the rows of the first, and looks up
in the second whether something exists: so one broken cell does not bury the report under faults
that follow from it.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from entente.check.contract import TABLES

_TEXT = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
# Code of a fault: the rule that is broken, and the remedy.
MEANINGS: Mapping[str, tuple[str, str]] = {
    code: (rule, remedy) for code, (rule, remedy) in tomllib.loads(_TEXT).items()
}


@dataclass(frozen=True, kw_only=True, order=True)
class Fault:
    """One thing that is wrong in one place.

    `line` counts from 1 with the header as line 1; 0 means the file as a whole.
    """

    file: str
    line: int = 0
    code: str
    key: str = ""
    column: str = ""
    value: str = ""

    @property
    def rule(self) -> str:
        """The rule that is broken."""
        return MEANINGS[self.code][0]

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return MEANINGS[self.code][1]

    def as_dict(self) -> dict[str, str | int]:
        """All parts by name, for JSON and tables."""
        return {**asdict(self), "rule": self.rule, "remedy": self.remedy}

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        what = " ".join(part for part in (self.key, self.column) if part)
        shown = f" = {clip(self.value)!r}" if self.value else ""
        return f"{place}: {self.code}: {what}{shown}: {self.rule} {self.remedy}".replace(
            ": : ", ": "
        )


class BrokenDataset(Exception):
    """The dataset cannot be used; `faults` says why, all at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults sorted by file and line."""
        self.faults = tuple(sorted(faults))
        super().__init__(f"{count_faults(self.faults)} in the dataset")


def count_faults(faults: Sized) -> str:
    """Their number in words, such as "1 fault"."""
    return f"{len(faults)} fault{'' if len(faults) == 1 else 's'}"


def clip(text: str, *, most: int = 60) -> str:
    """A text of at most so many characters; a longer one ends in an ellipsis."""
    return text if len(text) <= most else text[: most - 1] + "…"


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
