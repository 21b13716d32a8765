"""`python -m entente diff`: what changed between two versions of the dataset."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from entente.check.faults import BrokenDataset
from entente.datapage.differences import Row, TableDifferences, count_changes, differences
from entente.dossier.archive import BadArchive
from entente.dossier.store import data_folder
from entente.dossier.versions import (
    CURRENT,
    UnknownVersion,
    is_version,
    read_tables,
    read_version,
    read_version_number,
)
from entente.dossier.versions import TextTables as Tables

ABOUT = "list what changed between two versions of the dataset"
BROKEN, MISUSED = 1, 2
WIDTH = 72
MARKS = {"added": "+", "removed": "-", "changed": "~"}


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("diff", help=ABOUT, description=ABOUT)
    for name, metavar in (("old", "OLD"), ("new", "NEW")):
        about = f"a version such as 1.0.0, `{CURRENT}`, a folder or a zip"
        command.add_argument(name, metavar=metavar, help=about)
    command.add_argument("--table", metavar="T", help="this table only")
    command.add_argument("--json", action="store_true", help="print everything as JSON")
    command.add_argument("--data", type=Path, default=data_folder(), help="the data folder")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the differences.

    Returns:
        0 whether or not anything changed; 1 when a table of one of the two cannot be read; 2 when
        one of them is no dataset, or no version has such a table.
    """
    try:
        old, new = (_asked(word, options.data) for word in (options.old, options.new))
        found = _of_table(differences(old, new), options.table, (old, new))
    except BrokenDataset as broken:
        for fault in broken.faults:
            print(fault, file=sys.stderr)
        return BROKEN
    except (UnknownVersion, BadArchive, OSError) as wrong:
        print(f"python -m entente diff: {_one_line(str(wrong))}", file=sys.stderr)
        return MISUSED
    if options.json:
        record = differences_record(
            found, old=read_version_number(old), new=read_version_number(new)
        )
        print(json.dumps(record, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_text(found, read_version_number(old), read_version_number(new))))
    return 0


def differences_record(found: Sequence[TableDifferences], *, old: str, new: str) -> dict[str, Any]:
    """Everything that changed, for JSON: whole rows where they came or went, cells elsewhere."""
    return {
        "old": old,
        "new": new,
        "totals": count_changes(found),
        "tables": {table.table: _table_record(table) for table in found},
    }


def _table_record(found: TableDifferences) -> dict[str, Any]:
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


def _asked(word: str, folder: Path) -> Tables:
    """Tables of what a word names: a version or `current`, else a path."""
    if word == CURRENT or is_version(word):
        return read_version(folder, word)
    return read_tables(Path(word))


def _of_table(
    found: tuple[TableDifferences, ...], table: str | None, versions: Sequence[Tables]
) -> tuple[TableDifferences, ...]:
    if table is None:
        return found
    if not any(table in tables for tables in versions):
        raise UnknownVersion(f"neither version has a table {table!r}")
    return tuple(item for item in found if item.table == table)


def _text(found: Sequence[TableDifferences], old: str, new: str) -> Iterator[str]:
    yield f"Dataset {old or 'without a version'} → {new or 'without a version'}"
    for table in found:
        yield ""
        yield _headline(table)
        yield from (f"  column added: {name}" for name in table.added_columns)
        yield from (f"  column removed: {name}" for name in table.removed_columns)
        yield from (f"  {MARKS['added']} {_row(table, row)}" for row in table.added)
        for changed in table.changed:
            for name in changed.columns:
                cells = f"{_short(changed.before[name])} → {_short(changed.after[name])}"
                yield f"  {MARKS['changed']} {changed.row}  {name}: {cells}"
        yield from (f"  {MARKS['removed']} {_row(table, row)}" for row in table.removed)
    yield ""
    yield totals_line(found)


def totals_line(found: Sequence[TableDifferences]) -> str:
    """The totals in a sentence."""
    if not found:
        return "Nothing changed."
    counts = count_changes(found)
    rows = ", ".join(f"{counts[f'rows_{what}']} {what}" for what in ("added", "changed", "removed"))
    schema = ", ".join(
        f"{what} {counts[f'{what}_added']} added and {counts[f'{what}_removed']} removed"
        for what in ("tables", "columns")
    )
    return f"Rows: {rows}, in {len(found)} tables; {schema}."


def _headline(found: TableDifferences) -> str:
    came = " (new table)" if found.is_added else " (table removed)" if found.is_removed else ""
    counts = f"+{len(found.added)} ~{len(found.changed)} -{len(found.removed)}"
    return f"{found.table}{came}  {counts}"


def _row(found: TableDifferences, row: Row) -> str:
    """The key of a row, and the first words of what else it says."""
    rest = " · ".join(cell for name, cell in row.items() if cell and name not in found.key)
    return f"{found.name_of(row)}  {_short(rest)}".rstrip()


def _short(text: str) -> str:
    plain = _one_line(text)
    return plain if len(plain) <= WIDTH else plain[: WIDTH - 1] + "…"


def _one_line(text: str) -> str:
    return " ".join(text.split())
