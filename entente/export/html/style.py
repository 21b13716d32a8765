"""The edition's style sheet: colours and fonts of the house before the rules of its template."""

import base64
from collections.abc import Callable
from pathlib import Path

from entente.settings import HOME, STREAMLIT_FILES
from entente.style.palette import LETTERS, LIGHT, SANS, SERIF

RULES = Path(__file__).parent / "templates" / "edition.css"
COLOURS = ("paper", "raised", "ink", "muted", "rule", "accent")
WEIGHTS = {"Entente Serif": "400 700", "Source Sans": "200 900"}


def fonts() -> dict[str, bytes]:
    """Family to font file: our serif, and the sans as the installed packages bring it."""
    (sans,) = (STREAMLIT_FILES / "static" / "media").glob("SourceSansVF-Upright.*.woff2")
    serif = HOME / "assets" / "fonts" / "entente-serif.woff2"
    return {"Entente Serif": serif.read_bytes(), "Source Sans": sans.read_bytes()}


def style(*, address: Callable[[str, bytes], str]) -> str:
    """The whole style sheet.

    Args:
        address: Family and font file to where the sheet finds it.
    """
    faces = "".join(_face(family, address(family, file)) for family, file in fonts().items())
    return f"{faces}{_variables()}\n{RULES.read_text(encoding='utf-8')}"


def inside(_: str, file: bytes) -> str:
    """A font as an address that holds it."""
    return f"data:font/woff2;base64,{base64.b64encode(file).decode('ascii')}"


def _face(family: str, address: str) -> str:
    letters = f"unicode-range:{LETTERS};" if family == "Entente Serif" else ""
    return (
        f"@font-face{{font-family:'{family}';src:url({address}) format('woff2');"
        f"font-weight:{WEIGHTS[family]};font-display:swap;{letters}}}\n"
    )


def _variables() -> str:
    colours = {name: getattr(LIGHT, name) for name in COLOURS}
    hues = {f"verdict-{code}": value for code, value in LIGHT.verdicts.items()}
    words = {"sans": SANS, "serif": SERIF, **colours, **hues}
    return f":root{{{''.join(f'--{name}:{value};' for name, value in words.items())}}}"
