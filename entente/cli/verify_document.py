"""`python -m entente verify-document FILE`: do the locators still point where they should?

The file is plain text, or a simple page saved from a browser. What is printed are places and
claims, and never a word of the text.
"""

import argparse
import codecs
import re
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from entente.check.faults import BrokenDataset
from entente.cli.arguments import (
    BROKEN,
    NotUnderstood,
    add_dataset_options,
    format_json,
    refuse,
)
from entente.dossier.store import Dossier, read_dossier
from entente.record.locators import (
    CHANGED,
    GOOD,
    MISSING,
    MOVED,
    Finding,
    Place,
    Verification,
    verify,
)

ABOUT = "check that the claims point to the right sentences in a copy of the comment"
DIFFERS = 1
Claims = dict[Place, list[str]]
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


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("verify-document", help=ABOUT, description=ABOUT)
    command.add_argument("file", metavar="FILE", type=Path, help="plain text, or a saved web page")
    add_dataset_options(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what became of each sentence; 1 when anything differs, 2 when there is no text."""
    try:
        text = _read_text(options.file)
        dossier = read_dossier(options.data)
    except NotUnderstood as unknown:
        return refuse("verify-document", unknown)
    except BrokenDataset as broken:
        print(f"{broken}: run `python -m entente check`", file=sys.stderr)
        return BROKEN
    rows = dossier["document_sentences"].to_dict("records")
    if not rows:
        return refuse("verify-document", "this dossier has no sentences of its document")
    known = {(row["paragraph"], row["sentence"]): row["digest"] for row in rows}
    found = verify(text, known, salt=str(dossier["dataset"].at[0, "sentence_salt"]))
    claims = _list_claims(dossier)
    print(_format_json(found, claims) if options.json else _format_text(found, claims))
    return 0 if found.is_good else DIFFERS


def _format_json(found: Verification, claims: Claims) -> str:
    """Every sentence with its status, its place now and the claims read from it; the new ones."""
    counts = {**_count(found), "new": len(found.new), "claims_hit": _list_hit(found, claims)}
    sentences = [
        {
            **_place(finding.place),
            "status": finding.status,
            "now": _place(finding.now) if finding.now else None,
            "claims": claims.get(finding.place, []),
        }
        for finding in found.findings
    ]
    new = [_place(place) for place in found.new]
    return format_json({"summary": counts, "sentences": sentences, "new": new})


def _format_text(found: Verification, claims: Claims) -> str:
    """A line for each sentence that is not where it should be, and the whole in one line."""
    count, total = len(found.findings), sum(map(len, claims.values()))
    if not any(finding.status in (GOOD, MOVED) for finding in found.findings):
        return f"None of the {count} sentences was found: is this the comment?"
    if found.is_good:
        return f"All {count} sentences and {total} locators match."
    lines = [_line(finding, claims) for finding in found.findings if finding.status != GOOD]
    lines += [f"{_words(place)}: new: no claim refers to it" for place in found.new]
    numbers = ", ".join(f"{number} {status}" for status, number in _count(found).items())
    hit = _list_hit(found, claims)
    named = f": {', '.join(hit)}" if hit else ""
    said = f"Sentences: {numbers}, {len(found.new)} new. Claims hit: {len(hit)} of {total}{named}."
    return "\n".join([*lines, said])


def _line(finding: Finding, claims: Claims) -> str:
    said = {
        MOVED: f"moved to {_words(finding.now or finding.place)}",
        CHANGED: "changed, another sentence stands there",
        MISSING: "missing",
    }[finding.status]
    hit = ", ".join(claims.get(finding.place, ())) or "no claim"
    return f"{_words(finding.place)}: {said} ({hit})"


def _list_claims(dossier: Dossier) -> Claims:
    """The claims read from each sentence."""
    claims: Claims = {}
    for row in dossier["claims"].to_dict("records"):
        claims.setdefault((row["paragraph"], row["sentence"]), []).append(row["claim_id"])
    return claims


def _list_hit(found: Verification, claims: Claims) -> list[str]:
    return [
        claim
        for finding in found.findings
        if finding.status != GOOD
        for claim in claims.get(finding.place, ())
    ]


def _count(found: Verification) -> dict[str, int]:
    counts = Counter(finding.status for finding in found.findings)
    return {status: counts[status] for status in (GOOD, MOVED, CHANGED, MISSING)}


def _place(place: Place) -> dict[str, int]:
    return {"paragraph": place[0], "sentence": place[1]}


def _words(place: Place) -> str:
    part = f"paragraph {place[0]}" if place[0] else "footnote"
    return f"{part}, sentence {place[1]}"


def _read_text(path: Path) -> str:
    """The text of the file at `path`.

    Raises:
        NotUnderstood: it is no text, or cannot be read; the message is one line.
    """
    text = _decode(_read_bytes(path), path)
    if path.suffix.lower() in MARKED_UP or _LOOKS_MARKED_UP.match(text):
        text = _read_page(text)
    if not text.strip():
        raise NotUnderstood(f"{path} is empty")
    return text


def _read_bytes(path: Path) -> bytes:
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


def _decode(raw: bytes, path: Path) -> str:
    """UTF-8, or UTF-16 where it is marked as such."""
    is_wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = raw.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise NotUnderstood(f"{path} is not a text file: save it as UTF-8 text or a web page")
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
