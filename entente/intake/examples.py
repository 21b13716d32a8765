"""Example rows of a new dossier give way to rows of one's own, with what hangs on them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from entente.check.contract import TABLES
from entente.intake.plan import Line, Plan, read_lines

MARK = "Example, to be replaced"
TIES, GROUNDS = "ties", ("tie_claims", "tie_events")


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
        if name not in plan.tables and (folder / f"{name}.csv").is_file() and _refers(one.columns)
    ]
    plan.tables |= read_lines(folder, others)
    while _drop_once(plan, gone):
        pass
    return sorted(gone[table])


def _refers(columns: Mapping[str, object]) -> bool:
    return any(getattr(column, "table", "") for column in columns.values())


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
