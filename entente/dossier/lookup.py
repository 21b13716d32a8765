"""Ids by what people write: the id itself, a label, or a part of one label only."""

import re
import unicodedata
from collections.abc import Callable, Mapping

MOST_NAMED = 6


class NotUnderstood(Exception):
    """A word that means nothing here; the message is one line."""


def find_id(what: str, word: str, labels: Mapping[str, str]) -> str:
    """The id that a word means: an id, a whole label, or a part of one label only.

    Raises:
        NotUnderstood: it means none of them, or several.
    """
    plain = _plain(word)
    tests: tuple[Callable[[str, str], bool], ...] = (
        lambda key, label: _plain(key) == plain,
        lambda key, label: _plain(label) == plain,
        lambda key, label: plain in [_plain(part) for part in re.split(r"[()/]", label)],
    )
    for is_meant in tests:
        meant = [key for key, label in labels.items() if plain and is_meant(key, label)]
        if len(meant) == 1:
            return meant[0]
        if meant:
            raise NotUnderstood(f"{what} {word!r} may be {', '.join(meant[:MOST_NAMED])}")
    near = [key for key, label in labels.items() if plain and plain in _plain(label)]
    hint = f": perhaps {', '.join(near[:MOST_NAMED])}" if near else ""
    raise NotUnderstood(f"unknown {what} {word!r}{hint}")


def _plain(text: str) -> str:
    """Without case, accents and blanks at the ends, for comparing."""
    parts = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i"))
    return "".join(part for part in parts if not unicodedata.combining(part)).strip()
