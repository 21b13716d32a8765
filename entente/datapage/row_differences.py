"""What changed about one row of the dataset: in itself, and in the rows that refer to it."""

from collections.abc import Sequence
from dataclasses import replace

from entente.check.contract import TABLES
from entente.datapage.differences import Row, TableDifferences


def rows_about(
    found: Sequence[TableDifferences], table: str, row: str
) -> tuple[TableDifferences, ...]:
    """The differences that touch one row: in its own table, and in rows that refer to it.

    Args:
        found: Differences of the whole dataset.
        table: The table of the row, which has a key of one column.
        row: Its key.
    """
    touched = (_narrowed(item, _columns_naming(item.table, table), row) for item in found)
    return tuple(item for item in touched if item.added or item.changed or item.removed)


def _columns_naming(name: str, table: str) -> tuple[str, ...]:
    """Columns of table `name` that hold a key of `table`."""
    if name not in TABLES:
        return ()
    columns = TABLES[name].columns.values()
    naming = [column.name for column in columns if column.table == table]
    return (*naming, *TABLES[name].key) if name == table else tuple(naming)


def _narrowed(found: TableDifferences, columns: Sequence[str], row: str) -> TableDifferences:
    def is_meant(cells: Row) -> bool:
        return any(cells.get(column) == row for column in columns)

    return replace(
        found,
        added_columns=(),
        removed_columns=(),
        added=tuple(cells for cells in found.added if is_meant(cells)),
        removed=tuple(cells for cells in found.removed if is_meant(cells)),
        changed=tuple(
            item for item in found.changed if is_meant(item.before) or is_meant(item.after)
        ),
    )
