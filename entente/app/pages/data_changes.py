"""The part of the data page on versions: which there are, and what changed between two of them."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

import streamlit as st

from entente.address.views import DataView, dataset_versions
from entente.app import controls, markup
from entente.app.lazy_expander import fold
from entente.app.prose import blocks_of
from entente.app.url_state import key_of
from entente.check.contract import TABLES
from entente.check.faults import BrokenDataset
from entente.datapage.differences import (
    Row,
    TableDifferences,
    change_rows,
    differences,
    totals,
    words_apart,
)
from entente.dossier.archive import BadArchive
from entente.dossier.cache import cached
from entente.dossier.store import Dossier, digest_of
from entente.dossier.versions import (
    CHANGE_LOG,
    UnknownVersion,
    kept_file,
    kept_versions,
    logged_versions,
    version_tables,
)
from entente.export.files.rows_csv import rows_csv

Changes = tuple[TableDifferences, ...]
MOST_ROWS = 120
SEPARATOR = " · "


class Uncomparable(Exception):
    """A version that cannot be read now."""


def changes_between(dossier: Dossier, *, older: str, newer: str) -> Changes:
    """What changed from one version to another.

    Raises:
        Uncomparable: One of them cannot be read, or the files are not the dossier's any more.
    """
    stamps = stamps_of(dossier, older, newer)
    return _changes(dossier, older=older, newer=newer, stamps=stamps)


def stamps_of(dossier: Dossier, *versions: str) -> tuple[tuple[int, int], ...]:
    """Sizes and times of the files of kept versions, which the dossier's digest does not cover."""
    files = [kept_file(dossier.folder, version) for version in versions]
    stats = [path.stat() for path in files if path.is_file()]
    return tuple((stat.st_size, stat.st_mtime_ns) for stat in stats)


def changes_csv(dossier: Dossier, *, older: str, newer: str, table: str | None) -> bytes:
    """Every changed cell as a line of CSV, of one table or of all."""
    found = of_table(changes_between(dossier, older=older, newer=newer), table)
    return rows_csv(change_rows(found))


def of_table(found: Changes, table: str | None) -> Changes:
    """The changes of one table; all when None."""
    return tuple(item for item in found if table in (None, item.table))


def totals_in_words(found: Changes) -> str:
    """The size of the changes, in a sentence without its end."""
    counts = totals(found)
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


def total_rows(found: Changes) -> list[dict[str, Any]]:
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


def shown_rows(found: Changes) -> tuple[list[dict[str, Any]], int]:
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
        tables = [version_tables(dossier.folder, version) for version in (older, newer)]
    except (UnknownVersion, BadArchive, BrokenDataset, OSError) as wrong:
        raise Uncomparable(str(wrong)) from wrong
    if digest_of(dossier.folder) != dossier.digest:
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
                before, after = words_apart(row.before[column], row.after[column])
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


def show_versions(dossier: Dossier) -> None:
    """The versions of the change log, newest first, with where each can be had."""
    kept_ones = kept_versions(dossier.folder)
    rows = [
        {
            "version": version,
            "day": day,
            "is_shown": version == dossier.version,
            "is_kept": version in kept_ones,
        }
        for version, day in logged_versions(dossier.folder).items()
    ]
    markup.show("changes_versions", versions=rows, version=dossier.version)


def show_comparison(dossier: Dossier, view: DataView) -> None:
    """Two versions to choose, and what changed from one to the other."""
    _show_choice(dossier)
    asked = {"older": view.older, "newer": view.newer}
    try:
        stamps = stamps_of(dossier, *asked.values())
        fragment = _fragment(dossier, **asked, table=view.changes, stamps=stamps)
    except Uncomparable as reason:
        markup.show("changes_none", older=view.older, newer=view.newer, reason=str(reason))
        return
    st.html(fragment)
    if not changes_between(dossier, **asked):
        return
    name = f"{view.older}-to-{view.newer}{f'-{view.changes}' if view.changes else ''}"
    st.download_button(
        "Download the changes as CSV",
        data=lambda: changes_csv(dossier, **asked, table=view.changes),
        file_name=f"entente-changes-{name.replace('/', '-')}.csv",
        mime="text/csv",
        key="download-changes",
        on_click="ignore",
    )


def show_change_log(dossier: Dossier) -> None:
    """The change log as text, and the older versions to take away."""
    path = dossier.folder / CHANGE_LOG
    written = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    if written:
        with fold(f"Change log up to version {dossier.version}", key="change-log") as is_open:
            if is_open:
                markup.show("method_changes", blocks=blocks_of(written))
    else:
        st.write(f"This is version {dossier.version}. No change log stands beside the tables.")
    for version in kept_versions(dossier.folder):
        st.download_button(
            f"Download the tables of {version} (zip)",
            data=kept_file(dossier.folder, version).read_bytes,
            file_name=f"entente-{version}-tables.zip",
            mime="application/zip",
            key=f"download-version-{version}",
            on_click="ignore",
        )


def _show_choice(dossier: Dossier) -> None:
    versions = {version: version for version in dataset_versions(dossier)}
    with st.container(key="changes-controls", horizontal=True, gap="small"):
        controls.one_of_many(DataView, "older", label="From version", options=versions)
        controls.one_of_many(DataView, "newer", label="To version", options=versions)
        st.selectbox(
            "Rows of",
            list(TABLES),
            index=None,
            placeholder="All tables",
            key=key_of(DataView, "changes"),
        )


@cached
def _fragment(
    dossier: Dossier,
    *,
    older: str,
    newer: str,
    table: str | None,
    stamps: tuple[tuple[int, int], ...],
) -> str:
    everything = changes_between(dossier, older=older, newer=newer)
    found = of_table(everything, table)
    rows, more = shown_rows(found)
    return markup.fragment(
        "changes",
        older=older,
        newer=newer,
        table=table,
        said=totals_in_words(found),
        totals=total_rows(everything),
        rows=rows,
        more=more,
    )
