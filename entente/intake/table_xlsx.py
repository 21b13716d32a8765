"""Tables as an Excel workbook: cells as they are shown, dates as ISO, formulas by their results."""

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from entente.intake.files import Unreadable
from entente.intake.grid import Complaint, Grid, make_grid

MOST_ROWS = 100_000


def read_xlsx(raw: bytes, path: Path, *, sheet: str | None = None) -> Grid:
    """The rows of one sheet, the first when none is named.

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
