"""Legends: what the lines, symbols and numbers of a figure stand for, declared beside the figure.

A legend is plain data. The app, the HTML file and the slides each draw it with their own means.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from entente.style.palette import Palette

# Plotly's symbol names as characters, filled and hollow.
CHARACTERS = {
    "circle": "●",
    "pentagon": "⬟",
    "square": "■",
    "diamond": "◆",
    "cross": "✚",
    "star": "★",
    "x": "✖",
    "hexagon2": "⬢",
    "triangle-up": "▲",
}
HOLLOW_CHARACTERS = {
    "circle": "○",
    "pentagon": "⬠",
    "square": "□",
    "diamond": "◇",
    "star": "☆",
    "hexagon2": "⬡",
    "triangle-up": "△",
}
# The `name` of an annotation that is a legend within a figure. Slides leave it out: there the
# legend stands beside the figure.
IN_FIGURE = "legend"


@dataclass(frozen=True, kw_only=True)
class LegendEntry:
    """One line of a legend: a sample, and what it stands for.

    Attributes:
        text: What the sample stands for, as plain text.
        colour: Colour of the line, of the outline of the symbol, or of the number.
        symbol: Plotly's name of the symbol; None for none.
        fill: Colour inside the symbol; the colour of the paper makes it hollow.
        dash: Plotly's dash of the line; None where there is no line.
        width: Width of the line in pixels.
        number: A number in a circle instead of a symbol.
        is_strong: Whether the entry is the one put forward.
    """

    text: str
    colour: str
    symbol: str | None = None
    fill: str | None = None
    dash: str | None = None
    width: float = 2.0
    number: str = ""
    is_strong: bool = False

    def character(self, palette: Palette) -> str:
        """The symbol as a character; empty where there is none."""
        name = (self.symbol or "").removesuffix("-open")
        is_hollow = self.fill == palette.paper or name != self.symbol
        return (HOLLOW_CHARACTERS if is_hollow else CHARACTERS).get(name, "")


def list_numbers(
    rows: Iterable[tuple[int, str]], *, picked: int | None, palette: Palette
) -> tuple[LegendEntry, ...]:
    """Numbers on a figure with their names, in order of the numbers.

    Args:
        rows: Number and name of each.
        picked: The number put forward, which takes the accent; None for none.
        palette: Colours.
    """
    return tuple(
        LegendEntry(
            text=name,
            colour=palette.accent if number == picked else palette.ink,
            number=str(number),
            is_strong=number == picked,
        )
        for number, name in sorted(rows)
    )


def list_symbols(
    symbols: Mapping[str, str],
    labels: Mapping[str, str],
    *,
    hollow: Iterable[str] = (),
    colour: str,
    palette: Palette,
) -> tuple[LegendEntry, ...]:
    """One symbol for each code, in one colour.

    Args:
        symbols: Code to Plotly's symbol.
        labels: Code to its name; a code without a symbol is left out.
        hollow: Codes whose symbol is hollow.
        colour: Colour of all symbols.
        palette: Colours.
    """
    open_ones = set(hollow)
    return tuple(
        LegendEntry(
            text=label,
            colour=colour,
            symbol=symbols[code],
            fill=palette.paper if code in open_ones else colour,
        )
        for code, label in labels.items()
        if code in symbols
    )
