"""The plate of trade routes: the finding and the figures of the reading that a view has."""

from collections.abc import Callable
from dataclasses import replace

from entente.address.views import RoutesView
from entente.content import Panel
from entente.dossier.store import Dossier
from entente.routes import said as routes_said
from entente.routes.modes import (
    benchmark_reading,
    corridor_reading,
    leverage_reading,
    way_reading,
    weight_reading,
)

Title = Callable[[Dossier, RoutesView], str]
Panels = Callable[[Dossier, RoutesView, str], tuple[Panel, ...]]
MODES: dict[str, tuple[Title, Panels]] = {
    "corridors": (corridor_reading.title, corridor_reading.panels),
    "ways": (way_reading.title, way_reading.panels),
    "leverage": (leverage_reading.title, leverage_reading.panels),
    "weights": (weight_reading.title, weight_reading.panels),
    "benchmarks": (benchmark_reading.title, benchmark_reading.panels),
}


def title(dossier: Dossier, view: RoutesView) -> str:
    """The finding of the reading; through the document's lens, what the comment says."""
    if view.lens == "document":
        return routes_said.title(view)
    return MODES[view.mode][0](dossier, view)


def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """The figures of the reading; none through the document's lens, which gives no figure."""
    if view.lens == "document":
        return (routes_said.panel(dossier, view),)
    pick = corridor_reading.settled(dossier, view)
    return MODES[view.mode][1](dossier, replace(view, pick=pick), appearance)
