"""The key of the timeline lists what is drawn, and nothing else."""

from dataclasses import replace

from entente.address.views import TimelineView, default_view
from entente.dossier.store import Dossier
from entente.style.palette import PALETTES
from entente.timeline.content import list_shown
from entente.timeline.items import find_items

LIGHT = PALETTES["light"]


def test_the_record_alone_has_no_line_for_the_document(dossier: Dossier) -> None:
    view = default_view(TimelineView, dossier)
    _, both = list_shown(dossier, replace(view, lens="both"), LIGHT)
    _, record = list_shown(dossier, replace(view, lens="record"), LIGHT)
    assert {"document", "expected"} <= both
    assert not {"document", "expected", "awaited"} & record


def test_a_status_that_no_event_has_is_not_listed(dossier: Dossier) -> None:
    labels = dossier.labels("event_statuses")
    view = replace(default_view(TimelineView, dossier), lens="record")
    for theme in dossier["events"]["theme_code"].unique():
        narrow = replace(view, themes=(theme,))
        held = {labels[code] for code in find_items(dossier, narrow)["status_code"]}
        shown, _ = list_shown(dossier, narrow, LIGHT)
        assert {entry.text for entry in shown} == held
