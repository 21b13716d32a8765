"""The pages of the app, and the addresses of pages, of views, of scenes and of single marks."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlencode

from entente.address.codec import decode, encode
from entente.address.views import (
    BriefingView,
    ClaimsView,
    DataView,
    MapView,
    RoutesView,
    TimelineView,
    View,
    default_view,
    has_page,
    list_controls,
)
from entente.dossier.store import Dossier, cached
from entente.settings import HOME


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of the app.

    Attributes:
        view: What a reader can choose on it; names the page's code, one of
            `data/codes/pages.csv`.
        title: What the navigation calls it.
        is_home: Whether it stands at the root of the site.
        absence: What is said in its place where a dossier has nothing for it to show.
    """

    view: type[View]
    title: str
    is_home: bool = False
    absence: str = ""

    @property
    def code(self) -> str:
        """Its code."""
        return self.view.page_code

    @property
    def path(self) -> str:
        """Its address below the root; empty for the home page."""
        return "" if self.is_home else self.code

    @property
    def script(self) -> str:
        """The file in `pages/` that shows it."""
        return f"{self.code}.py"


PAGES = (
    Page(view=BriefingView, title="Home", is_home=True),
    Page(
        view=MapView,
        title="Alliance map",
        absence="This dossier has no ties between actors, and so no map of them.",
    ),
    Page(
        view=TimelineView,
        title="Timeline",
        absence="This dossier has no events, and so no timeline.",
    ),
    Page(view=RoutesView, title="Trade routes", absence="This dossier has no trade routes."),
    Page(view=ClaimsView, title="Claims"),
    Page(view=DataView, title="Data and method"),
)
HOME_PAGE = PAGES[0]
BY_CODE = {page.code: page for page in PAGES}
VIEWS = {page.code: page.view for page in PAGES}
NO_SCENES = "This dossier has no scenes to present."


def list_pages(dossier: Dossier) -> tuple[Page, ...]:
    """The pages that have something to show, in the order of the menu."""
    return tuple(page for page in PAGES if has_page(dossier, page.code))


def say_absence(dossier: Dossier, page: str) -> str:
    """Why a page, by its code, is not there, in a sentence; empty where it is."""
    return "" if has_page(dossier, page) else BY_CODE[page].absence


@cached
def find_scene(dossier: Dossier, page: str, view: View | None) -> str | None:
    """The scene that shows most of what a reader sees, to start the briefing there.

    Args:
        dossier: The dataset.
        page: Code of the page.
        view: What is shown there; None for the page as it opens.

    Returns:
        Of the scenes of the page, the one whose own settings the view shares and contradicts
        least; the first of equals. None where the page has no scene.
    """
    rows = dossier["scenes"].sort_values("sequence")
    own = rows[rows["page_code"] == page]
    if own.empty or not has_page(dossier, page):
        return None
    shown = view or default_view(VIEWS[page], dossier)
    fit = {row["scene_id"]: _compare_views(dossier, row, shown) for row in own.to_dict("records")}
    return max(fit, key=fit.__getitem__)


def _compare_views(dossier: Dossier, row: Mapping[str, Any], view: View) -> int:
    """How many of a scene's own settings a view shares, less those that it contradicts.

    Settings that make no view another, such as the camera, count for nothing.
    """
    wanted, given = read_scene_view(dossier, row)
    named = {
        name: control.parameter in given for name, control in list_controls(type(wanted)).items()
    }
    return sum(
        1 if getattr(wanted, item.name) == getattr(view, item.name) else -1
        for item in fields(wanted)
        if item.compare and named[item.name]
    )


def read_scene_view(dossier: Dossier, row: Mapping[str, Any]) -> tuple[View, dict[str, list[str]]]:
    """The view of a row of `scenes`, and the parameters that it names."""
    address = row["view"] if isinstance(row["view"], str) else ""
    given = parse_qs(address, keep_blank_values=True)
    return decode(VIEWS[row["page_code"]], given, dossier)[0], given


UNESCAPED = ".,-_"  # they stand in ids, codes and dates, and no browser escapes them
ROOT = "./"  # of the site, seen from any of its pages


def write_query(parameters: Mapping[str, object]) -> str:
    """Parameters as a query string, without the question mark; empty without any."""
    return urlencode(parameters, safe=UNESCAPED)


def encode_query(view: View, dossier: Dossier) -> str:
    """The query string of a view: every control, and the versions of format and dataset."""
    return write_query(encode(view, dossier))


def link_query(page: str, query: str = "") -> str:
    """The address of a page with a query string, relative to any page."""
    path = BY_CODE[page].path or ROOT
    return f"{path}?{query}" if query else path


def link_view(view: View, dossier: Dossier) -> str:
    """The address of a view as it is named, whatever part of it is looked at, from any page."""
    if isinstance(view, MapView | TimelineView | RoutesView):
        view = replace(view, camera=None)
    return link_query(view.page_code, encode_query(view, dossier))


def link_mark(
    page: str,
    mark_id: object,
    *,
    day: dt.date | None = None,
    lens: str = "",
    setting: str = "",
) -> str:
    """The address of a mark on a page, relative to any page.

    Args:
        page: Code of the page.
        mark_id: Id of what is picked; the page itself when it is no text.
        day: The as-of day; None for the newest source.
        lens: Code of the lens; empty for the page's own.
        setting: One more parameter with its value, such as `show=scoreboard`.
    """
    chosen = {"pick": mark_id} if isinstance(mark_id, str) else {}
    seen = {"lens": lens, "at": day.isoformat() if day else ""}
    later = write_query({name: value for name, value in seen.items() if value})
    parts = [part for part in (write_query(chosen), setting, later) if part]
    return link_query(page, "&".join(parts))


def link_section(page: str, section: str, **controls: str) -> str:
    """The address of a section of a page with some controls set, relative to any page."""
    return f"{link_query(page, write_query(controls))}#{section}"


def link_page(page: str, query: str, *, base_url: str) -> str:
    """The address of a page for those outside of the app.

    Args:
        page: Code of the page.
        query: Query string, without the question mark; may be empty.
        base_url: Address of the app; empty for an address without a host.
    """
    address = f"{base_url.rstrip('/')}/{BY_CODE[page].path}"
    return f"{address}?{query}" if query else address


ASSETS = HOME / "assets"
STYLE, PRESENTER_STYLE = "entente.css", "present.css"
DIGEST_IN_ADDRESS = 10


@cache
def stylesheet_address(name: str = STYLE) -> str:
    """The address, from the root of the site, of a style sheet as it was when first asked for."""
    digest = hashlib.sha256((ASSETS / name).read_bytes()).hexdigest()
    return f"/assets/{name}?{digest[:DIGEST_IN_ADDRESS]}"
