"""The method as sections for a slide: heading, its first sentences, and its whole text."""

import re
from functools import lru_cache

from entente.dossier.store import HOME

METHOD = HOME / "assets" / "method.md"
BRIEF_LENGTH = 300
_MARKS = re.compile(r"[`*]")
_SENTENCE = re.compile(r"(?<=[^\d][.!?])\s+(?=[A-Z“])")


@lru_cache(maxsize=1)
def sections() -> tuple[tuple[str, str, str], ...]:
    """Heading, brief text and whole text of every section of the method, in order."""
    parts = METHOD.read_text(encoding="utf-8").split("## ")[1:]
    return tuple(_section(part) for part in parts)


def _section(part: str) -> tuple[str, str, str]:
    head, _, body = part.partition("\n")
    text = _MARKS.sub("", body).strip()
    whole = "\n".join(" ".join(block.split()) for block in re.split(r"\n\n|\n(?=- |\d\. )", text))
    return head.strip(), _brief(whole), whole


def _brief(text: str) -> str:
    """As many first sentences as a slide has room for, at least one."""
    said = ""
    for sentence in _SENTENCE.split(" ".join(text.replace("\n- ", "\n").split())):
        if said and len(said) + len(sentence) > BRIEF_LENGTH:
            break
        said = f"{said} {sentence}".removeprefix(" ").removeprefix("- ")
    return said
