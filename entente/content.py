"""What a view shows, declared once: the app, the presenter, the HTML file and the deck render it.

A view shows a finding in a sentence and the panels that prove it. A panel is a figure with all that
belongs to it: heading, caption, alternative text, table, sources, legend, and the room it needs.

The deck translates most figures mark by mark. Two kinds cannot be translated: bars whose pieces,
names and words are separate marks, and symbols in a grid. Their panels also say what they show as
a `BarChart` or a `SymbolGrid`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from entente.style.palette import Palette
from entente.style.theme import aim, enlarge, write_figure

# Pixels that a figure has on the presenter's screen of 1140 by 640: alone, and beside another.
ROOM, HALF_ROOM = (1080.0, 470.0), (540.0, 290.0)
LEAST_IN_ROOM = 17.0  # type size at 1140 by 640 pixels, which is 28 at 1920 by 1080

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


def has_map(figure: go.Figure | None) -> bool:
    """Whether there is anything on the figure that has a place on the globe."""
    return figure is not None and any(trace.type == "scattergeo" for trace in figure.data)


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
        span: Both ends of its range, which a line shows; None for none.
    """

    name: str
    value: float
    text: str
    colour: str
    note: str = ""
    pattern: str = ""
    pattern_colour: str = ""
    span: tuple[float, float] | None = None


@dataclass(frozen=True, kw_only=True)
class BarChart:
    """Flat bars, one a row, from the top.

    Attributes:
        rows: The bars in order.
        title: What the length means, with its unit; empty where the words at the ends say it.
    """

    rows: tuple[BarRow, ...]
    title: str = ""


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


class PanelParts(NamedTuple):
    """A figure and what is made along with it."""

    figure: go.Figure
    alt: str
    table: pd.DataFrame
    source_ids: tuple[str, ...]
    legend: tuple[LegendEntry, ...] = ()
    editable: BarChart | SymbolGrid | None = None


@dataclass(frozen=True, kw_only=True)
class Height:
    """How tall a figure stands.

    Attributes:
        rem: Where there is no window to fit into, such as in the HTML file, and wherever `screen`
            is empty.
        screen: A CSS length for the app, such as `clamp(22rem, 62vh, 46rem)`.
        phone: A CSS length for the app in a narrow window; empty for `screen`.
        ratio: Width over height in the app, where the height follows the width up to `screen`;
            0 where it does not.
        phone_ratio: The ratio in a narrow window; 0 for `ratio`, unless `phone` is given.
        phone_width: Least width in rem in a narrow window, within which the figure then moves
            sideways; 0 for the width of the window.
    """

    rem: float
    screen: str = ""
    phone: str = ""
    ratio: float = 0
    phone_ratio: float = 0
    phone_width: float = 0

    def rules(self, selector: str) -> str:
        """The height as CSS rules for a selector."""
        tall = self.screen or f"{self.rem}rem"
        wide = f"height:{tall}"
        if self.ratio:
            wide = f"height:auto;aspect-ratio:{self.ratio};max-height:{tall}"
        phone = f"height:{self.phone};aspect-ratio:auto" if self.phone else ""
        if self.phone_ratio:
            phone = f"aspect-ratio:{self.phone_ratio}"
        rules = f"{selector}{{{phone}}}" if phone else ""
        if self.phone_width:
            rules += f"{selector}{{overflow:auto hidden}}"
            rules += f"{selector}>div{{min-width:{self.phone_width}rem}}"
        narrow = f"@media (max-width:640px){{{rules}}}" if rules else ""
        return f"{selector}{{{wide}}}{narrow}"


# A small figure of the home page: all of them begin and end on one line.
SUMMARY_HEIGHT = Height(rem=18, screen="22rem", ratio=1.38)
# A map or chart that takes as much of the window as there is.
FITS_WINDOW = Height(rem=35, screen="clamp(22rem, 62vh, 46rem)", phone="24rem")


def height_by_rows(rows: float, *, each: float, around: float) -> Height:
    """The height of a figure with one row a thing.

    Args:
        rows: How many rows there are.
        each: Height of a row in rem.
        around: Height in rem of what stands above and below the rows.
    """
    return Height(rem=round(min(max(rows * each + around, 9.0), 100.0), 1))


@dataclass(frozen=True, kw_only=True, eq=False)
class Panel:
    """A figure and what belongs with it.

    Attributes:
        key: Short name, unique within the content; names files and anchors.
        figure: What is drawn. None where the table is all there is.
        alt: What the figure shows now, in a sentence or two.
        table: The same content as rows; headings are shown as they are.
        caption: How to read it.
        source_ids: Sources behind the marks, each once.
        heading: What the figure shows, in a few words; empty where the page's title says it.
        height: How tall the figure stands.
        is_half: Whether it may stand beside a neighbour that may, too.
        group: Neighbours of one group stand side by side and share caption, table and sources;
            empty for a panel of its own.
        room_scale: By how much its type grows on the presenter's screen; at least so much that
            the last row can read it.
        room_figure: Drawn on the presenter's screen instead of `figure`, as it is.
        room_table: Stands beside the figure on the presenter's screen: what its numbers mean. Its
            cells are text, the first column the number on the figure; what follows a line break
            in a cell is set small. Its caption is `attrs["caption"]`. Without a figure it is shown
            instead of `table`.
        room_legend: The legend on the presenter's screen; None for `legend`.
        phone_table: What the presenter shows on a phone, where the figure is too wide for one. Its
            caption is `attrs["caption"]`.
        is_wide: Whether it takes the whole width of the presenter's screen, its legend below it.
        legend: What the marks stand for. What a legend of the figure's own says is not repeated.
        is_legend_in_caption: Whether the caption explains the marks, too; the legend then appears
            only where there is no caption: on a slide and on the presenter's screen.
        editable: The content of bars and of grids of symbols for programs that draw charts and
            tables of their own; None where the figure can be translated mark by mark.
    """

    key: str
    figure: go.Figure | None
    alt: str
    table: pd.DataFrame
    caption: str
    source_ids: tuple[str, ...]
    heading: str = ""
    height: Height = FITS_WINDOW
    is_half: bool = False
    group: str = ""
    room_scale: float = 1.3
    room_figure: go.Figure | None = None
    room_table: pd.DataFrame | None = None
    room_legend: tuple[LegendEntry, ...] | None = None
    phone_table: pd.DataFrame | None = None
    is_wide: bool = False
    legend: tuple[LegendEntry, ...] = ()
    is_legend_in_caption: bool = False
    editable: BarChart | SymbolGrid | None = None

    @cached_property
    def figure_text(self) -> str:
        """The figure as JSON, written once; `null` without a figure."""
        return write_figure(self.figure)

    @cached_property
    def room_text(self) -> str:
        """The figure as it is drawn on the presenter's screen, as JSON."""
        if self.room_figure is not None or self.figure is None:
            return write_figure(self.room_figure)
        return write_figure(enlarge(self.figure, by=self.room_scale, least=LEAST_IN_ROOM))


@dataclass(frozen=True, kw_only=True, eq=False)
class PageContent:
    """All that a view shows.

    Attributes:
        page_code: Page of the view, a code of `data/codes/pages.csv`.
        title: The finding, in a sentence.
        query: Query string of the view, every control in it.
        panels: The figures, the most important first; the rest support it.
        borders: Statement on borders where a map is among the panels; empty elsewhere.
    """

    page_code: str
    title: str
    query: str
    panels: tuple[Panel, ...]
    borders: str

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Sources of all panels, each once, in order."""
        return tuple(dict.fromkeys(name for panel in self.panels for name in panel.source_ids))


@dataclass(frozen=True, kw_only=True, eq=False)
class Scene:
    """One step of the briefing: a view with words for a room.

    Attributes:
        scene_id: Stable id.
        number: Place in the briefing, from 1.
        title: Its headline.
        text: One or two sentences for the room.
        notes: What the speaker should know beside them.
        content: The view that it shows.
        room_panels: What the presenter's screen shows of it, where that is more or less than the
            first panel of the view.
    """

    scene_id: str
    number: int
    title: str
    text: str
    notes: str
    content: PageContent
    room_panels: tuple[Panel, ...] = ()

    @property
    def room(self) -> tuple[Panel, ...]:
        """The panels on the presenter's screen, in order."""
        return self.room_panels or self.content.panels[:1]


def arrange(panels: Sequence[Panel]) -> list[tuple[tuple[Panel, ...], ...]]:
    """Rows of groups of panels: what stands side by side, from top to bottom.

    Returns:
        Rows in order. A row holds one group, or two of one half panel each. A group is one panel,
        or neighbours that name the same group.
    """
    groups = [tuple(own) for _, own in groupby(panels, key=lambda panel: panel.group or panel.key)]
    rows: list[tuple[tuple[Panel, ...], ...]] = []
    for group in groups:
        if _is_half(group) and rows and len(rows[-1]) == 1 and _is_half(rows[-1][0]):
            rows[-1] = (rows[-1][0], group)
        else:
            rows.append((group,))
    return rows


def _is_half(group: tuple[Panel, ...]) -> bool:
    return len(group) == 1 and group[0].is_half


def aim_panels(panels: Sequence[Panel], camera: str | None) -> tuple[Panel, ...]:
    """Panels whose figures look at a part of the map or of the time; None for all of it."""
    if camera is None:
        return tuple(panels)

    def turn(figure: go.Figure | None) -> go.Figure | None:
        return None if figure is None else aim(figure, camera)

    return tuple(
        replace(panel, figure=turn(panel.figure), room_figure=turn(panel.room_figure))
        for panel in panels
    )


def make_panel(parts: PanelParts, **declared: Any) -> Panel:
    """A panel of a figure that comes with its text, table and sources.

    Args:
        parts: The figure and what was made along with it.
        declared: The other attributes of :class:`Panel`; `key` and `caption` at least.
    """
    return Panel(
        figure=parts.figure,
        alt=parts.alt,
        table=parts.table,
        source_ids=tuple(dict.fromkeys(parts.source_ids)),
        legend=parts.legend,
        editable=parts.editable,
        **declared,
    )
