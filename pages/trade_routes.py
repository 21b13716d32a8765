"""Trade routes: the corridors between two places side by side, and whether they could be used."""

import streamlit as st

from entente.ui import chrome, trade_routes, url_state
from entente.views import RoutesView

dossier = chrome.dossier()
view, notices = url_state.read(RoutesView, dossier)
chrome.notices(notices)

view = trade_routes.settled(dossier, view)
st.title(trade_routes.title(dossier, view), anchor=False)
trade_routes.show_controls(dossier, view)
trade_routes.show_comparison(dossier, view)
trade_routes.show_figures(dossier, view)
trade_routes.show_picked(dossier, view)

url_state.write(view, dossier)
