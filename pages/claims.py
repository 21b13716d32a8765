"""Claims: the ledger of everything the comment says, with the verdict of a day."""

from entente.address.views import ClaimsView
from entente.app import chrome, url_state
from entente.app.pages import claims

dossier = chrome.dossier()
view, notices = url_state.read(ClaimsView, dossier)
chrome.notices(notices, as_of=view.as_of)
claims.show_title(dossier, view)
claims.show_controls(dossier, view)
claims.show_claim(dossier, view)
claims.show_mode(dossier, view)
url_state.write(view, dossier)
