"""The data and method page: what to download, what it means, how it came about."""

import datetime as dt
from typing import Any

import streamlit as st

from entente.address.views import DataView
from entente.app import controls, markup, panels
from entente.app.chrome import get_horizon, get_palette, get_state
from entente.app.pages import data_changes
from entente.app.panels import lazy_expander
from entente.check.contract import TABLES
from entente.datapage import content
from entente.dates import day_in_words
from entente.dossier.document import read_method
from entente.dossier.store import Dossier, cached
from entente.export.files.citation import citation, citation_bibtex
from entente.export.files.data_zip import about, data_zip, licences, table_csv
from entente.record.evidence import count_certainty, count_known

SECTIONS = {
    "download": "Download the data",
    "tables": "Tables and columns",
    "method": "Method",
    "borders": "Borders and names",
    "words": "Words",
    "licences": "Licences",
    "changes": "What changed",
    "cite": "How to cite",
    "correct": "Report an error",
    "privacy": "Privacy",
}
# Code tables with their captions, by the section of the method that speaks of their words.
WORDS = {
    "How the claims were split": {"claim_kinds": "Kinds of claim", "hedges": "Certainty"},
    "How the claims were judged": {"assessment_verdicts": "Verdicts"},
    "Which sources are trusted": {"source_tiers": "Tiers of sources"},
    "How trade routes are compared": {"bases": "Basis of a figure"},
}
KINDS = {
    "key": "id",
    "reference": "id of a row",
    "code": "code",
    "choice": "one of a few words",
    "text": "text",
    "digest": "text",
    "edtf": "date (EDTF)",
    "integer": "whole number",
    "number": "number",
    "flag": "true or false",
    "url": "address",
    "version": "version",
}


def show_title(dossier: Dossier, view: DataView) -> None:
    """How well the verdicts are documented, in a sentence."""
    st.title(markup.headline(content.title(dossier, view)), anchor=False)


def show_day(dossier: Dossier, view: DataView) -> None:
    """Lens and day; how well the claims are documented by then, and the counts beside it."""
    with controls.bar(controls.describe_state(view, dossier)):
        controls.lens(DataView)
        controls.as_of(DataView, dossier)
    shown, counted = st.columns([3, 2], gap="large")
    with shown:
        panel = content.evidence_panel(dossier, view, get_palette().name)
        panels.show_panels((panel,), dossier=dossier)
    with counted:
        _show_counts(dossier, view)
    markup.show("method_contents", sections=SECTIONS)


def _show_counts(dossier: Dossier, view: DataView) -> None:
    markup.show(
        "data_day",
        lens=view.lens,
        day=day_in_words(view.as_of),
        age=get_horizon(dossier).age if view.as_of == dossier.horizon else "",
        is_written=view.as_of >= dossier.document.day,
        published=day_in_words(dossier.document.day),
        noun=dossier.document.noun,
        counts=_count_known(dossier, as_of=view.as_of),
        said=_count_said(dossier),
    )


def show_downloads(dossier: Dossier) -> None:
    """The archive of everything."""
    _heading("download")
    markup.show(
        "method_downloads", version=dossier.version, digest=dossier.digest, tables=len(TABLES)
    )
    if get_state().faults:
        st.write("The files are being changed. Downloads come back when they pass the check.")
        return
    st.download_button(
        "Download the dataset (zip)",
        data=lambda: data_zip(dossier),
        file_name=f"entente-{dossier.version}.zip",
        mime="application/zip",
        key="download-zip",
        on_click="ignore",
    )


def show_dictionary(dossier: Dossier, view: DataView) -> None:
    """Columns of the chosen table, its file, and all tables with their rows."""
    _heading("tables")
    options = {name: name for name in TABLES}
    controls.one_of_many(DataView, "table", label="Table", options=options)
    columns = TABLES[view.table].columns
    markup.show(
        "dictionary", table=view.table, about=about(view.table), columns=columns, kinds=KINDS
    )
    if not get_state().faults:
        st.download_button(
            f"Download {view.table}.csv",
            data=lambda: table_csv(dossier, view.table),
            file_name=f"entente-{view.table.replace('/', '-')}-{dossier.version}.csv",
            mime="text/csv",
            key="download-table",
            on_click="ignore",
        )
    with lazy_expander(f"All {len(TABLES)} tables", key="all-tables") as is_open:
        if is_open:
            rows = [(name, about(name), len(dossier[name])) for name in TABLES]
            markup.show("dictionary_tables", rows=rows, chosen=view.table)


def show_method(dossier: Dossier) -> None:
    """How claims, dates, ties and routes were treated, with the words that the data uses."""
    _heading("method")
    with st.container(key="method-sections"):
        for title, body in read_method(dossier.document, literal=markup.literal):
            st.markdown(f"### {title}\n\n{body}")
            for table, caption in WORDS.get(title, {}).items():
                words = dossier[f"codes/{table}"].sort_values("sort_order").to_dict("records")
                markup.show("method_words", caption=caption, words=words)


def show_borders(dossier: Dossier) -> None:
    """The statement on borders, and what a reader should know about names."""
    _heading("borders")
    actors = dossier["actors"]
    markup.show(
        "method_borders",
        statement=dossier.document.text("borders-statement"),
        areas=dossier["areas"].to_dict("records"),
        names=actors[actors["note"].notna()].to_dict("records"),
    )


def show_licences(dossier: Dossier) -> None:
    """Who owns what, and what may be done with it."""
    _heading("licences")
    with st.container(key="method-licences"):
        st.markdown(licences(dossier, literal=markup.literal))


def show_words(dossier: Dossier) -> None:
    """Contested terms, with what stands instead and where the term itself may stand."""
    _heading("words")
    markup.show("method_words_rule")
    terms = dossier["terms"].fillna("").to_dict("records")
    with lazy_expander(f"All {len(terms)} contested words", key="terms") as is_open:
        if is_open:
            for row in terms:
                phrases = [f"“{one.strip()}”" for one in row["stands_as"].split("|") if one]
                row["allowed"] = ", ".join([*row["stands_in"].split(), *phrases])
                row["pattern"] = ", ".join(one.strip() for one in row["pattern"].split("|"))
            markup.show("method_terms", terms=terms)


def show_changes(dossier: Dossier, view: DataView) -> None:
    """The versions of the dataset, what changed between two of them, and the change log."""
    _heading("changes")
    data_changes.show_versions(dossier)
    data_changes.show_comparison(dossier, view)
    data_changes.show_change_log(dossier)


def show_citation(dossier: Dossier) -> None:
    """How to cite, and how to correct."""
    _heading("cite")
    markup.show("method_citation", plain=citation(dossier), bibtex=citation_bibtex(dossier))


def show_correction_and_privacy() -> None:
    """How to mend an error, and what this site does not do."""
    _heading("correct")
    markup.show("method_correct")
    _heading("privacy")
    markup.show("method_privacy")


def _heading(section: str) -> None:
    st.header(SECTIONS[section], anchor=section)


@cached
def _count_known(dossier: Dossier, *, as_of: dt.date) -> dict[str, int]:
    """What was known by a day, in numbers."""
    return count_known(dossier.tables, as_of=as_of, horizon=dossier.horizon)


@cached
def _count_said(dossier: Dossier) -> dict[str, Any]:
    """What the document holds, in numbers."""
    claims, labels = dossier["claims"], dossier.labels("hedges")
    hedges = [f"{count} {labels[code].lower()}" for code, count in count_certainty(claims).items()]
    return {
        "claims": len(claims),
        "sentences": len(claims[["paragraph", "sentence"]].drop_duplicates()),
        "hedges": ", ".join(hedges),
    }
