"""Names on the map of branches: each where it covers no other name, no frame and few lines.

Names are placed for a map of a given size in pixels, for letters keep their size while the map
shrinks.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from entente.style.boxes import Box, touch_any
from entente.style.projection import Plane

Points = npt.NDArray[np.float64]

LETTER = 0.51  # width of a letter by the size of its type
LINE_HEIGHT = 1.25
GAP = 7  # pixels between a point and its name
SIDES = ("middle right", "middle left", "top center", "bottom center", "top right", "bottom right")
INSET = 4  # pixels that names keep from the frame
COVERED_LINE, COVERED_DOT = 1.0, 25.0


class Sheet(NamedTuple):
    """A map of so many pixels, in which a plane is laid as large as it fits, in the middle.

    Attributes:
        plane: The window of the earth.
        width: Width of the map.
        height: Height of the map.
    """

    plane: Plane
    width: float
    height: float

    def project(self, points: Points) -> Points:
        """Longitude and latitude as pixels from the upper left corner. Shape (points, 2)."""
        wide = min(self.width, self.height * self.plane.aspect)
        size = np.array([wide, wide / self.plane.aspect])
        corner = (np.array([self.width, self.height]) - size) / 2
        pixels: Points = self.plane.project(points[:, 0], points[:, 1]) * size + corner
        return pixels


class Name(NamedTuple):
    """A name and where it might stand, the best place first.

    Attributes:
        text: The name.
        size: Size of its type in pixels.
        points: Longitude and latitude of points that it may be set at.
        sides: Sides of these points, as Plotly calls them, the best first.
        turn_cost: What each further side costs; a covered bit of a line costs 1.
    """

    text: str
    size: float
    points: tuple[tuple[float, float], ...]
    sides: tuple[str, ...] = SIDES
    turn_cost: float = 0.05


class Placed(NamedTuple):
    """Where a name stands, and on which side of its point."""

    lon: float
    lat: float
    side: str


def place_names(
    names: Sequence[Name],
    sheet: Sheet,
    *,
    lines: Iterable[Points],
    dots: Points,
) -> list[Placed | None]:
    """Where each name stands; None for one that has no room.

    Args:
        names: The names, those that matter most first.
        sheet: The map.
        lines: Lines in degrees that names should keep clear of. Each of shape (points, 2).
        dots: Points in degrees that no name may cover. Shape (points, 2).
    """
    drawn = [_sample(sheet.project(line)) for line in lines if len(line) > 1]
    pixels = np.concatenate(drawn) if drawn else np.empty((0, 2))
    marked = sheet.project(dots) if len(dots) else np.empty((0, 2))
    frame = Box(0, 0, sheet.width, sheet.height).widen(-INSET)
    held: list[Box] = []
    found: list[Placed | None] = []
    for name in names:
        best: tuple[float, Placed, Box] | None = None
        spots = sheet.project(np.array(name.points, float).reshape(-1, 2)).tolist()
        for rank, ((lon, lat), (x, y)) in enumerate(zip(name.points, spots, strict=True)):
            for turn, side in enumerate(name.sides):
                box = measure_name(name, x, y, side)
                if not box.lies_in(frame) or touch_any(box, held):
                    continue
                cost = COVERED_LINE * _count(pixels, box) + COVERED_DOT * _count(marked, box)
                cost += 0.3 * rank / max(1, len(name.points)) + name.turn_cost * turn
                if best is None or cost < best[0]:
                    best = (cost, Placed(lon, lat, side), box)
        if best is None:
            found.append(None)
            continue
        held.append(best[2])
        found.append(best[1])
    return found


def measure_name(name: Name, x: float, y: float, side: str) -> Box:
    """The room that a name takes beside a point, in pixels."""
    wide, high = LETTER * name.size * len(name.text), LINE_HEIGHT * name.size
    vertical, horizontal = side.split()
    left = {"left": x - GAP - wide, "right": x + GAP}.get(horizontal, x - wide / 2)
    top = {"top": y - GAP - high, "bottom": y + GAP}.get(vertical, y - high / 2)
    if vertical != "middle" and horizontal != "center":
        left = x if horizontal == "right" else x - wide
    return Box(left, top, wide, high)


def _sample(pixels: Points, step: float = 6.0) -> Points:
    """Points along a line, some pixels apart. Shape (points, 2)."""
    lengths = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(pixels, axis=0).T))])
    at = np.arange(0, lengths[-1] + step, step)
    return np.column_stack([np.interp(at, lengths, pixels[:, axis]) for axis in (0, 1)])


def _count(pixels: Points, box: Box) -> int:
    x, y = pixels[:, 0], pixels[:, 1]
    inside = (x > box.left) & (x < box.right) & (y > box.top) & (y < box.bottom)
    return int(inside.sum())
