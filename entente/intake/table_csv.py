"""Tables as CSV, with commas, semicolons, tabs or bars between the cells."""

import csv
import io
from pathlib import Path

from entente.intake.files import Unreadable
from entente.intake.grid import Grid, make_grid

DELIMITERS = (",", ";", "\t", "|")


def read_csv(text: str, path: Path) -> Grid:
    """The rows of a CSV file; rows are counted as a spreadsheet does.

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
