"""The reading of sources: by tier, by origin, what each supports, and where they disagree."""

import datetime as dt
from typing import Any

import streamlit as st

from entente.address.views import ClaimsView, horizon
from entente.app import controls, markup
from entente.claims import source_reading
from entente.claims.source_records import disagreement_records, source_records, support
from entente.claims.source_tables import (
    known_support,
    single_origins,
    sources_asked_for,
    tier_table,
)
from entente.dates.words import day_in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.export.files.rows_csv import rows_csv
from entente.record.sources import published_by
from entente.vocabulary import SOURCE_VOICES


def show(dossier: Dossier, view: ClaimsView) -> None:
    """The tiers, the verdicts on one origin, the table of sources, and the disagreements."""
    day = day_in_words(view.as_of)
    left, right = st.columns([1, 1.1], gap="large")
    with left:
        markup.show("source_tiers", **tier_table(dossier, as_of=view.as_of), day=day)
    with right:
        markup.show("source_single", **single_origins(dossier, as_of=view.as_of), day=day)
    _show_table(dossier, view)
    st.header("Where sources disagree", anchor="disagreements")
    questions = disagreement_records(dossier, as_of=view.as_of)
    markup.show("disagreements", questions=questions, level=3)


def _show_table(dossier: Dossier, view: ClaimsView) -> None:
    st.header("What each source supports", anchor="sources")
    with st.container(key="source-controls", horizontal=True, vertical_alignment="bottom"):
        labels = dossier.labels("source_tiers")
        controls.several(ClaimsView, "tiers", label="Tier", options=labels)
        controls.choice(ClaimsView, "voice", label="Whose", options=SOURCE_VOICES)
        controls.search(ClaimsView, "search", label="Search")
    asked: dict[str, Any] = {"tiers": view.tiers, "voice": view.voice, "search": view.search}
    # What somebody typed is not worth keeping: there is no end of it.
    made = _table_fragment if view.search else _cached_table_fragment
    st.html(made(dossier, as_of=view.as_of, **asked))
    st.download_button(
        "Download as CSV",
        data=lambda: rows_csv(sources_asked_for(dossier, as_of=view.as_of, **asked)),
        file_name=f"entente-sources-{dossier.version}.csv",
        mime="text/csv",
        key="csv-sources",
        on_click="ignore",
    )


def _table_fragment(
    dossier: Dossier, *, as_of: dt.date, tiers: tuple[str, ...], voice: str, search: str
) -> str:
    """The table of sources as HTML, made once for a day and a set of filters."""
    rows = sources_asked_for(dossier, as_of=as_of, tiers=tiers, voice=voice, search=search)
    found = dict(list(known_support(dossier, as_of=as_of).groupby("source_id")))
    records = source_records(dossier)
    ever = set(support(dossier)["source_id"])
    sources = [
        {
            **records[key],
            "support": source_reading.support_words(found.get(key)),
            "nothing": "nothing known by then" if key in ever else "background only",
        }
        for key in rows["source_id"]
    ]
    total = len(published_by(dossier["sources"], as_of, horizon=horizon(dossier)))
    return markup.fragment("source_table", sources=sources, total=total, day=day_in_words(as_of))


_cached_table_fragment = cached(_table_fragment)
