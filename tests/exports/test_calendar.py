"""The timeline as a calendar file, read by a parser that had no hand in writing it."""

import vobject

from entente.address.views import TimelineView, default_view
from entente.app.pages.timeline import calendar_bytes
from entente.dossier.store import Dossier
from entente.timeline.items import items_of


def test_every_entry_has_a_day_a_name_and_an_id(dossier: Dossier) -> None:
    view = default_view(TimelineView, dossier)
    text = calendar_bytes(dossier, view, items_of(dossier, view)).decode("utf-8")
    calendar = vobject.readOne(text)
    entries = calendar.contents["vevent"]
    assert len(entries) > len(dossier["events"]) / 2
    assert len({entry.uid.value for entry in entries}) == len(entries)
    for entry in entries:
        assert entry.dtstart.value <= entry.dtend.value
        assert entry.summary.value.strip()
    visits = [entry for entry in entries if "Islamabad" in entry.summary.value]
    assert visits
