"""How to cite the dataset: always with its version and the digest of its files."""

from entente.schema.dates import first_day
from entente.schema.dates_in_words import in_words
from entente.store import Dossier

DIGEST_LENGTH = 16
_LATEX = {mark: f"\\{mark}" for mark in "&%$#_{}"}


def citation(dossier: Dossier) -> str:
    """The reference in one line of plain text."""
    about = dossier["dataset"].iloc[0]
    released = about["released_edtf"]
    return (
        f"{about['title']} ({first_day(released).year}). Dataset, version {about['version']}, "
        f"{in_words(released)}. SHA-256 {dossier.digest[:DIGEST_LENGTH]}. "
        "Licence: CC BY 4.0."
    )


def citation_bibtex(dossier: Dossier) -> str:
    """The reference as a BibTeX entry."""
    about = dossier["dataset"].iloc[0]
    title = "".join(_LATEX.get(mark, mark) for mark in str(about["title"]))
    fields = {
        "title": f"{{{title}}}",
        "year": str(first_day(about["released_edtf"]).year),
        "version": str(about["version"]),
        "note": f"Dataset, SHA-256 {dossier.digest[:DIGEST_LENGTH]}, CC BY 4.0",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items()]
    return f"@misc{{{about['dataset_id']}-{about['version']},\n" + ",\n".join(lines) + "\n}"
