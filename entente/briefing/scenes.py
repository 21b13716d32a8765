"""The scenes of the briefing, and any one view as a scene of its own."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from entente.address.codec import decode
from entente.address.pages import HOME_PAGE, VIEWS
from entente.address.views import View, scenes
from entente.briefing.page_contents import page_content
from entente.content import PageContent, Scene
from entente.dossier.cache import cached
from entente.dossier.store import Dossier

ALL = "all"


class NothingToShow(Exception):
    """What was asked for is not there; the message says so in one line."""


def choose_scenes(
    dossier: Dossier, wanted: Sequence[str] = (ALL,), *, appearance: str = "light"
) -> tuple[Scene, ...]:
    """Scenes by id, in the order of the briefing.

    Raises:
        NothingToShow: An id is unknown, or none was given.
    """
    order = scenes(dossier)
    unknown = [name for name in wanted if name not in (ALL, *order)]
    if unknown:
        raise NothingToShow(f"unknown scene {unknown[0]!r}; there are {', '.join(order)}")
    chosen = order if ALL in wanted else [name for name in order if name in wanted]
    if not chosen:
        raise NothingToShow("no scene was asked for")
    return tuple(make_scene(dossier, name, appearance=appearance) for name in chosen)


def make_scene(dossier: Dossier, scene_id: str, *, appearance: str = "light") -> Scene:
    """One scene of the briefing; its id must exist."""
    return _scene(dossier, scene_id=scene_id, appearance=appearance)


def make_scene_of_address(dossier: Dossier, address: str, *, appearance: str = "light") -> Scene:
    """The view of a permalink as a scene: its finding for a title, its captions for words.

    Raises:
        NothingToShow: The address is none, or of no page, or of a newer version, or shows nothing.
    """
    try:
        parts = urlsplit(address)
    except ValueError as broken:
        raise NothingToShow(f"{address!r} is no address") from broken
    page = parts.path.rstrip("/").rpartition("/")[2] or HOME_PAGE.code
    if page not in VIEWS:
        raise NothingToShow(f"{page!r} is no page; there are {', '.join(VIEWS)}")
    parameters = parse_qs(parts.query, keep_blank_values=True)
    view, notices = decode(VIEWS[page], parameters, dossier)
    if notices:
        raise NothingToShow(f"the permalink does not fit this dataset: {notices[0].text}")
    return make_scene_of_view(dossier, page, view, appearance=appearance)


def make_scene_of_view(
    dossier: Dossier, page: str, view: View, *, appearance: str = "light"
) -> Scene:
    """A view as a scene.

    Raises:
        NothingToShow: The view has neither figure nor table.
    """
    content = page_content(dossier, page, view, appearance=appearance)
    if not any(len(panel.table) for panel in content.panels):
        raise NothingToShow(f"the view is empty: {content.title}")
    return Scene(
        scene_id=page.replace("_", "-"),
        number=1,
        title=content.title,
        text=content.panels[0].alt,
        notes=" ".join(panel.caption for panel in content.panels),
        content=content,
    )


@cached
def _scene(dossier: Dossier, *, scene_id: str, appearance: str) -> Scene:
    row: dict[str, Any] = dossier["scenes"].set_index("scene_id").loc[scene_id].to_dict()
    order = scenes(dossier)
    return Scene(
        scene_id=scene_id,
        number=order.index(scene_id) + 1,
        title=row["title"],
        text=row["narration"],
        notes=row["notes"],
        content=_content(dossier, row, appearance=appearance),
    )


def _content(dossier: Dossier, row: dict[str, Any], *, appearance: str) -> PageContent:
    address = row["view"] if isinstance(row["view"], str) else ""
    page = row["page_code"]
    view, _ = decode(VIEWS[page], parse_qs(address, keep_blank_values=True), dossier)
    return page_content(dossier, page, view, appearance=appearance)
