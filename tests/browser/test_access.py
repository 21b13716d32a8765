"""Every page, reading and open panel under axe-core, in light and dark, and the static edition."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, expect

from entente.briefing.scenes import choose_scenes
from entente.dossier.store import Dossier
from entente.export.html.edition import briefing_html
from tests.browser.conftest import TABLE, Visit, open_table
from tests.matrix import mostly_slow

Start = Callable[..., Visit]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = {
    "briefing": ["", "?lens=document&pick=c63", "?lens=record&at=2025-01-15"],
    "map": [
        "alliance_map?pick=TUR&since=2024-01-01",
        "alliance_map?show=matrix&pick=AZE",
        "alliance_map?show=table&frame=corridors",
    ],
    "timeline": [
        "timeline?pick=e051",
        "timeline?show=tempo&pick=x01",
        "timeline?show=list&pick=e036",
        "timeline?lens=x",
    ],
    "routes": [
        "trade_routes?pick=INSTC-W",
        "trade_routes?show=ways",
        "trade_routes?show=leverage&veto=IRN",
        "trade_routes?show=weights",
        "trade_routes?show=benchmarks",
    ],
    "claims": ["claims", "claims?lens=document", "claims?pick=c63"],
    "sources": ["claims?show=scoreboard", "claims?show=sources", "data"],
    "presenter": [
        "?present=1&scene=ties",
        "?present=1&scene=visits",
        "?present=1&scene=unknown",
        "?present=1&scene=gate&notes=on",
    ],
}
# What opens on a page: its name, and the role and name of what opens it.
PANELS = {
    "alliance_map": [
        ("filters", "button", "Filters"),
        ("download", "button", "Download"),
        ("share", "button", "Share"),
        ("export", "button", "Export"),
        ("list", "combobox", "Details of"),
    ],
    "data": [("list", "combobox", "Table"), ("menu", "button", "Menu")],
    "timeline": [("sheet", "button", "Change")],
    "claims": [("sheet", "button", "Change")],
    "trade_routes": [("sheet", "button", "Change")],
    "?present=1": [("scenes", "button", "Scenes")],
}
DARK = 2
OPEN = """:is(
  [role="dialog"], [role="listbox"], [role="menu"],
  html[data-sheet="menu"] .e-menu,
  html[data-sheet="controls"] .st-key-controls-sheet)"""
FILLED = f'{OPEN} :is(button, input, summary, [role="option"]):visible'


@dataclass(frozen=True)
class Own:
    """What Streamlit does amiss inside a widget of its own, and no style sheet can mend."""

    panel: str
    rule: str
    element: str
    why: str
    issue: str


STREAMLIT_S_OWN = (
    Own(
        "list",
        "region",
        '[role="listbox"]',
        "the list of a selectbox hangs at the end of the page, in no landmark",
        "none found",
    ),
    Own(
        "calendar",
        "landmark-banner-is-top-level",
        '[role="dialog"] header',
        "month and year of the calendar stand in a <header>, which a dialog does not demote",
        "none found; whether it should: https://github.com/w3c/html-aria/issues/579",
    ),
    Own(
        "calendar",
        "landmark-no-duplicate-banner",
        '[data-testid="stHeader"]',
        "the same <header> is a second one beside the page's",
        "none found",
    ),
    Own(
        "calendar",
        "landmark-unique",
        '[data-testid="stHeader"]',
        "the same <header> has no name of its own",
        "none found",
    ),
)
# axe judges the contrast of what no ancestor cuts off and of what is not folded.
UNROLLED = """
  html, body, #root, #root > div, .stApp,
  .stApp :is([data-testid="stAppViewContainer"], [data-testid="stAppViewContainer"] > div, main) {
    position: static !important; display: block !important;
    height: auto !important; overflow: visible !important;
  }"""
UNFOLD = """(within) => {
  for (const fold of document.querySelectorAll(`${within} details:not([open])`)) {
    if (fold.closest('[class*="st-key-fold-"]')) continue;  // empty until a reader opens it
    if (fold.closest('[data-testid="stExpander"]') === fold.parentElement)
      fold.querySelector('summary').click();
    else fold.open = true;
  }
}"""
JUDGE = """async ([leftOut, options]) => {
  const {violations} = await axe.run({exclude: leftOut}, {resultTypes: ['violations'], ...options});
  return violations.flatMap(({id, nodes}) => nodes.map((node) => (
    {rule: id, target: node.target.join(' '), why: node.failureSummary, at: node.html})));
}"""
# Contrast takes nearly all of the time, so rows that look like an earlier one of their list, but
# for words and addresses, are left out of it. All other rules see every row.
MARK_ALIKE = """() => {
  const looks = new Set(), lists = [...document.querySelectorAll('tbody, ol, ul')];
  for (const row of document.querySelectorAll('tbody > tr, ol > li, ul > li')) {
    const look = lists.indexOf(row.parentElement) + row.outerHTML
      .replace(/ (href|title|id|data-alike)="[^"]*"/g, '')
      .replace(/>([^<]*)</g, (_, text) => '>' + Math.min(text.trim().length, 2) + '<');
    row.toggleAttribute('data-alike', looks.has(look));
    looks.add(look);
  }
}"""


def violations(
    page: Page, *, within: str = "body", only_colours: bool = False
) -> list[dict[str, str]]:
    """What axe finds on a page as it is now, with every fold of it open.

    A click on a fold outside of an open panel would shut the panel.
    """
    page.evaluate(UNFOLD, within)
    page.evaluate(AXE)
    found: list[dict[str, str]] = []
    if not only_colours:
        but_contrast = {"color-contrast": {"enabled": False}}
        found += page.evaluate(JUDGE, [[], {"runOnly": TAGS, "rules": but_contrast}])
    page.evaluate(MARK_ALIKE)
    contrast = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
    return found + page.evaluate(JUDGE, [["[data-alike]"], contrast])


def owner(page: Page, violation: dict[str, str], panel: str) -> Own | None:
    """The entry of the table that a violation belongs to."""
    element = page.locator(violation["target"]).first
    for own in STREAMLIT_S_OWN:
        if (own.panel, own.rule) == (panel, violation["rule"]) and element.evaluate(
            "(element, selector) => element.matches(selector)", own.element
        ):
            return own
    return None


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def visiting(visit: Start, scheme: str) -> Visit:
    return keep_still(visit(scheme=scheme))


@pytest.fixture
def in_the_light(visit: Start) -> Visit:
    """In the appearance that most readers see."""
    return keep_still(visit())


@pytest.fixture
def on_a_phone(visit: Start) -> Visit:
    return keep_still(visit(width=390, height=844))


def keep_still(visiting: Visit) -> Visit:
    visiting.page.emulate_media(reduced_motion="reduce")
    return visiting


@pytest.mark.parametrize("group", mostly_slow(PAGES, "briefing"))
def test_a_page_has_no_violation(server: str, in_the_light: Visit, group: str) -> None:
    page = in_the_light.open(f"{server}/{PAGES[group][0]}")
    page.add_style_tag(content=UNROLLED)
    assert violations(page) == []


@pytest.mark.slow
@pytest.mark.parametrize("group", PAGES)
def test_pages_have_no_violation_in_any_mode_and_appearance(
    server: str, visiting: Visit, scheme: str, group: str
) -> None:
    found = {}
    is_dark = scheme == "dark"
    # In the dark a page differs by its colours alone, and those are of the kind of page.
    addresses = PAGES[group][:DARK] if is_dark else PAGES[group]
    for address in addresses:
        page = visiting.open(f"{server}/{address}")
        page.add_style_tag(content=UNROLLED)
        found[address] = violations(page, only_colours=is_dark)
    assert found == {address: [] for address in addresses}


@pytest.mark.slow
@pytest.mark.parametrize("group", PAGES)
def test_a_phone_has_no_violation(server: str, on_a_phone: Visit, group: str) -> None:
    found = {}
    for address in PAGES[group]:
        page = on_a_phone.open(f"{server}/{address}")
        page.add_style_tag(content=UNROLLED)
        found[address] = violations(page)
        change = page.get_by_role("button", name="Change", exact=True)
        if change.count() and change.first.is_visible():
            change.first.click()
            found[f"{address}, controls"] = violations(page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert group == "presenter" or any(name.endswith(", controls") for name in found)


@pytest.mark.slow
@pytest.mark.parametrize("address", PANELS)
def test_open_panels_have_none_but_those_of_streamlit(
    server: str, visiting: Visit, address: str
) -> None:
    page = visiting.open(f"{server}/{address}")
    for panel, role, name in PANELS[address]:
        opener = page.get_by_role(role, name=name).first
        opener.scroll_into_view_if_needed()
        visiting.settle()  # a list that is open closes when the page is scrolled
        opener.click()
        page.locator(FILLED).first.wait_for()
        visiting.settle()
        owners = [(found, owner(page, found, panel)) for found in violations(page, within=OPEN)]
        expect(page.locator(OPEN)).to_be_visible()
        assert [found for found, own in owners if own is None] == [], panel
        assert {own for _, own in owners} == {own for own in STREAMLIT_S_OWN if own.panel == panel}
        page.keyboard.press("Escape")
        expect(page.locator(OPEN)).to_have_count(0)


@pytest.mark.slow
def test_an_opened_table_has_no_violation(server: str, visiting: Visit) -> None:
    page = visiting.open(f"{server}/claims")
    open_table(page)
    visiting.settle()
    assert violations(page, within=TABLE) == []


@pytest.mark.slow
def test_the_edition_has_no_violation(browser: Browser, dossier: Dossier, tmp_path: Path) -> None:
    file = tmp_path / "briefing.html"
    file.write_bytes(briefing_html(choose_scenes(dossier), dossier=dossier))
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.goto(file.as_uri())
    for chart in page.locator(".chart").all():
        chart.scroll_into_view_if_needed()
        chart.locator(".main-svg").first.wait_for(state="attached")
    assert violations(page) == []
    context.close()
