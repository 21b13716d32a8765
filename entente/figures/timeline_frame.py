"""What the dates of the timeline are drawn on: axes, lanes, and lines for two days."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import plotly.graph_objects as go

from entente.figures.timeline_dates import Window, days_across
from entente.figures.timeline_labels import FOOT, LABEL
from entente.figures.timeline_layout import HEAD, HEADLINE_LANE, Layout
from entente.figures.timeline_rows import EARLY_COLUMNS
from entente.palette import Palette
from entente.schema.dates_in_words import SHORT_MONTHS
from entente.vocabulary import DOCUMENT_DAY

EARLY_DOMAIN, RECENT_DOMAIN = (0.0, 0.19), (0.215, 1.0)
LEAST_FOOT = 0.15
QUARTERS = (1, 4, 7, 10)
Part = dict[str, Any]


def axes(layout: Layout, palette: Palette, *, is_cut: bool) -> Part:
    """The two axes of time and the axis of rows. Nothing moves: a swipe scrolls the page.

    Args:
        layout: Says how many rows there are, and which days.
        palette: The appearance to draw in.
        is_cut: Whether a sentence about what was not yet known stands under the lanes.
    """
    window = layout.window
    quarters = list(_quarters(window))
    bottom = layout.height + (FOOT if is_cut else LEAST_FOOT)
    quiet = {"fixedrange": True, "zeroline": False, "showgrid": False, "ticks": ""}
    first, _, end = days_across(window.first, window.last)
    return {
        "xaxis": {
            **quiet,
            "domain": EARLY_DOMAIN,
            "range": [0.35, EARLY_COLUMNS + 0.65],
            "showticklabels": False,
        },
        "xaxis2": {
            **quiet,
            "domain": RECENT_DOMAIN,
            "type": "date",
            "range": [first, end],
            "anchor": "y",
            "side": "top",
            "showgrid": True,
            "gridcolor": palette.rule,
            "tickmode": "array",
            "tickvals": [day.isoformat() for day in quarters],
            "ticktext": [_tick(day, is_first=day == quarters[0]) for day in quarters],
            "tickfont": {"size": LABEL, "color": palette.muted},
        },
        "yaxis": {
            **quiet,
            "range": [bottom, 0],
            "showticklabels": False,
        },
    }


def lane_shapes(layout: Layout, palette: Palette) -> list[Part]:
    """A rule over each lane, and a tint under the panel that has no scale."""
    rules = [
        _line(0, 1, lane.top, lane.top, xref="paper", color=palette.rule, width=1)
        for lane in layout.lanes
    ]
    tint = _box(*EARLY_DOMAIN, y0=_themes_top(layout), y1=layout.height)
    return [{**tint, "xref": "paper", "fillcolor": palette.raised}, *rules]


def day_shapes(layout: Layout, palette: Palette, *, is_cut: bool) -> list[Part]:
    """The publication line; and, where time is cut, the as-of line with a shade to its right."""
    as_of, bottom = layout.window.as_of, layout.height
    published = days_across(DOCUMENT_DAY, DOCUMENT_DAY)[1]
    shapes = []
    if as_of >= DOCUMENT_DAY:
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
    """Where the lanes by theme begin, below the pinned one."""
    tops = [lane.top for lane in layout.lanes if lane.code != HEADLINE_LANE]
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


def _quarters(window: Window) -> Iterator[dt.date]:
    for year in range(window.first.year, window.last.year + 1):
        for month in QUARTERS:
            if window.first <= dt.date(year, month, 1) <= window.last:
                yield dt.date(year, month, 1)


def _tick(day: dt.date, *, is_first: bool) -> str:
    month = SHORT_MONTHS[day.month - 1][:3]
    return f"{month}<br>{day.year}" if day.month == 1 or is_first else month


def _line(
    x0: Any, x1: Any, y0: float, y1: float, *, color: str, width: float, xref: str = "x2"
) -> Part:
    ends = {"x0": x0, "x1": x1, "y0": y0, "y1": y1}
    drawn = {"line": {"color": color, "width": width}, "layer": "below"}
    return {"type": "line", "xref": xref, "yref": "y", **ends, **drawn}


def _box(x0: Any, x1: Any, *, y0: float, y1: float) -> Part:
    ends = {"x0": x0, "x1": x1, "y0": y0, "y1": y1}
    return {"type": "rect", "yref": "y", **ends, "line": {"width": 0}, "layer": "below"}
