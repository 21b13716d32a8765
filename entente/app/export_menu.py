"""What can be taken away from any page: the briefing or this view, as one HTML file or a deck."""

from collections.abc import Callable

import streamlit as st

from entente.address.views import VIEWS, View
from entente.app import share, url_state
from entente.briefing.scenes import NothingToShow, chosen_scenes, scene_of_view
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.export.deck.deck import deck
from entente.export.html.edition import briefing_html

HTML, PPTX = (
    "text/html",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
)


def show(dossier: Dossier, *, page: str) -> None:
    """The panel behind its button. No file is made before it is asked for."""
    panel = st.popover("Take away", width="content", key="take-away-panel", on_change="rerun")
    if panel.open:
        with panel, st.container(key="take-away"):
            _contents(dossier, page=page)


def _contents(dossier: Dossier, *, page: str) -> None:
    view = url_state.current(VIEWS[page])
    base = share.base_address()
    st.markdown("**The whole briefing**, to present or hand out without a network")
    with st.container(key="take-briefing", horizontal=True, gap="small"):
        _button("One HTML file", "briefing", HTML, lambda: briefing_page(dossier, base=base))
        _button("PowerPoint deck", "briefing", PPTX, lambda: briefing_deck(dossier, base=base))
    if view is not None and not _is_empty(dossier, page=page, view=view):
        st.markdown("**This view**, with its tables and sources")
        with st.container(key="take-view", horizontal=True, gap="small"):
            _button(
                "HTML file", f"{page}-view", HTML, lambda: view_page(dossier, page, view, base=base)
            )
            _button(
                "PowerPoint slide",
                f"{page}-view",
                PPTX,
                lambda: view_deck(dossier, page, view, base=base),
            )
    st.caption("A file is made when you ask for it; you may go on reading meanwhile.")


def briefing_page(dossier: Dossier, *, base: str) -> bytes:
    """The briefing as one HTML file."""
    return bytes(_briefing_page(dossier, base=base))


def briefing_deck(dossier: Dossier, *, base: str) -> bytes:
    """The briefing as a deck."""
    return bytes(_briefing_deck(dossier, base=base))


def view_page(dossier: Dossier, page: str, view: View, *, base: str) -> bytes:
    """One view as an HTML file."""
    return bytes(_view_page(dossier, page=page, view=view, base=base))


def view_deck(dossier: Dossier, page: str, view: View, *, base: str) -> bytes:
    """One view as a deck."""
    return bytes(_view_deck(dossier, page=page, view=view, base=base))


def _button(label: str, stem: str, mime: str, make: Callable[[], bytes]) -> None:
    ending = "html" if mime == HTML else "pptx"
    st.download_button(
        label,
        data=make,
        file_name=f"entente-{stem.replace('_', '-')}.{ending}",
        mime=mime,
        key=f"take-{stem}-{ending}",
        on_click="ignore",
    )


@cached
def _is_empty(dossier: Dossier, *, page: str, view: View) -> bool:
    try:
        scene_of_view(dossier, page, view)
    except NothingToShow:
        return True
    return False


@cached
def _briefing_page(dossier: Dossier, *, base: str) -> bytes:
    return briefing_html(chosen_scenes(dossier), dossier=dossier, base_url=base)


@cached
def _briefing_deck(dossier: Dossier, *, base: str) -> bytes:
    return deck(chosen_scenes(dossier), dossier=dossier, base_url=base)


@cached
def _view_page(dossier: Dossier, *, page: str, view: View, base: str) -> bytes:
    scene = scene_of_view(dossier, page, view)
    return briefing_html((scene,), dossier=dossier, base_url=base)


@cached
def _view_deck(dossier: Dossier, *, page: str, view: View, base: str) -> bytes:
    return deck((scene_of_view(dossier, page, view),), dossier=dossier, base_url=base)
