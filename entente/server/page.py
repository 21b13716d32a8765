"""The page that a browser gets first: Streamlit’s shell with a head of our own.

Streamlit’s page is read once, for the scripts and styles that it asks for and what they import.
Nothing of a request lands in ours but the name of one of our pages and, where no public address is
set, a host name that is on the list of allowed hosts.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from entente.address.pages import PAGES, PRESENTER_STYLE, STYLE, Page, stylesheet_address
from entente.dossier.document import Document
from entente.dossier.store import last_state, read_state
from entente.element import FIRST_ADDRESS, IMPORTED_ADDRESSES, library_address
from entente.settings import LOOPBACK, STREAMLIT_FILES, Settings, settings
from entente.style.palette import DARK, LETTERS, LIGHT, SANS, SERIF
from entente.style.text import keep_compounds

_TAG = re.compile(r"<(script|link)\b([^>]*)>")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_IMPORT = re.compile(r"""(?:from|import)\s*["'`]\./([\w.-]+\.js)["'`]""")


@dataclass(frozen=True, kw_only=True)
class Shell:
    """Addresses from the root, in the order in which Streamlit’s page names them."""

    entry: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    fonts: tuple[str, ...]


@cache
def read_shell(folder: Path = STREAMLIT_FILES) -> Shell:
    """Read the addresses out of `index.html`.

    Raises:
        ValueError: the page is not built as this code knows it.
    """
    found: dict[str, list[str]] = {
        kind: [] for kind in ("module", "modulepreload", "stylesheet", "preload")
    }
    for tag, rest in _TAG.findall((folder / "index.html").read_text(encoding="utf-8")):
        attributes = dict(_ATTRIBUTE.findall(rest))
        kind = attributes.get("type" if tag == "script" else "rel", "")
        address = attributes.get("src" if tag == "script" else "href", "")
        if kind in found:
            found[kind].append(address.removeprefix("."))
    if len(found["module"]) != 1 or not found["stylesheet"]:
        raise ValueError(f"{folder / 'index.html'} is not the page that was expected")
    # Streamlit’s font of symbols, which every page needs and its own page does not name.
    symbols = (folder / "static" / "media").glob("MaterialSymbols-Rounded.*.woff2")
    return Shell(
        entry=found["module"][0],
        scripts=tuple(found["modulepreload"]),
        styles=tuple(found["stylesheet"]),
        fonts=(*found["preload"], *(f"/static/media/{path.name}" for path in symbols)),
    )


def list_chunks(elements: tuple[str, ...], folder: Path = STREAMLIT_FILES) -> tuple[str, ...]:
    """The scripts that the named elements need beyond those that every page loads.

    An element that Streamlit no longer knows by that name gives none.
    """
    scripts, shell = folder / "static" / "js", read_shell(folder)
    waiting = [path.name for name in elements for path in sorted(scripts.glob(f"{name}.*.js"))]
    found = dict.fromkeys(waiting)
    while waiting:
        new = [name for name in _read_imports(scripts / waiting.pop()) if name not in found]
        found |= dict.fromkeys(new)
        waiting += new
    addresses = (f"/static/js/{name}" for name in found)
    return tuple(path for path in addresses if path not in (shell.entry, *shell.scripts))


@cache
def _read_imports(path: Path) -> tuple[str, ...]:
    """Static imports stand at the very beginning of a chunk."""
    with path.open(encoding="utf-8") as chunk:
        return tuple(dict.fromkeys(_IMPORT.findall(chunk.read(20_000))))


SITE = "Entente"
FIGURE = "BidiComponent"  # any component
CONTROLS = ("Html", "ButtonGroup", "Slider")
# By page, Streamlit’s names of what its first view is made of; their scripts are preloaded. React
# holds back for a third of a second whatever waits for a script that was not.
ELEMENTS = {
    "briefing": (*CONTROLS, FIGURE),
    "alliance_map": (*CONTROLS, "Selectbox", "Button", FIGURE),
    "timeline": (*CONTROLS, "Selectbox", "Multiselect", "Button", "DownloadButton", FIGURE),
    "trade_routes": (*CONTROLS, "Selectbox", FIGURE),
    "claims": (*CONTROLS, "TextInput", FIGURE),
    "data": (*CONTROLS, "Selectbox", "DownloadButton", FIGURE),
}
PRESENTER = ("Html", "Button", FIGURE)
MAPS = frozenset({"alliance_map", "trade_routes"})  # their first view draws land
BY_PATH = {page.path: page for page in PAGES}
MOST_PAGES = 64  # as text; there are six, each for two uses, and as many again for each host
OUTLINES = "/assets/topojson/world_50m.json"
# Tells Streamlit’s page where its server is, so that it neither looks for it below a page’s own
# address nor takes orders from any other site. Constant, so that its hash can stand in the CSP.
SCRIPT = (
    "window.prerenderReady=false;"
    "window.__streamlit={BACKEND_BASE_URL:location.origin,MAIN_PAGE_BASE_URL:location.origin,"
    "HOST_CONFIG:{allowedOrigins:[location.origin],useExternalAuthToken:false,"
    "enableCustomParentMessages:false}};"
    # Asks for what the page shows first, which `element/first.js` draws before the app is there.
    "if(!/[?&](present|embed)\\b/.test(location.search)){"
    "let dark=matchMedia('(prefers-color-scheme:dark)').matches;"
    "try{dark={Light:false,Dark:true}[localStorage['entente-appearance']]??dark}catch(refused){}"
    "window.ententeFirst=fetch('/first'+location.pathname+(location.search||'?')+"
    "'&appearance='+(dark?'dark':'light'),{priority:'high'}).catch(()=>{})}"
)
TEMPLATES = jinja2.Environment(
    loader=jinja2.PackageLoader("entente.server"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)
TEMPLATES.filters["headline"] = keep_compounds


@dataclass(frozen=True, kw_only=True)
class HeadText:
    """What a page says to search engines, previews of links and browsers without scripts.

    Attributes:
        title: As in a browser tab or a preview.
        description: One or two sentences for a preview.
        picture: What the picture of a preview shows, for those who do not see it; empty where the
            preview has none, since pictures are drawn with the words of one dataset.
        lead: What the site is about, where no script runs.
    """

    title: str
    description: str
    picture: str
    lead: str


# While there is no sound dataset, nobody can say what it is about.
WITHOUT_DATA = HeadText(
    title=SITE,
    description="One document, claim by claim, against the public record.",
    picture="Entente’s logo.",
    lead="One document, claim by claim, against the public record.",
)


def head_text(page: Page, document: Document | None) -> HeadText:
    """What a page says of itself in the words of the dataset; without one, in general words."""
    if document is None:
        return WITHOUT_DATA
    words = document.pages[page.code]
    return HeadText(
        title=words.title,
        description=words.description,
        picture=words.picture,
        lead=document.text("site-lead"),
    )


def script_hash() -> str:
    """The source expression that lets our one inline script run."""
    digest = hashlib.sha256(SCRIPT.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@lru_cache(maxsize=MOST_PAGES)
def render_page(
    page: Page,
    text: HeadText,
    *,
    base: str | None,
    edition: bool,
    missing: bool = False,
    is_presenting: bool = False,
) -> str:
    """The whole page as text.

    Args:
        page: The page.
        text: What it says of itself.
        base: Address of the site without a slash at its end; None leaves absolute addresses out.
        edition: Whether there is a static edition to point at.
        missing: Whether the address was not one of ours.
        is_presenting: Whether the presenter's screen will be shown.
    """
    elements = PRESENTER if is_presenting else ELEMENTS[page.code]
    values: dict[str, Any] = {
        "path": page.path,
        "text": text,
        "base": base,
        "edition": edition,
        "missing": missing,
        "card": f"/assets/cards/{page.code}.png",
        "site": SITE,
        "script": Markup(SCRIPT),  # noqa: S704 - a constant of ours
        "letters": LETTERS,
        "shell": read_shell(),
        "chunks": list_chunks(elements),
        # Run, not only fetched, before the app’s own scripts.
        "figures": [library_address(), FIRST_ADDRESS] if FIGURE in elements else [],
        "imported": IMPORTED_ADDRESSES,
        "outlines": OUTLINES if page.code in MAPS else None,
        "stylesheets": [
            stylesheet_address(name)
            for name in ((STYLE, PRESENTER_STYLE) if is_presenting else (STYLE,))
        ],
        "light": LIGHT,
        "dark": DARK,
        "sans": Markup(SANS),  # noqa: S704 - a constant of ours
        "serif": Markup(SERIF),  # noqa: S704 - a constant of ours
    }
    return TEMPLATES.get_template("page.html").render(values)


def find_base(request: Request, found: Settings) -> str | None:
    """The public address: as set, or of a request to a host that is known to be ours."""
    if found.url:
        return found.url
    host = urlsplit(f"//{request.headers.get('host', '')}")
    known = host.hostname in LOOPBACK or host.hostname in found.hosts
    return f"{request.url.scheme}://{host.netloc}" if known and "@" not in host.netloc else None


def send_once(request: Request, text: str, *, media_type: str, status: int = 200) -> Response:
    """A text, or 304 when the browser has it and would get it with status 200."""
    tag = f'W/"{hashlib.sha256(text.encode()).hexdigest()[:16]}"'
    headers = {"Cache-Control": "no-cache", "ETag": tag}
    if status == 200 and request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(text, status_code=status, media_type=media_type, headers=headers)


def answer(request: Request, page: Page, *, missing: bool = False) -> Response:
    """The page, or 304 when the browser has it; in the words of the dataset that was read last."""
    found, dossier = settings(), last_state().dossier
    text = render_page(
        page,
        head_text(page, dossier.document if dossier else None),
        base=find_base(request, found),
        edition=bool(found.edition),
        missing=missing,
        is_presenting="present" in request.query_params,
    )
    return send_once(request, text, media_type="text/html", status=404 if missing else 200)


def serve_page(request: Request) -> Response:
    """One of our pages; runs in a thread of its own, because it waits for the dataset."""
    read_state()
    return answer(request, BY_PATH[request.url.path.strip("/")])


PAGE_ROUTES = tuple(Route(f"/{page.path}", serve_page, methods=["GET", "HEAD"]) for page in PAGES)
