"""The timeline: events in lanes by theme, each date drawn as exactly as it is known."""

import datetime as dt
from collections.abc import Iterator, Mapping

import pandas as pd
import plotly.graph_objects as go

from entente.dates.words import in_words
from entente.style.palette import Palette
from entente.style.theme import blank_figure, empty_figure
from entente.timeline import bars as timeline_bars
from entente.timeline import frame as timeline_frame
from entente.timeline import labels as timeline_labels
from entente.timeline import links as timeline_links
from entente.timeline import marks as timeline_marks
from entente.timeline.dates import Days, window_of
from entente.timeline.layout import Layout, layout_of
from entente.timeline.words import hover_text, timeline_alt

__all__ = ["rows_of", "timeline", "timeline_alt"]

KEY = "timeline"
NOTHING = "Nothing fits these filters, in these days, as known on this date."


def timeline(
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
    timeline_frame.add_frame(
        figure,
        timeline_frame.axes(layout, palette, is_cut=is_cut),
        [
            *timeline_frame.lane_shapes(layout, palette),
            *timeline_frame.day_shapes(layout, palette, is_cut=is_cut),
            *timeline_bars.document_boxes(layout.marks, palette),
        ],
        timeline_labels.labels(layout, palette, pinned=pinned, landmarks=landmarks, is_cut=is_cut),
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
    yield from timeline_bars.bar_traces(marks, palette)
    yield from timeline_links.link_traces(marks, window, palette)
    yield from timeline_marks.pick_traces(marks, palette, pick=pick)
    yield from timeline_marks.mark_traces(marks, palette, hovers=hovers)
    yield from timeline_marks.note_traces(marks, palette)
    yield from timeline_labels.name_traces(layout, palette, landmarks=landmarks, pick=pick)


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
