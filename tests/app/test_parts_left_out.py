"""What a dossier leaves out, the app leaves out, and says so where somebody asks for it."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from entente.address.pages import NO_SCENES, PAGES, list_pages, say_absence
from entente.address.views import scenes
from entente.briefing.scenes import NothingToShow, choose_scenes, make_scene_of_address
from entente.dossier.store import Dossier, read_dossier
from entente.review import review_folder
from tests.conftest import SMALL, Run
from tests.opening import EXPORTS, list_picks, list_views, open_folds, run_page, texts_of
from tests.parts import PARTS, write_without

PICKS = 3  # of each page
ABSENT = {
    "ties": {"alliance_map"},
    "events": {"timeline"},
    "routes": {"trade_routes"},
    "everything": {"alliance_map", "timeline", "trade_routes"},
}
# What is opened most often, and all others among the slow tests.
QUICK = ("everything",)
EACH = [
    pytest.param(part, marks=() if part in QUICK else pytest.mark.slow, id=part.replace(" ", "-"))
    for part in PARTS
]


@pytest.fixture(scope="module", params=EACH)
def part(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def folder(part: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("parts") / "data"
    write_without(SMALL, path, part)
    return path


@pytest.fixture(scope="module")
def dossier(folder: Path) -> Dossier:
    return read_dossier(folder)


def hrefs_of(app: AppTest) -> list[str]:
    """Where the links of a page lead, without their queries."""
    links = re.findall(r'href="([^"]+)"', "".join(texts_of(app)))
    return [urlsplit(link).path.strip("./") for link in links]


def test_the_check_is_clean(folder: Path) -> None:
    assert review_folder(folder) == ()


def test_pages_without_anything_to_show_are_not_there(dossier: Dossier, part: str) -> None:
    absent = {page.code for page in PAGES} - {page.code for page in list_pages(dossier)}
    assert absent == ABSENT.get(part, set())


def test_every_page_opens_in_every_mode(served: Dossier) -> None:
    picks = list_picks(served)
    some = [
        view
        for page in list_pages(served)
        for view in [one for one in picks if one[0] == page.code][:PICKS]
    ]
    lenses = [
        (page.code, {"lens": [lens]})
        for page in list_pages(served)
        for lens in ("document", "record")
    ]
    for page, parameters in [*list_views(served), *some, *lenses]:
        app = open_folds(run_page(page, parameters))
        assert not app.exception, (page, parameters, app.exception)
        assert {one.path for one in list_pages(served)} <= set(hrefs_of(app)), (page, parameters)


def test_the_address_of_a_page_that_is_not_there_says_so(served: Dossier, part: str) -> None:
    for page in ABSENT.get(part, ()):
        app = run_page(page, {})
        assert not app.exception
        assert [title.value for title in app.title] == [say_absence(served, page)]


def test_no_page_links_to_one_that_is_not_there(served: Dossier, part: str) -> None:
    gone = ABSENT.get(part, set())
    for page in list_pages(served):
        app = open_folds(run_page(page.code, {}))
        assert not gone & set(hrefs_of(app)), page.code


def test_every_scene_opens_in_a_room(served: Dossier) -> None:
    for scene in scenes(served):
        app = run_page("briefing", {"present": ["1"], "scene": [scene]})
        assert not app.exception, (scene, app.exception)
    app = run_page("briefing", {"present": ["1"]})
    assert not app.exception
    titles = [title.value for title in app.title]
    assert titles == ([] if scenes(served) else [NO_SCENES])
    offered = "".join(texts_of(run_page("claims", {})))
    assert (">Present</a>" in offered) == bool(scenes(served))


def test_there_is_something_to_take_away(dossier: Dossier) -> None:
    chosen = choose_scenes(dossier)
    pages = {page.code for page in list_pages(dossier)}
    assert {scene.content.page_code for scene in chosen} <= pages
    assert chosen


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_opens(dossier: Dossier, name: str) -> None:
    EXPORTS[name](dossier)


def test_the_export_of_a_page_that_is_not_there_says_so(
    run: Run, dossier: Dossier, folder: Path, part: str, tmp_path: Path
) -> None:
    for page in ABSENT.get(part, ()):
        with pytest.raises(NothingToShow, match=say_absence(dossier, page)):
            make_scene_of_address(dossier, f"https://entente.example/{page}")
        out = tmp_path / "one.html"
        status, _, err = run("export", "html", out, "--view", f"/{page}", "--data", folder)
        assert (status, err.count("\n")) == (2, 1)


COMMANDS = {
    "routes": ("trade_routes", ["routes", "SU_PORT", "NO_PORT"]),
    "leverage": ("trade_routes", ["leverage", "SU_PORT", "NO_PORT"]),
    "benchmarks": ("trade_routes", ["benchmarks"]),
    "claim": ("claims", ["claim", "k01"]),
    "sources": ("claims", ["sources"]),
    "sample": ("claims", ["sources", "--sample", "3", "--seed", "1"]),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_answers_or_says_why_not(
    run: Run, dossier: Dossier, folder: Path, name: str
) -> None:
    page, words = COMMANDS[name]
    absence = say_absence(dossier, page)
    status, _, err = run(*words, "--data", folder)
    if absence:
        assert (status, err) == (2, f"python -m entente: {absence}\n")
    else:
        assert (status, err) == (0, "")


def test_sentences_are_asked_for_only_where_there_are_some(
    run: Run, dossier: Dossier, folder: Path, tmp_path: Path
) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Words.", encoding="utf-8")
    status, _, err = run("verify-document", text, "--data", folder)
    if dossier["document_sentences"].empty:
        assert status == 2
        assert "no sentences" in err
    else:
        assert status == 1
