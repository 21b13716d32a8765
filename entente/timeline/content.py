"""The plate of the timeline: its finding, and the figure or list that proves it."""

from entente.address.views import TimelineView, horizon
from entente.content import Panel, panel_of
from entente.dossier.store import Dossier
from entente.timeline.findings import finding, tempo_finding
from entente.timeline.makers import (
    choices,
    cited,
    counts_on,
    items_of,
    lanes_shown,
    table_on,
    tempo_shown,
)
from entente.timeline.zooms import days_of

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
