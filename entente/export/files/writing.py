"""How files are written: whole or not at all, in text that every program can read."""

import csv
import io
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from entente.check.contract import TABLES


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path`; whatever goes wrong, no half of it is left.

    Raises:
        OSError: The folder is not there, or cannot be written, or is full.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        beside.chmod(0o644)
        beside.replace(path)
    except BaseException:  # an interruption, too, must leave nothing behind
        beside.unlink(missing_ok=True)
        raise


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write several files below `folder`, the pages last, so that none refers to what is not there.

    Raises:
        OSError: As above.
    """
    for name in sorted(files, key=lambda name: (name.endswith(".html"), name)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, files[name])


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def plain(text: object) -> str:
    """Text without control characters, its lines ended one way."""
    lines = re.sub(r"\r\n?", "\n", str(text))
    return _CONTROL.sub("", lines)


# What makes a spreadsheet run a cell, the wide forms included.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Spreadsheets take a file for their own country's letters unless it begins with this.
MARK = "\ufeff"


def rows_csv(table: pd.DataFrame) -> bytes:
    """The rows with their headings as CSV (UTF-8 with its mark); unknown values are empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_cell(heading) for heading in table.columns])
    for row in table.astype(object).where(table.notna(), "").itertuples(index=False, name=None):
        writer.writerow([_cell(value) for value in row])
    return (MARK + out.getvalue()).encode("utf-8")


def write_table(name: str, rows: Iterable[Mapping[str, str]]) -> bytes:
    """Rows of a table as its file in a dossier has them; a cell that a row lacks is empty."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(TABLES[name].columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")


def inert(cell: str) -> str:
    """A cell that no spreadsheet runs: what looks like a formula gets an apostrophe in front."""
    return f"'{cell}" if cell.startswith(FORMULA) or cell.lstrip().startswith(FORMULA) else cell


def _cell(value: object) -> object:
    return inert(plain(value)) if isinstance(value, str) else value
