"""The key of a scene: what lines, marks and numbers of its figure stand for, in native shapes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from entente.content import Panel
from entente.export.deck.box import Box
from entente.export.deck.drawingml import (
    PT,
    THIN,
    at,
    fill_xml,
    is_hollow,
    line_xml,
    shape_of,
    under,
)
from entente.export.deck.shapes import freeform, group, preset, text_box
from entente.export.deck.text import Run, lines_of, shortened
from entente.export.deck.type import text_body
from entente.style.legends import LegendEntry
from entente.style.palette import Palette

STEP, LEAST_STEP, SAMPLE, TYPE_PT = 16.5, 13.0, 42.0, 11.0
LONGEST = 44


def key_of(panel: Panel, palette: Palette) -> list[LegendEntry]:
    """The legend of a panel, and what the figure's own legend names."""
    figure = {} if panel.figure is None else panel.figure.to_plotly_json()
    return [*panel.legend, *_legend(figure, palette)]


def key_shapes(
    entries: Sequence[LegendEntry], box: Box, *, ids: Iterator[int], palette: Palette
) -> str:
    """The key as a group of samples and words, as much of it as the box holds."""
    step = min(STEP, max(box.height / max(len(entries), 1), LEAST_STEP))
    most = int(box.height // step)
    shapes = []
    for place, entry in enumerate(entries[:most]):
        top = box.top + place * step
        room = Box(box.left, top, SAMPLE, step)
        shapes += [shape for shape in _sample(entry, room, ids, palette) if shape]
        run = Run(text=shortened(entry.text, LONGEST), is_bold=entry.is_strong)
        colour = entry.colour if entry.is_strong else palette.ink
        body = text_body([(run,)], size=TYPE_PT, colour=colour)
        words = Box(box.left + SAMPLE + 6, top, box.width - SAMPLE - 6, step)
        shapes.append(text_box(ids, f"key {entry.text}", words, body))
    ground = Box(box.left, box.top, box.width, step * len(entries[:most]))
    return group(ids, "key", shapes, ground)


def _sample(entry: LegendEntry, room: Box, ids: Iterator[int], palette: Palette) -> list[str]:
    middle, centre = room.top + room.height / 2, room.left + room.width / 2
    found = []
    if entry.dash is not None:
        path = [(room.left, middle), (room.right, middle)]
        line = line_xml(entry.colour, entry.width, dash=entry.dash)
        found.append(freeform(ids, "key line", [path], line=line))
    if entry.symbol is not None:
        half = 6.0 if entry.symbol in THIN else 3.5
        box = Box(centre - half, middle - half, 2 * half, 2 * half)
        line = line_xml(entry.colour if entry.symbol not in THIN else None, 1.2)
        fill = fill_xml(entry.fill)
        found.append(preset(ids, "key mark", shape_of(entry.symbol), box, fill=fill, line=line))
    if entry.number:
        ink = palette.paper if entry.is_strong else palette.ink
        fill = fill_xml(entry.colour if entry.is_strong else palette.paper)
        body = text_body([(Run(text=entry.number, is_bold=True),)], size=9, colour=ink, align="ctr")
        box = Box(centre - 7, middle - 7, 14, 14)
        line = line_xml(entry.colour, 1)
        found.append(
            preset(ids, f"key {entry.number}", "ellipse", box, fill=fill, line=line, text=body)
        )
    return found


def _legend(figure: Mapping[str, Any], palette: Palette) -> list[LegendEntry]:
    """Traces that the figure's own legend names."""
    if under(figure, "layout", "showlegend") is not True:
        return []
    return [
        _entry(trace, palette)
        for trace in figure["data"]
        if trace.get("showlegend") is not False and trace.get("name")
    ]


def _entry(trace: Mapping[str, Any], palette: Palette) -> LegendEntry:
    text = " ".join(run.text for line in lines_of(trace["name"]) for run in line)
    if "lines" in str(trace.get("mode")):
        return LegendEntry(
            text=text,
            colour=str(under(trace, "line", "color", default=palette.ink)),
            dash=str(under(trace, "line", "dash", default="solid")),
            width=PT * float(under(trace, "line", "width", default=2)),
        )
    marker = trace.get("marker") or {}
    symbol, colour = at(marker.get("symbol"), 0, "circle"), str(at(marker.get("color"), 0))
    outline = str(at(under(marker, "line", "color"), 0, colour))
    is_light = colour == palette.paper or is_hollow(symbol)
    return LegendEntry(
        text=text,
        colour=outline if is_light else colour,
        symbol=str(symbol),
        fill=palette.paper if is_light else colour,
    )
