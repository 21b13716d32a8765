"""CSV files as text: every cell a string, every row under its line number, or a fault."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from entente.check.faults import Fault

OTHER_DELIMITERS = (";", "\t", "|")


@dataclass(kw_only=True)
class TextTable:
    """A file as it was written. `frame` is indexed by line number; None when unreadable."""

    name: str
    frame: pd.DataFrame | None = None
    faults: list[Fault] = field(default_factory=list)

    @property
    def file(self) -> str:
        """Path below the data folder."""
        return f"{self.name}.csv"


def read_text_table(folder: Path, name: str, *, columns: list[str]) -> TextTable:
    """Read `<folder>/<name>.csv` without interpreting a single cell.

    Args:
        folder: The data folder.
        name: Table name, such as `claims` or `codes/themes`.
        columns: What the contract expects; used to recognise a wrong delimiter.
    """
    table = TextTable(name=name)
    try:
        raw = (folder / table.file).read_bytes()
    except OSError:
        table.faults.append(Fault(file=table.file, code="missing_file"))
        return table
    return parse_text_table(raw, name, columns=columns)


def parse_text_table(raw: bytes, name: str, *, columns: Sequence[str] = ()) -> TextTable:
    """The content of a table's file, without interpreting a single cell.

    Args:
        raw: What stands in the file.
        name: Table name.
        columns: What the contract expects, if there is one; used to recognise a wrong delimiter.
    """
    table = TextTable(name=name)
    content = _decoded(raw, table)
    if content is not None:
        _parse(content, table, list(columns))
    return table


def _decoded(raw: bytes, table: TextTable) -> str | None:
    if raw.startswith(b"\xef\xbb\xbf"):
        table.faults.append(Fault(file=table.file, line=1, code="byte_order_mark"))
        raw = raw[3:]
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        table.faults.append(Fault(file=table.file, line=line, code="not_utf8"))
        return None


def _parse(content: str, table: TextTable, columns: list[str]) -> None:
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            rows.append((reader.line_num, cells))
    except csv.Error:
        table.faults.append(Fault(file=table.file, line=reader.line_num, code="broken_quotes"))
        return
    rows = [row for row in rows if row[1]]
    if not rows:
        table.faults.append(Fault(file=table.file, code="empty_file"))
        return
    header = rows[0][1]
    if _is_wrong_delimiter(header, columns):
        table.faults.append(Fault(file=table.file, line=1, code="wrong_delimiter", value=header[0]))
        return
    table.frame = _frame(rows, table)


def _is_wrong_delimiter(header: list[str], columns: list[str]) -> bool:
    only = header[0]
    return len(header) == 1 < len(columns) and any(
        only.split(mark)[0] == columns[0] for mark in OTHER_DELIMITERS if mark in only
    )


def _frame(rows: list[tuple[int, list[str]]], table: TextTable) -> pd.DataFrame | None:
    header = rows[0][1]
    repeated = sorted({name for name in header if header.count(name) > 1})
    for name in repeated:
        table.faults.append(Fault(file=table.file, line=1, code="repeated_column", column=name))
    good = [row for row in rows[1:] if len(row[1]) == len(header)]
    for line, cells in rows[1:]:
        if len(cells) != len(header):
            table.faults.append(
                Fault(file=table.file, line=line, code="ragged_row", key=cells[0], value=str(cells))
            )
    if repeated:
        return None
    return pd.DataFrame(
        [cells for _, cells in good], index=[line for line, _ in good], columns=header, dtype=str
    )
