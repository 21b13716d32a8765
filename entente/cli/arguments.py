"""What commands share: options, days as they were given, and how an answer is printed.

Whatever it does not know is one line on standard error and the exit status 2.
"""

import argparse
import datetime as dt
import json
import math
import shlex
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from entente.address.pages import say_absence
from entente.check.faults import BrokenDataset
from entente.dossier.lookup import NotUnderstood
from entente.dossier.store import Dossier, data_folder, read_dossier

Answer = Callable[[argparse.Namespace, Dossier], str]
BROKEN, MISUSED = 1, 2
DECIMALS = 4  # of figures in JSON


def add_day_option(command: Any) -> None:
    """The day whose knowledge counts."""
    command.add_argument("--as-of", metavar="DATE", help="a date (default: the dataset's latest)")


def add_dataset_options(command: Any, *, has_json: bool = True) -> None:
    """What all commands on a dataset take."""
    if has_json:
        command.add_argument("--json", action="store_true", help="print as JSON")
    command.add_argument("--data", type=Path, default=data_folder(), help="the data folder")


def print_answer(options: argparse.Namespace, answer: Answer, *, page: str = "") -> int:
    """Print what `answer` says; 1 when the dataset is broken, 2 when a word is unknown.

    Args:
        options: As given; `data` is the folder of the dataset.
        answer: Makes the text.
        page: Code of the page that shows the same; a dossier without it has no answer either.
    """
    try:
        dossier = read_dossier(options.data)
        if absence := say_absence(dossier, page):
            raise NotUnderstood(absence)
        print(answer(options, dossier))
    except BrokenDataset as broken:
        return report_broken(broken, options.data)
    except NotUnderstood as unknown:
        print(f"python -m entente: {unknown}", file=sys.stderr)
        return MISUSED
    return 0


def report_broken(broken: object, folder: Path) -> int:
    """Say in one line that a dataset is broken, and what lists its faults; the exit status."""
    which = "" if folder == data_folder() else f" --data {shlex.quote(str(folder))}"
    print(f"{broken}: run `python -m entente check{which}`", file=sys.stderr)
    return BROKEN


def refuse(command: str, why: object) -> int:
    """Say in one line why a command cannot be run; the exit status for that."""
    print(f"python -m entente {command}: {why}", file=sys.stderr)
    return MISUSED


def make_plain(value: Any) -> Any:
    """A record as JSON has it: four decimals, days as text; missing and infinite is null."""
    if isinstance(value, dict):
        return {name: make_plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [make_plain(part) for part in value]
    if value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, float):
        return round(value, DECIMALS) if math.isfinite(value) else None
    return value.isoformat() if isinstance(value, dt.date) else value


def format_json(parts: Any) -> str:
    """An answer as JSON for people, too."""
    return json.dumps(parts, ensure_ascii=False, indent=2)


def format_columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines whose cells stand in columns as wide as they need."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def read_day(text: str | None, dossier: Dossier) -> dt.date:
    """A day on which something is on record; the dataset's last when none was given."""
    first, last = dossier.earliest, dossier.horizon
    if text is None:
        return last
    try:
        chosen = dt.date.fromisoformat(text)
    except ValueError:
        raise NotUnderstood(f"unknown date {text!r}: write it as {last}") from None
    if not first <= chosen <= last:
        raise NotUnderstood(f"date {chosen} lies outside the record, {first} to {last}")
    return chosen
