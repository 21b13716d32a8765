"""The contract of the tables and the meanings of faults, in words for a page."""

from collections.abc import Iterator, Mapping

from entente.check.contract import CHECKS, DATE_NEEDS, LARGEST, TABLES, Column, Table
from entente.check.faults import MEANINGS

CODES = "codes/"
DOCUMENT = "document/"
ONE_ROW = "one row."
SHARED = "A dossier that leaves it out has that of Entente's own data."
KINDS = {
    "key": "an id of its own",
    "reference": "the id of a row of another table",
    "code": "a word of a table of codes",
    "choice": "one of a few words",
    "text": "plain text",
    "url": "an address",
    "version": "a version",
    "digest": "a hash",
    "edtf": "a date, as exactly as it is known",
    "integer": "a whole number",
    "number": "a number with a unit",
    "flag": "`true` or `false`",
}
NEEDS = {"nothing": "date or `..`", "first_day": "date", "day": "one exact day"}


def list_kinds() -> Iterator[tuple[str, str, str]]:
    """Kinds of columns: name, what a cell holds, and what is demanded of it."""
    for kind, codes in CHECKS.items():
        demands = " ".join(MEANINGS[code][0] for code in codes)
        yield kind, KINDS[kind], demands
    for need, codes in DATE_NEEDS.items():
        for code in codes:
            yield f"edtf, {need.replace('_', ' ')}", NEEDS[need], MEANINGS[code][0]


def list_groups() -> dict[str, tuple[Table, ...]]:
    """Tables by group, in the order of the contract; tables of codes are one, as they are alike."""
    groups: dict[str, list[Table]] = {"": [], DOCUMENT: [], CODES: []}
    for name, table in TABLES.items():
        groups[next(prefix for prefix in (DOCUMENT, CODES, "") if name.startswith(prefix))].append(
            table
        )
    return {prefix: tuple(tables) for prefix, tables in groups.items()}


def describe(table: Table) -> str:
    """What a table is, and when it is needed."""
    assert table.rows != "one" or table.about.endswith(ONE_ROW)
    return f"{table.about} {_say_need(table)}"


def _say_need(table: Table) -> str:
    if table.is_shared:
        return SHARED
    if table.needed_with:
        return f"Needed where there are {link(table.needed_with)}; may be left out elsewhere."
    return "May be empty, or left out." if table.may_be_missing else "Always needed."


def is_always_needed(table: Table) -> bool:
    """Whether there is no dossier without a file of it."""
    return not (table.is_shared or table.may_be_missing)


def say_kind(column: Column) -> str:
    """What a column holds: kind, table, unit and limits, key, and whether it may be empty."""
    parts = ["**key**"] if column.is_key else []
    parts.append(_say_value(column))
    parts += ["may be empty"] if column.is_optional else []
    return ", ".join(part for part in parts if part)


def _say_value(column: Column) -> str:
    if column.table:
        name = "code of" if column.kind == "code" else "id of"
        return f"{name} {link(column.table)}"
    if column.kind == "edtf":
        return NEEDS[column.needs]
    if column.kind in ("integer", "number"):
        number = "whole number" if column.kind == "integer" else "number"
        unit = f" in {column.unit}" if column.unit else ""
        return f"{number}{unit}, {_say_limits(column)}"
    return {"key": "", "choice": "word", "url": "address", "flag": "true or false"}.get(
        column.kind, column.kind
    )


def _say_limits(column: Column) -> str:
    assert column.least is not None
    assert column.most is not None
    least, most = (f"{bound:,g}".replace("-", "−") for bound in (column.least, column.most))
    return f"at least {least}" if column.most == LARGEST else f"{least} to {most}"


def list_uses(table: Table) -> list[str]:
    """Columns that hold the key of a table, as `table.column`."""
    return [
        f"{other.name}.{column.name}"
        for other in TABLES.values()
        for column in other.columns.values()
        if column.table == table.name
    ]


def link(table: str) -> str:
    """A link to what the page says of a table."""
    return f"[{table}](#{'codes' if table.startswith(CODES) else make_anchor(table)})"


def make_anchor(heading: str) -> str:
    """The anchor that GitHub and its kin give to a heading."""
    kept = "".join(letter for letter in heading.lower() if letter.isalnum() or letter in " -_")
    return kept.replace(" ", "-")


def list_faults() -> Mapping[str, tuple[str, str]]:
    """Code of a fault to the rule that is broken and the remedy."""
    return MEANINGS
