"""Names in sentences: lists of them, and the article that some take."""

from collections.abc import Sequence

WITH_ARTICLE = ("United ", "Asian Development ", "International ", "Islamic Development ", "self-")


def spoken(label: str) -> str:
    """A name of an actor as it stands within a sentence: "the United States"."""
    return f"the {label}" if label.startswith(WITH_ARTICLE) else label


def plain(name: str) -> str:
    """A name without its article, to sort by."""
    return name.removeprefix("the ")


def capitalised(text: str) -> str:
    """A name as it begins a sentence: "The United States"."""
    return f"{text[:1].upper()}{text[1:]}"


def listed(parts: Sequence[str]) -> str:
    """A list in words."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
