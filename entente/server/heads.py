"""The pages that the server answers with, and what each says of itself before any script runs."""

from dataclasses import dataclass
from typing import Any

from entente.address.pages import PAGES, Page
from entente.dossier.document import Document

SITE = "Entente"
CONTROLS = ("Html", "ButtonGroup", "Selectbox", "DateInput")


@dataclass(frozen=True, kw_only=True)
class Head:
    """One page as the server knows it.

    Attributes:
        page: The page in the registry.
        elements: Streamlit’s names of what its first view is made of; their scripts are preloaded.
        maps: Whether its first view draws land, so that outlines are preloaded.
    """

    page: Page
    elements: tuple[str, ...] = (*CONTROLS, "PlotlyChart")
    maps: bool = False

    @property
    def path(self) -> str:
        """Its address below the root; empty for the home page."""
        return self.page.path

    @property
    def name(self) -> str:
        """Code of the page, and the name of its picture."""
        return self.page.code


@dataclass(frozen=True, kw_only=True)
class HeadText:
    """What a page says to search engines, previews of links and browsers without scripts.

    Attributes:
        title: As in a browser tab or a preview.
        description: One or two sentences for a preview.
        picture: What the picture of a preview shows, for those who do not see it.
        lead: What the site is about, where no script runs.
    """

    title: str
    description: str
    picture: str
    lead: str


# What differs from the defaults, by code of the page.
OWN: dict[str, dict[str, Any]] = {
    "alliance_map": {"maps": True},
    "timeline": {"elements": (*CONTROLS, "PlotlyChart", "DownloadButton")},
    "trade_routes": {"maps": True},
    "data": {"elements": CONTROLS},
}
HEADS = tuple(Head(page=page, **OWN.get(page.code, {})) for page in PAGES)
BY_PATH = {head.path: head for head in HEADS}
# While there is no sound dataset, nobody can say what it is about.
WITHOUT_DATA = HeadText(
    title=SITE,
    description="One comment, claim by claim, against the public record.",
    picture="The sign of Entente.",
    lead="One comment, claim by claim, against the public record.",
)


def head_text(head: Head, document: Document | None) -> HeadText:
    """What a page says of itself in the words of the dataset; without one, in general words."""
    if document is None:
        return WITHOUT_DATA
    page = document.pages[head.name]
    return HeadText(
        title=page.title,
        description=page.description,
        picture=page.picture,
        lead=document.text("site-lead"),
    )
