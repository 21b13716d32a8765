"""Faults with their place: what the rules across tables share."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from entente.check.faults import Fault
from entente.check.tables import TABLES
from entente.check.within import row_key

Tables = Mapping[str, pd.DataFrame]


def values_of(texts: Tables, name: str, column: str) -> set[str]:
    """What stands in a column, as written; nothing where the table or the column is missing."""
    return set(texts[name].get(column, ())) if name in texts else set()


def faults_where(
    tables: Tables, name: str, mask: pd.Series, code: str, column: str
) -> Iterator[Fault]:
    """One fault for each row in which `mask` is true."""
    for line in tables[name].index[mask]:
        yield fault_at(tables, name, line, code, column)


def fault_at(tables: Tables, name: str, line: Any, code: str, column: str) -> Fault:
    """The fault of one cell."""
    frame = tables[name]
    value = frame.at[line, column]
    return Fault(
        file=f"{name}.csv",
        line=int(line),
        code=code,
        key=row_key(frame, line, TABLES[name]),
        column=column,
        value="" if pd.isna(value) else str(value),
    )
