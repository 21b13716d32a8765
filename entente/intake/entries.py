"""The rows of a grid as entries: cells as the contract has them, ids, and what was wrong.

Cells hold what people write: dates, codes, ids, flags, addresses. New rows have the keys of a
bibliography as ids, or else ids in the style of those that a dossier has.
"""

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from entente import dates
from entente.check.contract import PASSES, TABLES, Column
from entente.intake.fields import LEFT_OUT, Field, Kind, simplify
from entente.intake.files import Unreadable
from entente.intake.grid import Complaint, Grid, Row

Labels = Mapping[str, Mapping[str, str]]  # table to the label of each of its keys
SEPARATOR = ";"
DOI_MARKS = "/:;().,-_%"
_FLAGS = {"true": ("yes", "y", "1", "x", "true"), "false": ("no", "n", "0", "false")}
_MONTHS = {name[:3].casefold(): number for number, name in enumerate(dates.MONTHS, start=1)}
_SEASONS = {name: code for code, name in dates.SEASONS.items()} | {"fall": "23"}
_MONTH = r"([a-z]{3,9})\.?"
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH}\s*,?\s+(\d{{4}})\Z")
_MONTH_DAY = re.compile(rf"{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(\d{{4}})\Z")
_MONTH_YEAR = re.compile(rf"{_MONTH}\s*,?\s+(\d{{4}})\Z")
_ISO_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}")
_ISO_LOOSE = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})\Z")
_SEASON = re.compile(rf"(?:the\s+)?({'|'.join(_SEASONS)})\s+(?:of\s+)?(\d{{4}})\Z")
_QUARTER = re.compile(r"(?:q([1-4])\s+(\d{4})|(\d{4})\s+q([1-4]))\Z")
_VAGUE = re.compile(r"(?:c\.|ca\.?|circa|about|around|early|mid|late)[\s-]*(.+)\Z")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})\Z")
_SERIAL = re.compile(r"\d{5}\Z")
_FIRST_SERIAL = dt.date(1899, 12, 30)  # from which Excel counts days
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)\Z", re.IGNORECASE)
LONGEST_ID = 60
ID_OF_SOURCE = TABLES["sources"].columns["source_id"]
_NUMBERED = re.compile(r"([A-Za-z_-]*?)(0*)([1-9]\d*)\Z")
# Letters of Latin alphabets that are no letter with an accent.
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e"}
)


@dataclass(kw_only=True)
class Entry:
    """A row to import: the cells that are filled, by field, and the headings they stand under."""

    row: Row
    cells: dict[str, list[str]] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)

    def cell(self, name: str) -> str:
        """The one value of a field; empty where it has none."""
        return (self.cells.get(name) or [""])[0]

    def complain(self, name: str, rule: str, remedy: str, *, value: str | None = None) -> Complaint:
        """A complaint about the cell of a field."""
        return Complaint(
            row=self.row.number,
            where=self.row.where,
            column=self.headings.get(name, name),
            value=self.cell(name) if value is None else value,
            rule=rule,
            remedy=remedy,
        )


def map_headings(
    grid: Grid, kind: Kind, chosen: Mapping[str, str]
) -> tuple[dict[str, str], list[Complaint]]:
    """The heading under which each field stands, and complaints about headings.

    Args:
        grid: The file.
        kind: What is imported.
        chosen: Headings to the names of fields, as the user has them.

    Raises:
        Unreadable: A choice names a field or a heading that there is not.
    """
    choice = {simplify(heading): name for heading, name in chosen.items()}
    unknown = [name for name in chosen.values() if name != LEFT_OUT and name not in kind.fields]
    if unknown:
        known = ", ".join(kind.fields)
        raise Unreadable(f"there is no column {unknown[0]!r} for {kind.table}, only {known}")
    if absent := set(choice) - set(map(simplify, grid.headings)):
        raise Unreadable(f"the file has no column {min(absent)!r}, only {', '.join(grid.headings)}")
    found: dict[str, str] = {}
    complaints = []
    for heading in grid.headings:
        plain = simplify(heading)
        name = choice.get(plain, kind.aliases.get(plain))
        if name is None:
            rule = f"It is no column of {kind.table}."
            remedy = (
                f"Say which with --column '{heading}=NAME' (--help names them), or leave it out "
            )
            remedy += f"with --column '{heading}='."
            complaints.append(Complaint(column=heading, rule=rule, remedy=remedy))
        elif name in found:
            rule = f"It is {name}, as {found[name]!r} is."
            remedy = f"Leave one of them out with --column '{heading}='."
            complaints.append(Complaint(column=heading, rule=rule, remedy=remedy))
        elif name != LEFT_OUT:
            found[name] = heading
    return found, complaints


def convert_rows(
    grid: Grid, kind: Kind, headings: Mapping[str, str], labels: Labels
) -> tuple[list[Entry], list[Complaint]]:
    """Rows that say something as entries; a cell that cannot be converted stays as it is."""
    entries, complaints = [], []
    for row in grid.rows:
        entry = Entry(row=row, headings=headings)
        for name, heading in headings.items():
            if text := row.cells.get(heading, "").strip():
                try:
                    entry.cells[name] = convert_cell(text, kind.fields[name], labels)
                except Unconverted as why:
                    entry.cells[name] = [text]
                    complaints.append(entry.complain(name, *why.args))
        if set(entry.cells) - set(kind.places):
            entries.append(entry)
    return entries, complaints


def convert_cell(text: str, target: Field, labels: Labels) -> list[str]:
    """The values in a cell: one, or as many ids as a list has.

    Raises:
        Unconverted: One of them cannot be told.
    """
    parts = text.split(SEPARATOR) if target.is_list else [text]
    known = labels.get(target.contract.table, {})
    values = [convert(part, target.contract, known) for part in parts if part.strip()]
    return list(dict.fromkeys(values))


class Unconverted(Exception):
    """A cell that cannot be what its column asks; the arguments are the rule and the remedy."""


def convert(text: str, column: Column, labels: Mapping[str, str]) -> str:
    """A cell as the contract has it; what is left for the check to judge stays as it is.

    Args:
        text: What stands in the cell; not blank.
        column: What it should become.
        labels: The label of each key of the table that the column refers to, where those have any.

    Raises:
        Unconverted: It cannot be told what is meant.
    """
    plain = " ".join(text.split())
    if column.kind == "edtf":
        return convert_date(plain)
    if column.kind in ("code", "reference"):
        return _find_code(plain, labels) if labels else plain
    if column.kind == "choice":
        return _find_code(plain, {word: word for word in column.words})
    if column.kind == "flag":
        return next((flag for flag, words in _FLAGS.items() if plain.casefold() in words), plain)
    if column.kind == "url":
        doi = _DOI.match(plain)
        return f"https://doi.org/{quote(doi[1].lower(), safe=DOI_MARKS)}" if doi else plain
    return plain


def convert_date(text: str) -> str:
    """A date as EDTF: ISO dates and times, years, months and days in English words.

    Raises:
        Unconverted: It is no date, or may mean several; the remedy says what to write.
    """
    plain = text.casefold()
    if match := _ISO_TIME.match(text):
        found = match[1]
    elif match := _ISO_LOOSE.match(text):
        found = f"{match[1]}-{match[3]:0>2}-{match[4]:0>2}"
    else:
        found = _in_words(plain) or text
    if dates.is_edtf(found):
        return found
    raise Unconverted("Dates are EDTF and exist.", _advise(plain))


def _in_words(plain: str) -> str:
    """`12 April 2025`, `April 12, 2025` or `April 2025` as EDTF; nothing for others."""
    for pattern, order in ((_DAY_MONTH, (3, 2, 1)), (_MONTH_DAY, (3, 1, 2)), (_MONTH_YEAR, (2, 1))):
        if match := pattern.match(plain):
            year, name, *day = (match[group] for group in order)
            number = _MONTHS.get(name[:3], 0)
            if number and dates.MONTHS[number - 1].casefold().startswith(name):
                return "-".join([year, f"{number:02}", *(f"{int(one):02}" for one in day)])
    return ""


def _advise(plain: str) -> str:
    """What to write instead of a date that is not understood."""
    if match := _SEASON.match(plain):
        return f"For {plain} write {match[2]}-{_SEASONS[match[1]]}, EDTF for a season."
    if match := _QUARTER.match(plain):
        quarter, year = int(match[1] or match[4]), match[2] or match[3]
        return f"Write {year}-{quarter * 3 - 2:02}/{year}-{quarter * 3:02}."
    if match := _NUMERIC.match(plain):
        one, other, year = int(match[1]), int(match[3]), match[4]
        meant = [f"{year}-{m:02}-{d:02}" for d, m in ((one, other), (other, one)) if m <= 12]
        return f"Write {' or '.join(dict.fromkeys(meant)) or '2025-04-10'}."
    if _SERIAL.match(plain):
        day = _FIRST_SERIAL + dt.timedelta(days=int(plain))
        return f"If it is Excel’s number of a day, write {day}, or format the cell as a date."
    if match := _VAGUE.match(plain):
        about = match[1] if dates.is_edtf(match[1]) else _in_words(match[1])
        if about:
            return f"Write {about}~ for about then, or an interval such as 2025-01/2025-04."
    return (
        "Write 2025-04-10, 2025-04, 2025, 12 April 2025, 2025-04~ (about), 2025-21 (spring; 22 "
        "summer, 23 autumn, 24 winter) or a/b from one to another."
    )


def _find_code(word: str, labels: Mapping[str, str]) -> str:
    """The code that a word means: a code, or the label of one only.

    Raises:
        Unconverted: It means none of them, or several.
    """
    if word in labels:
        return word
    plain = word.casefold()
    tests: tuple[Callable[[str, str], bool], ...] = (
        lambda code, label: code.casefold() == plain,
        lambda code, label: label.casefold() == plain,
    )
    for is_meant in tests:
        meant = [code for code, label in labels.items() if is_meant(code, label)]
        if len(meant) == 1:
            return meant[0]
    known = [f"{code} ({label})" if code != label else code for code, label in labels.items()]
    more = f" … of {len(known)}" if len(known) > 20 else ""
    raise Unconverted(
        "The cell holds one of the codes, or a label, of its table.",
        f"Write one of: {', '.join(known[:20])}{more}; or add it to the table.",
    )


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
            and len(one) <= LONGEST_ID
            and PASSES["bad_key"](one, ID_OF_SOURCE)
        ):
            return one
    return ""


def slugify(text: str) -> str:
    """Words as an id has them: small letters of ASCII, digits, and hyphens between."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = re.sub(r"[\u0300-\u036f'’]", "", plain)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_ID]


def _make_stem(kind: Kind, entry: Entry) -> str:
    if kind.table != "sources":
        return slugify(entry.cell("title") or entry.cell("claim")).strip("-") or kind.table[:-1]
    try:
        host = urlsplit(entry.cell("url")).hostname or ""
    except ValueError:
        host = ""
    who = slugify(entry.cell("publisher")) or slugify(host.removeprefix("www.")) or "source"
    when = re.sub(r"[^0-9-]+", "-", entry.cell("published_edtf")).strip("-") or "nd"
    return f"{who}-{when}"
