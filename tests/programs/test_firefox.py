"""The briefing as one file in Firefox, from a stick, with no network."""

from pathlib import Path

from entente.briefing.scenes import choose_scenes
from entente.dossier.store import Dossier
from entente.export.html.edition import briefing_html
from tests.programs.firefox import firefox

# Charts are drawn when they come near the screen: go through all of them and wait for each.
DRAW_ALL = """(async () => {
  const charts = [...document.querySelectorAll('.chart')];
  for (const chart of charts) {
    chart.scrollIntoView();
    while (!chart.querySelector('.main-svg')) await new Promise(requestAnimationFrame);
  }
  return charts.length;
})()"""
REFUSED = """(window.refused = [], document.addEventListener(
  'securitypolicyviolation', e => refused.push(e.violatedDirective)), 0)"""
CONTROL = """new Promise(done => {
  const picture = new Image();
  picture.onerror = () => done(refused.join());
  picture.src = 'http://localhost:9/x';
})"""
OWN = ("data:", "chrome:", "about:", "resource:")  # the page's own bytes, and the browser's pages


def test_every_chart_is_drawn_and_nobody_is_asked(dossier: Dossier, tmp_path: Path) -> None:
    path = tmp_path / "briefing.html"
    path.write_bytes(briefing_html(choose_scenes(dossier), dossier=dossier))
    profile = tmp_path / "profile"
    profile.mkdir()
    with firefox(profile) as browser:
        browser.open(path.as_uri())
        browser.run(REFUSED)
        assert browser.run(DRAW_ALL) >= 12
        assert browser.run("document.querySelectorAll('.chart .geo path').length") > 100
        assert browser.run("refused.length") == 0
        assert {url for url in browser.asked if not url.startswith(OWN)} <= {path.as_uri()}
        assert browser.said == []
        # The control: what is counted can be counted.
        assert browser.run(CONTROL) == "img-src"
        browser.run("document.querySelector('select[name=verdict]').value = 'contradicted'")
        browser.run(
            "document.querySelector('#filters').dispatchEvent(new Event('input', {bubbles: true}))"
        )
        shown = "[...document.querySelectorAll('.ledger > li')].filter(li => !li.hidden)"
        assert browser.run(f"{shown}.every(li => li.dataset.verdict === 'contradicted')")
