"""The account of the method, in sections, with what it says of one document filled in from data."""

import re
from collections.abc import Callable

from entente.dates import day_in_words
from entente.dossier.document import Document
from entente.dossier.store import HOME

METHOD = HOME / "assets" / "method.md"
TEXTS = ("method-borders", "method-tie-example", "method-veto-example")
_PLACE = re.compile(r"\{([a-z-]+)\}")
_SECTION = re.compile(r"^## +(.+)$", re.MULTILINE)


def method_sections(
    document: Document, *, literal: Callable[[str], str] = str
) -> tuple[tuple[str, str], ...]:
    """Title and Markdown of each section of the method, in order.

    Args:
        document: Gives the day, the examples and what cannot be known about its subject.
        literal: Escapes words of the dataset, for a reader of Markdown.
    """
    words = {
        "published": literal(day_in_words(document.day)),
        "published-year": str(document.day.year),
        "unknowns": "\n".join(f"- {literal(text)}" for text in document.unknowns),
        **{text_id: literal(document.text(text_id)) for text_id in TEXTS},
    }
    parts = _SECTION.split(METHOD.read_text(encoding="utf-8"))[1:]
    return tuple(
        (title.strip(), _PLACE.sub(lambda place: words[place[1]], body).strip())
        for title, body in zip(parts[::2], parts[1::2], strict=True)
    )
