"""Which formats a kind of rows can come in, told by the end of a file's name."""

from collections.abc import Mapping
from pathlib import Path

from entente.intake.bibliographies import read_bibtex, read_csl, read_ris
from entente.intake.files import Unreadable, decode, read_bytes
from entente.intake.grid import Grid
from entente.intake.table_csv import read_csv
from entente.intake.table_xlsx import read_xlsx

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
