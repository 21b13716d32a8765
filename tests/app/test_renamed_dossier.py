"""No state, day, claim or sentence of one document in code: the renamed dossier opens, and is mute.

Today's dataset under other names (`tests/renamed.py`) passes the check; every page, mode and scene
and every export opens, and none shows a name or a sentence of the real document: what still did
would come from code. A failing test says what, and where it stands.
"""

import io
from collections.abc import Iterable
from pathlib import Path

import pytest
from pptx import Presentation

from entente.address.pages import VIEWS
from entente.address.views import list_controls, scenes
from entente.briefing.scenes import choose_scenes
from entente.dossier.store import Dossier, read_dossier
from entente.export.deck.deck import deck
from entente.export.html.edition import briefing_html
from entente.review import review_folder
from tests.conftest import LIVE
from tests.matrix import mostly_slow
from tests.mutations import read_rows
from tests.opening import EXPORTS, Shown, list_picks, list_views, open_folds, run_page, texts_of
from tests.renamed import WORD, real_sentences, real_words, write_renamed

PICKS = 3  # of each kind of mark, by their first letters


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("renamed") / "data"
    write_renamed(LIVE, path)
    return path


@pytest.fixture(scope="module")
def dossier(folder: Path) -> Dossier:
    return read_dossier(folder)


@pytest.fixture(scope="module")
def names() -> frozenset[str]:
    return real_words(read_rows(LIVE))


@pytest.fixture(scope="module")
def sentences() -> frozenset[str]:
    return real_sentences(read_rows(LIVE))


def leaks(texts: Iterable[str], names: frozenset[str], sentences: frozenset[str]) -> set[str]:
    """Names and sentences of the real document among texts."""
    whole = "\n".join(texts)
    found = names & set(WORD.findall(whole))
    return found | {sentence for sentence in sentences if sentence in whole}


def test_it_passes_the_check(folder: Path) -> None:
    assert review_folder(folder) == ()


@pytest.mark.parametrize("page", mostly_slow(VIEWS, "timeline"))
def test_a_page_opens_in_every_mode_and_says_nothing_of_the_real_document(
    served: Dossier, page: str, names: frozenset[str], sentences: frozenset[str]
) -> None:
    views = [parameters for name, parameters in list_views(served) if name == page]
    picks = [parameters for name, parameters in list_picks(served) if name == page]
    lenses = [{"lens": ["document"]}, {"lens": ["record"]}]
    for parameters in [*views, *lenses, *picks[:: max(1, len(picks) // PICKS)]]:
        app = open_folds(run_page(page, parameters))
        assert not app.exception, (parameters, app.exception)
        assert leaks(texts_of(app), names, sentences) == set(), parameters


@pytest.mark.slow
def test_named_views_and_spans_open(
    served: Dossier, names: frozenset[str], sentences: frozenset[str]
) -> None:
    for page, setting in (
        *(("alliance_map", name) for name in ("frame", "borders")),
        *(("timeline", name) for name in ("zoom",)),
    ):
        for code in list_controls(VIEWS[page])[setting].options(served):
            parameter = list_controls(VIEWS[page])[setting].parameter
            app = run_page(page, {parameter: [code]})
            assert not app.exception, (code, app.exception)
            assert leaks(texts_of(app), names, sentences) == set(), code


def test_every_scene_opens_in_a_room(
    served: Dossier, names: frozenset[str], sentences: frozenset[str]
) -> None:
    for scene in scenes(served):
        app = run_page("briefing", {"present": ["1"], "scene": [scene], "notes": ["on"]})
        assert not app.exception, (scene, app.exception)
        assert leaks(texts_of(app), names, sentences) == set(), scene


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_opens(dossier: Dossier, name: str) -> None:
    EXPORTS[name](dossier)


def test_the_file_says_nothing_of_the_real_document(
    dossier: Dossier, names: frozenset[str], sentences: frozenset[str]
) -> None:
    page = briefing_html(choose_scenes(dossier), dossier=dossier).decode("utf-8")
    assert leaks(Shown(page).texts, names, sentences) == set()


def test_the_deck_says_nothing_of_the_real_document(
    dossier: Dossier, names: frozenset[str], sentences: frozenset[str]
) -> None:
    slides = Presentation(io.BytesIO(deck(choose_scenes(dossier), dossier=dossier))).slides
    texts = [node.text or "" for slide in slides for node in slide._element.iter("{*}t")]
    texts += [slide.notes_slide.notes_text_frame.text for slide in slides if slide.has_notes_slide]
    assert leaks(texts, names, sentences) == set()
