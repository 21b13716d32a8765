"""What the timeline shows, to take away: as a calendar and as rows for a spreadsheet."""

import pandas as pd
import streamlit as st

from entente.address.views import TimelineView
from entente.dates.edtf import first_day
from entente.dossier.store import Dossier
from entente.export.files.calendar import timeline_calendar
from entente.export.files.timeline_csv import timeline_csv
from entente.timeline.tables import statuses

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
