"""Page configuration and navigation; every page is run from here."""

import streamlit as st

from entente.address.pages import HOME_PAGE, PAGES
from entente.app import chrome, export_menu
from entente.app import chrome as appearance
from entente.app import presenter as present
from entente.dossier.cache import spare_collector
from entente.settings import HOME

st.set_page_config(page_title="Entente", page_icon=str(HOME / "assets" / "icon.svg"), layout="wide")
st.logo(str(HOME / "assets" / "wordmark.svg"), size="large")
appearance.apply()
scripts = [
    st.Page(page.script, title=page.title, url_path=page.path or None, default=page.is_home)
    for page in PAGES
]
is_presenting = present.is_on()
page = st.navigation(scripts, position="hidden" if is_presenting else "top")
is_open = chrome.opened()
if is_open and is_presenting:
    present.show()
elif is_open:
    place = export_menu.place()
    page.run()
    export_menu.fill(
        place, chrome.dossier(), page=page.url_path or HOME_PAGE.code, title=page.title
    )
    chrome.close()
    spare_collector(page.url_path)
