"""The data and method page: dictionary, downloads, method, licences, change log, citation."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from entente.app.pages.data import WORDS
from entente.app.pages.data_changes import parse_blocks
from entente.check.contract import TABLES
from entente.dossier.document import read_method
from entente.dossier.store import Dossier
from tests.app.conftest import Open
from tests.app.test_every_page import text_of
from tests.opening import open_folds


def test_every_section_is_there(open_page: Open) -> None:
    headings = [heading.value for heading in open_page("data").header]
    assert headings == [
        *("Download the data", "Tables and columns", "Method", "Borders and names", "Words"),
        *("Licences", "What changed", "How to cite", "Report an error", "Privacy"),
    ]


@pytest.mark.parametrize("table", ["claims", "legs", "codes/themes"])
def test_the_dictionary_is_read_off_the_models(open_page: Open, table: str) -> None:
    text = text_of(open_page("data", table=table))
    for name, column in TABLES[table].columns.items():
        assert f"<code>{name}</code>" in text
        assert column.unit in text


def test_every_table_is_listed_with_its_rows(open_page: Open, dossier: Dossier) -> None:
    app = open_page("data")
    assert f">{len(dossier['assessment_sources'])}<" not in text_of(app)  # sent when it is opened
    text = text_of(open_folds(app))
    for name in TABLES:
        assert f">{name}<" in text
        assert f">{len(dossier[name])}<" in text


def test_the_words_of_verdicts_are_defined(open_page: Open, dossier: Dossier) -> None:
    text = text_of(open_page("data"))
    for description in dossier["codes/assessment_verdicts"]["description"]:
        assert description in text


def test_words_stand_with_sections_that_the_method_has(dossier: Dossier) -> None:
    titles = {title for title, _ in read_method(dossier.document)}
    assert set(WORDS) <= titles


def test_the_reference_has_version_and_digest(open_page: Open, dossier: Dossier) -> None:
    references = re.findall(r"<pre>(.*?)</pre>", text_of(open_page("data")), re.DOTALL)
    assert len(references) == 2
    for reference in references:
        assert dossier.version in reference
        assert dossier.digest[:16] in reference


def test_the_change_log_shows_as_text(
    open_page: Open,
    edit: Callable[[str, Callable[[str], str]], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = edit("CHANGELOG.md", lambda text: text + "\n- <img src=x onerror=alert(1)>\n")
    monkeypatch.setenv("ENTENTE_DATA", str(folder))
    text = text_of(open_folds(open_page("data")))
    assert "&lt;img" in text
    assert "<img src=x" not in text


def test_blocks_of_a_change_log() -> None:
    text = "# Changes\n\n## 1.0.0\nfirst\nedition\n\n- one\n  goes on\n- two\n\nend"
    assert parse_blocks(text) == [
        {"kind": "heading", "lines": ["Changes"]},
        {"kind": "heading", "lines": ["1.0.0"]},
        {"kind": "words", "lines": ["first edition"]},
        {"kind": "items", "lines": ["one goes on", "two"]},
        {"kind": "words", "lines": ["end"]},
    ]


def test_contested_words_are_listed_with_neutral_labels(open_page: Open, dossier: Dossier) -> None:
    text = text_of(open_folds(open_page("data")))
    for label in dossier["terms"]["neutral_label"]:
        assert label in text
    assert "Allowed in claims.hedge_words." in text
