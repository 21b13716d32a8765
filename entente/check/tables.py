"""CSV files as text, and the rules that a table can break by itself.

A file is read and checked once as long as its bytes stay what they are, so that a dossier that
changes costs no more than what has changed. Every cell is a string and every row stands under its
line number, so that a fault can quote the file. Columns, types, formats, keys and the number of
rows are judged by the contract.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
from pandera.errors import SchemaErrors

from entente.check.contract import TABLES
from entente.check.faults import Fault, row_key
from entente.settings import HOME

# Tables are small and read cell by cell, which takes longer in strings of Arrow than in Python's.
pd.set_option("mode.string_storage", "python")

MOST_TABLES = 4 * len(TABLES)  # kept as read and checked; a dossier has one of each
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
OTHER_DELIMITERS = (";", "\t", "|")
SHARED = frozenset(name for name, table in TABLES.items() if table.is_shared)
_SCHEMA_FAULTS = {
    "column_in_dataframe": "missing_column",
    "column_in_schema": "unknown_column",
    "not_nullable": "empty_cell",
}
OWN_DATA = HOME / "data"  # what comes with Entente
# A file that goes with a table: a dossier has both of its own, or neither.
GOES_WITH = {"geo/disputed_areas.geojson": "areas.csv"}


def find_file(folder: Path, name: str) -> Path:
    """Where a file of a dossier is read from: of its folder, or of Entente's own data.

    The file need not exist.

    Args:
        folder: The data folder.
        name: Path of the file below it.
    """
    table = GOES_WITH.get(name, name)
    is_shared = table.removesuffix(".csv") in SHARED
    return OWN_DATA / name if is_shared and not (folder / table).exists() else folder / name


@dataclass(frozen=True, kw_only=True, eq=False)
class TextTable:
    """A file as it was written, shared by all who read the same bytes: nobody changes it.

    Attributes:
        name: Table name, such as `claims` or `codes/themes`.
        frame: Its cells, indexed by line number; None when it cannot be read.
        faults: What is wrong with the file, or with one of its lines.
    """

    name: str
    frame: pd.DataFrame | None = None
    faults: tuple[Fault, ...] = ()


def read_text_table(folder: Path, name: str, *, columns: Sequence[str]) -> TextTable:
    """Read `<folder>/<name>.csv` without interpreting a single cell.

    Without the file, the table is that of Entente's own data where all dossiers share it, and
    otherwise empty where the contract demands no rows.

    Args:
        folder: The data folder.
        name: Table name.
        columns: What the contract expects; used to recognise a wrong delimiter.
    """
    path = find_file(folder, f"{name}.csv")
    if not path.exists() and name in TABLES and TABLES[name].may_be_missing:
        return _make_empty(name, tuple(columns))
    try:
        raw = path.read_bytes()
    except OSError:
        return _refuse(name, "missing_file")
    return parse_text_table(raw, name, columns=tuple(columns))


@lru_cache(maxsize=MOST_TABLES)
def parse_text_table(raw: bytes, name: str, *, columns: tuple[str, ...] = ()) -> TextTable:
    """The content of a table's file, without interpreting a single cell.

    Args:
        raw: What stands in the file.
        name: Table name.
        columns: What the contract expects, if there is one; used to recognise a wrong delimiter.
    """
    faults: list[Fault] = []
    if raw.startswith(BYTE_ORDER_MARK):
        faults.append(_fault(name, "byte_order_mark", line=1))
        raw = raw.removeprefix(BYTE_ORDER_MARK)
    try:
        content = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return _refuse(name, "not_utf8", line=line, besides=faults)
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    try:
        rows = [(reader.line_num, cells) for cells in reader if cells]
    except csv.Error:
        return _refuse(name, "broken_quotes", line=reader.line_num, besides=faults)
    if not rows:
        return _refuse(name, "empty_file", besides=faults)
    header, body = rows[0][1], dict(rows[1:])
    if _is_wrong_delimiter(header, columns):
        return _refuse(name, "wrong_delimiter", line=1, value=header[0], besides=faults)
    repeated = sorted({name for name in header if header.count(name) > 1})
    faults += [_fault(name, "repeated_column", line=1, column=column) for column in repeated]
    faults += [
        _fault(name, "ragged_row", line=line, key=cells[0], value=str(cells))
        for line, cells in body.items()
        if len(cells) != len(header)
    ]
    if repeated:
        return TextTable(name=name, faults=tuple(faults))
    good = {line: cells for line, cells in body.items() if len(cells) == len(header)}
    frame = pd.DataFrame(list(good.values()), index=list(good), columns=header, dtype=str)
    return TextTable(name=name, frame=frame, faults=tuple(faults))


@lru_cache(maxsize=MOST_TABLES)
def _make_empty(name: str, columns: tuple[str, ...]) -> TextTable:
    return TextTable(name=name, frame=pd.DataFrame(columns=list(columns), dtype=str))


def _refuse(name: str, code: str, *, besides: Sequence[Fault] = (), **about: Any) -> TextTable:
    """A table that cannot be read, and why."""
    return TextTable(name=name, faults=(*besides, _fault(name, code, **about)))


def _fault(name: str, code: str, *, line: int = 0, **about: str) -> Fault:
    return Fault(file=f"{name}.csv", line=line, code=code, **about)


def _is_wrong_delimiter(header: Sequence[str], columns: Sequence[str]) -> bool:
    only = header[0]
    return len(header) == 1 < len(columns) and any(
        only.split(mark)[0] == columns[0] for mark in OTHER_DELIMITERS if mark in only
    )


@lru_cache(maxsize=MOST_TABLES)
def check_table(text: TextTable) -> tuple[Fault, ...]:
    """All faults that can be seen in one table of the contract alone."""
    if text.frame is None:
        return ()
    try:
        TABLES[text.name].schema.validate(text.frame.replace("", None), lazy=True)
        cases = []
    except SchemaErrors as errors:
        cases = errors.failure_cases.to_dict("records")
    return (
        *(_explain_case(case, text.name, text.frame) for case in cases),
        *_find_repeated_keys(text.name, text.frame),
        *_check_row_count(text, text.frame),
    )


@lru_cache(maxsize=MOST_TABLES)
def cast_sound_rows(text: TextTable) -> pd.DataFrame | None:
    """The rows without a fault of their own, with typed columns; None where a fault is general."""
    faults = (*text.faults, *check_table(text))
    if text.frame is None or any(fault.line <= 1 for fault in faults):
        return None
    good = text.frame.drop(index=[fault.line for fault in faults], errors="ignore")
    return TABLES[text.name].cast(good)


def _explain_case(case: dict[str, Any], name: str, frame: pd.DataFrame) -> Fault:
    code = _SCHEMA_FAULTS.get(str(case["check"]), str(case["check"]))
    file, value = f"{name}.csv", str(case["failure_case"])
    if code in ("missing_column", "unknown_column"):
        return Fault(file=file, line=1, code=code, column=value)
    line = int(case["index"])
    return Fault(
        file=file,
        line=line,
        code=code,
        key=row_key(name, frame, line),
        column=str(case["column"]),
        value="" if code == "empty_cell" else value,
    )


def _find_repeated_keys(name: str, frame: pd.DataFrame) -> Iterator[Fault]:
    key = list(TABLES[name].key)
    if set(key) <= set(frame):
        twice = frame.duplicated(key) & (frame[key] != "").all(axis=1)
        for line in frame.index[twice]:
            yield Fault(
                file=f"{name}.csv",
                line=int(line),
                code="duplicate_key",
                key=row_key(name, frame, line),
                column=" ".join(key),
            )


def _check_row_count(text: TextTable, frame: pd.DataFrame) -> Iterator[Fault]:
    rows = TABLES[text.name].rows
    if frame.empty and rows != "any" and not text.faults:
        yield _fault(text.name, "no_rows")
    for line in frame.index[1:] if rows == "one" else ():
        yield _fault(text.name, "not_one_row", line=int(line))
