"""Briefing: the thesis, the score of verdicts, the findings that matter."""

import streamlit as st

from entente.address.views import BriefingView
from entente.app import chrome, controls
from entente.app.pages import briefing
from entente.briefing import home

dossier = chrome.get_dossier()
view, notices = controls.read_view(BriefingView, dossier)
chrome.show_notices(notices, as_of=view.as_of)

st.title(home.title(dossier, view))
briefing.show_controls(dossier, view)
briefing.show_faces(dossier, view)
st.header("What the comment says on what matters" if view.lens == "document" else "What matters")
briefing.show_findings(dossier, view)

controls.write_view(view, dossier)
