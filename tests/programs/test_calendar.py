"""The timeline as a calendar file, read by a parser that had no hand in writing it."""

import vobject

from entente.address.views import TimelineView, default_view
from entente.dossier.store import Dossier
from entente.export.files.timeline import write_calendar
from entente.timeline.items import find_items


def test_every_entry_has_a_day_a_name_and_an_id(dossier: Dossier) -> None:
    view = default_view(TimelineView, dossier)
    text = write_calendar(dossier, find_items(dossier, view), as_of=view.as_of).decode("utf-8")
    calendar = vobject.readOne(text)
    entries = calendar.contents["vevent"]
    assert len(entries) > len(dossier["events"]) / 2
    assert len({entry.uid.value for entry in entries}) == len(entries)
    for entry in entries:
        assert entry.dtstart.value <= entry.dtend.value
        assert entry.summary.value.strip()
    assert {entry.uid.value.split("@")[0] for entry in entries} >= set(dossier.document.visits)
