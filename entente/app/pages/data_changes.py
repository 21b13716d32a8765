"""The part of the data page on versions: which there are, and what changed between two of them."""

import re
from typing import TypedDict

import streamlit as st

from entente.address.views import DataView, dataset_versions, default_view
from entente.app import controls, markup
from entente.app.controls import widget_key
from entente.app.panels import lazy_expander
from entente.check.contract import TABLES
from entente.datapage.changes import (
    Uncomparable,
    compare_versions,
    describe_columns,
    describe_totals,
    list_lines,
)
from entente.datapage.differences import list_cells, select_table
from entente.dossier.store import Dossier
from entente.dossier.versions import CHANGE_LOG, kept_file, list_kept_versions, read_change_log
from entente.export.files.writing import rows_csv

_LINE = re.compile(r"(?:(?P<heading>#{1,6})|\s*(?P<items>[-*]))\s+(?P<words>.*)")


class Block(TypedDict):
    """A heading, the items of a list, or a paragraph: its kind and its lines."""

    kind: str
    lines: list[str]


def parse_blocks(text: str) -> list[Block]:
    """Headings, lists and paragraphs of simple Markdown, for a template that escapes them.

    Returns:
        Blocks with `kind` (`heading`, `items` or `words`) and `lines`. Lines that follow one
        another belong together; an indented line goes on with the item before it.
    """
    blocks: list[Block] = []
    goes_on = False
    for line in text.splitlines():
        match = _LINE.match(line)
        kind = "words" if match is None else "heading" if match["heading"] else "items"
        words = (match["words"] if match else line).strip()
        if not line.strip():
            goes_on = False
        elif kind == "words" and goes_on and blocks[-1]["kind"] != "heading":
            blocks[-1]["lines"][-1] += f" {words}"
        elif kind == "items" and blocks and blocks[-1]["kind"] == "items":
            blocks[-1]["lines"].append(words)
            goes_on = True
        else:
            blocks.append({"kind": kind, "lines": [words]})
            goes_on = True
    return blocks


def show_versions(dossier: Dossier) -> None:
    """The versions of the change log, newest first, with where each can be had."""
    markup.show(
        "changes_versions",
        days=read_change_log(dossier.folder),
        shown=dossier.version,
        kept=list_kept_versions(dossier.folder),
    )


def show_comparison(dossier: Dossier, view: DataView) -> None:
    """Two versions to choose, and what changed from one to the other; open where asked for."""
    usual = default_view(DataView, dossier)
    is_asked = (view.older, view.newer, view.changes) != (usual.older, usual.newer, usual.changes)
    with lazy_expander("Compare two versions", key="compare", is_open=is_asked) as is_open:
        if is_open:
            _show_comparison(dossier, view)


def _show_comparison(dossier: Dossier, view: DataView) -> None:
    _show_choice(dossier)
    asked = {"older": view.older, "newer": view.newer}
    try:
        everything = compare_versions(dossier, **asked)
    except Uncomparable as reason:
        markup.show("changes_none", **asked, reason=str(reason))
        return
    found = select_table(everything, view.changes)
    rows, more = list_lines(found)
    markup.show(
        "changes",
        **asked,
        table=view.changes,
        said=describe_totals(found),
        totals=[(item, describe_columns(item)) for item in everything],
        rows=rows,
        more=more,
    )
    if not everything:
        return
    name = f"{view.older}-to-{view.newer}{f'-{view.changes}' if view.changes else ''}"
    st.download_button(
        "Download the changes as CSV",
        data=lambda: rows_csv(list_cells(found)),
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
                markup.show("method_changes", blocks=parse_blocks(written))
    else:
        st.write(f"This is version {dossier.version}. No change log stands beside the tables.")
    kept = list_kept_versions(dossier.folder)
    if not kept:
        return
    with lazy_expander(f"Tables of earlier versions ({len(kept)})", key="versions") as is_open:
        for version in kept if is_open else ():
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
