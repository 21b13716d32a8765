"""`python -m entente read FILE`: from a document to hashes of its sentences and a sheet."""

import argparse
from pathlib import Path
from typing import Any

from entente.cli.arguments import add_dataset_options, refuse
from entente.intake.files import Unreadable, read_document
from entente.intake.sentences import (
    NAME,
    SPREADSHEET,
    count_rows,
    list_adrift,
    read_sentences,
    write_reading,
)
from entente.record.locators import DEFAULT_LANGUAGE

ABOUT = "split a document into sentences: their hashes for the dossier, a sheet for its claims"
MORE = f"""
Writes {NAME}.csv into the dossier: a keyed hash of each sentence, by paragraph and
number. The text itself does not belong in a dossier. It goes into a sheet beside it, with a row for
each sentence and empty columns for its claims; fill them in (copy a row for each further claim),
and bring them in with `import claims`. Paragraphs are set apart by blank lines, or by line breaks
where most lines end as sentences do. Paragraph 0 is the footnotes, which begin with a mark such as
[1]. Short lines without a full stop are headings and are left out.
"""
SHEETS = (".csv", SPREADSHEET)


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("read", help=ABOUT, description=f"{ABOUT}. {MORE}")
    command.add_argument(
        "file",
        metavar="FILE",
        type=Path,
        help="the document: plain text in UTF-8, Markdown, or a web page saved from a browser",
    )
    command.add_argument(
        "--sheet",
        metavar="FILE",
        type=Path,
        default=Path("claims-sheet.csv"),
        help="the sheet to write, .csv or .xlsx, outside of the dossier (default: %(default)s)",
    )
    command.add_argument(
        "--language",
        metavar="CODE",
        default=DEFAULT_LANGUAGE,
        help="the document's language, a code or label of codes/languages.csv, by whose rules "
        "sentences end (default: %(default)s)",
    )
    command.add_argument(
        "--replace", action="store_true", help=f"replace the rows that {NAME}.csv has"
    )
    add_dataset_options(command, has_json=False)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the table and the sheet and say so in a few lines; 2 when either cannot be made."""
    folder, sheet = options.data, options.sheet
    try:
        _refuse_places(options.file, folder, sheet, replace=options.replace)
        text = read_document(options.file)
        reading = read_sentences(text, folder=folder, language=options.language, sheet=sheet)
        adrift = list_adrift(folder, reading)
        write_reading(reading, folder=folder, sheet=sheet)
    except Unreadable as why:
        return refuse("read", why)
    split = reading.split
    number = sum(map(len, [*split.body, split.footnotes]))
    print(
        f"{folder / NAME}.csv: {number} sentences in {len(split.body)} paragraphs, "
        f"{len(split.footnotes)} of them in footnotes; {len(split.headings)} headings left out."
    )
    print(
        f"{sheet}: the sentences themselves, for you to note claims. It holds the document's text: "
        "keep it out of the dossier."
    )
    if adrift:
        print(f"Claims without their sentence now, to be corrected: {', '.join(adrift)}.")
    return 0


def _refuse_places(file: Path, folder: Path, sheet: Path, *, replace: bool) -> None:
    """Look at where things stand before anything is read.

    Raises:
        Unreadable: The text or the sheet would stand in the dossier, or something be overwritten.
    """
    home = folder.resolve()
    if not home.is_dir():
        raise Unreadable(f"there is no folder {folder}")
    for path in (file, sheet):
        if path.resolve().is_relative_to(home):
            raise Unreadable(f"{path} lies in the dossier, where the text does not belong")
    if sheet.suffix.lower() not in SHEETS:
        raise Unreadable(f"{sheet} is no sheet: name a file that ends in .csv or .xlsx")
    if sheet.exists():
        raise Unreadable(f"{sheet} is there already: name another with --sheet")
    if not sheet.resolve().parent.is_dir():
        raise Unreadable(f"there is no folder {sheet.parent}")
    if not replace and (rows := count_rows(folder)):
        raise Unreadable(
            f"{NAME}.csv has {rows} sentences already: --replace puts new ones in their place"
        )
