"""Five questions that a reader comes with, each answered within three clicks from the home page.

The reader knows only what can be read on the screen: words are clicked, never addresses or keys.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from entente.claims.ledger import list_claims
from entente.dossier.store import Dossier
from tests.browser.conftest import Visit
from tests.conftest import read_small

MOST_CLICKS = 3


@dataclass
class Reader:
    """Somebody who starts at home and clicks on words."""

    visiting: Visit
    clicks: int = 0

    @property
    def page(self) -> Page:
        return self.visiting.page

    def click(self, words: str, *, role: str = "link") -> None:
        """Click what is named so, and wait for what comes."""
        self.clicks += 1
        assert self.clicks <= MOST_CLICKS, f"too many clicks before “{words}”"
        self.page.get_by_role(role, name=words).first.click()  # type: ignore[arg-type]
        self.visiting.settle()

    def read(self) -> str:
        """All words on the page, in one line."""
        return re.sub(r"\s+", " ", self.page.locator(".stApp main").inner_text())


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return read_small()


@pytest.fixture
def reader(small: str, visit: Callable[..., Visit]) -> Iterator[Reader]:
    found = Reader(visit())
    found.visiting.open(small)
    yield found
    assert not found.visiting.errors


def test_who_is_tied_to_a_state_and_how(reader: Reader, dossier: Dossier) -> None:
    reader.click("Alliance map")
    names, themes = dossier.labels("actors"), dossier.labels("themes")
    centre = names[dossier.document.principals[-1]]
    said = reader.read()
    pairs = re.findall(rf"\b\w+–{centre}|{centre}–\w+", said)
    assert pairs
    after = said.split(pairs[0], 1)[1].lower()
    assert any(theme.lower() in after[:200] for theme in themes.values())


def test_when_a_visit_took_place_and_what_the_document_said(
    reader: Reader, dossier: Dossier
) -> None:
    said = reader.read()
    assert all(name in said for name in dossier.document.visits.values())
    assert f"{dossier.document.short_name} says" in said
    assert "on record" in said


def test_whether_the_route_is_open_and_how_long_it_takes(reader: Reader) -> None:
    reader.click("Trade routes")
    assert re.search(r"\b\d+ days\b", reader.read())


def test_what_happens_when_a_state_slows_the_route(reader: Reader) -> None:
    reader.click("Trade routes")
    row = reader.page.locator(".st-key-route-toggles").get_by_role("radiogroup").first
    who = row.get_attribute("aria-label")
    assert who
    reader.click("slows", role="radio")
    expect(reader.page.get_by_text(re.compile(rf"^{re.escape(who)}\b.* adds? "))).to_be_visible()


def test_why_a_claim_was_overtaken_and_by_which_source(reader: Reader, dossier: Dossier) -> None:
    claims = list_claims(dossier, as_of=dossier.horizon)
    claim = claims[claims["verdict_code"] == "overtaken"].iloc[0]
    reader.click(dossier.labels("assessment_verdicts")["overtaken"])
    reader.click(claim["claim_id"])
    said = reader.read()
    assert dossier.labels("assessment_verdicts")["overtaken"] in said
    assert claim["note"] in said
    shown = dossier["assessment_sources"]["source_id"]
    publishers = dossier["sources"].set_index("source_id").loc[shown, "publisher"]
    assert any(publisher in said for publisher in publishers)
