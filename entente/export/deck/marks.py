"""Symbols and names of a map, from the points of its traces."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from entente.export.deck.box import Box, Point
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
from entente.export.deck.names import Name, placed
from entente.export.deck.outlines import Plane
from entente.export.deck.shapes import preset, text_box
from entente.export.deck.text import lines_of, shortened
from entente.export.deck.type import text_body
from entente.style.palette import Palette

NAME_SCALE = 1.15 * PT  # names stand a little larger on a slide than on a page
LEAST_NAME_PT = 10.0
LONGEST_NAME = 60
BADGE_PX = 14  # markers of this size and more hold their text
NARROW = {"line-ew": (1.0, 0.22), "line-ns": (0.22, 1.0), "arrow": (0.75, 1.0)}
Trace = Mapping[str, Any]


def marks_on(plane: Plane, trace: Trace, ids: Iterator[int], palette: Palette) -> list[str]:
    """A shape for every point of a trace that can be seen, named by its id."""
    if "markers" not in (trace.get("mode") or "lines"):
        return []
    found = [_mark(trace, place, point, ids, palette) for place, point in _seen(plane, trace)]
    return [shape for shape in found if shape]


def names_on(
    plane: Plane, traces: Sequence[Trace], ids: Iterator[int], palette: Palette
) -> list[str]:
    """Names of points as text boxes, none upon another."""
    taken, names = [], []
    for trace in traces:
        for place, (x, y) in _seen(plane, trace):
            size = PT * float(at(under(trace, "marker", "size"), place, 0))
            if "text" in (trace.get("mode") or "") and at(trace.get("text"), place):
                if not _is_inside(trace, place):
                    names.append(_name_of(trace, place, (x, y), size, palette))
                taken.append(Box(x - size / 2, y - size / 2, size, size))
    return [
        text_box(
            ids,
            "".join(run.text for run in name.line),
            box,
            text_body(
                [name.line], size=name.size, colour=name.colour, align=align, glow=palette.paper
            ),
        )
        for name, box, align in placed(names, taken=taken, frame=plane.box)
    ]


def _seen(plane: Plane, trace: Trace) -> list[tuple[int, Point]]:
    """Place in the trace and on the slide of every point in the frame."""
    known = [
        (place, lon, lat)
        for place, (lon, lat) in enumerate(zip(trace["lon"], trace["lat"], strict=True))
        if lon is not None and lat is not None
    ]
    if not known:
        return []
    points = plane.points([lon for _, lon, _ in known], [lat for _, _, lat in known])
    box = plane.box
    return [
        (place, (float(x), float(y)))
        for (place, _, _), (x, y) in zip(known, points, strict=True)
        if box.left <= x <= box.right and box.top <= y <= box.bottom
    ]


def _mark(trace: Trace, place: int, point: Point, ids: Iterator[int], palette: Palette) -> str:
    marker = trace.get("marker") or {}
    size = PT * float(at(marker.get("size"), place, 6))
    opacity = float(at(marker.get("opacity"), place, 1)) * float(trace.get("opacity") or 1)
    if size <= 0 or opacity <= 0:
        return ""
    symbol, colour = at(marker.get("symbol"), place, "circle"), at(marker.get("color"), place)
    outline, width = (at(under(marker, "line", part), place) for part in ("color", "width"))
    if is_hollow(symbol):
        outline, colour = colour, None
    if str(symbol) in THIN:
        size, outline = size * 1.5, None if outline == palette.paper else outline
    wide, high = (size * share for share in NARROW.get(str(symbol), (1.0, 1.0)))
    return preset(
        ids,
        name_at(trace, place),
        shape_of(symbol),
        Box(point[0] - wide / 2, point[1] - high / 2, wide, high),
        fill=fill_xml(colour, opacity=opacity),
        line=line_xml(outline, PT * float(width or 0), opacity=opacity),
        turn=float(at(marker.get("angle"), place, 0)),
        text=_inside(trace, place, size),
    )


def _is_inside(trace: Trace, place: int) -> bool:
    """Whether the text of a point stands within its marker."""
    size = float(at(under(trace, "marker", "size"), place, 6))
    return size >= BADGE_PX and at(trace.get("textposition"), place) == "middle center"


def _inside(trace: Trace, place: int, size: float) -> str:
    if not at(trace.get("text"), place) or not _is_inside(trace, place):
        return ""
    lines = lines_of(at(trace["text"], place))
    colour = at(under(trace, "textfont", "color"), place)
    return text_body(lines, size=max(size * 0.66, 8), colour=colour, align="ctr")


def _name_of(trace: Trace, place: int, point: Point, size: float, palette: Palette) -> Name:
    runs = lines_of(at(trace["text"], place))[0]
    line = tuple(replace(run, text=shortened(run.text, LONGEST_NAME)) for run in runs)
    asked = float(at(under(trace, "textfont", "size"), place, 12))
    return Name(
        line=line,
        point=point,
        side=str(at(trace.get("textposition"), place, "middle right")),
        gap=size / 2 + 2,
        size=max(asked * NAME_SCALE, LEAST_NAME_PT),
        colour=str(at(under(trace, "textfont", "color"), place, palette.ink)),
        is_needed=any(run.is_bold for run in line),
    )


def name_at(trace: Trace, place: int) -> str:
    """Kind and id of what a point belongs to; the name of the trace where it has none."""
    custom = at(trace.get("customdata"), place)
    if isinstance(custom, list | tuple) and len(custom) > 1:
        return f"{custom[0]} {custom[1]}"
    return str(trace.get("name") or "line")
