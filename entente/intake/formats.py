"""Rows from a file in any format that they can come in, told by the end of its name."""

import csv
import datetime as dt
import io
import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import MonthIntMiddleware
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock
from openpyxl import load_workbook
from pylatexenc.latex2text import LatexNodes2Text

from entente.intake.files import Unreadable, decode, read_bytes
from entente.intake.grid import Complaint, Grid, Row, make_grid

DELIMITERS = (",", ";", "\t", "|")
MOST_ROWS = 100_000  # of a workbook
# Headings of a bibliography: columns of the table of sources, and what the file calls the entry.
HEADINGS = ["key", "url", "publisher", "published_edtf", "language_code"]
_URL = re.compile(r"https?://[^\s{}]+")
_REGION = re.compile(r"([a-z]{2,3})[-_][A-Za-z-]+\Z")
# Names that BibLaTeX has for languages beside their own.
BABEL = {
    **dict.fromkeys(("american", "british", "usenglish", "ukenglish", "canadian"), "english"),
    **dict.fromkeys(("ngerman", "austrian", "naustrian", "swissgerman"), "german"),
    **dict.fromkeys(("acadian", "canadien", "francais"), "french"),
    **dict.fromkeys(("brazilian", "brazil", "portuges"), "portuguese"),
}
_ESCAPED = re.compile(r"\\([_%&#~$])")


def read_csv(text: str, path: Path) -> Grid:
    """The rows of a CSV file, with commas, semicolons, tabs or bars between the cells.

    Rows are counted as a spreadsheet does.

    Raises:
        Unreadable: Its quotation marks are not closed.
    """
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=lambda mark: len(next(csv.reader([head], delimiter=mark))))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return make_grid(list(enumerate(reader, start=1)))
    except csv.Error as error:
        raise Unreadable(
            f"{path}, line {reader.line_num}: {error}: close the quotation mark, or use .xlsx"
        ) from error


def read_xlsx(raw: bytes, path: Path, *, sheet: str | None = None) -> Grid:
    """The rows of one sheet of a workbook, the first when none is named.

    Cells are taken as they are shown, dates as ISO, formulas by their results.

    Raises:
        Unreadable: It is no workbook, has no such sheet, or more rows than can be imported.
    """
    try:
        # Once for formulas, once for the results that were stored with them.
        books = [load_workbook(io.BytesIO(raw), data_only=is_result) for is_result in (False, True)]
    except Exception as error:  # a broken file can make the library raise anything
        raise Unreadable(f"{path} is not a sound .xlsx file: save it again, or as CSV") from error
    names = [one.title for one in books[0].worksheets]
    if not names or (sheet is not None and sheet not in names):
        raise Unreadable(f"{path} has no sheet {sheet!r}, only {', '.join(names) or 'charts'}")
    written, found = (book[sheet or names[0]] for book in books)
    if written.max_row > MOST_ROWS:
        raise Unreadable(f"{path} has {written.max_row:,} rows: give at most {MOST_ROWS:,}")
    rows = [[_write(cell.value) for cell in row] for row in found.iter_rows()]
    grid = make_grid(enumerate(rows, start=1))
    grid.complaints += _complain(written, found)
    return grid


def _write(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return str(value.date() if value.time() == dt.time() else value.isoformat())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _complain(written: Any, found: Any) -> Iterator[Complaint]:
    """Formulas without a result, errors, and merged cells."""
    for row in written.iter_rows():
        for cell in row:
            result = found[cell.coordinate]
            place: dict[str, Any] = {"row": cell.row, "where": f"row {cell.row}"}
            if result.data_type == "e":
                yield Complaint(
                    **place,
                    column=cell.coordinate,
                    value=str(result.value),
                    rule="A cell holds no error.",
                    remedy="Correct its formula, or write the value.",
                )
            elif cell.data_type == "f" and result.value is None:
                yield Complaint(
                    **place,
                    column=cell.coordinate,
                    value=str(cell.value),
                    rule="A formula has its result stored with it.",
                    remedy="Open and save the file in a spreadsheet program, or paste the value.",
                )
    for merged in written.merged_cells.ranges:
        yield Complaint(
            row=merged.min_row,
            where=f"row {merged.min_row}",
            column=merged.coord,
            rule="Cells are not merged.",
            remedy="Split them, and fill in each.",
        )


def read_bibtex(text: str, path: Path) -> Grid:
    """The entries of a BibTeX or BibLaTeX file."""
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what fails is told below
    library = parse_string(text, append_middleware=[MonthIntMiddleware()])
    entries = [
        (
            (entry.start_line or 0) + 1,
            {"key": entry.key, **{f.key.lower(): f.value for f in entry.fields}},
        )
        for entry in library.entries
    ]
    grid = _make_grid([(line, _read_bibtex_entry(entry)) for line, entry in entries], path)
    for block in library.failed_blocks:
        line = (block.start_line or 0) + 1
        twice = isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock)
        grid.complaints.append(
            Complaint(
                row=line,
                where=f"line {line}",
                value=getattr(block, "key", None) or (block.raw or "").strip().partition("\n")[0],
                rule="No key stands twice." if twice else "Every entry is sound BibTeX.",
                remedy="Rename one of the two." if twice else "Close its braces and quotes.",
            )
        )
    return grid


def _read_bibtex_entry(entry: Mapping[str, Any]) -> dict[str, str]:
    def first(*names: str) -> str:
        return next((text for name in names if (text := _plain(entry.get(name)))), "")

    links = [_ESCAPED.sub(r"\1", str(entry.get(name, ""))) for name in ("url", "howpublished")]
    arxiv = (
        entry.get("eprint", "") if "arxiv" in first("archiveprefix", "eprinttype").lower() else ""
    )
    return {
        "key": str(entry["key"]),
        "url": next((m[0] for m in map(_URL.search, links) if m), "")
        or _ESCAPED.sub(r"\1", str(entry.get("doi", "")))
        or (f"https://arxiv.org/abs/{arxiv}" if arxiv else ""),
        "publisher": first(
            *("journal", "journaltitle", "newspaper", "publisher", "institution", "organization"),
            *("school", "booktitle"),
        ),
        "published_edtf": first("date") or _join_date(*map(first, ("year", "month", "day"))),
        "language_code": _name_language(first("langid", "language")),
    }


def read_ris(text: str, path: Path) -> Grid:
    """The entries of a RIS file."""
    try:
        entries = rispy.loads(text)
    except Exception as error:  # its parser raises whatever a broken line leads to
        raise Unreadable(f"{path} is not sound RIS: export it again") from error
    rows = []
    for entry in entries:
        date = _join_date(*str(entry.get("date", "")).split("/")[:3])
        rows.append(
            {
                "key": str(entry.get("id", "")),
                "url": _choose(*entry.get("urls", []), entry.get("doi")),
                "publisher": _choose(
                    *(entry.get(name) for name in ("journal_name", "secondary_title")),
                    *(entry.get(name) for name in ("alternate_title3", "publisher")),
                ),
                "published_edtf": date or _join_date(*str(entry.get("year", "")).split("/")[:3]),
                "language_code": _name_language(_choose(entry.get("language"))),
            }
        )
    return _make_grid(enumerate(rows, start=1), path, word="entry")


def read_csl(text: str, path: Path) -> Grid:
    """The entries of a CSL JSON file."""
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{path} is not sound JSON: export it again as CSL JSON") from error
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise Unreadable(f"{path} is not CSL JSON, which is a list of entries")
    rows = [
        {
            "key": _choose(entry.get("id")),
            "url": _choose(entry.get("URL"), entry.get("DOI")),
            "publisher": _choose(entry.get("container-title"), entry.get("publisher")),
            "published_edtf": _read_csl_date(entry.get("issued")),
            "language_code": _name_language(_choose(entry.get("language"))),
        }
        for entry in entries
    ]
    return _make_grid(enumerate(rows, start=1), path, word="entry")


def _read_csl_date(issued: Any) -> str:
    if not isinstance(issued, dict):
        return ""
    parts = issued.get("date-parts")
    if isinstance(parts, list) and all(isinstance(one, list) for one in parts):
        return "/".join(filter(None, (_join_date(*map(str, one[:3])) for one in parts)))
    return _choose(issued.get("raw"), issued.get("literal"))


def _make_grid(
    rows: Iterable[tuple[int, dict[str, str]]], path: Path, *, word: str = "line"
) -> Grid:
    grid, seen = Grid(headings=list(HEADINGS)), dict[str, str]()
    for number, cells in rows:
        key = cells["key"]
        where = f"{word} {number} ({key})" if key else f"{word} {number}"
        if key and key in seen:
            rule = f"No key stands twice: {seen[key]} has it, too."
            grid.complaints.append(
                Complaint(row=number, where=where, rule=rule, remedy="Rename one of the two.")
            )
        seen[key] = where
        grid.rows.append(Row(number=number, where=where, cells=cells))
    if not grid.rows:
        grid.complaints.append(Complaint(rule=f"{path.name} has no entry.", remedy="Name another."))
    return grid


def _join_date(year: str = "", month: str = "", day: str = "") -> str:
    """Year, month and day as one date, as exactly as it is known."""
    parts: Iterator[str] = (part.strip() for part in (year, month, day))
    known = [part for part in parts if part]
    if all(part.isdigit() for part in known):
        return "-".join(part.zfill(2) for part in known)
    return " ".join(reversed(known))


def _name_language(text: str) -> str:
    """A language without its region, by its plain name."""
    match = _REGION.match(text)
    return match[1] if match else BABEL.get(text.casefold(), text)


def _choose(*values: object) -> str:
    """The first of some values that is text or a number."""
    return next((str(one) for one in values if one and isinstance(one, str | int)), "")


def _plain(value: object) -> str:
    """A field without the commands and braces of LaTeX."""
    if not value:
        return ""
    return str(LatexNodes2Text(strict_latex_spaces=True).latex_to_text(str(value))).strip()


MOST_BYTES = 20_000_000
TABLES_OF_TEXT = {".csv": read_csv, ".tsv": read_csv, ".txt": read_csv}
BIBLIOGRAPHIES = {".bib": read_bibtex, ".ris": read_ris, ".json": read_csl}
WORKBOOK = ".xlsx"
FORMATS: Mapping[str, tuple[str, ...]] = {
    "claims": (*TABLES_OF_TEXT, WORKBOOK),
    "events": (*TABLES_OF_TEXT, WORKBOOK),
    "sources": (*TABLES_OF_TEXT, WORKBOOK, *BIBLIOGRAPHIES),
}


def read_grid(path: Path, kind: str, *, sheet: str | None = None) -> Grid:
    """The rows of a file.

    Raises:
        Unreadable: It is of no format in which such rows can come, or cannot be read.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS[kind]:
        raise Unreadable(f"{path} is of no known format: save it as {', '.join(FORMATS[kind])}")
    raw = read_bytes(path, most=MOST_BYTES)
    if suffix == WORKBOOK:
        return read_xlsx(raw, path, sheet=sheet)
    return (TABLES_OF_TEXT | BIBLIOGRAPHIES)[suffix](decode(raw, path), path)
