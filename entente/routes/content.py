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
    make: Callable[[Dossier, RoutesView], str] = _mode(view).title
    return make(dossier, view)


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """The figures of the mode; through the document's lens only its claims, as a table."""
    make: Callable[[Dossier, RoutesView, str], tuple[Panel, ...]] = _mode(view).panels
    return make(dossier, view, appearance)


def _mode(view: RoutesView) -> ModuleType:
    return said if view.lens == "document" else MODES[view.mode]
