"""The part of the data page on versions: which there are, and what changed between two of them."""

import re
from typing import TypedDict

import streamlit as st

from entente.address.views import DataView, dataset_versions
from entente.app import controls, markup
from entente.app.controls import widget_key
from entente.app.panels import lazy_expander
from entente.check.contract import TABLES
from entente.datapage.changes import (
    Uncomparable,
    compare_versions,
    describe_totals,
    list_lines,
    list_totals,
    read_stamps,
    select_table,
)
from entente.datapage.differences import list_cells
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.dossier.versions import CHANGE_LOG, kept_file, list_kept_versions, read_change_log
from entente.export.files.writing import rows_csv

_HEADING = re.compile(r"#{1,6}\s+(.*)")
_ITEM = re.compile(r"[-*]\s+(.*)")


class Block(TypedDict):
    """A heading, the items of a list, or a paragraph: its kind and its lines."""

    kind: str
    lines: list[str]


def blocks_of(text: str) -> list[Block]:
    """Headings, lists and paragraphs of simple Markdown, for a template that escapes them.

    Returns:
        Blocks with `kind` (`heading`, `items` or `words`) and `lines`. Lines that follow one
        another belong together; an indented line goes on with the item before it.
    """
    blocks: list[Block] = []
    is_broken = True
    for line in text.splitlines():
        if not line.strip():
            is_broken = True
            continue
        kind, words = _read_line(line)
        last = blocks[-1] if blocks else None
        if kind == "words" and last and not is_broken and last["kind"] != "heading":
            last["lines"][-1] += f" {words}"
        elif kind == "items" and last and last["kind"] == "items":
            last["lines"].append(words)
        else:
            blocks.append({"kind": kind, "lines": [words]})
        is_broken = False
    return blocks


def _read_line(line: str) -> tuple[str, str]:
    heading, item = _HEADING.match(line), _ITEM.match(line.strip())
    if heading:
        return "heading", heading[1].strip()
    if item:
        return "items", item[1].strip()
    return "words", line.strip()


def changes_csv(dossier: Dossier, *, older: str, newer: str, table: str | None) -> bytes:
    """Every changed cell as a line of CSV, of one table or of all."""
    found = select_table(compare_versions(dossier, older=older, newer=newer), table)
    return rows_csv(list_cells(found))


def show_versions(dossier: Dossier) -> None:
    """The versions of the change log, newest first, with where each can be had."""
    kept_ones = list_kept_versions(dossier.folder)
    rows = [
        {
            "version": version,
            "day": day,
            "is_shown": version == dossier.version,
            "is_kept": version in kept_ones,
        }
        for version, day in read_change_log(dossier.folder).items()
    ]
    markup.show("changes_versions", versions=rows, version=dossier.version)


def show_comparison(dossier: Dossier, view: DataView) -> None:
    """Two versions to choose, and what changed from one to the other."""
    _show_choice(dossier)
    asked = {"older": view.older, "newer": view.newer}
    try:
        stamps = read_stamps(dossier, *asked.values())
        fragment = _fragment(dossier, **asked, table=view.changes, stamps=stamps)
    except Uncomparable as reason:
        markup.show("changes_none", older=view.older, newer=view.newer, reason=str(reason))
        return
    st.html(fragment)
    if not compare_versions(dossier, **asked):
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
        with lazy_expander(
            f"Change log up to version {dossier.version}", key="change-log"
        ) as is_open:
            if is_open:
                markup.show("method_changes", blocks=blocks_of(written))
    else:
        st.write(f"This is version {dossier.version}. No change log stands beside the tables.")
    for version in list_kept_versions(dossier.folder):
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
            key=widget_key(DataView, "changes"),
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
    everything = compare_versions(dossier, older=older, newer=newer)
    found = select_table(everything, table)
    rows, more = list_lines(found)
    return markup.fragment(
        "changes",
        older=older,
        newer=newer,
        table=table,
        said=describe_totals(found),
        totals=list_totals(everything),
        rows=rows,
        more=more,
    )
