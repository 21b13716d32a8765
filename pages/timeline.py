"""Timeline: what happened when, by the document and by the record."""

from entente.ui import chrome, timeline, url_state
from entente.views import TimelineView

dossier = chrome.dossier()
view, notices = url_state.read(TimelineView, dossier)
chrome.notices(notices)
timeline.show_finding(dossier, view)
timeline.show_controls(dossier)
timeline.show_timeline(dossier, view)
url_state.write(view, dossier)
