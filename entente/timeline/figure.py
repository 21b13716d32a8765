"""The timeline: events in lanes by theme, each date drawn as exactly as it is known."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.dates import SHORT_MONTHS, day_in_words, in_words
from entente.record.chronology import EVENT, EXPECTATION, NOT_HELD
from entente.style.palette import Palette
from entente.style.theme import blank_figure, empty_figure, scaffold_name
from entente.timeline.labels import (
    FOOT,
    LABEL,
    LENS_WORDS,
    draw_names,
    say_days,
    write_hover,
    write_labels,
)
from entente.timeline.layout import EARLY_COLUMNS, HEAD, HEADLINE_LANE, Layout, lay_out
from entente.timeline.marks import (
    draw_bars,
    draw_boxes,
    draw_links,
    draw_notes,
    draw_pick,
    draw_symbols,
)
from entente.timeline.scale import Days, Window, days_across, move_by

KEY = "timeline"
NOTHING = "Nothing fits these filters, in these days, as known on this date."
EARLY_DOMAIN, RECENT_DOMAIN, WHOLE_DOMAIN = (0.0, 0.19), (0.215, 1.0), (0.0, 1.0)
LEAST_FOOT = 0.15
QUARTERS = (1, 4, 7, 10)
A_YEAR = 366
GROUND = scaffold_name("lanes, scale and days")
Part = dict[str, Any]


def draw_timeline(
    *,
    items: pd.DataFrame,
    event_sources: pd.DataFrame,
    lanes: Mapping[str, str],
    statuses: Mapping[str, str],
    pinned: Mapping[str, str],
    landmarks: Mapping[str, str],
    names: Mapping[str, str],
    window: Window,
    horizon: dt.date,
    palette: Palette,
    pick: str | None = None,
) -> go.Figure:
    """Draw events in lanes by theme, the document's dates and expectations joined to what came.

    Args:
        items: What :func:`entente.record.chronology.list_items` returns, within the window's days
            when it has no early panel.
        event_sources: The table of that name; the hover label counts its rows.
        lanes: Theme code to label, in order.
        statuses: Status code to label.
        pinned: Event id to name of the events with the uppermost lanes to themselves.
        landmarks: Event id to name of the events that are labelled at every width.
        names: Item id to short name; drawn where there is room.
        window: The days with a scale, and the as-of day; a shade covers what came later.
        horizon: The day of the newest source.
        palette: The appearance to draw in.
        pick: The item to ring, if any.

    Returns:
        A figure of which every trace carries `customdata`: `event` or `expectation`, the id, and
        the ids of its claims joined by blanks.
    """
    if items.empty:
        return empty_figure(palette, key=KEY, text=NOTHING)
    is_zoomed = not window.has_early
    layout = lay_out(
        items,
        lanes=lanes,
        pinned=pinned,
        first_in_lane=list(landmarks),
        names={id_: name for id_, name in names.items() if is_zoomed or id_ not in landmarks},
        window=window,
    )
    marks = layout.marks
    figure = blank_figure(palette, key=KEY)
    for traces in (
        draw_bars(marks, palette),
        draw_links(marks, window, palette),
        draw_pick(marks, palette, pick=pick),
        draw_symbols(marks, palette, hovers=_hovers(layout, items, event_sources, statuses)),
        draw_notes(marks, palette),
        draw_names(layout, palette, landmarks=landmarks, pick=pick),
    ):
        figure.add_traces(list(traces))
    is_cut = window.as_of < min(horizon, window.last)
    figure.update_layout(
        **_axes(layout, palette, is_cut=is_cut),
        shapes=[
            *_lane_shapes(layout, palette),
            *_day_shapes(layout, palette, is_cut=is_cut),
            *draw_boxes(marks, palette),
        ],
        annotations=write_labels(
            layout, palette, pinned=pinned, landmarks=landmarks, is_cut=is_cut
        ),
        dragmode=False,
        hovermode="closest",
        margin={"l": 2, "r": 12, "t": 40, "b": 4},
    )
    return figure


def count_rows(figure: go.Figure) -> float:
    """How many rows high a timeline or a tempo is; 0 when it is empty."""
    ends = figure.layout.yaxis.range
    return float(ends[0] - ends[1]) if ends else 0.0


def describe_timeline(
    *,
    items: pd.DataFrame,
    lanes: Mapping[str, str],
    lens: str,
    as_of: dt.date,
    pinned: Mapping[str, str],
    days: Days | None = None,
) -> str:
    """What the timeline shows, in a few sentences, for those who do not see it.

    Args:
        items: What :func:`entente.record.chronology.list_items` returns, within `days`.
        lanes: Theme code to label, in order.
        lens: Whose dates are shown.
        as_of: The day whose knowledge is shown.
        pinned: Event id to name of the events with a lane of their own.
        days: First and last day of a zoom, if any.
    """
    if items.empty:
        return (
            f"Timeline without events: none fits the filters, {say_days(days)}, as known on "
            f"{day_in_words(as_of)}."
        )
    counts = items["theme_code"].value_counts()
    by_lane = [f"{label} {counts[code]}" for code, label in lanes.items() if code in counts]
    rows = items.to_dict("records")
    said = [f"{pinned[r['item_id']]}: {_say_faces(r)}." for r in rows if r["item_id"] in pinned]
    expected = [f"{r['title']}: {_say_expectation(r)}." for r in rows if r["kind"] == EXPECTATION]
    early = ["The earliest stand at the left, in order, not to scale."] if days is None else []
    return " ".join(
        [
            f"Timeline of {_count(items)}, {say_days(days)}, {LENS_WORDS[lens]}, "
            f"as known on {day_in_words(as_of)}.",
            f"Lanes by theme: {', '.join(by_lane)}.",
            *said,
            *expected,
            *early,
            "The table below and the reading “List” have every one of them.",
        ]
    )


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
        write_hover(
            rows[mark.item_id],
            mark.face,
            status=statuses[mark.status],
            sources=int(counts.get(mark.item_id, 0)),
            outcome=came.get(mark.outcome_id, ""),
        )
        for mark in layout.marks
    ]


def _axes(layout: Layout, palette: Palette, *, is_cut: bool) -> Part:
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
            "range": [move_by(first, -window.lead_days), end],
            "anchor": "y",
            "side": "top",
            "tickmode": "array",
            **_ticks(window),
            "tickfont": {"size": LABEL, "color": palette.muted},
        },
        "yaxis": {**quiet, "range": [bottom, 0], "showticklabels": False, "anchor": "x2"},
    }


def _lane_shapes(layout: Layout, palette: Palette) -> list[Part]:
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


def _day_shapes(layout: Layout, palette: Palette, *, is_cut: bool) -> list[Part]:
    """The publication line; and, where time is cut, the as-of line with a shade to its right."""
    window, bottom = layout.window, layout.height
    published = days_across(window.document_day, window.document_day)[1]
    shapes = []
    if window.has_document_line:
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


def _ticks(window: Window) -> Part:
    """Names of quarters over their first day; of months over their middle, where they are few."""
    starts = list(_starts(window))
    middle = 0 if _has_quarters(window) else 15
    return {
        "tickvals": [move_by(day.isoformat(), middle) for day in starts],
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


def _count(items: pd.DataFrame) -> str:
    """How many events and expectations there are, in words."""
    events = int((items["kind"] == EVENT).sum())
    expectations = len(items) - events
    said = f"{events} event{'' if events == 1 else 's'}"
    if not expectations:
        return said
    return f"{said} and {expectations} expectation{'' if expectations == 1 else 's'}"


def _say_faces(item: Mapping[str, object]) -> str:
    """The dates of an event by the document and by the record, in words."""
    said = []
    if item["shows_document"]:
        said.append(f"the document has {in_words(str(item['document_date_edtf']))}")
    if item["shows_record"]:
        held = "not held on " if item["status_code"] == NOT_HELD else ""
        said.append(f"the record has {held}{in_words(str(item['date_edtf']))}")
    return ", ".join(said)


def _say_expectation(item: Mapping[str, object]) -> str:
    """When something was expected, and whether anything has come of it."""
    when = f"expected for {in_words(str(item['document_date_edtf']))}"
    if "/" in str(item["document_date_edtf"]):
        when = f"expected {in_words(str(item['document_date_edtf']))}"
    return f"{when}, nothing of it on record by then" if item["is_awaited"] else when
