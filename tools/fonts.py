"""Cut three of Streamlit’s fonts down to what Entente shows: 1 MB becomes 130 kB.

The serif keeps Latin letters and is given a name of its own, as its licence asks of whoever changes
it; a letter that it lacks comes from Streamlit’s file. The sans, renamed too, keeps Cyrillic and
the marks of keys besides; letters that it lacks come from the system. The symbols keep those that
Streamlit or Entente names in its code.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from entente.settings import STREAMLIT_FILES
from entente.style.palette import LETTERS, SANS_LETTERS

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

SERIF_NAME, SANS_NAME = "Entente Serif", "Entente Sans"
SERIF_FILE, SANS_FILE = "fonts/entente-serif.woff2", "fonts/entente-sans.woff2"
SYMBOLS_FILE = "fonts/symbols.woff2"
SYMBOLS_LIST = "fonts/symbols.txt"
FEATURES = ["kern", "liga", "locl", "mark", "mkmk", "ccmp", "lnum", "tnum", "pnum", "calt"]
WEIGHTS = (400, 700)
AXES = {"wght": WEIGHTS, "opsz": (20, 60)}
_SYMBOL = re.compile(r":material/([a-z0-9_]+)")


def build_fonts(assets: Path, code: tuple[Path, ...]) -> list[Path]:
    """Write the fonts and the list of symbols; give their paths."""
    (assets / "fonts").mkdir(exist_ok=True)
    names = symbols_in_use(code)
    listed = assets / SYMBOLS_LIST
    listed.write_text("\n".join(names) + "\n", encoding="utf-8")
    symbols = build_symbols(names, assets / SYMBOLS_FILE)
    return [build_serif(assets), build_sans(assets), symbols, listed]


def symbols_in_use(code: tuple[Path, ...]) -> list[str]:
    """Names of the symbols that code asks for, sorted."""
    folders = (*code, STREAMLIT_FILES.parent)
    files = (
        path for folder in folders for path in folder.rglob("*") if path.suffix in {".py", ".js"}
    )
    return sorted({name for path in files for name in _SYMBOL.findall(_text(path))})


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="ignore")


def build_serif(assets: Path) -> Path:
    """The serif with Latin letters, four weights and the sizes of headlines."""
    from fontTools.subset import parse_unicodes
    from fontTools.varLib.instancer import instantiateVariableFont

    font = instantiateVariableFont(_font("SourceSerifVariable-Roman"), AXES)
    _rename(font, SERIF_NAME)
    _cut(font, features=FEATURES, unicodes=parse_unicodes(LETTERS))
    return _save(font, assets / SERIF_FILE)


def build_sans(assets: Path) -> Path:
    """The sans with Latin and Cyrillic letters and the marks of keys, from regular to bold."""
    from fontTools.subset import parse_unicodes
    from fontTools.varLib.instancer import instantiateVariableFont

    font = _font("SourceSansVF-Upright")
    _rename(font, SANS_NAME)
    _cut(font, features=FEATURES, unicodes=parse_unicodes(SANS_LETTERS))
    return _save(instantiateVariableFont(font, {"wght": WEIGHTS}), assets / SANS_FILE)


def build_symbols(names: list[str], target: Path) -> Path:
    """The symbols of the given names. A name works as a ligature of its letters."""
    font = _font("MaterialSymbols-Rounded")
    drawn = ligatures(font)
    wanted = [name for name in names if name in drawn]
    letters = sorted({ord(letter) for name in wanted for letter in name})
    glyphs = [drawn[name] for name in wanted]
    _cut(font, features=["rlig"], unicodes=letters, glyphs=glyphs, closed=True)
    return _save(font, target)


def ligatures(font: "TTFont") -> dict[str, str]:
    """Name to glyph of every symbol that a font has."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    tables = [table for lookup in font["GSUB"].table.LookupList.Lookup for table in lookup.SubTable]
    found = {}
    for table in tables:
        for first, rest in getattr(table, "ExtSubTable", table).ligatures.items():
            for each in rest:
                name = "".join(letters.get(glyph, " ") for glyph in (first, *each.Component))
                found[name] = each.LigGlyph
    return found


def _font(name: str) -> "TTFont":
    from fontTools.ttLib import TTFont

    (path,) = (STREAMLIT_FILES / "static" / "media").glob(f"{name}.*.woff2")
    return TTFont(path, recalcTimestamp=False)


def _rename(font: "TTFont", name: str) -> None:
    for record in font["name"].names:
        if record.nameID in {1, 3, 4, 6, 16, 25}:
            glue = "" if record.nameID in {6, 25} else " "
            record.string = name.replace(" ", glue)


def _cut(
    font: "TTFont",
    *,
    features: list[str],
    unicodes: Iterable[int],
    glyphs: Iterable[str] = (),
    closed: bool = False,
) -> None:
    from fontTools.subset import Options, Subsetter

    options = Options(layout_features=features, layout_closure=not closed, recalc_timestamp=False)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 25]
    cutter = Subsetter(options)
    cutter.populate(unicodes=unicodes, glyphs=glyphs)
    cutter.subset(font)


def _save(font: "TTFont", target: Path) -> Path:
    font.flavor = "woff2"
    font.save(target)
    return target
