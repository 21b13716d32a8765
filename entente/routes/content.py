"""What the trade routes page shows: the finding and the figures of the mode that a view has."""

from collections.abc import Callable
from types import ModuleType

from entente.address.views import RoutesView
from entente.content import Panel
from entente.dossier.store import Dossier
from entente.routes import accuracy, best, block, compare, priorities, said

MODES: dict[str, ModuleType] = {
    "corridors": compare,
    "ways": best,
    "leverage": block,
    "weights": priorities,
    "benchmarks": accuracy,
}


def title(dossier: Dossier, view: RoutesView) -> str:
    """The finding of the mode; through the document's lens, what the document says."""
    if view.lens == "document":
        return said.title(dossier, view)
    make: Callable[[Dossier, RoutesView], str] = MODES[view.mode].title
    return make(dossier, view)


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """The figures of the mode; through the document's lens only its claims, as a table."""
    if view.lens == "document":
        return (said.panel(dossier, view),)
    make: Callable[[Dossier, RoutesView, str], tuple[Panel, ...]] = MODES[view.mode].panels
    return make(dossier, view, appearance)
