"""Prose from files in blocks that are only text."""

import re
from typing import TypedDict

_HEADING = re.compile(r"#{1,6}\s+(.*)")
_ITEM = re.compile(r"[-*]\s+(.*)")


class Block(TypedDict):
    """A heading, the items of a list, or a paragraph: its kind and its lines."""

    kind: str
    lines: list[str]


def blocks_of(text: str) -> list[Block]:
    """Headings, lists and paragraphs of simple Markdown, for a template that escapes them.

    Returns:
        Blocks with `kind` (`heading`, `items` or `words`) and `lines`. Lines that follow one
        another belong together; an indented line goes on with the item before it.
    """
    blocks: list[Block] = []
    is_broken = True
    for line in text.splitlines():
        if not line.strip():
            is_broken = True
            continue
        kind, words = _read_line(line)
        last = blocks[-1] if blocks else None
        if kind == "words" and last and not is_broken and last["kind"] != "heading":
            last["lines"][-1] += f" {words}"
        elif kind == "items" and last and last["kind"] == "items":
            last["lines"].append(words)
        else:
            blocks.append({"kind": kind, "lines": [words]})
        is_broken = False
    return blocks


def _read_line(line: str) -> tuple[str, str]:
    heading, item = _HEADING.match(line), _ITEM.match(line.strip())
    if heading:
        return "heading", heading[1].strip()
    if item:
        return "items", item[1].strip()
    return "words", line.strip()
