"""What was picked on the timeline, and the way from one item to the next, by key too."""

import pandas as pd
import streamlit as st

from entente.address.views import TimelineView
from entente.app import markup, panels, url_state
from entente.dossier.store import Dossier
from entente.record import chronology
from entente.timeline.records import differing_dates, event_record, expectation_record

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
