"""Claims: the ledger of everything the comment says, with the verdict of a day."""

from entente.ui import chrome, claims, url_state
from entente.views import ClaimsView

dossier = chrome.dossier()
view, notices = url_state.read(ClaimsView, dossier)
chrome.notices(notices, as_of=view.as_of)
claims.show_title(dossier, view)
claims.show_controls(dossier, view)
claims.show_claim(dossier, view)
claims.show_reading(dossier, view)
url_state.write(view, dossier)
