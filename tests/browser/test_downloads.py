"""What a reader saves from a page of the app, opened by other programs; paper, and frames."""

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pandas as pd
import pyogrio
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.matrix import mostly_slow

Start = Callable[..., Visit]


def saved(page: Page, selector: str) -> Path:
    with page.expect_download() as saving:
        page.click(selector)
    return Path(saving.value.path())


def test_a_map_is_saved_in_every_form(server: str, visit: Start, tmp_path: Path) -> None:
    here = visit()
    page = here.open(f"{server}/alliance_map")
    page.click(".st-key-download-alliance-map button")
    png = saved(page, '[data-picture="png"]').read_bytes()
    assert png.startswith(b"\x89PNG")
    drawing = ET.parse(saved(page, '[data-picture="svg"]')).getroot()
    text = " ".join(drawing.itertext())
    assert page.inner_text("h1").split()[-1] in text
    assert "Outlines: United Nations" in text
    rows = pd.read_csv(saved(page, ".st-key-csv-alliance-map button"))
    assert rows.columns[0] == "From"
    features = json.loads(saved(page, ".st-key-geojson-alliance-map button").read_bytes())
    package = tmp_path / "map.gpkg"
    package.write_bytes(saved(page, ".st-key-gpkg-alliance-map button").read_bytes())
    assert {name for name, _ in pyogrio.list_layers(package)} == {"lines", "points"}
    assert len(features["features"]) > len(rows)
    assert here.foreign == []
    assert here.errors == []


WORDS = """(within) => [...document.querySelectorAll(`${within} text`)]
  .filter((of) => of.textContent && of.checkVisibility() && !of.closest('.infolayer'))
  .map((of) => [of.textContent, of.getBBox().width]).sort()"""
# Words of a picture, its title and credit among them, that reach over its left or right edge.
OVERHANG = """() => { const {left, right} = document.querySelector('svg').getBoundingClientRect();
  return [...document.querySelectorAll('text')].filter((of) => {
    const own = of.getBoundingClientRect();
    return own.left < left || own.right > right;
  }).map((of) => of.textContent); }"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("address", "key", "width"),
    mostly_slow(
        [
            ("alliance_map", "alliance-map", 1280),
            ("alliance_map", "alliance-map", 390),
            ("trade_routes", "corridor-map", 1000),
            ("trade_routes", "corridor-map", 390),
            ("timeline?zoom=year", "timeline", 1280),
            ("timeline?zoom=year", "timeline", 1000),
        ],
        ("alliance_map", "alliance-map", 1280),
    ),
)
def test_a_picture_has_the_words_on_screen_and_cuts_none(
    small: str, visit: Start, address: str, key: str, width: int
) -> None:
    here = visit(width=width, height=900)
    page = here.open(f"{small}/{address}")
    shown = page.evaluate(WORDS, f".st-key-figure-{key}")
    button = page.locator(f".st-key-download-{key} button")
    button.scroll_into_view_if_needed()
    here.settle()  # what is drawn further down moves the button
    button.click()
    drawing = saved(page, '[data-picture="svg"]').read_text(encoding="utf-8")
    page.set_content(drawing)
    drawn = page.evaluate(WORDS, "svg")
    assert [word for word, _ in drawn] == [word for word, _ in shown] != []
    # Letters of other fonts are wider by a share of their own: a word may be a little wider.
    wider = [word for (word, own), (_, room) in zip(drawn, shown, strict=True) if own > 1.1 * room]
    assert wider == []
    assert page.evaluate(OVERHANG) == []


@pytest.mark.slow
def test_a_picture_has_the_ring_of_a_pick(server: str, visit: Start) -> None:
    here = visit()
    page = here.open(f"{server}/timeline")
    page.click(".st-key-download-timeline button")
    assert count_circles(saved(page, '[data-picture="svg"]')) == 0
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Previous event").click()
    page.wait_for_selector(".e-ring-picked circle", state="attached")
    here.settle()
    rings = page.locator(".st-key-figure-timeline .e-ring-picked circle").count()
    page.click(".st-key-download-timeline button")
    assert count_circles(saved(page, '[data-picture="svg"]')) == rings


def count_circles(drawing: Path) -> int:
    """How many shapes of a picture are circles: two arcs each, and closed."""
    paths = ET.parse(drawing).getroot().iterfind(".//{*}g[@class='shapelayer']//{*}path")
    return sum(path.get("d", "").count("A") == 2 for path in paths)


@pytest.mark.slow
def test_a_picture_is_taken_by_keyboard(server: str, visit: Start) -> None:
    page = visit().open(f"{server}/")
    page.focus(".st-key-download-outcomes button")
    page.keyboard.press("Enter")
    page.wait_for_selector('[data-picture="png"]')
    page.focus('[data-picture="png"]')
    with page.expect_download() as saving:
        page.keyboard.press("Enter")
    assert saving.value.suggested_filename.startswith("entente-outcomes-")


@pytest.mark.slow
def test_paper_holds_the_view_and_no_controls(server: str, visit: Start) -> None:
    page = visit().open(f"{server}/trade_routes?lens=record")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 972})
    assert "compare: record" in page.inner_text(".e-sheet")
    shut = '[class*="st-key-fold-table"]'
    for hidden in ("header", '[data-testid="stPopover"]', ".st-key-controls-folded", shut):
        assert page.locator(hidden).count()
        assert not page.locator(hidden).first.is_visible()
    chart = page.locator(".st-key-figure-corridor-map .main-svg").first.bounding_box()
    assert chart is not None
    assert chart["width"] <= 688
    assert page.locator(".e-sources li").first.is_visible()


INK = """(turned) => {
  const {fill} = getComputedStyle(document.querySelector('.main-svg text'));
  const parts = fill.match(/\\d+/g).slice(0, 3).map(Number);
  const lightness = parts.reduce((sum, part) => sum + part, 0) / 3 / 255;
  return (turned ? 1 - lightness : lightness) < 0.3;
}"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scheme", "turned"), mostly_slow([("light", False), ("dark", True)], ("dark", True))
)
def test_ink_is_dark_on_paper_in_both_appearances(
    server: str, visit: Start, scheme: str, turned: bool
) -> None:
    page = visit(scheme=scheme).open(f"{server}/claims")
    page.emulate_media(media="print")
    style = page.eval_on_selector(".main-svg", "of => getComputedStyle(of).filter")
    assert style.startswith("invert(1)") == turned
    # Letters are black until Plotly has styled them, which the light of the dark theme is not.
    page.wait_for_function(INK, arg=turned)


@pytest.mark.slow
def test_a_page_in_a_frame_has_a_way_out_and_no_tools(server: str, visit: Start) -> None:
    page = visit(width=900).open(f"{server}/claims?lens=record&embed=true")
    way = page.locator(".e-open-whole a")
    assert way.is_visible()
    address = way.get_attribute("href") or ""
    assert "lens=record" in address
    assert "embed" not in address
    assert page.locator(".st-key-share-panel").count() == 0
    assert not page.locator("header").first.is_visible()
