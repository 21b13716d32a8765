"""The timeline: events in lanes by theme, each date drawn as exactly as it is known."""

import datetime as dt
from bisect import bisect
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.dates import SHORT_MONTHS, day_in_words, in_words
from entente.record.chronology import EVENT, EXPECTATION, NOT_HELD
from entente.style.palette import Palette
from entente.style.theme import (
    blank_figure,
    count_noun,
    empty_figure,
    scaffold_name,
    set_reading_order,
)
from entente.timeline.labels import (
    FOOT,
    LABEL,
    LENS_WORDS,
    draw_names,
    say_days,
    write_hover,
    write_labels,
)
from entente.timeline.layout import EARLY_COLUMNS, HEAD, Layout, Mark, lay_out
from entente.timeline.marks import (
    draw_bars,
    draw_boxes,
    draw_links,
    draw_notes,
    draw_pick,
    draw_symbols,
)
from entente.timeline.scale import Days, Window

KEY = "timeline"
NOTHING = "Nothing known on this date matches these filters and this period."
EARLY_DOMAIN, RECENT_DOMAIN, WHOLE_DOMAIN = (0.0, 0.19), (0.215, 1.0), (0.0, 1.0)
LEAST_FOOT = 0.15
STEPS, MOST_STEPS = (1, 3, 6, 12, 60, 120), 13  # months between lines of the scale, and how many
DAYS_OF_A_MONTH = 30.44
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
    author: str,
    window: Window,
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
        author: Short name of who published the document.
        window: The days with a scale, and the as-of day; a shade covers what came later.
        palette: The appearance to draw in.
        pick: The item to ring, if any.

    Returns:
        A figure of which every trace carries `customdata`: `event` or `expectation`, the id, and
        the ids of its claims joined by blanks.
    """
    if items.empty:
        return empty_figure(palette, key=KEY, text=NOTHING)
    layout = lay_out(
        items,
        lanes=lanes,
        pinned=pinned,
        first_in_lane=list(landmarks),
        names={
            item_id: name
            for item_id, name in names.items()
            if window.is_zoomed or item_id not in landmarks
        },
        window=window,
    )
    hovers = _write_hovers(layout, items, event_sources, statuses, author)
    figure = blank_figure(palette, key=KEY)
    figure.add_traces(
        [
            *draw_bars(layout, palette),
            *draw_links(layout, palette),
            *draw_pick(layout, palette, pick=pick),
            *draw_symbols(layout, palette, hovers=hovers),
            *draw_notes(layout, palette),
            *draw_names(layout, palette, landmarks=landmarks, pick=pick),
        ]
    )
    figure.update_layout(
        **_axes(layout, palette),
        shapes=[*_ground_shapes(layout, palette), *draw_boxes(layout, palette)],
        annotations=write_labels(
            layout, palette, pinned=pinned, landmarks=landmarks, author=author
        ),
        margin={"l": 2, "r": 12, "t": 40, "b": 4},
    )
    return set_reading_order(figure, [mark.data[:2] for mark in _list_in_order(layout)])


def _list_in_order(layout: Layout) -> list[Mark]:
    """Marks as one reads them: lane by lane from the top, in each from early to late."""
    tops = [lane.top for lane in layout.lanes]
    return sorted(
        layout.marks,
        key=lambda mark: (bisect(tops, mark.y), mark.panel == "recent", mark.middle, mark.y),
    )


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
    day = day_in_words(as_of)
    if items.empty:
        none = "Timeline without events: none matches the filters"
        return f"{none}, {say_days(days)}, as known on {day}."
    counts = items["theme_code"].value_counts()
    by_lane = [f"{label} {counts[code]}" for code, label in lanes.items() if code in counts]
    rows = list(items.itertuples(name="Item"))
    dated = [f"{pinned[r.item_id]}: {_say_dates(r)}." for r in rows if r.item_id in pinned]
    expected = [f"{r.title}: {_say_expectation(r)}." for r in rows if r.kind == EXPECTATION]
    early = ["The earliest stand at the left, in order, not to scale."] if days is None else []
    return " ".join(
        [
            f"Timeline of {_count_items(items)}, {say_days(days)}, {LENS_WORDS[lens]}, "
            f"as known on {day}.",
            f"Lanes by theme: {', '.join(by_lane)}.",
            *dated,
            *expected,
            *early,
            "The table below and the view “List” show them all.",
        ]
    )


def _write_hovers(
    layout: Layout,
    items: pd.DataFrame,
    event_sources: pd.DataFrame,
    statuses: Mapping[str, str],
    author: str,
) -> list[str]:
    counts = event_sources["event_id"].value_counts()
    outcomes = {
        event.item_id: f"{in_words(event.date_edtf)}, {event.title}"
        for event in items[items["shows_record"].astype(bool)].itertuples()
    }
    return [
        write_hover(
            mark,
            status=statuses[mark.item.status_code],
            sources=int(counts.get(mark.item_id, 0)),
            author=author,
            outcome=outcomes.get(mark.item.outcome_id, ""),
        )
        for mark in layout.marks
    ]


def _axes(layout: Layout, palette: Palette) -> Part:
    """The axes of time and the axis of rows. Nothing moves: a swipe scrolls the page."""
    window = layout.window
    starts = list(_list_starts(window))
    middle = 15 if _find_step(window) == 1 else 0  # names of months stand over their middle
    quiet = {"fixedrange": True, "zeroline": False, "showgrid": False, "ticks": ""}
    early = {**quiet, "domain": EARLY_DOMAIN, "range": [0.35, EARLY_COLUMNS + 0.65]}
    return {
        **({"xaxis": {**early, "showticklabels": False}} if window.has_early else {}),
        "xaxis2": {
            **quiet,
            "domain": RECENT_DOMAIN if window.has_early else WHOLE_DOMAIN,
            "type": "date",
            "range": [window.time(-window.lead), window.time(window.end)],
            "anchor": "y",
            "side": "top",
            "tickmode": "array",
            "tickvals": [window.time(window.place(day) + middle) for day in starts],
            "ticktext": [_tick(day, is_first=day == starts[0]) for day in starts],
            "tickfont": {"size": LABEL, "color": palette.muted},
        },
        "yaxis": {
            **quiet,
            "range": [layout.height + (FOOT if window.is_cut else LEAST_FOOT), 0],
            "showticklabels": False,
            "anchor": "x2",
        },
    }


def _ground_shapes(layout: Layout, palette: Palette) -> Iterator[Part]:
    """What lies under the marks.

    A tint where there is no scale; lines for months or quarters; a rule over each lane; the line of
    the document's day; and, where time is cut, the as-of line with a shade to its right. The labels
    of the pinned lanes stay on plain paper.
    """
    window, bottom = layout.window, layout.height
    top = min((lane.top for lane in layout.lanes if not lane.is_pinned), default=bottom)
    grid = {"color": palette.rule, "width": 1}
    if window.has_early:
        yield _box(*EARLY_DOMAIN, top, bottom, xref="paper", fillcolor=palette.raised)
    for day in _list_starts(window):
        yield _line(day.isoformat(), 0, bottom, line=grid)
    for lane in layout.lanes:
        ends = {"x0": 0, "x1": 1, "xref": "paper"}
        yield {**_line(0, lane.top, lane.top, line=grid), **ends}
    if window.has_document_line:
        published = window.time(window.place(window.document_day) + 0.5)
        yield _line(published, HEAD * 0.85, bottom, line={"color": palette.accent, "width": 1.5})
    if window.is_cut:
        known = window.time(window.place(window.as_of) + 1)
        end, foot = window.time(window.end), bottom + FOOT
        yield _box(known, end, top, foot, fillcolor=palette.ink, opacity=0.06)
        yield _line(known, top, foot, line={"color": palette.ink, "width": 1, "dash": "dot"})


def _list_starts(window: Window) -> Iterator[dt.date]:
    """First days on the scale of months, or of quarters or longer steps where these are many."""
    step = _find_step(window)
    first = window.first.year * 12 // step * step
    for month in range(first, (window.last.year + 1) * 12, step):
        day = dt.date(month // 12, month % 12 + 1, 1)
        if window.first <= day <= window.last:
            yield day


def _find_step(window: Window) -> int:
    """The months from one line of the scale to the next."""
    months = (window.last - window.first).days / DAYS_OF_A_MONTH
    return next((step for step in STEPS if months / step <= MOST_STEPS), STEPS[-1])


def _tick(day: dt.date, *, is_first: bool) -> str:
    month = SHORT_MONTHS[day.month - 1][:3]
    return f"{month}<br>{day.year}" if day.month == 1 or is_first else month


def _line(x: Any, y0: float, y1: float, *, line: Part) -> Part:
    """An upright line."""
    ends = {"xref": "x2", "yref": "y", "x0": x, "x1": x, "y0": y0, "y1": y1}
    return {"type": "line", **ends, "line": line, "layer": "below", "name": GROUND}


def _box(x0: Any, x1: Any, y0: float, y1: float, *, xref: str = "x2", **look: Any) -> Part:
    ends = {"xref": xref, "yref": "y", "x0": x0, "x1": x1, "y0": y0, "y1": y1}
    drawn = {"line": {"width": 0}, "layer": "below", "name": GROUND}
    return {"type": "rect", **ends, **drawn, **look}


def _count_items(items: pd.DataFrame) -> str:
    """How many events and expectations there are, in words."""
    events = int((items["kind"] == EVENT).sum())
    expectations = len(items) - events
    said = count_noun(events, "event")
    return f"{said} and {count_noun(expectations, 'expectation')}" if expectations else said


def _say_dates(item: Any) -> str:
    """The dates of an event by the document and by the record, in words."""
    said = []
    if item.shows_document:
        said.append(f"the document says {in_words(item.document_date_edtf)}")
    if item.shows_record:
        held = "not held on " if item.status_code == NOT_HELD else ""
        said.append(f"the record says {held}{in_words(item.date_edtf)}")
    return ", ".join(said)


def _say_expectation(item: Any) -> str:
    """When something was expected, and whether anything has come of it."""
    date = item.document_date_edtf
    when = f"expected {'' if '/' in date else 'for '}{in_words(date)}"
    return f"{when}, nothing on record by then" if item.is_awaited else when
