"""A figure with what it is held against, and the table in which figures are shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

HEADINGS = ("what", "ours", "floor", "ratio or value", "bar", "met")
MET = {True: "yes", False: "no", None: "–"}
NOTHING = "–"


@dataclass(frozen=True, kw_only=True)
class Bar:
    """What a figure should keep to.

    Attributes:
        limit: The last figure that is good.
        is_least: Whether more is better.
        is_of_ours: Whether the figure is our own value; otherwise it is the ratio to the floor.
    """

    limit: float
    is_least: bool = False
    is_of_ours: bool = False


def at_most(limit: float, *, is_of_ours: bool = False) -> Bar:
    """A bar for what should be small."""
    return Bar(limit=limit, is_of_ours=is_of_ours)


def at_least(limit: float, *, is_of_ours: bool = False) -> Bar:
    """A bar for what should be large."""
    return Bar(limit=limit, is_least=True, is_of_ours=is_of_ours)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One figure.

    Attributes:
        what: What was measured.
        ours: Our value, in `unit`.
        floor: The value of what it is held against, measured in the same run.
        unit: Unit of both.
        is_speedup: Whether the ratio says how many times faster than the floor we are.
        bars: All of them have to be kept.
        note: What else is to be known.
    """

    what: str
    ours: float
    floor: float | None = None
    unit: str = ""
    is_speedup: bool = False
    bars: tuple[Bar, ...] = ()
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours to the floor; the other way round for a speedup."""
        if self.floor is None:
            return None
        above, below = (self.floor, self.ours) if self.is_speedup else (self.ours, self.floor)
        return above / below if below else float("inf")

    @property
    def met(self) -> bool | None:
        """Whether every bar is kept; None where there is none."""
        return all(self._keeps(bar) for bar in self.bars) if self.bars else None

    def _keeps(self, bar: Bar) -> bool:
        value = self.ours if bar.is_of_ours or self.ratio is None else self.ratio
        return value >= bar.limit if bar.is_least else value <= bar.limit

    @property
    def bar(self) -> str:
        """All bars and the note, in words."""
        said = [
            f"{'≥' if bar.is_least else '≤'} "
            + (with_unit(bar.limit, self.unit) if bar.is_of_ours else f"{bar.limit:g}")
            for bar in self.bars
        ]
        return f"{', '.join(said)} {f'({self.note})' if self.note else ''}".strip()

    def cells(self) -> tuple[str, ...]:
        """The row as the table shows it; the fourth cell is what the first bar speaks of."""
        ours = with_unit(self.ours, self.unit)
        floor = NOTHING if self.floor is None else with_unit(self.floor, self.unit)
        is_of_ours = self.ratio is None or (bool(self.bars) and self.bars[0].is_of_ours)
        held = ours if is_of_ours else with_unit(self.ratio or 0)
        return self.what, ours, floor, held, self.bar or NOTHING, MET[self.met]

    def record(self) -> dict[str, Any]:
        """The row for machines."""
        return {
            "what": self.what,
            "ours": _short(self.ours),
            "floor": _short(self.floor),
            "unit": self.unit,
            "ratio": _short(self.ratio),
            "bar": self.bar,
            "met": self.met,
        }


def with_unit(value: float, unit: str = "") -> str:
    """A value with about three digits that count."""
    if value >= 100 or value == int(value):
        number = f"{value:,.0f}"
    else:
        number = f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"
    return f"{number} {unit}".rstrip()


def as_text(rows: Sequence[Row]) -> str:
    """The table for a terminal."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def as_markdown(rows: Iterable[Row]) -> str:
    """The table for a page."""
    lines = [HEADINGS, ("---",) * len(HEADINGS), *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _short(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")
