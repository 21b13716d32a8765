"""Changes of a dataset, from a slip of the pen to a hostile hand, for Hypothesis to choose from.

A dataset is a mapping of table names to rows of text. A change takes one and gives another; it
need not be sound. Those that keep references whole (a thing goes with all that names it, a new code
comes with a row that uses it) are often accepted by the check, and so reach the pages.
"""

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from entente.check.contract import TABLES, Column
from tests.hostile import STRINGS

Row = dict[str, str]
Rows = list[Row]
Dataset = Mapping[str, Rows]

DATES = (
    *("..", "2021", "2021-06", "2021-06-15", "2021-06-15/..", "../2021", "2021-06/2021-07"),
    *("2021?", "2021-06~", "2021-06-15%", "2021-21", "202X", "2021-XX", "0001-01-01"),
    *("9999-12-31", "0000", "10000", "Y17000", "-0044", "2021-00", "2021-06-00", "2021-02-30"),
    *("2022/2021", "[2021,2022]", "2021-06-15T10:00:00", "/2021", "2021/", "soon", "1600"),
    *("2022-09-30", "2022-10-01", "2022-09-29", "2021-06-14", "2021-06-16", "2014-01-01"),
)
NUMBERS = (
    *("0", "1", "-1", "0.000001", "0.1", "2", "19.99", "20", "90", "-90", "180", "-180", "99"),
    *("1000", "20000", "999999999", "1000000000", "99999999999999999999", "1e5", "NaN", "inf"),
    *("1,000", "007", "-0", "1.", ".5"),
)
WORDS = ("A word", "A sentence with a stop.", "x", "“Quoted”", "1", "2021", "Ärger, “so” – und?")
VIEWS = (
    *("", "lens=record", "lens=document", "at=2015-01-01", "at=2021-06-15", "show=none"),
    *("pick=nobody", "theme=none", "actor=none", "show=leverage&veto=all", "present=1", "&&&"),
)


class Change(NamedTuple):
    """What was done, in words, and the dataset that it gives; None for a table that is gone."""

    words: str
    tables: Mapping[str, Rows | None]


def read_rows(folder: Path) -> Dataset:
    """Every table of a folder as text."""
    return {name: _rows(folder / f"{name}.csv") for name in TABLES}


def write_rows(folder: Path, name: str, rows: Rows | None) -> None:
    """Write a table; one that is None is taken away."""
    path = folder / f"{name}.csv"
    if rows is None:
        path.unlink()
        return
    out = io.StringIO()
    header = list(rows[0]) if rows else list(TABLES[name].columns)
    writer = csv.DictWriter(out, header, lineterminator="\n", extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8", errors="replace")


@st.composite
def changes(draw: st.DrawFn, dataset: Dataset) -> Change:
    """One to three changes, one after the other."""
    words, tables = [], dict(dataset)
    for _ in range(draw(st.sampled_from((1, 1, 1, 1, 2, 3)))):
        # A table that has lost its key is refused, whatever else happens to it.
        whole = {name: rows for name, rows in tables.items() if rows and _key(name) in rows[0]}
        kind = draw(st.sampled_from(KINDS))
        found = kind(draw, whole)
        words.append(found.words)
        tables |= found.tables
    return Change("; then ".join(words), {n: t for n, t in tables.items() if t != dataset[n]})


def _change_cell(draw: st.DrawFn, dataset: Dataset) -> Change:
    name, rows, place = _some_row(draw, dataset)
    column = draw(st.sampled_from(sorted(rows[place])))
    value = draw(_values(dataset, name, column))
    words = f"{name}.{column} of row {place + 1}: {rows[place][column]!r} -> {value!r}"
    return Change(words, {name: _with_cell(rows, place, column, value)})


def _delete_row(draw: st.DrawFn, dataset: Dataset) -> Change:
    name, rows, place = _some_row(draw, dataset)
    return Change(f"{name}: row {place + 1} deleted", {name: rows[:place] + rows[place + 1 :]})


def _delete_thing(draw: st.DrawFn, dataset: Dataset) -> Change:
    """A row goes, with all rows that name it."""
    name, rows, place = _some_row(draw, dataset)
    gone = {(name, rows[place][_key(name)])}
    tables = dict(dataset)
    while gone:
        target, value = gone.pop()
        for table, own in tables.items():
            naming = [c for c, about in TABLES[table].columns.items() if _names(about, target)]
            own_key = _key(table)
            if table == target:
                naming.append(own_key)
            lost = [row for row in own if any(row.get(column) == value for column in naming)]
            if lost:
                tables[table] = [row for row in own if row not in lost]
                if len(TABLES[table].key) == 1 and table != target:
                    gone |= {(table, row[own_key]) for row in lost}
    changed = {table: own for table, own in tables.items() if own != dataset[table]}
    return Change(f"{name}: {rows[place][_key(name)]!r} deleted with all that names it", changed)


def _repeat_row(draw: st.DrawFn, dataset: Dataset) -> Change:
    """A row once more, under a key of its own or of its twin."""
    name, rows, place = _some_row(draw, dataset)
    value = draw(st.sampled_from(("another", rows[place][_key(name)])))
    twin = {**rows[place], _key(name): value}
    return Change(f"{name}: row {place + 1} repeated as {value!r}", {name: [*rows, twin]})


def _swap_cells(draw: st.DrawFn, dataset: Dataset) -> Change:
    name, rows, place = _some_row(draw, dataset)
    other = draw(st.integers(0, len(rows) - 1))
    column = draw(st.sampled_from(sorted(rows[place])))
    swapped = _with_cell(rows, place, column, rows[other].get(column, ""))
    swapped = _with_cell(swapped, other, column, rows[place][column])
    words = f"{name}.{column}: rows {place + 1} and {other + 1} swapped"
    return Change(words, {name: swapped})


def _blank_column(draw: st.DrawFn, dataset: Dataset) -> Change:
    name, rows, _ = _some_row(draw, dataset)
    column = draw(st.sampled_from(sorted(rows[0])))
    return Change(f"{name}.{column}: all blank", {name: [{**row, column: ""} for row in rows]})


def _use_new_code(draw: st.DrawFn, dataset: Dataset) -> Change:
    """A code that no program has heard of, with a row that uses it."""
    uses = [
        (name, column, about.table)
        for name in sorted(dataset)
        for column, about in TABLES[name].columns.items()
        if about.kind == "code" and about.table in dataset
    ]
    name, column, codes = draw(st.sampled_from(uses))
    new = {"code": "novel", "label": "Novel", "description": "Something new.", "sort_order": "5"}
    place = draw(st.integers(0, len(dataset[name]) - 1))
    used = _with_cell(dataset[name], place, column, "novel")
    words = f"{codes}: new code, used by {name}.{column} of row {place + 1}"
    return Change(words, {codes: [*dataset[codes], new], name: used})


def _rename_thing(draw: st.DrawFn, dataset: Dataset) -> Change:
    """An id changes wherever it is named, save in the addresses of views."""
    name, rows, place = _some_row(draw, dataset)
    old = rows[place][_key(name)]
    tables = {}
    for table, own in dataset.items():
        columns = TABLES[table].columns
        naming = [c for c, about in columns.items() if _names(about, name)]
        naming += [_key(name)] if table == name else []
        tables[table] = [
            {c: "renamed" if c in naming and v == old else v for c, v in row.items()} for row in own
        ]
    return Change(f"{name}: {old!r} renamed throughout", tables)


def _change_table(draw: st.DrawFn, dataset: Dataset) -> Change:
    """A whole table: gone, empty, of one row, turned round, without a column, or another's."""
    name = draw(st.sampled_from(sorted(dataset)))
    rows = dataset[name]
    column = draw(st.sampled_from(sorted(rows[0])))
    ways: dict[str, Rows | None] = {
        "gone": None,
        "empty": [],
        "first row only": rows[:1],
        "last row only": rows[-1:],
        "turned round": rows[::-1],
        f"without {column}": [{c: v for c, v in row.items() if c != column} for row in rows],
        "another's": dataset[draw(st.sampled_from(sorted(dataset)))],
    }
    way = draw(st.sampled_from(sorted(ways)))
    return Change(f"{name}: {way}", {name: ways[way]})


# A cell most of all: that is where the slips are.
KINDS: tuple[Callable[[st.DrawFn, Dataset], Change], ...] = (
    *[_change_cell] * 6,
    *[_delete_thing] * 3,
    *[_use_new_code] * 2,
    *(_delete_row, _repeat_row, _swap_cells, _blank_column, _rename_thing, _change_table),
)


def _values(dataset: Dataset, name: str, column: str) -> st.SearchStrategy[str]:
    """What may be put into a cell: mostly what its kind allows, at its limits and beyond."""
    unknown = Column(name=column, kind="text", about="No column of the contract.")
    about = TABLES[name].columns.get(column, unknown)
    kept = sorted({row.get(column, "") for row in dataset[name]})
    target = about.table
    if target in dataset:
        kept += [row[_key(target)] for row in dataset[target] if _key(target) in row]
    by_kind = {
        "edtf": DATES,
        "number": NUMBERS,
        "integer": NUMBERS,
        "flag": ("true", "false", "True", "1"),
        "text": VIEWS if column == "view" else WORDS,
        "version": ("1.1.0", "1.0.0", "0.0.1", "999999.0.0", "1.1"),
    }
    fitting = st.sampled_from([*by_kind.get(about.kind, about.words), *kept])
    return st.one_of(fitting, fitting, st.sampled_from(("", *STRINGS, "QZZ", "nowhere")))


def _some_row(draw: st.DrawFn, dataset: Dataset) -> tuple[str, Rows, int]:
    name = draw(st.sampled_from(sorted(dataset)))
    return name, dataset[name], draw(st.integers(0, len(dataset[name]) - 1))


def _with_cell(rows: Rows, place: int, column: str, value: str) -> Rows:
    return [*rows[:place], {**rows[place], column: value}, *rows[place + 1 :]]


def _key(name: str) -> str:
    return TABLES[name].key[0]


def _names(about: Column, table: str) -> bool:
    return about.table == table


def _rows(path: Path) -> Rows:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
