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
WINDOWS = ("off", "on")  # the room, the speaker


def test_a_scene_that_is_not_there_is_named_and_the_first_is_shown(open_page: Open) -> None:
    app = open_page(present="1", scene="nowhere")
    assert not app.exception
    shown = " ".join(str(element.proto) for element in app.get("html"))
    assert "nowhere" in shown
    assert "Scene 1 of" in shown


def test_anything_after_present_is_survived(open_page: Open, dossier: Dossier) -> None:
    app = open_page(present="<b>", speaker="loud", scene="gate", x="1")
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


def read_html(app: AppTest) -> str:
    return " ".join(str(element.proto) for element in app.get("html"))


def test_notes_are_in_the_window_of_the_speaker_alone(open_page: Open, dossier: Dossier) -> None:
    rows = dossier["scenes"].set_index("scene_id")
    room = read_html(open_page(present="1", scene="promised"))
    speaker = read_html(open_page(present="1", scene="promised", speaker="on"))
    order = scenes(dossier)
    following = rows.at[order[order.index("promised") + 1], "title"]
    for said in (rows.at["promised", "notes"], f"Next: {following}", "data-clock", "e-sources"):
        assert said in speaker
        assert said not in room
    assert rows.at["promised", "title"] in speaker


def test_an_old_address_that_showed_notes_shows_none(open_page: Open, dossier: Dossier) -> None:
    shown = read_html(open_page(present="1", scene="promised", notes="on"))
    assert dossier["scenes"].set_index("scene_id").at["promised", "notes"] not in shown
    assert "e-notices" not in shown


def test_the_last_scene_has_no_next(open_page: Open, dossier: Dossier) -> None:
    shown = read_html(open_page(present="1", scene=scenes(dossier)[-1], speaker="on"))
    assert "This is the last scene." in shown


def test_only_the_room_has_a_way_out(open_page: Open) -> None:
    labels = [
        {button.label for button in open_page(present="1", speaker=window).button}
        for window in WINDOWS
    ]
    assert ["Exit" in found for found in labels] == [True, False]


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
        {"scene": scene, "speaker": window}
        for scene, window in zip(scenes(dossier), cycle(WINDOWS), strict=False)
    ]
    assert_keys_stand_still(open_page, [*asked, {"scene": "nowhere"}])  # with a notice above


@pytest.mark.slow
def test_the_keys_stand_at_one_place_in_both_windows(open_page: Open, dossier: Dossier) -> None:
    asked = product(scenes(dossier), WINDOWS)
    assert_keys_stand_still(open_page, [{"scene": one, "speaker": own} for one, own in asked])


def assert_keys_stand_still(open_page: Open, asked: Sequence[Mapping[str, str]]) -> None:
    """Every scene opens, and all have their keys at one place."""
    places = set()
    for parameters in asked:
        app = open_page(present="1", **parameters)
        assert not app.exception, (parameters, app.exception)
        places.add(place_of_keys(app))
    assert len(places) == 1
