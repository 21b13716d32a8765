"""The dossier in `examples/`: its check is clean, and whatever it has to show opens.

It is a real one and small, of another document than `data/` and without routes: what the program
takes for granted of its first dossier fails here.
"""

import os
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

from entente.address.pages import list_pages, say_absence
from entente.address.views import scenes
from entente.briefing.scenes import choose_scenes
from entente.dossier.store import Dossier, read_dossier
from entente.review import review_folder
from tests.conftest import ROOT
from tests.opening import EXPORTS, list_picks, list_views, open_content, open_folds, run_page

EXAMPLE = ROOT / "examples" / "imec"
LEFT_OUT = "trade_routes"
PICKS = 3  # of each page, in the app; all of them are made without it


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return read_dossier(EXAMPLE)


def test_the_check_is_clean() -> None:
    assert review_folder(EXAMPLE) == ()


def test_every_page_but_that_of_routes_has_something_to_show(dossier: Dossier) -> None:
    for page, parameters in list_views(dossier):
        if page != LEFT_OUT:
            assert open_content(dossier, page, parameters).title, (page, parameters)
    assert LEFT_OUT not in {page.code for page in list_pages(dossier)}
    assert say_absence(dossier, LEFT_OUT)


@pytest.mark.slow
def test_every_mark_can_be_picked(dossier: Dossier) -> None:
    picks = list_picks(dossier)
    assert {page for page, _ in picks} >= {"alliance_map", "timeline", "claims"}
    for page, parameters in picks:
        assert open_content(dossier, page, parameters).title, (page, parameters)


def test_every_scene_has_a_headline_of_its_own(dossier: Dossier) -> None:
    titles = [scene.title for scene in choose_scenes(dossier)]
    assert len(set(titles)) == len(titles) == len(scenes(dossier))
    assert not [title for title in titles if "{" in title]


def test_every_source_is_used_and_every_actor_plays_a_part(dossier: Dossier) -> None:
    """What nothing refers to is left over from an earlier state of the tables."""
    for table, column in (("sources", "source_id"), ("actors", "actor_id")):
        named = {
            cell
            for name, frame in dossier.tables.items()
            if name not in (table, "document/actors")
            for label in frame
            if label == column or label in ("from_actor_id", "to_actor_id", "origin_id")
            for cell in frame[label].dropna()
        }
        assert set(dossier[table][column]) <= named


def test_it_runs_as_the_dataset_of_the_environment() -> None:
    words = [sys.executable, "-m", "entente", "claim", "c06"]
    done = subprocess.run(
        words,
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "ENTENTE_DATA": str(EXAMPLE)},
    )
    assert "railway" in done.stdout


@pytest.mark.slow
def test_every_page_opens_in_every_mode_and_lens(served: Dossier) -> None:
    pages = [page.code for page in list_pages(served)]
    lenses = [(page, {"lens": [lens]}) for page in pages for lens in ("document", "record")]
    picks = [[view for view in list_picks(served) if view[0] == page][:PICKS] for page in pages]
    views = [view for view in [*list_views(served), *chain(*picks)] if view[0] in pages]
    for page, parameters in [*views, *lenses]:
        app = open_folds(run_page(page, parameters))
        assert not app.exception, (page, parameters, app.exception)


@pytest.mark.slow
def test_every_scene_opens_in_a_room(served: Dossier) -> None:
    for scene in scenes(served):
        app = run_page("briefing", {"present": ["1"], "scene": [scene]})
        assert not app.exception, (scene, app.exception)


@pytest.mark.slow
@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_opens(dossier: Dossier, name: str) -> None:
    EXPORTS[name](dossier)


@pytest.mark.slow
def test_commands_write_what_they_promise(tmp_path: Path) -> None:
    for kind, name, begins in (
        ("html", "one.html", b"<!doctype html>"),
        ("pptx", "one.pptx", b"PK"),
    ):
        out = tmp_path / name
        words = ["export", kind, str(out), "--data", str(EXAMPLE)]
        subprocess.run([sys.executable, "-m", "entente", *words], check=True, cwd=ROOT)
        assert out.read_bytes().startswith(begins)
