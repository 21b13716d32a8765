"""Scenes: every one of them shows something, and one whose view is gone is a fault."""

import json
from dataclasses import replace

import pytest

from entente.address.pages import find_scene
from entente.address.views import ClaimsView, MapView, default_view
from entente.briefing.scenes import NothingToShow, choose_scenes, make_scene, make_scene_of_address
from entente.dossier.store import Dossier
from entente.review import review_folder
from tests.conftest import Edit


@pytest.mark.parametrize("which", ["live_dossier", "dossier"])
def test_every_scene_shows_something_with_its_sources(
    which: str, request: pytest.FixtureRequest
) -> None:
    """About today’s dataset too: each of its scenes, and their number."""
    dossier = request.getfixturevalue(which)
    made = choose_scenes(dossier)
    assert which != "live_dossier" or 8 <= len(made) <= 12
    assert [scene.number for scene in made] == list(range(1, len(made) + 1))
    for scene in made:
        panel = scene.content.panels[0]
        assert len(panel.table), scene.scene_id
        assert panel.alt
        assert panel.caption or panel.heading
        is_sourced = bool(scene.content.source_ids) or scene.content.page_code == "data"
        assert is_sourced or scene.scene_id == "said", scene.scene_id


def test_a_scene_with_a_map_carries_the_statement_on_borders(dossier: Dossier) -> None:
    statements = {scene.scene_id: scene.content.borders for scene in choose_scenes(dossier)}
    statement = dossier.document.text("borders-statement")
    assert statement
    assert statements["ties"].endswith(statement)
    assert statements["gate"] == statement
    assert statements["held"] == ""


def test_figures_of_a_scene_look_where_its_camera_does(dossier: Dossier) -> None:
    """On the page, in the room, in every export: all draw the figures of the scene."""
    on_map, in_time = make_scene(dossier, "change"), make_scene(dossier, "lanes")
    assert "camera=2_50_38" in on_map.content.query
    for panel in (*on_map.content.panels, *on_map.room):
        geo = json.loads(panel.room_text)["layout"]["geo"]
        assert (geo["projection"]["scale"], geo["center"]) == (2, {"lon": 50, "lat": 38})
    for panel in (*in_time.content.panels, *in_time.room):
        layout = json.loads(panel.room_text)["layout"]
        assert layout["xaxis2"]["range"] == ["2021-01-01", "2021-09-30"]


def test_equal_views_look_each_where_its_own_camera_does(dossier: Dossier) -> None:
    def look(camera: str) -> object:
        scene = make_scene_of_address(dossier, f"/alliance_map?{camera}")
        return scene.content.panels[0].figure.layout.geo.center.lon

    assert [look("camera=2_50_38"), look(""), look("camera=2_60_38")] == [50, None, 60]


@pytest.mark.parametrize(
    ("camera", "nonsense"),
    [("2_50_38", "2_500_38"), ("2021-01-01_2021-09-30", "2021-01-01_soon")],
)
def test_a_scene_that_looks_nowhere_is_a_fault(edit: Edit, camera: str, nonsense: str) -> None:
    faults = review_folder(edit("scenes.csv", lambda text: text.replace(camera, nonsense)))
    assert [(fault.file, fault.code) for fault in faults] == [("scenes.csv", "dead_view")]


def test_a_scene_whose_view_is_gone_is_a_fault(edit: Edit) -> None:
    folder = edit("scenes.csv", lambda text: text.replace("show=leverage", "show=levitation"))
    faults = review_folder(folder)
    assert [(fault.file, fault.code, fault.key) for fault in faults] == [
        ("scenes.csv", "dead_view", "gate")
    ]


def test_scenes_are_chosen_by_id_in_the_order_of_the_briefing(dossier: Dossier) -> None:
    made = choose_scenes(dossier, ["gate", "said"])
    assert [scene.scene_id for scene in made] == ["said", "gate"]
    with pytest.raises(NothingToShow, match="unknown scene 'nowhere'"):
        choose_scenes(dossier, ["nowhere"])


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("/no_such_page?x=1", "not a page"),
        ("https://example.org/claims?v=99", "format 99"),
        ("/claims?d=9.9.9", "dataset 9.9.9"),
        ("/claims?q=zzzzzz&show=ledger&verdict=open", "empty"),
        ("/alliance_map?theme=transport", "empty"),
        ("", ""),
    ],
)
def test_an_address_that_shows_nothing_says_why(dossier: Dossier, address: str, why: str) -> None:
    if not why:
        assert make_scene_of_address(dossier, address).content.page_code == "briefing"
        return
    with pytest.raises(NothingToShow, match=why):
        make_scene_of_address(dossier, address)


def test_the_briefing_starts_at_the_scene_of_what_is_on_screen(dossier: Dossier) -> None:
    claims = default_view(ClaimsView, dossier)
    ties = default_view(MapView, dossier)
    since = replace(ties, since=dossier.document.day)
    found = [
        find_scene(dossier, "claims", claims),
        find_scene(dossier, "claims", replace(claims, mode="scoreboard")),
        find_scene(dossier, "claims", replace(claims, verdicts=("unverifiable",))),
        find_scene(dossier, "alliance_map", replace(ties, mode="matrix")),
        find_scene(dossier, "alliance_map", since),
        find_scene(dossier, "briefing", None),
        find_scene(dossier, "no-such-page", None),
    ]
    assert found == ["held", "promised", "unknown", "pairs", "change", "said", None]


def test_notes_longer_than_a_glance_are_a_fault(edit: Edit) -> None:
    folder = edit("scenes.csv", lambda text: text.replace("Empty steps", "Empty " * 100 + "steps"))
    faults = review_folder(folder)
    assert [(fault.file, fault.code, fault.key) for fault in faults] == [
        ("scenes.csv", "too_long", "promised")
    ]


def test_a_headline_may_be_what_the_view_finds(dossier: Dossier) -> None:
    scene = make_scene(dossier, "held")
    assert scene.title == scene.content.title
    assert scene.title != "{finding}"
