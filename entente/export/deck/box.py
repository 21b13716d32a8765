"""Rectangles on a slide, measured in points from its upper left corner."""

from dataclasses import dataclass

from entente.export.deck.drawingml import EMU

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle on the slide, in points from its upper left corner."""

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
        """Whether the two share ground."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        """Whether the other lies wholly within."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


def emu(points: float) -> int:
    """Points as English metric units."""
    return round(points * EMU)
