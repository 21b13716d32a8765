"""A presentation as bytes that depend on nothing but its content: all clocks are stopped."""

import io
import re
import zipfile
from typing import Any

from pptx.presentation import Presentation as Deck

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
READABLE_FILE = 0o100644 << 16
UNIX = 3
SHEET = "officedocument.spreadsheetml.sheet"
_CLOCK = re.compile(rb"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


def file_of(deck: Deck) -> bytes:
    """The presentation as a .pptx file; equal content gives equal bytes."""
    day = deck.core_properties.created
    stamp = f"{day:%Y-%m-%dT%H:%M:%SZ}".encode()
    for part in deck.part.package.iter_parts():
        if SHEET in part.content_type:
            _stop_clock(part, stamp)
    buffer = io.BytesIO()
    deck.save(buffer)
    return rezipped(buffer.getvalue())


def rezipped(content: bytes) -> bytes:
    """The same archive with fixed times."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
    ):
        for name in given.namelist():
            _write(archive, name, given.read(name))
    return buffer.getvalue()


def _stop_clock(part: Any, stamp: bytes) -> None:
    """The workbook behind a chart says when it was made: the day of the dataset."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(part.blob)) as given,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
    ):
        for name in given.namelist():
            content = given.read(name)
            if name == "docProps/core.xml":
                content = _CLOCK.sub(stamp, content)
            _write(archive, name, content)
    part._blob = buffer.getvalue()


def _write(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, date_time=FIXED_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system, entry.external_attr = UNIX, READABLE_FILE
    archive.writestr(entry, content)
