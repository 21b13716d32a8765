"""What a page shows first, for a browser that draws it while the app is still on its way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entente.address.codec import decode
from entente.address.pages import VIEWS
from entente.address.views import has_page
from entente.briefing.page_contents import MODULES, page_title
from entente.content import Panel
from entente.dossier.store import Dossier
from entente.style.palette import css_variables, palette_for

# By page, the figures of its first screen, by key. What a page shows elsewhere is not drawn ahead.
FIRST = {
    "briefing": ("ties", "visits", "routes"),
    "alliance_map": ("alliance-map",),
    "timeline": ("timeline",),
    "trade_routes": ("corridor-map", "corridor-ranges"),
    "claims": ("verdict-score",),
    "data": ("origins",),
}


@dataclass(frozen=True, kw_only=True)
class FirstView:
    """The headline of a page and its figures.

    Attributes:
        page: Code of the page.
        title: The finding, in a sentence.
        camera: The part that the first figure looks at; None for the named view.
        variables: The palette as CSS custom properties.
        panels: Every panel of the page that has a figure, in order.
    """

    page: str
    title: str
    camera: str | None
    variables: str
    panels: tuple[Panel, ...]

    @property
    def first(self) -> tuple[Panel, ...]:
        """The panels of the first screen."""
        return tuple(panel for panel in self.panels if panel.key in FIRST[self.page])


def find_first_view(
    dossier: Dossier, page: str, address: Mapping[str, Sequence[str]], *, appearance: str
) -> FirstView | None:
    """The first view of a page at an address; None where the page begins with something else.

    Args:
        dossier: The dataset.
        page: Code of the page.
        address: The parameters of the address, each with all its values.
        appearance: Name of the palette.
    """
    if page not in FIRST or not has_page(dossier, page):
        return None
    view, notices = decode(VIEWS[page], address, dossier)
    day = getattr(view, "as_of", dossier.document.day)
    if notices or day < dossier.document.day:  # which a page says above all else
        return None
    module = MODULES[page]  # what a page folds away is left out; where it looks changes nothing
    shown = getattr(module, "shown_panels", module.panels)(dossier, view, appearance)
    found = FirstView(
        page=page,
        title=page_title(dossier, view),
        camera=getattr(view, "camera", None),
        variables=css_variables(palette_for(dossier.document, appearance)),
        panels=tuple(panel for panel in shown if panel.figure is not None),
    )
    return found if found.first else None
