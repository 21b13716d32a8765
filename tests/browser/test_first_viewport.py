"""The first screen of every page answers with a picture, on a desk, a projector and a phone."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from entente.briefing.home import ANSWERS
from entente.vocabulary import CLAIM_MODES, MAP_MODES, ROUTE_MODES, TIMELINE_MODES
from tests.browser.conftest import Visit
from tests.matrix import mostly_slow

Start = Callable[..., Visit]
SIZES = {"desk": (1440, 900), "projector": (1280, 720), "phone": (390, 844)}
QUICK = "phone"
MODES = {
    "alliance_map": MAP_MODES,
    "timeline": TIMELINE_MODES,
    "trade_routes": ROUTE_MODES,
    "claims": CLAIM_MODES,
}
WITHOUT_FIGURE = {"alliance_map?show=table", "timeline?show=list", "claims?show=sources"}
QUICK_MODES = ("timeline?show=lanes", "trade_routes?show=corridors")
LEAST_VISIBLE = 0.4
FINGER = 44  # pixels that a finger has to hit
# The topmost figure, wherever the document has it: a small screen may put another one first.
MEASURE = """() => {
  const boxes = [...document.querySelectorAll('[class*="st-key-figure-"]')]
    .filter((of) => of.checkVisibility()).map((of) => of.getBoundingClientRect());
  const box = boxes.sort((one, other) => one.top - other.top)[0];
  if (!box) return null;
  const seen = Math.min(box.bottom, innerHeight) - Math.max(box.top, 0);
  return {top: box.top, height: box.height, share: seen / box.height, screen: innerHeight};
}"""


def list_views() -> list[str]:
    """The address of every page in every mode that draws a figure."""
    views = [f"{page}?show={mode}" for page, modes in MODES.items() for mode in modes]
    return ["", "data", *(view for view in views if view not in WITHOUT_FIGURE)]


@pytest.mark.parametrize("view", mostly_slow(list_views(), "", *QUICK_MODES))
@pytest.mark.parametrize(
    "size",
    [pytest.param(name, marks=() if name == QUICK else pytest.mark.slow) for name in SIZES],
)
def test_the_first_figure_stands_on_the_first_screen(
    server: str, visit: Start, view: str, size: str
) -> None:
    width, height = SIZES[size]
    page = visit(width=width, height=height).open(f"{server}/{view}")
    found = page.evaluate(MEASURE)
    assert found is not None, "no figure is drawn"
    assert found["top"] < found["screen"], found
    assert found["share"] >= LEAST_VISIBLE, found


@pytest.mark.parametrize("view", mostly_slow(sorted(WITHOUT_FIGURE), "timeline?show=list"))
def test_the_other_modes_draw_none(server: str, visit: Start, view: str) -> None:
    """A mode that gains a figure has to obey, too."""
    assert visit().open(f"{server}/{view}").evaluate(MEASURE) is None


def test_the_answers_of_the_home_page_begin_and_end_on_one_line(small: str, visit: Start) -> None:
    page = visit().open(small)
    boxes = [
        place.bounding_box()
        for place in page.locator('.st-key-answers [class*="st-key-figure-"]').all()
    ]
    assert len(boxes) == len(ANSWERS)
    for edge in ("y", "height"):
        assert len({round(box[edge]) for box in boxes if box}) == 1, boxes


def test_the_table_of_ties_is_whole_on_a_projector(server: str, visit: Start) -> None:
    width, height = SIZES["projector"]
    page = visit(width=width, height=height).open(f"{server}/alliance_map?show=table")
    frame = page.locator(".e-table-frame").first
    assert frame.evaluate("(of) => of.scrollWidth - of.clientWidth") == 0


@pytest.mark.parametrize("query", ["", "?veto=AZE"])
def test_the_days_of_all_routes_stand_on_a_projector(server: str, visit: Start, query: str) -> None:
    width, height = SIZES["projector"]
    page = visit(width=width, height=height).open(f"{server}/trade_routes{query}")
    box = page.locator(".st-key-figure-corridor-ranges").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= height, box


def test_headlines_of_a_phone_are_of_one_size(small: str, visit: Start) -> None:
    width, height = SIZES["phone"]
    phone = visit(width=width, height=height)
    sizes = {
        page: phone.open(f"{small}/{page}")
        .locator("h1")
        .evaluate("(of) => getComputedStyle(of).fontSize")
        for page in ("", *MODES, "data")
    }
    assert len(set(sizes.values())) == 1, sizes


def test_table_sources_and_downloads_stand_in_a_line_on_a_phone(small: str, visit: Start) -> None:
    width, height = SIZES["phone"]
    page = visit(width=width, height=height).open(f"{small}/claims")
    folded = [page.get_by_text(name).first for name in ("Table (", "Sources (")]
    boxes = [
        place.bounding_box() for place in (*folded, page.get_by_role("button", name="Download"))
    ]
    middles = [box["y"] + box["height"] / 2 for box in boxes if box]
    assert len(middles) == len(boxes)
    assert max(middles) - min(middles) < 3, middles


def test_a_phone_has_one_line_above_the_timeline(small: str, visit: Start) -> None:
    width, height = SIZES["phone"]
    page = visit(width=width, height=height).open(f"{small}/timeline?lens=record")
    line, modes = page.locator(".e-state"), page.get_by_role("radio", name="List")
    heading, box = page.locator("h1").bounding_box(), line.bounding_box()
    figure = page.locator(".st-key-figure-timeline").bounding_box()
    assert heading is not None
    assert box is not None
    assert figure is not None
    assert not modes.is_visible()
    assert figure["y"] - heading["y"] - heading["height"] < 2 * box["height"]
    line.get_by_text("Change").click()
    modes.click()
    page.locator(".st-key-figure-timeline").wait_for(state="detached")
    assert modes.is_visible()  # the sheet stays open for the next choice
    page.locator("[data-shuts]:visible").click()
    assert not modes.is_visible()
    assert line.inner_text().startswith("List · Record · ")


@pytest.mark.parametrize("mode", ROUTE_MODES)
def test_the_tabs_of_routes_stand_whole_in_one_line_on_a_phone(
    small: str, visit: Start, mode: str
) -> None:
    width, height = SIZES["phone"]
    page = visit(width=width, height=height).open(f"{small}/trade_routes?show={mode}")
    tabs = page.locator(".st-key-route-tabs").get_by_role("radio").all()
    boxes = [tab.bounding_box() for tab in tabs]
    figures = page.locator('[class*="st-key-figure-"]').all()
    below = min(box["y"] for place in figures if (box := place.bounding_box()))
    assert len(boxes) == len(ROUTE_MODES)
    assert len({box["y"] for box in boxes if box}) == 1, boxes
    for box in filter(None, boxes):
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert min(box["width"], box["height"]) >= FINGER
        assert box["y"] < below


def test_a_tab_beyond_the_narrowest_phone_is_moved_to(small: str, visit: Start) -> None:
    page = visit(width=320, height=568).open(f"{small}/trade_routes?show=benchmarks")
    box = page.locator(".st-key-route-tabs").get_by_role("radio").last.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 320


def test_a_phone_looks_for_claims_at_the_end_of_a_line(small: str, visit: Start) -> None:
    width, height = SIZES["phone"]
    page = visit(width=width, height=height).open(f"{small}/claims")
    modes, search = page.get_by_role("radiogroup", name="Show"), page.get_by_role("textbox")
    glass, line = search.bounding_box(), modes.bounding_box()
    assert glass is not None
    assert line is not None
    assert line["y"] <= glass["y"] <= line["y"] + line["height"]
    assert FINGER <= glass["width"] < 2 * FINGER < line["width"]
    search.click()
    field = search.bounding_box()
    assert field is not None
    assert field["width"] > 0.8 * width


def test_a_wide_window_names_the_stops_of_the_slider_of_days(small: str, visit: Start) -> None:
    page = visit(width=1920, height=1080).open(f"{small}/alliance_map")
    boxes = [place.bounding_box() for place in page.locator(".e-days li").all()]
    edges = [(box["x"], box["x"] + box["width"]) for box in boxes if box]
    assert len(edges) == len(boxes) > 2
    assert page.locator(".e-days li").first.is_visible()
    for (_, end), (start, _) in pairwise(edges):
        assert end < start
    figure = page.locator(".st-key-figure-alliance-map").bounding_box()
    assert figure is not None
    assert all(box["y"] + box["height"] <= figure["y"] for box in boxes if box)


def test_another_window_names_the_stop_that_is_pointed_at(small: str, visit: Start) -> None:
    page = visit().open(f"{small}/alliance_map")
    names = page.locator(".e-days li")
    assert not names.nth(1).is_visible()
    box = page.locator(".e-days").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / (names.count() - 1), box["y"] - 10)
    assert names.nth(1).is_visible()
    assert not names.first.is_visible()


def test_a_phone_shows_the_ranking_before_its_sliders(server: str, visit: Start) -> None:
    width, height = SIZES["phone"]
    page = visit(width=width, height=height).open(f"{server}/trade_routes?show=weights")
    figure = page.locator(".st-key-figure-stability-shares").bounding_box()
    sliders = page.locator(".st-key-weights").bounding_box()
    assert figure is not None
    assert sliders is not None
    assert figure["y"] + figure["height"] <= min(sliders["y"], height), (figure, sliders)


def test_the_headline_of_the_home_page_leaves_a_phone_room(server: str, visit: Start) -> None:
    width, height = SIZES["phone"]
    page = visit(width=width, height=height).open(server)
    lines = page.locator("h1").evaluate(
        "(of) => of.clientHeight / parseFloat(getComputedStyle(of).lineHeight)"
    )
    assert int(lines) <= 4, lines
    assert page.evaluate(MEASURE)["top"] < 0.4 * height


def test_links_of_a_row_of_findings_stand_on_one_line(small: str, visit: Start) -> None:
    page = visit().open(small)
    cards = page.locator(".e-finding").all()
    rows: dict[float, set[float]] = {}
    for card in cards:
        top, link = card.bounding_box(), card.locator(".e-lead-on").bounding_box()
        if top and link:
            rows.setdefault(top["y"], set()).add(link["y"] + link["height"])
    assert len(rows) < len(cards)
    assert all(len(lines) == 1 for lines in rows.values()), rows
