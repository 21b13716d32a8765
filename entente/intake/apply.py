"""An import is checked in a copy of the dossier, and then written whole or not at all."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from entente.check.faults import Fault
from entente.check.tables import read_text_table
from entente.export.files.writing import write_whole
from entente.intake.fields import Kind
from entente.intake.files import Unreadable
from entente.intake.grid import Complaint, Row
from entente.intake.plan import Plan
from entente.review import review_folder

# Fields that mend a fault which the check finds in another column.
MENDED_BY = {
    "no_actor": "actors",
    "no_source": "sources",
    "no_assessment": "verdict_code",
    "no_sentence": "sentence",
}


def check_plan(
    folder: Path, plan: Plan, kind: Kind, headings: Mapping[str, str]
) -> list[Complaint]:
    """What the check of the whole dossier finds that it did not find before, in the user's terms.

    So a dossier that is not finished yet, and at fault for it, can be filled.
    """
    changed = plan.list_changed()
    if not changed:
        return []
    with tempfile.TemporaryDirectory() as parent:
        copy = Path(parent) / "dossier"
        shutil.copytree(folder, copy)
        for name, content in changed.items():
            (copy / name).write_bytes(content)
        after = review_folder(copy)
        if not after:
            return []
        rows = dict(_locate_rows(copy, plan))
    known = set(map(_identify, review_folder(folder)))
    new = sorted(fault for fault in after if _identify(fault) not in known)
    return [_translate(fault, rows.get((fault.file, fault.line)), kind, headings) for fault in new]


def _identify(fault: Fault) -> tuple[str, ...]:
    """A fault without its line, which an import may move."""
    return fault.file, fault.code, fault.key, fault.column, fault.value


def _locate_rows(folder: Path, plan: Plan) -> Iterator[tuple[tuple[str, int], Row]]:
    """The file and the line of the dossier, for each row that the user's file speaks of."""
    for name, lines in plan.tables.items():
        frame = read_text_table(folder, name, columns=()).frame
        for number, line in zip([] if frame is None else frame.index, lines, strict=False):
            if line.row:
                yield (f"{name}.csv", int(number)), line.row


def _translate(fault: Fault, row: Row | None, kind: Kind, headings: Mapping[str, str]) -> Complaint:
    """A fault of the dossier as a complaint about the user's file, where it speaks of that row."""
    rule, value = fault.rule, fault.value
    if row is None:
        place = f"{fault.file}:{fault.line}" if fault.line else fault.file
        where = f"in the dossier, {place} {fault.key}".rstrip()
        return Complaint(
            where=where, column=fault.column, value=value, rule=rule, remedy=fault.remedy
        )
    table = fault.file.removesuffix(".csv")
    names = [
        one.name for one in kind.fields.values() if (one.table, one.column) == (table, fault.column)
    ]
    name = MENDED_BY.get(fault.code) or next(iter(names), fault.column)
    remedy = fault.remedy
    if fault.code == "empty_cell" and name in kind.fields and name not in kind.natural:
        remedy += f" For all rows alike: --default {name}=VALUE."
    return Complaint(
        row=row.number,
        where=row.where,
        column=headings.get(name, name),
        value=value if fault.column == getattr(kind.fields.get(name), "column", "") else "",
        rule=rule,
        remedy=remedy,
    )


def write_plan(folder: Path, plan: Plan) -> None:
    """Write every table that changes; when one cannot be written, the others are put back.

    Raises:
        Unreadable: Nothing was written, and why.
    """
    old: dict[Path, bytes | None] = {}
    try:
        for name, content in plan.list_changed().items():
            path = folder / name
            kept = path.read_bytes() if path.is_file() else None
            write_whole(path, content)
            old[path] = kept
    except BaseException as error:
        for path, kept in old.items():
            path.unlink() if kept is None else write_whole(path, kept)
        if not isinstance(error, OSError):
            raise
        raise Unreadable(f"nothing was written: {error}") from error
