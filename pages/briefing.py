"""Briefing: the thesis, the score of verdicts, the findings that matter."""

import streamlit as st

from entente.ui import briefing, chrome, controls, url_state
from entente.views import BriefingView

dossier = chrome.dossier()
view, notices = url_state.read(BriefingView, dossier)
chrome.notices(notices)

st.title(briefing.headline(dossier, view))
said, held = st.columns([5, 7], gap="large")
with said:
    briefing.thesis(dossier)
    with controls.bar():
        controls.as_of(BriefingView, dossier)
with held:
    briefing.score(dossier, view)
    briefing.picked(dossier, view)
st.header("What matters")
briefing.findings(dossier)

url_state.write(view, dossier)
