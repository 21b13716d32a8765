"""The rows of a grid as entries: converted cells by the names of fields, and what was wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from entente.intake.cells import SEPARATOR, Unconverted, convert
from entente.intake.fields import LEFT_OUT, Field, Kind, simplify
from entente.intake.files import Unreadable
from entente.intake.grid import Complaint, Grid, Row

Labels = Mapping[str, Mapping[str, str]]  # table to the label of each of its keys


@dataclass(kw_only=True)
class Entry:
    """A row to import: the cells that are filled, by field, and the headings they stand under."""

    row: Row
    cells: dict[str, list[str]] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)

    def cell(self, name: str) -> str:
        """The one value of a field; empty where it has none."""
        return (self.cells.get(name) or [""])[0]

    def complain(self, name: str, rule: str, remedy: str, *, value: str | None = None) -> Complaint:
        """A complaint about the cell of a field."""
        return Complaint(
            row=self.row.number,
            where=self.row.where,
            column=self.headings.get(name, name),
            value=self.cell(name) if value is None else value,
            rule=rule,
            remedy=remedy,
        )


def map_headings(
    grid: Grid, kind: Kind, chosen: Mapping[str, str]
) -> tuple[dict[str, str], list[Complaint]]:
    """The heading under which each field stands, and complaints about headings.

    Args:
        grid: The file.
        kind: What is imported.
        chosen: Headings to the names of fields, as the user has them.

    Raises:
        Unreadable: A choice names a field or a heading that there is not.
    """
    choice = {simplify(heading): name for heading, name in chosen.items()}
    unknown = [name for name in chosen.values() if name != LEFT_OUT and name not in kind.fields]
    if unknown:
        known = ", ".join(kind.fields)
        raise Unreadable(f"there is no column {unknown[0]!r} for {kind.table}, only {known}")
    if absent := set(choice) - set(map(simplify, grid.headings)):
        raise Unreadable(f"the file has no column {min(absent)!r}, only {', '.join(grid.headings)}")
    found: dict[str, str] = {}
    complaints = []
    for heading in grid.headings:
        plain = simplify(heading)
        name = choice.get(plain, kind.aliases.get(plain))
        if name is None:
            rule = f"It is no column of {kind.table}."
            remedy = (
                f"Say which with --column '{heading}=NAME' (--help names them), or leave it out "
            )
            remedy += f"with --column '{heading}='."
            complaints.append(Complaint(column=heading, rule=rule, remedy=remedy))
        elif name in found:
            rule = f"It is {name}, as {found[name]!r} is."
            remedy = f"Leave one of them out with --column '{heading}='."
            complaints.append(Complaint(column=heading, rule=rule, remedy=remedy))
        elif name != LEFT_OUT:
            found[name] = heading
    return found, complaints


def convert_rows(
    grid: Grid, kind: Kind, headings: Mapping[str, str], labels: Labels
) -> tuple[list[Entry], list[Complaint]]:
    """Rows that say something as entries; a cell that cannot be converted stays as it is."""
    entries, complaints = [], []
    for row in grid.rows:
        entry = Entry(row=row, headings=headings)
        for name, heading in headings.items():
            if text := row.cells.get(heading, "").strip():
                try:
                    entry.cells[name] = convert_cell(text, kind.fields[name], labels)
                except Unconverted as why:
                    entry.cells[name] = [text]
                    complaints.append(entry.complain(name, *why.args))
        if set(entry.cells) - set(kind.places):
            entries.append(entry)
    return entries, complaints


def convert_cell(text: str, target: Field, labels: Labels) -> list[str]:
    """The values in a cell: one, or as many ids as a list has.

    Raises:
        Unconverted: One of them cannot be told.
    """
    parts = text.split(SEPARATOR) if target.is_list else [text]
    known = labels.get(target.contract.table, {})
    values = [convert(part, target.contract, known) for part in parts if part.strip()]
    return list(dict.fromkeys(values))
