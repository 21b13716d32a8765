"""What the timeline page shows, made from the dossier and plain options, so that it can be kept."""

import datetime as dt
from typing import Any

import pandas as pd

from entente.address.views import TimelineView, horizon
from entente.content import PanelParts
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.record import chronology, expectations
from entente.style.legends import LegendEntry, list_symbols
from entente.style.palette import PALETTES, Palette
from entente.timeline import tempo, zooms
from entente.timeline import tempo_figure as timeline_tempo
from entente.timeline.dates import window_of
from entente.timeline.figure import timeline, timeline_alt
from entente.timeline.marks import DOCUMENT_SYMBOL, STATUS_SYMBOLS
from entente.timeline.tables import statuses, tempo_table, timeline_table
from entente.timeline.words import LENS_WORDS, span_words


def choices(view: TimelineView) -> dict[str, Any]:
    """What of a view decides which items it has: plain options for the functions of this module."""
    return {
        "lens": view.lens,
        "as_of": view.as_of,
        "themes": view.themes,
        "actors": view.actors,
        "zoom": view.zoom,
    }


def items_of(dossier: Dossier, view: TimelineView) -> pd.DataFrame:
    """The items of a view, oldest first."""
    items: pd.DataFrame = items_on(dossier, **choices(view))
    return items


@cached
def items_on(dossier: Dossier, *, zoom: str, **options: Any) -> pd.DataFrame:
    """The items that a view has; `options` are those of the analyses."""
    shown = chronology.events_in_view(
        events=dossier["events"], event_actors=dossier["event_actors"], **options
    )
    items = expectations.timeline_items(
        shown_events=shown,
        events=dossier["events"],
        event_claims=dossier["event_claims"],
        expectations=dossier["expectations"],
        claims=dossier["claims"],
        claim_actors=dossier["claim_actors"],
        **options,
    )
    return zooms.within(items, zooms.days_of(zoom, horizon=horizon(dossier)))


@cached
def lanes_shown(
    dossier: Dossier, *, pick: str | None, appearance: str, **options: Any
) -> PanelParts:
    """The lanes of a view in an appearance, with text, table and sources."""
    items = items_on(dossier, **options)
    days = zooms.days_of(options["zoom"], horizon=horizon(dossier))
    figure = timeline(
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
def table_on(dossier: Dossier, **options: Any) -> pd.DataFrame:
    """The items of a view as rows for readers."""
    return timeline_table(dossier, items_on(dossier, **options))


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
        span=span_words(zooms.days_of(options["zoom"], horizon=horizon(dossier))),
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
    own = items[items["status_code"] == expectations.EXPECTED]
    return dict(zip(own["item_id"], own["title"], strict=True))


def cited(dossier: Dossier, items: pd.DataFrame) -> tuple[str, ...]:
    """Sources of all events among the items."""
    links = dossier["event_sources"]
    return tuple(links.loc[links["event_id"].isin(items["item_id"]), "source_id"])


def _scale(dossier: Dossier, zoom: str, as_of: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the quarters that have a column."""
    days = zooms.days_of(zoom, horizon=horizon(dossier))
    if days is not None:
        return days
    window = window_of(as_of=as_of, horizon=horizon(dossier))
    return window.first, min(window.last, horizon(dossier))
