"""What a crawler, a chat client and a browser without scripts get: a head for each page."""

import json
import re
from html.parser import HTMLParser

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from entente.address.pages import PAGES, PRESENTER_STYLE, Page, stylesheet_address
from entente.dossier.document import Document, PageText
from entente.dossier.store import Dossier
from entente.element import FIRST_ADDRESS
from entente.server import page as page_module
from entente.server.packed import list_sources
from entente.server.page import (
    ELEMENTS,
    FIGURE,
    MAPS,
    SCRIPT,
    WITHOUT_DATA,
    head_text,
    list_chunks,
    read_shell,
    render_page,
)
from entente.server.security import Access
from entente.server.stack import ROUTES
from entente.settings import STREAMLIT_FILES, Settings
from entente.style.bundle import bundle_address
from tests.conftest import ROOT

EACH = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.code)
BASE = "https://entente.example"


class Reader(HTMLParser):
    """Tags with attributes, and text by tag."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, str] = {}
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        for tag in self.open:
            self.text[tag] = self.text.get(tag, "") + data

    def meta(self, name: str) -> str | None:
        for tag, found in self.tags:
            if tag == "meta" and name in {found.get("name"), found.get("property")}:
                return found.get("content")
        return None

    def link(self, relation: str) -> list[str | None]:
        return [
            found.get("href")
            for tag, found in self.tags
            if tag == "link" and found.get("rel") == relation
        ]


def client(found: Settings, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(page_module, "settings", lambda: found)
    app = Starlette(routes=ROUTES)
    return TestClient(Access(app, found), base_url="http://localhost")


def html_of(page: Page, *, base: str | None = None, edition: bool = False) -> str:
    return render_page(page, WITHOUT_DATA, base=base, edition=edition)


@EACH
def test_a_page_says_what_it_is(live_dossier: Dossier, page: Page) -> None:
    said: PageText = live_dossier.document.pages[page.code]
    text = render_page(page, head_text(page, live_dossier.document), base=BASE, edition=False)
    read = Reader(text)
    assert read.text["title"] == said.title
    assert read.meta("description") == said.description
    assert read.meta("og:image:alt") == said.picture
    assert read.link("canonical") == [f"{BASE}/{page.path}"]
    assert read.meta("og:url") == f"{BASE}/{page.path}"
    for name in ("og:title", "twitter:title"):
        assert read.meta(name) == said.title
    assert (
        read.meta("og:image")
        == read.meta("twitter:image")
        == f"{BASE}/assets/cards/{page.code}.png"
    )
    assert read.meta("twitter:card") == "summary_large_image"
    assert read.tags[0] == ("html", {"lang": "en"})
    assert text.index("twitter:description") < 3000  # some look no further


def test_the_rules_of_the_presenter_are_fetched_for_the_presenter_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reader = client(Settings(), monkeypatch)
    presenting, reading = reader.get("/?present=1").text, reader.get("/?lens=both").text
    assert stylesheet_address() in reading
    assert PRESENTER_STYLE not in reading
    assert stylesheet_address() in presenting
    assert stylesheet_address(PRESENTER_STYLE) in presenting


def test_titles_and_descriptions_fit_a_preview(live_dossier: Dossier) -> None:
    for page in live_dossier.document.pages.values():
        assert len(page.title) <= 60
        assert 70 <= len(page.description) <= 200


def test_no_two_pages_look_alike(live_dossier: Dossier) -> None:
    pages = live_dossier.document.pages.values()
    for field in ("title", "description", "picture"):
        assert len({getattr(page, field) for page in pages}) == len(PAGES)


def test_every_head_has_its_words(live_dossier: Dossier) -> None:
    assert set(live_dossier.document.pages) == {page.code for page in PAGES}


def test_a_page_in_general_words_has_no_picture_of_another_document(
    live_dossier: Dossier,
) -> None:
    own = live_dossier.tables["document/pages"]
    document = Document({**live_dossier.tables, "document/pages": own.iloc[:0]})
    said = head_text(PAGES[0], document)
    read = Reader(render_page(PAGES[0], said, base=BASE, edition=False))
    assert read.text["title"] == said.title != WITHOUT_DATA.title
    assert read.meta("og:image") is read.meta("twitter:image") is None
    assert read.meta("twitter:card") == "summary"


def test_a_page_without_a_dataset_names_the_site_only() -> None:
    read = Reader(html_of(PAGES[0]))
    assert read.text["title"] == "Entente"
    assert head_text(PAGES[0], None) == WITHOUT_DATA


def test_every_page_of_the_app_has_a_head() -> None:
    scripts = {path.name for path in (ROOT / "pages").glob("*.py")} - {"router.py"}
    assert {page.script for page in PAGES} == scripts


@EACH
def test_a_page_has_its_own_picture(page: Page) -> None:
    path = ROOT / "assets" / "cards" / f"{page.code}.png"
    assert Image.open(path).size == (1200, 630)
    assert path.stat().st_size < 150_000
    assert len(Image.open(path).convert("RGB").getcolors(100_000) or []) > 20


def test_what_the_page_and_the_manifest_name_is_there() -> None:
    read = Reader(html_of(PAGES[1], base=None, edition=False))
    named = [
        found.get(key)
        for tag, found in read.tags
        for key in ("href", "src")
        if tag in {"link", "script"}
    ]
    manifest = json.loads((ROOT / "assets" / "manifest.webmanifest").read_text(encoding="utf-8"))
    named += [icon["src"] for icon in manifest["icons"]]
    addresses = [address for address in named if address]
    assert len(addresses) > 60
    files = list_sources()
    assert [name for name in addresses if not files[name.partition("?")[0]].is_file()] == []


def test_all_that_streamlit_asks_for_is_asked_for() -> None:
    original = (STREAMLIT_FILES / "index.html").read_text(encoding="utf-8")
    wanted = set(re.findall(r'(?:src|href)="\./(static/[^"]+)"', original))
    text = html_of(PAGES[0], base=None, edition=False)
    assert wanted
    assert {address for address in wanted if f"/{address}" not in text} == set()


def test_chunks_come_with_what_they_import_and_nothing_twice() -> None:
    chunks = list_chunks((FIGURE,))
    assert sum(f"/{FIGURE}." in chunk for chunk in chunks) == 1
    assert len(chunks) > 1
    assert len(set(chunks)) == len(chunks)
    assert not set(chunks) & {read_shell().entry, *read_shell().scripts}
    assert list_chunks(("NoSuchElement",)) == ()


@EACH
def test_what_draws_figures_is_run_before_the_app(page: Page) -> None:
    found = Reader(html_of(page, base=None, edition=False)).tags
    run = [kept["src"] for tag, kept in found if tag == "script" and "src" in kept]
    entry, drawing = read_shell().entry, [bundle_address(), FIRST_ADDRESS]
    if FIGURE not in ELEMENTS[page.code]:
        assert entry in run
        assert not set(drawing) & set(run)
        return
    assert [address for address in run if address in drawing] == drawing
    assert entry not in run
    assert ("meta", {"name": "app", "content": entry}) in found


def test_maps_preload_their_outlines() -> None:
    for page in PAGES:
        text = html_of(page, base=None, edition=False)
        assert ('href="/assets/topojson/world_50m.json" as="fetch"' in text) is (page.code in MAPS)


def test_without_scripts_the_lead_stands_there(live_dossier: Dossier) -> None:
    said = head_text(PAGES[0], live_dossier.document)
    read = Reader(render_page(PAGES[0], said, base=None, edition=True))
    assert said.lead in read.text["noscript"]
    assert ("a", {"href": "/edition/"}) in read.tags
    assert "/edition/" not in html_of(PAGES[0], base=None, edition=False)


def test_the_only_inline_script_is_the_one_whose_hash_is_known() -> None:
    text = html_of(PAGES[0], base=BASE, edition=True)
    assert re.findall(r"<script>(.*?)</script>", text, re.S) == [SCRIPT]
    assert not re.search(r"<[^>]*\son\w+=", text)


NASTY = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "\u202e{{7*7}}${7*7}",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("nasty", NASTY)
def test_nothing_of_the_query_or_the_host_lands_in_the_page(
    nasty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = client(Settings(), monkeypatch)
    plain = reader.get("/claims").text
    assert reader.get("/claims", params={"q": nasty, nasty: "1"}).text == plain
    host = nasty.encode("ascii", "ignore").decode()
    foreign = reader.get("/claims", headers={"Host": host}).text
    assert host not in foreign
    assert "canonical" not in foreign


def test_the_canonical_address_is_the_one_that_was_set(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = client(Settings(url=BASE), monkeypatch)
    read = Reader(reader.get("/timeline?lens=record", headers={"Host": "elsewhere.example"}).text)
    assert read.link("canonical") == [f"{BASE}/timeline"]


def test_without_one_it_is_the_host_if_that_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = client(Settings(hosts=("entente.example",)), monkeypatch)
    for host, wanted in {
        "entente.example": ["http://entente.example/data"],
        "localhost:8501": ["http://localhost:8501/data"],
        "elsewhere.example": [],
        "entente.example@elsewhere.example": [],
    }.items():
        assert Reader(reader.get("/data", headers={"Host": host}).text).link("canonical") == wanted


def test_a_page_that_the_browser_has_is_not_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = client(Settings(), monkeypatch)
    first = reader.get("/claims")
    again = reader.get("/claims", headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert first.headers["cache-control"] == "no-cache"


def test_an_unknown_page_says_so_and_still_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = client(Settings(), monkeypatch).get("/no_such_page")
    assert answer.status_code == 404
    assert Reader(answer.text).meta("robots") == "noindex"
    assert read_shell().entry in answer.text


def test_a_slash_too_many_is_taken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = client(Settings(), monkeypatch).get("/claims/?lens=record", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, "/claims?lens=record")
