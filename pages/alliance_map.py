"""Alliance map: who is tied to whom, by theme, on whose word, on a given day."""

import streamlit as st

from entente.ui import alliance_map, chrome, markup, url_state
from entente.views import MapView

dossier = chrome.dossier()
view, notices = url_state.read(MapView, dossier)
chrome.notices(notices)
st.title(markup.literal(alliance_map.headline(dossier, view)), anchor=False)
alliance_map.show_controls(dossier, view)
alliance_map.show_reading(dossier, view)
url_state.write(view, dossier)
