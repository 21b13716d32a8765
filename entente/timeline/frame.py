"""What the dates of the timeline are drawn on: axes, lanes, and lines for two days."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import plotly.graph_objects as go

from entente.dates.words import SHORT_MONTHS
from entente.style.identities import scaffold_name
from entente.style.palette import Palette
from entente.timeline.dates import Window, days_across, moved
from entente.timeline.labels import FOOT, LABEL
from entente.timeline.layout import HEAD, HEADLINE_LANE, Layout
from entente.timeline.rows import EARLY_COLUMNS
from entente.vocabulary import DOCUMENT_DAY

EARLY_DOMAIN, RECENT_DOMAIN, WHOLE_DOMAIN = (0.0, 0.19), (0.215, 1.0), (0.0, 1.0)
LEAST_FOOT = 0.15
QUARTERS = (1, 4, 7, 10)
A_YEAR = 366
GROUND = scaffold_name("lanes, scale and days")
Part = dict[str, Any]


def axes(layout: Layout, palette: Palette, *, is_cut: bool) -> Part:
    """The axes of time and the axis of rows. Nothing moves: a swipe scrolls the page.

    Args:
        layout: Says how many rows there are, and which days.
        palette: The appearance to draw in.
        is_cut: Whether a sentence about what was not yet known stands under the lanes.
    """
    window = layout.window
    bottom = layout.height + (FOOT if is_cut else LEAST_FOOT)
    quiet = {"fixedrange": True, "zeroline": False, "showgrid": False, "ticks": ""}
    first, _, end = days_across(window.first, window.last)
    early = {**quiet, "domain": EARLY_DOMAIN, "range": [0.35, EARLY_COLUMNS + 0.65]}
    return {
        **({"xaxis": {**early, "showticklabels": False}} if window.has_early else {}),
        "xaxis2": {
            **quiet,
            "domain": RECENT_DOMAIN if window.has_early else WHOLE_DOMAIN,
            "type": "date",
            "range": [moved(first, -window.lead_days), end],
            "anchor": "y",
            "side": "top",
            "tickmode": "array",
            **_ticks(window),
            "tickfont": {"size": LABEL, "color": palette.muted},
        },
        "yaxis": {**quiet, "range": [bottom, 0], "showticklabels": False, "anchor": "x2"},
    }


def lane_shapes(layout: Layout, palette: Palette) -> list[Part]:
    """A rule over each lane, lines for months or quarters, a tint where there is no scale."""
    rules = [
        _line(0, 1, lane.top, lane.top, xref="paper", color=palette.rule, width=1)
        for lane in layout.lanes
    ]
    grid = [
        _line(day.isoformat(), day.isoformat(), 0, layout.height, color=palette.rule, width=1)
        for day in _starts(layout.window)
    ]
    if not layout.window.has_early:
        return [*grid, *rules]
    tint = _box(*EARLY_DOMAIN, y0=_themes_top(layout), y1=layout.height)
    return [{**tint, "xref": "paper", "fillcolor": palette.raised}, *grid, *rules]


def day_shapes(layout: Layout, palette: Palette, *, is_cut: bool) -> list[Part]:
    """The publication line; and, where time is cut, the as-of line with a shade to its right."""
    window, bottom = layout.window, layout.height
    published = days_across(DOCUMENT_DAY, DOCUMENT_DAY)[1]
    shapes = []
    if window.as_of >= DOCUMENT_DAY and window.first <= DOCUMENT_DAY <= window.last:
        line = _line(published, published, HEAD * 0.85, bottom, color=palette.accent, width=1.5)
        shapes.append(line)
    return shapes + (_not_yet_known(layout, palette) if is_cut else [])


def _not_yet_known(layout: Layout, palette: Palette) -> list[Part]:
    """The shade after the as-of day; the labels of the pinned lane stay on plain paper."""
    window = layout.window
    known, _, end = days_across(window.as_of + dt.timedelta(days=1), window.last)
    top, bottom = _themes_top(layout), layout.height + FOOT
    shade = {"fillcolor": palette.ink, "opacity": 0.06, "xref": "x2"}
    line = _line(known, known, top, bottom, color=palette.ink, width=1)
    dotted = {"line": {**line["line"], "dash": "dot"}}
    return [{**_box(known, end, y0=top, y1=bottom), **shade}, {**line, **dotted}]


def _themes_top(layout: Layout) -> float:
    """Where the lanes by theme begin, below the pinned ones."""
    tops = [lane.top for lane in layout.lanes if not lane.code.startswith(HEADLINE_LANE)]
    return min(tops, default=layout.height)


def add_frame(figure: go.Figure, parts: Part, shapes: list[Part], words: list[Part]) -> None:
    """Put axes, shapes and labels on a figure that is being made."""
    figure.update_layout(
        **parts,
        shapes=shapes,
        annotations=words,
        dragmode=False,
        hovermode="closest",
        margin={"l": 2, "r": 12, "t": 40, "b": 4},
    )


def _ticks(window: Window) -> Part:
    """Names of quarters over their first day; of months over their middle, where they are few."""
    starts = list(_starts(window))
    middle = 0 if _has_quarters(window) else 15
    return {
        "tickvals": [moved(day.isoformat(), middle) for day in starts],
        "ticktext": [_tick(day, is_first=day == starts[0]) for day in starts],
    }


def _starts(window: Window) -> Iterator[dt.date]:
    """First days of the quarters on the scale, or of the months where they are few."""
    months = QUARTERS if _has_quarters(window) else range(1, 13)
    for year in range(window.first.year, window.last.year + 1):
        for month in months:
            if window.first <= dt.date(year, month, 1) <= window.last:
                yield dt.date(year, month, 1)


def _has_quarters(window: Window) -> bool:
    return (window.last - window.first).days > A_YEAR


def _tick(day: dt.date, *, is_first: bool) -> str:
    month = SHORT_MONTHS[day.month - 1][:3]
    return f"{month}<br>{day.year}" if day.month == 1 or is_first else month


def _line(
    x0: Any, x1: Any, y0: float, y1: float, *, color: str, width: float, xref: str = "x2"
) -> Part:
    ends = {"x0": x0, "x1": x1, "y0": y0, "y1": y1}
    drawn = {"line": {"color": color, "width": width}, "layer": "below", "name": GROUND}
    return {"type": "line", "xref": xref, "yref": "y", **ends, **drawn}


def _box(x0: Any, x1: Any, *, y0: float, y1: float) -> Part:
    ends = {"x0": x0, "x1": x1, "y0": y0, "y1": y1}
    drawn = {"line": {"width": 0}, "layer": "below", "name": GROUND}
    return {"type": "rect", "yref": "y", **ends, **drawn}
