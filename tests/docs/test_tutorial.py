"""The tutorial on a dossier of one's own, word for word, and what stands there at the end.

Its blocks run one after another in a copy of what one has after a clone, on the text and the tables
in `examples/tutorial/` and on what the page itself writes.
"""

from pathlib import Path

import pytest

from entente.address.pages import list_pages
from entente.dossier.store import Dossier, read_dossier
from entente.review import review_folder
from tests.conftest import ROOT
from tests.docs.pages import list_blocks, read
from tests.docs.test_blocks import copy, programs, run_blocks  # noqa: F401
from tests.opening import list_views, open_content

PAGE = "docs/dossier.md"
LEFT = "to be replaced"  # in every example row of a new dossier
MATERIAL = ROOT / "examples" / "tutorial"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]  # two dozen commands


@pytest.fixture(scope="module")
def place(copy: Path, programs: Path) -> Path:  # noqa: F811
    """The copy, after everything that the tutorial says has been done there."""
    run_blocks(PAGE, ("",), copy, programs)
    return copy


@pytest.fixture(scope="module")
def made(place: Path) -> Dossier:
    return read_dossier(place / "ferry")


def test_the_dossier_is_sound(place: Path) -> None:
    assert review_folder(place / "ferry") == ()


def test_every_page_of_it_opens(made: Dossier) -> None:
    codes = [page.code for page in list_pages(made)]
    assert codes == ["briefing", "alliance_map", "timeline", "claims", "data"]
    for page, parameters in list_views(made):
        if page in codes:
            assert open_content(made, page, parameters).title


def test_no_example_is_left(place: Path) -> None:
    """The tutorial replaces every example row that a new dossier begins with."""
    tables = sorted((place / "ferry").rglob("*.csv"))
    assert tables
    assert not [path.name for path in tables if LEFT in path.read_text(encoding="utf-8")]


def test_the_text_stays_outside(place: Path) -> None:
    text = (MATERIAL / "statement.txt").read_text(encoding="utf-8")
    sentences = [part.strip(" .\n") for line in text.splitlines()[1:] for part in line.split(". ")]
    assert len([one for one in sentences if one]) == 5
    for path in (place / "ferry").rglob("*.csv"):
        words = path.read_text(encoding="utf-8")
        assert not [one for one in sentences if one and one in words], path


def test_the_later_verdict_is_the_one_that_counts(made: Dossier) -> None:
    verdicts = made["assessments"].sort_values("from_edtf").groupby("claim_id")["verdict_code"]
    assert verdicts.last().to_dict() == {
        "c1": "contradicted",
        "c2": "overtaken",
        "c3": "contradicted",
        "c4": "open",
        "c5": "contradicted",
    }
    assert verdicts.first()["c5"] == "contested"


def test_what_is_handed_out_is_there(place: Path) -> None:
    assert (place / "ferry.html").read_bytes().startswith(b"<!doctype html>")
    assert (place / "ferry.pptx").read_bytes().startswith(b"PK")
    assert [path.name for path in (place / "ferry" / "versions").iterdir()] == ["0.1.0.zip"]


def test_the_tutorial_names_all_of_its_material() -> None:
    shown = read(PAGE)
    assert list_blocks(shown)
    for path in MATERIAL.iterdir():
        assert f"examples/tutorial/{path.name}" in shown
