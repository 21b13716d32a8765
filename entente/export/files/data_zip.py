"""The dataset to take away: every file byte for byte as it was checked, in one archive.

The same dataset gives the same bytes: names are sorted and times are fixed.
"""

from collections.abc import Callable

from entente.check.contract import TABLES
from entente.check.tables import find_file
from entente.dossier.archive import pack
from entente.dossier.store import FILES, Dossier, digest_files
from entente.export.files.citation import citation, citation_bibtex
from entente.settings import HOME

LICENCES = HOME / "assets" / "licences.md"
# Built or written beside the tables; not part of what is checked, so they may be absent.
COMPANIONS = ("datapackage.json", "CHANGELOG.md")


class ChangedDataset(Exception):
    """The files are no longer those that the dossier was read from."""


def data_zip(dossier: Dossier) -> bytes:
    """One archive with all tables, lines, description, change log, read-me and licences.

    Tables that the dossier leaves out are left out here, too; those that it takes from Entente's
    own data are in it.

    Raises:
        ChangedDataset: The files have changed since `dossier` was read.
    """
    _check_unchanged(dossier)
    paths = {name: find_file(dossier.folder, name) for name in FILES}
    paths |= {name: dossier.folder / name for name in COMPANIONS}
    files = {name: path.read_bytes() for name, path in paths.items() if path.is_file()}
    files["LICENCES.md"] = licences(dossier).encode("utf-8")
    files["README.txt"] = readme(dossier).encode("utf-8")
    return pack(files, top=f"entente-{dossier.version}")


def table_csv(dossier: Dossier, name: str) -> bytes:
    """The file of one table; a header alone where the dossier leaves the table out.

    Raises:
        ChangedDataset: The files have changed since `dossier` was read.
        KeyError: There is not a table of that name.
    """
    if name not in TABLES:
        raise KeyError(name)
    _check_unchanged(dossier)
    path = find_file(dossier.folder, f"{name}.csv")
    if not path.is_file():
        return (",".join(TABLES[name].columns) + "\n").encode("utf-8")
    return path.read_bytes()


def licences(dossier: Dossier, *, literal: Callable[[str], str] = str) -> str:
    """What each part of the dataset may be used for, as Markdown, with the dataset's own licence.

    Args:
        dossier: Names its licence.
        literal: Escapes words of the dataset, for a reader of Markdown.
    """
    row = dossier["dataset"].iloc[0]
    text = LICENCES.read_text(encoding="utf-8")
    named = text.replace("{licence}", literal(row["licence_title"]))
    return named.replace("{licence-url}", row["licence_url"])


def readme(dossier: Dossier) -> str:
    """What is in the archive, for people: tables with their rows, how to read and to cite them."""
    rows = [f"{name + '.csv':32}{len(dossier[name]):>7} rows  {about(name)}" for name in TABLES]
    return "\n".join(
        [
            str(dossier["dataset"].at[0, "title"]),
            f"Version {dossier.version}; SHA-256 of the checked files {dossier.digest}",
            "",
            "Tables are CSV: UTF-8, commas, a header row, empty cells for what is not known.",
            "Columns, units, keys and references between tables: datapackage.json (Frictionless).",
            "Dates are EDTF. No cell starts like a spreadsheet formula: the data check forbids it.",
            "",
            *rows,
            "",
            "How to cite",
            citation(dossier),
            "",
            citation_bibtex(dossier),
            "",
            "Licences: LICENCES.md. Changes: CHANGELOG.md.",
            "",
        ]
    )


def about(name: str) -> str:
    """What a table holds, in a sentence: as the contract has it."""
    if name.startswith("codes/"):
        return f"Words for {name.removeprefix('codes/').replace('_', ' ')}."
    return TABLES[name].about


def _check_unchanged(dossier: Dossier) -> None:
    if digest_files(dossier.folder) != dossier.digest:
        raise ChangedDataset(f"the files of dataset {dossier.version} have changed")
