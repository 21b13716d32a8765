"""The presenter's screen without a browser."""

from tests.app.conftest import Open


def test_a_scene_that_is_not_there_is_named_and_the_first_is_shown(open_page: Open) -> None:
    app = open_page(present="1", scene="nowhere")
    assert not app.exception
    shown = " ".join(str(element.proto) for element in app.get("html"))
    assert "nowhere" in shown
    assert "Scene 1 of" in shown


def test_anything_after_present_is_survived(open_page: Open) -> None:
    app = open_page(present="<b>", notes="loud", scene="gate", x="1")
    assert not app.exception
    shown = " ".join(str(element.proto) for element in app.get("html"))
    assert "<b>" not in shown
    assert "Scene 9 of" in shown


def test_notes_carry_their_sources(open_page: Open) -> None:
    app = open_page(present="1", scene="promises", notes="on")
    shown = " ".join(str(element.proto) for element in app.get("html"))
    assert "e-present-notes" in shown
    assert "e-sources" in shown
