"""Which parts a dossier has: a page without rows to show is left out, everywhere.

A dossier that leaves out ties, events, routes or scenes is sound. Menus, home, scenes, findings,
files and commands ask here, and nowhere else, whether a page has anything to show.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from entente.dossier.store import Dossier


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a page shows.

    Attributes:
        tables: Tables without whose rows it has nothing to show.
        absence: What is said in its place then, in a sentence.
    """

    tables: tuple[str, ...]
    absence: str


# Code of a page to what it shows; pages that are not here can always be shown.
PARTS: Mapping[str, Part] = {
    "alliance_map": Part(
        tables=("ties",), absence="This dossier has no ties between actors, and so no map of them."
    ),
    "timeline": Part(tables=("events",), absence="This dossier has no events, and so no timeline."),
    "trade_routes": Part(tables=("legs", "corridors"), absence="This dossier has no trade routes."),
}
NO_SCENES = "This dossier has no scenes to present."


def has_page(dossier: Dossier, page: str) -> bool:
    """Whether a page, by its code, has anything to show."""
    return page not in PARTS or all(len(dossier[name]) for name in PARTS[page].tables)


def say_absence(dossier: Dossier, page: str) -> str:
    """Why a page, by its code, is not there, in a sentence; empty where it is."""
    return "" if has_page(dossier, page) else PARTS[page].absence
