"""The clicks that are timed, in rounds that end where they began.

Each is of a kind that has a bar and, on a plain page, a click of the same kind as its floor.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any

from entente.address.pages import BY_CODE, PAGES
from entente.address.views import (
    BriefingView,
    ClaimsView,
    MapView,
    RoutesView,
    TimelineView,
)
from entente.app.controls import widget_key
from entente.vocabulary import (
    CLAIM_MODES,
    DEGREES,
    LENSES,
    MAP_MODES,
    ROUTE_MODES,
    TIE_THEMES,
    TIMELINE_MODES,
)

LAST = ".e-sheet"  # what a script of ours writes last
WITH_LENS = (BriefingView, MapView, TimelineView, RoutesView, ClaimsView)
MODES = {
    MapView: MAP_MODES,
    TimelineView: TIMELINE_MODES,
    RoutesView: ROUTE_MODES,
    ClaimsView: CLAIM_MODES,
}
HINDERED = tuple(ROUTE_MODES)[:2]
HINDERED_BY = ("AZE", "TUR")
# What opens the controls that a page does not show at once: its sheet, or a drawer.
CHANGE, FILTERS = ".e-state .e-change", ".st-key-drawer-filters button"
FOLDED = (BriefingView, TimelineView, RoutesView, ClaimsView)
OPENERS = {
    **{(view, name): (CHANGE,) for view in FOLDED for name in ("lens", "as_of")},
    (MapView, "mode"): (FILTERS,),
}
DAY = "[class*='st-key-day'] [data-testid='stSlider'] [role='group'] > [data-orientation]"
SHARES = 0.3, 0.7  # of its width
# Which marks of a figure are picked in turn: far from its edges and from one another. (A pick of
# a claim leads to a page without the figure.)
MARKS = {
    MapView: ("alliance-map", 30, 60),
    TimelineView: ("timeline", 55, 57),
    RoutesView: ("corridor-ranges", 2, 5),
}


@dataclass(frozen=True)
class Click:
    """One click.

    Attributes:
        what: The row that it counts for; several may count for one.
        target: Selector of what is clicked.
        before: Selectors of what has to be clicked first, not timed.
        share: Where on its width it is clicked, from 0 to 1; in its middle when None.
    """

    what: str
    target: str
    before: tuple[str, ...] = ()
    share: float | None = None


@dataclass(frozen=True, kw_only=True)
class Journey:
    """Clicks of one kind in one tab.

    Attributes:
        kind: Which bar and which floor they have.
        start: Path and query of the address where they begin; `{turn}` in it is the round, and
            means that each round opens it anew.
        clicks: What is clicked in turn; the last leads back to where the first began.
        opening: Selectors of what is clicked once the page is there, not timed.
    """

    kind: str
    start: str
    clicks: tuple[Click, ...]
    opening: tuple[str, ...] = ()


def list_journeys() -> Iterator[Journey]:
    """All of them, by kind."""
    yield _pages()
    for view, modes in MODES.items():
        yield _choices("mode", view, "mode", modes, is_pooled=False)
    for view in WITH_LENS:
        yield _choices("lens", view, "lens", LENSES)
    for view in WITH_LENS:
        yield _days(view)
    yield _themes()
    for view in MARKS:
        yield _picks(view)
    for mode in HINDERED:
        yield _hindrances(mode)
    yield _new_hindrances()


def _pages() -> Journey:
    """From page to page in the order of the navigation, and from the last to the first."""
    pairs = zip(PAGES, islice(cycle(PAGES), 1, None), strict=False)
    return Journey(
        kind="page",
        start="",
        clicks=tuple(
            Click(f"{left.title} → {right.title}", page_link(right.title)) for left, right in pairs
        ),
    )


def _choices(
    kind: str, view: Any, name: str, labels: Mapping[str, str], *, is_pooled: bool = True
) -> Journey:
    """Every option of a choice in turn, from the first back to the first."""
    page, place = BY_CODE[view.page_code], widget_key(view, name)
    first, *others = labels.values()
    return Journey(
        kind=kind,
        start=page.path,
        clicks=tuple(
            Click(
                f"{page.title}, {kind}" if is_pooled else f"{page.title}: {label}",
                option_of(place, number),
            )
            for number, label in (*enumerate(others, start=1), (0, first))
        ),
        opening=OPENERS.get((view, name), ()),
    )


def _days(view: Any) -> Journey:
    """To a day in the first half of the slider, and to one in the second."""
    page = BY_CODE[view.page_code]
    return Journey(
        kind="day",
        start=page.path,
        opening=OPENERS.get((view, "as_of"), ()),
        clicks=tuple(Click(f"{page.title}, day", DAY, share=share) for share in SHARES),
    )


def _themes() -> Journey:
    """A theme of the map left out, and shown again."""
    page, place = BY_CODE[MapView.page_code], widget_key(MapView, "themes")
    theme = f"{_key(place)} button >> nth={len(TIE_THEMES) // 2}"
    return Journey(
        kind="theme",
        start=page.path,
        opening=(FILTERS,),
        clicks=(Click(f"{page.title}, theme", theme),) * 2,
    )


def _picks(view: Any) -> Journey:
    """One mark of a figure, and another."""
    page, (figure, *marks) = BY_CODE[view.page_code], MARKS[view]
    return Journey(
        kind="pick",
        start=page.path,
        clicks=tuple(
            Click(f"{page.title}, pick", mark(f".st-key-figure-{figure}", number))
            for number in marks
        ),
    )


def _hindrances(mode: str) -> Journey:
    """What actors do, from a block to a delay, to a charge and back."""
    block, *others = list(DEGREES.values())[:3]
    return Journey(
        kind="hindrance",
        start=_hindered(f"show={mode}"),
        clicks=tuple(
            Click(f"{ROUTE_MODES[mode]}: {label.lower()}", _degree(number))
            for number, label in (*enumerate(others, start=1), (0, block))
        ),
    )


def _new_hindrances() -> Journey:
    """A delay on a day on which nobody has asked for one: nothing of it is cached."""
    return Journey(
        kind="hindrance",
        start=_hindered("at=2025-03-{turn:02}"),
        clicks=(Click("never asked for before", _degree(1)),),
    )


def _degree(number: int) -> str:
    """Selector of what the first of the actors may do; the others then do the same."""
    return option_of(f"{widget_key(RoutesView, 'vetoes')} {HINDERED_BY[0]}", number)


def _hindered(query: str) -> str:
    return f"{BY_CODE[RoutesView.page_code].path}?veto={'.'.join(HINDERED_BY)}&{query}"


def page_link(title: str) -> str:
    """Selector of a page in the navigation."""
    return f"[data-testid='stTopNavLink']:has-text('{title}')"


def option_of(place: str, number: int) -> str:
    """Selector of an option of a choice that shows all of them, by its place from 0 on."""
    return f"{_key(place)} button >> nth={number}"


def mark(figure: str, number: int) -> str:
    """Selector of a mark of a figure, by its place from 0 on."""
    return f"{figure} .point >> nth={number}"


def _key(place: str) -> str:
    """Selector of a widget by its key, which Streamlit makes a class."""
    return ".st-key-" + "".join(
        letter if letter.isalnum() or letter in "-_" else "-" for letter in place
    )
