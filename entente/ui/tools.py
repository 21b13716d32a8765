"""What a reader can do with any page: present the briefing, share what is on screen, take it."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from entente.store import Dossier
from entente.ui import share, take_away


def place() -> DeltaGenerator:
    """Where the tools stand. They are filled in last, when the page has written its address."""
    return st.container(key="tools", horizontal=True, gap="small")


def fill(place: DeltaGenerator, dossier: Dossier, *, page: str, title: str) -> None:
    """Put the tools in their place; a page that stands in a frame of another has none."""
    if st.context.is_embedded:
        return
    with place:
        with st.container(key="present-link"):
            st.page_link("briefing.py", label="Present", query_params={"present": "1"})
        share.show(dossier, title=title)
        take_away.show(dossier, page=page)
