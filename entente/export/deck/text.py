"""Text on slides: signs for what XML cannot hold, runs for Plotly's markup, and what fits."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

SERIF_EM, SANS_EM = 0.56, 0.49  # average width of a character, as a share of the type size
LEADING = 1.2
MISSING = "\N{REPLACEMENT CHARACTER}"
# Control characters, marks that turn what follows, half characters, non-characters.
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_BREAKS = re.compile("\r\n?|[\u2028\u2029]")
_FORMULA = re.compile(r"\s*[=+@{-]|(?:f|ht)tps?://|mailto:|(?:in|ex)ternal:", re.IGNORECASE)
_COLOUR = re.compile(r"color:\s*(#[0-9A-Fa-f]{6})")


@dataclass(frozen=True, kw_only=True)
class Run:
    """A stretch of text of one kind; `colour` is hex, or None for that of the line."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    colour: str | None = None


Line = tuple[Run, ...]


def clean_text(text: object) -> str:
    """Text as a slide can hold it: what is not allowed in XML stands as a visible sign."""
    return _UNFIT.sub(_show_sign, _BREAKS.sub("\n", str(text)))


def clean_cell_text(text: object) -> str:
    """Text in one line for the sheet behind a chart, never read as a formula or a link."""
    shown = " ".join(clean_text(text).split())
    return f"\N{ZERO WIDTH SPACE}{shown}" if _FORMULA.match(shown) else shown


def read_markup(markup: object) -> tuple[Line, ...]:
    """Plotly's pseudo-HTML as lines of runs; entities become the characters that they stand for."""
    reader = _Markup()
    reader.feed(clean_text("" if markup is None else markup))
    reader.close()
    return tuple(tuple(line) for line in reader.lines)


def strip_markup(markup: object) -> str:
    """Plotly's pseudo-HTML as plain text."""
    return "\n".join(map(join_runs, read_markup(markup)))


def join_runs(line: Line) -> str:
    """The text of a line without its looks."""
    return "".join(run.text for run in line)


def estimate_width(text: str, size: float, *, em: float = SANS_EM) -> float:
    """About how wide one line of text comes out, in the unit of `size`."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return size * (em * (len(text) - wide) + wide)


def measure_lines(lines: Sequence[Line], size: float, *, em: float) -> tuple[float, float]:
    """About how wide and how high lines of text come out, in the unit of `size`."""
    wide = max(estimate_width(join_runs(line), size, em=em) for line in lines)
    return wide, size * LEADING * len(lines)


def count_lines(text: str, width: float, size: float, *, em: float = SANS_EM) -> int:
    """About how many lines text takes in a column; words that are too long are broken."""
    lines = 0
    for paragraph in text.split("\n"):
        lines, taken = lines + 1, 0.0
        for word in paragraph.split(" "):
            needed = estimate_width(word + " ", size, em=em)
            if taken and taken + needed > width:
                lines, taken = lines + 1, 0.0
            lines += int(needed // width)
            taken += needed % width
    return lines


def fit_text(
    text: str, width: float, height: float, *, sizes: Sequence[float], em: float = SANS_EM
) -> tuple[str, float]:
    """Text and the largest of `sizes` at which it fits a box; cut short where it fits at none."""
    for size in sizes:
        if count_lines(text, width, size, em=em) * size * LEADING <= height:
            return text, size
    size, kept = sizes[-1], len(text)
    while kept and count_lines(text[:kept] + "…", width, size, em=em) * size * LEADING > height:
        kept = int(kept * 0.9)
    return text[:kept].rstrip() + "…", size


def shorten(text: str, most: int) -> str:
    """Text of at most so many characters, cut at a word where there is one."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    at_word = cut.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > most / 2 else cut).rstrip(" ,;:") + "…"


def _show_sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\N{SYMBOL FOR DELETE}" if code == 0x7F else MISSING


class _Markup(HTMLParser):
    """Collects runs; tags that it does not know leave their text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[list[Run]] = [[]]
        self._open: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.lines.append([])
            return
        found = _COLOUR.search(dict(attrs).get("style") or "")
        self._open.append((tag, found[1] if found else None))

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag)]

    def handle_data(self, data: str) -> None:
        tags = {name for name, _ in self._open}
        colours = [colour for _, colour in self._open if colour]
        for place, part in enumerate(data.split("\n")):
            if place:
                self.lines.append([])
            if part:
                self.lines[-1].append(
                    Run(
                        text=clean_text(part),
                        is_bold="b" in tags,
                        is_italic="i" in tags,
                        colour=colours[-1] if colours else None,
                    )
                )
