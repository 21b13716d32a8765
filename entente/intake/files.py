"""Files that somebody brings: as bytes, as text, and the text of a document.

A document is plain text, Markdown, or a page saved from a browser. What cannot be read is told in
one line.
"""

import codecs
import re
from html.parser import HTMLParser
from pathlib import Path

from markdown_it import MarkdownIt

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
MARKED_UP = (".html", ".htm", ".xhtml")
MARKDOWN = (".md", ".markdown")
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNREAD = ("script", "style", "template", "noscript", "head", "nav", "header", "footer", "aside")
_BODIES = ("article", "main")
_INLINE = (
    *("a", "abbr", "b", "cite", "code", "em", "font", "i", "img", "mark"),
    *("q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr"),
)
_LOOKS_MARKED_UP = re.compile(r"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)\s*\n.*?\n\1\s*\n", re.DOTALL)


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


def read_document(path: Path) -> str:
    """The text of the file at `path`.

    Raises:
        Unreadable: It is no text, or cannot be read; the message is one line.
    """
    text = decode(read_bytes(path), path)
    suffix = path.suffix.lower()
    if suffix in MARKDOWN:
        text = _read_page(MarkdownIt().render(_FRONT_MATTER.sub("", text)))
    elif suffix in MARKED_UP or _LOOKS_MARKED_UP.match(text):
        text = _read_page(text)
    if not text.strip():
        raise Unreadable(f"{path} is empty")
    return text


def _read_page(page: str) -> str:
    """The paragraphs of an HTML page, with blank lines between them, without menus and scripts."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    parts = reader.inside or reader.all
    return "\n\n".join(" ".join(part.split()) for part in "".join(parts).split("\n\n"))


class _Reader(HTMLParser):
    """Collects text: a blank line for every tag that is no part of a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[str] = []
        self.inside: list[str] = []
        self._open = {"unread": 0, "body": 0, "sup": 0}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._step(tag, 1)

    def handle_endtag(self, tag: str) -> None:
        self._step(tag, -1)

    def handle_data(self, data: str) -> None:
        if not self._open["unread"]:
            plain = re.sub(r"\s+", " ", data)
            self._keep(plain.translate(SUPERSCRIPTS) if self._open["sup"] else plain)

    def _step(self, tag: str, by: int) -> None:
        if tag == "br":
            self._keep(" ")
        elif tag not in _INLINE:
            self._keep("\n\n")
        for name, tags in (("unread", _UNREAD), ("body", _BODIES), ("sup", ("sup",))):
            if tag in tags:
                self._open[name] = max(0, self._open[name] + by)

    def _keep(self, text: str) -> None:
        self.all.append(text)
        if self._open["body"]:
            self.inside.append(text)
