"""Two versions of a text, marked up word by word."""

import re
from difflib import SequenceMatcher

LITTLE_IN_COMMON = 0.4  # share of words


def words_apart(before: str, after: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Two texts in pieces, each with whether the other text lacks it; pieces joined give the text.

    Word by word, as a reader would mark the two up; dates and numbers are one word. Texts with next
    to nothing in common come back in one piece each, an empty text in none.
    """
    old, new = _words(before), _words(after)
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    if matcher.ratio() < LITTLE_IN_COMMON:
        return _pieces([(before, True)]), _pieces([(after, True)])
    olds, news = [], []
    for kind, i, j, m, n in matcher.get_opcodes():
        olds.append(("".join(old[i:j]), kind != "equal"))
        news.append(("".join(new[m:n]), kind != "equal"))
    return _pieces(olds), _pieces(news)


def _pieces(found: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    return [piece for piece in found if piece[0]]


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+(?:[-.,:/]\w+)*|[^\w\s]", text)
