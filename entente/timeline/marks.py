"""The marks of the timeline: a symbol for every date, bars over days, and lines between dates.

The shape of a symbol says the status, its hue the theme; a hollow square is the document's date. A
bar lasted, or is known only roughly. A line joins what was said to the record, and what was
expected to what came.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import plotly.graph_objects as go

from entente.record.chronology import NOT_HELD
from entente.style.palette import Palette
from entente.style.theme import LARGE, identity_name
from entente.timeline.layout import Layout, Mark
from entente.timeline.scale import Window

AXES = {"early": "x", "recent": "x2"}
# Plotly's symbol names.
STATUS_SYMBOLS = {
    "occurred": "circle",
    "announced": "triangle-up",
    "disputed": "diamond",
    NOT_HELD: "circle",
}
HOLLOW_STATUSES = (NOT_HELD,)
DOCUMENT_SYMBOL = "square"
SIZE, POINTED_SIZE, PICKED_SIZE = 11, 13, 22
POINTED = ("announced", "disputed")
BOX_HALF = 0.3  # of a row
BESIDE = 8.0  # days
HEAD_SIZE, STANDOFF = 11, 7
LEAST_DAYS = 0.028  # of the scale: below it an arrow head would be longer than its line on a phone
Point = tuple[float | None, float | None]


def make_trace(panel: str, points: Sequence[Point], window: Window, **more: Any) -> go.Scatter:
    """A trace through points; those of the recent panel are places on the scale."""
    xs = [x if x is None or panel == "early" else window.time(x) for x, _ in points]
    plain = {"hoverinfo": "skip", "cliponaxis": False}
    return go.Scatter(x=xs, y=[y for _, y in points], xaxis=AXES[panel], **{**plain, **more})


def draw_symbols(
    layout: Layout, palette: Palette, *, hovers: Sequence[str]
) -> Iterator[go.Scatter]:
    """The symbols, one trace a panel, with what a hover shows and a click returns."""
    for panel in AXES:
        own = [
            (mark, hover)
            for mark, hover in zip(layout.marks, hovers, strict=True)
            if mark.panel == panel
        ]
        if own:
            yield make_trace(
                panel,
                [(mark.middle, mark.y) for mark, _ in own],
                layout.window,
                mode="markers",
                marker=_symbols([mark for mark, _ in own], palette),
                hovertext=[hover for _, hover in own],
                hoverinfo=None,
                hovertemplate="%{hovertext}<extra></extra>",
                customdata=[mark.data for mark, _ in own],
            )


def _symbols(marks: Sequence[Mark], palette: Palette) -> dict[str, Any]:
    """Symbols, sizes, fills and outlines; the outline in paper keeps neighbours apart."""
    hues = [_hue(mark, palette) for mark in marks]
    hollow = [mark.face == "document" or mark.item.status_code in HOLLOW_STATUSES for mark in marks]
    is_pointed = [mark.face == "record" and mark.item.status_code in POINTED for mark in marks]
    fills = [palette.paper if empty else hue for hue, empty in zip(hues, hollow, strict=True)]
    outlines = [hue if empty else palette.paper for hue, empty in zip(hues, hollow, strict=True)]
    return {
        "symbol": [
            DOCUMENT_SYMBOL if mark.face == "document" else STATUS_SYMBOLS[mark.item.status_code]
            for mark in marks
        ],
        "size": [POINTED_SIZE if pointed else SIZE for pointed in is_pointed],
        "color": fills,
        "opacity": [0 if is_box(mark) else 1 for mark in marks],
        "line": {"width": [2 if empty else 1 for empty in hollow], "color": outlines},
    }


def draw_notes(layout: Layout, palette: Palette) -> Iterator[go.Scatter]:
    """A question mark beside uncertain dates, and arrow heads where an end is open."""
    drawn = {mark.item_id for mark in layout.marks}
    for mark in layout.marks:
        is_linked = mark.is_expected and (mark.item.is_awaited or mark.item.outcome_id in drawn)
        is_beside = mark.is_expected and mark.panel == "recent"  # a lone symbol, and no bar
        signs = [("?", mark.middle, "middle right")] if mark.span.is_uncertain else []
        if mark.span.last is None and not is_linked:
            signs.append(("→", mark.end + (BESIDE if is_beside else 0), "middle center"))
        if mark.span.first is None:
            signs.append(("←", mark.start, "middle center"))
        for sign, place, position in signs:
            yield make_trace(
                mark.panel,
                [(place, mark.y)],
                layout.window,
                mode="text",
                text=[sign],
                textposition=position,
                textfont={"size": LARGE, "color": _hue(mark, palette)},
                customdata=[mark.data],
            )


def draw_pick(layout: Layout, palette: Palette, *, pick: str | None) -> Iterator[go.Scatter]:
    """A ring around the dates of the picked event."""
    own = [mark for mark in layout.marks if mark.item_id == pick]
    line = {"width": 2}
    ring = {"symbol": "circle-open", "size": PICKED_SIZE, "color": palette.ink, "line": line}
    for mark in own:
        if not is_box(mark) or len(own) == 1:
            yield make_trace(
                mark.panel,
                [(mark.middle, mark.y)],
                layout.window,
                mode="markers",
                marker=ring,
                customdata=[mark.data],
            )


def draw_bars(layout: Layout, palette: Palette) -> Iterator[go.Scatter]:
    """A bar over every record date of more than one day; broken where it is approximate."""

    def look(mark: Mark) -> tuple[str, str, bool]:
        return mark.panel, mark.item.theme_code, mark.span.is_approximate

    lasting = [mark for mark in layout.marks if mark.face == "record" and not mark.span.is_day]
    for (panel, theme, is_approximate), group in groupby(sorted(lasting, key=look), key=look):
        points: list[Point] = []
        ids: list[list[str]] = []
        for mark in group:
            points += [(mark.start, mark.y), (mark.end, mark.y), (None, None)]
            ids += [mark.data] * 3
        broken = {"width": 4, "dash": "3px,3px"} if is_approximate else {"width": 6}
        yield make_trace(
            panel,
            points,
            layout.window,
            mode="lines",
            line={"color": palette.themes[theme], **broken},
            opacity=0.42,
            customdata=ids,
            cliponaxis=None,
        )


def draw_boxes(layout: Layout, palette: Palette) -> list[dict[str, Any]]:
    """Hollow bars over the document's dates of more than one day, as shapes."""
    return [
        {
            "type": "rect",
            "xref": AXES[mark.panel],
            "yref": "y",
            "x0": layout.window.time(mark.start),
            "x1": layout.window.time(mark.end),
            "y0": mark.y - BOX_HALF,
            "y1": mark.y + BOX_HALF,
            "fillcolor": palette.paper,
            "line": {"color": palette.accent, "width": 2},
            "layer": "below",
            "name": identity_name(mark.data),
        }
        for mark in layout.marks
        if is_box(mark)
    ]


def is_box(mark: Mark) -> bool:
    """Whether a hollow bar stands for the symbol, which stays for hovering only."""
    has_end = mark.span.last is not None and not mark.span.is_day
    return mark.face == "document" and has_end and mark.panel == "recent"


def draw_links(layout: Layout, palette: Palette) -> Iterator[go.Scatter]:
    """A line for every pair of dates, with an arrow head where the first was an expectation.

    Within a row it is straight; else it leads down first, so that it crosses no words. What has not
    come has a dotted arrow on to the as-of day. Where the other date lies off the scale of a zoom,
    the line runs to the edge on its side.
    """
    window = layout.window
    recent = [mark for mark in layout.marks if mark.panel == "recent"]
    records = {mark.item_id: mark for mark in layout.marks if mark.face == "record"}
    for mark in recent:
        if mark.face == "record":
            continue
        target = records.get(mark.item.outcome_id if mark.is_expected else mark.item_id)
        if target and target.panel == "recent":
            is_far = abs(mark.middle - target.middle) > LEAST_DAYS * window.days
            has_head = mark.is_expected and is_far
            yield _link(mark, target.middle, target.y, layout, palette, has_head=has_head)
        if mark.item.is_awaited:
            start = target or mark
            begin = start.end if is_box(start) else start.middle
            until = min(window.place(window.as_of) + 1, window.end)
            points = [(begin, start.y), (until, start.y)]
            yield _line(mark, points, layout, palette, has_head=True, dash="2px,4px")
    for mark in recent:
        if mark.beyond:
            edge = -window.lead / 3 if mark.beyond == "before" else window.end
            yield _link(mark, edge, mark.y, layout, palette, has_head=True)


def _link(
    mark: Mark, x: float, y: float, layout: Layout, palette: Palette, *, has_head: bool
) -> go.Scatter:
    """A line from a mark: from the near side of a box, or the middle of a symbol."""
    if y == mark.y:
        begin = mark.middle
        if is_box(mark) and not mark.start <= x <= mark.end:
            begin = mark.start if x < mark.start else mark.end
        return _line(mark, [(begin, y), (x, y)], layout, palette, has_head=has_head)
    below = mark.y + (BOX_HALF if is_box(mark) else 0)
    corners: list[Point] = [(mark.middle, below), (mark.middle, y), (x, y)]
    return _line(mark, corners, layout, palette, has_head=has_head)


def _line(
    mark: Mark,
    points: Sequence[Point],
    layout: Layout,
    palette: Palette,
    *,
    has_head: bool,
    dash: str = "solid",
) -> go.Scatter:
    before = [0] * (len(points) - 1)
    head = {
        "symbol": [*("circle" for _ in before), "arrow"],
        "size": [*before, HEAD_SIZE if has_head else 0],
        "angleref": "previous",
        "standoff": [*before, STANDOFF if has_head and dash == "solid" else 0],
        "color": palette.accent,
        "line": {"width": 0},
        "opacity": 1,
    }
    return make_trace(
        "recent",
        points,
        layout.window,
        mode="lines+markers",
        line={"color": palette.accent, "width": 1.5, "dash": dash},
        marker=head,
        customdata=[mark.data for _ in points],
    )


def _hue(mark: Mark, palette: Palette) -> str:
    return palette.accent if mark.face == "document" else palette.themes[mark.item.theme_code]
