"""Versions of the dataset: which are kept, which the change log names, and their tables as text.

A released version is kept as `data/versions/<version>.zip`: its tables, and nothing that is built.
"""

import re
from collections.abc import Mapping
from itertools import chain
from pathlib import Path, PurePosixPath

import pandas as pd

from entente.check.contract import VERSION
from entente.check.faults import BrokenDataset
from entente.check.tables import parse_text_table
from entente.dossier.archive import MOST_BYTES_TOGETHER, BadArchive, pack, unpack


def is_version(text: str) -> bool:
    """True for `1.0.0`, false for anything else."""
    return bool(VERSION.match(text))


def parse_version(version: str) -> tuple[int, int, int]:
    """The three numbers, for putting versions in order.

    Raises:
        ValueError: `version` is not one.
    """
    match = VERSION.match(version)
    if not match:
        raise ValueError(f"{version!r} is not a version")
    return int(match[1]), int(match[2]), int(match[3])


FOLDER = "versions"
CHANGE_LOG = "CHANGELOG.md"
CURRENT = "current"
ABOUT = "dataset"  # the table that every dataset has
_SECTION = re.compile(r"^## +([0-9][^\s(]*)(?: +\((.+)\))? *$", re.MULTILINE)

TextTables = dict[str, pd.DataFrame]


class UnknownVersion(Exception):
    """Something that is not a version of the dataset and no dataset; the message is one line."""


def list_kept_versions(folder: Path) -> tuple[str, ...]:
    """Versions that are kept beside the dataset in `folder`, newest first."""
    names = [path.stem for path in (folder / FOLDER).glob("*.zip")]
    return tuple(sorted(filter(is_version, names), key=parse_version, reverse=True))


def read_change_log(folder: Path) -> dict[str, str]:
    """Version to the words about its day, for every section of the change log, in its order."""
    path = folder / CHANGE_LOG
    written = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    return {version: day or "" for version, day in _SECTION.findall(written)}


def kept_file(folder: Path, version: str) -> Path:
    """Where a version is kept; the file need not exist.

    Raises:
        UnknownVersion: `version` is not written as three numbers.
    """
    if not is_version(version):
        raise UnknownVersion(f"{version!r} is not a version: write it as 1.0.0")
    return folder / FOLDER / f"{version}.zip"


def read_version(folder: Path, version: str) -> TextTables:
    """Tables of a version: the one in `folder` (also as `current`), or one kept beside it.

    Raises:
        UnknownVersion: There is no such version.
        BadArchive: What is kept is no sound archive.
        BrokenDataset: A table in it cannot be read.
    """
    if version == CURRENT:
        return read_tables(folder)
    path = kept_file(folder, version)
    if path.is_file():
        return read_tables(path)
    tables = read_tables(folder)
    if read_version_number(tables) == version:
        return tables
    known = ", ".join(dict.fromkeys([read_version_number(tables), *list_kept_versions(folder)]))
    raise UnknownVersion(f"unknown version {version!r}: known are {known}")


def read_tables(path: Path) -> TextTables:
    """Tables of the dataset in a folder or in a zip, every cell as it was written.

    Raises:
        UnknownVersion: There is no dataset.
        BadArchive: The zip is broken, too large, or holds a name that leads outside.
        BrokenDataset: A table cannot be read.
    """
    if path.is_dir():
        return read_tables_among(_files_below(path), name=str(path))
    if path.is_file():
        if path.stat().st_size > MOST_BYTES_TOGETHER:
            raise BadArchive("a file that is too large")
        return read_tables_among(unpack(path.read_bytes()), name=str(path))
    raise UnknownVersion(f"{str(path)!r} is neither a version, a folder nor a zip")


def read_tables_among(files: Mapping[str, bytes], *, name: str) -> TextTables:
    """Tables among `files` (path to content); they may lie below one folder, as in a download.

    Raises:
        UnknownVersion: There is no dataset among them; `name` says where.
        BrokenDataset: A table cannot be read.
    """
    tops = {str(PurePosixPath(path).parent) for path in files if _is_about(path)}
    if len(tops) != 1:
        raise UnknownVersion(f"{name!r} is not a dataset: it holds {len(tops)} files {ABOUT}.csv")
    top = tops.pop()
    read = [
        parse_text_table(files[path], table)
        for path in sorted(files)
        if (table := _table_name(path, "" if top == "." else f"{top}/"))
    ]
    faults = list(chain.from_iterable(table.faults for table in read))
    if faults:
        raise BrokenDataset(faults)
    return {table.name: table.frame for table in read if table.frame is not None}


def read_version_number(tables: Mapping[str, pd.DataFrame]) -> str:
    """The version that a dataset says it is; empty when it does not say."""
    about = tables.get(ABOUT)
    if about is None or about.empty or "version" not in about:
        return ""
    return str(about["version"].iloc[0])


def pack_tables(folder: Path) -> bytes:
    """The archive in which the dataset of `folder` is kept: its tables as they were written."""
    return pack(_files_below(folder))


def is_kept_as_is(folder: Path, version: str) -> bool:
    """True when a version is kept with the very tables that now stand in `folder`.

    Raises:
        BadArchive: What is kept is no sound archive.
    """
    path = kept_file(folder, version)
    return path.is_file() and unpack(path.read_bytes()) == _files_below(folder)


def _is_about(path: str) -> bool:
    return PurePosixPath(path).name == f"{ABOUT}.csv"


def _table_name(path: str, top: str) -> str:
    """The table that a file holds; empty for a file that is none."""
    inner = path.removeprefix(top)
    is_table = path.startswith(top) and re.fullmatch(r"((codes|document)/)?[a-z0-9_]+\.csv", inner)
    return inner.removesuffix(".csv") if is_table else ""


def _files_below(folder: Path) -> dict[str, bytes]:
    """Files of a folder that may be tables; what lies deeper is none."""
    paths = chain.from_iterable(folder.glob(f"{part}*.csv") for part in ("", "codes/", "document/"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
