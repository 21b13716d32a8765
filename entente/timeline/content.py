"""What a view of the timeline shows, in a sentence."""

import datetime as dt
from typing import Any

import pandas as pd

from entente.address.views import TimelineView, horizon
from entente.content import Panel, PanelParts, panel_of
from entente.dates.edtf import known_from
from entente.dates.words import day_in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.record import chronology
from entente.record.chronology import EVENT, HEADLINE_VISITS, NOT_YET_KNOWN, days_early
from entente.style.legends import LegendEntry, list_symbols
from entente.style.palette import PALETTES, Palette
from entente.timeline import tempo
from entente.timeline import tempo_figure as timeline_tempo
from entente.timeline.figure import draw_timeline
from entente.timeline.items import choices, cited, days_of, items_of, items_on, statuses, table_on
from entente.timeline.labels import LENS_WORDS, span_words, timeline_alt
from entente.timeline.marks import DOCUMENT_SYMBOL, STATUS_SYMBOLS
from entente.timeline.scale import Days, window_of
from entente.timeline.tempo import busiest, quarter_words, tempo_table
from entente.vocabulary import DOCUMENT_DAY

ERDOGAN, ALIYEV = HEADLINE_VISITS
A_MONTH = range(28, 32)


def finding(items: pd.DataFrame, *, lens: str, as_of: dt.date, days: Days | None = None) -> str:
    """What the lanes or the list of a view show.

    Args:
        items: What :func:`entente.analysis.expectations.timeline_items` returns.
        lens: The lens of the view.
        as_of: The day of the view.
        days: First and last day of its zoom, if any.
    """
    day = day_in_words(as_of)
    if items.empty:
        is_early = lens == "document" and as_of < DOCUMENT_DAY
        return (
            f"The document came out on {day_in_words(DOCUMENT_DAY)}; before, it says nothing"
            if is_early
            else f"No event fits these filters by {day}"
        )
    visits = _visits(items) if lens == "both" else ""
    return visits or _counted(items, lens=lens, as_of=as_of, days=days)


def tempo_finding(counts: pd.DataFrame, *, as_of: dt.date) -> str:
    """Which quarter the tempo has as its busiest.

    Args:
        counts: What :func:`entente.analysis.tempo.events_by_quarter` returns.
        as_of: The day of the view.
    """
    found = busiest(counts)
    if found is None:
        return f"No event fits these filters by {day_in_words(as_of)}"
    quarter, count = found
    held = int(counts.loc[counts["certainty"] != "not-held", "event_count"].sum())
    share = f"{count} of {_number(held)}"
    return (
        f"The busiest quarter is {quarter_words(quarter)}: {share}, not counting plans that "
        "fell through"
    )


def _visits(items: pd.DataFrame) -> str:
    """The finding on the two headline visits; empty when the view or the data has it otherwise."""
    rows = items.set_index("item_id")
    if not {ERDOGAN, ALIYEV} <= set(rows.index) or not rows.at[ERDOGAN, "shows_document"]:
        return ""
    days = days_early(rows.loc[ERDOGAN])
    if days <= 0:
        return ""
    early = "a month early" if days in A_MONTH else f"{days} days early"
    outcomes = {
        "planned-not-held": "an Aliyev visit that did not happen",
        NOT_YET_KNOWN: "Aliyev still to come",
    }
    outcome = outcomes.get(str(rows.at[ALIYEV, "status_code"]))
    return f"The document has Erdoğan in Islamabad {early}, and {outcome}" if outcome else ""


def _counted(items: pd.DataFrame, *, lens: str, as_of: dt.date, days: Days | None) -> str:
    events = items[items["kind"] == EVENT]
    total, day = _number(len(events)), day_in_words(as_of)
    if lens == "document":
        expected = int(items["is_expected"].sum())
        tail = f", and gives a time for {expected} that it expects" if expected else ""
        return f"The document refers to {total}{tail}"
    if days is not None:
        return f"{total} on record {span_words((days[0], min(days[1], as_of)))}"
    later = int((events["date_edtf"].map(known_from) > DOCUMENT_DAY).sum())
    tail = f", {later} of them after the document" if 0 < later < len(events) else ""
    return f"{total} on record by {day}{tail}"


def _number(count: int) -> str:
    return f"{count} event{'' if count == 1 else 's'}"


@cached
def lanes_shown(
    dossier: Dossier, *, pick: str | None, appearance: str, **options: Any
) -> PanelParts:
    """The lanes of a view in an appearance, with text, table and sources."""
    items = items_on(dossier, **options)
    days = days_of(options["zoom"], horizon=horizon(dossier))
    figure = draw_timeline(
        items=items,
        event_sources=dossier["event_sources"],
        lanes=dossier.labels("themes"),
        statuses=statuses(dossier),
        pinned=chronology.HEADLINE_VISITS,
        landmarks=chronology.LANDMARKS,
        names=names_of(dossier) | _titles_of_expected(items),
        as_of=options["as_of"],
        horizon=horizon(dossier),
        palette=PALETTES[appearance],
        days=days,
        pick=pick,
    )
    alt = timeline_alt(
        items=items,
        lanes=dossier.labels("themes"),
        lens=options["lens"],
        as_of=options["as_of"],
        pinned=chronology.HEADLINE_VISITS,
        days=days,
    )
    legend = event_legend(dossier, PALETTES[appearance]) if figure.data else ()
    return PanelParts(figure, alt, table_on(dossier, **options), cited(dossier, items), legend)


def event_legend(dossier: Dossier, palette: Palette) -> tuple[LegendEntry, ...]:
    """The symbols of the timeline: one for each status, and one for the document's date."""
    symbols = {code: symbol for code, (symbol, _) in STATUS_SYMBOLS.items()}
    hollow = [code for code, (_, character) in STATUS_SYMBOLS.items() if character == "○"]
    document = LegendEntry(
        text="The document’s date",
        colour=palette.accent,
        symbol=DOCUMENT_SYMBOL[0],
        fill=palette.paper,
    )
    statuses_shown = list_symbols(
        symbols,
        dossier.labels("event_statuses"),
        hollow=hollow,
        colour=palette.muted,
        palette=palette,
    )
    return (*statuses_shown, document)


@cached
def counts_on(dossier: Dossier, **options: Any) -> pd.DataFrame:
    """The events of a view by quarter and theme."""
    first, _ = _scale(dossier, options["zoom"], options["as_of"])
    return tempo.events_by_quarter(items_on(dossier, **options), since=first)


@cached
def tempo_shown(dossier: Dossier, *, appearance: str, **options: Any) -> PanelParts:
    """The tempo of a view in an appearance, with text, table and sources."""
    items, counts = (make(dossier, **options) for make in (items_on, counts_on))
    lanes, as_of = dossier.labels("themes"), options["as_of"]
    first, last = _scale(dossier, options["zoom"], as_of)
    figure = timeline_tempo.tempo(
        counts=counts,
        lanes=lanes,
        certainties=tempo.CERTAINTIES,
        quarters=tempo.quarters_between(first, last),
        partial=tempo.quarters_lacking_days(first, min(last, as_of)),
        as_of=as_of,
        palette=PALETTES[appearance],
    )
    alt = timeline_tempo.tempo_alt(
        counts=counts,
        lanes=lanes,
        lens_words=LENS_WORDS[options["lens"]],
        span=span_words(days_of(options["zoom"], horizon=horizon(dossier))),
        as_of=as_of,
    )
    return PanelParts(figure, alt, tempo_table(dossier, counts), cited(dossier, items))


def names_of(dossier: Dossier) -> dict[str, str]:
    """Short names of events and expectations, for labels."""
    named, expected = dossier["event_names"], dossier["expectations"]
    return {
        **dict(zip(named["event_id"], named["name"], strict=True)),
        **dict(zip(expected["expectation_id"], expected["label"], strict=True)),
    }


def _titles_of_expected(items: pd.DataFrame) -> dict[str, str]:
    """Titles of what stands for an expectation alone, whatever it is called once it has come."""
    own = items[items["status_code"] == chronology.EXPECTED]
    return dict(zip(own["item_id"], own["title"], strict=True))


def _scale(dossier: Dossier, zoom: str, as_of: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the quarters that have a column."""
    days = days_of(zoom, horizon=horizon(dossier))
    if days is not None:
        return days
    window = window_of(as_of=as_of, horizon=horizon(dossier))
    return window.first, min(window.last, horizon(dossier))


CAPTION = (
    "Each mark is an event; choose one to read it. A bar covers all the days that a date may mean, "
    "or that the event took. A line joins the document’s date to the record’s; an arrow leads from "
    "what the document expected to what came, a dotted one on to the day shown while nothing has."
)
TEMPO_CAPTION = (
    "Events of this dataset, which was gathered around the document: it counts what was looked "
    "for, not all that happened. An event counts once, in the quarter of the first day that its "
    "date may mean. * Not the whole quarter. The top row has a scale of its own."
)
LIST_CAPTION = "The events of the view in order, oldest first."


def title(dossier: Dossier, view: TimelineView) -> str:
    """What this view shows, in a sentence."""
    if view.mode == "tempo":
        return tempo_finding(counts_on(dossier, **choices(view)), as_of=view.as_of)
    days = days_of(view.zoom, horizon=horizon(dossier))
    return finding(items_of(dossier, view), lens=view.lens, as_of=view.as_of, days=days)


def panels(dossier: Dossier, view: TimelineView, appearance: str) -> tuple[Panel, ...]:
    """Lanes, tempo, or the list as a table."""
    options = {**choices(view), "appearance": appearance}
    if view.mode == "tempo":
        shown = tempo_shown(dossier, **options)
        return (panel_of(shown, key="tempo", caption=TEMPO_CAPTION),)
    if view.mode == "list":
        table = table_on(dossier, **choices(view))
        sources = tuple(dict.fromkeys(cited(dossier, items_of(dossier, view))))
        alt = f"List of {len(table)} rows, oldest first."
        return (
            Panel(
                key="timeline",
                figure=None,
                alt=alt,
                table=table,
                caption=LIST_CAPTION,
                source_ids=sources,
            ),
        )
    shown = lanes_shown(dossier, **options, pick=view.pick)
    return (panel_of(shown, key="timeline", caption=CAPTION),)
