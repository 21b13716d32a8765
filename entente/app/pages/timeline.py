"""The timeline page: the finding, the controls, the figure or list, and what was picked."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from entente.address.views import TimelineView, encode, tied_actors
from entente.app import controls, markup, panels, url_state
from entente.app.appearance import palette
from entente.content import PanelParts
from entente.dates.edtf import first_day
from entente.dates.words import in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.export.files.timeline import timeline_calendar, timeline_csv
from entente.record import chronology
from entente.timeline.content import CAPTION, TEMPO_CAPTION, lanes_shown, tempo_shown, title
from entente.timeline.figure import rows_of
from entente.timeline.item import differing_dates, event_record, expectation_record
from entente.timeline.items import choices, items_of, items_on, statuses, years_of
from entente.timeline.marks import DOCUMENT_SYMBOL, STATUS_SYMBOLS
from entente.timeline.tempo import CERTAINTIES
from entente.timeline.tempo_figure import rows_of_tempo
from entente.vocabulary import TIMELINE_MODES, ZOOMS

# Letters, because arrows scroll tables and move between the segments of a control.
EARLIER_KEY, LATER_KEY = "E", "L"


def show_steps(items: pd.DataFrame, pick: str | None) -> None:
    """To the event before and after, by button or key; from none, to the last and the first."""
    before, after = chronology.neighbours(list(items["item_id"]), pick)
    with st.container(key="event-steps", horizontal=True, gap="small", width="content"):
        for label, target, key in (
            ("← Earlier", before, EARLIER_KEY),
            ("Later →", after, LATER_KEY),
        ):
            st.button(
                label,
                disabled=target is None,
                on_click=pick_item,
                args=(target,),
                shortcut=key,
                key=f"step-{key}",
            )
        if pick is not None:
            st.button("Close", type="tertiary", on_click=pick_item, args=(None,))


def show_item(dossier: Dossier, view: TimelineView, items: pd.DataFrame) -> None:
    """The picked event or expectation; without a pick, where the two dates differ."""
    with st.container(key="event"):
        if view.pick is None:
            _differing(dossier, view, items)
        elif view.pick in set(dossier["expectations"]["expectation_id"]):
            _expectation(dossier, view, view.pick)
        else:
            _event(dossier, view, items, view.pick)


def pick_item(item_id: str | None) -> None:
    """Pick an item from a callback."""
    url_state.put(TimelineView, "pick", item_id)


def _differing(dossier: Dossier, view: TimelineView, items: pd.DataFrame) -> None:
    """The items that the document dates otherwise, or expected, each to be picked."""
    rows = differing_dates(dossier, items, as_of=view.as_of)
    markup.show("event_none", has_rows=bool(rows))
    with st.container(key="event-differing", horizontal=True, gap="large"):
        for row in rows:
            with st.container(key=f"differing-{row['item_id']}", width=270, gap="small"):
                st.button(
                    markup.literal(row["title"]),
                    key=f"differs-{row['item_id']}",
                    type="tertiary",
                    on_click=pick_item,
                    args=(row["item_id"],),
                )
                markup.show("event_dates", row=row)


def _event(dossier: Dossier, view: TimelineView, items: pd.DataFrame, pick: str) -> None:
    record = event_record(dossier, event_id=pick, as_of=view.as_of)
    cited = dossier["event_sources"]
    sources = list(cited[cited["event_id"] == pick]["source_id"])
    told, behind = st.columns([3, 2], gap="large")
    with told:
        markup.show("event", event=record, is_drawn=pick in set(items["item_id"]))
    if not record["is_later"]:
        with behind:
            markup.show("event_claims", event=record, source_count=len(sources))
            panels.source_list(sources, dossier)


def _expectation(dossier: Dossier, view: TimelineView, pick: str) -> None:
    record = expectation_record(dossier, expectation_id=pick, as_of=view.as_of)
    markup.show("expectation", expected=record)
    if record["outcome_id"]:
        st.button(
            markup.literal(f"{record['outcome_date']}: {record['outcome']}"),
            key="outcome",
            type="tertiary",
            on_click=pick_item,
            args=(record["outcome_id"],),
        )


FORMATS = {"ics": ("Calendar (.ics)", "text/calendar"), "csv": ("Rows (.csv)", "text/csv")}
NOTHING = "Nothing is on screen, so there is nothing to take away."


def show_exports(dossier: Dossier, view: TimelineView, items: pd.DataFrame) -> None:
    """Two downloads of the items on screen; disabled, with a sentence, when there are none."""
    made = {
        "ics": lambda: calendar_bytes(dossier, view, items),
        "csv": lambda: csv_bytes(dossier, items),
    }
    with st.container(key="timeline-exports", horizontal=True, gap="small"):
        for ending, (label, mime) in FORMATS.items():
            st.download_button(
                label,
                data=made[ending],
                file_name=f"entente-timeline-{dossier.version}.{ending}",
                mime=mime,
                key=f"timeline-{ending}",
                disabled=items.empty,
                on_click="ignore",
            )
    if items.empty:
        st.caption(NOTHING)


def calendar_bytes(dossier: Dossier, view: TimelineView, items: pd.DataFrame) -> bytes:
    """The items as an iCalendar file."""
    return timeline_calendar(
        items,
        themes=dossier.labels("themes"),
        statuses=statuses(dossier),
        sources=source_lines(dossier),
        version=dossier.version,
        released=first_day(str(dossier["dataset"].at[0, "released_edtf"])),
        as_of=view.as_of,
    )


def csv_bytes(dossier: Dossier, items: pd.DataFrame) -> bytes:
    """The items as CSV."""
    return timeline_csv(
        items,
        themes=dossier.labels("themes"),
        statuses=statuses(dossier),
        sources=source_lines(dossier),
    )


def source_lines(dossier: Dossier) -> dict[str, list[str]]:
    """Event id to its sources, a line of text each."""
    links = dossier["event_sources"].merge(dossier["sources"], on="source_id")
    lines = links["publisher"] + ", " + links["url"]
    return {str(name): list(own) for name, own in lines.groupby(links["event_id"])}


# A figure is as high as its rows want; the style sheet has a height for each of these.
STEP, MOST_ROWS = 4, 64
TEMPO_STEP, MOST_TEMPO_ROWS = 3, 18


def show_finding(dossier: Dossier, view: TimelineView) -> None:
    """What this view shows, as the title."""
    st.title(markup.literal(title(dossier, view)), anchor=False)


def show_controls(dossier: Dossier, view: TimelineView) -> None:
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
                TimelineView, "pick", label="Event", options=_names(dossier, view), optional=True
            )


def show_timeline(dossier: Dossier, view: TimelineView) -> None:
    """Reading, zoom and steps on one line; below it the reading, and beneath that the pick."""
    items = items_of(dossier, view)
    with st.container(key="timeline-bar", horizontal=True, vertical_alignment="bottom"):
        with st.container(key="timeline-choices", horizontal=True, gap="small", width="content"):
            controls.choice(TimelineView, "mode", label="Show", options=TIMELINE_MODES)
            controls.choice(TimelineView, "zoom", label="Zoom", options=ZOOMS)
        show_steps(items, view.pick)
    if view.mode == "list":
        show_item(dossier, view, items)
        _list(dossier, view, items)
    else:
        drawn = _tempo if view.mode == "tempo" else _lanes
        key, shown = drawn(dossier, view)
        show_item(dossier, view, items)
        panels.beneath(shown.table, key=key, source_ids=shown.source_ids, dossier=dossier)
    show_exports(dossier, view, items)


def _lanes(dossier: Dossier, view: TimelineView) -> tuple[str, PanelParts]:
    """The lanes with their key; returns what belongs beneath the picked event."""
    symbols = [
        (STATUS_SYMBOLS[code][1], label) for code, label in dossier.labels("event_statuses").items()
    ]
    markup.show("event_key", symbols=symbols, document=DOCUMENT_SYMBOL[1])
    shown = lanes_shown(dossier, **choices(view), pick=view.pick, appearance=palette().name)
    rows = _fitting(rows_of(shown.figure), STEP, MOST_ROWS)
    _chart(shown, "timeline", rows, caption=CAPTION)
    return "timeline", shown


def _tempo(dossier: Dossier, view: TimelineView) -> tuple[str, PanelParts]:
    """The tempo with its key; returns what belongs beneath the picked event."""
    markup.show("tempo_key", certainties=CERTAINTIES)
    shown = tempo_shown(dossier, **choices(view), appearance=palette().name)
    rows = _fitting(rows_of_tempo(shown.figure), TEMPO_STEP, MOST_TEMPO_ROWS)
    _chart(shown, "tempo", rows, caption=TEMPO_CAPTION)
    return "tempo", shown


def _chart(shown: PanelParts, key: str, rows: int, *, caption: str) -> None:
    """A figure in a place of fitting height; a mark of several events picks the first of them."""
    with st.container(key=f"{key}-rows-{rows}"):
        panels.chart(
            shown.figure, key=key, alt=shown.alt, on_pick=lambda mark: pick_item(mark[1].split()[0])
        )
    st.caption(markup.literal(caption))


def _list(dossier: Dossier, view: TimelineView, items: pd.DataFrame) -> None:
    def link(item_id: str) -> str:
        return f"timeline?{urlencode(encode(replace(view, pick=item_id), dossier))}"

    years = years_of(dossier, items, link=link, pick=view.pick)
    markup.show("event_list", years=years, count=len(items))


def _fitting(rows: float, step: int, most: int) -> int:
    """The number of rows, rounded up to one that the style sheet knows; 0 for an empty figure."""
    return min(most, -(-int(rows + 0.999) // step) * step)


def _themes(dossier: Dossier) -> dict[str, str]:
    used = set(dossier["events"]["theme_code"])
    return {code: label for code, label in dossier.labels("themes").items() if code in used}


def _names(dossier: Dossier, view: TimelineView) -> dict[str, str]:
    """What can be picked on the day of the view, whatever its filters, and what is picked."""
    found: dict[str, str] = names_on(
        dossier,
        lens="both",
        as_of=view.as_of,
        themes=tuple(dossier.labels("themes")),
        actors=tuple(dossier["actors"]["actor_id"]),
        zoom="all",
    )
    extra = {view.pick: "Not on record on this day"} if view.pick not in (None, *found) else {}
    return {**found, **{str(name): text for name, text in extra.items()}}


@cached
def names_on(dossier: Dossier, **options: Any) -> dict[str, str]:
    """Every item of a view by id, with its date and title, in order."""
    items = items_on(dossier, **options)
    return {
        item["item_id"]: f"{in_words(chronology.shown_date(item), is_short=True)}: {item['title']}"
        for _, item in items.iterrows()
    }
