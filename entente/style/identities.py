"""What a mark carries of what it stands for, and how something says that it stands for nothing.

Every point of every trace carries `[kind, id, ids behind it]` as `customdata`: the id is what a
click picks; several are joined by blanks. A trace that stands for nothing in the dataset (a key, a
ground, an outline) says so in its `meta`, and a shape in its `name`. Annotations are words beside
marks, and carry nothing.
"""

from collections.abc import Iterable, Mapping

SCAFFOLD = "scaffold"
ONLY_ON = "only_on"


def identity(kind: str, ids: str | Iterable[str], *behind: str | Iterable[str]) -> list[str]:
    """The `customdata` of one mark.

    Args:
        kind: What it stands for, such as `event`; tests know the kinds that there are.
        ids: The id of it, or several.
        behind: Ids of the claims, events, legs and the like on which it rests; blanks part them.
    """
    return [kind, _joined([ids]), _joined(behind)]


def scaffold(what: str) -> dict[str, str]:
    """The `meta` of a trace that stands for nothing in the dataset."""
    return {SCAFFOLD: what}


def is_scaffold(meta: object) -> bool:
    """Whether a trace with that `meta` says that it stands for nothing."""
    return isinstance(meta, Mapping) and bool(meta.get(SCAFFOLD))


def phone_only() -> dict[str, str]:
    """The `meta` of a trace that takes the place of another on a narrow screen."""
    return {ONLY_ON: "phone"}


def is_phone_only(meta: object) -> bool:
    """Whether a trace with that `meta` is drawn on a narrow screen alone."""
    return isinstance(meta, Mapping) and meta.get(ONLY_ON) == "phone"


def scaffold_name(what: str) -> str:
    """The `name` of a shape that stands for nothing."""
    return f"{SCAFFOLD}: {what}"


def identity_name(mark: Iterable[str]) -> str:
    """The `name` of a shape that stands for something: its identity in a line."""
    return " ".join(part for part in mark if part)


def _joined(parts: Iterable[str | Iterable[str]]) -> str:
    """Ids, each once, in the order in which they come."""
    lists = [part.split() if isinstance(part, str) else list(part) for part in parts]
    return " ".join(dict.fromkeys(one for found in lists for one in found))
