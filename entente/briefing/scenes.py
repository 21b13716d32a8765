"""The scenes of the briefing, and any one view as a scene of its own."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from entente.address.codec import decode
from entente.address.pages import HOME_PAGE, VIEWS, list_pages, read_scene_view, say_absence
from entente.address.views import View, default_view, has_page, scenes
from entente.briefing.page_contents import page_content, room_panels
from entente.content import Scene
from entente.dossier.store import Dossier, cached

ALL = "all"
FINDING = "{finding}"  # in the headline of a scene: what its view finds


class NothingToShow(Exception):
    """What was asked for is not there; the message says so in one line."""


def choose_scenes(dossier: Dossier, wanted: Sequence[str] = (ALL,)) -> tuple[Scene, ...]:
    """Scenes by id, in the order of the briefing, in the light appearance.

    A dossier without scenes has one for each page, as it opens.

    Raises:
        NothingToShow: An id is unknown, or none was given.
    """
    order = scenes(dossier)
    if not order and ALL in wanted:
        return _make_scenes_of_pages(dossier)
    unknown = [name for name in wanted if name not in (ALL, *order)]
    if unknown:
        raise NothingToShow(f"unknown scene {unknown[0]!r}; there are {', '.join(order) or 'none'}")
    chosen = order if ALL in wanted else [name for name in order if name in wanted]
    if not chosen:
        raise NothingToShow("no scene was asked for")
    return tuple(make_scene(dossier, name) for name in chosen)


def _make_scenes_of_pages(dossier: Dossier) -> tuple[Scene, ...]:
    """Each page as it opens, as a scene; those that show tables alone are left out."""
    made: list[Scene] = []
    for page in list_pages(dossier):
        try:
            scene = make_scene_of_view(dossier, page.code, default_view(page.view, dossier))
        except NothingToShow:
            continue
        if any(panel.figure is not None for panel in scene.content.panels):
            made.append(replace(scene, number=len(made) + 1))
    return tuple(made)


def make_scene(dossier: Dossier, scene_id: str, *, appearance: str = "light") -> Scene:
    """One scene of the briefing; its id must exist."""
    return _scene(dossier, scene_id=scene_id, appearance=appearance)


def make_scene_of_address(dossier: Dossier, address: str) -> Scene:
    """The view of a permalink as a scene: its finding for a title, its captions for words.

    Raises:
        NothingToShow: The address is none, or of no page, or of a newer version, or shows nothing.
    """
    try:
        parts = urlsplit(address)
    except ValueError as broken:
        raise NothingToShow(f"{address!r} is not an address") from broken
    page = parts.path.rstrip("/").rpartition("/")[2] or HOME_PAGE.code
    if page not in VIEWS:
        raise NothingToShow(f"{page!r} is not a page; there are {', '.join(VIEWS)}")
    if not has_page(dossier, page):
        raise NothingToShow(say_absence(dossier, page))
    parameters = parse_qs(parts.query, keep_blank_values=True)
    view, notices = decode(VIEWS[page], parameters, dossier)
    if notices:
        raise NothingToShow(f"the permalink does not fit this dataset: {notices[0].text}")
    return make_scene_of_view(dossier, page, view)


def make_scene_of_view(dossier: Dossier, page: str, view: View) -> Scene:
    """A view as a scene, in the light appearance.

    Raises:
        NothingToShow: The view has neither figure nor table.
    """
    content = page_content(dossier, page, view)
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
    page, (view, _) = row["page_code"], read_scene_view(dossier, row)
    content = page_content(dossier, page, view, appearance=appearance)
    return Scene(
        scene_id=scene_id,
        number=scenes(dossier).index(scene_id) + 1,
        title=row["title"].replace(FINDING, content.title),
        text=row["narration"],
        notes=row["notes"],
        content=content,
        room_panels=room_panels(dossier, page, view, appearance=appearance),
    )
