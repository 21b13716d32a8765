"""On the narrowest phone, at twice the size, and with less motion: nothing is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visit

Start = Callable[..., Visit]
PAGES = ["", "alliance_map", "timeline", "trade_routes", "claims", "claims?pick=c63", "data"]
# 320 px is 1280 px at 400 %; 640 × 360 is a projector's 1280 × 720 at 200 %.
SIZES = [(320, 568), (640, 360)]
LOST = """() => {
  // A strip of controls, a table and a map may be moved sideways by themselves.
  const moves = of => of && of !== document.body
    && (/auto|scroll/.test(getComputedStyle(of).overflowX) && of.scrollWidth > of.clientWidth
        && of.dataset.testid !== 'stMain' || moves(of.parentElement));
  const main = document.querySelector('[data-testid=stMain]'), out = [];
  if (main.scrollWidth > main.clientWidth) out.push('the page scrolls sideways');
  const title = document.querySelector('h1').getBoundingClientRect();
  if (title.width < 1 || title.left < 0 || title.right > innerWidth) out.push('title cut off');
  for (const chart of document.querySelectorAll('.js-plotly-plot')) {
    const box = chart.getBoundingClientRect();
    if (box.width < 200) out.push(`chart ${box.width} px wide`);
    if ((box.left < 0 || box.right > innerWidth + 1) && !moves(chart)) out.push('chart cut off');
  }
  for (const of of main.querySelectorAll('button, a, input')) {
    const box = of.getBoundingClientRect();
    if (box.width && !moves(of) && (box.left < -1 || box.right > innerWidth + 1))
      out.push(`out of reach: ${of.textContent.slice(0, 40)}`);
  }
  return out;
}"""


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_cut_off(server: str, visit: Start, name: str, width: int, height: int) -> None:
    visiting = visit(width=width, height=height)
    page = visiting.open(f"{server}/{name}")
    assert page.evaluate(LOST) == []
    assert visiting.errors == []


@pytest.mark.parametrize("name", ["", "timeline", "?present=1&scene=ties"])
def test_who_wants_less_motion_gets_none(browser: Browser, server: str, name: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    visiting = Visit(context.new_page())
    page = visiting.open(f"{server}/{name}")
    assert page.evaluate("document.getAnimations().map(of => of.playState)") == []
    lasting = page.eval_on_selector_all(
        "a, button",
        "all => all.map(of => getComputedStyle(of).transitionDuration)"
        ".filter(time => !/^(0s|1e-05s|0.01ms)/.test(time))",
    )
    assert lasting == []
    context.close()


@pytest.mark.parametrize(
    ("page", "one", "other"),
    [
        ("alliance_map", "lens=record", "lens=document"),
        ("timeline", "at=2026-07-01", "at=2025-04-10"),
        ("", "at=2026-07-01", "at=2025-04-10"),
    ],
)
def test_the_alternative_text_says_what_is_shown_now(
    server: str, visit: Start, page: str, one: str, other: str
) -> None:
    said = [
        visit()
        .open(f"{server}/{page}?{query}")
        .locator(
            '[data-testid="stPlotlyChart"][aria-label], [data-testid="stPlotlyChart"] [aria-label]'
        )
        .first.get_attribute("aria-label")
        for query in (one, other)
    ]
    assert all(said)
    assert said[0] != said[1]
