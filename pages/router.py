"""Page configuration and navigation; every page is run from here."""

import streamlit as st

from entente.app import appearance, chrome, export_menu
from entente.app import presenter as present
from entente.dossier.cache import spare_collector
from entente.dossier.store import HOME

st.set_page_config(page_title="Entente", page_icon=str(HOME / "assets" / "icon.svg"), layout="wide")
st.logo(str(HOME / "assets" / "wordmark.svg"), size="large")
appearance.apply()
PAGES = [
    st.Page("briefing.py", title="Briefing", default=True),
    st.Page("alliance_map.py", title="Alliance map", url_path="alliance_map"),
    st.Page("timeline.py", title="Timeline", url_path="timeline"),
    st.Page("trade_routes.py", title="Trade routes", url_path="trade_routes"),
    st.Page("claims.py", title="Claims", url_path="claims"),
    st.Page("data.py", title="Data and method", url_path="data"),
]
is_presenting = present.is_on()
page = st.navigation(PAGES, position="hidden" if is_presenting else "top")
is_open = chrome.opened()
if is_open and is_presenting:
    present.show()
elif is_open:
    place = export_menu.place()
    page.run()
    export_menu.fill(place, chrome.dossier(), page=page.url_path or "briefing", title=page.title)
    chrome.close()
    spare_collector(page.url_path)
