"""Home: what the document says, what came of it, the score of its claims, and key findings."""

import streamlit as st

from entente.address.views import BriefingView
from entente.app import chrome, controls, markup
from entente.app.pages import briefing
from entente.briefing import home

dossier = chrome.get_dossier()
view, notices = controls.read_view(BriefingView, dossier)
chrome.show_notices(notices, as_of=view.as_of)

st.title(markup.headline(home.title(dossier, view)), anchor=False)
briefing.show_controls(dossier, view)
briefing.show_answers(dossier, view)
briefing.show_score(dossier, view)
briefing.show_findings(dossier, view)

controls.write_view(view, dossier)
chrome.name_tab(view, home.title(dossier, view))
