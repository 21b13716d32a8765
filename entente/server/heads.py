"""What each page says of itself before any script runs: to search engines, to chat previews."""

from dataclasses import dataclass

SITE = "Entente"
THESIS = (
    "In April 2025 the ARVAK Center in Yerevan wrote that Türkiye, Azerbaijan and Pakistan are "
    "deepening a partnership, and that Ankara and Baku could make trouble for India’s "
    "North–South trade route. Entente takes that comment apart claim by claim and holds each one "
    "against the public record."
)


CONTROLS = ("Html", "ButtonGroup", "Selectbox", "DateInput")


@dataclass(frozen=True, kw_only=True)
class Head:
    """One page as others see it.

    Attributes:
        path: Its address below the root; empty for the home page.
        title: As in a browser tab or a preview; at most 60 letters.
        description: One or two sentences; at most 200 letters.
        card: What its picture shows, for those who do not see it.
        elements: Streamlit’s names of what its first view is made of; their scripts are preloaded.
        maps: Whether its first view draws land, so that outlines are preloaded.
    """

    path: str
    title: str
    description: str
    card: str
    elements: tuple[str, ...] = (*CONTROLS, "PlotlyChart")
    maps: bool = False

    @property
    def name(self) -> str:
        """The name of its picture and of its page."""
        return self.path or "briefing"


HEADS = (
    Head(
        path="",
        title="Entente: one comment, claim by claim",
        description="A think-tank comment on Türkiye, Azerbaijan and Pakistan, taken apart and "
        "held against the public record: what holds, what does not, and what is still open.",
        card="All claims of the comment as marks, coloured by verdict.",
    ),
    Head(
        path="alliance_map",
        title="Alliance map: who is tied to whom · Entente",
        description="Ties among Türkiye, Azerbaijan, Pakistan and their neighbours by theme: what "
        "is documented, what is only asserted, and on whose word, on any day you choose.",
        card="A map from Europe to South Asia with arcs between capitals.",
        maps=True,
    ),
    Head(
        path="timeline",
        title="Timeline: what happened, and when · Entente",
        description="Visits, accords and disputes in order, each drawn as exactly as its date is "
        "known; the two headline visits as the comment dates them and as the record does.",
        card="Events as marks in lanes by theme.",
        elements=(*CONTROLS, "PlotlyChart", "DownloadButton"),
    ),
    Head(
        path="trade_routes",
        title="Trade routes: who could close which · Entente",
        description="Corridors between South Asia, Iran, the Caucasus, Russia and Europe compared "
        "by days, cost and emissions, with scenarios by date and what a veto would cost.",
        card="A map from Europe to South Asia with rail, road and sea legs.",
        maps=True,
    ),
    Head(
        path="claims",
        title="Claims: the ledger with verdicts and sources · Entente",
        description="Every checkable statement of the comment with its verdict, the day from which "
        "the verdict holds, and the sources behind it. Each claim has an address of its own.",
        card="Rows of a ledger, each with the mark of its verdict.",
    ),
    Head(
        path="data",
        title="Data and method · Entente",
        description="The dataset to take away, what its columns mean, how routes are valued, how "
        "borders are drawn, what changed between versions, and how to cite and correct.",
        card="The tables of the dataset as stacks, each as tall as it has rows.",
        elements=CONTROLS,
    ),
)
BY_PATH = {head.path: head for head in HEADS}
