"""Files that somebody brings, as bytes and as text; what cannot be read is told in one line."""

import codecs
import re
from pathlib import Path

MOST_BYTES = 2_000_000
# The longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<meta[^>]*charset=[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
HEAD = 2_048  # bytes in which a web page names its encoding


class Unreadable(Exception):
    """A file that cannot be used; the message is one line and says what to do."""


def read_bytes(path: Path, *, most: int = MOST_BYTES) -> bytes:
    """What stands in a file.

    Raises:
        Unreadable: There is none, or it is larger than `most` bytes.
    """
    try:
        if path.is_dir():
            raise Unreadable(f"{path} is a folder: name a file")
        if not path.is_file():
            raise Unreadable(f"there is no file {path}")
        if path.stat().st_size > most:
            raise Unreadable(f"{path} is larger than {most // 1_000_000} MB: give it in parts")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path} cannot be read: {error}") from error


def decode(raw: bytes, path: Path) -> str:
    """Text in the encoding of its byte order mark, as its page declares, or else in UTF-8.

    Raises:
        Unreadable: It is no text, or in another encoding.
    """
    declared = _DECLARED.search(raw[:HEAD])
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "")
    try:
        text = raw.decode(encoding or (declared[1].decode() if declared else "utf-8"))
    except (UnicodeError, LookupError):
        text = "\0"
    if "\0" in text:
        raise Unreadable(
            f"{path} is not a text file, or not in UTF-8: open it in the program that wrote it, "
            "and save it as UTF-8 text"
        )
    return text
