"""Alliance map: who is tied to whom, by theme, on whose word, on a given day."""

import streamlit as st

from entente.address.views import MapView
from entente.alliance.content import title
from entente.app import chrome, controls, markup
from entente.app.pages import alliance_map

dossier = chrome.get_dossier()
asked, notices = controls.read_view(MapView, dossier)
view, unfit = alliance_map.settle(asked)
chrome.show_notices((*notices, *unfit), as_of=view.as_of)
st.title(markup.headline(title(dossier, view)), anchor=False)
alliance_map.show_controls(dossier, view)
alliance_map.show_content(dossier, view)
controls.write_view(view, dossier)
chrome.name_tab(view, title(dossier, view))
