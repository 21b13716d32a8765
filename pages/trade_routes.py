"""Trade routes: corridors compared, vetoes tested, priorities weighed, the model checked."""

from entente.address.views import RoutesView
from entente.app import chrome, controls
from entente.app.pages import trade_routes
from entente.routes.content import title

dossier = chrome.get_dossier()
view, notices = controls.read_view(RoutesView, dossier)
chrome.show_notices(notices, as_of=view.as_of)

view = trade_routes.settle(dossier, view)
trade_routes.show_finding(dossier, view)
trade_routes.show_controls(dossier, view)
trade_routes.show_mode(dossier, view)

controls.write_view(view, dossier)
chrome.name_tab(view, title(dossier, view))
