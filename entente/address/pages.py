"""The registry of pages: code, address, script and kind of view of each."""

from dataclasses import dataclass

from entente.address.views import (
    BriefingView,
    ClaimsView,
    DataView,
    MapView,
    RoutesView,
    TimelineView,
    View,
)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of the app.

    Attributes:
        view: What a reader can choose on it; names the page's code, one of
            `data/codes/pages.csv`.
        title: What the navigation calls it.
        is_home: Whether it stands at the root of the site.
    """

    view: type[View]
    title: str
    is_home: bool = False

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
    Page(view=BriefingView, title="Briefing", is_home=True),
    Page(view=MapView, title="Alliance map"),
    Page(view=TimelineView, title="Timeline"),
    Page(view=RoutesView, title="Trade routes"),
    Page(view=ClaimsView, title="Claims"),
    Page(view=DataView, title="Data and method"),
)
HOME_PAGE = PAGES[0]
BY_CODE = {page.code: page for page in PAGES}
VIEWS = {page.code: page.view for page in PAGES}
