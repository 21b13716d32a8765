"""What a page shows first, as a browser asks for it before the app is there."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from cachetools import LRUCache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from entente.address.pages import BY_CODE, PAGES, Page
from entente.address.views import default_view
from entente.briefing.first_view import FIRST
from entente.briefing.page_contents import page_title
from entente.dossier.store import Dossier
from entente.element import ahead
from entente.server.first_view import NOTHING
from entente.server.stack import ROUTES
from entente.style.text import keep_compounds
from tests.conftest import Edit

ADDRESS = ahead.freeze_address({})
EACH = pytest.mark.parametrize(
    "page", [BY_CODE[code] for code in FIRST], ids=lambda page: page.code
)


@pytest.fixture(autouse=True)
def _nothing_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests of the process must not find figures that were given by these."""
    monkeypatch.setattr(ahead, "_GIVEN", LRUCache(maxsize=ahead.MOST_FIGURES))


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=ROUTES)) as made:
        yield made


def ask(client: TestClient, page: Page, query: str = "appearance=light") -> dict[str, Any]:
    answer = client.get(f"/first/{page.path}?{query}")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


@EACH
def test_it_has_the_headline_and_the_figures(
    client: TestClient, dossier: Dossier, page: Page
) -> None:
    found = ask(client, page)
    title = page_title(dossier, default_view(page.view, dossier))
    assert keep_compounds(title) in found["html"].replace("&#39;", "'")
    for digest, figure in found["figures"].items():
        assert digest == ahead.digest_figure(figure["text"])
        assert ahead.was_given(digest, ADDRESS)
        assert json.loads(figure["text"])["data"]
        assert figure["alt"]
        assert figure["bundle"]
    placed = [digest for digest in found["figures"] if f'data-first="{digest}"' in found["html"]]
    assert len(placed) == found["html"].count("data-first=") >= 1


def test_it_follows_the_address(client: TestClient) -> None:
    page = BY_CODE["alliance_map"]
    assert ask(client, page, "side=both&appearance=light") != ask(client, page)
    light, dark = ask(client, page), ask(client, page, "appearance=dark")
    assert not set(light["figures"]) & set(dark["figures"])
    aimed = ask(client, page, "camera=4_50_40&appearance=light")
    assert [one["camera"] for one in aimed["figures"].values()] == ["4_50_40"]
    assert set(aimed["figures"]) == set(light["figures"])


@pytest.mark.parametrize(
    "address",
    [
        "nowhere?appearance=light",
        "alliance_map?appearance=sepia",
        "alliance_map?appearance=light&show=table",  # the mode draws none
        "alliance_map?appearance=light&what=ever",  # the page begins with a notice
        "timeline?appearance=light&at=1990-01-01",  # it begins by saying when the document came
    ],
)
def test_a_page_that_begins_otherwise_has_none(client: TestClient, address: str) -> None:
    assert client.get(f"/first/{address}").status_code == NOTHING


def test_faults_come_first(client: TestClient, edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = edit("claims.csv", lambda text: text.replace("\n", "\nbroken,", 1))
    monkeypatch.setenv("ENTENTE_DATA", str(folder))
    assert client.get("/first/?appearance=light").status_code == NOTHING


def test_a_browser_that_has_it_is_told_so(client: TestClient) -> None:
    address = "/first/timeline?appearance=light"
    tag = client.get(address).headers["etag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    page=st.sampled_from(PAGES),
    pairs=st.lists(
        st.tuples(
            st.sampled_from(["at", "lens", "camera", "pick", "appearance"]) | st.text(), st.text()
        )
    ),
)
def test_any_address_has_an_answer(
    client: TestClient, page: Page, pairs: list[tuple[str, str]]
) -> None:
    query = "&".join(
        f"{quote(name, errors='ignore')}={quote(value, errors='ignore')}" for name, value in pairs
    )
    assert client.get(f"/first/{page.path}?{query}").status_code in {200, NOTHING}


def test_only_the_newest_are_kept() -> None:
    for number in range(ahead.MOST_FIGURES + 1):
        ahead.note_given(str(number), ADDRESS)
    assert not ahead.was_given("0", ADDRESS)
    assert ahead.was_given(str(ahead.MOST_FIGURES), ADDRESS)
