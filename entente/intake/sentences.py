"""The sentences of a document: hashes for the dossier, and a sheet on which to note claims."""

import io
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from entente.check.contract import TABLES
from entente.check.tables import read_text_table
from entente.export.files.writing import inert, plain, rows_csv, write_whole
from entente.intake.files import Unreadable
from entente.record.locators import DEFAULT_LANGUAGE, SplitText, digest_sentence, split_text

NAME = "document_sentences"
DATASET = "dataset"
SALT = re.compile(r"[0-9a-f]{32}")
SPREADSHEET = ".xlsx"
# What the sheet asks of each claim; `entente import claims` knows these headings.
ASKED = (
    *("claim_id", "claim", "kind", "theme", "hedge", "hedge_words", "actors", "events"),
    *("verdict", "from", "reasoning", "sources", "undrawn_reason"),
)
WIDE = ("text", "claim", "reasoning")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A text as it was read: its sentences, and the tables and the sheet made from them.

    Attributes:
        split: The sentences.
        tables: New content of tables of the dossier, by name.
        sheet: The sheet on which to note claims.
    """

    split: SplitText
    tables: dict[str, bytes]
    sheet: bytes


def read_sentences(text: str, *, folder: Path, language: str, sheet: Path) -> Reading:
    """Split a text; nothing is written.

    Args:
        text: The document.
        folder: The dossier, which has the key of the hashes and knows languages.
        language: Code or label of the language that the text is in.
        sheet: Where the sheet will stand; its suffix says in which format.

    Raises:
        Unreadable: The dossier lacks what is needed, or the text has no sentence or too many.
    """
    salt, tables = _find_salt(folder)
    split = split_text(text, language=_find_language(folder, language))
    sentences = split.number_sentences()
    _check_limits(sentences)
    hashes = [(*place, digest_sentence(one, salt=salt)) for place, one in sentences.items()]
    table = pd.DataFrame(hashes, columns=list(TABLES[NAME].columns))
    noted = pd.DataFrame(
        [(*place, one, *[""] * len(ASKED)) for place, one in sentences.items()],
        columns=["paragraph", "sentence", "text", *ASKED],
    )
    return Reading(
        split=split,
        tables={**tables, NAME: _rows_plain(table)},
        sheet=_rows_xlsx(noted) if sheet.suffix.lower() == SPREADSHEET else rows_csv(noted),
    )


def write_reading(reading: Reading, *, folder: Path, sheet: Path) -> None:
    """Write the tables and the sheet, or neither.

    Raises:
        Unreadable: One of them cannot be written.
    """
    try:
        write_whole(sheet, reading.sheet)
        try:
            for name, content in reading.tables.items():
                write_whole(folder / f"{name}.csv", content)
        except OSError:
            sheet.unlink()
            raise
    except OSError as error:
        raise Unreadable(f"nothing was written: {error}") from error


def count_rows(folder: Path) -> int:
    """How many sentences the dossier has already."""
    frame = read_text_table(folder, NAME, columns=()).frame
    return 0 if frame is None else len(frame)


def list_adrift(folder: Path, reading: Reading) -> list[str]:
    """Claims of the dossier whose sentence the text does not have."""
    frame = read_text_table(folder, "claims", columns=()).frame
    if frame is None or not {"claim_id", "paragraph", "sentence"} <= set(frame):
        return []
    places = {tuple(map(str, place)) for place in reading.split.number_sentences()}
    rows = frame[["claim_id", "paragraph", "sentence"]].itertuples(index=False, name=None)
    return [claim for claim, *place in rows if tuple(place) not in places]


def _find_salt(folder: Path) -> tuple[str, dict[str, bytes]]:
    """The key of the hashes, and the table of the dataset with a new one where it has none yet.

    Raises:
        Unreadable: There is no such table of one row, or its key is not sound.
    """
    frame = read_text_table(folder, DATASET, columns=()).frame
    is_row = frame is not None and len(frame) == 1 and "sentence_salt" in frame
    salt = str(frame["sentence_salt"].iloc[0]) if frame is not None and is_row else ""
    if SALT.fullmatch(salt):
        return salt, {}
    if frame is None or not is_row or salt:
        raise Unreadable(
            f"{folder / DATASET}.csv has no sentence_salt of 32 hexadecimal digits, with which "
            "sentences are hashed: is this a dossier?"
        )
    new = secrets.token_hex(16)
    return new, {DATASET: _rows_plain(frame.assign(sentence_salt=new))}


def _rows_plain(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False, lineterminator="\n").encode()


def _find_language(folder: Path, word: str) -> str:
    """The code of a language; `verify-document` tries those of the dossier's code table."""
    frame = read_text_table(folder, "codes/languages", columns=()).frame
    known = {} if frame is None else dict(zip(frame["code"], frame["label"], strict=True))
    for code, label in {DEFAULT_LANGUAGE: "English", **known}.items():
        if word.casefold() in (code.casefold(), label.casefold()):
            return str(code)
    raise Unreadable(f"unknown language {word!r}: add it to {folder / 'codes' / 'languages.csv'}")


def _check_limits(sentences: dict[tuple[int, int], str]) -> None:
    if not sentences:
        raise Unreadable(
            "no sentence was found: a short line without a full stop is taken for a heading"
        )
    for what, number in (("paragraph", 0), ("sentence", 1)):
        most = TABLES[NAME].columns[what].most or 0
        found = max(place[number] for place in sentences)
        if found > most:
            raise Unreadable(
                f"the text has a {what} {found:,}, and {most:,.0f} is the most: put blank lines "
                "between its paragraphs, or read it in parts"
            )


def _rows_xlsx(table: pd.DataFrame) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append(list(table.columns))
    for row in table.itertuples(index=False, name=None):
        sheet.append([inert(plain(cell)) if isinstance(cell, str) else cell for cell in row])
    for letter, heading in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", table.columns, strict=False):
        sheet.column_dimensions[letter].width = 60 if heading in WIDE else 14
        sheet[f"{letter}1"].font = Font(bold=True)
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
