"""What a reader can take from any page: a link to it, or files of it and of the whole briefing."""

import datetime as dt
import html
from functools import partial
from urllib.parse import urlsplit

import segno
import streamlit as st

from entente.address.views import View
from entente.app import markup
from entente.briefing.scenes import NothingToShow, choose_scenes, make_scene_of_view
from entente.dossier.store import Dossier, cached
from entente.export.deck.deck import deck
from entente.export.files.citation import view_citation, view_citation_bibtex
from entente.export.html.edition import briefing_html

EMBED_HEIGHT = 720
MEDIA_TYPES = {
    "html": "text/html",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def show_link(dossier: Dossier, *, title: str, link: str, read_on: dt.date) -> None:
    """The permalink of what is on screen, and how to cite and to embed it."""
    st.markdown("**Link to exactly this view**")
    st.code(link, language=None, wrap_lines=True)
    code = segno.make(link, error="m", micro=False)  # black on white in either appearance
    picture = code.svg_data_uri(border=3, dark="#000", light="#fff", omitsize=True)
    markup.show("share_code", picture=str(picture))
    with st.expander("How to cite"):
        plain = view_citation(dossier, title=title, link=link, accessed=read_on)
        st.code(plain, language=None, wrap_lines=True)
        bibtex = view_citation_bibtex(dossier, title=title, link=link, accessed=read_on)
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


def show_files(dossier: Dossier, view: View | None, *, made_on: dt.date) -> None:
    """The briefing and the view as files; a view with nothing to show has none."""
    whole = urlsplit(st.context.url or "")
    base = f"{whole.scheme}://{whole.netloc}" if whole.netloc else ""
    offer = partial(_offer_file, dossier, base=base, made_on=made_on)
    st.markdown("**The whole briefing**, to present or hand out offline")
    with st.container(key="take-briefing", horizontal=True, gap="small"):
        offer("Offline copy (HTML)", "html")
        offer("PowerPoint deck", "pptx")
    if view is not None and not _is_empty(dossier, view=view):
        st.markdown("**This view**, with its tables and sources")
        with st.container(key="take-view", horizontal=True, gap="small"):
            offer("Page (HTML)", "html", view=view)
            offer("PowerPoint slide", "pptx", view=view)
    st.caption("Preparing takes a few seconds.")


def _offer_file(
    dossier: Dossier,
    label: str,
    kind: str,
    *,
    view: View | None = None,
    base: str,
    made_on: dt.date,
) -> None:
    stem = f"{view.page_code}-view" if view else "briefing"
    st.download_button(
        label,
        data=lambda: make_file(dossier, kind=kind, view=view, base=base, made_on=made_on),
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
