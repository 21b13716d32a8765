"""What a reader can do with any page: present the briefing, share what is on screen, take it."""

import datetime as dt

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from entente.address.views import VIEWS
from entente.app import export_menu as take_away
from entente.app import markup, share, url_state
from entente.dates.words import day_in_words
from entente.dossier.store import Dossier
from entente.vocabulary import LENSES


def place() -> DeltaGenerator:
    """Where the tools stand. They are filled in last, when the page has written its address."""
    return st.container(key="tools", horizontal=True, gap="small")


def fill(place: DeltaGenerator, dossier: Dossier, *, page: str, title: str) -> None:
    """Put the tools in their place; a page in a frame of another has a way to the whole instead."""
    with place:
        markup.show("sheet", **sheet(dossier, page=page, title=title))
        if st.context.is_embedded:
            markup.show("open_whole", link=share.address())
            return
        with st.container(key="present-link"):
            st.page_link("briefing.py", label="Present", query_params={"present": "1"})
        share.show(dossier, title=title)
        take_away.show(dossier, page=page)


def sheet(dossier: Dossier, *, page: str, title: str) -> dict[str, str]:
    """The head of a printed sheet: which view it is, of which dataset, and the day of printing."""
    view = url_state.current(VIEWS[page])
    as_of, lens = getattr(view, "as_of", None), getattr(view, "lens", None)
    said = [f"as of {day_in_words(as_of)}"] if as_of else []
    said += [f"lens: {LENSES[lens].lower()}"] if lens in LENSES else []
    return {
        "page": title,
        "version": dossier.version,
        "view": ", ".join(said),
        "link": share.address(),
        "today": day_in_words(dt.datetime.now(dt.UTC).date()),
    }
