"""Text on slides: signs for what XML forbids, runs for markup, and what fits."""

import pytest

from entente.export.deck.text import (
    Run,
    clean_cell_text,
    clean_text,
    count_lines,
    fit_text,
    read_markup,
    shorten,
    strip_markup,
)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("a\x00b\x1bc", "a␀b␛c"),
        ("a\x7fb\x85c", "a␡b\N{REPLACEMENT CHARACTER}c"),
        ("a\ud800b", "a\N{REPLACEMENT CHARACTER}b"),
        ("evil\u202egnp.exe", "evil\N{REPLACEMENT CHARACTER}gnp.exe"),
        ("line\r\nnext\u2028last", "line\nnext\nlast"),
        ("\u200fعربي 🛩️", "\u200fعربي 🛩️"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
    ],
)
def test_what_cannot_be_held_stands_as_a_sign(given: str, shown: str) -> None:
    assert clean_text(given) == shown


def test_markup_of_figures_becomes_runs() -> None:
    first, second = read_markup("<span style='color:#7A2E1D'>●</span> <b>1</b><br><i>Iran</i>")
    assert first == (
        Run(text="●", colour="#7A2E1D"),
        Run(text=" "),
        Run(text="1", is_bold=True),
    )
    assert second == (Run(text="Iran", is_italic=True),)


def test_escaped_markup_is_text() -> None:
    assert strip_markup("&lt;b&gt;Port&lt;/b&gt; &amp; more") == "<b>Port</b> & more"


def test_a_cell_never_begins_like_a_formula() -> None:
    for evil in ("=1", "+1", "-1", "@a", " =1", "http://a", "mailto:a", "internal:A1"):
        assert clean_cell_text(evil).startswith("\N{ZERO WIDTH SPACE}")
    assert clean_cell_text("Iran") == "Iran"


def test_text_gets_the_largest_size_that_fits() -> None:
    text = "word " * 20
    assert fit_text(text, 400, 400, sizes=(30, 12))[1] == 30
    assert fit_text(text, 100, 200, sizes=(30, 12))[1] == 12
    cut, size = fit_text("word " * 500, 100, 100, sizes=(30, 12))
    assert size == 12
    assert cut.endswith("…")
    assert count_lines(cut, 100, 12, em=0.49) * 12 * 1.2 <= 100


def test_a_long_word_is_broken_and_wide_letters_count_double() -> None:
    assert count_lines("x" * 100, 100, 10, em=0.5) == 6
    assert count_lines("漢" * 10, 100, 10) >= 1
    assert count_lines("漢" * 21, 100, 10) == 3


def test_short_text_is_left_alone() -> None:
    assert shorten("Baku", 10) == "Baku"
    assert shorten("Baku and Ankara together", 12) == "Baku and…"
    assert len(shorten("x" * 50, 12)) == 12
