"""Our cuts of the fonts say who they are, and are small."""

import pytest

from tests.conftest import ROOT

FONTS = ROOT / "assets" / "fonts"


@pytest.mark.parametrize(
    ("name", "most"), [("entente-serif", 75_000), ("entente-sans", 50_000), ("symbols", 15_000)]
)
def test_a_cut_font_is_small(name: str, most: int) -> None:
    content = (FONTS / f"{name}.woff2").read_bytes()
    assert content[:4] == b"wOF2"
    assert len(content) <= most


def test_the_licence_names_both_fonts_that_were_renamed() -> None:
    said = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "entente-serif.woff2" in said
    assert "entente-sans.woff2" in said
