"""The frame of a scatter figure: its axes, where values stand on the slide, grounds and words."""

import base64
import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from entente.export.deck.axes import Axis, number_format
from entente.export.deck.box import Box, Point
from entente.export.deck.chart import Label
from entente.export.deck.drawingml import PT, under
from entente.export.deck.text import text_of

TYPE_SCALE, LEAST_TYPE_PT = 1.1 * PT, 10.0
EPOCH = dt.datetime(1899, 12, 30)


@dataclass(frozen=True, kw_only=True)
class Scale:
    """One axis of a figure: how it is set, and which values stand at its ends."""

    axis: Axis
    start: float
    end: float
    is_date: bool = False
    is_log: bool = False
    side: str = ""
    has_tick_grid: bool = False
    ticks: tuple[tuple[float, str], ...] = ()

    def share(self, value: float) -> float:
        """How far along the axis a value stands, from 0 to 1 at its end."""
        if self.is_log:
            return (math.log10(value) - math.log10(self.start)) / (
                math.log10(self.end) - math.log10(self.start)
            )
        return (value - self.start) / (self.end - self.start)

    def value(self, share: float) -> float:
        """The value so far along the axis."""
        if self.is_log:
            low, high = math.log10(self.start), math.log10(self.end)
            return float(10 ** (low + share * (high - low)))
        return self.start + share * (self.end - self.start)


@dataclass(frozen=True, kw_only=True)
class Area:
    """A tinted rectangle or a band behind the chart, in points on the slide."""

    fill: str | None
    opacity: float
    border: str | None
    width: float
    box: Box | None = None
    points: Sequence[Point] = ()


@dataclass(frozen=True, kw_only=True)
class Plot:
    """One XY chart: its traces, its axes, and its place on the slide."""

    traces: tuple[Mapping[str, Any], ...]
    x: Scale
    y: Scale
    outer: Box
    inner: Box
    labels: tuple[tuple[float, float, Label], ...] = ()
    rules: tuple[tuple[float, float, float, float, Mapping[str, Any]], ...] = ()
    areas: tuple[Area, ...] = ()
    free: tuple[tuple[Label, tuple[float, float, str, str]], ...] = ()


def number_of(value: Any) -> float | None:
    """A value of a figure as a chart has it: dates become days of the spreadsheet's calendar."""
    if value is None:
        return None
    if isinstance(value, str):
        moment = dt.datetime.fromisoformat(value)
    elif isinstance(value, dt.datetime):
        moment = value
    elif isinstance(value, dt.date):
        moment = dt.datetime.combine(value, dt.time())
    elif isinstance(value, np.datetime64):
        moment = value.astype("datetime64[s]").item()
    else:
        return None if math.isnan(float(value)) else float(value)
    return round((moment.replace(tzinfo=None) - EPOCH) / dt.timedelta(days=1), 4)


def list_of(values: Any) -> list[Any]:
    """A list out of what Plotly keeps lists in, packed arrays among them."""
    if isinstance(values, Mapping) and "bdata" in values:
        return np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"]).tolist()
    if isinstance(values, np.ndarray):
        return list(values.tolist())
    return [] if values is None else list(values)


def scale_of(settings: Mapping[str, Any], values: Sequence[float]) -> Scale:
    """An axis by its settings; by the values along it where it has no range."""
    is_log = settings.get("type") == "log"
    known = [end for end in map(number_of, list_of(settings.get("range"))) if end is not None]
    ends = known if len(known) == 2 else _ends(values, settings)
    start, end = (10**value if is_log else value for value in ends)
    is_date = settings.get("type") == "date"
    texts = [text_of(text) for text in list_of(settings.get("ticktext"))]
    spots = [number_of(spot) for spot in list_of(settings.get("tickvals"))]
    ticks = tuple((s, t) for s, t in zip(spots, texts, strict=False) if s is not None)
    shown = settings.get("visible") is not False
    labelled = settings.get("showticklabels") is not False
    return Scale(
        axis=Axis(
            low=min(start, end),
            high=max(start, end),
            is_reversed=start > end,
            is_shown=shown,
            has_ticks=shown and labelled and not ticks,
            has_grid=shown and settings.get("showgrid") is not False and not ticks,
            is_log=is_log,
            title=str(under(settings, "title", "text", default="")),
            number_format="mmm\\ yyyy" if is_date else number_format(settings.get("tickformat")),
        ),
        start=start,
        end=end,
        is_date=is_date,
        is_log=is_log,
        side=str(settings.get("side") or ""),
        has_tick_grid=shown and settings.get("showgrid") is not False,
        ticks=ticks,
    )


def _ends(values: Sequence[float], settings: Mapping[str, Any]) -> list[float]:
    """Ends of an axis that has no range: those of the values, with room."""
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    room = (high - low) * 0.06 or 1.0
    from_zero = settings.get("rangemode") == "tozero" and low >= 0
    return [0.0 if from_zero else low - room, high + room]


def type_size(pixels: object) -> float:
    """Type of a figure as type on a slide."""
    return max(float(pixels or 12) * TYPE_SCALE, LEAST_TYPE_PT)  # type: ignore[arg-type]
