"""The share panel: the address of what is on screen: link, QR code, frame and citation."""

import datetime as dt
import html
from urllib.parse import urlencode, urlsplit

import segno
import streamlit as st

from entente.app import markup
from entente.dossier.store import Dossier
from entente.export.files.citation import view_citation, view_citation_bibtex

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
    return f"{page}?{urlencode(parameters, safe='.,-_')}" if parameters else page


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


def show(dossier: Dossier, *, title: str) -> None:
    """The panel behind its button; it is made when it is opened.

    Args:
        dossier: Named, with its digest, in the citation.
        title: Title of the page that is cited.
    """
    panel = st.popover("Share", width="content", key="share-panel", on_change="rerun")
    if panel.open:
        with panel, st.container(key="share"):
            _contents(dossier, title=title)


def _contents(dossier: Dossier, *, title: str) -> None:
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
