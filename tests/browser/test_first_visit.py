"""A first visit is light and quiet: few bytes, nothing in vain, no word on the console."""

import contextlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, TimeoutError

from entente.address.pages import PAGES
from entente.address.pages import Page as SitePage
from entente.dossier.store import Dossier
from entente.server.packed import pack
from entente.settings import settings
from tools.browsing import DRAWN, FLAGS, IDLE, QUIET
from tools.serving import serve_app

FIRST, SECOND = 1_300_000, 30_000
SCRIPT = re.compile(r"/static/js/([\w.-]+\.js)")


def each_page(*quick: str) -> pytest.MarkDecorator:
    """For every page; slow but for those with these codes."""
    heads = [
        pytest.param(head, marks=[] if head.code in quick else pytest.mark.slow, id=head.code)
        for head in PAGES
    ]
    return pytest.mark.parametrize("head", heads)


@dataclass
class Load:
    """What went over the wire, and what the browser had to say."""

    page: Page
    asked: dict[str, str] = field(default_factory=dict)
    received: dict[str, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(self.received.values())


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    list(pack(settings().static))
    with serve_app() as found:
        yield found


def load(context: BrowserContext, address: str) -> Load:
    page = context.new_page()
    page.set_default_timeout(60_000)
    seen = Load(page)
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.on(
        "Network.requestWillBeSent",
        lambda e: seen.asked.update({e["requestId"]: e["request"]["url"]}),
    )
    devtools.on(
        "Network.loadingFinished",
        lambda e: seen.received.update(
            {seen.asked.get(e["requestId"], "?"): int(e["encodedDataLength"])}
        ),
    )
    page.on(
        "response",
        lambda r: seen.refused.append(f"{r.status} {r.url}") if r.status >= 400 else None,
    )
    page.on(
        "console", lambda m: seen.said.append(m.text) if m.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: seen.said.append(str(error)))
    page.goto(address)
    page.wait_for_selector(IDLE)
    page.wait_for_function(QUIET)
    page.wait_for_function(DRAWN)
    return seen


@each_page("briefing", "trade_routes")  # home, and the page with most on it
def test_a_first_visit_is_light_and_a_second_one_is_nothing(
    browser: Browser, address: str, head: SitePage
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    first = load(context, f"{address}/{head.path}")
    assert 500_000 < first.size <= FIRST
    assert first.refused == []
    assert first.said == []
    named = SCRIPT.findall(context.request.get(f"{address}/{head.path}").text())
    asked = SCRIPT.findall(" ".join(first.asked.values()))
    assert set(asked) <= set(named), "a script that the head does not name comes late"
    first.page.close()
    second = load(context, f"{address}/{head.path}")
    fonts = sum(size for url, size in second.received.items() if url.endswith(".woff2"))
    assert second.size - fonts <= SECOND
    assert second.said == []
    context.close()


@pytest.fixture(scope="module")
def lenient(browser: Browser) -> Iterator[Browser]:
    """A browser that lets a page which a test has rewritten talk to this host."""
    flags = [*FLAGS, "--disable-features=LocalNetworkAccessChecks"]
    started = browser.browser_type.launch(executable_path=shutil.which("chromium"), args=flags)
    yield started
    started.close()


@each_page("alliance_map")
def test_what_is_preloaded_is_used(lenient: Browser, address: str, head: SitePage) -> None:
    context = lenient.new_context(viewport={"width": 1280, "height": 720})
    html = context.request.get(f"{address}/{head.path}").text()
    preloaded = re.findall(r'rel="(?:module)?preload"[^>]* href="([^"]+)"', html)
    assert len(preloaded) > 50
    page = open_without_preloads(context, f"{address}/{head.path}")
    path = "new URL(entry.name)).map(url => url.pathname + url.search)"
    asked = f"performance.getEntriesByType('resource').map(entry => {path}"
    with contextlib.suppress(TimeoutError):
        wanted = f"wanted => wanted.every(path => {asked}.includes(path))"
        page.wait_for_function(wanted, arg=preloaded, timeout=30_000)
    assert set(preloaded) - set(page.evaluate(asked)) == set()
    context.close()


def open_without_preloads(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.set_default_timeout(60_000)

    def strip(route: Route) -> None:
        answer = route.fetch()
        text = re.sub(r'<link rel="(module)?preload"[^>]*>', "", answer.text())
        policy = answer.headers["content-security-policy"]
        headers = {"content-type": "text/html", "content-security-policy": policy}
        route.fulfill(status=200, headers=headers, body=text)

    page.route(re.compile(re.escape(address) + "$"), strip)
    page.goto(address)
    page.wait_for_selector(IDLE)
    return page


def test_without_scripts_a_page_says_what_it_is_about(
    browser: Browser, address: str, dossier: Dossier
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/claims")
    assert page.locator("html").get_attribute("lang") == "en"
    pages = dossier["document/pages"].set_index("page_code")
    assert page.locator("#root .boot b").inner_text() == pages.at["claims", "title"]
    context.close()


def test_the_policy_is_in_force(browser: Browser, address: str) -> None:
    context = browser.new_context()
    seen = load(context, f"{address}/data")
    blocked = seen.page.evaluate(
        """() => new Promise(done => {
            const seen = [];
            const note = event => seen.push(event.effectiveDirective);
            document.addEventListener('securitypolicyviolation', note);
            const script = document.createElement('script');
            script.textContent = 'window.ran = 1';
            document.body.append(script);
            // Later, for what devtools run at once may evaluate.
            setTimeout(() => { try { new Function('window.ran = 2')() } catch (e) {} }, 50);
            const picture = new Image();
            picture.src = 'http://127.0.0.1:9/x.png';
            const frame = document.createElement('iframe');
            frame.src = 'https://elsewhere.example/';
            document.body.append(frame);
            setTimeout(() => done([window.ran ?? null, ...new Set(seen)]), 300);
        })"""
    )
    assert blocked[0] is None
    assert {"script-src-elem", "script-src", "img-src", "frame-src"} <= set(blocked[1:])
    context.close()
