"""Claims: the ledger of everything the comment says, with the verdict of a day."""

from entente.ui import chrome, claims, url_state
from entente.views import ClaimsView

dossier = chrome.dossier()
view, notices = url_state.read(ClaimsView, dossier)
chrome.notices(notices)
claims.show_finding(dossier, view)
claims.show_controls(dossier)
claims.show_score(dossier, view)
claims.show_coverage(dossier)
claims.show_ledger(dossier, view)
url_state.write(view, dossier)
