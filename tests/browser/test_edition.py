"""The edition in a browser: from a file with no network, without scripts, and from a plain host."""

import csv
import functools
import html
import http.server
import io
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from entente.briefing.scenes import choose_scenes
from entente.content import PageContent, Panel, Scene
from entente.dossier.store import Dossier, data_folder, read_dossier
from entente.export.files.writing import write_all
from entente.export.html.edition import briefing_html, site_files
from tests.matrix import mostly_slow

REFUSED = (
    "document.addEventListener('securitypolicyviolation', e => refused.push(e.violatedDirective))"
)
WATCH = f"window.refused = []; {REFUSED}"
LONG = "Donaudampfschifffahrtsgesellschaft" * 8
HOSTILE = f'=1+1 <img src=x onerror=alert(1)> \u202eabc \u0007{LONG} 😀 "quoted", & more'


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return read_dossier(data_folder())


@pytest.fixture(scope="module")
def file(dossier: Dossier, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("edition") / "briefing.html"
    path.write_bytes(briefing_html(choose_scenes(dossier), dossier=dossier))
    return path


@pytest.fixture(scope="module")
def hostile(dossier: Dossier, tmp_path_factory: pytest.TempPathFactory) -> Path:
    figure = go.Figure(go.Scatter(x=[1, 2], y=[2, 1], mode="markers+text", name=HOSTILE))
    table = pd.DataFrame({HOSTILE: [HOSTILE, "-5"], "Number": [-1.5, 2]})
    panel = Panel(
        key="marks", figure=figure, alt=HOSTILE, table=table, caption=HOSTILE, source_ids=()
    )
    content = PageContent(
        page_code="timeline", title=HOSTILE, query="", panels=(panel,), borders=""
    )
    scene = Scene(scene_id="one", number=1, title=HOSTILE, text=HOSTILE, notes="", content=content)
    path = tmp_path_factory.mktemp("hostile") / "page.html"
    path.write_bytes(briefing_html([scene], dossier=dossier))
    return path


class Opened:
    """A page, and what it asked for, said and was refused."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.add_init_script(WATCH)

    def draw_all(self) -> int:
        """Bring every chart on screen; how many were drawn."""
        charts = self.page.locator(".chart")
        for place in range(charts.count()):
            charts.nth(place).scroll_into_view_if_needed()
            charts.nth(place).locator(".main-svg").first.wait_for(state="attached")
        return charts.count()

    def refused(self) -> list[str]:
        found: list[str] = self.page.evaluate("window.refused")
        return found


@pytest.fixture
def offline(browser: Browser) -> Iterator[Opened]:
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    yield Opened(context)
    context.close()


def test_every_chart_is_drawn_from_a_file_without_a_network(offline: Opened, file: Path) -> None:
    offline.page.goto(file.as_uri())
    assert offline.draw_all() >= 12
    offline.page.wait_for_selector(
        ".chart-alliance-map .countries path, .chart .choroplethlayer path"
    )
    assert offline.asked == [file.as_uri()]
    assert offline.said == []
    assert offline.refused() == []


def test_what_a_link_leads_to_is_drawn_first(offline: Opened, file: Path) -> None:
    """Though charts of the scene before it are near enough to be drawn."""
    offline.page.add_init_script(
        "window.drawn = []; addEventListener('drawn', ({ target }) => drawn.push(target.id), true)"
    )
    offline.page.goto(file.as_uri())
    sections = offline.page.locator("section:has(.chart)")
    name = sections.nth(2).get_attribute("id")
    offline.page.goto("about:blank")
    offline.page.goto(f"{file.as_uri()}#{name}")
    offline.page.wait_for_function("drawn.length > 1")
    charts = sections.nth(2).locator(".chart")
    assert offline.page.evaluate("drawn[0]") in [one.get_attribute("id") for one in charts.all()]


def test_a_forbidden_request_is_noticed(offline: Opened, file: Path) -> None:
    """The control of the test above: what it counts can be counted."""
    offline.page.goto(file.as_uri())
    offline.page.evaluate(
        "new Promise(done => { const picture = new Image();"
        " picture.onerror = done; picture.src = 'http://localhost:9/x'; })"
    )
    assert offline.refused() == ["img-src"]


@pytest.mark.slow
def test_nothing_is_wider_than_a_phone(offline: Opened, file: Path, hostile: Path) -> None:
    offline.page.set_viewport_size({"width": 390, "height": 844})
    for path in (file, hostile):
        offline.page.goto(path.as_uri())
        offline.draw_all()
        assert offline.page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.slow
@pytest.mark.parametrize(
    ("width", "names"),
    mostly_slow([(1280, "names-wide"), (1000, "names-narrow")], (1000, "names-narrow")),
)
def test_one_set_of_names_stands_on_the_map_of_routes(
    offline: Opened, file: Path, width: int, names: str
) -> None:
    offline.page.set_viewport_size({"width": width, "height": 800})
    offline.page.goto(file.as_uri())
    offline.draw_all()
    for each in ("names-wide", "names-narrow"):
        text = offline.page.locator(f'.chart-corridor-map text[style*="{each}"]').first
        assert text.is_visible() == (each == names)


@pytest.mark.slow
def test_claims_are_filtered(offline: Opened, file: Path) -> None:
    offline.page.goto(file.as_uri())
    shown = offline.page.locator(".ledger > li:visible")
    everything = shown.count()
    offline.page.select_option("select[name=verdict]", "contradicted")
    contradicted = shown.count()
    assert 0 < contradicted < everything
    assert set(shown.evaluate_all("all => all.map(one => one.dataset.verdict)")) == {"contradicted"}
    offline.page.fill("input[name=words]", "no claim has these words")
    assert shown.count() == 0
    assert offline.page.inner_text("#filtered") == f"0 of {everything} claims"


def test_a_mark_leads_to_its_claim(offline: Opened, file: Path) -> None:
    offline.page.goto(file.as_uri())
    offline.page.fill("input[name=words]", "no claim has these words")
    offline.draw_all()
    offline.page.locator("#held .bars .point path").first.scroll_into_view_if_needed()
    box = offline.page.locator("#held .bars .point path").first.bounding_box()
    assert box is not None
    offline.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    picked = offline.page.locator(".ledger > li.picked")
    picked.wait_for()
    assert re.fullmatch(r"claim-c\d+", picked.get_attribute("id") or "")
    assert picked.is_visible()


@pytest.mark.slow
def test_keys_go_from_mark_to_mark_and_lead_to_the_claim(offline: Opened, file: Path) -> None:
    offline.page.goto(file.as_uri())
    offline.draw_all()
    offline.page.locator("#held-verdict-score .e-reach").focus()
    said = offline.page.locator("#held-verdict-score .e-told")
    heard = []
    for _ in range(3):
        offline.page.keyboard.press("ArrowRight")
        heard.append(said.inner_text())
    assert len(set(heard)) == 3
    assert all(heard)
    assert offline.page.locator("#held-verdict-score .e-ring-at").count() == 1
    offline.page.keyboard.press("Enter")
    picked = offline.page.locator(".ledger > li.picked")
    assert (picked.get_attribute("id") or "").removeprefix("claim-") in heard[-1]


@pytest.mark.slow
def test_a_finger_beside_a_mark_leads_to_its_claim(browser: Browser, file: Path) -> None:
    context = browser.new_context(
        offline=True, has_touch=True, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.goto(file.as_uri())
    page.locator("#held-verdict-score").scroll_into_view_if_needed()
    mark = page.locator("#held-verdict-score .bars .point path").first
    mark.wait_for()
    box = mark.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator(".ledger > li.picked").wait_for()
    context.close()


@pytest.mark.slow
def test_a_chart_that_cannot_be_drawn_says_so_above_its_table(browser: Browser, host: str) -> None:
    context = browser.new_context()
    context.route(re.compile(r"/assets/plotly\."), lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{host}/index.html")
    page.locator("#held-verdict-score").scroll_into_view_if_needed()
    page.locator('#held-verdict-score[data-state="failed"]').wait_for()
    assert "can’t be drawn" in page.locator("#held-verdict-score").inner_text()
    assert page.locator("#held .twin").first.is_visible()
    context.close()


@pytest.mark.slow
def test_the_table_is_saved_for_a_spreadsheet(offline: Opened, hostile: Path) -> None:
    offline.page.goto(hostile.as_uri())
    with offline.page.expect_download() as saving:
        offline.page.click('[data-save="csv"]')
    assert saving.value.suggested_filename == "entente-one-marks.csv"
    text = saving.value.path().read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    inert = "'" + HOSTILE.replace("\u0007", "")
    assert rows == [[inert, "Number"], [inert, "-1.5"], ["-5", "2.0"]]


@pytest.mark.slow
@pytest.mark.parametrize(("form", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg ")])
def test_a_chart_is_saved_as_a_picture(
    offline: Opened, file: Path, form: str, begins: bytes
) -> None:
    offline.page.goto(file.as_uri())
    heading = offline.page.inner_text("#visits h2")
    with offline.page.expect_download() as saving:
        offline.page.click(f'#visits [data-save="{form}"]')
    content = saving.value.path().read_bytes()
    assert content.startswith(begins)
    assert offline.refused() == []
    if form == "svg":
        drawn = " ".join(re.sub(r"<[^>]+>", " ", content.decode("utf-8")).split())
        assert html.unescape(drawn).count(" ".join(heading.split()[:3])) >= 1
        assert b"names-narrow" not in content


@pytest.mark.slow
def test_text_from_data_is_shown_as_text(offline: Opened, hostile: Path) -> None:
    offline.page.goto(hostile.as_uri())
    offline.draw_all()
    assert offline.page.inner_text("h2 >> nth=0") == HOSTILE.replace("\u0007", "")
    assert offline.page.locator("img").count() == 0
    assert offline.said == []


def test_words_and_links_work_without_scripts(browser: Browser, file: Path) -> None:
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    page.click("nav a >> nth=2")
    assert page.url.endswith("#visits")
    assert page.locator("#visits .lead").is_visible()
    assert page.locator("#visits .waiting").inner_text()
    assert page.locator(".ledger > li").count() == page.locator(".ledger > li:visible").count()
    page.click("#visits summary >> nth=0")
    assert page.locator("#visits td").first.is_visible()
    assert page.locator("#filters").is_hidden()
    context.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """The plainest of static hosts."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def host(dossier: Dossier, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    write_all(folder, site_files(choose_scenes(dossier), dossier=dossier))
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.slow
def test_the_folder_works_on_a_plain_host(browser: Browser, host: str) -> None:
    context = browser.new_context()
    opened = Opened(context)
    opened.page.goto(f"{host}/index.html")
    assert opened.draw_all() >= 12
    opened.page.wait_for_function("document.fonts.status === 'loaded'")
    foreign = [url for url in opened.asked if not url.startswith((f"{host}/", "data:", "blob:"))]
    assert foreign == []
    beside = {url.removeprefix(f"{host}/") for url in opened.asked if "/assets/" in url}
    assert len(beside) == 6
    assert all(re.fullmatch(r"assets/[a-z-]+\.[0-9a-f]{10}\.\w+", name) for name in beside)
    assert opened.refused() == []
    opened.page.goto(f"{host}/404.html")
    opened.page.click("a")
    assert opened.page.locator("h1").inner_text().startswith("One comment")
    context.close()
