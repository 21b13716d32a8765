"""The app sends a figure by its digest alone where the browser was given it before."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from cachetools import LRUCache
from streamlit.testing.v1 import AppTest

from entente.address.views import MapView
from entente.app.controls import widget_key
from entente.briefing.first_view import FIRST, find_first_view
from entente.dossier.store import Dossier
from entente.element import ahead
from tests.app.conftest import Open


@pytest.fixture(autouse=True)
def _nothing_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "_GIVEN", LRUCache(maxsize=ahead.MOST_FIGURES))


def list_given(app: AppTest) -> Iterator[dict[str, Any]]:
    """What each figure of a page was given."""
    return (json.loads(element.proto.json) for element in app.get("bidi_component"))


def give(dossier: Dossier, page: str) -> set[str]:
    """Hand out what a page shows first; the digests of its figures."""
    view = find_first_view(dossier, page, {}, appearance="light")
    assert view is not None
    digests = {ahead.digest_figure(panel.figure_text) for panel in view.panels}
    for digest in digests:
        ahead.note_given(digest, ahead.freeze_address({}))
    return digests


@pytest.mark.parametrize("page", FIRST)
def test_what_was_given_is_the_very_figure_of_the_page(
    open_page: Open, dossier: Dossier, page: str
) -> None:
    digests = give(dossier, page)
    app = open_page(page)
    for _ in range(2):  # what the browser has, it keeps
        assert not app.exception
        found = list(list_given(app))
        assert {one["digest"] for one in found} == digests
        assert {one["text"] for one in found} == {""}
        app.run()


def test_what_was_not_given_is_sent(open_page: Open, dossier: Dossier) -> None:
    for one in list_given(open_page("alliance_map")):
        assert one["digest"] == ahead.digest_figure(one["text"])


def test_what_was_given_for_another_address_is_sent(open_page: Open, dossier: Dossier) -> None:
    """It draws the same, but the page has a notice: the browser was given nothing."""
    give(dossier, "alliance_map")
    app = open_page("alliance_map", what="ever")
    assert all(one["text"] for one in list_given(app))


def test_what_others_were_given_later_is_sent(open_page: Open, dossier: Dossier) -> None:
    """A page that a reader comes to by a click was asked for by other browsers only."""
    app = open_page("alliance_map", side="both")
    give(dossier, "alliance_map")
    app.segmented_control(key=widget_key(MapView, "side")).set_value("partners").run()
    assert all(one["text"] for one in list_given(app))
