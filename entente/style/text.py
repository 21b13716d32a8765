"""How words are set: where their lines may end, how large they come out, what they lie upon."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap

import numpy as np

from entente.dates import MONTHS, SHORT_MONTHS

EM, BOLD_EM, LEADING = 0.5, 0.53, 1.3  # of the size of the type: a letter, a bold one, a line
WORD_JOINER, NO_BREAK_SPACE = "\u2060", "\u00a0"
_COMPOUND = re.compile(r"(?<=\w)–(?=\w)")
_MONTHS = "|".join(sorted({*MONTHS, *SHORT_MONTHS}))
_UNITS = "days?|weeks?|months?|years?|hours?|km|TEU|million|billion|percent"
# Spaces within a day or a month of a year; a number with its unit; a currency with its amount;
# a number of a whole. None joins more than a few short words, so that all fit on a phone.
_WITHIN = re.compile(
    rf"(?<=\d) (?=(?:{_MONTHS}|{_UNITS})\b|of \d)"
    rf"|\b(?P<month>{_MONTHS}) (?=\d{{4}}\b)"
    r"|(?<=\b[A-Z]{3}) (?=\d)|(?<=\d of) (?=\d)"
)


def keep_compounds(text: str) -> str:
    """Text whose lines do not end within a compound, a date, or a number and what it is of.

    Browsers may end a line behind an en dash between letters or digits, and at any space, which
    leaves half a name or half a date at the end of a headline.
    """
    tied = _WITHIN.sub(lambda found: f"{found['month'] or ''}{NO_BREAK_SPACE}", text)
    return _COMPOUND.sub(f"–{WORD_JOINER}", tied)


def balance_lines(text: str, *, width: int) -> tuple[str, ...]:
    """A text in lines of about one length, as few as fit into that many letters."""
    lines = wrap(text, width, break_long_words=False)
    for narrow in range(width, 0, -1):
        narrower = wrap(text, narrow, break_long_words=False)
        if len(narrower) > len(lines) or len(lines) < 2:
            break
        lines = narrower
    return tuple(lines)


@dataclass(frozen=True)
class Box:
    """An upright rectangle: in pixels of a figure, or in points of a slide."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    def touches(self, other: "Box") -> bool:
        """Whether two boxes share any ground."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def lies_in(self, frame: "Box") -> bool:
        """Whether the whole box lies within a frame."""
        return (
            frame.left <= self.left
            and frame.top <= self.top
            and self.right <= frame.right
            and self.bottom <= frame.bottom
        )

    def widen(self, by: float) -> "Box":
        """The box with a margin on all sides."""
        return Box(self.left - by, self.top - by, self.width + 2 * by, self.height + 2 * by)

    def is_crossed_by(self, line: np.ndarray) -> bool:
        """Whether a line of points (x, y), taken densely, enters the box."""
        points = densify(line)
        x, y = points[:, 0], points[:, 1]
        inside = (self.left < x) & (x < self.right) & (self.top < y) & (y < self.bottom)
        return bool(inside.any())


def densify(line: np.ndarray, *, step: float = 2.0) -> np.ndarray:
    """The points of a line with more between them, none further than `step` pixels apart."""
    points = np.asarray(line, float)
    parts = [points[:1]]
    for start, end in pairwise(points):
        count = int(np.hypot(*(end - start)) // step) + 1
        share = np.linspace(0, 1, count + 1)[1:, None]
        parts.append(start + share * (end - start))
    return np.concatenate(parts)


def measure_text(
    lines: Sequence[str], size: float, *, is_bold: bool = False
) -> tuple[float, float]:
    """Width and height in pixels that lines of text take, about."""
    em = BOLD_EM if is_bold else EM
    return max(map(len, lines), default=0) * em * size, len(lines) * LEADING * size


def place_box(
    point: Sequence[float], size: tuple[float, float], *, position: str, gap: float = 0.0
) -> Box:
    """The box of a text that stands beside a point.

    Args:
        point: Across and down, in pixels.
        size: Width and height of the text.
        position: One of Plotly's text positions, such as "bottom left".
        gap: How far the text keeps from the point, in pixels.
    """
    (x, y), (wide, high) = point, size
    upright, across = position.split()
    left = {"left": x - gap - wide, "center": x - wide / 2, "right": x + gap}[across]
    top = {"top": y - gap - high, "middle": y - high / 2, "bottom": y + gap}[upright]
    return Box(left, top, wide, high)


def touch_any(box: Box, others: Iterable[Box]) -> bool:
    """Whether a box lies upon any of others."""
    return any(box.touches(other) for other in others)
