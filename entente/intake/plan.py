"""What an import would change: which entry is which row of the dossier, and the new tables.

An entry is the row with its id, else the one that says the same in the fields that tell rows apart:
so a file that is imported again changes nothing. Empty cells change nothing either; a list of ids
takes the place of the one before.

Example rows of a new dossier give way to rows of one's own, with what hangs on them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from entente.check.contract import TABLES
from entente.check.faults import BrokenDataset
from entente.check.tables import read_text_table
from entente.export.files.writing import write_table
from entente.intake.entries import Entry, Labels, make_ids, read_key
from entente.intake.fields import Kind
from entente.intake.grid import Complaint, Row

NEW = "new"  # in place of an id: this row is another than the one that it is like
ALIKE = 0.8
VERDICTS, VERDICT_ID, START = "assessments", "assessment_id", "from_edtf"
MARK = "Example, to be replaced"  # begins the text of an example
TIES, GROUNDS = "ties", ("tie_claims", "tie_events")


@dataclass(kw_only=True, eq=False)
class Line:
    """A row of a table: its cells, those it had, and who in the user's file says so."""

    cells: dict[str, str]
    before: dict[str, str] | None = None
    row: Row | None = None
    said: dict[str, tuple[str, Entry]] = field(default_factory=dict)


@dataclass(kw_only=True)
class Plan:
    """The tables as they would be, what becomes of each row of the kind, and complaints."""

    tables: dict[str, list[Line]]
    removed: dict[str, int] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    changes: dict[str, set[str]] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)
    complaints: list[Complaint] = field(default_factory=list)

    def list_changed(self) -> dict[str, bytes]:
        """Each file that changes, below the data folder, with its new content."""
        return {
            f"{name}.csv": write_table(name, (line.cells for line in lines))
            for name, lines in self.tables.items()
            if self.removed.get(name) or any(line.before != line.cells for line in lines)
        }


def read_lines(folder: Path, names: Iterable[str]) -> dict[str, list[Line]]:
    """Tables of a dossier by name; one without a file is empty.

    Raises:
        BrokenDataset: One cannot be read.
    """
    read = {}
    for name in names:
        text = read_text_table(folder, name, columns=list(TABLES[name].columns))
        faults = [
            fault for fault in text.faults if fault.code not in ("missing_file", "empty_file")
        ]
        if faults:
            raise BrokenDataset(faults)
        rows = [] if text.frame is None else text.frame.to_dict("records")
        read[name] = [Line(cells=dict(row), before=dict(row)) for row in rows]
    return read


def read_labels(folder: Path, kind: Kind) -> Labels:
    """The labels of every table to which a field of the kind refers."""
    names = {one.contract.table for one in kind.fields.values() if one.contract.table}
    return {
        name: {line.cells[TABLES[name].key[0]]: line.cells["label"] for line in lines}
        for name, lines in read_lines(folder, sorted(names)).items()
        if "label" in TABLES[name].columns and all("label" in line.cells for line in lines)
    }


def plan_import(
    folder: Path, kind: Kind, entries: list[Entry], defaults: Mapping[str, list[str]]
) -> Plan:
    """Find the row of each entry and what changes; nothing is written.

    Raises:
        BrokenDataset: A table cannot be read.
    """
    names = dict.fromkeys(one.table for one in kind.fields.values())
    plan = Plan(tables=read_lines(folder, names))
    retired = [
        line.cells["retired_id"]
        for line in read_lines(folder, ["retired"])["retired"]
        if line.cells.get("table") == kind.table
    ]
    _Planner(kind, plan, defaults).take(entries, retired)
    return plan


class _Planner:
    def __init__(self, kind: Kind, plan: Plan, defaults: Mapping[str, list[str]]) -> None:
        self.kind, self.plan, self.defaults = kind, plan, defaults
        self.own = {line.cells[kind.key]: line for line in plan.tables[kind.table]}
        self.children: dict[tuple[str, str], list[Line]] = {}
        for name in {one.table for one in kind.fields.values()} - {kind.table}:
            owner = VERDICT_ID if name == "assessment_sources" else kind.key
            for line in plan.tables[name]:
                self.children.setdefault((name, line.cells[owner]), []).append(line)
        self.lists: dict[tuple[str, str], tuple[list[str], Entry]] = {}

    def take(self, entries: list[Entry], retired: list[str]) -> None:
        """Match all entries, give ids to new ones, then put in the cells of each."""
        by_nature = {
            nature: one
            for one, line in self.own.items()
            if (nature := self._nature(line.cells.get))
        }
        given = {entry.cell(self.kind.key) for entry in entries}
        matched = [self._match(entry, by_nature) for entry in entries]
        self._ask_about_alike(entries, matched)
        in_file: dict[tuple[str, ...], str] = {}
        make = make_ids(self.kind, self.own.keys(), {*given, *retired})
        for entry, match in zip(entries, matched, strict=True):
            nature = self._nature(entry.cell)
            key = match or in_file.get(nature) or make(entry)
            self._ask_about_key(entry, key)
            if nature:
                in_file.setdefault(nature, key)
            if (like := by_nature.get(nature, key)) != key and key not in self.own:
                rule = f"The dossier has it as {like}."
                remedy = f"Write that as its id, or correct {' and '.join(self.kind.natural)}."
                self.plan.complaints.append(entry.complain(self.kind.key, rule, remedy))
            self._put(entry, key)

    def _match(self, entry: Entry, by_nature: Mapping[tuple[str, ...], str]) -> str:
        """The id that an entry gives or is known by; empty for one that is to have its id."""
        given = entry.cell(self.kind.key)
        return given if given not in ("", NEW) else by_nature.get(self._nature(entry.cell), "")

    def _nature(self, cell: Callable[[str], str | None]) -> tuple[str, ...]:
        """What tells a row from all others; empty where a part of it is missing."""
        parts = tuple(_fold(name, cell(name) or "") for name in self.kind.natural)
        return parts if all(parts) else ()

    def _ask_about_alike(self, entries: list[Entry], matched: list[str]) -> None:
        """Complain where an entry may be a row of the dossier that nothing else in the file is."""
        spoken_of = set(matched)
        rest = {key: line.cells for key, line in self.own.items() if key not in spoken_of}
        for group, name in self.kind.alike:
            groups: dict[tuple[str, ...], list[str]] = {}
            for key, cells in rest.items():
                shared = tuple(_fold(one, cells.get(one, "")) for one in group)
                groups.setdefault(shared, []).append(key)
            for entry, match in zip(entries, matched, strict=True):
                near = groups.get(tuple(_fold(one, entry.cell(one)) for one in group), [])
                if match or entry.cell(self.kind.key) == NEW or not entry.cell(name):
                    continue
                for key in near:
                    if _are_alike(entry.cell(name), rest[key].get(name, "")):
                        self.plan.complaints.append(
                            entry.complain(
                                name,
                                f"It may be {key} of the dossier.",
                                f"Write {key} in a column {self.kind.key} to change that row, or "
                                f"{NEW} for another.",
                            )
                        )
                        break

    def _ask_about_key(self, entry: Entry, key: str) -> None:
        """Complain where the key of a new source already is the id of another."""
        known = read_key(entry) if self.kind.table == "sources" and key not in self.own else ""
        if known in self.own and not entry.cell(self.kind.key):
            self.plan.complaints.append(
                entry.complain(
                    "key",
                    "Another source has this id.",
                    "Rename the key; or say --column key=source_id to change that source.",
                    value=known,
                )
            )

    def _put(self, entry: Entry, key: str) -> None:
        """The cells of an entry into the row with that id, and those that hang on it."""
        kind, plan = self.kind, self.plan
        line = self.own.get(key)
        plan.rows.setdefault(key, entry.row)
        plan.changes.setdefault(key, set())
        if line is None:
            line = self.own[key] = self._add(kind.table, entry, {kind.key: key})
            plan.added.add(key)
        self._fill(line, kind.table, entry, key)
        names = {name: one for name, one in kind.fields.items() if one.table != kind.table}
        for table in {one.table for one in names.values() if not one.is_list}:
            if any(self._value(entry, n, key) for n, one in names.items() if one.table == table):
                self._fill(self._child(table, entry, key), table, entry, key)
        for name, one in names.items():
            values = self._value(entry, name, key)
            if one.is_list and values:
                is_behind = one.table == "assessment_sources"
                owner = self._child(VERDICTS, entry, key).cells[VERDICT_ID] if is_behind else key
                self._link(name, entry, key, owner, VERDICT_ID if is_behind else kind.key)

    def _value(self, entry: Entry, name: str, key: str) -> list[str]:
        """What an entry says of a field; a default for a row that is new."""
        return entry.cells.get(name) or (
            self.defaults.get(name, []) if key in self.plan.added else []
        )

    def _child(self, table: str, entry: Entry, key: str) -> Line:
        """The row of another table that belongs to one; of verdicts, that from the same day."""
        lines = self.children.setdefault((table, key), [])
        if table != VERDICTS:
            found = lines[:1]
        else:
            start = (entry.cells.get(START) or self.defaults.get(START) or [""])[0]
            is_one = len(lines) == 1 and not entry.cells.get(START)
            found = lines if is_one else [one for one in lines if one.cells[START] == start]
        if found:
            return found[0]
        cells = {self.kind.key: key}
        if table == VERDICTS:
            taken = (
                {one.cells[VERDICT_ID] for one in self.plan.tables[VERDICTS]} if lines else set()
            )
            number = len(lines) + 1
            while f"{key}-{number}" in taken:
                number += 1
            cells |= {VERDICT_ID: f"{key}-{number}"}
        lines.append(self._add(table, entry, cells))
        return lines[-1]

    def _add(self, table: str, entry: Entry, cells: dict[str, str]) -> Line:
        line = Line(
            cells={name: cells.get(name, "") for name in TABLES[table].columns}, row=entry.row
        )
        self.plan.tables[table].append(line)
        return line

    def _fill(self, line: Line, table: str, entry: Entry, key: str) -> None:
        line.row = entry.row
        for name, one in self.kind.fields.items():
            if one.table != table or one.is_list or name == self.kind.key:
                continue
            if values := entry.cells.get(name):
                self._say(line, one.column, values[0], entry, name)
            elif line.before is None and not line.cells[one.column] and name in self.defaults:
                line.cells[one.column] = self.defaults[name][0]
            if line.before is None or line.cells[one.column] != line.before.get(one.column):
                self.plan.changes[key].add(name)

    def _say(self, line: Line, column: str, value: str, entry: Entry, name: str) -> None:
        """Set a cell, unless another row of the file has set it otherwise."""
        said, who = line.said.setdefault(column, (value, entry))
        if name != "url" or _fold(name, said) != _fold(name, line.cells[column]):
            line.cells[column] = said
        if said != value:
            self.plan.complaints.append(self._contradict(entry, name, who, said))

    def _contradict(self, entry: Entry, name: str, who: Entry, said: str) -> Complaint:
        rule = f"Rows about the same thing agree: {who.row.where} has {said[:40]!r}."
        remedy = f"Correct one, or give each an id of yours as {self.kind.key}."
        return entry.complain(name, rule, remedy)

    def _link(self, name: str, entry: Entry, key: str, owner: str, owner_column: str) -> None:
        """Make the rows of a link table that belong to a row those that its cell lists."""
        target = self.kind.fields[name]
        values = self._value(entry, name, key)
        said, who = self.lists.setdefault((target.table, owner), (values, entry))
        if said != values:
            joined = "; ".join(said)
            self.plan.complaints.append(self._contradict(entry, name, who, joined))
            return
        lines = self.children.setdefault((target.table, owner), [])
        for line in [one for one in lines if one.cells[target.column] not in values]:
            lines.remove(line)
            self.plan.tables[target.table].remove(line)
            self.plan.removed[target.table] = self.plan.removed.get(target.table, 0) + 1
            self.plan.changes[key].add(name)
        present = {one.cells[target.column]: one for one in lines}
        for value in values:
            if value not in present:
                cells = {owner_column: owner, target.column: value}
                present[value] = self._add(target.table, entry, cells)
                lines.append(present[value])
                self.plan.changes[key].add(name)
            present[value].row = entry.row


def _fold(name: str, text: str) -> str:
    """A cell for comparing: without case and doubled blanks; an address without its trimmings."""
    plain = " ".join(text.split())
    if name != "url":
        return plain.casefold()
    try:
        parts = urlsplit(plain)
    except ValueError:
        return plain
    host = parts.netloc.casefold().removeprefix("www.")
    return urlunsplit(("", host, parts.path.rstrip("/"), parts.query, ""))


def _are_alike(one: str, other: str) -> bool:
    match = SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False)
    return (
        match.real_quick_ratio() > ALIKE and match.quick_ratio() > ALIKE and match.ratio() > ALIKE
    )


def is_example(cells: Mapping[str, str]) -> bool:
    """Whether a row is one of those that a new dossier begins with."""
    return any(cells.get(name, "").startswith(MARK) for name in ("claim", "title", "label"))


def drop_examples(folder: Path, plan: Plan, table: str) -> list[str]:
    """Take out of a plan the examples of a table that no row of the file takes the place of.

    Rows of other tables that name one of them go as well, and example ties that are left without
    a ground.

    Returns:
        The ids of the examples; none where the file brings nothing.

    Raises:
        BrokenDataset: A table cannot be read.
    """
    key = TABLES[table].key[0]
    examples = [line.cells[key] for line in plan.tables[table] if is_example(line.cells)]
    gone = {table: {one for one in examples if one not in plan.rows}}
    if not plan.rows or not gone[table]:
        return []
    others = [
        name
        for name, one in TABLES.items()
        if name not in plan.tables
        and (folder / f"{name}.csv").is_file()
        and any(column.table for column in one.columns.values())
    ]
    plan.tables |= read_lines(folder, others)
    while _drop_once(plan, gone):
        pass
    return sorted(gone[table])


def _drop_once(plan: Plan, gone: dict[str, set[str]]) -> int:
    """Drop what is gone, and what names it; how many rows that were."""
    dropped = 0
    grounded = _list_grounded(plan)
    for name, lines in plan.tables.items():
        left = [line for line in lines if not _must_go(name, line, gone, grounded)]
        if len(left) == len(lines):
            continue
        if len(TABLES[name].key) == 1:
            kept = {id(line) for line in left}
            ids = {line.cells[TABLES[name].key[0]] for line in lines if id(line) not in kept}
            gone.setdefault(name, set()).update(ids)
        plan.removed[name] = plan.removed.get(name, 0) + len(lines) - len(left)
        dropped += len(lines) - len(left)
        lines[:] = left
    return dropped


def _list_grounded(plan: Plan) -> set[str] | None:
    """Ties that rest on something; None where the ties were not read."""
    if TIES not in plan.tables:
        return None
    lines: Sequence[Line] = [line for name in GROUNDS for line in plan.tables.get(name, [])]
    return {line.cells["tie_id"] for line in lines}


def _must_go(
    name: str, line: Line, gone: Mapping[str, set[str]], grounded: set[str] | None
) -> bool:
    """Whether a row is gone, names one that is, or is an example tie without a ground."""
    table, cells = TABLES[name], line.cells
    if len(table.key) == 1 and cells[table.key[0]] in gone.get(name, ()):
        return True
    if name == TIES and is_example(cells) and grounded is not None:
        return cells["tie_id"] not in grounded
    return any(cells.get(one.name, "") in gone.get(one.table, ()) for one in table.columns.values())
