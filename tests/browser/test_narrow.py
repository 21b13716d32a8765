"""On the narrowest phone and at twice the size nothing is lost; with less motion nothing moves."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from entente.address.views import scenes
from entente.dossier.store import Dossier
from tests.browser.conftest import Visit, open_table
from tests.matrix import mostly_slow

Start = Callable[..., Visit]
PAGES = [
    "",
    "alliance_map?pick=TUR",
    "alliance_map?show=matrix",
    "timeline?pick=e036",
    "timeline?show=tempo",
    "trade_routes",
    *(f"trade_routes?show={mode}" for mode in ("ways", "leverage", "weights", "benchmarks")),
    "claims?q=Armenia",
    "claims?pick=c63",
    "claims?show=scoreboard",
    "claims?show=sources",
    "data",
]
QUICK = ("timeline?pick=e036", "trade_routes")
# 320 px are 1280 at 400 %; 640 × 360 are the 1280 × 720 of a projector at 200 %.
PHONE = {"width": 320, "height": 568}
TWICE = {"width": 640, "height": 360, "scale": 2}
# Folds that are filled when they are opened are opened one at a time.
UNFOLD = """() => document.querySelectorAll('details:not([open]) > summary').forEach(
  (summary) => summary.closest('[class*="st-key-fold-"]') || summary.click())"""
# What is cut off at a side; what moves sideways by itself (controls, tables, maps) may be wider.
CUT_OFF = """() => {
  const main = document.querySelector('main'), found = [];
  const isWithin = (of) => {
    const box = of.getBoundingClientRect();
    return box.left >= -1 && box.right <= innerWidth + 1;
  };
  const mover = (of) => {
    let found = null;
    for (let place = of.parentElement; place && place !== main; place = place.parentElement)
      if (/auto|scroll/.test(getComputedStyle(place).overflowX)
          && place.scrollWidth > place.clientWidth) found = place;
    return found;
  };
  const isShown = (of) => of.checkVisibility({opacityProperty: true, visibilityProperty: true})
    && !of.closest('svg, .e-unseen, input[type="range"]') && of.getBoundingClientRect().width > 1;
  if (main.scrollWidth > main.clientWidth) found.push('the page moves sideways');
  for (const chart of document.querySelectorAll('.js-plotly-plot'))
    if (chart.getBoundingClientRect().width < 200) found.push(`chart too narrow`);
  for (const of of main.querySelectorAll('h1, [class*="st-key-figure-"], *'))
    if (isShown(of) && !isWithin(mover(of) || of))
      found.push(`${of.tagName} ${of.className} ${of.textContent.slice(0, 40)}`);
  const title = document.querySelector('h1');
  if (!isShown(title) || title.scrollWidth > title.clientWidth + 1) found.push('title cut off');
  return found;
}"""
# Of the height of a phone, in pixels of a figure, and of what a finger has to hit.
LARGEST_SHEET, LEAST_IN_SIGHT, FINGER = 0.5, 20, 44
# Controls that are covered wherever one moves them to.
OUT_OF_REACH = """() => [...document.querySelectorAll('button, a[href], input, summary')]
  .filter((of) => of.checkVisibility({opacityProperty: true, visibilityProperty: true})
    && !of.matches('input[type="range"], [data-testid="stSkipToContent"], [aria-hidden] *'))
  .filter((of) => !['center', 'start', 'end'].some((block) => {
    of.scrollIntoView({block, inline: 'center', behavior: 'instant'});
    const box = of.getClientRects()[0];
    if (!box || box.width < 2) return true;
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return top && (of.contains(top) || top.contains(of));
  }))
  .map((of) => `${of.tagName} ${of.getAttribute('aria-label') || of.textContent}`)"""
# Parts of a scene that lie over one another, but for its keys, which stay on top.
OVERLAPPING = """() => {
  const parts = ['.e-present-head', '.st-key-present .js-plotly-plot, .st-key-present table',
                 '.e-present-beside', '.e-present-notes', '.st-key-present .e-sources']
    .map((name) => [name, document.querySelector(name)?.getBoundingClientRect()])
    .filter(([, box]) => box);
  const found = [];
  for (const [name, one] of parts) for (const [other, two] of parts)
    if (name < other && one.left < two.right - 1 && two.left < one.right - 1
        && one.top < two.bottom - 1 && two.top < one.bottom - 1) found.push(`${name} / ${other}`);
  const chart = document.querySelector('.st-key-present .js-plotly-plot')?.getBoundingClientRect();
  if (chart && (chart.width < 200 || chart.height < 200)) found.push('chart too small');
  return found;
}"""
ALTERNATIVES = """() => Object.fromEntries(
  [...document.querySelectorAll('[class*="st-key-figure-"]')].map((place) => [
    place.className.match(/st-key-figure-([\\w-]+)/)[1],
    place.querySelector('[role="figure"]').getAttribute('aria-label'),
  ]))"""


SIZES = [
    pytest.param(PHONE, id="phone"),
    pytest.param(TWICE, id="twice", marks=pytest.mark.slow),
]


@pytest.fixture(params=SIZES)
def narrow(visit: Start, request: pytest.FixtureRequest) -> Visit:
    return visit(**request.param)


@pytest.mark.parametrize("name", mostly_slow(PAGES, *QUICK))
def test_nothing_is_cut_off_or_out_of_reach(server: str, narrow: Visit, name: str) -> None:
    page = narrow.open(f"{server}/{name}")
    page.evaluate(UNFOLD)
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate(OUT_OF_REACH) == []
    assert narrow.errors == []


@pytest.mark.slow
def test_an_opened_table_moves_sideways_by_itself(server: str, narrow: Visit) -> None:
    page = narrow.open(f"{server}/claims")
    open_table(page)
    narrow.settle()
    assert page.evaluate(CUT_OFF) == []
    frame = page.locator(".e-table-frame").first
    assert frame.evaluate("of => of.scrollWidth > of.clientWidth")


@pytest.mark.slow
def test_scenes_stand_one_below_the_other(server: str, narrow: Visit, dossier: Dossier) -> None:
    found = {}
    for scene in scenes(dossier):
        page = narrow.open(f"{server}/?present=1&scene={scene}&notes=on")
        found[scene] = page.evaluate(CUT_OFF) + page.evaluate(OVERLAPPING)
        found[scene] += page.evaluate(OUT_OF_REACH)
    assert found == {scene: [] for scene in scenes(dossier)}


def test_the_menu_and_the_sheet_hide_nothing_from_the_finger(server: str, narrow: Visit) -> None:
    page = narrow.open(f"{server}/data")
    for name, panel in (("Menu", ".e-menu"), ("Change", ".st-key-controls-sheet")):
        button = page.get_by_role("button", name=name, exact=True)
        button.click()
        expect(page.locator(panel)).to_be_visible()
        assert page.evaluate(CUT_OFF) == []
        for control in page.locator(panel).locator("a:visible, button:visible").all():
            control.click(trial=True)
        page.keyboard.press("Escape")
        expect(page.locator(panel)).not_to_be_visible()
    expect(page.get_by_role("button", name="Share")).to_be_visible()


@pytest.mark.parametrize("way_out", mostly_slow(["Escape", "Close"], "Escape"))
@pytest.mark.parametrize(
    ("view", "details"),
    mostly_slow(
        [
            ("alliance_map?pick=QMA", ".st-key-map-details"),
            ("timeline?pick=winter-visit", ".st-key-timeline-details"),
            ("claims?pick=k01", ".st-key-claim-details"),
        ],
        ("timeline?pick=winter-visit", ".st-key-timeline-details"),
    ),
)
def test_what_was_picked_is_a_sheet_that_leaves_half_of_a_phone_free(
    small: str, visit: Start, view: str, details: str, way_out: str
) -> None:
    phone = visit(width=390, height=844, has_touch=True)
    page = phone.open(f"{small}/{view}")
    sheet = page.locator(details)
    box = sheet.bounding_box()
    assert box
    assert box["height"] <= LARGEST_SHEET * 844
    assert box["y"] + box["height"] == pytest.approx(844, abs=1)
    figure = page.locator('[class*="st-key-figure-"]:visible').first.bounding_box()
    assert figure
    assert figure["y"] + LEAST_IN_SIGHT < box["y"]
    for button in sheet.locator("button:visible").all():
        size = button.bounding_box()
        assert size
        assert min(size["width"], size["height"]) >= FINGER
    if way_out == "Escape":
        page.keyboard.press("Escape")
    else:
        sheet.get_by_role("button", name="Close").tap()
    expect(sheet).to_be_hidden()


@pytest.mark.parametrize(
    "view",
    mostly_slow(["alliance_map?pick=QMA", "timeline?pick=winter-visit"], "alliance_map?pick=QMA"),
)
def test_the_controls_can_be_reached_while_something_is_picked(
    small: str, visit: Start, view: str
) -> None:
    page = visit(width=390, height=844, has_touch=True).open(f"{small}/{view}")
    details = page.get_by_role("button", name="Close", exact=True)
    page.get_by_role("button", name="Change", exact=True).tap()
    for button in page.locator(".st-key-controls-sheet button:visible").all():
        button.tap(trial=True)
    page.get_by_role("button", name="Done", exact=True).tap()
    details.tap()
    expect(details).to_be_hidden()


def test_what_was_tapped_moves_clear_of_the_sheet(small: str, visit: Start) -> None:
    phone = visit(width=390, height=844, has_touch=True)
    page = phone.open(f"{small}/timeline")
    mark = page.locator(".st-key-figure-timeline .scatterlayer .point").last
    mark.scroll_into_view_if_needed()
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollBy(0, -120)")
    box = mark.bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    sheet = page.locator(".st-key-timeline-details")
    expect(sheet).to_be_visible()
    phone.settle()
    moved, top = mark.bounding_box(), sheet.bounding_box()
    assert moved
    assert top
    assert box["y"] > top["y"] > moved["y"] + moved["height"]


@pytest.mark.parametrize(
    "name",
    mostly_slow(
        ["", "alliance_map", "timeline", "trade_routes", "claims", "?present=1&scene=ties"],
        "trade_routes",
    ),
)
def test_who_wants_less_motion_gets_none(server: str, visit: Start, name: str) -> None:
    visiting = visit()
    visiting.page.emulate_media(reduced_motion="reduce")
    page = visiting.open(f"{server}/{name}")
    assert page.evaluate("document.getAnimations().map((of) => of.playState)") == []
    lasting = """(all) => all.map((of) => getComputedStyle(of))
      .flatMap((style) => [style.transitionDuration, style.animationDuration])
      .filter((time) => time !== '0s')"""
    assert page.eval_on_selector_all("a, button, summary, input", lasting) == []


def alternatives(page: Page) -> dict[str, str]:
    """The text alternative of every chart on a page, by its key."""
    found: dict[str, str] = page.evaluate(ALTERNATIVES)
    return found


@pytest.mark.parametrize(
    ("name", "same"),
    mostly_slow(
        [
            ("", set()),
            ("alliance_map", set()),
            ("alliance_map?show=matrix", set()),
            ("timeline", set()),
            ("timeline?show=tempo", set()),
            ("trade_routes", set()),
            ("trade_routes?show=ways", set()),
            ("trade_routes?show=leverage", {"detour"}),  # the routes of both days are the same
            ("trade_routes?show=weights", set()),
            ("claims", set()),
            ("claims?show=scoreboard", set()),
        ],
        ("alliance_map", set()),
        ("trade_routes?show=leverage", {"detour"}),
    ),
)
def test_the_alternative_text_says_what_is_shown_now(
    server: str, visit: Start, name: str, same: set[str]
) -> None:
    visiting = visit()
    page = visiting.open(f"{server}/{name}")
    before = alternatives(page)
    if page.get_by_role("button", name="Change", exact=True).is_visible():
        page.get_by_role("button", name="Change", exact=True).click()
    page.get_by_role("slider", name="As of").focus()
    page.keyboard.press("Home")
    page.wait_for_url("**at=2025-04-10**")
    after = alternatives(visiting.settle())
    assert all(before.values())
    assert set(after) == set(before)
    assert {key for key in before if after[key] == before[key]} == same


@pytest.mark.slow
def test_a_lens_and_a_veto_are_told_too(server: str, visit: Start) -> None:
    visiting = visit()
    page = visiting.open(f"{server}/alliance_map")
    before = alternatives(page)
    page.get_by_role("radio", name="Claim", exact=True).click()
    page.wait_for_url("**lens=document**")
    assert alternatives(visiting.settle()) != before
    detours = {
        alternatives(visiting.open(f"{server}/trade_routes?show=leverage&veto={actor}"))["detour"]
        for actor in ("IRN", "AZE")
    }
    assert len(detours) == 2


@pytest.mark.parametrize(("height", "is_wide"), [(720, True), (390, False)])
def test_a_map_in_a_low_window_has_few_words(
    small: str, visit: Start, height: int, is_wide: bool
) -> None:
    page = visit(width=844, height=height).open(f"{small}/alliance_map")
    words = page.locator('.st-key-figure-alliance-map text[style*="map-wide"]')
    assert words.first.is_visible() == is_wide
