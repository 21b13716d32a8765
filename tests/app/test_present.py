"""The presenter's screen without a browser."""

from collections.abc import Mapping, Sequence
from itertools import cycle, product

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from entente.address.pages import PRESENTER_STYLE, stylesheet_address
from entente.address.views import scenes
from entente.dossier.store import Dossier
from tests.app.conftest import Open

KEYS = "-present-keys"
NOTES = ("off", "on")


def test_a_scene_that_is_not_there_is_named_and_the_first_is_shown(open_page: Open) -> None:
    app = open_page(present="1", scene="nowhere")
    assert not app.exception
    shown = " ".join(str(element.proto) for element in app.get("html"))
    assert "nowhere" in shown
    assert "Scene 1 of" in shown


def test_anything_after_present_is_survived(open_page: Open, dossier: Dossier) -> None:
    app = open_page(present="<b>", notes="loud", scene="gate", x="1")
    assert not app.exception
    shown = " ".join(str(element.proto) for element in app.get("html"))
    assert "<b>" not in shown
    assert f"Scene {scenes(dossier).index('gate') + 1} of" in shown


def test_its_rules_are_on_its_own_screen_only(open_page: Open) -> None:
    def sheets(app: AppTest) -> str:
        return " ".join(
            str(element.proto) for element in app.get("html") if "@import" in str(element.proto)
        )

    assert stylesheet_address(PRESENTER_STYLE) in sheets(open_page(present="1"))
    assert stylesheet_address() in sheets(open_page())
    assert PRESENTER_STYLE not in sheets(open_page())


def test_notes_carry_their_sources(open_page: Open) -> None:
    app = open_page(present="1", scene="promised", notes="on")
    shown = " ".join(str(element.proto) for element in app.get("html"))
    assert "e-present-notes" in shown
    assert "e-sources" in shown


def place_of_keys(app: AppTest) -> int:
    """At which place among its neighbours the container of the keys stands."""
    screen = app.main.children[0]
    assert isinstance(screen, Block)
    (place,) = (
        at
        for at, part in screen.children.items()
        if str(getattr(part.proto, "id", "")).endswith(KEYS)
    )
    return place


def test_the_keys_stand_at_one_place_in_all_scenes(open_page: Open, dossier: Dossier) -> None:
    """Browsers know a button again by its place; elsewhere it would lose the focus."""
    asked = [
        {"scene": scene, "notes": notes}
        for scene, notes in zip(scenes(dossier), cycle(NOTES), strict=False)
    ]
    assert_keys_stand_still(open_page, [*asked, {"scene": "nowhere"}])  # with a notice above


@pytest.mark.slow
def test_the_keys_stand_at_one_place_with_notes_and_without(
    open_page: Open, dossier: Dossier
) -> None:
    asked = product(scenes(dossier), NOTES)
    assert_keys_stand_still(open_page, [{"scene": one, "notes": notes} for one, notes in asked])


def assert_keys_stand_still(open_page: Open, asked: Sequence[Mapping[str, str]]) -> None:
    """Every scene opens, and all have their keys at one place."""
    places = set()
    for parameters in asked:
        app = open_page(present="1", **parameters)
        assert not app.exception, (parameters, app.exception)
        places.add(place_of_keys(app))
    assert len(places) == 1
