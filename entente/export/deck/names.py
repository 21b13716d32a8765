"""Names on a map of the deck: beside their points, none upon another, the weightiest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from entente.export.deck.box import Box, Point
from entente.export.deck.text import LEADING, Line, width_of

# Sides of a point in the order in which they are tried after the one that is asked for.
SIDES = (
    *("middle right", "middle left", "top right", "bottom right"),
    *("top left", "bottom left", "top center", "bottom center"),
)
ALIGNMENTS = {"right": "l", "left": "r", "center": "ctr"}
NAME_EM = 0.54


@dataclass(frozen=True, kw_only=True)
class Name:
    """A name to be set beside a point.

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


def placed(
    names: Sequence[Name], *, taken: Sequence[Box], frame: Box
) -> list[tuple[Name, Box, str]]:
    """Names with their boxes and alignment; one without room is left out, unless it is needed."""
    held = list(taken)
    found = []
    for name in sorted(names, key=lambda name: (not name.is_needed, -name.size)):
        boxes = [(box_beside(name, side), side) for side in (name.side, *SIDES)]
        free = [
            (box, side)
            for box, side in boxes
            if frame.holds(box) and not any(box.touches(other) for other in held)
        ]
        inside = [(box, side) for box, side in boxes if frame.holds(box)]
        if free or name.is_needed:
            box, side = [*free, *inside, (_held(boxes[0][0], frame), boxes[0][1])][0]
            held.append(box)
            found.append((name, box, ALIGNMENTS[side.split()[-1]]))
    return found


def _held(box: Box, frame: Box) -> Box:
    """A box drawn back into the frame."""
    left = max(min(box.left, frame.right - box.width), frame.left)
    top = max(min(box.top, frame.bottom - box.height), frame.top)
    return Box(left, top, box.width, box.height)


def box_beside(name: Name, side: str) -> Box:
    """The ground that a name takes at one side of its point."""
    height, across = side.split()
    wide = width_of("".join(run.text for run in name.line), name.size, em=NAME_EM)
    high = name.size * LEADING
    x, y = name.point
    left = {"right": x + name.gap, "left": x - name.gap - wide, "center": x - wide / 2}[across]
    corner = 0.0 if across == "center" else name.gap * 0.6
    top = {
        "top": y - high - (name.gap - corner),
        "middle": y - high / 2,
        "bottom": y + (name.gap - corner),
    }[height]
    return Box(left, top, wide, high)
