"""Compounds in headlines, which no line ends within."""

import re
from pathlib import Path

import pytest

from entente.settings import HOME
from entente.style.text import WORD_JOINER, keep_compounds

TEMPLATES = sorted((HOME / "entente").glob("**/templates/**/*.html"))
HEADING = re.compile(r"<h[1-4][^>]*>(.*?)</h[1-4]>")
# What a heading prints that may be a sentence or a name.
WORDS = re.compile(r"{{ (?:\w+\.)*\w*(?:title|label|heading|headline|claim) }}")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The North–South route", f"The North–{WORD_JOINER}South route"),
        ("on 22–24 April", f"on 22–{WORD_JOINER}24 April"),
        ("closed – and open again", "closed – and open again"),
        ("well-known", "well-known"),
        ("", ""),
    ],
)
def test_a_dash_within_a_compound_ends_no_line(text: str, kept: str) -> None:
    assert keep_compounds(text) == kept


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_headings_of_templates_keep_compounds(path: Path) -> None:
    headings = HEADING.findall(path.read_text(encoding="utf-8"))
    assert [text for text in headings if WORDS.search(text)] == []
