"""Ids for new rows: keys of a bibliography, or else in the style of those that a dossier has."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

from entente.check.contract import PASSES, TABLES
from entente.intake.entries import Entry
from entente.intake.fields import Kind

LONGEST = 60
ID_OF_SOURCE = TABLES["sources"].columns["source_id"]
_NUMBERED = re.compile(r"([A-Za-z_-]*?)(0*)([1-9]\d*)\Z")
# Letters of Latin alphabets that are no letter with an accent.
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e"}
)
_UNDATED = "nd"


def make_ids(
    kind: Kind, present: Collection[str], taken: Collection[str]
) -> Callable[[Entry], str]:
    """What gives the next free id to an entry: a number where most ids have one, or words.

    Args:
        kind: What is imported.
        present: Ids of the table, which show the style.
        taken: Other ids that must not be used again.
    """
    used = {*present, *taken}
    numbered = [match for one in present if (match := _NUMBERED.match(one))]
    prefixes = Counter(match[1] for match in numbered)
    prefix, count = prefixes.most_common(1)[0] if prefixes else (kind.prefix, 0)
    is_numbered = bool(kind.prefix) and (not present or count * 2 > len(present))
    same = [match for one in used if (match := _NUMBERED.match(one)) and match[1] == prefix]
    width = max((len(m[2] + m[3]) for m in same if m[2]), default=kind.width if not present else 1)
    last = max((int(match[3]) for match in same), default=0)

    def make(entry: Entry) -> str:
        nonlocal last
        if is_numbered:
            last += 1
            return f"{prefix}{last:0{width}}"
        stem = read_key(entry) if kind.table == "sources" else ""
        stem = stem or _make_stem(kind, entry)
        made, number = stem, 1
        while made in used:
            number += 1
            made = f"{stem}-{number}"
        used.add(made)
        return made

    return make


def read_key(entry: Entry) -> str:
    """The key that a bibliography has for an entry, as an id; empty where it cannot be one."""
    key = entry.row.cells.get("key", "").strip()
    for one in (key, re.sub(r"[:_]", "-", key.lower())):
        if (
            re.search("[A-Za-z]", one)
            and len(one) <= LONGEST
            and PASSES["bad_key"](one, ID_OF_SOURCE)
        ):
            return one
    return ""


def slugify(text: str) -> str:
    """Words as an id has them: small letters of ASCII, digits, and hyphens between."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"[\u0300-\u036f'’]", "", plain)).strip("-")[:LONGEST]


def _make_stem(kind: Kind, entry: Entry) -> str:
    if kind.table != "sources":
        return slugify(entry.cell("title") or entry.cell("claim")).strip("-") or kind.table[:-1]
    try:
        host = urlsplit(entry.cell("url")).hostname or ""
    except ValueError:
        host = ""
    who = slugify(entry.cell("publisher")) or slugify(host.removeprefix("www.")) or "source"
    when = re.sub(r"[^0-9-]+", "-", entry.cell("published_edtf")).strip("-") or _UNDATED
    return f"{who}-{when}"
