"""What the tests of the documentation read: pages, their code, blocks, links and anchors."""

import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.conftest import ROOT

DOCS = ROOT / "docs"
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")),
    ROOT / ".github" / "PULL_REQUEST_TEMPLATE.md",
    *sorted(DOCS.glob("*.md")),
    ROOT / "deploy" / "README.md",
]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]

_FENCE = re.compile(r"^([ ]*)```([^\n`]*)\n(.*?)^\1```[ ]*$", re.M | re.S)
_INDENTED = re.compile(r"(?:(?<=\n\n)|\A)(?:    [^\n]*\n)+")
_SPAN = re.compile(r"(`+)(.+?)\1", re.S)
_LINK = re.compile(r"!?\[(?:[^\[\]]|!\[[^\]]*\]\([^)]*\))*\]\(([^()\s]+)\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.M)


class Block(NamedTuple):
    """A fenced block: its language, what else stands beside that, and what is in it."""

    language: str
    note: str
    text: str


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def list_blocks(text: str) -> list[Block]:
    return [
        Block(*(info.strip().partition(" ")[::2]), textwrap.dedent(body))
        for _, info, body in _FENCE.findall(text)
    ]


def without_blocks(text: str) -> str:
    return _INDENTED.sub("\n", _FENCE.sub("\n", text))


def list_spans(text: str) -> list[str]:
    """Code within sentences, on one line each."""
    return [" ".join(span.split()) for _, span in _SPAN.findall(without_blocks(text))]


def list_code(text: str) -> Iterator[str]:
    """All code, a piece or a line each; lines that end with a backslash go on."""
    yield from list_spans(text)
    blocks = [block.text for block in list_blocks(text) if block.language in ("sh", "")]
    blocks += [textwrap.dedent(part) for part in _INDENTED.findall(_FENCE.sub("\n", text))]
    for block in blocks:
        for line in block.replace("\\\n", " ").splitlines():
            yield from (part.strip() for part in re.split(r"&&|\|\||;| #", line))


def list_links(text: str) -> list[str]:
    """Targets of links and of pictures, also of pictures within links."""
    prose = _SPAN.sub("", without_blocks(text))
    return _LINK.findall(prose) + [target for _, target in _PICTURE.findall(prose)]


def list_pictures(text: str) -> list[tuple[str, str]]:
    """Words and target of each picture."""
    return _PICTURE.findall(without_blocks(text))


def list_anchors(path: Path) -> set[str]:
    """Anchors of the headings of a page, as GitHub makes them."""
    seen: Counter[str] = Counter()
    anchors = set()
    for heading in _HEADING.findall(_FENCE.sub("\n", path.read_text(encoding="utf-8"))):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "")
        anchor = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
        anchors.add(f"{anchor}-{seen[anchor]}" if seen[anchor] else anchor)
        seen[anchor] += 1
    return anchors
