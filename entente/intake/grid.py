"""What a file to import holds, whatever its format: headings, rows, and what is wrong with it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from entente.check.faults import clip

MOST_PLACES = 5  # that are named of a complaint that many rows share


@dataclass(frozen=True, kw_only=True, order=True)
class Complaint:
    """One thing that is wrong in one place of a user's file.

    Attributes:
        row: Number of the row, as a spreadsheet counts; of the line, in a bibliography; 0 for none.
        where: The place in words, such as `row 7`.
        column: The user's heading.
        value: What stands there.
        rule: What is asked.
        remedy: What to do about it.
    """

    row: int = 0
    where: str = ""
    column: str = ""
    value: str = ""
    rule: str
    remedy: str

    def __str__(self) -> str:
        shown = repr(clip(self.value)) if self.value else ""
        cell = " = ".join(part for part in (self.column, shown) if part)
        place = ", ".join(part for part in (self.where, cell) if part)
        return f"{place}: {self.rule} {self.remedy}" if place else f"{self.rule} {self.remedy}"


def gather(complaints: Iterable[Complaint]) -> Iterator[Complaint]:
    """Complaints in the order of the file; those that differ in nothing but the row as one."""
    groups: dict[Complaint, list[Complaint]] = {}
    for one in sorted(complaints):
        groups.setdefault(replace(one, row=0, where=""), []).append(one)
    for group in groups.values():
        places = list(dict.fromkeys(one.where for one in group))
        rest = f" and {len(places) - MOST_PLACES:,} more" if len(places) > MOST_PLACES else ""
        yield replace(group[0], where=", ".join(places[:MOST_PLACES]) + rest)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of the file: its number, the place in words, and its cells by heading."""

    number: int
    where: str
    cells: dict[str, str]


@dataclass(kw_only=True)
class Grid:
    """The rows of a file, the headings that stand over them, and complaints about its form."""

    headings: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)


def make_grid(lines: Iterable[tuple[int, list[str]]]) -> Grid:
    """A grid from numbered lines of cells; the first that is not blank has the headings."""
    grid, full = Grid(), ((n, [c.strip() for c in cells]) for n, cells in lines)
    numbered = [(number, cells) for number, cells in full if any(cells)]
    if not numbered:
        grid.complaints.append(Complaint(rule="The file has no row.", remedy="Name another."))
        return grid
    top, heads = numbered[0]
    width = max(len(cells) for _, cells in numbered)
    heads += [""] * (width - len(heads))
    for place, head in enumerate(heads):
        letter, filled = _name_column(place), [n for n, row in numbered[1:] if any(row[place:][:1])]
        if not head and filled:
            grid.complaints.append(
                Complaint(
                    row=filled[0],
                    where=f"row {filled[0]}, column {letter}",
                    rule="Every column that holds something has a heading of its own.",
                    remedy=f"Write one in {letter}{top}, or split the merged cell there.",
                )
            )
        elif head and head in heads[:place]:
            grid.complaints.append(
                Complaint(
                    row=top,
                    where=f"row {top}, column {letter}",
                    value=head,
                    rule="No heading is repeated.",
                    remedy="Rename or remove one of the two columns.",
                )
            )
    grid.headings = list(dict.fromkeys(filter(None, heads)))
    for number, cells in numbered[1:]:
        named: dict[str, str] = {}
        for head, cell in zip(heads, cells, strict=False):
            if head:
                named.setdefault(head, cell)
        grid.rows.append(Row(number=number, where=f"row {number}", cells=named))
    return grid


def _name_column(place: int) -> str:
    """The letters that a spreadsheet gives a column, counted from 0."""
    letters = ""
    while place >= 0:
        letters = chr(ord("A") + place % 26) + letters
        place = place // 26 - 1
    return letters
