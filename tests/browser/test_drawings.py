"""Drawings are kept when they leave the page, and shown again as they were."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

Start = Callable[..., Visit]
PLOT = ".st-key-figure-timeline .e-plot"
MOST = 16
# A place at the top of the page, and a figure for it; `shown` resolves once it is drawn.
STAGE = """() => {
  const place = document.createElement('div');
  place.id = 'stage';
  place.style.cssText = 'position: fixed; inset: 0 auto auto 0; width: 300px; height: 200px';
  document.body.append(place);
  const write = name => JSON.stringify({
    data: [{type: 'scatter', x: [1, 2], y: [1, 2], hovertext: ['one', 'two'], hoverinfo: 'text'}],
    layout: {title: {text: name}}, config: {}});
  window.show = name => window.ententeFigure(place, {text: write(name), alt: name, bundle: ''});
  window.shown = name => new Promise(resolve => {
    place.addEventListener('drawn', () => resolve(place.querySelector('.e-plot')), {once: true});
    window.show(name);
  });
}"""


@pytest.fixture
def page(small: str, visit: Start) -> Page:
    return visit().open(f"{small}/timeline")


@pytest.fixture
def stage(page: Page) -> Page:
    expect(page.locator(".e-figure[data-state='drawn']")).to_have_count(1)
    page.evaluate(STAGE)
    return page


def go_away_and_back(page: Page, *, width: int = 0) -> None:
    """Leave the timeline, maybe for a window of another width, and come back."""
    expect(page.locator(PLOT)).to_have_class("e-plot js-plotly-plot")
    page.locator(PLOT).evaluate("(plot) => { plot.dataset.mine = ''; }")
    page.get_by_role("link", name="Alliance map", exact=True).first.click()
    expect(page.locator(".st-key-figure-alliance-map .e-figure")).to_have_attribute(
        "data-state", "drawn"
    )
    if width:
        page.set_viewport_size({"width": width, "height": 720})
    page.get_by_role("link", name="Timeline", exact=True).first.click()
    expect(page.locator(".st-key-figure-timeline .e-figure")).to_have_attribute(
        "data-state", "drawn"
    )


def test_who_comes_back_finds_the_drawing_that_was_there(page: Page) -> None:
    go_away_and_back(page)
    expect(page.locator(f"{PLOT}[data-mine]")).to_be_attached()
    page.locator(".st-key-figure-timeline").get_by_role("application").focus()
    page.keyboard.press("Home")
    expect(page.locator(".st-key-figure-timeline .e-ring-at")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "pick=" in url and "pick=none" not in url)


def test_in_a_window_of_another_size_it_is_drawn_anew(page: Page) -> None:
    go_away_and_back(page, width=1000)
    expect(page.locator(f"{PLOT}[data-mine]")).to_have_count(0)
    width, room = page.locator(PLOT).evaluate(
        "(plot) => [plot._fullLayout.width, plot.offsetWidth]"
    )
    assert width == room


def test_what_is_given_while_another_is_drawn_is_shown(stage: Page) -> None:
    stage.evaluate("""() => {
      const react = window.Plotly.newPlot;
      window.Plotly.newPlot = (...given) => {
        window.Plotly.newPlot = react;
        queueMicrotask(() => window.show('the second'));
        return react(...given);
      };
      window.show('the first');
    }""")
    expect(stage.locator("#stage[data-state='drawn'] .gtitle")).to_have_text("the second")


def test_only_so_many_are_kept(stage: Page) -> None:
    is_kept = stage.evaluate(
        """async (most) => {
          const first = await shown('0');
          for (let k = 1; k <= most; k += 1) { await shown(`${k}`); }
          const isFirst = await shown('0') === first;
          for (let k = 1; k <= most + 1; k += 1) { await shown(`later ${k}`); }
          return [isFirst, await shown('0') === first];
        }""",
        MOST,
    )
    assert is_kept == [True, False]


def test_what_the_mouse_was_over_does_not_come_back(stage: Page) -> None:
    labels = stage.evaluate("""async () => {
      const plot = await shown('one'), count = () => plot.querySelectorAll('.hovertext').length;
      window.Plotly.Fx.hover(plot, [{curveNumber: 0, pointNumber: 0}]);
      const before = count();
      await shown('two');
      return [before, await shown('one') === plot, count()];
    }""")
    assert labels == [1, True, 0]
