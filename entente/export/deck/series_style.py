"""How a series of an XY chart looks: its line, its markers, and texts at its points."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from entente.export.deck.chart import Label
from entente.export.deck.drawingml import PT, at, chart_marker, is_hollow, under
from entente.export.deck.plot import type_size
from entente.export.deck.text import lines_of
from entente.style.palette import LIGHT, Palette

TEXT_SIDES = {"right": "r", "left": "l"}
Ink = tuple[Any, float, Any, float]
Mark = tuple[str, float, Any, Any, float, float]


@dataclass(frozen=True, kw_only=True)
class Series:
    """One series: values, and how they look.

    Attributes:
        name: What the sheet behind the chart calls it.
        x: Values across; dates as days of the spreadsheet's calendar. None for an empty cell.
        y: Values upwards; None breaks the line.
        line: Colour, width in points, dash and opacity of its line; None for no line.
        marker: Symbol, size, fill, outline, its width, and opacity; None for no markers.
        labels: Place in the series to text.
        has_head: Whether the line ends in an arrow.
        order: Which of the series lies upon which, the highest on top.
    """

    name: str
    x: list[float | None]
    y: list[float | None]
    line: Ink | None = None
    marker: Mark | None = None
    labels: dict[int, Label] = field(default_factory=dict)
    has_head: bool = False
    order: int = 0


def look_of(trace: Mapping[str, Any], place: int, paper: str) -> Mark | None:
    """Symbol, size, fill and outline of one point; None where nothing is drawn."""
    marker = trace.get("marker") or {}
    size = PT * float(at(marker.get("size"), place, 6))
    opacity = float(at(marker.get("opacity"), place, 1)) * float(trace.get("opacity") or 1)
    if at(marker.get("symbol"), place) == "arrow":  # the head of the line
        return None
    if "markers" not in str(trace.get("mode")) or size <= 0 or opacity <= 0:
        return None
    symbol, fill = (
        at(marker.get("symbol"), place, "circle"),
        at(marker.get("color"), place, LIGHT.ink),
    )
    outline = at(under(marker, "line", "color"), place)
    width = PT * float(at(under(marker, "line", "width"), place, 0))
    if is_hollow(symbol):
        outline, fill, width = fill, paper, max(width, 1.0)
    if chart_marker(symbol) in ("x", "plus", "star"):  # drawn by their outline alone
        outline, width = (outline if fill in (None, paper) else fill), 2.0
    return chart_marker(symbol), size, fill, outline, width, opacity


def ring_of(look: Mark) -> tuple[Mark, Mark]:
    """A hollow mark as a full one under a smaller one of paper.

    LibreOffice draws markers of charts without their outlines, so that a hollow one would vanish.
    """
    symbol, size, paper, outline, width, opacity = look
    return (
        (symbol, size + width, outline, None, 0.0, opacity),
        (symbol, max(size - width, 2.0), paper, None, 0.0, opacity),
    )


def label_of(trace: Mapping[str, Any], place: int, palette: Palette) -> Label | None:
    """The text of one point; None where it has none."""
    text = at(trace.get("text"), place) if "text" in str(trace.get("mode")) else None
    if not text:
        return None
    up, across = str(at(trace.get("textposition"), place, "middle center")).split()
    side = TEXT_SIDES.get(across, {"top": "t", "bottom": "b"}.get(up, "ctr"))
    font = trace.get("textfont") or {}
    return Label(
        lines=lines_of(text),
        side=side,
        size=type_size(at(font.get("size"), place)),
        colour=str(at(font.get("color"), place, palette.ink)),
    )
