"""What changed between two versions of the dataset, in words and lines for templates."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from entente.check.faults import BrokenDataset
from entente.datapage.differences import (
    Row,
    TableDifferences,
    compare_tables,
    count_changes,
    mark_words,
)
from entente.dossier.archive import BadArchive
from entente.dossier.store import Dossier, cached, digest_files
from entente.dossier.versions import UnknownVersion, kept_file, read_version
from entente.style.theme import count_noun

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
    files = [kept_file(dossier.folder, version) for version in (older, newer)]
    stats = [path.stat() for path in files if path.is_file()]
    stamps = tuple((stat.st_size, stat.st_mtime_ns) for stat in stats)
    return _compare(dossier, older=older, newer=newer, stamps=stamps)


@cached
def _compare(
    dossier: Dossier, *, older: str, newer: str, stamps: tuple[tuple[int, int], ...]
) -> Changes:
    """Cached by sizes and times of kept files, too, which the dossier's digest does not cover."""
    try:
        tables = [read_version(dossier.folder, version) for version in (older, newer)]
    except (UnknownVersion, BadArchive, BrokenDataset, OSError) as wrong:
        raise Uncomparable(str(wrong)) from wrong
    if digest_files(dossier.folder) != dossier.digest:
        raise Uncomparable("the files are being changed")
    return compare_tables(*tables)


def describe_totals(found: Changes) -> str:
    """The size of the changes, in a sentence without its end."""
    counts = count_changes(found)
    kinds = [("row", what) for what in ("added", "changed", "removed")]
    kinds += [(thing, what) for thing in ("table", "column") for what in ("added", "removed")]
    said = [
        f"{count_noun(counts[f'{thing}s_{what}'], thing)} {what}"
        for thing, what in kinds
        if counts[f"{thing}s_{what}"]
    ]
    return ", ".join(said) or "nothing changed"


def describe_columns(item: TableDifferences) -> str:
    """Whether a table and which of its columns came or went; empty when none did."""
    parts = ["new table"] if item.is_added else []
    parts += ["table removed"] if item.is_removed else []
    parts += [f"new: {', '.join(item.added_columns)}"] if item.added_columns else []
    parts += [f"gone: {', '.join(item.removed_columns)}"] if item.removed_columns else []
    return SEPARATOR.join(parts)


def list_lines(found: Changes) -> tuple[list[dict[str, Any]], int]:
    """The first rows of what changed, changed ones first, and how many there are beyond them.

    A line has `table`, `row`, `column`, and, as pieces of :func:`mark_words`, `before` and `after`.
    """
    lines = list(islice(chain(_list_changed(found), _list_moved(found)), MOST_ROWS))
    cells = sum(len(row.columns) for item in found for row in item.changed)
    rows = sum(len(item.added) + len(item.removed) for item in found)
    return lines, cells + rows - len(lines)


def _list_changed(found: Changes) -> Iterator[dict[str, Any]]:
    for item in found:
        for row in item.changed:
            for column in row.columns:
                before, after = mark_words(row.before[column], row.after[column])
                names = {"table": item.table, "row": row.row, "column": column}
                yield {**names, "before": before, "after": after}


def _list_moved(found: Changes) -> Iterator[dict[str, Any]]:
    """Rows that came or went."""

    def line(item: TableDifferences, row: Row, column: str) -> dict[str, Any]:
        cells = [cell for name, cell in row.items() if cell and name not in item.key]
        names = {"table": item.table, "row": item.name_row(row), "column": column}
        side = "before" if column == "row removed" else "after"
        return {**names, "before": [], "after": [], side: [(SEPARATOR.join(cells), False)]}

    for item in found:
        yield from (line(item, row, "row removed") for row in item.removed)
        yield from (line(item, row, "row added") for row in item.added)
