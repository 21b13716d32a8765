"""What any view shows: the page's feature says its finding and its panels."""

from collections.abc import Callable
from typing import Any

from entente.address.pages import encode_query
from entente.address.views import View
from entente.alliance import content as alliance_map
from entente.alliance.borders import state_borders
from entente.briefing import home
from entente.claims import content as claims
from entente.content import PageContent, Panel, aim_panels
from entente.datapage import content as dataset
from entente.dossier.store import Dossier
from entente.routes import content as routes
from entente.timeline import content as timeline

MODULES: dict[str, Any] = {
    "briefing": home,
    "alliance_map": alliance_map,
    "timeline": timeline,
    "trade_routes": routes,
    "claims": claims,
    "data": dataset,
}


def page_content(
    dossier: Dossier, page: str, view: View, *, appearance: str = "light"
) -> PageContent:
    """All that a view of a page shows, its maps and its timeline where its camera looks."""
    panels = _aim(MODULES[page].panels(dossier, view, appearance), view)
    return PageContent(
        page_code=page,
        title=page_title(dossier, view),
        query=encode_query(view, dossier),
        panels=panels,
        borders=_borders(dossier, page, view, panels),
    )


def room_panels(
    dossier: Dossier, page: str, view: View, *, appearance: str = "light"
) -> tuple[Panel, ...]:
    """What a view shows a room, where a page says that this is not just its first panel."""
    make = getattr(MODULES[page], "room_panels", None)
    return _aim(make(dossier, view, appearance), view) if make else ()


def page_title(dossier: Dossier, view: View) -> str:
    """What a view finds, as its headline."""
    title: Callable[..., str] = MODULES[view.page_code].title
    return title(dossier, view)


def _aim(panels: tuple[Panel, ...], view: View) -> tuple[Panel, ...]:
    """Panels where the view looks. They are made, and kept, without regard to that."""
    return aim_panels(panels, getattr(view, "camera", None))


def _borders(dossier: Dossier, page: str, view: Any, panels: tuple[Panel, ...]) -> str:
    """What is to be said of borders: nothing where no map is drawn."""
    statement = dossier.document.text("borders-statement")
    if page == "alliance_map" and view.mode == "map":
        return f"{state_borders(dossier, view.borders)} {statement}"
    has_map = any(
        trace.type in ("scattergeo", "choropleth")
        for panel in panels
        if panel.figure is not None
        for trace in panel.figure.data
    )
    return statement if has_map else ""
