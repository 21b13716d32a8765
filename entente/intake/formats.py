"""Rows from a file in any format that they can come in, told by the end of its name."""

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from entente.intake.bibliographies import read_bibtex, read_csl, read_ris
from entente.intake.files import Unreadable, decode, read_bytes
from entente.intake.grid import Complaint, Grid, make_grid

DELIMITERS = (",", ";", "\t", "|")
MOST_ROWS = 100_000  # of a workbook


def read_csv(text: str, path: Path) -> Grid:
    """The rows of a CSV file, with commas, semicolons, tabs or bars between the cells.

    Rows are counted as a spreadsheet does.

    Raises:
        Unreadable: Its quotation marks are not closed.
    """
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=lambda mark: len(next(csv.reader([head], delimiter=mark))))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return make_grid(list(enumerate(reader, start=1)))
    except csv.Error as error:
        raise Unreadable(
            f"{path}, line {reader.line_num}: {error}: close the quotation mark, or use .xlsx"
        ) from error


def read_xlsx(raw: bytes, path: Path, *, sheet: str | None = None) -> Grid:
    """The rows of one sheet of a workbook, the first when none is named.

    Cells are taken as they are shown, dates as ISO, formulas by their results.

    Raises:
        Unreadable: It is no workbook, has no such sheet, or more rows than can be imported.
    """
    try:
        # Once for formulas, once for the results that were stored with them.
        books = [load_workbook(io.BytesIO(raw), data_only=is_result) for is_result in (False, True)]
    except Exception as error:  # a broken file can make the library raise anything
        raise Unreadable(f"{path} is not a sound .xlsx file: save it again, or as CSV") from error
    names = [one.title for one in books[0].worksheets]
    if not names or (sheet is not None and sheet not in names):
        raise Unreadable(f"{path} has no sheet {sheet!r}, only {', '.join(names) or 'charts'}")
    written, found = (book[sheet or names[0]] for book in books)
    if written.max_row > MOST_ROWS:
        raise Unreadable(f"{path} has {written.max_row:,} rows: give at most {MOST_ROWS:,}")
    rows = [[_write(cell.value) for cell in row] for row in found.iter_rows()]
    grid = make_grid(enumerate(rows, start=1))
    grid.complaints += _complain(written, found)
    return grid


def _write(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return str(value.date() if value.time() == dt.time() else value.isoformat())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _complain(written: Any, found: Any) -> Iterator[Complaint]:
    """Formulas without a result, errors, and merged cells."""
    for row in written.iter_rows():
        for cell in row:
            result = found[cell.coordinate]
            place: dict[str, Any] = {"row": cell.row, "where": f"row {cell.row}"}
            if result.data_type == "e":
                yield Complaint(
                    **place,
                    column=cell.coordinate,
                    value=str(result.value),
                    rule="A cell holds no error.",
                    remedy="Correct its formula, or write the value.",
                )
            elif cell.data_type == "f" and result.value is None:
                yield Complaint(
                    **place,
                    column=cell.coordinate,
                    value=str(cell.value),
                    rule="A formula has its result stored with it.",
                    remedy="Open and save the file in a spreadsheet program, or paste the value.",
                )
    for merged in written.merged_cells.ranges:
        yield Complaint(
            row=merged.min_row,
            where=f"row {merged.min_row}",
            column=merged.coord,
            rule="Cells are not merged.",
            remedy="Split them, and fill in each.",
        )


MOST_BYTES = 20_000_000
TABLES_OF_TEXT = {".csv": read_csv, ".tsv": read_csv, ".txt": read_csv}
BIBLIOGRAPHIES = {".bib": read_bibtex, ".ris": read_ris, ".json": read_csl}
WORKBOOK = ".xlsx"
FORMATS: Mapping[str, tuple[str, ...]] = {
    "claims": (*TABLES_OF_TEXT, WORKBOOK),
    "events": (*TABLES_OF_TEXT, WORKBOOK),
    "sources": (*TABLES_OF_TEXT, WORKBOOK, *BIBLIOGRAPHIES),
}


def read_grid(path: Path, kind: str, *, sheet: str | None = None) -> Grid:
    """The rows of a file.

    Raises:
        Unreadable: It is of no format in which such rows can come, or cannot be read.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS[kind]:
        raise Unreadable(f"{path} is of no known format: save it as {', '.join(FORMATS[kind])}")
    raw = read_bytes(path, most=MOST_BYTES)
    if suffix == WORKBOOK:
        return read_xlsx(raw, path, sheet=sheet)
    return (TABLES_OF_TEXT | BIBLIOGRAPHIES)[suffix](decode(raw, path), path)
