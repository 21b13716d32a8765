"""The timeline page: the finding, the controls, the figure, and the picked event beside it."""

import datetime as dt
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from entente.analysis import chronology
from entente.figures.timeline import rows_of, timeline, timeline_alt
from entente.figures.timeline_marks import DOCUMENT_SYMBOL, STATUS_SYMBOLS
from entente.palette import PALETTES
from entente.schema.dates_in_words import in_words
from entente.store import Dossier
from entente.ui import controls, markup, panels, url_state
from entente.ui.appearance import palette
from entente.ui.cache import kept
from entente.ui.timeline_records import (
    differing_dates,
    event_record,
    finding,
    statuses,
    timeline_table,
)
from entente.views import TimelineView, horizon, tied_actors

CAPTION = (
    "Each mark is an event; choose one to read it. A bar covers all the days that a date may mean, "
    "or that the event took. A line joins the document’s date to the record’s."
)
# Rows of the figure up to which a height suits; the style sheet has the heights.
HEIGHTS = {"low": 9, "middle": 18, "high": 28}


def show_finding(dossier: Dossier, view: TimelineView) -> None:
    """What this view shows, as the title."""
    sentence = finding(_events(dossier, view), lens=view.lens, as_of=view.as_of)
    st.title(markup.literal(sentence), anchor=False)


def show_controls(dossier: Dossier) -> None:
    """Lens and day in the open; themes, actors and the list of events in the drawer."""
    labels = dossier["actors"].set_index("actor_id")["label"]
    actors = {actor_id: str(labels[actor_id]) for actor_id in tied_actors(dossier)}
    with controls.bar():
        controls.lens(TimelineView)
        controls.as_of(TimelineView, dossier)
        with controls.drawer():
            controls.several(TimelineView, "themes", label="Themes", options=_themes(dossier))
            controls.several(TimelineView, "actors", label="Actors", options=actors)
            controls.one_of_many(
                TimelineView, "pick", label="Event", options=kept(names, dossier), optional=True
            )


def show_timeline(dossier: Dossier, view: TimelineView) -> None:
    """The figure with its key, and beside it the picked event or the dates that differ."""
    events = _events(dossier, view)
    drawn, told = st.columns([3.1, 1], gap="large")
    with drawn:
        _key(dossier)
        _panel(dossier, view, events)
    with told, st.container(key="event"):
        if view.pick is None:
            _differing(events)
        else:
            _event(dossier, view, events, view.pick)


def events_on(dossier: Dossier, **choices: Any) -> pd.DataFrame:
    """The events that a view has; `choices` are those of the analysis."""
    return chronology.events_in_view(
        events=dossier["events"], event_actors=dossier["event_actors"], **choices
    )


def figure_of(
    dossier: Dossier, *, as_of: dt.date, pick: str | None, appearance: str, **choices: Any
) -> go.Figure:
    """The timeline of a view in an appearance."""
    return timeline(
        events=kept(events_on, dossier, as_of=as_of, **choices),
        event_sources=dossier["event_sources"],
        event_claims=dossier["event_claims"],
        lanes=dossier.labels("themes"),
        statuses=statuses(dossier),
        pinned=chronology.HEADLINE_VISITS,
        landmarks=chronology.LANDMARKS,
        as_of=as_of,
        horizon=horizon(dossier),
        palette=PALETTES[appearance],
        pick=pick,
    )


def _choices(view: TimelineView) -> dict[str, Any]:
    return {
        "lens": view.lens,
        "as_of": view.as_of,
        "themes": view.themes,
        "actors": view.actors,
    }


def _events(dossier: Dossier, view: TimelineView) -> pd.DataFrame:
    events: pd.DataFrame = kept(events_on, dossier, **_choices(view))
    return events


def _panel(dossier: Dossier, view: TimelineView, events: pd.DataFrame) -> None:
    cited = dossier["event_sources"]
    figure = kept(figure_of, dossier, **_choices(view), pick=view.pick, appearance=palette().name)
    with st.container(key=f"timeline-{_height(figure)}"):
        panels.panel(
            figure,
            key="timeline",
            alt=kept(alt_of, dossier, **_choices(view)),
            table=kept(table_of, dossier, **_choices(view)),
            caption=CAPTION,
            source_ids=list(cited[cited["event_id"].isin(events["event_id"])]["source_id"]),
            dossier=dossier,
            on_pick=lambda mark: _pick(mark[1]),
        )


def alt_of(dossier: Dossier, **choices: Any) -> str:
    """What the figure of a view shows, in words."""
    return timeline_alt(
        events=kept(events_on, dossier, **choices),
        lanes=dossier.labels("themes"),
        as_of=choices["as_of"],
        pinned=chronology.HEADLINE_VISITS,
    )


def table_of(dossier: Dossier, **choices: Any) -> pd.DataFrame:
    """The events of a view as rows for readers."""
    return timeline_table(dossier, kept(events_on, dossier, **choices))


def _key(dossier: Dossier) -> None:
    symbols = [
        (STATUS_SYMBOLS[code][1], label) for code, label in dossier.labels("event_statuses").items()
    ]
    markup.show("event_key", symbols=symbols, document=DOCUMENT_SYMBOL[1])


def _differing(events: pd.DataFrame) -> None:
    """The events that the document dates otherwise, each to be picked."""
    rows = differing_dates(events)
    markup.show("event_none", has_rows=bool(rows))
    for row in rows:
        st.button(
            markup.literal(row["title"]),
            key=f"differs-{row['event_id']}",
            type="tertiary",
            on_click=_pick,
            args=(row["event_id"],),
        )
        markup.show("event_dates", row=row)


def _event(dossier: Dossier, view: TimelineView, events: pd.DataFrame, pick: str) -> None:
    order = list(events["event_id"])
    _steps(order, pick)
    cited = dossier["event_sources"]
    sources = list(cited[cited["event_id"] == pick]["source_id"])
    record = event_record(dossier, pick, as_of=view.as_of)
    markup.show("event", event=record, is_drawn=pick in order, source_count=len(sources))
    panels.source_list(sources, dossier)


def _steps(order: list[str], pick: str) -> None:
    before, after = chronology.neighbours(order, pick)
    with st.container(key="event-steps", horizontal=True, gap="small"):
        for label, target in (("← Earlier", before), ("Later →", after)):
            st.button(label, disabled=target is None, on_click=_pick, args=(target,))
        st.button("Close", type="tertiary", on_click=_pick, args=(None,))


def _pick(event_id: str | None) -> None:
    url_state.put(TimelineView, "pick", event_id)


def _height(figure: go.Figure) -> str:
    rows = rows_of(figure)
    return next((name for name, most in HEIGHTS.items() if rows <= most), "tall")


def _themes(dossier: Dossier) -> dict[str, str]:
    used = set(dossier["events"]["theme_code"])
    return {code: label for code, label in dossier.labels("themes").items() if code in used}


def names(dossier: Dossier) -> dict[str, str]:
    """Every event by id, with its date and title, in order."""
    events = chronology.in_order(dossier["events"].assign(shows_record=True))
    return {
        event["event_id"]: f"{in_words(event['date_edtf'], is_short=True)}: {event['title']}"
        for event in events.to_dict("records")
    }
