"""Rules within a table: columns, types, formats, keys and the number of rows, by the contract."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd
from pandera.errors import SchemaErrors

from entente import dates
from entente.check.contract import TABLES
from entente.check.faults import Fault
from entente.check.files import TextTable

Tables = Mapping[str, pd.DataFrame]
Rule = Callable[[Tables, Tables], Iterator[Fault]]

_SCHEMA_FAULTS = {
    "column_in_dataframe": "missing_column",
    "column_in_schema": "unknown_column",
    "not_nullable": "empty_cell",
}


def check_table(text: TextTable) -> list[Fault]:
    """All faults that can be seen in one table of the contract alone."""
    if text.frame is None:
        return []
    try:
        TABLES[text.name].schema.validate(text.frame.replace("", None), lazy=True)
        found = []
    except SchemaErrors as errors:
        cases = errors.failure_cases.to_dict("records")
        found = [_schema_fault(case, text.name, text.frame) for case in cases]
    return [*found, *_repeated_keys(text.name, text.frame), *_wrong_row_count(text)]


def row_key(name: str, frame: pd.DataFrame, line: int) -> str:
    """The key of the row on `line` of a table, its parts joined by a blank."""
    return " ".join(str(frame.at[line, part]) for part in TABLES[name].key if part in frame)


def list_values(texts: Tables, name: str, column: str) -> set[str]:
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
        key=row_key(name, frame, line),
        column=column,
        value="" if pd.isna(value) else str(value),
    )


def faults_of_same_start(tables: Tables, name: str, owner: str) -> Iterator[Fault]:
    """Rows of one owner whose possible first days meet, so that nobody can tell which is first."""
    for _, rows in tables[name].groupby(owner, sort=True):
        ordered = sorted(rows.index, key=lambda line: dates.first_day(rows.at[line, "from_edtf"]))
        for before, after in pairwise(ordered):
            earlier = dates.span(rows.at[before, "from_edtf"])
            later = dates.span(rows.at[after, "from_edtf"])
            if later.first is None or (earlier.last and later.first <= earlier.last):
                yield fault_at(tables, name, after, "same_start", "from_edtf")


def _schema_fault(case: dict[str, Any], name: str, frame: pd.DataFrame) -> Fault:
    code = _SCHEMA_FAULTS.get(str(case["check"]), str(case["check"]))
    file = f"{name}.csv"
    if code in ("missing_column", "unknown_column"):
        return Fault(file=file, line=1, code=code, column=str(case["failure_case"]))
    line = int(case["index"])
    return Fault(
        file=file,
        line=line,
        code=code,
        key=row_key(name, frame, line),
        column=str(case["column"]),
        value="" if code == "empty_cell" else str(case["failure_case"]),
    )


def _repeated_keys(name: str, frame: pd.DataFrame) -> Iterator[Fault]:
    key = list(TABLES[name].key)
    if not set(key) <= set(frame):
        return
    twice = frame.duplicated(key) & (frame[key] != "").all(axis=1)
    for line in frame.index[twice]:
        yield Fault(
            file=f"{name}.csv",
            line=int(line),
            code="duplicate_key",
            key=row_key(name, frame, line),
            column=" ".join(key),
        )


def _wrong_row_count(text: TextTable) -> Iterator[Fault]:
    assert text.frame is not None
    rows = TABLES[text.name].rows
    if text.frame.empty and rows != "any" and not text.faults:
        yield Fault(file=text.file, code="no_rows")
    for line in text.frame.index[1:] if rows == "one" else ():
        yield Fault(file=text.file, line=int(line), code="not_one_row")
