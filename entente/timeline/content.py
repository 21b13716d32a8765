"""What a view of the timeline shows: its finding, and the figure or table that proves it."""

import datetime as dt
import math
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from entente.address.views import TimelineView, default_view
from entente.content import (
    SUMMARY_HEIGHT,
    Height,
    LegendEntry,
    Panel,
    PanelParts,
    height_by_rows,
    list_symbols,
    make_panel,
)
from entente.dates import day_in_words, known_from, span
from entente.dossier.store import Dossier, cached
from entente.record.chronology import EVENT, EXPECTED, NOT_HELD, NOT_YET_KNOWN, count_days_early
from entente.style.palette import PALETTES, Palette
from entente.style.theme import count_noun
from entente.timeline.figure import describe_timeline, draw_timeline
from entente.timeline.items import (
    find_days,
    find_items,
    forget_display,
    label_statuses,
    list_rows,
    list_sources,
)
from entente.timeline.labels import say_days
from entente.timeline.layout import list_marks
from entente.timeline.marks import DOCUMENT_SYMBOL, HOLLOW_STATUSES, STATUS_SYMBOLS
from entente.timeline.scale import Days, Window, find_window
from entente.timeline.tempo import (
    count_by_quarter,
    describe_tempo,
    draw_tempo,
    find_busiest,
    list_counts,
    quarter_in_words,
)

CAPTION = (
    "Each mark is an event; select one to read it. A bar covers the days that the event took, or "
    "on which it may have happened. A line joins the document’s date to the date on record; an "
    "arrow runs "
    "from what the document expected to what happened, a dotted one to the date shown while "
    "nothing has."
)
TEMPO_CAPTION = (
    "Events of this dataset, which was gathered around the document: it counts what was looked "
    "for, not everything that happened. An event counts once, in the quarter of its earliest "
    "possible date; what was cancelled or only planned is drawn below the line. * Incomplete "
    "quarter. The top row has its own scale."
)
LIST_CAPTION = "The events of the view in order, oldest first."
A_MONTH = range(28, 32)  # days
EMPTY = 12.0  # rem, of a figure that only says that nothing fits


@cached
def title(dossier: Dossier, view: TimelineView) -> str:
    """What this view shows, in a sentence."""
    nothing = f"No event matches these filters by {day_in_words(view.as_of)}"
    if view.mode == "tempo":
        return _say_busiest(count_events(dossier, view=forget_display(view))) or nothing
    items = find_items(dossier, view)
    if items.empty:
        published = dossier.document.day
        if view.lens != "document" or view.as_of >= published:
            return nothing
        return f"The document came out on {day_in_words(published)}, after the date shown"
    visits = _say_visits(dossier, items) if view.lens == "both" else ""
    return visits or _say_counts(dossier, view, items)


@cached
def panels(dossier: Dossier, view: TimelineView, appearance: str) -> tuple[Panel, ...]:
    """Lanes, tempo, or the list as a table."""
    if view.mode == "list":
        items = find_items(dossier, view)
        return (
            Panel(
                key="timeline",
                figure=None,
                alt=f"List of {len(items)} rows, oldest first.",
                table=list_rows(dossier, items),
                caption=LIST_CAPTION,
                source_ids=list_sources(dossier, items),
            ),
        )
    if view.mode == "tempo":
        parts = make_tempo(dossier, view=forget_display(view), appearance=appearance)
        height = _height(parts.figure, each=2.7, around=3.0, step=3, most=18)
        return (make_panel(parts, key="tempo", caption=TEMPO_CAPTION, height=height),)
    parts = make_lanes(dossier, view=view, appearance=appearance)
    height = _height(parts.figure, each=1.14, around=2.6, step=4, most=64)
    is_sparse = dossier.document.timeline_spans[view.zoom].has_visits_only
    return (
        make_panel(
            parts,
            key="timeline",
            caption=CAPTION,
            height=height,
            room_scale=1.3 if is_sparse else 1,
            room_legend=(
                _list_room_legend(dossier, view, PALETTES[appearance]) if parts.legend else ()
            ),
            is_wide=True,
        ),
    )


def list_shown(
    dossier: Dossier, view: TimelineView, palette: Palette
) -> tuple[tuple[LegendEntry, ...], frozenset[str]]:
    """The symbols that are on screen, and what else is, by names that the key knows."""
    held, drawn = _note_drawn(dossier, view=replace(view, pick=None))
    *statuses, _ = list_legend(dossier, palette)
    return tuple(entry for entry in statuses if entry.text in held), drawn


@cached
def _note_drawn(dossier: Dossier, *, view: TimelineView) -> tuple[frozenset[str], frozenset[str]]:
    """Labels of the statuses on screen, and the names of :func:`list_shown`."""
    marks = tuple(list_marks(find_items(dossier, view), _find_window(dossier, view)))
    labels = dossier.labels("event_statuses")
    records = [mark for mark in marks if mark.face == "record"]
    drawn = {
        "document": any(mark.face == "document" for mark in marks),
        "expected": any(mark.is_expected for mark in marks),
        "awaited": any(mark.item.is_awaited for mark in marks),
        "bar": any(not mark.span.is_day and not mark.span.is_approximate for mark in records),
        "about": any(not mark.span.is_day and mark.span.is_approximate for mark in records),
    }
    held = {labels[code] for code in {mark.item.status_code for mark in records} if code in labels}
    return frozenset(held), frozenset(name for name, is_drawn in drawn.items() if is_drawn)


def _list_room_legend(
    dossier: Dossier, view: TimelineView, palette: Palette
) -> tuple[LegendEntry, ...]:
    """The symbols on screen, the document's among them."""
    shown, drawn = list_shown(dossier, view, palette)
    return (*shown, list_legend(dossier, palette)[-1]) if "document" in drawn else shown


def _find_window(dossier: Dossier, view: TimelineView) -> Window:
    """The days that the scale of a view covers.

    An early panel stands beside it where the whole dossier has anything to put there, so that a
    filter never moves the scale.
    """
    window = find_window(
        as_of=view.as_of,
        horizon=dossier.horizon,
        document_day=dossier.document.day,
        days=find_days(dossier, view.zoom),
    )
    return replace(window, has_early=_has_early(dossier, window=window, zoom=view.zoom))


@cached
def _has_early(dossier: Dossier, *, window: Window, zoom: str) -> bool:
    """Whether anything in the whole dossier, known by the window's day, came before its scale."""
    whole = default_view(TimelineView, dossier)
    everything = replace(whole, lens="both", as_of=window.as_of, zoom=zoom)
    marks = list_marks(find_items(dossier, everything), window)
    return any(mark.panel == "early" for mark in marks)


@cached
def visits_panel(dossier: Dossier, *, lens: str, as_of: dt.date, appearance: str) -> Panel | None:
    """The visits that the document is built on, by its dates and by the record's.

    None where the dossier has no view of visits alone, or none of them is known on the day.
    """
    spans = dossier.document.timeline_spans.values()
    own = next((span.timeline_span_id for span in spans if span.has_visits_only), None)
    if own is None:
        return None
    view = replace(default_view(TimelineView, dossier), lens=lens, as_of=as_of, zoom=own)
    parts = make_lanes(dossier, view=view, appearance=appearance)
    if not parts.figure.data:
        return None
    heading = title(dossier, view)
    return make_panel(
        parts, key="visits", caption=CAPTION, heading=heading, height=SUMMARY_HEIGHT, is_wide=True
    )


def shown_panels(dossier: Dossier, view: TimelineView, appearance: str) -> tuple[Panel, ...]:
    """As :func:`panels`, without the pick: the page rings that itself, and draws nothing anew."""
    return panels(dossier, replace(view, pick=None), appearance)


@cached
def make_lanes(dossier: Dossier, *, view: TimelineView, appearance: str) -> PanelParts:
    """The lanes of a view in an appearance, with text, table, sources and legend."""
    items, days = find_items(dossier, view), find_days(dossier, view.zoom)
    lanes, visits = dossier.labels("themes"), dossier.document.visits
    palette = PALETTES[appearance]
    figure = draw_timeline(
        items=items,
        event_sources=dossier["event_sources"],
        lanes=lanes,
        statuses=label_statuses(dossier),
        pinned=visits,
        landmarks=dossier.document.landmarks,
        names=_short_names(dossier, items),
        author=dossier.document.short_name,
        window=_find_window(dossier, view),
        palette=palette,
        pick=view.pick,
    )
    alt = describe_timeline(
        items=items, lanes=lanes, lens=view.lens, as_of=view.as_of, pinned=visits, days=days
    )
    return PanelParts(
        figure,
        alt,
        list_rows(dossier, items),
        list_sources(dossier, items),
        _list_room_legend(dossier, view, palette) if figure.data else (),
    )


@cached
def make_tempo(dossier: Dossier, *, view: TimelineView, appearance: str) -> PanelParts:
    """The tempo of a view in an appearance, with text, table and sources."""
    counts, lanes = count_events(dossier, view=view), dossier.labels("themes")
    figure = draw_tempo(
        counts=counts,
        lanes=lanes,
        days=_find_axis(dossier, view),
        document_day=dossier.document.day,
        as_of=view.as_of,
        palette=PALETTES[appearance],
    )
    alt = describe_tempo(
        counts=counts,
        lanes=lanes,
        lens=view.lens,
        days=find_days(dossier, view.zoom),
        as_of=view.as_of,
    )
    sources = list_sources(dossier, find_items(dossier, view))
    return PanelParts(figure, alt, list_counts(counts, themes=lanes), sources)


@cached
def count_events(dossier: Dossier, *, view: TimelineView) -> pd.DataFrame:
    """The events of a view by quarter and theme."""
    first, _ = _find_axis(dossier, view)
    return count_by_quarter(find_items(dossier, view), since=first)


def _find_axis(dossier: Dossier, view: TimelineView) -> Days:
    """First and last day of the quarters that have a column."""
    days = find_days(dossier, view.zoom)
    if days is not None:
        return days
    last = dossier.horizon
    window = find_window(as_of=view.as_of, horizon=last, document_day=dossier.document.day)
    return window.first, min(window.last, last)


def _short_names(dossier: Dossier, items: pd.DataFrame) -> dict[str, str]:
    """Short names of events and expectations.

    What stands for an expectation alone goes by its own title, whatever it is called once it has
    come.
    """
    named, expected = dossier["event_names"], dossier["expectations"]
    alone = items[items["status_code"] == EXPECTED]
    return {
        **dict(zip(named["event_id"], named["name"], strict=True)),
        **dict(zip(expected["expectation_id"], expected["label"], strict=True)),
        **dict(zip(alone["item_id"], alone["title"], strict=True)),
    }


def list_legend(dossier: Dossier, palette: Palette) -> tuple[LegendEntry, ...]:
    """The symbols of the timeline: one for each status, and one for the document's date."""
    document = LegendEntry(
        text=f"{dossier.document.short_name}’s date",
        colour=palette.accent,
        symbol=DOCUMENT_SYMBOL,
        fill=palette.paper,
    )
    statuses = list_symbols(
        STATUS_SYMBOLS,
        dossier.labels("event_statuses"),
        hollow=HOLLOW_STATUSES,
        colour=palette.muted,
        palette=palette,
    )
    return (*statuses, document)


def _height(figure: go.Figure, *, each: float, around: float, step: int, most: int) -> Height:
    """The height of a figure by its rows, in rem.

    In the app it goes in steps, so that a filter seldom moves what stands below the figure.

    Args:
        figure: With rows counted by its vertical axis.
        each: Height of a row.
        around: Height of what stands above and below the rows.
        step: Rows of a step.
        most: Rows of the highest figure of the app; more are drawn closer.
    """
    ends = figure.layout.yaxis.range  # none when the figure is empty
    rows = float(ends[0] - ends[1]) if ends else 0.0
    stepped = min(most, math.ceil((rows - 0.001) / step) * step)
    screen = stepped * each + around if stepped else EMPTY
    exact = height_by_rows(rows, each=each, around=around)
    return replace(exact, screen=f"{screen:.1f}rem")


def _say_visits(dossier: Dossier, items: pd.DataFrame) -> str:
    """The finding on the first and the last visit; empty when the view or the data has none."""
    rows = items.set_index("item_id")
    visits = [event_id for event_id in dossier.document.visits if event_id in rows.index]
    if len(visits) < len(dossier.document.visits) or len(visits) < 2:
        return ""
    first, last = rows.loc[visits[0]], rows.loc[visits[-1]]
    days = count_days_early(first) if first["shows_document"] else 0
    texts = {NOT_HELD: "visits-not-held", NOT_YET_KNOWN: "visits-awaited"}
    outcome = texts.get(last["status_code"])
    if days <= 0 or outcome is None:
        return ""
    said = span(first["document_date_edtf"])
    early = (
        "a month later"
        if days in A_MONTH
        else f"{days} days later"
        if said.first == said.last
        else "later"
    )
    document = dossier.document
    return document.text("visits-finding", early=early, outcome=document.text(outcome))


def _say_counts(dossier: Dossier, view: TimelineView, items: pd.DataFrame) -> str:
    """How many events a view has."""
    events = items[items["kind"] == EVENT]
    total = count_noun(len(events), "event")
    if view.lens == "document":
        expected = int(items["is_expected"].sum())
        tail = f", and gives a time for {expected} that it expects" if expected else ""
        return f"The document refers to {total}{tail}"
    days = find_days(dossier, view.zoom)
    if days is not None:
        return f"{total} on record {say_days((days[0], min(days[1], view.as_of)))}"
    later = int((events["date_edtf"].map(known_from) > dossier.document.day).sum())
    tail = f", {later} of them after the document" if 0 < later < len(events) else ""
    return f"{total} on record by {day_in_words(view.as_of)}{tail}"


def _say_busiest(counts: pd.DataFrame) -> str:
    """Which quarter has most events; empty without any."""
    found = find_busiest(counts)
    if found is None:
        return ""
    quarter, count = found
    held = int(counts.loc[counts["certainty"] != "not-held", "event_count"].sum())
    return (
        f"The busiest quarter was {quarter_in_words(quarter)}, with {count} of "
        f"{count_noun(held, 'event')} that took place"
    )
