"""The timeline page: the finding, the controls, the figure or list, and what was picked."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st

from entente.address.pages import link_view
from entente.address.views import TimelineView, default_view, tied_actors
from entente.app import controls, markup, panels
from entente.app.chrome import get_palette
from entente.content import Panel
from entente.dates import day_in_words, in_words
from entente.dossier.store import Dossier, cached
from entente.export.files.timeline import write_calendar, write_rows
from entente.record.chronology import find_neighbours, find_shown_date
from entente.timeline import content
from entente.timeline.items import (
    describe_event,
    describe_expectation,
    find_items,
    list_differing_dates,
    list_years,
)
from entente.timeline.tempo import CERTAINTIES
from entente.vocabulary import LENSES, TIMELINE_MODES

# Letters, because arrows scroll tables and move between the segments of a control.
PREVIOUS_KEY, NEXT_KEY = "P", "N"
FORMATS = {"ics": ("Calendar (.ics)", "text/calendar"), "csv": ("Rows (.csv)", "text/csv")}
NOTHING = "There are no events on screen to download."


def show_finding(dossier: Dossier, view: TimelineView) -> None:
    """What this view shows, as the title."""
    st.title(markup.headline(content.title(dossier, view)), anchor=False)


def show_controls(dossier: Dossier, view: TimelineView) -> None:
    """Mode and period in the open; lens, day, themes, actors and the list of events in the sheet.

    On a phone all of them are in the sheet.
    """
    labels = dossier["actors"].set_index("actor_id")["label"]
    actors = {actor_id: str(labels[actor_id]) for actor_id in tied_actors(dossier)}
    used = set(dossier["events"]["theme_code"])
    themes = {code: name for code, name in dossier.labels("themes").items() if code in used}
    spans = dossier.document.timeline_spans
    zooms = {span_id: span.label for span_id, span in spans.items()}
    shown = [
        TIMELINE_MODES[view.mode],
        *([] if view.zoom == next(iter(zooms)) else [zooms[view.zoom]]),
    ]
    state, left_out = controls.describe_state(view, dossier), _say_left_out(view, actors, themes)
    lens = [] if view.lens == default_view(TimelineView, dossier).lens else [LENSES[view.lens]]
    brief = [*shown, *lens, day_in_words(view.as_of), *left_out]
    bar = controls.bar((*state, *left_out), brief=brief, is_folded=True)
    with bar.front:
        controls.choice(TimelineView, "mode", label="Show", options=TIMELINE_MODES)
        if len(zooms) > 1:
            controls.choice(TimelineView, "zoom", label="Period", options=zooms)
    with bar:
        controls.lens(TimelineView)
        controls.as_of(TimelineView, dossier)
        controls.several(TimelineView, "themes", label="Themes", options=themes)
        controls.several(TimelineView, "actors", label="Actors", options=actors)
        controls.one_of_many(
            TimelineView,
            "pick",
            label="Event",
            options=_list_choices(dossier, view),
            optional=True,
        )


def _say_left_out(
    view: TimelineView, actors: Mapping[str, str], themes: Mapping[str, str]
) -> tuple[str, ...]:
    """Themes and actors that are left out, in words."""
    said = []
    if len(view.themes) < len(themes):
        said.append(f"{len(view.themes)} of {len(themes)} themes")
    if len(view.actors) < len(actors):
        said.append(f"{len(view.actors)} of {len(actors)} actors")
    return tuple(said)


def show_timeline(dossier: Dossier, view: TimelineView) -> None:
    """The figure or list; beneath it the pick, with the steps to its neighbours."""
    items = find_items(dossier, view)
    if view.mode == "list":
        _show_details(dossier, view, items)
        _show_list(dossier, view, items)
    else:
        (panel,) = content.shown_panels(dossier, view, get_palette().name)
        _show_figure(panel, pick=view.pick)
        _show_key(dossier, view)
        _show_details(dossier, view, items)
        panels.show_details(
            panel.table, key=panel.key, source_ids=panel.source_ids, dossier=dossier
        )
    _show_exports(dossier, view, items)


def _show_key(dossier: Dossier, view: TimelineView) -> None:
    """What symbols, lines and bars stand for."""
    if view.mode == "tempo":
        markup.show("tempo_key", certainties=CERTAINTIES)
        return
    look = get_palette()
    shown, drawn = content.list_shown(dossier, view, look)
    markup.show(
        "event_key",
        symbols=[(entry.character(look), entry.text) for entry in shown],
        document=content.list_legend(dossier, look)[-1].character(look),
        drawn=drawn,
        author=dossier.document.short_name,
    )


def _show_figure(panel: Panel, *, pick: str | None) -> None:
    """The figure with its caption; a mark of several events picks the first of them."""
    panels.set_heights([panel])
    panels.show_figure(
        panel.figure_text,
        key=panel.key,
        alt=panel.alt,
        on_pick=lambda mark: _pick_item(mark[1].split()[0]),
        picked=pick,
        camera=controls.find_camera(TimelineView) if panel.key == "timeline" else None,
    )
    st.caption(markup.literal(panel.caption))


def _show_list(dossier: Dossier, view: TimelineView, items: pd.DataFrame) -> None:
    def link(item_id: str) -> str:
        return link_view(replace(view, pick=item_id), dossier)

    years = list_years(dossier, items, link=link, pick=view.pick)
    markup.show("event_list", years=years, count=len(items))


def _show_details(dossier: Dossier, view: TimelineView, items: pd.DataFrame) -> None:
    """What was picked, with the steps to its neighbours; on a phone, as a sheet at its foot."""
    with st.container(key="timeline-details" if view.pick else "timeline-offers"):
        if view.pick is not None:
            st.button(
                "Close", key="close-details", type="tertiary", on_click=_pick_item, args=(None,)
            )
        _show_steps(items, view.pick)
        _show_item(dossier, view, items)


def _show_steps(items: pd.DataFrame, pick: str | None) -> None:
    """To the event before and after, by button or key; from none, to the last and the first."""
    before, after = find_neighbours(list(items["item_id"]), pick)
    steps = ("Previous event", before, PREVIOUS_KEY), ("Next event", after, NEXT_KEY)
    with st.container(key="event-steps", horizontal=True, gap="small", width="content"):
        for label, target, key in steps:
            st.button(
                label,
                disabled=target is None,
                on_click=_pick_item,
                args=(target,),
                shortcut=key,
                key=f"step-{key}",
            )


def _show_item(dossier: Dossier, view: TimelineView, items: pd.DataFrame) -> None:
    """The picked event or expectation; without a pick, where the two dates differ."""
    with st.container(key="event"):
        if view.pick is None and dossier.document.timeline_spans[view.zoom].has_visits_only:
            _show_visits(dossier, view, items)
        elif view.pick is None:
            _show_differing_dates(dossier, view, items)
        elif view.pick in set(dossier["expectations"]["expectation_id"]):
            _show_expectation(dossier, view, view.pick)
        else:
            _show_event(dossier, view, items, view.pick)


def _show_differing_dates(dossier: Dossier, view: TimelineView, items: pd.DataFrame) -> None:
    """The items that the document dates otherwise, or expected, each to be picked."""
    rows = list_differing_dates(dossier, items, as_of=view.as_of)
    markup.show("event_none", has_rows=bool(rows), keys=(PREVIOUS_KEY, NEXT_KEY))
    with st.container(key="event-differing", horizontal=True, gap="large"):
        for row in rows:
            with st.container(key=f"differing-{row['item_id']}", width=270, gap="small"):
                st.button(
                    markup.literal(row["title"]),
                    key=f"differs-{row['item_id']}",
                    type="tertiary",
                    on_click=_pick_item,
                    args=(row["item_id"],),
                )
                markup.show("event_dates", row=row)


def _show_visits(dossier: Dossier, view: TimelineView, items: pd.DataFrame) -> None:
    """The visits that the document is built on, side by side."""
    shown = [event_id for event_id in dossier.document.visits if event_id in set(items["item_id"])]
    for event_id, column in zip(shown, st.columns(max(len(shown), 1), gap="large"), strict=False):
        record = describe_event(dossier, event_id=event_id, as_of=view.as_of, lens=view.lens)
        with column:
            markup.show("event", event=record, is_drawn=True)


def _show_event(dossier: Dossier, view: TimelineView, items: pd.DataFrame, pick: str) -> None:
    record = describe_event(dossier, event_id=pick, as_of=view.as_of, lens=view.lens)
    cited = dossier["event_sources"]
    sources = list(cited[cited["event_id"] == pick]["source_id"])
    told, behind = st.columns([3, 2], gap="large")
    with told:
        markup.show("event", event=record, is_drawn=pick in set(items["item_id"]))
    if not record["is_later"]:
        with behind:
            markup.show("event_claims", event=record, source_count=len(sources))
            panels.show_sources(sources, dossier)


def _show_expectation(dossier: Dossier, view: TimelineView, pick: str) -> None:
    record = describe_expectation(dossier, expectation_id=pick, as_of=view.as_of)
    markup.show("expectation", expected=record)
    if record["outcome_id"]:
        st.button(
            markup.literal(f"{record['outcome_date']}: {record['outcome']}"),
            key="outcome",
            type="tertiary",
            on_click=_pick_item,
            args=(record["outcome_id"],),
        )


def _pick_item(item_id: str | None) -> None:
    """Pick an item from a callback."""
    controls.put_field(TimelineView, "pick", item_id)


def _show_exports(dossier: Dossier, view: TimelineView, items: pd.DataFrame) -> None:
    """Two downloads of the items on screen; disabled, with a sentence, when there are none."""
    made = {
        "ics": lambda: write_calendar(dossier, items, as_of=view.as_of),
        "csv": lambda: write_rows(dossier, items),
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


def _list_choices(dossier: Dossier, view: TimelineView) -> dict[str, str]:
    """What can be picked on the day of the view, whatever its filters, and what is picked."""
    whole = replace(
        view,
        lens="both",
        themes=tuple(dossier.labels("themes")),
        actors=tuple(dossier["actors"]["actor_id"]),
        zoom=next(iter(dossier.document.timeline_spans)),
        mode="lanes",
        pick=None,
    )
    names = _name_items(dossier, view=whole)
    if view.pick is None or view.pick in names:
        return names
    return {**names, view.pick: "Not on record on this day"}


@cached
def _name_items(dossier: Dossier, *, view: TimelineView) -> dict[str, str]:
    """Every item of a view by id, with its date and title, in order."""
    return {
        item["item_id"]: f"{in_words(find_shown_date(item), is_short=True)}: {item['title']}"
        for item in find_items(dossier, view).to_dict("records")
    }
