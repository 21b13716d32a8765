"""Words kept apart: labels of charts, and names on maps. What finds no room is left out."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from entente.export.deck.charts import Label
from entente.export.deck.drawingml import Box, Point
from entente.export.deck.text import LEADING, Line, text_width

GAP = 5.0  # between a point of a chart and its words, in points
LABEL_EM, NAME_EM = 0.5, 0.54
# Sides of a point in the order in which they are tried after the one that is asked for.
SIDES = (
    *("middle right", "middle left", "top right", "bottom right"),
    *("top left", "bottom left", "top center", "bottom center"),
)
ALIGNMENTS = {"right": "l", "left": "r", "center": "ctr"}


@dataclass(frozen=True, kw_only=True)
class Spotted:
    """A label of a chart, what it is known by, and where its point stands on the slide.

    One that is needed is kept even where it lies upon another.
    """

    key: Hashable
    label: Label
    point: Point
    is_needed: bool


@dataclass(frozen=True, kw_only=True)
class Name:
    """A name to be set beside a point of a map.

    Attributes:
        line: The text.
        point: Where the point stands on the slide.
        side: Where the figure has the name, as Plotly says it: "bottom left".
        gap: How far from the point, in points.
        size: Type size.
        colour: Ink.
        is_needed: Whether it is set even where it meets another.
    """

    line: Line
    point: Point
    side: str
    gap: float
    size: float
    colour: str
    is_needed: bool


def keep_apart(labels: Sequence[Spotted], *, taken: Sequence[Box], frame: Box) -> set[Hashable]:
    """Keys of the labels that are kept: none on another, on a mark, or beyond the frame's sides.

    Args:
        labels: All labels of a chart, the weightiest first.
        taken: Ground of the marks.
        frame: Frame of the chart.
    """
    held, kept = list(taken), set()
    for spotted in labels:
        box = _box_of_label(spotted.label, spotted.point)
        is_inside = frame.left <= box.left and box.right <= frame.right
        if spotted.is_needed or (is_inside and not any(box.touches(other) for other in held)):
            kept.add(spotted.key)
            held.append(box)
    return kept


def place_names(
    names: Sequence[Name], *, taken: Sequence[Box], frame: Box
) -> list[tuple[Name, Box, str]]:
    """Names with their boxes and alignment, the needed and the largest first.

    A name without room at any side of its point is left out, unless it is needed.
    """
    held, found = list(taken), []
    for name in sorted(names, key=lambda name: (not name.is_needed, -name.size)):
        sides = [(_box_beside(name, side), side) for side in (name.side, *SIDES)]
        inside = [(box, side) for box, side in sides if frame.holds(box)]
        free = [pair for pair in inside if not any(pair[0].touches(other) for other in held)]
        if free or name.is_needed:
            drawn_back = (_drawn_back(sides[0][0], frame), sides[0][1])
            box, side = [*free, *inside, drawn_back][0]
            held.append(box)
            found.append((name, box, ALIGNMENTS[side.split()[-1]]))
    return found


def _box_of_label(label: Label, point: Point) -> Box:
    texts = ["".join(run.text for run in line) for line in label.lines]
    wide = max((text_width(text, label.size, em=LABEL_EM) for text in texts), default=0.0)
    high = label.size * LEADING * max(len(texts), 1)
    x, y = point
    left = {"r": x + GAP, "l": x - GAP - wide}.get(label.side, x - wide / 2)
    top = {"t": y - GAP - high, "b": y + GAP}.get(label.side, y - high / 2)
    return Box(left, top, wide, high)


def _box_beside(name: Name, side: str) -> Box:
    """The ground that a name takes at one side of its point."""
    height, across = side.split()
    wide = text_width("".join(run.text for run in name.line), name.size, em=NAME_EM)
    high = name.size * LEADING
    x, y = name.point
    left = {"right": x + name.gap, "left": x - name.gap - wide, "center": x - wide / 2}[across]
    away = name.gap * (1.0 if across == "center" else 0.4)
    top = {"top": y - high - away, "middle": y - high / 2, "bottom": y + away}[height]
    return Box(left, top, wide, high)


def _drawn_back(box: Box, frame: Box) -> Box:
    """A box moved into the frame."""
    left = max(min(box.left, frame.right - box.width), frame.left)
    top = max(min(box.top, frame.bottom - box.height), frame.top)
    return Box(left, top, box.width, box.height)
