"""Changes of a table as text, for the fixture that edits a copy of the data."""

import csv
import io
from collections.abc import Callable

Rows = list[dict[str, str]]
Change = Callable[[str], str]


def change_rows(change: Callable[[Rows], object]) -> Change:
    """Rewrite a CSV file by a change of its rows in place."""

    def rewrite(text: str) -> str:
        reader = csv.DictReader(io.StringIO(text))
        rows = list(reader)
        change(rows)
        out = io.StringIO()
        writer = csv.DictWriter(out, reader.fieldnames or (), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue()

    return rewrite


def put(row: int, **cells: str) -> Change:
    """Put values into a row, by its place from 0 on."""
    return change_rows(lambda rows: rows[row].update(cells))


def put_in_line(line: int, column: str, value: str) -> Change:
    """Put a value into a line, as faults number them: the first row is line 2."""
    return put(line - 2, **{column: value})


def amend(key: str, row_id: str, **cells: str) -> Callable[[Rows], object]:
    """Put values into the row with that id."""
    return lambda table: next(row for row in table if row[key] == row_id).update(cells)


def drop(key: str, row_id: str) -> Callable[[Rows], object]:
    """Take out the rows with that id."""

    def change(table: Rows) -> None:
        table[:] = [row for row in table if row[key] != row_id]

    return change
