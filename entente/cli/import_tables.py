"""`python -m entente import claims|events|sources FILE`: rows of somebody's own tables."""

import argparse
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from entente.check.faults import BrokenDataset, count_faults
from entente.cli.arguments import BROKEN, add_dataset_options, refuse
from entente.intake.apply import check_plan, write_plan
from entente.intake.entries import Labels, Unconverted, convert_cell, convert_rows, map_headings
from entente.intake.fields import KINDS, Kind
from entente.intake.files import Unreadable, decode, read_bytes
from entente.intake.formats import FORMATS, read_grid
from entente.intake.grid import Complaint, gather
from entente.intake.plan import NEW, Plan, drop_examples, plan_import, read_labels

ABOUT = "bring in claims, events or sources from a table or a bibliography of your own"
MORE = f"""
Rows are matched by id, or else by what tells them apart: the address of a source, date and title of
an event, place and words of a claim. Rows that match are changed, others are added with ids in the
dossier's style; a source from a bibliography has its key there as its id. So the same file again
changes nothing. An empty cell changes nothing either. A row that may be one of the dossier in other
words is asked about: give that row's id, or {NEW}. Example rows of a new dossier go at the first
import of their kind, with what hangs on them.
Columns are found by name, with or without _code, _edtf and _id. Codes may be written as their
labels, dates as 12 April 2025, and ids in one cell are set apart by semicolons. The whole dossier
is checked before anything is written; what is wrong is told by row and column of your file.
"""
WHAT = {
    "claims": "claims, with their actors, events, and a verdict with its sources; a row for each "
    "further verdict on a claim, from its own day",
    "events": "events, with their actors, sources, claims and short name",
    "sources": "sources, from a table, BibTeX (.bib), RIS (.ris) or CSL JSON (.json); an address "
    "or DOI tells one from another",
}


def add(commands: Any) -> None:
    """Register the command, with a form for each kind of row."""
    command = commands.add_parser("import", help=ABOUT, description=f"{ABOUT}. {MORE}")
    forms = command.add_subparsers(required=True, metavar="KIND")
    for name, kind in KINDS.items():
        names = ", ".join(kind.fields)
        form = forms.add_parser(
            name,
            help=WHAT[name],
            description=f"Bring in {WHAT[name]}. {MORE} Columns: {names}.",
        )
        formats = ", ".join(FORMATS[name])
        form.add_argument("file", metavar="FILE", type=Path, help=f"the file: {formats}")
        form.add_argument(
            "--column",
            metavar="YOURS=OURS",
            action="append",
            default=[],
            help="the column that yours is; nothing after the sign leaves it out; repeatable",
        )
        form.add_argument(
            "--default",
            metavar="OURS=VALUE",
            action="append",
            default=[],
            help="what new rows have where your file has nothing, such as "
            f"{'tier_code=press' if name == 'sources' else 'theme_code=diplomacy'}; repeatable",
        )
        form.add_argument(
            "--mapping",
            metavar="FILE.toml",
            type=Path,
            help="the same in a file, as pairs below [columns] and [defaults]",
        )
        form.add_argument(
            "--sheet", metavar="NAME", help="sheet of a workbook (default: the first)"
        )
        form.add_argument(
            "--dry-run", action="store_true", help="say what would change, and write nothing"
        )
        add_dataset_options(form, has_json=False)
        form.set_defaults(run=run, kind=name)


def run(options: argparse.Namespace) -> int:
    """Say what was added and changed; 1 when the dossier would be at fault, 2 when misused."""
    kind, folder = KINDS[options.kind], options.data
    try:
        if not (folder / "dataset.csv").is_file():
            raise Unreadable(f"{folder} is no dossier: it has no dataset.csv")
        columns, defaults = _read_mapping(options)
        grid = read_grid(options.file, options.kind, sheet=options.sheet)
        labels = read_labels(folder, kind)
        headings, complaints = map_headings(grid, kind, columns)
        entries, wrong = convert_rows(grid, kind, headings, labels)
        plan = plan_import(folder, kind, entries, _convert_defaults(defaults, kind, labels))
        examples = drop_examples(folder, plan, kind.table)
        own = [*grid.complaints, *complaints, *wrong, *plan.complaints]
        faults = [*own, *_leave_out(check_plan(folder, plan, kind, headings), own)]
        if faults:
            print(*(f"{options.file}: {one}" for one in gather(faults)), sep="\n", file=sys.stderr)
            print(f"{count_faults(faults)} in {options.file}: nothing was written", file=sys.stderr)
            return BROKEN
        if not options.dry_run:
            write_plan(folder, plan)
    except Unreadable as why:
        return refuse(f"import {options.kind}", why)
    except BrokenDataset as broken:
        print(*broken.faults, sep="\n", file=sys.stderr)
        return BROKEN
    if examples:
        print(f"- {', '.join(examples)}: examples of a new dossier, replaced by what you import")
    print(*_list_changes(plan, kind, is_dry=options.dry_run), sep="\n")
    return 0


def _read_mapping(options: argparse.Namespace) -> tuple[dict[str, str], dict[str, str]]:
    """Columns and defaults, from the mapping file and, above it, from flags."""
    written: dict[str, Any] = {}
    if options.mapping:
        try:
            written = tomllib.loads(decode(read_bytes(options.mapping), options.mapping))
        except tomllib.TOMLDecodeError as error:
            raise Unreadable(f"{options.mapping} is not sound TOML: {error}") from error
    parts = {name: written.pop(name, {}) for name in ("columns", "defaults")}
    if written or not all(isinstance(part, dict) for part in parts.values()):
        raise Unreadable(f"{options.mapping} has other parts than [columns] and [defaults]")
    columns, defaults = ({k: str(v) for k, v in part.items()} for part in parts.values())
    return columns | _split_pairs(options.column), defaults | _split_pairs(options.default)


def _split_pairs(pairs: Sequence[str]) -> dict[str, str]:
    split = [pair.rpartition("=") if pair.endswith("=") else pair.partition("=") for pair in pairs]
    for pair, (name, sign, _) in zip(pairs, split, strict=True):
        if not name or not sign:
            raise Unreadable(f"{pair!r} is no pair: write NAME=VALUE")
    return {name.strip(): value.strip() for name, _, value in split}


def _convert_defaults(
    defaults: Mapping[str, str], kind: Kind, labels: Labels
) -> dict[str, list[str]]:
    """Values for new rows, by field; a flag that is not given is false.

    Raises:
        Unreadable: A default is for no field, or cannot be what the field asks.
    """
    flags = [name for name, one in kind.fields.items() if one.contract.kind == "flag"]
    found = {name: ["false"] for name in flags}
    for word, value in defaults.items():
        name = kind.aliases.get(word.strip().casefold())
        if not name or name == kind.key:
            raise Unreadable(f"there is no column {word!r}, only {', '.join(kind.fields)}")
        try:
            found[name] = convert_cell(value, kind.fields[name], labels)
        except Unconverted as why:
            raise Unreadable(f"--default {word}={value}: {' '.join(why.args)}") from why
    return found


def _leave_out(found: list[Complaint], own: list[Complaint]) -> Iterator[Complaint]:
    """What the check finds, without cells about which something better has been said."""
    said = {(one.row, one.column) for one in own if one.row}
    seen: set[Complaint] = set()
    for one in found:
        if (one.row, one.column) not in said and one not in seen:
            seen.add(one)
            yield one


def _list_changes(plan: Plan, kind: Kind, *, is_dry: bool) -> Iterator[str]:
    """A line for each row that is new or changed, and the whole in one line."""
    changed = [key for key, names in plan.changes.items() if names and key not in plan.added]
    for key in plan.rows:
        if key in plan.added:
            yield f"+ {key} ({plan.rows[key].where})"
        elif key in changed:
            yield f"~ {key} ({plan.rows[key].where}): {', '.join(sorted(plan.changes[key]))}"
    unchanged = len(plan.rows) - len(plan.added) - len(changed)
    counts = f"{len(plan.added)} added, {len(changed)} changed, {unchanged} unchanged"
    end = "; nothing was written: this is a dry run" if is_dry else ""
    yield f"{kind.table}: {counts}{end}."
