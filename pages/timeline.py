"""Timeline: what happened when, by the document and by the record."""

from entente.address.views import TimelineView
from entente.app import chrome, controls
from entente.app.pages import timeline
from entente.timeline.content import title

dossier = chrome.get_dossier()
view, notices = controls.read_view(TimelineView, dossier)
chrome.show_notices(notices, as_of=view.as_of)
timeline.show_finding(dossier, view)
timeline.show_controls(dossier, view)
timeline.show_timeline(dossier, view)
controls.write_view(view, dossier)
chrome.name_tab(view, title(dossier, view))
