"""The trade routes page: its controls, its title, and the reading that the reader chose."""

from collections.abc import Callable
from dataclasses import replace

from entente.address.views import RoutesView
from entente.app import markup, url_state
from entente.app.pages import (
    route_benchmarks,
    route_corridors,
    route_lens,
    route_leverage,
    route_ways,
    route_weights,
)
from entente.app.pages.route_controls import show_controls, show_what_if
from entente.dossier.store import Dossier
from entente.routes import content as routes
from entente.routes.modes import corridor_reading

__all__ = ["settled", "show_controls", "show_reading", "show_what_if", "title"]

Show = Callable[[Dossier, RoutesView], None]
MODES: dict[str, Show] = {
    "corridors": route_corridors.show,
    "ways": route_ways.show,
    "leverage": route_leverage.show,
    "weights": route_weights.show,
    "benchmarks": route_benchmarks.show,
}


def settled(dossier: Dossier, view: RoutesView) -> RoutesView:
    """The view with a corridor to put forward that joins its two places, or none."""
    pick = corridor_reading.settled(dossier, view)
    if pick != view.pick:
        url_state.put(RoutesView, "pick", pick)
    return replace(view, pick=pick)


def title(dossier: Dossier, view: RoutesView) -> str:
    """The finding of the reading; through the document's lens, what the comment says."""
    return markup.literal(routes.title(dossier, view))


def show_reading(dossier: Dossier, view: RoutesView) -> None:
    """What the comment says about the routes, and what proves the finding."""
    route_lens.show_said(dossier, view)
    if view.lens != "document":
        MODES[view.mode](dossier, view)
