"""What frames every page: history, titles, the menu, the sheet of controls, sizes of type."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from entente.style.text import WORD_JOINER, keep_compounds
from tests.browser.conftest import Visit
from tests.matrix import mostly_slow

Start = Callable[..., Visit]
PAGES = ["", "alliance_map", "timeline", "trade_routes", "claims", "data"]
WITH_BAR = ["", "timeline", "claims", "data"]
PHONE = {"width": 390, "height": 844}
SMALLEST_TYPE, SMALLEST_TARGET = 14, 44
# Text that can be seen and is smaller than allowed, outside of figures.
SMALL_TYPE = """(least) => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, of = text.parentElement;
    if (!text.data.trim() || of.closest('svg, style, script, noscript, .e-unseen')) continue;
    if (!of.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    if (of.closest('[data-testid="stIconMaterial"]')) continue;
    const size = parseFloat(getComputedStyle(of).fontSize);
    if (size < least - 0.01) found.push(`${size} ${of.className} ${text.data.trim().slice(0, 40)}`);
  }
  return [...new Set(found)];
}"""
# Controls that a finger may miss. Links within sentences and lists are exempt (WCAG 2.2, 2.5.8).
SMALL_TARGETS = """(least) => {
const FIELD = '.stTextInput, .stSelectbox, .stMultiSelect, .stDateInput';
return [...document.querySelectorAll(
    'button, select, summary, input:not([type="range"]), .e-present-link a, .e-lead-on a')]
  .filter((of) => of.checkVisibility({opacityProperty: true, visibilityProperty: true}))
  .filter((of) => !of.matches('[aria-hidden] *, [tabindex="-1"]'))
  .map((of) => [of, (of.matches('input') && of.closest(FIELD) || of)
    .getBoundingClientRect()])
  .filter(([of, box]) => box.width > 1 && box.height > 0 && box.height < least - 0.5)
  .map(([of, box]) => Math.round(box.height) + (of.ariaLabel || of.textContent));
}"""


@pytest.fixture
def phone(visit: Start) -> Iterator[Visit]:
    yield visit(**PHONE)


def count_entries(page: Page) -> int:
    count: int = page.evaluate("history.length")
    return count


def test_a_page_has_one_entry_and_back_takes_one_press(server: str, visit: Start) -> None:
    visiting = visit()
    visiting.open(f"{server}/claims")  # made once, it comes so quickly that messages could cross
    page = visiting.open(f"{server}/timeline")
    page.wait_for_url("**/timeline?*lens=both*")
    before = count_entries(page)
    page.get_by_role("button", name="Change", exact=True).click()
    page.get_by_role("radio", name="Claim", exact=True).click()
    page.wait_for_url("**lens=document**")
    visiting.settle()
    page.get_by_role("radio", name="List").click()
    page.wait_for_url("**show=list**")
    visiting.settle()
    assert count_entries(page) == before
    page.get_by_role("banner").get_by_role("link", name="Claims", exact=True).click()
    page.wait_for_url("**/claims?*lens=both*")
    visiting.settle()
    page.get_by_role("radio", name="Sources").click()
    page.wait_for_url("**show=sources**")
    visiting.settle()
    assert count_entries(page) == before + 1
    page.go_back()
    page.wait_for_url("**/timeline?*lens=document*show=list*")
    visiting.settle()
    expect(page.locator(".e-event-list")).to_be_visible()
    page.go_forward()
    page.wait_for_url("**/claims?*show=sources*")
    visiting.settle()
    expect(page.get_by_role("heading", name="What each source supports")).to_be_visible()


def test_a_link_in_the_text_leads_on_without_loading_the_page(server: str, visit: Start) -> None:
    visiting = visit()
    page = visiting.open(server)
    page.evaluate("window.isStillHere = true")
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, main.scrollHeight)")
    title, link = page.locator("h1").inner_text(), page.locator(".e-finding .e-small a").last
    claim = link.inner_text()
    link.click()
    page.wait_for_url(f"**/claims?*pick={claim}*")
    visiting.settle()
    expect(page.locator(".st-key-claim-details")).to_contain_text(claim)
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollTop") == 0
    page.go_back()
    visiting.settle()
    expect(page.locator("h1")).to_have_text(title)
    assert page.evaluate("window.isStillHere")


@pytest.mark.slow
def test_a_link_in_a_frame_keeps_to_the_frame(server: str, visit: Start) -> None:
    visiting = visit()
    page = visiting.open(f"{server}/?embed=true&embed_options=light_theme")
    page.locator(".e-finding .e-small a").first.click()
    page.wait_for_url("**/claims?**")
    visiting.settle()
    assert "embed=true&embed_options=light_theme" in page.url
    expect(page.get_by_role("link", name="Open in Entente")).to_be_visible()


@pytest.mark.slow
def test_the_presenter_is_a_page_of_its_own(server: str, visit: Start) -> None:
    visiting = visit()
    page = visiting.open(server)
    title = page.locator("h1").inner_text()
    page.get_by_role("link", name="Present", exact=True).click()
    page.wait_for_url("**present=1**")
    visiting.settle()
    page.go_back()
    page.wait_for_url(lambda address: "present=1" not in address)
    page.locator(".e-present-head").wait_for(state="detached")
    page.locator("h1").filter(has_text=title).wait_for()


@pytest.mark.parametrize("name", mostly_slow(PAGES, "", "data"))
def test_a_desk_shows_page_and_finding_in_the_tab_and_controls_in_one_line(
    server: str, visit: Start, name: str
) -> None:
    page = visit().open(f"{server}/{name}")
    finding = page.locator("h1").inner_text().replace(WORD_JOINER, "")
    current = page.get_by_role("banner").locator('[aria-current="page"]').inner_text().strip()
    expect(page).to_have_title(f"{current}: {finding} · Entente")
    if name in WITH_BAR:
        bar = page.locator(".st-key-controls, .st-key-controls-folded").bounding_box()
        assert bar is not None
        assert bar["height"] < 60
    assert page.evaluate(SMALL_TYPE, SMALLEST_TYPE) == []


@pytest.mark.slow
def test_the_tab_follows_the_controls(server: str, visit: Start) -> None:
    visiting = visit()
    page = visiting.open(f"{server}/timeline")
    before = page.title()
    page.get_by_role("button", name="Change", exact=True).click()
    page.get_by_role("radio", name="Claim", exact=True).click()
    page.wait_for_url("**lens=document**")
    visiting.settle()
    assert page.title() != before
    assert page.locator("h1").inner_text() in keep_compounds(page.title())


@pytest.mark.slow
def test_the_menu_holds_light_and_dark_for_all_pages(server: str, visit: Start) -> None:
    visiting = visit()
    page = visiting.open(f"{server}/data")
    expect(page.get_by_test_id("stMainMenu")).to_have_count(0)
    ground = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("button", name="System")).to_have_attribute("aria-pressed", "true")
    with page.expect_navigation():
        page.get_by_role("button", name="Dark").click()
    visiting.settle()
    dark = page.evaluate(ground)
    assert dark != light
    visiting.open(f"{server}/claims")
    assert page.evaluate(ground) == dark
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    with page.expect_navigation():
        page.get_by_role("button", name="System").click()
    visiting.settle()
    assert page.evaluate(ground) == light


@pytest.mark.slow
def test_the_menu_of_a_phone_shuts_when_it_has_served(server: str, phone: Visit) -> None:
    page = phone.open(f"{server}/data")
    button = page.get_by_role("button", name="Menu")
    menu = page.locator(".e-menu")
    expect(menu).to_be_hidden()
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(menu.get_by_role("link", name=re.compile("^(Home|Claims|Timeline)"))).to_have_count(3)
    menu.get_by_role("link", name="Timeline").click()
    page.wait_for_url("**/timeline?**")
    phone.settle()
    expect(menu).to_be_hidden()
    expect(page.get_by_role("link", name="Present", exact=True)).to_be_visible()
    button.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()


def test_a_phone_changes_what_is_shown_in_a_sheet(server: str, phone: Visit) -> None:
    page = phone.open(f"{server}/claims")
    assert_sign_beside_menu(page)
    choice = page.get_by_role("radio", name="Record", exact=True)
    expect(page.locator(".e-state")).to_contain_text("claim and record")
    expect(choice).to_be_hidden()
    page.get_by_role("button", name="Change", exact=True).click()
    choice.click()
    page.wait_for_url("**lens=record**")
    phone.settle()
    expect(choice).to_be_visible()  # the sheet stays until it is shut
    expect(page.get_by_role("button", name="Change", exact=True)).to_have_attribute(
        "aria-expanded", "true"
    )
    expect(page.locator(".e-state")).to_contain_text("· record")
    page.get_by_role("button", name="Done").click()
    expect(choice).to_be_hidden()
    expect(page.get_by_role("button", name="Change", exact=True)).to_be_focused()
    page.get_by_role("button", name="Change", exact=True).click()
    page.locator("h1").click()
    expect(choice).to_be_hidden()


def assert_sign_beside_menu(page: Page) -> None:
    menu = page.get_by_role("button", name="Menu").bounding_box()
    sign = page.get_by_test_id("stHeaderLogo").bounding_box()
    assert menu
    assert sign
    assert menu["x"] + menu["width"] <= sign["x"] + 1


@pytest.mark.parametrize("name", mostly_slow(PAGES, "", "trade_routes"))
def test_a_finger_hits_and_an_eye_reads(server: str, phone: Visit, name: str) -> None:
    page = phone.open(f"{server}/{name}")
    assert_sign_beside_menu(page)
    assert page.evaluate(SMALL_TYPE, SMALLEST_TYPE) == []
    assert page.evaluate(SMALL_TARGETS, SMALLEST_TARGET) == []
    page.get_by_role("button", name="Menu").click()
    assert page.evaluate(SMALL_TARGETS, SMALLEST_TARGET) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Change", exact=True).click()
    assert page.evaluate(SMALL_TYPE, SMALLEST_TYPE) == []
    assert page.evaluate(SMALL_TARGETS, SMALLEST_TARGET) == []


@pytest.mark.parametrize(
    "name",
    mostly_slow(
        [
            "claims?pick=c63",
            "claims?show=scoreboard",
            "claims?show=sources",
            "timeline?show=list",
        ],
        "claims?pick=c63",
    ),
)
def test_no_word_is_too_small_in_other_modes(server: str, visit: Start, name: str) -> None:
    page = visit().open(f"{server}/{name}")
    assert page.evaluate(SMALL_TYPE, SMALLEST_TYPE) == []


@pytest.mark.parametrize("width", [800, 920, 921])
def test_pages_and_tools_share_the_head_of_a_tablet(small: str, visit: Start, width: int) -> None:
    page = visit(width=width, height=700).open(f"{small}/data")
    tools = page.get_by_role("link", name="Present", exact=True).bounding_box()
    assert tools is not None
    last = page.get_by_test_id("stTopNavLink").last
    if last.is_visible():
        box = last.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] < tools["x"]
    else:
        page.get_by_role("button", name="Menu").click()
        assert page.locator(".e-menu-pages").get_by_role("link", name="Claims").is_visible()
