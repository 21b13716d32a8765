"""Content that another program can draw with charts and tables of its own, as plain data.

Most figures can be translated mark by mark. Two kinds cannot: bars whose pieces, names and words
are separate marks, and symbols in a grid. Their makers say what they show in the terms below.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class BarRow:
    """One bar and the words beside it.

    Attributes:
        name: What the bar is of, as plain text.
        value: How long it is.
        text: Stands at its end, in bold.
        colour: Its colour, as hex; behind a pattern, the ground.
        note: Follows `text`, in regular type.
        pattern: Plotly's name of a pattern; empty for a plain fill.
        pattern_colour: Colour of the pattern.
        second: Length of a second bar beside it; None for none.
    """

    name: str
    value: float
    text: str
    colour: str
    note: str = ""
    pattern: str = ""
    pattern_colour: str = ""
    second: float | None = None


@dataclass(frozen=True, kw_only=True)
class BarChart:
    """Flat bars, one a row, from the top.

    Attributes:
        rows: The bars in order.
        title: What the length means, with its unit; empty where the words at the ends say it.
        second_title: What the second bars mean.
    """

    rows: tuple[BarRow, ...]
    title: str = ""
    second_title: str = ""


@dataclass(frozen=True, kw_only=True)
class SymbolGrid:
    """Things by the same things, with symbols in the cells.

    Attributes:
        names: The things in order, as plain text: the heads of rows and columns.
        strong: Names of those put forward.
        cells: Place of the row and of the column to the symbols there, each a character and its
            colour as hex. A pair that is missing is an empty cell.
    """

    names: tuple[str, ...]
    strong: frozenset[str]
    cells: dict[tuple[int, int], tuple[tuple[str, str], ...]]
