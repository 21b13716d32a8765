"""Any table as a file for a spreadsheet, with nothing in it that a spreadsheet would run."""

import csv
import io

import pandas as pd

from entente.export.files.plain_text import plain

# What makes a spreadsheet run a cell, the wide forms included.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Spreadsheets take a file for their own country's letters unless it begins with this.
MARK = "\ufeff"


def rows_csv(table: pd.DataFrame) -> bytes:
    """The rows with their headings as CSV (UTF-8 with its mark); unknown values are empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_cell(heading) for heading in table.columns])
    for row in table.astype(object).where(table.notna(), "").itertuples(index=False, name=None):
        writer.writerow([_cell(value) for value in row])
    return (MARK + out.getvalue()).encode("utf-8")


def inert(cell: str) -> str:
    """A cell that no spreadsheet runs: what looks like a formula gets an apostrophe in front."""
    return f"'{cell}" if cell.startswith(FORMULA) or cell.lstrip().startswith(FORMULA) else cell


def _cell(value: object) -> object:
    return inert(plain(value)) if isinstance(value, str) else value
