"""What a reader can do with any page: present the briefing, share what is on screen, take it."""

import datetime as dt
import html
from collections.abc import Callable
from urllib.parse import urlsplit

import segno
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from entente.address.pages import VIEWS, write_query
from entente.address.views import View
from entente.app import markup, url_state
from entente.briefing.scenes import NothingToShow, choose_scenes, make_scene_of_view
from entente.dates import day_in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.export.deck.deck import deck
from entente.export.files.citation import view_citation, view_citation_bibtex
from entente.export.html.edition import briefing_html
from entente.vocabulary import LENSES

EMBED_HEIGHT = 720


def address() -> str:
    """The permalink of what is on screen: every control, and the versions of format and dataset."""
    return with_query(st.context.url or "", dict(st.query_params))


def base_address() -> str:
    """Address of the app itself, without page and parameters."""
    whole = urlsplit(st.context.url or "")
    return f"{whole.scheme}://{whole.netloc}" if whole.netloc else ""


def with_query(page: str, parameters: dict[str, str]) -> str:
    """An address with parameters; ids and codes need no escaping, so it stays short."""
    return f"{page}?{write_query(parameters)}" if parameters else page


def frame_code(link: str) -> str:
    """HTML that shows the page of a link inside another."""
    source = html.escape(f"{link}&embed=true" if "?" in link else f"{link}?embed=true", quote=True)
    return (
        f'<iframe src="{source}" title="Entente" width="100%" height="{EMBED_HEIGHT}" '
        'style="border:0" loading="lazy"></iframe>'
    )


def qr_code(link: str) -> str:
    """The link as a picture's address: a QR code, black on white in either appearance."""
    code = segno.make(link, error="m", micro=False)
    return str(code.svg_data_uri(border=3, dark="#000", light="#fff", omitsize=True))


def show_share(dossier: Dossier, *, title: str) -> None:
    """The panel behind its button; it is made when it is opened.

    Args:
        dossier: Named, with its digest, in the citation.
        title: Title of the page that is cited.
    """
    panel = st.popover("Share", width="content", key="share-panel", on_change="rerun")
    if panel.open:
        with panel, st.container(key="share"):
            _show_link(dossier, title=title)


def _show_link(dossier: Dossier, *, title: str) -> None:
    link = address()
    st.markdown("**Link to exactly this view**")
    st.code(link, language=None, wrap_lines=True)
    markup.show("share_code", picture=qr_code(link))
    with st.expander("Cite"):
        today = dt.datetime.now(dt.UTC).date()
        plain = view_citation(dossier, title=title, link=link, accessed=today)
        st.code(plain, language=None, wrap_lines=True)
        bibtex = view_citation_bibtex(dossier, title=title, link=link, accessed=today)
        st.code(bibtex, language=None)
    with st.expander("Embed"):
        st.code(frame_code(link), language=None, wrap_lines=True)
        st.caption(
            "Whoever runs this server must allow your site as a frame ancestor: "
            "see the settings in the README."
        )


HTML, PPTX = (
    "text/html",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
)


def show_exports(dossier: Dossier, *, page: str) -> None:
    """The panel behind its button. No file is made before it is asked for."""
    panel = st.popover("Take away", width="content", key="take-away-panel", on_change="rerun")
    if panel.open:
        with panel, st.container(key="take-away"):
            _show_files(dossier, page=page)


def _show_files(dossier: Dossier, *, page: str) -> None:
    view = url_state.current(VIEWS[page])
    base = base_address()
    st.markdown("**The whole briefing**, to present or hand out without a network")
    with st.container(key="take-briefing", horizontal=True, gap="small"):
        _button("One HTML file", "briefing", HTML, lambda: briefing_page(dossier, base=base))
        _button("PowerPoint deck", "briefing", PPTX, lambda: briefing_deck(dossier, base=base))
    if view is not None and not _is_empty(dossier, page=page, view=view):
        st.markdown("**This view**, with its tables and sources")
        with st.container(key="take-view", horizontal=True, gap="small"):
            _button(
                "HTML file",
                f"{page}-view",
                HTML,
                lambda: view_page(dossier, page=page, view=view, base=base),
            )
            _button(
                "PowerPoint slide",
                f"{page}-view",
                PPTX,
                lambda: view_deck(dossier, page=page, view=view, base=base),
            )
    st.caption("A file is made when you ask for it; you may go on reading meanwhile.")


@cached
def briefing_page(dossier: Dossier, *, base: str) -> bytes:
    """The briefing as one HTML file, with links to the app at `base`."""
    return briefing_html(choose_scenes(dossier), dossier=dossier, base_url=base)


@cached
def briefing_deck(dossier: Dossier, *, base: str) -> bytes:
    """The briefing as a deck, with links to the app at `base`."""
    return deck(choose_scenes(dossier), dossier=dossier, base_url=base)


@cached
def view_page(dossier: Dossier, *, page: str, view: View, base: str) -> bytes:
    """One view as an HTML file, with links to the app at `base`."""
    scene = make_scene_of_view(dossier, page, view)
    return briefing_html((scene,), dossier=dossier, base_url=base)


@cached
def view_deck(dossier: Dossier, *, page: str, view: View, base: str) -> bytes:
    """One view as a slide, with links to the app at `base`."""
    return deck((make_scene_of_view(dossier, page, view),), dossier=dossier, base_url=base)


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
        make_scene_of_view(dossier, page, view)
    except NothingToShow:
        return True
    return False


def place() -> DeltaGenerator:
    """Where the tools stand. They are filled in last, when the page has written its address."""
    return st.container(key="tools", horizontal=True, gap="small")


def fill(tools: DeltaGenerator, dossier: Dossier, *, page: str, title: str) -> None:
    """Put the tools in their place; a page in a frame of another has a way to the whole instead."""
    with tools:
        markup.show("sheet", **sheet(dossier, page=page, title=title))
        if st.context.is_embedded:
            markup.show("open_whole", link=address())
            return
        with st.container(key="present-link"):
            st.page_link("briefing.py", label="Present", query_params={"present": "1"})
        show_share(dossier, title=title)
        show_exports(dossier, page=page)


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
        "link": address(),
        "today": day_in_words(dt.datetime.now(dt.UTC).date()),
    }
