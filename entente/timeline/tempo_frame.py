"""What the bars of the tempo stand on: columns of quarters, rows of themes, the document’s line."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from entente.dates.words import day_in_words
from entente.style.identities import scaffold_name
from entente.style.palette import Palette
from entente.style.theme import literal
from entente.vocabulary import DOCUMENT_DAY

ALL, EARLIER = "all", "earlier"
LABEL = 13
ROOM, TALL = 0.46, 2.0  # over each row; of the row of all themes, in rows
GUTTER = 0.7  # from the middle of the first quarter to the column of what came earlier
GROUND = scaffold_name("rows, columns and the day of the document")
Part = dict[str, Any]
Row = Sequence[Any]


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Quarters of the axis, which of them lack days, and whether a column for earlier is there."""

    quarters: tuple[str, ...]
    partial: tuple[str, ...]
    has_earlier: bool

    @property
    def half(self) -> float:
        """Half the width of the column of what came earlier: wide enough for its name."""
        return max(0.3, 0.065 * len(self.quarters))

    @property
    def earlier_place(self) -> float:
        """Where the column of what came earlier stands."""
        return -GUTTER - self.half

    @property
    def document_place(self) -> float | None:
        """Where the document came out, on the axis; None where the axis has not got the quarter."""
        month = (DOCUMENT_DAY.month - 1) // 3 * 3 + 1
        start = dt.date(DOCUMENT_DAY.year, month, 1)
        name = f"{start.year:04}-Q{month // 3 + 1}"
        if name not in self.quarters:
            return None
        return self.quarters.index(name) - 0.5 + (DOCUMENT_DAY - start).days / 91


def add_tempo_frame(
    figure: go.Figure,
    rows: Sequence[Row],
    columns: Columns,
    *,
    names: Mapping[str, str],
    as_of: dt.date,
    palette: Palette,
) -> None:
    """Put axes, a ground line and a name for each row, and the publication line on a figure.

    Args:
        figure: The figure that is being made.
        rows: Theme code and height of the ground line of each row, from the top.
        columns: The columns.
        names: Theme code to label.
        as_of: The day whose knowledge is shown.
        palette: The appearance to draw in.
    """
    place = columns.document_place if as_of >= DOCUMENT_DAY else None
    bottom = rows[-1][1]
    shapes = [_rule(ground, palette) for _, ground in rows]
    words = [_row_name(code, ground, names, palette) for code, ground in rows]
    if columns.has_earlier:
        shapes.append(_tint(columns, bottom, palette))
    if place is not None:
        line = {"color": palette.accent, "width": 1.5}
        shapes.append(
            {"type": "line", "x0": place, "x1": place, "y0": 0, "y1": bottom} | {"line": line}
        )
        text = f"<b>Document, {day_in_words(DOCUMENT_DAY, is_short=True)}</b>"
        words.append(_words(text, place, -0.16, palette.accent, xshift=4))
    figure.update_layout(
        barmode="overlay",
        dragmode=False,
        hovermode="closest",
        margin={"l": 2, "r": 12, "t": 44, "b": 6},
        **_axes(columns, bottom, palette),
        shapes=[{**shape, "name": GROUND} for shape in shapes],
        annotations=words,
    )


def _axes(columns: Columns, bottom: float, palette: Palette) -> Part:
    quiet = {"fixedrange": True, "zeroline": False, "showgrid": False, "ticks": ""}
    ticks = dict(_ticks(columns))
    start = columns.earlier_place - columns.half if columns.has_earlier else -0.6
    return {
        "xaxis": {
            **quiet,
            "range": [start, len(columns.quarters) - 0.45],
            "side": "top",
            "tickmode": "array",
            "tickvals": list(ticks),
            "ticktext": list(ticks.values()),
            "tickfont": {"size": LABEL, "color": palette.muted},
        },
        "yaxis": {**quiet, "range": [bottom + 0.1, -0.4], "showticklabels": False},
    }


def _ticks(columns: Columns) -> Iterator[tuple[float, str]]:
    """Names of the columns by place; a star marks a quarter that lacks days."""
    if columns.has_earlier:
        yield columns.earlier_place, "Earlier"
    for place, quarter in enumerate(columns.quarters):
        year, number = quarter.split("-Q")
        name = f"Q{number}{'*' if quarter in columns.partial else ''}"
        yield float(place), f"{name}<br>{year}" if number == "1" or place == 0 else name


def _rule(ground: float, palette: Palette) -> Part:
    ends = {"xref": "paper", "x0": 0, "x1": 1, "y0": ground, "y1": ground}
    return {"type": "line", **ends, "line": {"color": palette.rule, "width": 1}, "layer": "below"}


def _tint(columns: Columns, bottom: float, palette: Palette) -> Part:
    """A ground under the column that is no quarter."""
    place, half = columns.earlier_place, columns.half
    ends = {"x0": place - half, "x1": place + half, "y0": 0, "y1": bottom}
    drawn = {"fillcolor": palette.raised, "line": {"width": 0}, "layer": "below"}
    return {"type": "rect", **ends, **drawn}


def _row_name(code: str, ground: float, names: Mapping[str, str], palette: Palette) -> Part:
    top = ground - (TALL if code == ALL else 1.0) - ROOM * 0.35
    hue = palette.themes.get(code, palette.ink)
    ground_colour = {"bgcolor": palette.raised, "borderpad": 1}
    return _words(f"<b>{literal(names[code])}</b>", 0, top, hue, xref="paper", **ground_colour)


def _words(text: str, x: Any, y: float, color: str, **more: Any) -> Part:
    place = {"text": text, "x": x, "y": y, "xanchor": "left", "yanchor": "middle"}
    return {**place, "showarrow": False, "font": {"size": LABEL, "color": color}, **more}
