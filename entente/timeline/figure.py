"""What the dates of the timeline are drawn on: axes, lanes, and lines for two days."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.dates.words import SHORT_MONTHS, in_words
from entente.style.identities import scaffold_name
from entente.style.palette import Palette
from entente.style.theme import blank_figure, empty_figure
from entente.timeline.labels import FOOT, LABEL, hover_text, labels, name_traces
from entente.timeline.layout import EARLY_COLUMNS, HEAD, HEADLINE_LANE, Layout, layout_of
from entente.timeline.marks import (
    bar_traces,
    document_boxes,
    link_traces,
    mark_traces,
    note_traces,
    pick_traces,
)
from entente.timeline.scale import Days, Window, days_across, moved, window_of
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


KEY = "timeline"
NOTHING = "Nothing fits these filters, in these days, as known on this date."


def draw_timeline(
    *,
    items: pd.DataFrame,
    event_sources: pd.DataFrame,
    lanes: Mapping[str, str],
    statuses: Mapping[str, str],
    pinned: Mapping[str, str],
    landmarks: Mapping[str, str],
    names: Mapping[str, str],
    as_of: dt.date,
    horizon: dt.date,
    palette: Palette,
    days: Days | None = None,
    pick: str | None = None,
) -> go.Figure:
    """Draw events in lanes by theme, the document's dates and expectations joined to what came.

    Args:
        items: What :func:`entente.analysis.expectations.timeline_items` returns, within `days`.
        event_sources: The table of that name; the hover label counts its rows.
        lanes: Theme code to label, in order.
        statuses: Status code to label.
        pinned: Event id to name of the events with the uppermost lanes to themselves.
        landmarks: Event id to name of the events that are labelled at every width.
        names: Item id to short name; drawn where there is room.
        as_of: The day whose knowledge is shown; a shade covers what came later.
        horizon: The day of the newest source.
        palette: The appearance to draw in.
        days: First and last day of a zoom; None for all, with what came early not to scale.
        pick: The item to ring, if any.

    Returns:
        A figure of which every trace carries `customdata`: `event` or `expectation`, the id, and
        the ids of its claims joined by blanks.
    """
    if items.empty:
        return empty_figure(palette, key=KEY, text=NOTHING)
    window = window_of(as_of=as_of, horizon=horizon, days=days)
    layout = layout_of(
        items,
        lanes=lanes,
        pinned=pinned,
        first_in_lane=list(landmarks),
        names={id_: name for id_, name in names.items() if days or id_ not in landmarks},
        window=window,
    )
    figure = blank_figure(palette, key=KEY)
    hovers = _hovers(layout, items, event_sources, statuses)
    figure.add_traces(list(_traces(layout, hovers, palette, landmarks, pick)))
    is_cut = as_of < min(horizon, window.last)
    add_frame(
        figure,
        axes(layout, palette, is_cut=is_cut),
        [
            *lane_shapes(layout, palette),
            *day_shapes(layout, palette, is_cut=is_cut),
            *document_boxes(layout.marks, palette),
        ],
        labels(layout, palette, pinned=pinned, landmarks=landmarks, is_cut=is_cut),
    )
    return figure


def rows_of(figure: go.Figure) -> float:
    """How many rows a timeline has, so that the page can give it a fitting height; 0 when empty."""
    ends = figure.layout.yaxis.range
    return float(ends[0] - ends[1]) if ends else 0.0


def _traces(
    layout: Layout,
    hovers: list[str],
    palette: Palette,
    landmarks: Mapping[str, str],
    pick: str | None,
) -> Iterator[go.Scatter]:
    """Everything that is drawn from data, from the back to the front."""
    marks, window = layout.marks, layout.window
    yield from bar_traces(marks, palette)
    yield from link_traces(marks, window, palette)
    yield from pick_traces(marks, palette, pick=pick)
    yield from mark_traces(marks, palette, hovers=hovers)
    yield from note_traces(marks, palette)
    yield from name_traces(layout, palette, landmarks=landmarks, pick=pick)


def _hovers(
    layout: Layout,
    items: pd.DataFrame,
    event_sources: pd.DataFrame,
    statuses: Mapping[str, str],
) -> list[str]:
    counts = event_sources["event_id"].value_counts()
    rows = {item["item_id"]: item for _, item in items.iterrows()}
    came = {
        id_: f"{in_words(row['date_edtf'])}, {row['title']}"
        for id_, row in rows.items()
        if row["shows_record"]
    }
    return [
        hover_text(
            rows[mark.item_id],
            mark.face,
            status=statuses[mark.status],
            sources=int(counts.get(mark.item_id, 0)),
            outcome=came.get(mark.outcome_id, ""),
        )
        for mark in layout.marks
    ]
