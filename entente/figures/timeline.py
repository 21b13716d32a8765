"""The timeline: events in lanes by theme, each date drawn as exactly as it is known."""

import datetime as dt
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from entente.figures import timeline_bars, timeline_frame, timeline_labels, timeline_marks
from entente.figures.theme import blank_figure, empty_figure
from entente.figures.timeline_dates import Window, window_of
from entente.figures.timeline_layout import HEADLINE_LANE, Layout, layout_of
from entente.figures.timeline_words import hover_text, timeline_alt
from entente.palette import Palette

__all__ = ["rows_of", "timeline", "timeline_alt"]

KEY = "timeline"
NOTHING = "No event fits these filters on this date."


def timeline(
    *,
    events: pd.DataFrame,
    event_sources: pd.DataFrame,
    event_claims: pd.DataFrame,
    lanes: Mapping[str, str],
    statuses: Mapping[str, str],
    pinned: Mapping[str, str],
    landmarks: Mapping[str, str],
    as_of: dt.date,
    horizon: dt.date,
    palette: Palette,
    pick: str | None = None,
) -> go.Figure:
    """Draw events in lanes by theme, the document's dates joined to the record's.

    Args:
        events: What :func:`entente.analysis.chronology.events_in_view` returns.
        event_sources: The table of that name; the hover label counts its rows.
        event_claims: The table of that name; a mark carries the ids of its claims.
        lanes: Theme code to label, in order.
        statuses: Status code to label.
        pinned: Event id to name of the events with the uppermost lane to themselves.
        landmarks: Event id to name of the events that are labelled in the figure.
        as_of: The day whose knowledge is shown; a shade covers what came later.
        horizon: The day of the newest source.
        palette: The appearance to draw in.
        pick: The event to ring, if any.

    Returns:
        A figure whose marks carry `customdata` of `event`, the event id, and its claim ids joined
        by blanks.
    """
    if events.empty:
        return empty_figure(palette, key=KEY, text=NOTHING)
    window = window_of(as_of=as_of, horizon=horizon)
    layout = _layout(events, lanes=lanes, pinned=pinned, landmarks=landmarks, window=window)
    marks = layout.marks
    figure = blank_figure(palette, key=KEY)
    figure.add_traces(
        [
            *timeline_bars.bar_traces(marks, palette),
            *timeline_bars.join_traces(marks, palette),
            *timeline_marks.pick_traces(marks, palette, pick=pick),
            *timeline_marks.mark_traces(
                marks,
                palette,
                hovers=_hovers(layout, events, event_sources, statuses),
                customdata=_customdata(layout, event_claims),
            ),
            *timeline_marks.note_traces(marks, palette),
        ]
    )
    timeline_frame.add_frame(
        figure,
        timeline_frame.axes(layout, palette, is_cut=as_of < horizon),
        [
            *timeline_frame.lane_shapes(layout, palette),
            *timeline_frame.day_shapes(layout, palette, is_cut=as_of < horizon),
            *timeline_bars.document_boxes(marks, palette),
        ],
        timeline_labels.labels(
            layout, palette, pinned=pinned, landmarks=landmarks, is_cut=as_of < horizon
        ),
    )
    return figure


def rows_of(figure: go.Figure) -> float:
    """How many rows a timeline has, so that the page can give it a fitting height; 0 when empty."""
    ends = figure.layout.yaxis.range
    return float(ends[0] - ends[1]) if ends else 0.0


def _layout(
    events: pd.DataFrame,
    *,
    lanes: Mapping[str, str],
    pinned: Mapping[str, str],
    landmarks: Mapping[str, str],
    window: Window,
) -> Layout:
    return layout_of(
        events,
        lanes={HEADLINE_LANE: "Headline visits", **lanes},
        pinned=list(pinned),
        first_in_lane=list(landmarks),
        window=window,
    )


def _hovers(
    layout: Layout,
    events: pd.DataFrame,
    event_sources: pd.DataFrame,
    statuses: Mapping[str, str],
) -> list[str]:
    counts = event_sources["event_id"].value_counts()
    rows = {event["event_id"]: event for _, event in events.iterrows()}
    return [
        hover_text(
            rows[mark.event_id],
            mark.face,
            status=statuses[mark.status],
            sources=int(counts.get(mark.event_id, 0)),
        )
        for mark in layout.marks
    ]


def _customdata(layout: Layout, event_claims: pd.DataFrame) -> list[list[str]]:
    claims = event_claims.sort_values("claim_id").groupby("event_id")["claim_id"].agg(" ".join)
    return [["event", mark.event_id, str(claims.get(mark.event_id, ""))] for mark in layout.marks]
