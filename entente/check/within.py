"""Rules within a table: columns, types, formats and keys, by the table's Pandera model."""

from typing import Any

import pandas as pd
from pandera.errors import SchemaErrors

from entente.check.columns import number
from entente.check.faults import Fault
from entente.check.files import TextTable
from entente.check.tables import Table

_SCHEMA_FAULTS = {
    "column_in_dataframe": "missing_column",
    "column_in_schema": "unknown_column",
    "not_nullable": "empty_cell",
}


def columns_of(model: type[Table]) -> dict[str, dict[str, Any]]:
    """Columns of a model in order, each with its metadata and its `about` sentence."""
    schema = model.to_schema()
    return {
        name: {**column.metadata, "about": column.description}
        for name, column in schema.columns.items()
    }


def primary_key(model: type[Table]) -> list[str]:
    """Columns that together name a row."""
    return [name for name, column in columns_of(model).items() if column["primary"]]


def check_within(table: TextTable, model: type[Table]) -> list[Fault]:
    """All faults that can be seen in one table alone."""
    if table.frame is None:
        return []
    frame = table.frame.replace("", None)
    try:
        model.validate(frame, lazy=True)
        found = []
    except SchemaErrors as errors:
        found = [_fault(row, table, model) for row in errors.failure_cases.to_dict("records")]
    return [*found, *_duplicates(table, model)]


def typed(frame: pd.DataFrame, model: type[Table]) -> pd.DataFrame:
    """The columns of a faultless text frame in their proper types; the index is kept."""
    cast = {
        "integer": lambda column: column.astype("int64"),
        "number": lambda column: column.map(number, na_action="ignore").astype("float64"),
        "flag": lambda column: column == "true",
    }
    blank = frame.replace("", None)
    return pd.DataFrame(
        {
            name: cast.get(column["kind"], lambda c: c.astype("str"))(blank[name])
            for name, column in columns_of(model).items()
        },
        index=frame.index,
    )


def row_key(frame: pd.DataFrame, line: int, model: type[Table]) -> str:
    """The key of the row on `line`, its parts joined by a blank."""
    names = [name for name in primary_key(model) if name in frame]
    return " ".join(str(frame.at[line, name]) for name in names)


def _fault(case: dict[str, Any], table: TextTable, model: type[Table]) -> Fault:
    code = _SCHEMA_FAULTS.get(str(case["check"]), str(case["check"]).split("(")[0])
    if code in ("missing_column", "unknown_column"):
        return Fault(file=table.file, line=1, code=code, column=str(case["failure_case"]))
    line = int(case["index"])
    assert table.frame is not None, "a frame that failed a check exists"
    return Fault(
        file=table.file,
        line=line,
        code=code,
        key=row_key(table.frame, line, model),
        column=str(case["column"]),
        value="" if code == "empty_cell" else str(case["failure_case"]),
    )


def _duplicates(table: TextTable, model: type[Table]) -> list[Fault]:
    frame = table.frame
    names = primary_key(model)
    if frame is None or not set(names) <= set(frame):
        return []
    twice = frame.duplicated(names) & (frame[names] != "").all(axis=1)
    return [
        Fault(
            file=table.file,
            line=int(line),
            code="duplicate_key",
            key=row_key(frame, line, model),
            column=" ".join(names),
        )
        for line in frame.index[twice]
    ]
