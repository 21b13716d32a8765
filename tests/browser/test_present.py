"""The presenter's screen: driven by keys through all scenes, nothing cut off, at both sizes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from entente.address.views import scenes
from entente.briefing.scenes import make_scene
from entente.dossier.store import Dossier
from entente.style.text import keep_compounds
from tests.browser.conftest import Visit
from tests.conftest import read_small
from tools.browsing import IDLE, LAST

Start = Callable[..., Visit]


@pytest.fixture(scope="session")
def small_dossier() -> Dossier:
    return read_small()


SIZES = [(1280, 720), pytest.param(1920, 1080, marks=pytest.mark.slow)]
WHOLE = """() => {
  const main = document.querySelector('[data-testid=stMain]'), out = [];
  if (main.scrollHeight > main.clientHeight) out.push('page too high');
  if (main.scrollWidth > main.clientWidth) out.push('page too wide');
  const keys = document.querySelector('.st-key-present-keys').getBoundingClientRect();
  if (keys.bottom > innerHeight || keys.right > innerWidth) out.push('keys cut off');
  const shown = document.querySelector('.st-key-present .js-plotly-plot, .st-key-present table');
  const box = shown.getBoundingClientRect();
  if (box.bottom > keys.top + 1) out.push('figure runs under the keys');
  if (box.height < innerHeight * 0.1) out.push('figure too small');
  const beside = document.querySelector('.e-present-beside')?.getBoundingClientRect();
  if (beside && !(beside.left >= box.right - 1 || beside.top >= box.bottom - 1))
    out.push('key runs into the figure');
  if (beside && beside.bottom > keys.top + 1) out.push('key runs under the keys');
  const maps = [...document.querySelectorAll('.st-key-present .geolayer .bg')];
  const across = maps.reduce((sum, of) => sum + of.getBoundingClientRect().width, 0);
  const side = document.querySelector('.e-present-side');
  if (side && side.innerText.length < 80) out.push('a short key stands beside the figure');
  const share = side ? 0.6 : 0.8;
  if (maps.length && across < share * innerWidth) out.push('maps leave the room empty');
  return out;
}"""
# No word covers another in one figure; letters may touch by their line spacing.
COVERED = """() => {
  const plots = [...document.querySelectorAll('.st-key-present .js-plotly-plot')];
  return plots.flatMap(plot => {
  const all = [...plot.querySelectorAll('text')].filter(of => of.textContent.trim()
    && of.getClientRects().length && getComputedStyle(of).display !== 'none');
  const boxes = all.map(of => [of.textContent, of.getBoundingClientRect()]);
  const far = 3;
  return boxes.flatMap(([word, one], at) => boxes.slice(at + 1)
    .filter(([, other]) => one.left + far < other.right && other.left + far < one.right
      && one.top + one.height * 0.25 < other.bottom && other.top + other.height * 0.25 < one.bottom)
    .map(([second]) => `${word} / ${second}`));
  });
}"""
# Words that their figure cuts, by more than the space around letters.
CUT = """() => [...document.querySelectorAll('.st-key-present .js-plotly-plot')].flatMap(plot => {
  const frame = plot.getBoundingClientRect();
  return [...plot.querySelectorAll('text')].filter(of => of.textContent.trim()
      && getComputedStyle(of).display !== 'none').filter(of => {
    const box = of.getBoundingClientRect(), far = box.height * 0.2;
    return box.width && (box.top < frame.top - far || box.bottom > frame.bottom + far
      || box.left < frame.left - 2 || box.right > frame.right + 2);
  }).map(of => of.textContent);
})"""
# The smallest letter on screen as a share of its height: the last row of a room must read it.
SMALLEST = """() => Math.min(...[...document.querySelectorAll(
    '.st-key-present .js-plotly-plot text, .e-present-head *, .e-present-beside *, .e-table *')]
  .filter(of => of.textContent.trim() && of.getClientRects().length
                && !of.closest('.e-unseen'))
  .map(of => {
    const plot = of.closest('.js-plotly-plot');
    const by = plot ? plot.getBoundingClientRect().width / plot.offsetWidth : 1;
    return parseFloat(getComputedStyle(of).fontSize) * by;
  })) / innerHeight"""
ON_A_PHONE = """() => {
  const main = document.querySelector('[data-testid=stMain]'), out = [];
  const [keys, room] = ['.st-key-present-keys', '[class*=st-key-present-room-]'].map(
    of => document.querySelector(of).getBoundingClientRect());
  if (main.scrollWidth > main.clientWidth) out.push('page too wide');
  if (keys.height > 60) out.push('keys in more than one row');
  if (room.top > innerHeight / 2) out.push('figure in the lower half');
  const maps = [...document.querySelectorAll('.st-key-present .js-plotly-plot')].filter(
    of => of.querySelector('.geolayer'));
  const isNamed = of => [...of.querySelectorAll('text')].some(word => word.getClientRects().length);
  if (!maps.every(isNamed)) out.push('map without names');
  return out;
}"""
SEEN_BY_SPEAKER = """() => {
  const main = document.querySelector('[data-testid=stMain]'), out = [];
  if (main.scrollHeight > main.clientHeight) out.push('one has to scroll');
  const [sources, keys] = ['speaker-sources', 'present-keys'].map(
    of => document.querySelector('.st-key-' + of).getBoundingClientRect());
  if (sources.bottom > keys.top) out.push('sources under the keys');
  const words = document.querySelector('.e-speaker-text');
  if (parseFloat(getComputedStyle(words).fontSize) < 27) out.push('notes too small');
  return out;
}"""
LEAST_SHARE, ROOM_HEIGHT = 28 / 1080, 1080


def at_scene(page: Page, scene_id: str) -> None:
    """Wait until the address and the heading are those of a scene."""
    page.wait_for_url(re.compile(rf"scene={scene_id}\b"))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_keys_lead_through_all_scenes_and_nothing_is_cut_off(
    server: str, visit: Start, dossier: Dossier, width: int, height: int
) -> None:
    visiting = visit(width=width, height=height)
    page = visiting.open(f"{server}/?present=1")
    order = scenes(dossier)
    titles = {scene_id: make_scene(dossier, scene_id).title for scene_id in order}
    for number, scene_id in enumerate(order, start=1):
        at_scene(page, scene_id)
        expect(page.locator("h1")).to_have_text(keep_compounds(titles[scene_id]))
        expect(page.locator(".e-present-count")).to_contain_text(f"{number} of {len(order)}")
        visiting.settle()
        assert page.evaluate(WHOLE) == [], scene_id
        if height >= ROOM_HEIGHT:
            assert page.evaluate(SMALLEST) >= LEAST_SHARE, scene_id
            assert page.evaluate(COVERED) == [], scene_id
        assert page.evaluate(CUT) == [], scene_id
        assert page.locator('[data-testid="stException"]').count() == 0
        page.keyboard.press(["ArrowRight", "PageDown", "Space"][number % 3])
    page.keyboard.press("PageUp")
    at_scene(page, order[-2])
    visiting.settle()
    page.keyboard.press("ArrowLeft")
    at_scene(page, order[-3])
    assert visiting.foreign == []
    assert visiting.errors == []


@pytest.mark.slow
def test_on_a_phone_a_scene_begins_with_its_figure_in_the_upper_half(
    server: str, visit: Start, dossier: Dossier
) -> None:
    visiting = visit(width=390, height=844, has_touch=True)
    for scene_id in scenes(dossier):
        page = visiting.open(f"{server}/?present=1&scene={scene_id}")
        expect(page.locator("[class*=st-key-present-room-]").first).to_be_visible()
        assert page.evaluate(ON_A_PHONE) == [], scene_id


@pytest.mark.parametrize("width", [390, 1280])
def test_a_figure_too_wide_for_a_phone_gives_way_to_its_rows(
    small: str, visit: Start, width: int
) -> None:
    page = visit(width=width, height=844).open(f"{small}/?present=1&scene=promised")
    figure = page.locator("[class*=st-key-present-wide-] .e-figure")
    table = page.locator("[class*=st-key-present-phone-] table")
    expect(figure).to_have_count(1)
    expect(figure).to_be_visible(visible=width > 640)
    expect(table).to_be_visible(visible=width <= 640)
    if width <= 640:
        expect(page.locator(".e-present-key")).to_be_hidden()
        assert table.evaluate("(table) => table.parentElement.scrollWidth <= innerWidth")


@pytest.mark.slow
def test_the_speaker_sees_all_without_scrolling(
    server: str, visit: Start, dossier: Dossier
) -> None:
    visiting, notes = visit(), dossier["scenes"].set_index("scene_id")["notes"]
    for scene_id in notes.str.len().nlargest(2).index:
        page = visiting.open(f"{server}/?present=1&scene={scene_id}&speaker=on")
        expect(page.locator(".e-speaker-text")).to_have_text(notes[scene_id])
        assert page.evaluate(SEEN_BY_SPEAKER) == [], scene_id


@pytest.mark.slow
def test_the_room_reads_what_changed_by_name_and_sees_three_figures_at_once(
    server: str, visit: Start
) -> None:
    visiting = visit(width=1920, height=1080)
    page = visiting.open(f"{server}/?present=1&scene=change")
    expect(page.locator(".e-present-key li").first).to_contain_text(re.compile("began|ended"))
    page = visiting.open(f"{server}/?present=1&scene=said")
    expect(page.locator(".st-key-present .js-plotly-plot")).to_have_count(3)
    title = page.locator(".e-present-head h1").inner_text()
    expect(page).to_have_title(f"Presentation: {title} · Entente")


@pytest.mark.slow
def test_the_screen_goes_blank_and_the_way_out(small: str, visit: Start) -> None:
    visiting = visit()
    page = visiting.open(f"{small}/?present=1&scene=gate")
    page.keyboard.press("b")
    expect(page.locator(".e-present-blank")).to_be_visible()
    page.keyboard.press("b")
    expect(page.locator(".e-present-blank")).to_be_hidden()
    page.get_by_role("button", name="Blank screen").click()
    expect(page.locator(".e-present-blank")).to_be_visible()
    page.keyboard.press("ArrowRight")
    at_scene(page, "weighed")
    expect(page.locator(".e-present-blank")).to_be_hidden()
    visiting.settle()
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-present-keys")).to_have_count(0)
    expect(page.get_by_test_id("stTopNavLink").first).to_be_visible()


def test_the_windows_of_room_and_speaker_move_together(
    small: str, visit: Start, small_dossier: Dossier
) -> None:
    """Each leads the other, and what the speaker reads is never in the window of the room."""
    order, notes = scenes(small_dossier), small_dossier["scenes"].set_index("scene_id")["notes"]
    visiting = visit()
    room = visiting.open(f"{small}/?present=1&scene={order[1]}")
    with room.expect_popup() as opened:
        room.keyboard.press("s")
    speaker = opened.value
    expect(speaker.locator(".e-speaker-notes")).to_contain_text(notes[order[1]])
    speaker.wait_for_selector(LAST, state="attached")
    speaker.wait_for_selector(IDLE)
    speaker.keyboard.press("ArrowRight")
    at_scene(room, order[2])
    expect(speaker.locator(".e-speaker-notes")).to_contain_text(notes[order[2]])
    visiting.settle()
    room.keyboard.press("PageDown")
    at_scene(speaker, order[3])
    expect(speaker.locator(".e-speaker-notes")).to_contain_text(notes[order[3]])
    at_scene(room, order[3])
    speaker.wait_for_selector(IDLE)
    speaker.keyboard.press("b")
    expect(room.locator(".e-present-blank")).to_be_visible()
    expect(speaker.locator(".e-speaker-blank")).to_be_visible()
    room.keyboard.press("b")
    expect(speaker.locator(".e-speaker-blank")).to_be_hidden()
    told = room.content()
    assert [scene for scene in order if notes[scene] in told] == []
    expect(speaker.locator("[data-clock=elapsed]")).to_have_text(re.compile(r"^\d+:\d\d$"))
    expect(speaker.locator("[data-clock=day]")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    close = speaker.get_by_role("button", name="Close this window")
    expect(close).to_be_visible()
    with speaker.expect_event("close"):  # a click that is waited for would find its page gone
        close.evaluate("of => { setTimeout(() => of.click()) }")
    assert visiting.foreign == []
    assert visiting.errors == []


# Presses without a pause, from the second scene, and how many scenes further they end.
QUICK = {"ArrowRight " * 3: 3, "ArrowRight ArrowRight ArrowLeft": 1, "PageDown Space PageUp": 1}


@pytest.mark.parametrize("keys", QUICK)
def test_quick_presses_move_as_many_scenes(
    small: str, visit: Start, small_dossier: Dossier, keys: str
) -> None:
    order, visiting = scenes(small_dossier), visit()
    page = visiting.open(f"{small}/?present=1&scene={order[1]}")
    end = 1 + QUICK[keys]
    press(page, keys)
    at_scene(page, order[end])
    visiting.settle()
    at_scene(page, order[end])
    press(page, "ArrowLeft " * (end - 1))
    at_scene(page, order[1])
    press(page, "ArrowLeft " * 3)  # one more than there are
    at_scene(page, order[0])
    press(page, "ArrowRight")
    at_scene(page, order[1])


def press(page: Page, keys: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)


def test_quick_presses_end_at_the_last_scene(
    small: str, visit: Start, small_dossier: Dossier
) -> None:
    order, visiting = scenes(small_dossier), visit()
    page = visiting.open(f"{small}/?present=1&scene={order[-2]}")
    press(page, "ArrowRight " * 3)
    at_scene(page, order[-1])
    visiting.settle()
    press(page, "ArrowLeft ArrowLeft")
    at_scene(page, order[-3])


def test_quick_clicks_move_as_many_scenes(small: str, visit: Start, small_dossier: Dossier) -> None:
    order, visiting = scenes(small_dossier), visit()
    page = visiting.open(f"{small}/?present=1&scene={order[1]}")
    page.get_by_role("button", name="Next ›").click(click_count=3)
    at_scene(page, order[4])
    visiting.settle()
    at_scene(page, order[4])


def test_keys_work_while_the_list_of_scenes_is_open_and_escape_closes_it_first(
    small: str, visit: Start, small_dossier: Dossier
) -> None:
    order, visiting = scenes(small_dossier), visit()
    page = visiting.open(f"{small}/?present=1&scene={order[1]}")
    page.get_by_role("button", name="Scenes").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    press(page, "ArrowRight Space PageDown")
    at_scene(page, order[4])
    visiting.settle()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Scenes").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("button", name="‹ Back").click()
    at_scene(page, order[3])
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".e-present-head")).to_have_attribute("data-scene", order[3])


def test_quick_presses_in_both_windows_end_at_one_scene(
    small: str, visit: Start, small_dossier: Dossier
) -> None:
    order, visiting = scenes(small_dossier), visit()
    room = visiting.open(f"{small}/?present=1&scene={order[1]}")
    with room.expect_popup() as opened:
        room.keyboard.press("s")
    speaker = opened.value
    speaker.wait_for_selector(LAST, state="attached")
    for page, keys, end in (
        (speaker, "ArrowRight " * 3, 4),
        (room, "ArrowRight " * 2, 6),
        (speaker, "ArrowLeft " * 4, 2),
    ):
        press(page, keys)
        for window in (speaker, room):
            at_scene(window, order[end])
            window.wait_for_selector(IDLE)
    assert visiting.errors == []


@pytest.mark.slow
def test_a_window_opened_later_goes_to_the_scene_of_the_other(
    small: str, visit: Start, small_dossier: Dossier
) -> None:
    order = scenes(small_dossier)
    room = visit().open(f"{small}/?present=1&scene={order[4]}")
    speaker = room.context.new_page()
    speaker.goto(f"{small}/?present=1&scene={order[0]}&speaker=on")
    at_scene(speaker, order[4])
    at_scene(room, order[4])


@pytest.mark.slow
def test_two_windows_of_the_room_do_not_lead_each_other(
    small: str, visit: Start, small_dossier: Dossier
) -> None:
    order = scenes(small_dossier)
    visiting = visit()
    one = visiting.open(f"{small}/?present=1&scene={order[0]}")
    other = one.context.new_page()
    other.goto(f"{small}/?present=1&scene={order[2]}")
    other.wait_for_selector(LAST, state="attached")
    other.wait_for_selector(IDLE)
    other.keyboard.press("ArrowRight")
    at_scene(other, order[3])
    at_scene(one, order[0])


@pytest.mark.slow
def test_present_starts_at_the_scene_of_the_page(small: str, visit: Start) -> None:
    page = visit().open(f"{small}/claims?show=scoreboard")
    page.get_by_role("link", name="Present").click()
    at_scene(page, "promised")


@pytest.mark.parametrize("key", ["Escape", "Enter"])
def test_exit_leads_back_to_the_page_as_it_was(small: str, visit: Start, key: str) -> None:
    visiting = visit()
    page = visiting.open(f"{small}/timeline?show=list&lens=document")
    page.wait_for_url("**d=*")
    address, entries = page.url, page.evaluate("history.length")
    page.get_by_role("link", name="Present", exact=True).click()
    page.locator(".e-present-head").wait_for()
    visiting.settle()
    before = page.url
    page.keyboard.press("ArrowRight")
    page.wait_for_url(lambda now: now != before)
    visiting.settle()
    if key == "Enter":
        page.get_by_role("button", name="Exit").focus()
    page.keyboard.press(key)
    page.wait_for_url(address)
    expect(page.locator(".e-event-list")).to_be_visible()
    expect(page.locator(".st-key-present-keys")).to_have_count(0)
    visiting.settle()
    assert page.url == address
    assert page.evaluate("history.length") == entries + 1


def test_exit_leads_back_after_a_reload_too(small: str, visit: Start) -> None:
    visiting = visit()
    page = visiting.open(f"{small}/claims?show=scoreboard")
    page.wait_for_url("**d=*")
    address = page.url
    page.get_by_role("link", name="Present", exact=True).click()
    page.locator(".e-present-head").wait_for()
    visiting.settle()
    page.reload()
    visiting.settle()
    page.get_by_role("button", name="Exit").click()
    page.wait_for_url(address)
    expect(page.locator(".st-key-present-keys")).to_have_count(0)


def test_exit_leads_home_where_the_presenter_was_opened_by_its_address(
    small: str, visit: Start
) -> None:
    visiting = visit()
    visiting.open(f"{small}/claims")
    page = visiting.open(f"{small}/?present=1&scene=gate")
    page.get_by_role("button", name="Exit").click()
    page.wait_for_url(re.compile(rf"^{small}/(?!.*present=)"))
    expect(page.locator(".st-key-present-keys")).to_have_count(0)
    visiting.settle()
    assert page.url.startswith(f"{small}/?")
    home = page.get_by_role("banner").locator('[aria-current="page"]')
    expect(home).to_have_text("Home")


@pytest.mark.slow
def test_a_scene_is_reached_from_the_list(server: str, visit: Start) -> None:
    page = visit().open(f"{server}/?present=1")
    page.get_by_role("button", name="Scenes").click()
    page.get_by_role("button", name=re.compile("can close")).click()
    at_scene(page, "gate")
