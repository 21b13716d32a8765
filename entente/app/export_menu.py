"""What a reader can do with any page: present the briefing, share what is on screen, export it."""

import datetime as dt
import html
from urllib.parse import urlsplit

import segno
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from entente.address.pages import HOME_PAGE, VIEWS, find_scene, link_query, list_pages, write_query
from entente.address.views import View, scenes
from entente.app import controls, markup
from entente.app.chrome import get_dossier, get_horizon, get_reading_day
from entente.briefing.scenes import NothingToShow, choose_scenes, make_scene_of_view
from entente.dates import day_in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.export.deck.deck import deck
from entente.export.files.citation import view_citation, view_citation_bibtex
from entente.export.html.edition import briefing_html
from entente.vocabulary import LENSES

EMBED_HEIGHT = 720
MEDIA_TYPES = {
    "html": "text/html",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def make_place() -> DeltaGenerator:
    """Where the menu stands. It is filled last, when the page has written its address."""
    return st.container(key="tools", horizontal=True, gap="small")


def fill(place: DeltaGenerator, *, page: str, title: str) -> None:
    """Put the menu in its place; a page in a frame of another has a link to the whole instead.

    Args:
        place: From `make_place`.
        page: Code of the page that was shown.
        title: Its title.
    """
    dossier, view, link = get_dossier(), controls.current_view(VIEWS[page]), read_address()
    with place:
        markup.show("sheet", **describe_sheet(dossier, view, title=title, link=link))
        if st.context.is_embedded:
            markup.show("open_whole", link=link)
            return
        if scenes(dossier):
            _show_start(dossier, page, view)
        sharing = st.popover("Share", width="content", key="share-panel", on_change="rerun")
        if sharing.open:
            with sharing, st.container(key="share"):
                _show_link(dossier, title=title, link=link)
        taking = st.popover("Export", width="content", key="export-panel", on_change="rerun")
        if taking.open:
            with taking, st.container(key="export"):
                _show_files(dossier, view)
        markup.show("menu", pages=list_pages(dossier), here=page)


def _show_start(dossier: Dossier, page: str, view: View | None) -> None:
    """The link to the briefing, which starts where the reader is."""
    scene = find_scene(dossier, page, view)
    start = {"present": "1", "scene": scene} if scene else {"present": "1"}
    markup.show("present_link", link=link_query(HOME_PAGE.code, write_query(start)))


def describe_sheet(dossier: Dossier, view: View | None, *, title: str, link: str) -> dict[str, str]:
    """The head of a printed sheet: which view, of which dataset, and how old that is."""
    as_of, lens = getattr(view, "as_of", None), getattr(view, "lens", None)
    horizon = get_horizon(dossier)
    said = [f"as of {day_in_words(as_of)}"] if as_of else []
    said += [f"compare: {LENSES[lens].lower()}"] if lens in LENSES else []
    return {
        "page": title,
        "version": dossier.version,
        "view": ", ".join(said),
        "link": link,
        "newest": horizon.date,
        "age": horizon.age,
        "printed": day_in_words(get_reading_day()),
    }


def read_address() -> str:
    """The permalink of what is on screen: every control, and the versions of format and dataset."""
    page, parameters = st.context.url or "", dict(st.query_params)
    return f"{page}?{write_query(parameters)}" if parameters else page


def _show_link(dossier: Dossier, *, title: str, link: str) -> None:
    st.markdown("**Link to exactly this view**")
    st.code(link, language=None, wrap_lines=True)
    code = segno.make(link, error="m", micro=False)  # black on white in either appearance
    picture = code.svg_data_uri(border=3, dark="#000", light="#fff", omitsize=True)
    markup.show("share_code", picture=str(picture))
    with st.expander("How to cite"):
        accessed = get_reading_day()
        plain = view_citation(dossier, title=title, link=link, accessed=accessed)
        st.code(plain, language=None, wrap_lines=True)
        bibtex = view_citation_bibtex(dossier, title=title, link=link, accessed=accessed)
        st.code(bibtex, language=None)
    with st.expander("Embed"):
        st.code(embed_code(link), language=None, wrap_lines=True)
        st.caption(
            "The operator of this server must allow your site to embed it: "
            "see the settings in docs/serve.md."
        )


def embed_code(link: str) -> str:
    """HTML that shows the page of a link inside another."""
    source = html.escape(f"{link}{'&' if '?' in link else '?'}embed=true", quote=True)
    return (
        f'<iframe src="{source}" title="Entente" width="100%" height="{EMBED_HEIGHT}" '
        'style="border:0" loading="lazy"></iframe>'
    )


def _show_files(dossier: Dossier, view: View | None) -> None:
    whole = urlsplit(st.context.url or "")
    base = f"{whole.scheme}://{whole.netloc}" if whole.netloc else ""
    st.markdown("**The whole briefing**, to present or hand out offline")
    with st.container(key="take-briefing", horizontal=True, gap="small"):
        _offer_file(dossier, "Offline copy (HTML)", "html", base=base)
        _offer_file(dossier, "PowerPoint deck", "pptx", base=base)
    if view is not None and not _is_empty(dossier, view=view):
        st.markdown("**This view**, with its tables and sources")
        with st.container(key="take-view", horizontal=True, gap="small"):
            _offer_file(dossier, "Page (HTML)", "html", view=view, base=base)
            _offer_file(dossier, "PowerPoint slide", "pptx", view=view, base=base)
    st.caption("Preparing takes a few seconds.")


def _offer_file(
    dossier: Dossier, label: str, kind: str, *, view: View | None = None, base: str
) -> None:
    stem = f"{view.page_code}-view" if view else "briefing"
    st.download_button(
        label,
        data=lambda: make_file(dossier, kind=kind, view=view, base=base, made_on=get_reading_day()),
        file_name=f"entente-{stem.replace('_', '-')}.{kind}",
        mime=MEDIA_TYPES[kind],
        key=f"take-{stem}-{kind}",
        on_click="ignore",
    )


def make_file(
    dossier: Dossier, *, kind: str, view: View | None, base: str, made_on: dt.date
) -> bytes:
    """The whole briefing, or one view, as a file.

    Args:
        dossier: What it is made from.
        kind: `html`, or `pptx` for a deck.
        view: The view; None for the briefing.
        base: Address of the app, for links to it.
        made_on: The day of export.
    """
    # Views are equal wherever they look; their files are not.
    camera = getattr(view, "camera", None)
    return _make_file(dossier, kind=kind, view=view, camera=camera, base=base, made_on=made_on)


@cached
def _make_file(
    dossier: Dossier,
    *,
    kind: str,
    view: View | None,
    camera: str | None,
    base: str,
    made_on: dt.date,
) -> bytes:
    write = briefing_html if kind == "html" else deck
    scenes = (make_scene_of_view(dossier, view.page_code, view),) if view else None
    return write(scenes or choose_scenes(dossier), dossier=dossier, base_url=base, made_on=made_on)


@cached
def _is_empty(dossier: Dossier, *, view: View) -> bool:
    try:
        make_scene_of_view(dossier, view.page_code, view)
    except NothingToShow:
        return True
    return False
