"""Traces of Plotly figures, read once: every point with its values, its look and its words."""

import datetime as dt
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from entente.style.palette import LIGHT

PT = 0.75  # points in a pixel of a figure
LINE_PT = 0.95  # points for a pixel of a line's width: a slide is seen from afar
TYPE_PT, LEAST_TYPE_PT = 1.1 * PT, 10.0
EPOCH = pd.Timestamp("1899-12-30")  # day 0 of a spreadsheet


class Mark(NamedTuple):
    """One point of a trace.

    Attributes:
        x: Value across, or longitude; None where a line breaks.
        y: Value upwards, or latitude; None where a line breaks.
        symbol: Plotly's name of the marker.
        size: Of the marker, in points; 0 where none is drawn.
        colour: Fill of the marker.
        outline: Colour of its outline; None for none.
        width: Of the outline, in points.
        opacity: From 0 to 1.
        angle: Degrees by which it is turned, clockwise.
        text: Plotly's pseudo-HTML; None or empty for none.
        position: Where the text stands, such as "top left"; None where nothing is said.
        text_size: In pixels of the figure.
        ink: Colour of the text.
        custom: What the figure attaches to the point, kind and id first; empty for nothing.
    """

    x: Any
    y: Any
    symbol: str
    size: float
    colour: str
    outline: str | None
    width: float
    opacity: float
    angle: float
    text: str | None
    position: str | None
    text_size: float
    ink: str
    custom: Sequence[Any]

    @property
    def is_gap(self) -> bool:
        """Whether a line breaks here."""
        return self.x is None or self.y is None

    @property
    def is_seen(self) -> bool:
        """Whether a marker is drawn."""
        return self.size > 0 and self.opacity > 0


def read_marks(trace: Any) -> list[Mark]:
    """All points of a `Scatter` or `Scattergeo`, in order."""
    is_map = trace.type == "scattergeo"
    across, upwards = (trace.lon, trace.lat) if is_map else (trace.x, trace.y)
    xs = [to_number(value) for value in to_list(across)]
    marker, font, mode = trace.marker, trace.textfont, trace.mode or "lines"
    count, whole = len(xs), 1.0 if trace.opacity is None else trace.opacity
    fields = (
        xs,
        [to_number(value) for value in to_list(upwards)],
        _spread(marker.symbol, count, "circle"),
        [PT * size for size in _spread(marker.size if "markers" in mode else 0, count, 6)],
        _spread(marker.color, count, LIGHT.ink),
        _spread(marker.line.color, count),
        [PT * width for width in _spread(marker.line.width, count, 0)],
        [whole * opacity for opacity in _spread(marker.opacity, count, 1)],
        _spread(marker.angle, count, 0),
        _spread(trace.text if "text" in mode else None, count),
        _spread(trace.textposition, count),
        _spread(font.size, count, 12),
        _spread(font.color, count, LIGHT.ink),
        [c if isinstance(c, list | tuple) else () for c in _spread(trace.customdata, count)],
    )
    return [Mark(*values) for values in zip(*fields, strict=True)]


def to_list(values: Any) -> list[Any]:
    """A list from a field of a figure that holds one; None gives an empty one."""
    if isinstance(values, np.ndarray):
        return list(values.tolist())
    return [] if values is None else list(values)


def to_number(value: Any) -> float | None:
    """A value as a chart has it: a date becomes days of the spreadsheet's calendar.

    None for None and for what is not a number.
    """
    if isinstance(value, str | dt.date | np.datetime64):
        moment = pd.Timestamp(value).tz_localize(None)
        return round((moment - EPOCH) / pd.Timedelta(days=1), 4)
    return None if value is None or math.isnan(value) else float(value)


def to_type_size(pixels: float | None) -> float:
    """Type of a figure, in pixels, as type on a slide, in points."""
    return max((pixels or 12) * TYPE_PT, LEAST_TYPE_PT)


def _spread(value: Any, count: int, default: Any = None) -> list[Any]:
    """A value for each point from a field that holds one value for all of them, or a list."""
    if not isinstance(value, list | tuple | np.ndarray):
        return [default if value is None else value] * count
    found = [default if one is None else one for one in to_list(value)[:count]]
    return found + [default] * (count - len(found))
