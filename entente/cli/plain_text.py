"""The text of a file that somebody holds: plain text, or a simple page saved from a browser."""

import codecs
import re
from html.parser import HTMLParser
from pathlib import Path

from entente.cli.arguments import NotUnderstood

MOST_BYTES = 2_000_000
MARKED_UP = (".html", ".htm", ".xhtml")
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNREAD = ("script", "style", "template", "noscript", "head", "nav", "header", "footer", "aside")
_BODIES = ("article", "main")
_INLINE = (
    *("a", "abbr", "b", "cite", "code", "em", "font", "i", "img", "mark"),
    *("q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr"),
)
_LOOKS_MARKED_UP = re.compile(r"\s*<(?:!doctype html|html)\b", re.IGNORECASE)


def read_text(path: Path) -> str:
    """The text of the file at `path`.

    Raises:
        NotUnderstood: it is no text, or cannot be read; the message is one line.
    """
    text = _decoded(_bytes(path), path)
    if path.suffix.lower() in MARKED_UP or _LOOKS_MARKED_UP.match(text):
        text = text_of_page(text)
    if not text.strip():
        raise NotUnderstood(f"{path} is empty")
    return text


def text_of_page(page: str) -> str:
    """The paragraphs of an HTML page, with blank lines between them, without menus and scripts."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    parts = reader.inside or reader.all
    return "\n\n".join(" ".join(part.split()) for part in "".join(parts).split("\n\n"))


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise NotUnderstood(f"{path} is a folder: name the file with the text")
        if not path.is_file():
            raise NotUnderstood(f"there is no file {path}")
        if path.stat().st_size > MOST_BYTES:
            raise NotUnderstood(f"{path} is larger than {MOST_BYTES // 1_000_000} MB: not the text")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise NotUnderstood(f"{path} cannot be read: {error}") from error


def _decoded(raw: bytes, path: Path) -> str:
    """UTF-8, or UTF-16 where it is marked as such."""
    is_wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = raw.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise NotUnderstood(f"{path} is no text: save it as plain text in UTF-8, or as a web page")
    return text


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
