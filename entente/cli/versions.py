"""`python -m entente diff` and `keep`: what changed between versions, and keeping one of them."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from entente.check.faults import BrokenDataset, clip, count_faults
from entente.cli.arguments import BROKEN, add_dataset_options, format_json, refuse, report_broken
from entente.datapage.differences import (
    Row,
    TableDifferences,
    compare_tables,
    count_changes,
    select_table,
)
from entente.dossier.archive import BadArchive
from entente.dossier.store import check_texts, read_texts
from entente.dossier.versions import (
    CURRENT,
    TextTables,
    UnknownVersion,
    is_kept_as_is,
    is_version,
    kept_file,
    pack_tables,
    read_tables,
    read_version,
    read_version_number,
)

DIFF = "list what changed between two versions of the dataset"
KEEP = "store the current tables as the version that they name"
WIDTH = 72


def add(commands: Any) -> None:
    """Register the commands."""
    diff = commands.add_parser("diff", help=DIFF, description=DIFF)
    about = f"a version such as 1.0.0, `{CURRENT}`, a folder or a zip"
    diff.add_argument("old", metavar="OLD", help=about)
    diff.add_argument("new", metavar="NEW", help=about)
    diff.add_argument("--table", metavar="T", help="only this table")
    add_dataset_options(diff)
    diff.set_defaults(run=run_diff)
    keep = commands.add_parser("keep", help=KEEP, description=KEEP)
    add_dataset_options(keep, has_json=False)
    keep.set_defaults(run=run_keep)


def run_diff(options: argparse.Namespace) -> int:
    """Print the differences.

    Returns:
        0 whether or not anything changed; 1 when a table of one of the two cannot be read; 2 when
        one of them is no dataset, or no version has such a table.
    """
    try:
        old, new = (_read_tables(word, options.data) for word in (options.old, options.new))
        found = select_table(compare_tables(old, new), options.table)
        if options.table not in {None, *old, *new}:
            raise UnknownVersion(f"neither version has a table {options.table!r}")
    except BrokenDataset as broken:
        print(*broken.faults, sep="\n", file=sys.stderr)
        return BROKEN
    except (UnknownVersion, BadArchive, OSError) as wrong:
        return refuse("diff", _one_line(str(wrong)))
    versions = read_version_number(old), read_version_number(new)
    if options.json:
        print(format_json(_record_differences(found, *versions)))
    else:
        print("\n".join(_list_lines(found, *versions)))
    return 0


def run_keep(options: argparse.Namespace) -> int:
    """Write `versions/<version>.zip`; a version that is kept with other content stays as it is."""
    faults = check_texts(read_texts(options.data))
    if faults:
        return report_broken(count_faults(faults), options.data)
    version = read_version_number(read_version(options.data, CURRENT))
    path, content = kept_file(options.data, version), pack_tables(options.data)
    if path.exists() and not is_kept_as_is(options.data, version):
        said = f"version {version} is already stored and differs: give the dataset a new version"
        return refuse("keep", said)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    print(f"{path}: {len(content):,} bytes")
    return 0


def _read_tables(word: str, folder: Path) -> TextTables:
    """Tables of what a word names: a version or `current`, else a path."""
    if word == CURRENT or is_version(word):
        return read_version(folder, word)
    return read_tables(Path(word))


def _record_differences(found: Sequence[TableDifferences], old: str, new: str) -> dict[str, Any]:
    """Everything that changed: whole rows where they came or went, cells elsewhere."""
    return {
        "old": old,
        "new": new,
        "totals": count_changes(found),
        "tables": {table.table: _record_table(table) for table in found},
    }


def _record_table(found: TableDifferences) -> dict[str, Any]:
    return {
        "key": list(found.key),
        "is_added": found.is_added,
        "is_removed": found.is_removed,
        "columns_added": list(found.added_columns),
        "columns_removed": list(found.removed_columns),
        "added": [dict(row) for row in found.added],
        "changed": [
            {
                "row": row.row,
                "cells": {
                    name: {"before": row.before[name], "after": row.after[name]}
                    for name in row.columns
                },
            }
            for row in found.changed
        ],
        "removed": [dict(row) for row in found.removed],
    }


def _list_lines(found: Sequence[TableDifferences], old: str, new: str) -> Iterator[str]:
    yield f"Dataset {old or 'without a version'} → {new or 'without a version'}"
    for table in found:
        came = " (new table)" if table.is_added else " (table removed)" if table.is_removed else ""
        counts = f"+{len(table.added)} ~{len(table.changed)} -{len(table.removed)}"
        yield ""
        yield f"{table.table}{came}  {counts}"
        yield from (f"  column added: {name}" for name in table.added_columns)
        yield from (f"  column removed: {name}" for name in table.removed_columns)
        yield from (f"  + {_row(table, row)}" for row in table.added)
        for changed in table.changed:
            for name in changed.columns:
                cells = f"{_short(changed.before[name])} → {_short(changed.after[name])}"
                yield f"  ~ {changed.row}  {name}: {cells}"
        yield from (f"  - {_row(table, row)}" for row in table.removed)
    yield ""
    yield _say_totals(found)


def _say_totals(found: Sequence[TableDifferences]) -> str:
    if not found:
        return "Nothing changed."
    counts = count_changes(found)
    rows = ", ".join(f"{counts[f'rows_{what}']} {what}" for what in ("added", "changed", "removed"))
    schema = ", ".join(
        f"{what} {counts[f'{what}_added']} added and {counts[f'{what}_removed']} removed"
        for what in ("tables", "columns")
    )
    return f"Rows: {rows}, in {len(found)} tables; {schema}."


def _row(found: TableDifferences, row: Row) -> str:
    """The key of a row, and the first words of what else it says."""
    rest = " · ".join(cell for name, cell in row.items() if cell and name not in found.key)
    return f"{found.name_row(row)}  {_short(rest)}".rstrip()


def _short(text: str) -> str:
    return clip(_one_line(text), most=WIDTH)


def _one_line(text: str) -> str:
    return " ".join(text.split())
