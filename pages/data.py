"""Data and method: what to download, what it means, how it came about."""

from entente.address.views import DataView
from entente.app import chrome, controls
from entente.app.pages import data
from entente.datapage.content import title

dossier = chrome.get_dossier()
view, notices = controls.read_view(DataView, dossier)
chrome.show_notices(notices, as_of=view.as_of)
data.show_title(dossier, view)
data.show_day(dossier, view)
data.show_downloads(dossier)
data.show_dictionary(dossier, view)
data.show_method(dossier)
data.show_borders(dossier)
data.show_words(dossier)
data.show_licences(dossier)
data.show_changes(dossier, view)
data.show_citation(dossier)
data.show_correction_and_privacy()
controls.write_view(view, dossier)
chrome.name_tab(view, title(dossier, view))
