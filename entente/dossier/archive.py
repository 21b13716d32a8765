"""Zip archives: the same files give the same bytes, and an archive from anywhere is read safely.

Nothing is ever unpacked to disk. What an archive says about itself is not believed: each file is
read up to a limit, whatever its header claims.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
READABLE_FILE = 0o100644 << 16
UNIX = 3
PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1
# All that the library raises on damaged bytes: it trusts offsets and sizes before it checks them,
# and says NotImplementedError of a compression method that it does not know.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(ValueError, OverflowError, NotImplementedError),
)
MOST_FILES = 300
MOST_BYTES = 16_000_000  # a file
MOST_BYTES_TOGETHER = 48_000_000


class BadArchive(Exception):
    """An archive that cannot be used; the message is one line."""


def pack(files: Mapping[str, bytes], *, top: str = "") -> bytes:
    """One archive with `files` (path to content) below the folder `top`; names sorted, time fixed.

    The same files give the same bytes on any day and any machine.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            path = f"{top}/{name}" if top else name
            entry = zipfile.ZipInfo(path, date_time=FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = UNIX
            entry.external_attr = READABLE_FILE
            archive.writestr(entry, files[name])
    return buffer.getvalue()


def unpack(content: bytes) -> dict[str, bytes]:
    """Path to content of every file in an archive.

    Raises:
        BadArchive: It is broken or encrypted, holds a name that leads outside or stands twice, or
            is larger than `MOST_FILES`, `MOST_BYTES` a file and `MOST_BYTES_TOGETHER` allow.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_entries(entries)
            return _read(archive, entries)
    except _BROKEN as error:
        raise BadArchive("a broken zip") from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_FILES:
        raise BadArchive(f"a zip with more than {MOST_FILES} files")
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names):
        raise BadArchive("a zip in which a name stands twice")
    for entry in entries:
        if not _is_safe(entry.filename):
            raise BadArchive("a zip with a name that leads outside")
        if entry.flag_bits & ENCRYPTED or entry.compress_type not in PLAIN_METHODS:
            raise BadArchive("a zip that is encrypted or packed in an unusual way")


def _is_safe(name: str) -> bool:
    """True for a relative path without steps upwards, backslashes, drives or hidden characters."""
    path = PurePosixPath(name)
    parts = (*path.parts, *name.split("/"))
    return not (path.is_absolute() or ".." in parts) and not any(
        mark in name for mark in ("\\", ":", "\0")
    )


def _read(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    room = MOST_BYTES_TOGETHER
    for entry in entries:
        most = min(MOST_BYTES, room)
        with archive.open(entry) as file:
            files[entry.filename] = file.read(most + 1)
        if len(files[entry.filename]) > most:
            raise BadArchive("a zip that is too large when unpacked")
        room -= len(files[entry.filename])
    return files
