"""Timeline: what happened when, by the document and by the record."""

from entente.address.views import TimelineView
from entente.app import chrome, url_state
from entente.app.pages import timeline

dossier = chrome.dossier()
view, notices = url_state.read(TimelineView, dossier)
chrome.notices(notices, as_of=view.as_of)
timeline.show_finding(dossier, view)
timeline.show_controls(dossier, view)
timeline.show_timeline(dossier, view)
url_state.write(view, dossier)
