"""Timeline: what happened when, by the document and by the record."""

from entente.ui import chrome, timeline, url_state
from entente.views import TimelineView

dossier = chrome.dossier()
view, notices = url_state.read(TimelineView, dossier)
chrome.notices(notices, as_of=view.as_of)
timeline.show_finding(dossier, view)
timeline.show_controls(dossier, view)
timeline.show_timeline(dossier, view)
url_state.write(view, dossier)
