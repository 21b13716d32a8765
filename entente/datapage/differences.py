"""What changed between two versions of the dataset, table by table and row by row.

Tables are compared as text, cell by cell. A row is known by the primary key of its table's model;
where one of the two versions lacks a column of that key, or no model knows the table, a row is
known by all the columns that both versions have. Where the columns of the two differ, rows are
compared by those that both have: a new column is one change, not one for every row.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

import pandas as pd

from entente.check.contract import TABLES

Row = Mapping[str, str]
Tables = Mapping[str, pd.DataFrame]
COLUMNS = ("table", "change", "row", "column", "before", "after")


@dataclass(frozen=True, kw_only=True)
class ChangedRow:
    """A row that both versions have, with other content."""

    row: str
    before: Row
    after: Row

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of both versions whose cells differ."""
        shared = [name for name in self.before if name in self.after]
        return tuple(name for name in shared if self.before[name] != self.after[name])


@dataclass(frozen=True, kw_only=True)
class TableDifferences:
    """What changed in one table.

    Attributes:
        table: Its name.
        key: Columns by which its rows are known.
        is_added: The newer version has the table, the older has not.
        is_removed: The other way round.
        added_columns: Columns that only the newer version has, when both have the table.
        removed_columns: Columns that only the older version has.
        added: Rows that only the newer version has, in its order.
        removed: Rows that only the older version has, in its order.
        changed: Rows that both have, in the order of the newer version.
    """

    table: str
    key: tuple[str, ...]
    is_added: bool
    is_removed: bool
    added_columns: tuple[str, ...]
    removed_columns: tuple[str, ...]
    added: tuple[Row, ...]
    removed: tuple[Row, ...]
    changed: tuple[ChangedRow, ...]

    @property
    def is_any(self) -> bool:
        """Whether anything changed at all."""
        came_or_went = self.is_added or self.is_removed
        parts = self.added_columns, self.removed_columns, self.added, self.removed, self.changed
        return came_or_went or any(parts)

    def name_row(self, row: Row) -> str:
        """The key of an added or removed row, its parts joined by a blank."""
        return " ".join(row[name] for name in self.key)


def compare_tables(old: Tables, new: Tables) -> tuple[TableDifferences, ...]:
    """What changed from `old` to `new`: one entry for each table in which anything did.

    Args:
        old: Table name to rows as text, every cell as it was written.
        new: Table name to rows of the newer version, likewise.

    Returns:
        Tables of the contract in its order, then others by name; empty when nothing changed.
    """
    names = [name for name in TABLES if name in old or name in new]
    names += sorted({*old, *new} - set(TABLES))
    compared = (_compare(name, old.get(name), new.get(name)) for name in names)
    return tuple(found for found in compared if found.is_any)


def select_table(
    found: Sequence[TableDifferences], table: str | None
) -> tuple[TableDifferences, ...]:
    """The differences of one table; of all when None."""
    return tuple(item for item in found if table in (None, item.table))


def count_changes(found: Sequence[TableDifferences]) -> dict[str, int]:
    """How many tables, columns and rows were added, changed and removed.

    Rows of a table that is itself new count as added; those of one that went, as removed.
    """
    return {
        "tables_added": sum(table.is_added for table in found),
        "tables_removed": sum(table.is_removed for table in found),
        "columns_added": sum(len(table.added_columns) for table in found),
        "columns_removed": sum(len(table.removed_columns) for table in found),
        "rows_added": sum(len(table.added) for table in found),
        "rows_changed": sum(len(table.changed) for table in found),
        "rows_removed": sum(len(table.removed) for table in found),
    }


def list_cells(found: Sequence[TableDifferences]) -> pd.DataFrame:
    """Every difference as a line: tables, columns, then each cell of rows.

    Returns:
        Columns `table`, `change`, `row` (its key), `column`, `before`, `after`. An added or removed
        row has a line for each cell that is not empty, keys included.
    """
    lines = [(item.table, *line) for item in found for line in _list_lines(item)]
    return pd.DataFrame(lines, columns=list(COLUMNS), dtype=str)


def _list_lines(found: TableDifferences) -> Iterator[tuple[str, str, str, str, str]]:
    if found.is_added:
        yield "table added", "", "", "", ""
    if found.is_removed:
        yield "table removed", "", "", "", ""
    yield from (("column added", "", column, "", "") for column in found.added_columns)
    yield from (("column removed", "", column, "", "") for column in found.removed_columns)
    for changed in found.changed:
        for name in changed.columns:
            yield "changed", changed.row, name, changed.before[name], changed.after[name]
    for row in found.added:
        yield from (("added", found.name_row(row), n, "", cell) for n, cell in row.items() if cell)
    for row in found.removed:
        yield from (
            ("removed", found.name_row(row), n, cell, "") for n, cell in row.items() if cell
        )


def _compare(name: str, old: pd.DataFrame | None, new: pd.DataFrame | None) -> TableDifferences:
    before, after = ([] if frame is None else list(frame.columns) for frame in (old, new))
    is_in_both = old is not None and new is not None
    shared = [column for column in after if column in before] if is_in_both else before or after
    known_by = TABLES[name].key if name in TABLES else []
    key = tuple(known_by) if known_by and set(known_by) <= set(shared) else tuple(shared)
    rows, new_rows = _read_rows(old, key), _read_rows(new, key)
    return TableDifferences(
        table=name,
        key=key,
        is_added=old is None,
        is_removed=new is None,
        added_columns=tuple(c for c in after if is_in_both and c not in before),
        removed_columns=tuple(c for c in before if is_in_both and c not in after),
        added=tuple(row for place, row in new_rows.items() if place not in rows),
        removed=tuple(row for place, row in rows.items() if place not in new_rows),
        changed=tuple(
            ChangedRow(row=" ".join(place[0]), before=rows[place], after=row)
            for place, row in new_rows.items()
            if place in rows and any(rows[place][c] != row[c] for c in shared)
        ),
    )


def _read_rows(
    frame: pd.DataFrame | None, key: Sequence[str]
) -> dict[tuple[tuple[str, ...], int], Row]:
    """Rows by key; of those that share one, by a number besides, so that none is lost."""
    seen: Counter[tuple[str, ...]] = Counter()
    rows: dict[tuple[tuple[str, ...], int], Row] = {}
    for row in [] if frame is None else frame.to_dict("records"):
        place = tuple(row[name] for name in key)
        rows[place, seen[place]] = row
        seen[place] += 1
    return rows


def narrow_to_row(
    found: Sequence[TableDifferences], table: str, row: str
) -> tuple[TableDifferences, ...]:
    """The differences that touch one row: in its own table, and in rows that refer to it.

    Args:
        found: Differences of the whole dataset.
        table: The table of the row, which has a key of one column.
        row: Its key.
    """
    touched = (_narrow(item, _list_references(item.table, table), row) for item in found)
    return tuple(item for item in touched if item.is_any)


def _list_references(name: str, table: str) -> tuple[str, ...]:
    """Columns of table `name` that hold a key of `table`."""
    if name not in TABLES:
        return ()
    columns = TABLES[name].columns.values()
    own = TABLES[name].key if name == table else ()
    return (*(column.name for column in columns if column.table == table), *own)


def _narrow(found: TableDifferences, columns: Sequence[str], row: str) -> TableDifferences:
    def is_meant(*versions: Row) -> bool:
        return any(cells.get(column) == row for cells in versions for column in columns)

    return replace(
        found,
        is_added=False,
        is_removed=False,
        added_columns=(),
        removed_columns=(),
        added=tuple(cells for cells in found.added if is_meant(cells)),
        removed=tuple(cells for cells in found.removed if is_meant(cells)),
        changed=tuple(item for item in found.changed if is_meant(item.before, item.after)),
    )


LITTLE_IN_COMMON = 0.4  # share of words


def mark_words(before: str, after: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Two texts in pieces, each with whether the other text lacks it; pieces joined give the text.

    Word by word, as a reader would mark the two up; dates and numbers are one word. Texts with next
    to nothing in common come back in one piece each, an empty text in none.
    """
    old, new = (re.findall(r"\s+|\w+(?:[-.,:/]\w+)*|[^\w\s]", text) for text in (before, after))
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    olds, news = [(before, True)], [(after, True)]
    if matcher.ratio() >= LITTLE_IN_COMMON:
        steps = matcher.get_opcodes()
        olds = [("".join(old[i:j]), kind != "equal") for kind, i, j, _, _ in steps]
        news = [("".join(new[m:n]), kind != "equal") for kind, _, _, m, n in steps]
    return [piece for piece in olds if piece[0]], [piece for piece in news if piece[0]]
