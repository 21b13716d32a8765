"""The key beside a figure on a page: a sample of each line or mark, and what it means."""

from typing import Any

from entente.alliance.tie_marks import THEME_SYMBOLS
from entente.content import Panel
from entente.dossier.store import Dossier
from entente.export.deck.key import Entry, key_of
from entente.style.palette import LIGHT, Palette
from entente.timeline.marks import DOCUMENT_SYMBOL, STATUS_SYMBOLS

# Figures whose marks neither their axes nor a legend of their own explain.
KEYED = ("alliance-map", "tie-matrix", "timeline")
_PAIRS = (*THEME_SYMBOLS.values(), *STATUS_SYMBOLS.values(), DOCUMENT_SYMBOL)
CHARACTERS = {symbol: character for symbol, character, *_ in reversed(_PAIRS)}
HOLLOW = {"circle": "○", "square": "□", "diamond": "◇", "triangle-up": "△"}
# How Plotly's dashes look on a sample two pixels thick.
DASHES = {
    "solid": "",
    "dot": "2 3",
    "dash": "7 5",
    "longdash": "11 4",
    "dashdot": "7 3 2 3",
    "longdashdot": "11 3 2 3",
}


def key_parts(panel: Panel, dossier: Dossier, *, palette: Palette = LIGHT) -> list[dict[str, Any]]:
    """Lines of the key for the template; none for a figure that explains itself."""
    if panel.key not in KEYED or panel.figure is None:
        return []
    entries = key_of(panel.figure.to_plotly_json(), dossier, palette)
    return [_part(entry, palette) for entry in entries]


def _part(entry: Entry, palette: Palette) -> dict[str, Any]:
    return {
        "text": entry.text,
        "colour": entry.colour,
        "has_line": entry.dash is not None,
        "dashes": DASHES.get(
            entry.dash or "solid", str(entry.dash).replace("px,", " ").removesuffix("px")
        ),
        "width": entry.width,
        "character": _character(entry, palette),
    }


def _character(entry: Entry, palette: Palette) -> str:
    """The symbol as a character; one that is filled with the ground, or open, is hollow."""
    name = (entry.symbol or "").removesuffix("-open")
    is_hollow = entry.fill == palette.paper or name != entry.symbol
    return HOLLOW.get(name, "") if is_hollow else CHARACTERS.get(name, "")
