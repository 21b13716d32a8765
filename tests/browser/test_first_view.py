"""What a page shows first is drawn before the app is there, and stays where it is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from entente.briefing.first_view import FIRST
from tests.browser.conftest import Visit
from tests.matrix import mostly_slow

Start = Callable[..., Visit]
SIZES = {"projector": (1280, 720), "wall": (1920, 1080), "desk": (1440, 900), "phone": (390, 844)}
MOST_PX = 8
SOCKET, FIRST_VIEW = "**/_stcore/stream", "**/first/**"
DRAWN_AHEAD = ".e-first [data-first] > [data-state=drawn]"
MEASURE = """([places, prefix]) => Object.fromEntries([...document.querySelectorAll(places)].map(
  (of) => {
    const { x, y, width, height } = of.getBoundingClientRect();
    const name = [...of.classList].find((each) => each.startsWith(prefix));
    return [name ? name.slice(prefix.length) : of.tagName, [x, y, width, height]];
  }))"""


def open_without_app(page: Page, address: str) -> None:
    """Open a page whose app never comes, since nobody answers it."""
    page.route_web_socket(SOCKET, lambda socket: None)
    page.goto(address)
    page.wait_for_selector(DRAWN_AHEAD)
    page.wait_for_function("document.fonts.status === 'loaded'")


def address_of(server: str, page: str) -> str:
    return f"{server}/{'' if page == 'briefing' else page}"


@pytest.mark.parametrize("page", mostly_slow(list(FIRST), "alliance_map"))
@pytest.mark.parametrize("size", mostly_slow(list(SIZES), "projector", "phone"))
def test_it_stands_where_the_app_has_it(server: str, visit: Start, page: str, size: str) -> None:
    width, height = SIZES[size]
    ahead = visit(width=width, height=height, is_new=True)
    whole = visit(width=width, height=height)
    open_without_app(ahead.page, address_of(server, page))
    early = ahead.page.evaluate(MEASURE, [".e-first :is(h1, [data-first])", "e-first-"])
    whole.open(address_of(server, page))
    late = whole.page.evaluate(
        MEASURE, [".stMain :is(h1, [class*='st-key-figure-'])", "st-key-figure-"]
    )
    assert len(early) > 1
    assert set(early) <= set(late)
    far = {
        name: (box, late[name])
        for name, box in early.items()
        if max(abs(one - other) for one, other in zip(box, late[name], strict=True)) > MOST_PX
    }
    assert far == {}


@pytest.mark.parametrize("page", mostly_slow(list(FIRST), "trade_routes"))
def test_the_app_takes_over_what_is_drawn(server: str, visit: Start, page: str) -> None:
    seen = visit(is_new=True)
    seen.page.add_init_script(
        """addEventListener("drawn", ({ target }) => {
          if (target.closest(".e-first")) target.querySelector(".e-plot").dataset.ahead = "";
        }, true)"""
    )
    # Somebody has been there: what has to be made may come later than the app.
    path = "" if page == "briefing" else page
    assert seen.page.request.get(f"{server}/first/{path}?appearance=light").ok
    seen.open(address_of(server, page))
    assert seen.page.locator(".e-first").count() == 0
    assert seen.page.locator(".stMain [class*='st-key-figure-'] [data-ahead]").count() >= 1
    assert seen.page.locator("[inert] .e-figure").count() == 0
    assert seen.errors == []


def test_what_the_app_names_and_a_browser_lacks_is_sent(server: str, visit: Start) -> None:
    visit().open(f"{server}/alliance_map")  # so that the app believes that any browser has it
    seen = visit()
    seen.page.route(FIRST_VIEW, lambda route: route.abort())
    page = seen.open(f"{server}/alliance_map")
    page.wait_for_selector(".st-key-figure-alliance-map [data-state=drawn]")
    assert page.locator(".e-first").count() == 0


def test_a_view_that_is_late_is_not_shown(server: str, visit: Start) -> None:
    seen = visit()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    seen.page.route(FIRST_VIEW, hold)
    seen.page.goto(f"{server}/claims")
    seen.page.wait_for_selector(".e-sheet", state="attached")
    assert held
    for route in held:
        route.continue_()
    page = seen.settle()
    page.wait_for_selector(".st-key-figure-verdict-score [data-state=drawn]")
    assert page.locator(".e-first").count() == 0


def test_an_app_that_never_comes_is_said_to_be_missing(server: str, visit: Start) -> None:
    page = visit(is_new=True).page
    page.route("**/_stcore/h*", lambda route: route.abort())
    page.route_web_socket(SOCKET, lambda socket: socket.close())
    page.goto(f"{server}/alliance_map")
    page.wait_for_selector(DRAWN_AHEAD)
    dialog = page.locator('[role="dialog"]')
    dialog.wait_for()
    expect(dialog).to_contain_text("Entente is not answering")
    expect(dialog.get_by_text("streamlit run")).to_be_hidden()
    box = dialog.bounding_box()
    assert box is not None
    spot = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    on_top = "([x, y]) => document.elementFromPoint(x, y).closest('[role=dialog]') !== null"
    assert page.evaluate(on_top, spot)
    assert page.locator(DRAWN_AHEAD).count() == 1


def test_without_anything_to_draw_the_app_begins_at_once(server: str, visit: Start) -> None:
    page = visit().open(f"{server}/alliance_map?show=table")
    assert page.locator(".e-first").count() == 0
    assert page.locator(".stMain h1").count() == 1
