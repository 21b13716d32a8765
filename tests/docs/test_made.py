"""Pages and pictures that are made are as they would be made now."""

import json

import pytest

from entente.dossier.store import Dossier
from tests.conftest import ROOT
from tests.docs.pages import DOCS, list_pictures, read
from tools.docs.__main__ import make_pages
from tools.docs.commands import list_commands, list_targets
from tools.docs.tables import make_anchor
from tools.readme_pictures import FOLDER, PAGES, PRESENTER, RECORD, describe_pictures

LARGEST = {**{f"{name}.webp": 120_000 for name in PAGES}, f"{PRESENTER}.webp": 600_000}


@pytest.mark.parametrize("name", sorted(make_pages()))
def test_a_page_that_is_made_is_not_stale(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == make_pages()[name], "run `make docs`"


def test_every_command_and_target_is_on_the_page() -> None:
    text = make_pages()["commands.md"]
    for command in list_commands():
        assert f"\n### {command.name}\n" in text
    for target in list_targets():
        assert f"| `make {target.written}` |" in text


def test_anchors_are_as_github_makes_them() -> None:
    assert make_anchor("document/map_views") == "documentmap_views"
    assert make_anchor("Delays, charges and all") == "delays-charges-and-all"


def test_pictures_show_what_the_app_shows(live_dossier: Dossier) -> None:
    """About today’s dataset: titles, and figures as they are declared."""
    taken = json.loads((FOLDER / RECORD).read_text(encoding="utf-8"))
    now = describe_pictures(live_dossier)
    stale = sorted(name for name in now if now[name] != taken.get(name))
    assert not stale, "run `python -m tools.readme_pictures`"
    assert set(taken) == set(now)


def test_counts_in_words_are_those_of_the_data(live_dossier: Dossier) -> None:
    """About today’s dataset."""
    assert f"all {len(live_dossier['claims'])} claims" in " ".join(read("README.md").split())
    assert f"{len(live_dossier['scenes'])} scenes" in " ".join(read("docs/present.md").split())


def test_pictures_are_there_and_small() -> None:
    found = {path.name: path.stat().st_size for path in FOLDER.glob("*.webp")}
    assert set(found) == set(LARGEST)
    assert {name for name, size in found.items() if size > LARGEST[name]} == set()
    shown = {(ROOT / target).name for _, target in list_pictures(read("README.md"))}
    assert shown == set(found)
