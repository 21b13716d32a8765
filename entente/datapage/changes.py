"""What changed between two versions of the dataset, in words and lines for templates."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

from entente.check.faults import BrokenDataset
from entente.datapage.differences import (
    Row,
    TableDifferences,
    count_changes,
    differences,
    mark_words,
)
from entente.dossier.archive import BadArchive
from entente.dossier.cache import cached
from entente.dossier.store import Dossier, digest_files
from entente.dossier.versions import UnknownVersion, kept_file, read_version

Changes = tuple[TableDifferences, ...]
MOST_ROWS = 120
SEPARATOR = " · "


class Uncomparable(Exception):
    """A version that cannot be read now."""


def compare_versions(dossier: Dossier, *, older: str, newer: str) -> Changes:
    """What changed from one version to another.

    Raises:
        Uncomparable: One of them cannot be read, or the files are not the dossier's any more.
    """
    stamps = read_stamps(dossier, older, newer)
    return _changes(dossier, older=older, newer=newer, stamps=stamps)


def read_stamps(dossier: Dossier, *versions: str) -> tuple[tuple[int, int], ...]:
    """Sizes and times of the files of kept versions, which the dossier's digest does not cover."""
    files = [kept_file(dossier.folder, version) for version in versions]
    stats = [path.stat() for path in files if path.is_file()]
    return tuple((stat.st_size, stat.st_mtime_ns) for stat in stats)


def select_table(found: Changes, table: str | None) -> Changes:
    """The changes of one table; all when None."""
    return tuple(item for item in found if table in (None, item.table))


def describe_totals(found: Changes) -> str:
    """The size of the changes, in a sentence without its end."""
    counts = count_changes(found)
    if not found:
        return "nothing changed"
    rows = [
        counted(counts[f"rows_{what}"], "row") + f" {what}"
        for what in ("added", "changed", "removed")
        if counts[f"rows_{what}"]
    ]
    schema = [
        counted(counts[f"{thing}s_{what}"], thing) + f" {what}"
        for thing in ("table", "column")
        for what in ("added", "removed")
        if counts[f"{thing}s_{what}"]
    ]
    return ", ".join([*rows, *schema])


def list_totals(found: Changes) -> list[dict[str, Any]]:
    """A line for each table that changed, for the template."""
    return [
        {
            "table": item.table,
            "added": len(item.added),
            "changed": len(item.changed),
            "removed": len(item.removed),
            "schema": SEPARATOR.join(_schema(item)),
        }
        for item in found
    ]


def list_lines(found: Changes) -> tuple[list[dict[str, Any]], int]:
    """The first rows of what changed, changed ones first, and how many there are beyond them."""
    lines = list(islice(chain(_changed(found), _came_or_went(found)), MOST_ROWS))
    cells = sum(len(row.columns) for item in found for row in item.changed)
    rows = sum(len(item.added) + len(item.removed) for item in found)
    return lines, cells + rows - len(lines)


def counted(number: int, noun: str) -> str:
    """A number with its noun in the form that it needs."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@cached
def _changes(
    dossier: Dossier, *, older: str, newer: str, stamps: tuple[tuple[int, int], ...]
) -> Changes:
    try:
        tables = [read_version(dossier.folder, version) for version in (older, newer)]
    except (UnknownVersion, BadArchive, BrokenDataset, OSError) as wrong:
        raise Uncomparable(str(wrong)) from wrong
    if digest_files(dossier.folder) != dossier.digest:
        raise Uncomparable("the files are being changed")
    return differences(*tables)


def _schema(item: TableDifferences) -> Iterator[str]:
    if item.is_added:
        yield "new table"
    if item.is_removed:
        yield "table removed"
    if item.added_columns:
        yield f"new: {', '.join(item.added_columns)}"
    if item.removed_columns:
        yield f"gone: {', '.join(item.removed_columns)}"


def _changed(found: Changes) -> Iterator[dict[str, Any]]:
    for item in found:
        for row in item.changed:
            for column in row.columns:
                before, after = mark_words(row.before[column], row.after[column])
                yield _line(item.table, row.row, column, before, after)


def _came_or_went(found: Changes) -> Iterator[dict[str, Any]]:
    for item in found:
        for row in item.removed:
            yield _line(item.table, item.name_of(row), "row removed", _content(item, row), [])
        for row in item.added:
            yield _line(item.table, item.name_of(row), "row added", [], _content(item, row))


def _content(item: TableDifferences, row: Row) -> list[tuple[str, bool]]:
    cells = [cell for name, cell in row.items() if cell and name not in item.key]
    return [(SEPARATOR.join(cells), False)]


def _line(
    table: str,
    row: str,
    column: str,
    before: Sequence[tuple[str, bool]],
    after: Sequence[tuple[str, bool]],
) -> dict[str, Any]:
    return {"table": table, "row": row, "column": column, "before": before, "after": after}
