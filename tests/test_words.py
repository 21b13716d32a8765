"""Words that a reader can be shown: all found, and none of those that were retired."""

import pytest

from tools.words import ROOT, Words, collect

RETIRED = (
    "a what-if",
    "be laid before",
    "best ways",
    "borne out best",
    "choose ",
    "for as long as the record reaches",
    "in the hands of",
    "key day",
    "leverage and vetoes",
    "model check",
    "nobody’s",
    "not come yet",
    "of a party",
    "of nobody",
    "put forward",
    "suppose that",
    "take away",
    "the tempo",
    "to nobody",
    "trivial on its face",
    "way put",
    "what matters",
)


@pytest.fixture(scope="module")
def every() -> list[Words]:
    return collect()


def line_of(words: Words) -> str:
    return (ROOT / words.file).read_text(encoding="utf-8").splitlines()[words.line - 1]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("entente/app/export_menu.py", "How to cite"),
        ("entente/app/templates/menu.html", "Report an error"),
        ("entente/element/figure.js", "Reset view"),
        ("entente/check/faults.toml", "Codes are listed in their code table."),
        ("data/codes/assessment_verdicts.csv", "Supported"),
    ],
)
def test_known_words_are_found_where_they_stand(every: list[Words], file: str, text: str) -> None:
    found = [words for words in every if (words.file, words.text) == (file, text)]
    assert [text in line_of(words) for words in found] == [True]


def test_files_and_lines_exist(every: list[Words]) -> None:
    assert all(line_of(words) for words in every)


def test_docstrings_are_not_words(every: list[Words]) -> None:
    shown = {words.text for words in every}
    assert not any("Yield line and text" in text for text in shown)


def test_no_retired_words_are_left(every: list[Words]) -> None:
    left = [w for w in every if any(phrase in f" {w.text.lower()} " for phrase in RETIRED)]
    assert left == []
