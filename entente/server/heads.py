"""The pages that the server answers with, and what each says of itself before any script runs."""

from dataclasses import dataclass

from entente.dossier.document import Document

SITE = "Entente"
CONTROLS = ("Html", "ButtonGroup", "Selectbox", "DateInput")


@dataclass(frozen=True, kw_only=True)
class Head:
    """One page as the server knows it.

    Attributes:
        path: Its address below the root; empty for the home page.
        elements: Streamlit’s names of what its first view is made of; their scripts are preloaded.
        maps: Whether its first view draws land, so that outlines are preloaded.
    """

    path: str
    elements: tuple[str, ...] = (*CONTROLS, "PlotlyChart")
    maps: bool = False

    @property
    def name(self) -> str:
        """Code of the page, and the name of its picture."""
        return self.path or "briefing"


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


HEADS = (
    Head(path=""),
    Head(path="alliance_map", maps=True),
    Head(path="timeline", elements=(*CONTROLS, "PlotlyChart", "DownloadButton")),
    Head(path="trade_routes", maps=True),
    Head(path="claims"),
    Head(path="data", elements=CONTROLS),
)
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
