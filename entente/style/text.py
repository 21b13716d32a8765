"""How text is set, whatever it says."""

import re

WORD_JOINER = "\u2060"
_COMPOUND = re.compile(r"(?<=\w)–(?=\w)")


def keep_compounds(text: str) -> str:
    """Text whose lines do not end within a compound: behind a dash between letters or digits.

    Browsers may end a line behind an en dash, which leaves half a name at the end of a headline.
    """
    return _COMPOUND.sub(f"–{WORD_JOINER}", text)
