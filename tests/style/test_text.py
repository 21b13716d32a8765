"""What no line of a headline ends within."""

import re
from pathlib import Path

import pytest

from entente.settings import HOME
from entente.style.text import NO_BREAK_SPACE, WORD_JOINER, keep_compounds

TEMPLATES = sorted((HOME / "entente").glob("**/templates/**/*.html"))
HEADING = re.compile(r"<h[1-4][^>]*>(.*?)</h[1-4]>")
# What a heading prints that may be a sentence or a name.
WORDS = re.compile(r"{{ (?:\w+\.)*\w*(?:title|label|heading|headline|claim) }}")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The North–South route", f"The North–{WORD_JOINER}South route"),
        ("in 22–24 parts", f"in 22–{WORD_JOINER}24 parts"),
        ("closed – and open again", "closed – and open again"),
        ("well-known", "well-known"),
        ("", ""),
    ],
)
def test_a_dash_within_a_compound_ends_no_line(text: str, kept: str) -> None:
    assert keep_compounds(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "none had come true by [2 July 2026]; 5 did",
        "known since [April–June 2026], on [3 Sept 2025] and in [May 2024]",
        "[12 May] and [1 June]",
        "[27 days] and [USD 1,656], within [30 percent] of [2 billion] or [450 km]",
        "[104 of 137] lie within, [9 of 69] hold in full",
        "9 of its 69 claims, in 12 ways: may 2026 of them be 3 daysails?",
        "[26 April] – [3 May 2025], from 2025 on",
        "",
    ],
)
def test_dates_and_numbers_with_what_they_are_of_end_no_line(text: str) -> None:
    said = re.sub(r"[\[\]]", "", text)
    kept = keep_compounds(said).replace(WORD_JOINER, "")
    tied = re.sub(r"\[(.*?)\]", lambda found: found[1].replace(" ", NO_BREAK_SPACE), text)
    assert kept == tied


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_headings_of_templates_keep_compounds(path: Path) -> None:
    headings = HEADING.findall(path.read_text(encoding="utf-8"))
    assert [text for text in headings if WORDS.search(text)] == []
