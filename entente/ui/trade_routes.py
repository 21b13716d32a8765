"""The trade routes page: its controls, its title, and the reading that the reader chose."""

from collections.abc import Callable
from dataclasses import replace

from entente.store import Dossier
from entente.ui import (
    markup,
    route_benchmarks,
    route_corridors,
    route_leverage,
    route_ways,
    route_weights,
    url_state,
)
from entente.ui.route_controls import show_controls, show_what_if
from entente.views import RoutesView

__all__ = ["settled", "show_controls", "show_reading", "show_what_if", "title"]

Title = Callable[[Dossier, RoutesView], str]
Show = Callable[[Dossier, RoutesView], None]
READINGS: dict[str, tuple[Title, Show]] = {
    "corridors": (route_corridors.title, route_corridors.show),
    "ways": (route_ways.title, route_ways.show),
    "leverage": (route_leverage.title, route_leverage.show),
    "weights": (route_weights.title, route_weights.show),
    "benchmarks": (route_benchmarks.title, route_benchmarks.show),
}


def settled(dossier: Dossier, view: RoutesView) -> RoutesView:
    """The view with a corridor to put forward that joins its two places, or none."""
    pick = route_corridors.compared_of(dossier, view).settled(view.pick)
    if pick != view.pick:
        url_state.put(RoutesView, "pick", pick)
    return replace(view, pick=pick)


def title(dossier: Dossier, view: RoutesView) -> str:
    """The finding of the reading."""
    return markup.literal(READINGS[view.reading][0](dossier, view))


def show_reading(dossier: Dossier, view: RoutesView) -> None:
    """What proves it."""
    READINGS[view.reading][1](dossier, view)
