"""How to cite the dataset: always with its version and the digest of its files."""

import datetime as dt

from entente.dates import day_in_words, first_day, in_words
from entente.dossier.store import Dossier
from entente.record.horizon import say_age

DIGEST_LENGTH = 16
OUTLINES_CREDIT = "Outlines: United Nations Geospatial data; no borders are endorsed."
_LATEX = {mark: f"\\{mark}" for mark in "&%$#_{}"}


def citation(dossier: Dossier) -> str:
    """The reference in one line of plain text."""
    about = dossier["dataset"].iloc[0]
    released = about["released_edtf"]
    return (
        f"{about['title']} ({first_day(released).year}). Dataset, version {about['version']}, "
        f"{in_words(released)}; newest source {day_in_words(dossier.horizon)}. "
        f"SHA-256 {dossier.digest[:DIGEST_LENGTH]}. Licence: {about['licence']}."
    )


def picture_credit(dossier: Dossier, *, is_map: bool) -> str:
    """Where a picture is from, for its foot; a map names whose outlines it shows."""
    about = dossier["dataset"].iloc[0]
    released = in_words(about["released_edtf"])
    from_us = f"Entente, dataset {about['version']}, {released}. {about['licence']}."
    return f"{from_us} {OUTLINES_CREDIT}" if is_map else from_us


def citation_bibtex(dossier: Dossier) -> str:
    """The reference as a BibTeX entry."""
    about = dossier["dataset"].iloc[0]
    return _write_bibtex(dossier, str(about["version"]), title=str(about["title"]))


def view_citation(dossier: Dossier, *, title: str, link: str, accessed: dt.date) -> str:
    """The reference to one view, in plain text: when it was seen, and how old the record was."""
    age, seen = say_age(dossier.horizon, accessed), f"accessed {day_in_words(accessed)}"
    if age:
        seen += f", {age} after the newest source"
    return f"Entente: {title}. {link} ({seen}). {citation(dossier)}"


def view_citation_bibtex(dossier: Dossier, *, title: str, link: str, accessed: dt.date) -> str:
    """The reference to one view as a BibTeX entry."""
    day = accessed.isoformat()
    return _write_bibtex(dossier, f"view-{day}", title=f"Entente: {title}", url=link, urldate=day)


def _write_bibtex(dossier: Dossier, key: str, *, title: str, **more: str) -> str:
    about = dossier["dataset"].iloc[0]
    fields = {
        "title": f"{{{_escape(title)}}}",
        "year": str(first_day(about["released_edtf"]).year),
        "version": str(about["version"]),
        **more,
        "note": _escape(
            f"Dataset, newest source {day_in_words(dossier.horizon)}, "
            f"SHA-256 {dossier.digest[:DIGEST_LENGTH]}, {about['licence']}"
        ),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items()]
    return f"@misc{{{about['dataset_id']}-{key},\n" + ",\n".join(lines) + "\n}"


def _escape(text: str) -> str:
    return "".join(_LATEX.get(mark, mark) for mark in text)
