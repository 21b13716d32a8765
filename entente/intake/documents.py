"""The text of a document: from plain text, Markdown, or a page saved from a browser."""

import re
from html.parser import HTMLParser
from pathlib import Path

from markdown_it import MarkdownIt

from entente.intake.files import Unreadable, decode, read_bytes

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
