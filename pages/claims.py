"""Claims: the ledger of everything the document says, with the verdict of a day."""

from entente.address.views import ClaimsView
from entente.app import chrome, controls
from entente.app.pages import claims
from entente.claims.content import title

dossier = chrome.get_dossier()
view, notices = controls.read_view(ClaimsView, dossier)
chrome.show_notices(notices, as_of=view.as_of)
with claims.place_claim(view):
    claims.show_title(dossier, view)
    claims.show_controls(dossier, view)
    claims.show_claim(dossier, view)
claims.show_mode(dossier, view)
controls.write_view(view, dossier)
chrome.name_tab(view, title(dossier, view))
